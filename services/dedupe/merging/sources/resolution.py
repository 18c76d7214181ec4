"""Resolves who speaks in an event: one name for a source in all articles, and the country that it speaks for.

An article more changes the sources of few others: of those that have a name which stands for somebody else now, that
name a country which they did not, whose unnamed source has a role that one person has now, or no longer one alone, and
that tell of a source whose side is another. Only these are resolved again; from nothing, the same articles have the
same sources.
"""

from collections.abc import Collection, Iterable, KeysView, Mapping, Sequence

from services.contracts.claim import ArticleName
from services.contracts.event import EventEntity
from services.dedupe.merging.sources.article_sources import ArticleSources, ResolvedSource
from services.dedupe.merging.sources.article_speakers import ArticleSpeakers, list_article_names
from services.dedupe.merging.sources.attributed import AttributedArticle
from services.dedupe.merging.sources.countries import Countries
from services.dedupe.merging.sources.entities import EventEntities
from services.dedupe.merging.sources.roles import is_last_name_of
from services.dedupe.merging.sources.value_counts import ArticlesByName, ValueCounts
from services.dedupe.signals.name_matching import split_name_words


class EventSources:
    """The names and sources of one event, kept while its articles come, go and change."""

    def __init__(self) -> None:
        self._entities = EventEntities()
        self._countries = Countries()
        self._articles: dict[str, ArticleSources] = {}
        self._people = ValueCounts()
        """People by the roles that articles give them, and bodies by what they may be described as."""
        self._person_by_role: dict[str, str] = {}
        """The person who has a role, of roles that only one has, and the body that a description fits alone."""
        self._stated_sides = ValueCounts()
        """Countries that the names, roles and organisations of sources state, by source."""
        self._near_sides = ValueCounts()
        """Countries named near sources, by source."""
        self._side_by_source: dict[str, str] = {}
        """The country that a source speaks for."""
        self._by_role = ArticlesByName()
        """Articles by the roles of their speakers without a name."""
        self._by_source = ArticlesByName()
        """Articles by the sources of their speakers."""
        self._by_shared_key = ArticlesByName()
        """Articles by the keys of names that share a form with another name there."""

    @property
    def article_ids(self) -> KeysView[str]:
        """The articles that there are."""
        return self._articles.keys()

    def list_entities(self) -> tuple[EventEntity, ...]:
        """People, organisations and places of the event, those in most articles first."""
        return self._entities.list_entities()

    def list_sources(self, article_id: str) -> Sequence[ResolvedSource]:
        """The source of each claim of an article, in order; the very same list where nothing of it has changed."""
        return self._articles[article_id].resolved

    def update_articles(self, articles: Mapping[str, AttributedArticle], gone_ids: Iterable[str] = ()) -> set[str]:
        """Take articles that are new or may have changed; return the ids of those that have other sources than before.

        Args:
            articles: The articles by id. Those made of the same objects as before cost next to nothing.
            gone_ids: Articles that are no longer there.
        """
        gone = [article_id for article_id in gone_ids if article_id in self._articles]
        changed = {
            article_id: ArticleSpeakers(one)
            for article_id, one in articles.items()
            if article_id not in self._articles or not one.is_same(self._articles[article_id].spoken.given)
        }
        roles, sources = self._remove_articles([*gone, *changed])
        names: dict[str, Sequence[ArticleName]] = dict.fromkeys(gone, ())
        names |= {article_id: list_article_names(spoken.given) for article_id, spoken in changed.items()}
        touched = self._update_names(names) | self._update_countries(names)
        self._add_articles(changed)
        touched |= changed.keys()
        roles |= self._resolve_holders(touched)
        touched |= self._by_role.find_articles(role for role in sorted(roles) if self._update_person_of_role(role))
        sources |= self._resolve_sources(touched)
        touched |= self._by_source.find_articles(
            source for source in sorted(sources) if self._update_country_of_source(source)
        )
        for article_id in touched:
            self._articles[article_id].resolve_claims(self._side_by_source, self._entities)
        return touched

    def _remove_articles(self, article_ids: Iterable[str]) -> tuple[set[str], set[str]]:
        """Take back what gone or changed articles told; return the roles and the sources that this concerns."""
        roles: set[str] = set()
        sources: set[str] = set()
        for article_id in article_ids:
            before = self._articles.pop(article_id, None)
            if before is None:
                continue
            roles |= self._people.replace(before.holders, {})
            sources |= self._stated_sides.replace(before.stated_sides, {})
            sources |= self._near_sides.replace(before.near_sides, {})
            self._by_role.replace(article_id, before.roles, ())
            self._by_source.replace(article_id, filter(None, before.sources), ())
            self._by_shared_key.replace(article_id, before.spoken.shared_keys, ())
        return roles, sources

    def _update_names(self, names: Mapping[str, Sequence[ArticleName]]) -> set[str]:
        """Take the names of new, changed and gone articles; return the others whose sources may change by it."""
        changes = self._entities.update_articles(names)
        keys: dict[str, set[str]] = {}
        for key in changes.renamed:
            for article_id in self._entities.list_article_ids(key):
                keys.setdefault(article_id, set()).add(key)
        for key in changes.rebuilt:  # of two names with one form counts the one in fewer articles
            for article_id in self._by_shared_key.find_articles([key]):
                keys.setdefault(article_id, set()).add(key)
        return {
            article_id
            for article_id in keys.keys() & self._articles.keys()
            if self._articles[article_id].update_names(keys[article_id], self._entities)
        }

    def _update_countries(self, names: Mapping[str, Sequence[ArticleName]]) -> set[str]:
        """Take the countries that articles name; return the other articles in which a country may be named now."""
        changes = self._countries.update_articles(names)
        touched = set()
        for article_id, article in self._articles.items() if changes else ():
            if changes.concern(article.spoken.speaker_names, article.spoken.has_words):
                article.resolve_countries(self._countries)
                touched.add(article_id)
        return touched

    def _add_articles(self, changed: Mapping[str, ArticleSpeakers]) -> None:
        """Add new articles, and changed ones again, with their names and countries."""
        for article_id, spoken in changed.items():
            article = self._articles[article_id] = ArticleSources(spoken)
            article.update_names(spoken.surfaces_by_key, self._entities)
            article.resolve_countries(self._countries)
            self._by_role.replace(article_id, (), article.roles)
            self._by_shared_key.replace(article_id, (), spoken.shared_keys)

    def _resolve_holders(self, article_ids: Iterable[str]) -> set[str]:
        """Find out who has which role; return the roles with other people than before."""
        roles: set[str] = set()
        for article_id in article_ids:
            article = self._articles[article_id]
            before = article.holders
            article.resolve_role_holders()
            roles |= self._people.replace(before, article.holders)
        return roles

    def _resolve_sources(self, article_ids: Iterable[str]) -> set[str]:
        """Resolve the sources of articles; return the sources of which something else is told than before."""
        sources: set[str] = set()
        for article_id in article_ids:
            article = self._articles[article_id]
            names, stated, near = article.sources, article.stated_sides, article.near_sides
            article.resolve_sources(self._person_by_role, self._countries)
            sources |= self._stated_sides.replace(stated, article.stated_sides)
            sources |= self._near_sides.replace(near, article.near_sides)
            self._by_source.replace(article_id, filter(None, names), filter(None, article.sources))
        return sources

    def _update_person_of_role(self, role: str) -> bool:
        """Find the only person who has a role; return whether it is another than before."""
        return _set_or_remove(self._person_by_role, role, _find_only_person(self._people.list_values(role)))

    def _update_country_of_source(self, source: str) -> bool:
        """Find the country that a source speaks for; return whether it is another than before.

        It is the one that its name, role or organisation states most often, else the one named most often near it.
        """
        counts = self._stated_sides if self._stated_sides.has_name(source) else self._near_sides
        return _set_or_remove(self._side_by_source, source, counts.find_most_frequent(source))


def _find_only_person(names: Collection[str]) -> str | None:
    """Return the one person of whom all names are, in the fullest form; None: there is none, or there are several.

    A last name alone, which two people of the event share, is that of the one who has the same role.
    """
    fullest = min(names, key=lambda name: (-len(split_name_words(name)), name), default=None)
    if fullest is None or not all(name == fullest or is_last_name_of(name, fullest) for name in names):
        return None
    return fullest


def _set_or_remove(values: dict[str, str], name: str, value: str | None) -> bool:
    """Set a value, or remove it if it is None; return whether it is another than before."""
    if values.get(name) == value:
        return False
    if value is None:
        del values[name]
    else:
        values[name] = value
    return True
