"""Vetoes of names: two claims about different people, or by different speakers."""

import difflib
from collections.abc import Iterator

from services.contracts.claim import Speaker, SpeakerKind
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.dedupe.signals.name_matching import may_be_same_name
from services.language.tokens import find_claim_words
from services.language.word_sequences import longest_common_subsequence

SAME_SPELLING = 0.83
"""Ratio of matching characters from which two names with one initial are two spellings."""
SAME_SENTENCE = 0.9
"""Share of words in common and in order from which two sentences are one but for the rest."""
FEWEST_COMMON = 4
"""Words that a short sentence has beside its names."""
SHORTEST_NAME = 4


def find_speaker_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto two named speakers that are not one."""
    if (
        proposition.speaker is None
        or other_proposition.speaker is None
        or not _has_proper_name(proposition.speaker)
        or not _has_proper_name(other_proposition.speaker)
    ):
        return
    if proposition.speaker.kind is not other_proposition.speaker.kind or may_be_same_name(
        proposition.speaker.canonical, other_proposition.speaker.canonical
    ):
        return
    names = " and ".join(sorted((proposition.speaker.canonical, other_proposition.speaker.canonical)))
    yield Veto(VetoKind.SPEAKER, f"said by different sources: {names}")


def find_name_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto one predicate said of two names, neither of which the other claim has."""
    for mine in proposition.signs:
        for yours in other_proposition.signs:
            if mine.stem != yours.stem or mine.subject is None or yours.subject is None:
                continue
            if mine.subject not in proposition.capitals or yours.subject not in other_proposition.capitals:
                continue
            if (
                _are_spelling_variants(mine.subject, yours.subject)
                or mine.subject in other_proposition.stems
                or yours.subject in proposition.stems
            ):
                continue
            names = " and ".join(sorted((mine.subject, yours.subject)))
            if not (mine.reports and yours.reports):
                yield Veto(VetoKind.NAME, f"said of different names: {names}")
            else:
                yield Veto(VetoKind.SPEAKER, f"said by different sources: {names}")
            return


def find_replaced_name_vetoes(proposition: Proposition, other_proposition: Proposition) -> Iterator[Veto]:
    """Veto two claims that are one sentence but for a name.

    In sentences that differ otherwise, two names in one place are mostly one and the same ("U.S.", "American").
    """
    ours, theirs = (
        _names_missing_in_other(proposition, other_proposition),
        _names_missing_in_other(other_proposition, proposition),
    )
    if not ours or not theirs or any(_may_be_same_name_word(mine, yours) for mine in ours for yours in theirs):
        return
    common = longest_common_subsequence(proposition.stems, other_proposition.stems)
    # What begins a sentence is written like a name: a rest of few words is the same by chance.
    surely = proposition.capitals.issuperset(ours) and other_proposition.capitals.issuperset(theirs)
    left = max(len(proposition.stems) - len(ours), len(other_proposition.stems) - len(theirs)) if surely else 0
    longest = max(len(proposition.stems), len(other_proposition.stems))
    if common >= SAME_SENTENCE * longest or (left >= FEWEST_COMMON and common >= SAME_SENTENCE * left):
        yield Veto(VetoKind.NAME, "different names: " + " and ".join(sorted((ours[0], theirs[0]))))


def _names_missing_in_other(proposition: Proposition, other_proposition: Proposition) -> list[str]:
    dates = {
        match[0].casefold()
        for day in proposition.days
        for match in find_claim_words(proposition.claim.text[day.at : day.end])
    }
    # A sentence's first word may be a name: between one sentence and another that differs in nothing else, it counts.
    names = proposition.capitals | set(proposition.stems[:1])
    return [
        word
        for word in proposition.stems
        if word in names and word not in other_proposition.stems and word not in dates and len(word) >= SHORTEST_NAME
    ]


def _may_be_same_name_word(name: str, other_name: str) -> bool:
    """Whether one name may be a form of the other: "Tim" and "Timothy", "Qaeda" and "Qaida"."""
    return name.startswith(other_name) or other_name.startswith(name) or _are_spelling_variants(name, other_name)


def _has_proper_name(speaker: Speaker) -> bool:
    return speaker.kind is not SpeakerKind.UNNAMED and any(word[0].isupper() for word in speaker.canonical.split())


def _are_spelling_variants(name: str, other_name: str) -> bool:
    if name == other_name:
        return True
    return (
        name[0] == other_name[0]
        and difflib.SequenceMatcher(None, min(name, other_name), max(name, other_name), autojunk=False).ratio()
        >= SAME_SPELLING
    )
