"""Whom an article calls "he" and whom "she", from sentences that name one person only who may be called so."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from services.contracts.claim import SpeakerKind
from services.extract.assertions.reading import SentenceReading
from services.extract.names.people import Entities, Mention
from services.language.ranges import Range

_MASCULINE = frozenset(("he", "him", "his", "himself"))
_FEMININE = frozenset(("she", "her", "hers", "herself"))
_PRONOUNS = _MASCULINE | _FEMININE
_FULL_NAME_WORDS = (2, 3)
_MAJORITY = 3
"""One gender must be told so many times as often as the other."""


def read_genders(
    readings: Sequence[SentenceReading], mentions: Mapping[int, Sequence[Mention]], entities: Entities
) -> dict[str, bool]:
    """By name: whether the pronouns after it are feminine; names whose pronouns tell nothing are left out."""
    votes: Counter[tuple[str, bool]] = Counter()
    for reading in readings:
        mentioned = mentions.get(reading.number, ())
        people = [mention for mention in mentioned if _may_be_a_person(mention, entities)]
        others = {each.canonical for each in people}
        for feminine in (True, False):
            # Who is known to be a woman is not whom a "he" means.
            named = {each.canonical for each in people if entities.of(each).feminine in (None, feminine)}
            if len(named) != 1 or (len(others) > 1 and any(entities.of(each).kind is None for each in mentioned)):
                continue
            first = next(mention.name.range for mention in people if mention.canonical in named)
            pronouns = set() if reading.sentence.is_quoted(first) else _pronouns_after(reading, first)
            own, other = (_FEMININE, _MASCULINE) if feminine else (_MASCULINE, _FEMININE)
            if pronouns & own and not pronouns & other:
                votes[named.pop(), feminine] += 1
    return dict(_decided(votes))


def _pronouns_after(reading: SentenceReading, name: Range) -> set[str]:
    """The pronouns for one person behind a name, outside of quotations."""
    return {
        token.lower
        for token in reading.tokens
        if token.lower in _PRONOUNS
        and token.start >= name.end
        and not reading.sentence.is_quoted(Range(token.start, token.end))
    }


def _may_be_a_person(mention: Mention, entities: Entities) -> bool:
    entity = entities.of(mention)
    return entity.kind is SpeakerKind.PERSON or (
        entity.kind is None and len(entity.canonical.split()) in _FULL_NAME_WORDS
    )


def _decided(votes: Counter[tuple[str, bool]]) -> Iterable[tuple[str, bool]]:
    for (name, feminine), count in votes.items():
        if count >= _MAJORITY * votes[name, not feminine]:
            yield name, feminine
