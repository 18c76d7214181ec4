"""The one person whom a stretch of text names, who is then meant by what names nobody."""

from collections.abc import Iterable

from services.contracts.claim import SpeakerKind
from services.extract.names.people import Entities, Mention


def only_person(entities: Entities, mentions: Iterable[Mention]) -> Mention | None:
    """The last mention of the only person among `mentions`; None where they name nobody, or somebody else perhaps."""
    people: dict[str, Mention] = {}
    for mention in mentions:
        kind = entities.of(mention).kind
        if kind is SpeakerKind.PERSON or (kind is None and " " in mention.canonical):
            people[mention.canonical] = mention
    only = next(iter(people.values())) if len(people) == 1 else None
    return only if only is not None and entities.of(only).kind is SpeakerKind.PERSON else None
