"""Who does it to whom, and who says so."""

import difflib
from collections import Counter
from collections.abc import Callable, Iterator

from services.contracts.claim import Speaker, SpeakerKind
from services.dedupe.merging.vetoes.lexicon import load_lexicon
from services.dedupe.merging.vetoes.overlap import common_subsequence
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import Objection, Slot
from services.dedupe.signals.names import same_name
from services.language.stems import base_stem
from services.language.tokens import find_claim_words

ALIKE = 0.83
"""Ratio of matching characters from which two names with one initial are two spellings."""
SAME_SENTENCE = 0.9
"""Share of words in common and in order from which two sentences are one but for the rest."""
FEWEST_COMMON = 4
"""Words that a short sentence has beside its names."""
SHORTEST_NAME = 4
ONE_SOURCE = 0.5
"""Share of the words of the shorter description of a source that the other has too."""


def role_objections(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """One predicate whose subject and object have changed places."""
    for mine in one.signs:
        if mine.subject is None or mine.object is None or mine.subject == mine.object:
            continue
        for yours in other.signs:
            if (yours.stem, yours.subject, yours.object) == (mine.stem, mine.object, mine.subject):
                yield Objection(Slot.ROLES, f"who does it to whom is exchanged: “{mine.stem}”")
                return
    yield from _changed_sides(one, other)


def _changed_sides(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """The same words, and two names that have changed sides of the verb: "Varn beat Orla"; parses miss it.

    "In Orla, Varn met the mayor" and "Varn met the mayor in Orla" are one: there only one name changes sides.
    """
    if (Counter(one.stems) - Counter(other.stems)).total() > 1 or (
        Counter(other.stems) - Counter(one.stems)
    ).total() > 1:
        return
    verbs = {sign.stem for sign in (*one.signs, *other.signs) if sign.main}
    # The first word is in upper case anyway: it is a name where the other side writes it so.
    names = sorted(
        (one.capitals | {*one.stems[:1]}) & (other.capitals | {*other.stems[:1]}) & (one.capitals | other.capitals)
    )
    for verb in sorted(verbs & set(one.stems) & set(other.stems)):
        ours, theirs = _side_of(verb, one), _side_of(verb, other)
        turned = [name for name in names if ours(name) != theirs(name)]
        if {ours(name) for name in turned} == {True, False}:
            yield Objection(Slot.ROLES, f"who does it to whom is exchanged: “{verb}”")
            return


def _side_of(verb: str, proposition: Proposition) -> Callable[[str], bool]:
    """Tells whether a word first stands before the verb."""
    stems = proposition.stems
    at = stems.index(verb)
    return lambda word: stems.index(word) < at


def speaker_objections(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """Two named sources that are not one."""
    if one.speaker is None or other.speaker is None or not _named(one.speaker) or not _named(other.speaker):
        return
    if one.speaker.kind is not other.speaker.kind or same_name(one.speaker.canonical, other.speaker.canonical):
        return
    told = " and ".join(sorted((one.speaker.canonical, other.speaker.canonical)))
    yield Objection(Slot.SPEAKER, f"said by different sources: {told}")


def same_source(one: Proposition, other: Proposition) -> bool:
    """Whether one source speaks, or somebody for it: the "ministry of health" and "a spokesman for the ministry"."""
    if one.speaker is None or other.speaker is None:
        return False
    if _named(one.speaker) and _named(other.speaker) and same_name(one.speaker.canonical, other.speaker.canonical):
        return True
    first, second = (
        {base_stem(match[0]) for match in find_claim_words(speaker.surface)} - load_lexicon().stop
        for speaker in (one.speaker, other.speaker)
    )
    return bool(first and second) and len(first & second) >= ONE_SOURCE * min(len(first), len(second))


def name_objections(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """One predicate said of two names, neither of which the other side has."""
    for mine in one.signs:
        for yours in other.signs:
            if mine.stem != yours.stem or mine.subject is None or yours.subject is None:
                continue
            if mine.subject not in one.capitals or yours.subject not in other.capitals:
                continue
            if _alike(mine.subject, yours.subject) or mine.subject in other.stems or yours.subject in one.stems:
                continue
            told = " and ".join(sorted((mine.subject, yours.subject)))
            if not (mine.reports and yours.reports):
                yield Objection(Slot.NAME, f"said of different names: {told}")
            else:
                yield Objection(Slot.SPEAKER, f"said by different sources: {told}")
            return


def exchanged_names(one: Proposition, other: Proposition) -> Iterator[Objection]:
    """One sentence but for a name: neither side has the other's.

    In sentences that differ otherwise, two names in one place are mostly one and the same ("U.S.", "American").
    """
    ours, theirs = _names_without(one, other), _names_without(other, one)
    if not ours or not theirs or any(_akin(mine, yours) for mine in ours for yours in theirs):
        return
    common = common_subsequence(one.stems, other.stems)
    # What begins a sentence is written like a name: a rest of few words is the same by chance.
    surely = one.capitals.issuperset(ours) and other.capitals.issuperset(theirs)
    left = max(len(one.stems) - len(ours), len(other.stems) - len(theirs)) if surely else 0
    longest = max(len(one.stems), len(other.stems))
    if common >= SAME_SENTENCE * longest or (left >= FEWEST_COMMON and common >= SAME_SENTENCE * left):
        yield Objection(Slot.NAME, "different names: " + " and ".join(sorted((ours[0], theirs[0]))))


def _names_without(ours: Proposition, theirs: Proposition) -> list[str]:
    dates = {match[0].casefold() for day in ours.days for match in find_claim_words(ours.claim.text[day.at : day.end])}
    # A sentence's first word may be a name: between one sentence and another that differs in nothing else, it counts.
    names = ours.capitals | set(ours.stems[:1])
    return [
        word
        for word in ours.stems
        if word in names and word not in theirs.stems and word not in dates and len(word) >= SHORTEST_NAME
    ]


def _akin(one: str, other: str) -> bool:
    """Whether one name may be a form of the other: "Tim" and "Timothy", "Qaeda" and "Qaida"."""
    return one.startswith(other) or other.startswith(one) or _alike(one, other)


def _named(speaker: Speaker) -> bool:
    return speaker.kind is not SpeakerKind.UNNAMED and any(word[0].isupper() for word in speaker.canonical.split())


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return (
        one[0] == other[0]
        and difflib.SequenceMatcher(None, min(one, other), max(one, other), autojunk=False).ratio() >= ALIKE
    )
