"""Articles of an event as pages list them: one after the other, or under the text that they reprint. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from babel.lists import format_list

from services.api.outlets.outlet_keys import page_of_outlet
from services.api.pages import phrases
from services.api.pages.characters import shown
from services.api.pages.links import article_page, outside_link
from services.api.pages.moments import machine_time
from services.api.pages.numbers import ENGLISH, count, number
from services.api.pages.origin_articles import find_reprints, further_words, texts_and_reprints
from services.api.pages.plots.corroboration import Strip, strip
from services.api.pages.reasons import Reason, reason
from services.api.pages.references import References
from services.contracts.article import Publisher, TextKind
from services.contracts.event import Event, EventArticle, Origin


@dataclass(frozen=True)
class ArticleEntry:
    """One article in the event's list. What is not known of it is None: the list says so once, above."""

    number: int
    outlet: str | None
    outlet_page: str | None
    title: str | None
    link: str | None
    page: str
    published_iso: str | None
    published: str | None
    role: str
    """What part its text plays: a report of the outlet's own, an agency's, one that others reprint, a reprint."""
    text_kind: str | None
    """What kind of text it is, unless it is a plain report."""
    reprint_of: int | None
    """Number of the article that it repeats."""
    warning: str | None
    reason: Reason


@dataclass(frozen=True)
class ArticleGroup:
    """The articles of one origin: the first, then its reprints and what else its outlet has."""

    entries: tuple[ArticleEntry, ...]
    strip: Strip | None
    """Its texts as dots; None where nothing is reprinted."""
    further: str
    """What comes after the first, in words; empty where there is one article."""
    credit: str | None
    """The agency that the texts credit, other than the outlet of the first, where their roles do not name it."""


def article_entries(
    articles: Sequence[EventArticle], references: References, *, are_all: bool
) -> tuple[ArticleEntry, ...]:
    """The entries, numbered in the order given.

    Args:
        articles: Of an event.
        references: Names what their reasons name.
        are_all: Whether the event has no others, so that reprints can be counted.
    """
    reprints = find_reprints(articles)
    reprinted = Counter(article.origin_id for article in articles if article.article_id in reprints)
    first_of_origin: dict[str, int] = {}
    entries = []
    for place, article in enumerate(articles, start=1):
        first = first_of_origin.setdefault(article.origin_id, place)
        is_reprint = article.article_id in reprints
        copies = reprinted[article.origin_id] if first == place else 0
        entries.append(
            ArticleEntry(
                number=place,
                outlet=phrases.named_outlet(article.publisher),
                outlet_page=page_of_outlet(article.publisher),
                title=shown(article.title) or None,
                link=outside_link(article.url),
                page=article_page(article.article_id),
                published_iso=machine_time(article.published_at, article.published_precision)
                if article.published_at
                else None,
                published=phrases.at(article.published_at, article.published_precision)
                if article.published_at
                else None,
                role="reprint" if is_reprint else _role(article, copies, are_all=are_all),
                text_kind=_text_kind(article, is_whole_role=not is_reprint and not copies),
                reprint_of=first if is_reprint and first != place else None,
                warning=phrases.ARTICLE_STATUS[article.status],
                reason=reason(article.membership, references),
            )
        )
    return tuple(entries)


def _role(article: EventArticle, copies: int, *, are_all: bool) -> str:
    credit = shown(article.wire_credit)
    if credit.casefold() == (phrases.named_outlet(article.publisher) or "").casefold():
        credit = ""
    if copies:
        role = "a text that others reprint"
        if are_all:
            others = "1 other reprints" if copies == 1 else f"{number(copies)} others reprint"
            role = f"the text that {others}"
    elif article.text_kind is TextKind.OPINION:
        role = phrases.TEXT_KIND[TextKind.OPINION]
    elif credit and not article.wire_contributed:
        return f"credited to {credit}"
    else:
        role = "own report"
    if not credit:
        return role
    return f"{role} with material from {credit}" if article.wire_contributed else f"{role}, credited to {credit}"


def _text_kind(article: EventArticle, *, is_whole_role: bool) -> str | None:
    """What kind of text it is, where its role does not say so already."""
    if article.text_kind is None or (is_whole_role and article.text_kind is TextKind.OPINION):
        return None
    return phrases.TEXT_KIND[article.text_kind]


def article_groups(
    articles: Sequence[EventArticle], origins: Sequence[Origin], references: References, *, are_all: bool
) -> tuple[ArticleGroup, ...]:
    """The same entries, with the same numbers, under the origin that they share; origins by their first article."""
    entries = article_entries(articles, references, are_all=are_all)
    groups: dict[str, list[int]] = {}
    for position, article in enumerate(articles):
        groups.setdefault(article.origin_id, []).append(position)
    # Events from before articles had their own credit tell only that of the origin.
    told = {article.origin_id for article in articles if article.wire_credit}
    credits_by_origin: Mapping[str, str | None] = {
        origin.origin_id: origin.wire_credit for origin in origins if origin.origin_id not in told
    }
    carriers = texts_and_reprints(articles)
    return tuple(
        _group(
            [entries[position] for position in positions],
            [carriers[position] for position in positions],
            shown(credits_by_origin.get(origin_id)) or None,
        )
        for origin_id, positions in groups.items()
    )


def _group(entries: Sequence[ArticleEntry], carriers: Sequence[tuple[str, str]], credit: str | None) -> ArticleGroup:
    reprints = sum(entry.reprint_of is not None for entry in entries)
    return ArticleGroup(
        entries=tuple(entries),
        strip=strip(1, carriers) if reprints else None,
        further=further_words(reprints, len(entries) - 1 - reprints),
        credit=credit if credit != entries[0].outlet else None,
    )


def opinions_note(event: Event) -> str:
    """How many of its articles are opinion pieces; nothing where none is known to be one, or not all are listed."""
    opinions = sum(article.text_kind is TextKind.OPINION for article in event.articles)
    return f"; {count(opinions, 'opinion piece')}" if opinions and not event.omitted.articles else ""


class Described(Protocol):
    """An article as its publisher describes it."""

    @property
    def publisher(self) -> Publisher: ...  # noqa: D102

    @property
    def title(self) -> str | None: ...  # noqa: D102

    @property
    def published_at(self) -> datetime | None: ...  # noqa: D102


def unknown_note(articles: Sequence[Described]) -> str | None:
    """What is not known of the articles, said once, as in "The outlet and date of these articles are not known".

    None where everything is known.
    """
    missing = {
        "outlet": sum(phrases.named_outlet(article.publisher) is None for article in articles),
        "title": sum(not shown(article.title) for article in articles),
        "date": sum(article.published_at is None for article in articles),
    }
    total = len(articles)
    of_all = [name for name, unknown in missing.items() if unknown == total]
    sentences = []
    if of_all and total:
        of_these = "this article" if total == 1 else "these articles"
        is_not = "is" if len(of_all) == 1 else "are"
        sentences.append(f"The {format_list(of_all, locale=ENGLISH)} of {of_these} {is_not} not known.")
    sentences += [
        f"The {name} of {number(unknown)} of {count(total, 'article')} is not known."
        for name, unknown in missing.items()
        if 0 < unknown < total
    ]
    return " ".join(sentences) or None
