"""Who denies what, as the event page shows it: by source, in the sentences that report it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped, shown
from services.api.pages.links import article_at_words
from services.contracts.event_claims import SourceDenial

MOST_SENTENCES = 8
"""Sentences on a page, one for each denial."""


@dataclass(frozen=True)
class DenialSentence:
    """A sentence that reports a denial."""

    text: str
    number: int | None
    """Number of its article; None: not in the list."""
    page: str
    """That article's page, at these words."""
    outlets: tuple[str, ...]
    """All that report this denial, in these words or others, each once."""


@dataclass(frozen=True)
class DenialView:
    """What one source denies."""

    source: str
    sentences: tuple[DenialSentence, ...]


def denial_views(denials: Sequence[SourceDenial], index: ArticleIndex) -> tuple[DenialView, ...]:
    """The denials that a page has room for, by source, in the order in which sources come first."""
    by_source: dict[str, list[DenialSentence]] = {}
    for denial in denials[:MOST_SENTENCES]:
        by_source.setdefault(shown(denial.source) or phrases.NO_SOURCE, []).append(_sentence(denial, index))
    return tuple(DenialView(source, tuple(sentences)) for source, sentences in by_source.items())


def more_denials(denials: Sequence[SourceDenial]) -> int:
    """How many denials a page has no room for."""
    return max(0, len(denials) - MOST_SENTENCES)


def _sentence(denial: SourceDenial, index: ArticleIndex) -> DenialSentence:
    first = denial.passages[0]
    return DenialSentence(
        text=clipped(first.text),
        number=index.number(first.article_id),
        page=article_at_words(first.article_id, first.text),
        outlets=tuple(dict.fromkeys(index.outlet(passage.article_id) for passage in denial.passages)),
    )
