"""Headline and summary of an event: words chosen from its articles, never written."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.event import SummarySentence
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.claims.report import Report
from services.language.openings import PRONOUNS, opening_end, points_back
from services.language.ranges import Range, trim
from services.language.sentence_ends import sentence_ranges
from services.language.stems import singulars

SENTENCES = 3
_ROWS_AT_ONCE = 1_024
"""Vectors, kept in two bytes a number, that are widened at a time."""
_FEW = 16
"""New articles that are multiplied one by one."""
_SHORTEST = 40
"""Characters of a sentence that can stand alone; shorter lines are labels and by-lines."""
_OPENING = 3_000
_REPEATED = 0.4
"""Share of word pairs from which a sentence repeats one of the summary."""


class CentralArticles:
    """Finds the most central of an event's articles, kept while they come and go: only what has changed is multiplied.

    An article's product with the sum of all is kept. Vectors are whole numbers, so all of it is exact.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self._vectors = np.zeros((0, 0), np.int16)
        self._products = np.zeros(0, np.float64)
        self._leads: dict[str, NDArray[np.float32]] = {}
        self._rows: dict[str, int] = {}
        self._free_rows: list[int] = []

    def find_most_central_article(self, leads: Mapping[str, NDArray[np.float32]]) -> str:
        """Return the id of the article most similar to all others; of equal ones, and of two, the first.

        Args:
            leads: Their lead vectors by id, at least one. One that is the same object as before is the same.
        """
        gone = [article_id for article_id, lead in self._leads.items() if leads.get(article_id) is not lead]
        new = [article_id for article_id, lead in leads.items() if self._leads.get(article_id) is not lead]
        for article_id in gone:
            row = self._rows.pop(article_id)
            self._products -= self._multiply(self._vectors[row])
            self._vectors[row], self._products[row] = 0, 0
            self._free_rows.append(row)
        if new:
            self._add_articles({article_id: leads[article_id] for article_id in new})
        self._leads = dict(leads)
        ids = list(leads)
        if len(ids) <= 2:  # noqa: PLR2004 - two are equally central
            return ids[0]
        return ids[int(np.argmax(self._products[[self._rows[article_id] for article_id in ids]]))]

    def _add_articles(self, leads: Mapping[str, NDArray[np.float32]]) -> None:
        vectors = round_to_whole_numbers(np.array(list(leads.values()))).astype(np.int16)
        more = len(vectors) - len(self._free_rows)
        if more > 0:
            before = len(self._vectors)
            grown = before + max(more, before // 8)
            wider = np.zeros((grown, vectors.shape[1]), np.int16)
            wider[:before] = self._vectors if before else 0
            self._vectors = wider
            self._products = np.concatenate([self._products, np.zeros(grown - before)])
            self._free_rows.extend(range(grown - 1, before - 1, -1))
        rows = [self._free_rows.pop() for _ in vectors]
        self._rows |= dict(zip(leads, rows, strict=True))
        if len(vectors) > _FEW:
            self._vectors[rows] = vectors
            total = self._vectors.sum(axis=0, dtype=np.float64)
            for at in range(0, len(self._vectors), _ROWS_AT_ONCE):
                part = slice(at, at + _ROWS_AT_ONCE)
                self._products[part] = self._vectors[part].astype(np.float64) @ total
            return
        for row, vector in zip(rows, vectors, strict=True):
            self._products += self._multiply(vector)
            self._vectors[row] = vector
            # With itself, and with those that were there.
            self._products[row] = self._multiply(vector).sum()

    def _multiply(self, vector: NDArray[np.int16]) -> NDArray[np.float64]:
        """The products of all rows with a vector."""
        products = np.empty(len(self._vectors), np.float64)
        whole = vector.astype(np.float32)
        for at in range(0, len(products), _ROWS_AT_ONCE):
            products[at : at + _ROWS_AT_ONCE] = self._vectors[at : at + _ROWS_AT_ONCE].astype(np.float32) @ whole
        return products


def choose_headline(
    articles: Sequence[Article], lead_vectors: Sequence[NDArray[np.float32]], central: CentralArticles | None = None
) -> tuple[str, Article]:
    """Return the title of the most central article that has one, and that article; without titles a first sentence.

    Args:
        articles: Candidates in publication order, at least one.
        lead_vectors: Their lead vectors.
        central: What is known of them from the last time; it saves time and changes nothing.
    """
    by_id = {article.article_id: (article, lead) for article, lead in zip(articles, lead_vectors, strict=True)}
    titled = {article_id: lead for article_id, (article, lead) in by_id.items() if article.title}
    candidates = titled or {article_id: lead for article_id, (_, lead) in by_id.items()}
    article, _ = by_id[(central or CentralArticles()).find_most_central_article(candidates)]
    return " ".join((article.title or _find_first_sentence(article).of(article.text)).split()), article


def build_summary(
    article: Article, reports: Sequence[Report], claim_groups: Sequence[ClaimGroup]
) -> tuple[SummarySentence, ...]:
    """Return an opening sentence of `article`, then the sentences of the claims that most origins report.

    Each sentence can stand alone: it starts behind a dateline, and names whoever speaks or acts in it.

    Args:
        article: The article that stands for the event.
        reports: Its claims.
        claim_groups: The merged claims of the event, in publication order.
    """
    sentences = [_build_summary_sentence(article, _find_opening_sentence(article, reports))]
    shared = [group for group in claim_groups if group.origin_count > 1]
    shared.sort(key=lambda group: (-group.origin_count, group.canonical.order))
    for group in shared:
        if len(sentences) == SENTENCES:
            break
        report = _find_report_that_stands_alone(group)
        if report is None or report.claim.sentence is None:
            continue
        sentence = _build_summary_sentence(report.article, report.claim.sentence)
        if not any(_is_repetition(sentence.text, earlier.text) for earlier in sentences):
            sentences.append(sentence)
    return tuple(sentences)


def _find_first_sentence(article: Article) -> Span:
    """The first sentence that is no by-line or label and does not repeat the title; else the first line."""
    return next(_list_opening_sentences(article), None) or next(
        map(Range.to_span, sentence_ranges(article.text[:_OPENING])), Span(start=0, end=len(article.text))
    )


def _find_opening_sentence(article: Article, reports: Sequence[Report]) -> Span:
    """The first sentence of the opening that can stand alone; the first one if none can."""
    with_pronoun = [report.claim.sentence for report in reports if _is_said_by_pronoun(report)]
    for span in _list_opening_sentences(article):
        if not points_back(span.of(article.text)) and not any(
            sentence is not None and span.start < sentence.end and sentence.start < span.end
            for sentence in with_pronoun
        ):
            return span
    return _find_first_sentence(article)


def _list_opening_sentences(article: Article) -> Iterator[Span]:
    """The sentences of the opening, without datelines, labels, by-lines and what repeats the title."""
    title = singulars(article.title or "")
    for start, end in sentence_ranges(article.text[:_OPENING]):
        behind = trim(article.text, start + opening_end(article.text[start:end]), end)
        if behind is None:
            continue
        sentence = behind.of(article.text)
        if len(sentence) >= _SHORTEST and sentence[-1] in ".!?\"'\u201d" and singulars(sentence) != title:
            yield behind.to_span()


def _find_report_that_stands_alone(group: ClaimGroup) -> Report | None:
    """The canonical report, or else the first, whose sentence holds the claim and can stand alone."""
    for report in (group.canonical, *group.reports):
        sentence = report.claim.sentence
        if (
            sentence is not None
            and sentence.holds(report.claim.span)
            and not _is_said_by_pronoun(report)
            and not points_back(sentence.of(report.article.text))
        ):
            return report
    return None


def _is_said_by_pronoun(report: Report) -> bool:
    """Whether the text names the speaker of a claim elsewhere: by a pronoun, or in another sentence."""
    speaker, sentence = report.claim.speaker, report.claim.sentence
    if speaker is None:
        return False
    return speaker.surface.casefold() in PRONOUNS or (sentence is not None and not sentence.holds(speaker.span))


def _build_summary_sentence(article: Article, span: Span) -> SummarySentence:
    return SummarySentence(text=span.of(article.text), article_id=article.article_id, span=span)


def _is_repetition(sentence: str, other_sentence: str) -> bool:
    """Whether the longer sentence has most neighbouring words of the shorter; word order counts, unlike for bags."""
    shorter, longer = (
        set(pairwise(words)) for words in sorted((singulars(sentence), singulars(other_sentence)), key=len)
    )
    return bool(shorter) and len(shorter & longer) / len(shorter) >= _REPEATED
