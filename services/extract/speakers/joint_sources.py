"""Sources that are several names: "Seoul, Kyiv and Washington", "Mayor Ada Reyl and Judge Otto Holt"."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from services.contracts.claim import SpeakerKind
from services.extract.names.people import Entities, Mention
from services.extract.speakers.behind_roles import shares_a_title
from services.language.places import load_gazetteer
from services.language.ranges import Range

_JOINING = re.compile(r"(?:[,&]|\b(?:and|or|then|also|first|both|later|from|the|by|in|of)\b|\s)*", re.IGNORECASE)
_LIST_GAP = re.compile(
    r"[.]?(?:,? [(]?[RDI]-[A-Z][\w.]{0,9}[)]?)?"
    r"(?:, [a-z][^,;:\"]{2,80},?|, [A-Z][\w' ]{0,40}'s? [a-z][^,;:\"]{2,80},?)?"
    r"(?:,| &|,? and)(?: (?:the )?(?:[A-Z][\w.-]+ ){0,2}| )"
)
"""Between people who are listed with what they are: ", head of the council, and Judge "."""
_JOINED = re.compile(r"\band\b|&")
_TITLED = re.compile(r"(?:[Tt]he |[Bb]oth )?(?:[A-Z][\w.-]+ ){0,3}")


def joint(text: str, source: Range, mentions: Iterable[Mention], entities: Entities) -> tuple[str, SpeakerKind] | None:
    """The canonical names that a source joins, "Seoul, Kyiv and Washington"; None unless it is several names alone.

    Several people are nobody with a name of their own: their kind is `unnamed`.
    """
    inside = [mention for mention in mentions if source.holds(mention.name.range)]
    people = _listed_people(text, source, inside, entities)
    if people:
        return f"{', '.join(people[:-1])} and {people[-1]}", SpeakerKind.UNNAMED
    if any(shares_a_title(text, *pair) for pair in pairwise(inside)):
        return None
    names = list(dict.fromkeys(mention.canonical for mention in inside))
    if len(names) < 2 or _JOINED.search(text, source.start, source.end) is None:  # noqa: PLR2004
        return None
    at = source.start
    for mention in inside:
        if _JOINING.fullmatch(text, at, mention.name.start) is None:
            return None
        at = mention.name.range.end
    if _JOINING.fullmatch(text, at, source.end) is None:
        return None
    bodies = all(entities.by_name[name].kind is SpeakerKind.ORGANISATION or _is_place(name) for name in names)
    return f"{', '.join(names[:-1])} and {names[-1]}", SpeakerKind.ORGANISATION if bodies else SpeakerKind.UNNAMED


def _listed_people(text: str, source: Range, inside: Sequence[Mention], entities: Entities) -> Sequence[str]:
    """Canonical names of the people that a source is a list of, from its start; none unless it is several."""
    listed: list[Mention] = []
    for mention in inside:
        if entities.of(mention).kind is not SpeakerKind.PERSON:
            continue
        at = listed[-1].name.range.end if listed else source.start
        gap = _LIST_GAP if listed else _TITLED
        if gap.fullmatch(text, at, _start_with_role(text, mention, entities)) is not None:
            listed.append(mention)
    names = list(dict.fromkeys(mention.canonical for mention in listed))
    if len(names) < 2 or _JOINED.search(text, listed[-2].name.range.end, listed[-1].name.start) is None:  # noqa: PLR2004
        return ()
    return names


def _start_with_role(text: str, mention: Mention, entities: Entities) -> int:
    """Where a person is named, with what stands in lower case before the name: "former mayor Tom Brandt"."""
    start = mention.name.start
    for role in entities.of(mention).roles:
        before = start - len(role.text) - 1
        if before >= 0 and text.startswith(f"{role.text} ", before):
            return before
    return start


def _is_place(name: str) -> bool:
    return load_gazetteer().place_of(name) is not None
