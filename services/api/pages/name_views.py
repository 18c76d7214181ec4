"""Names as outlets write them: other spellings with who uses them, shortened forms once. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import shown
from services.contracts.claim import NameLink
from services.contracts.event import EntityVariant, EventEntity

MOST_OUTLETS = 6
"""That are named of one spelling."""
_HOW: Mapping[NameLink | None, str] = {
    NameLink.ACRONYM: "initials",
    NameLink.EXPLAINED: "as a report explains",
}


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
    shortened: tuple[str, ...]
    """Parts of it that stand for it."""


@dataclass(frozen=True)
class NameViews:
    """The names of an event that are written in several ways."""

    spelt: tuple[NameEntry, ...]
    """In several spellings."""
    shortened: tuple[tuple[str, str], ...]
    """Other names: a part that stands for one, and the whole."""


def name_views(entities: Sequence[EventEntity], index: ArticleIndex) -> NameViews:
    """The names with more than one form.

    Args:
        entities: Of the event.
        index: Names the articles.
    """
    several = [entity for entity in entities if len(entity.variants) > 1]
    return NameViews(
        spelt=tuple(_entry(entity, index) for entity in several if is_spelt_differently(entity)),
        shortened=tuple(
            (shown(variant.surface), shown(entity.name))
            for entity in several
            if not is_spelt_differently(entity)
            for variant in entity.variants
            if variant.link is NameLink.PART
        ),
    )


def is_spelt_differently(entity: EventEntity) -> bool:
    """Whether a form is more than the name or a part of it. So it is where events do not say how a form is linked."""
    return any(variant.link not in {NameLink.SAME, NameLink.PART} for variant in entity.variants)


def _entry(entity: EventEntity, index: ArticleIndex) -> NameEntry:
    return NameEntry(
        name=shown(entity.name),
        variants=tuple(_variant(variant, index) for variant in entity.variants if variant.link is not NameLink.PART),
        shortened=tuple(shown(variant.surface) for variant in entity.variants if variant.link is NameLink.PART),
    )


def _variant(variant: EntityVariant, index: ArticleIndex) -> NameVariant:
    outlets = list(dict.fromkeys(index.outlet(article_id) for article_id in variant.article_ids if article_id in index))
    return NameVariant(
        shown(variant.surface),
        _HOW.get(variant.link, ""),
        tuple(outlets[:MOST_OUTLETS]),
        max(0, len(outlets) - MOST_OUTLETS),
    )
