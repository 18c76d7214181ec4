"""Names of people, bodies and towns that outlets write in ways which a reader would not take for one. Pure.

With who uses which. A country's other names tell nothing of who reports, nor do the ways of a single outlet.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import shown
from services.contracts.claim import NameLink
from services.contracts.event import EntityVariant, EventEntity
from services.language.places import load_gazetteer

MOST_OUTLETS = 6
"""That are named of one spelling."""
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015]+")
_INITIALS = re.compile(r"[A-Z]\.?([A-Z]\.?){0,5}")
_HANDLE = re.compile(r"[_@]")


@dataclass(frozen=True)
class NameVariant:
    """One spelling."""

    surface: str
    how: str
    """How it is known to be that name; empty where it shows."""
    outlets: tuple[str, ...]
    """Who uses it."""
    more_outlets: int


@dataclass(frozen=True)
class NameEntry:
    """A name that outlets write in several ways."""

    name: str
    variants: tuple[NameVariant, ...]


def name_views(entities: Sequence[EventEntity], index: ArticleIndex) -> tuple[NameEntry, ...]:
    """The names with more than one form worth telling.

    Args:
        entities: Of the event.
        index: Names the articles.
    """
    outlets = {
        _folded(index.outlet(article_id))
        for entity in entities
        for variant in entity.variants
        for article_id in variant.article_ids
    }
    entries = (
        NameEntry(shown(entity.name), _variants(entity, outlets, index))
        for entity in entities
        if not _is_country(entity) and _has_several_outlets(entity, index)
    )
    return tuple(entry for entry in entries if len(entry.variants) > 1)


def _is_country(entity: EventEntity) -> bool:
    """Whether it is a country, which may be called by a part of it or by its demonym: "Britain", "England"."""
    place = load_gazetteer().place_of(entity.name) if entity.type == "place" else None
    return place is not None and "/" not in place


def _has_several_outlets(entity: EventEntity, index: ArticleIndex) -> bool:
    ids = (article_id for variant in entity.variants for article_id in variant.article_ids if article_id in index)
    return len(set(map(index.outlet, ids))) > 1


def has_several_forms(entity: EventEntity) -> bool:
    """Whether a reader has something to learn from how it is written."""
    if _is_country(entity):
        return False
    return len({_folded(variant.surface) for variant in entity.variants if _tells(variant, entity)}) > 1


def _variants(entity: EventEntity, outlets: set[str], index: ArticleIndex) -> tuple[NameVariant, ...]:
    """The forms; those that differ in case, hyphens, dots or spaces alone are one, written as most write it."""
    forms: dict[str, list[EntityVariant]] = {}
    for variant in entity.variants:
        folded = _folded(variant.surface)
        if _tells(variant, entity) and folded not in outlets:
            forms.setdefault(folded, []).append(variant)
    return tuple(_variant(same, index) for same in forms.values())


def _tells(variant: EntityVariant, entity: EventEntity) -> bool:
    """Whether the form is more than the name, a part of it, initials or a handle."""
    if _is_longer_or_shorter(variant.surface, entity):
        return False
    if variant.link is NameLink.ACRONYM or _INITIALS.fullmatch(variant.surface) or _HANDLE.search(variant.surface):
        return False
    return variant.link is not NameLink.PART or _lacks_only_middle(variant.surface, entity)


def _is_longer_or_shorter(surface: str, entity: EventEntity) -> bool:
    """Whether it is a place or body by a part of its name, or by more than it: "New York" of "New York City"."""
    words, whole = set(surface.casefold().split()), set(entity.name.casefold().split())
    return entity.type != "person" and (words < whole or whole < words)


def _lacks_only_middle(surface: str, entity: EventEntity) -> bool:
    """Whether it is a person's first and last name: "Paul Ryan" of "Paul D. Ryan"."""
    words, whole = surface.casefold().split(), entity.name.casefold().split()
    return entity.type == "person" and len(words) > 1 and (words[0], words[-1]) == (whole[0], whole[-1])


def _folded(surface: str) -> str:
    return _BETWEEN.sub("", surface).casefold()


def _variant(same: Sequence[EntityVariant], index: ArticleIndex) -> NameVariant:
    article_ids = (article_id for variant in same for article_id in variant.article_ids if article_id in index)
    outlets = list(dict.fromkeys(map(index.outlet, article_ids)))
    return NameVariant(
        shown(same[0].surface),
        "as a report explains" if same[0].link is NameLink.EXPLAINED else "",
        tuple(outlets[:MOST_OUTLETS]),
        max(0, len(outlets) - MOST_OUTLETS),
    )
