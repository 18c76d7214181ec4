"""Whom a family or first name means that several people of the article bear: by title, or who spoke before it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.names.people import Entities, Entity, Mention
from services.language.ranges import Range

_INTRODUCED = re.compile(r", (?:an?|the|who)\b")
_REACH_SENTENCES = 4
"""How far back somebody is named in full whom a family name means."""
_TITLES = {"mr": False, "mrs": True, "ms": True, "miss": True}
"""Whether a title is a woman's."""


class ShortNames:
    """The people of one article by the first and the last word of their names."""

    def __init__(
        self,
        text: str,
        entities: Entities,
        named: Mapping[int, Sequence[Mention]],
        is_woman: Callable[[Entity], bool | None],
    ) -> None:
        """`named`: mentions by sentence. `is_woman`: None where the article does not tell."""
        self._text, self._entities, self._named, self._is_woman = text, entities, named, is_woman
        self._by_surname: dict[str, list[Entity]] = {}
        """People with a first name, by the last word of their names."""
        self._by_end: dict[str, set[str]] = {}
        """What people are called in full, by the first and by the last word of their names."""
        for entity in entities.by_name.values():
            if entity.kind is SpeakerKind.PERSON and " " in entity.canonical:
                words = entity.canonical.split()
                self._by_surname.setdefault(words[-1], []).append(entity)
                self._by_end.setdefault(words[-1], set()).add(entity.canonical)
                self._by_end.setdefault(words[0], set()).add(entity.canonical)

    def bearer(self, mention: Mention, spoken: Mapping[int, Sequence[tuple[Range, Speaker]]]) -> Entity:
        """Whom a mention means, after what was spoken before it. `spoken`: by sentence."""
        entity = self._entities.of(mention)
        titled = _TITLES.get(mention.name.title_word)
        if titled is not None and " " not in entity.canonical:
            entity = self._with_title(entity, feminine=titled)
        bearers = self._by_end.get(entity.canonical, ())
        if len(bearers) > 1:
            full = _nearest_bearer(self._text, mention, bearers, self._named, spoken)
            entity = entity if full is None else self._entities.by_name[full]
        return entity

    def _with_title(self, surname: Entity, *, feminine: bool) -> Entity:
        """Of two people of one surname the one whom "Mr." or "Mrs." fits; the surname where that does not tell."""
        bearers = self._by_surname.get(surname.canonical, ())
        fitting = [entity for entity in bearers if self._is_woman(entity) == feminine]
        return fitting[0] if len(fitting) == 1 else surname


def _nearest_bearer(
    text: str,
    asked: Mention,
    bearers: Collection[str],
    named: Mapping[int, Sequence[Mention]],
    spoken: Mapping[int, Sequence[tuple[Range, Speaker]]],
) -> str | None:
    """The one of several bearers who is named in full last before a name, and spoke or is introduced there.

    None where nobody is, or several. Who is only named is not meant: a "Reyl" after "the tomb of Ada Reyl" may be
    another.
    """
    place, sentence = asked.name.range, asked.sentence
    for number in range(sentence, max(-1, sentence - 1 - _REACH_SENTENCES), -1):
        full = [
            mention
            for mention in named.get(number, ())
            if mention.name.start < place.start and mention.canonical in bearers and len(mention.name.words) > 1
        ]
        if full:
            heard = {speaker.canonical for at, speaker in spoken.get(number, ()) if at.start < place.start}
            introduced = {mention.canonical for mention in full if _INTRODUCED.match(text, mention.name.range.end)}
            names = {mention.canonical for mention in full}
            return names.pop() if len(names) == 1 and names <= heard | introduced else None
    return None
