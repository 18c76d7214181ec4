"""The one person whom a stretch of text names, who is then meant by what names nobody."""

from collections.abc import Iterable

from services.contracts.claim import SpeakerKind
from services.extract.names.people import Cast, Mention


def only_person(cast: Cast, mentions: Iterable[Mention]) -> Mention | None:
    """The last mention of the only person among `mentions`; None where they name nobody or several."""
    people = {mention.canonical: mention for mention in mentions if cast.of(mention).kind is SpeakerKind.PERSON}
    return next(iter(people.values())) if len(people) == 1 else None
