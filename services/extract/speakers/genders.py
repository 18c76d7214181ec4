"""Whom an article calls "he" and whom "she", from sentences that name one person only."""

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
        named = {
            mention.canonical for mention in mentions.get(reading.number, ()) if _may_be_a_person(mention, entities)
        }
        if len(named) != 1:
            continue
        first = next(mention.name.range for mention in mentions[reading.number] if mention.canonical in named)
        if reading.sentence.is_quoted(first):
            continue
        after = {
            token.lower
            for token in reading.tokens
            if token.lower in _PRONOUNS
            and token.start >= first.end
            and not reading.sentence.is_quoted(Range(token.start, token.end))
        }
        masculine, feminine = bool(after & _MASCULINE), bool(after & _FEMININE)
        if masculine != feminine:
            votes[named.pop(), feminine] += 1
    return dict(_decided(votes))


def _may_be_a_person(mention: Mention, entities: Entities) -> bool:
    entity = entities.of(mention)
    return entity.kind is SpeakerKind.PERSON or (
        entity.kind is None and len(entity.canonical.split()) in _FULL_NAME_WORDS
    )


def _decided(votes: Counter[tuple[str, bool]]) -> Iterable[tuple[str, bool]]:
    for (name, feminine), count in votes.items():
        if count >= _MAJORITY * votes[name, not feminine]:
            yield name, feminine
