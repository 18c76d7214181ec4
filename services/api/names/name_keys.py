"""Under which key a name of one event stands among the names of all events. Pure.

Names are merged inside an event (`services.dedupe.merging.sources`). Across events there is only the name: two events
tell of the same one where the fullest forms that they have are equal but for case, accents and marks. A form that an
event gives to a name counts in that event and no other. A single word is not enough for a person, since it may be the
surname of several.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from services.api.filters.facts import name_variants
from services.api.filters.words import fold_name, fold_text
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event import EventEntity

MOST_KEY_CHARACTERS = 120
"""A longer name has no key, and so no page: no real one is as long."""
PERSON, ORGANISATION, PLACE, UNKNOWN = "person", "organisation", "place", "unknown"
_HONORIFICS = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "lord", "lady", "dame"))
_COMMON_BODIES = frozenset(
    (
        "administration", "agency", "airport", "army", "assembly", "association", "authority", "bank", "board",
        "cabinet", "chamber", "church", "clinic", "club", "coalition", "college", "commission", "committee", "company",
        "congress", "council", "court", "department", "embassy", "federation", "firm", "foundation", "government",
        "hospital", "house", "institute", "league", "ministry", "mosque", "navy", "office", "opposition", "parliament",
        "party", "police", "port", "school", "senate", "service", "state", "treasury", "union", "university",
    )
)  # fmt: skip
"""Words that name a body of every country and town: by themselves they tell none from another."""


@dataclass(frozen=True)
class KnownName:
    """A name as one event has it."""

    key: str
    """What stands in addresses: `ada-reyl`."""
    name: str
    """The fullest form."""
    type: str
    """`person`, `organisation`, `place` or `unknown`."""
    full: bool
    """Whether the name tells who or what is meant: if not, events that have it are not joined."""
    forms: tuple[str, ...]
    """All forms, as written, the fullest first."""


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str | None:
    """The key of a name in any spelling that differs in case, accents and marks alone; of a key, itself.

    Returns:
        None for what has no letters or digits, or too many of them.
    """
    folded = fold_text(name)
    return folded.replace(" ", "-") if folded and len(folded) <= MOST_KEY_CHARACTERS else None


def speaker_page(key: str) -> str:
    """Path of the page of a speaker."""
    return f"/speakers/{quote(key, safe='')}"


def entity_page(key: str) -> str:
    """Path of the page of a person, organisation or place."""
    return f"/entities/{quote(key, safe='')}"


class NameKeys:
    """The names of one event or article, by any form that it gives them."""

    def __init__(self, entities: Iterable[EventEntity] = ()) -> None:
        """Know these names; of others there are the forms in which speakers have them."""
        entities = tuple(entities)
        self._forms = name_variants(entities)
        self._types = {entity.name: entity.type for entity in entities}
        self._speakers: dict[tuple[str, SpeakerKind], KnownName | None] = {}

    def entities(self) -> Iterable[KnownName]:
        """The people, organisations and places that have a key, those in most articles first."""
        for forms in dict.fromkeys(self._forms.values()):
            known = _known(forms, self._types.get(forms[0], UNKNOWN))
            if known is not None:
                yield known

    def speaker(self, speaker: Speaker | None) -> KnownName | None:
        """Who speaks; None where it is nobody, has no name, or only a description such as "police"."""
        if speaker is None or speaker.kind is SpeakerKind.UNNAMED:
            return None
        asked = speaker.canonical, speaker.kind
        if asked not in self._speakers:
            self._speakers[asked] = self._speaker(*asked)
        return self._speakers[asked]

    def page_of(self, speaker: Speaker | None) -> str | None:
        """Path of the page of who speaks; None where the name does not tell who it is."""
        known = self.speaker(speaker)
        return speaker_page(known.key) if known is not None and known.full else None

    def _speaker(self, canonical: str, kind: SpeakerKind) -> KnownName | None:
        forms = self._forms.get(fold_name(canonical))
        if forms is None and kind is SpeakerKind.ORGANISATION and not _has_proper_name(canonical):
            return None
        return _known(forms or (canonical,), kind.value)


def _known(forms: tuple[str, ...], kind: str) -> KnownName | None:
    key = name_key(forms[0])
    return None if key is None else KnownName(key, forms[0], kind, _is_full(forms[0], key.split("-"), kind), forms)


def _is_full(name: str, words: list[str], kind: str) -> bool:
    """Whether a name tells one from another: "Ada Reyl", not "Reyl" or "Mr Reyl"; "Reuters", not "Hospital"."""
    telling = [word for word in words if word not in _HONORIFICS]
    if len(telling) > 1:
        return True
    if not telling or kind in {PERSON, UNKNOWN}:
        return False
    return kind == PLACE or telling[0].removesuffix("s") not in _COMMON_BODIES or name.isupper()


def _has_proper_name(name: str) -> bool:
    """Whether a word after the first is written as a name is; the first may only begin a sentence."""
    first, *others = name.split() or ("",)
    return any(word[:1].isupper() for word in others) or (len(first) > 1 and first.isupper())
