"""Vetoes of names: two claims about different people, or by different speakers."""

import difflib
from collections.abc import Iterator

from services.contracts.claim import Speaker, SpeakerKind
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Veto, VetoKind
from services.dedupe.signals.names import same_name
from services.language.tokens import find_claim_words
from services.language.word_sequences import longest_common_subsequence

SAME_SPELLING = 0.83
"""Ratio of matching characters from which two names with one initial are two spellings."""
SAME_SENTENCE = 0.9
"""Share of words in common and in order from which two sentences are one but for the rest."""
FEWEST_COMMON = 4
"""Words that a short sentence has beside its names."""
SHORTEST_NAME = 4


def speaker_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto two named speakers that are not one."""
    if one.speaker is None or other.speaker is None or not _is_named(one.speaker) or not _is_named(other.speaker):
        return
    if one.speaker.kind is not other.speaker.kind or same_name(one.speaker.canonical, other.speaker.canonical):
        return
    names = " and ".join(sorted((one.speaker.canonical, other.speaker.canonical)))
    yield Veto(VetoKind.SPEAKER, f"said by different sources: {names}")


def name_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto one predicate said of two names, neither of which the other claim has."""
    for mine in one.signs:
        for yours in other.signs:
            if mine.stem != yours.stem or mine.subject is None or yours.subject is None:
                continue
            if mine.subject not in one.capitals or yours.subject not in other.capitals:
                continue
            if _are_spellings(mine.subject, yours.subject) or mine.subject in other.stems or yours.subject in one.stems:
                continue
            names = " and ".join(sorted((mine.subject, yours.subject)))
            if not (mine.reports and yours.reports):
                yield Veto(VetoKind.NAME, f"said of different names: {names}")
            else:
                yield Veto(VetoKind.SPEAKER, f"said by different sources: {names}")
            return


def exchanged_name_vetoes(one: Proposition, other: Proposition) -> Iterator[Veto]:
    """Veto two claims that are one sentence but for a name.

    In sentences that differ otherwise, two names in one place are mostly one and the same ("U.S.", "American").
    """
    ours, theirs = _own_names(one, other), _own_names(other, one)
    if not ours or not theirs or any(_may_be_one_name(mine, yours) for mine in ours for yours in theirs):
        return
    common = longest_common_subsequence(one.stems, other.stems)
    # What begins a sentence is written like a name: a rest of few words is the same by chance.
    surely = one.capitals.issuperset(ours) and other.capitals.issuperset(theirs)
    left = max(len(one.stems) - len(ours), len(other.stems) - len(theirs)) if surely else 0
    longest = max(len(one.stems), len(other.stems))
    if common >= SAME_SENTENCE * longest or (left >= FEWEST_COMMON and common >= SAME_SENTENCE * left):
        yield Veto(VetoKind.NAME, "different names: " + " and ".join(sorted((ours[0], theirs[0]))))


def _own_names(ours: Proposition, theirs: Proposition) -> list[str]:
    dates = {match[0].casefold() for day in ours.days for match in find_claim_words(ours.claim.text[day.at : day.end])}
    # A sentence's first word may be a name: between one sentence and another that differs in nothing else, it counts.
    names = ours.capitals | set(ours.stems[:1])
    return [
        word
        for word in ours.stems
        if word in names and word not in theirs.stems and word not in dates and len(word) >= SHORTEST_NAME
    ]


def _may_be_one_name(one: str, other: str) -> bool:
    """Whether one name may be a form of the other: "Tim" and "Timothy", "Qaeda" and "Qaida"."""
    return one.startswith(other) or other.startswith(one) or _are_spellings(one, other)


def _is_named(speaker: Speaker) -> bool:
    return speaker.kind is not SpeakerKind.UNNAMED and any(word[0].isupper() for word in speaker.canonical.split())


def _are_spellings(one: str, other: str) -> bool:
    if one == other:
        return True
    return (
        one[0] == other[0]
        and difflib.SequenceMatcher(None, min(one, other), max(one, other), autojunk=False).ratio() >= SAME_SPELLING
    )
