"""People, organisations and places of an event, with the spellings that the articles use.

Extraction links the forms inside each article and gives every name a key that its spellings share. Across articles
equal keys link, then acronyms to the one name with these initials, then short names to the one person whom they fit.
Two people of one family name are never linked: a form that fits both stays by itself.

An event grows by an article at a time, and an article changes few names. So names are kept, and only entities of which
a name changed are built anew; from nothing, the same names make the same entities.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.contracts.claim import ArticleName
from services.contracts.event import EventEntity
from services.dedupe.merging.sources.acronym_joins import AcronymJoins
from services.dedupe.merging.sources.event_names import UNKNOWN, NamesInEvent, choose_type
from services.dedupe.merging.sources.joined_name import JoinedName
from services.dedupe.merging.sources.person_joins import PersonJoins, name_sort_key

EntityOrder = tuple[int, str, str, tuple[int, int, str]]
"""Those in most articles first, then by name, type and main key; total."""


@dataclass(frozen=True, slots=True)
class ListedEntity:
    """An entity with its place among all of the event."""

    order: EntityOrder
    entity: EventEntity


@dataclass(frozen=True, slots=True)
class EntityChanges:
    """Keys of names whose entity has changed.

    Attributes:
        renamed: Those whose entity has another name or type than before, or is listed now and was not, or the reverse.
        rebuilt: All whose entity is another object than before.
    """

    renamed: set[str]
    rebuilt: set[str]


class EventEntities:
    """The entities of one event, kept while its articles come, go and change."""

    def __init__(self) -> None:
        self._names = NamesInEvent()
        self._acronyms = AcronymJoins(self._names.by_key)
        self._people = PersonJoins()
        self._main_keys: dict[str, str] = {}
        """Key of the name that a name stands for; its own if it stands for itself."""
        self._listed: dict[str, ListedEntity] = {}
        """Entities by the key of their main name."""
        self._orders: list[EntityOrder] = []
        self._entities: list[EventEntity] = []

    def list_entities(self) -> tuple[EventEntity, ...]:
        """All entities, those in most articles first."""
        return tuple(self._entities)

    def find_entity(self, key: str) -> ListedEntity | None:
        """The entity of a name; None: the event does not list it."""
        return self._listed.get(self._main_keys.get(key, ""))

    def list_article_ids(self, key: str) -> Iterable[str]:
        """The articles that write a name, in no order."""
        name = self._names.by_key.get(key)
        return () if name is None else name.article_ids

    def update_articles(self, names_by_article: Mapping[str, Sequence[ArticleName]]) -> EntityChanges:
        """Take the names of articles, and build the entities anew whose names changed.

        Args:
            names_by_article: The names of each new or changed article; none: it is gone.
        """
        written = set().union(
            *(self._names.replace_article(article_id, names) for article_id, names in names_by_article.items())
        )
        touched = written | self._join_names(written)
        entity_before = {key: self.find_entity(key) for key in touched}
        main_keys = self._list_main_keys(touched)
        for key in touched:
            self._update_main_key(key)
        main_keys |= self._list_main_keys(touched)
        for main_key in main_keys:
            before = self._listed.get(main_key)
            self._rebuild_entity(main_key)
            for key in self._list_joined_keys(main_key):
                entity_before.setdefault(key, before)
        renamed = {key for key, before in entity_before.items() if _is_renamed(before, self.find_entity(key))}
        return EntityChanges(renamed, set(entity_before))

    def _join_names(self, written_keys: set[str]) -> set[str]:
        """Join names again; return the keys of those that may stand for others than before, or have another type."""
        touched = written_keys | self._acronyms.update_names(written_keys)
        touched |= {self._acronyms.joined[key][0] for key in touched if key in self._acronyms.joined}
        touched |= self._people.update_names({key: self._find_type(key) for key in touched})
        return touched.union(*(self._acronyms.acronyms_of.get(key, ()) for key in touched))

    def _find_type(self, key: str) -> str | None:
        """The type of a name with its acronyms; None: there is no such name, or it is such an acronym itself."""
        name = self._names.by_key.get(key)
        if name is None or key in self._acronyms.joined:
            return None
        return choose_type(
            self._build_name_with_acronyms(key).types if key in self._acronyms.acronyms_of else name.types
        )

    def _update_main_key(self, key: str) -> None:
        if key not in self._names.by_key:
            self._main_keys.pop(key, None)
            return
        long_key = self._acronyms.joined[key][0] if key in self._acronyms.joined else key
        self._main_keys[key] = self._people.joined[long_key][0] if long_key in self._people.joined else long_key

    def _list_main_keys(self, keys: Iterable[str]) -> set[str]:
        return {self._main_keys[key] for key in keys if key in self._main_keys}

    def _list_joined_keys(self, main_key: str) -> list[str]:
        """The keys of all names that stand for one, its own first."""
        long_keys = [main_key, *self._people.names_of.get(main_key, ())]
        return [*long_keys, *(key for long_key in long_keys for key in self._acronyms.acronyms_of.get(long_key, ()))]

    def _build_name_with_acronyms(self, key: str) -> JoinedName:
        """A name with its acronyms."""
        joined = JoinedName(self._names.by_key[key])
        for acronym in self._acronyms.acronyms_of.get(key, ()):
            joined.absorb_name(JoinedName(self._names.by_key[acronym]), self._acronyms.joined[acronym][1])
        return joined

    def _rebuild_entity(self, main_key: str) -> None:
        """Build the entity of a name again, or remove it if the name no longer stands for itself."""
        before = self._listed.pop(main_key, None)
        if before is not None:
            at = bisect_left(self._orders, before.order)
            del self._orders[at], self._entities[at]
        if self._main_keys.get(main_key) != main_key:
            return
        joined = self._build_name_with_acronyms(main_key)
        for key in self._people.names_of.get(main_key, ()):
            joined.absorb_name(self._build_name_with_acronyms(key), self._people.joined[key][1])
        count = joined.count_articles()
        if choose_type(joined.types) == UNKNOWN and count == 1:
            return
        entity = joined.build_entity()
        order = -count, entity.name, entity.type, name_sort_key(main_key)
        at = bisect_left(self._orders, order)
        self._orders.insert(at, order)
        self._entities.insert(at, entity)
        self._listed[main_key] = ListedEntity(order, entity)


def _is_renamed(before: ListedEntity | None, after: ListedEntity | None) -> bool:
    if before is None or after is None:
        return before is not after
    return (before.entity.name, before.entity.type) != (after.entity.name, after.entity.type)
