"""All that is written of one person or thing, under every name that stands for it, and the entity that it makes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.contracts.base import trusted
from services.contracts.claim import NameLink
from services.contracts.event import EntityVariant, EventEntity
from services.dedupe.merging.sources.event_names import NameInEvent, choose_type
from services.dedupe.signals.name_matching import split_name_words


@dataclass(slots=True)
class JoinedForm:
    """One form in the articles of all names joined so far.

    Attributes:
        article_ids: The articles that use it, sorted, for each name.
        shown_in: Those that show beside it what it stands for, sorted, for each name.
        links: How it is known to belong to the name.
    """

    article_ids: list[Sequence[str]] = field(default_factory=list)
    shown_in: list[Sequence[str]] = field(default_factory=list)
    links: set[NameLink] = field(default_factory=set)


class JoinedName:
    """A name of the event with others that stand for it. The names themselves stay as they are.

    Attributes:
        types: How often it is called each kind of thing.
        fullest: Forms that no article has a fuller one for.
        article_ids: The articles that name it, for each name.
        forms: Its forms by surface.
    """

    def __init__(self, name: NameInEvent) -> None:
        """Set up, with one name alone."""
        self.types = dict(name.types)
        self.fullest = set(name.fullest)
        self.article_ids: list[set[str]] = [name.article_ids]
        self.forms: dict[str, JoinedForm] = {}
        for surface, use in name.forms.items():
            form = self.forms[surface] = JoinedForm()
            form.article_ids.append(use.article_ids)
            form.shown_in.append(use.shown_in)
            form.links.update(use.links)

    def absorb_name(self, other_name: "JoinedName", link: NameLink) -> None:
        """Add another name, which stands for this one by `link`."""
        for kind, count in other_name.types.items():
            self.types[kind] = self.types.get(kind, 0) + count
        self.article_ids += other_name.article_ids
        for surface, form in other_name.forms.items():
            own = self.forms.setdefault(surface, JoinedForm())
            own.article_ids += form.article_ids
            own.shown_in += form.shown_in
            own.links |= {link} if NameLink.SAME in form.links else form.links
        if link is NameLink.SPELLING:
            self.fullest |= other_name.fullest

    def count_articles(self) -> int:
        """How many articles write any of its names."""
        first, *others = self.article_ids
        return len(first.union(*others)) if others else len(first)

    def build_entity(self) -> EventEntity:
        """Build the entity, its forms in most articles first."""
        articles = {surface: _merge_sorted(form.article_ids) for surface, form in self.forms.items()}
        fullest = min(
            self.fullest,
            key=lambda surface: (-len(split_name_words(surface)), -len(articles.get(surface, ())), surface),
        )
        return EventEntity(
            name=fullest,
            type=choose_type(self.types),
            variants=tuple(
                trusted(
                    EntityVariant,
                    {
                        "surface": surface,
                        "article_ids": articles[surface],
                        "link": _choose_link(self.forms[surface].links, is_fullest=surface == fullest),
                        "shown_in": _merge_sorted(self.forms[surface].shown_in),
                    },
                )
                for surface in sorted(articles, key=lambda surface: (-len(articles[surface]), surface))
            ),
        )


def _choose_link(links: set[NameLink], *, is_fullest: bool) -> NameLink:
    if is_fullest:
        return NameLink.SAME
    return min(links - {NameLink.SAME}, default=NameLink.SPELLING)


def _merge_sorted(article_ids: Sequence[Sequence[str]]) -> tuple[str, ...]:
    if len(article_ids) == 1:
        return tuple(article_ids[0])
    return tuple(sorted(set().union(*article_ids)))
