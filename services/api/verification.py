"""Whether an event can be held against its articles: every span against the stored text, every text against its hash.

Pure. The event is read as JSON, as it is served, so that what this version does not know is checked too.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from services.api.citations import Citation, citations, dangling, unattested
from services.contracts.article import Article, content_hash
from services.contracts.base import Contract, Span
from services.contracts.event import EventStatus


class Verdict(StrEnum):
    """What came of checking one article."""

    VERIFIED = "verified"
    """The text is the one that was hashed, and has the event's words at every span."""
    MISMATCH = "mismatch"
    """Something differs: see `mismatches`."""
    OUTDATED = "outdated"
    """The stored text is another revision than the event was made from. The two come on different topics: ask again.

    A closed event takes no revisions any more and stays so."""
    MISSING = "missing"
    """No text of this article is stored, or what is stored is no article."""


class Mismatch(Contract):
    """One thing that is not as the event says."""

    path: str
    """Where in the event: `claims[3].supports[0].span`."""
    problem: str
    """What is wrong, in one sentence."""
    span: Span | None = None
    """The place in the article's text; null where it is no place there."""
    expected: str | None = None
    """What the event, or the article's record, says."""
    found: str | None = None
    """What is there."""


class ArticleVerification(Contract):
    """What the check of one article came to."""

    article_id: str
    """The article."""
    revision: int | None
    """The revision that the event shows; null when the event cites the article but does not list it."""
    stored_revision: int | None
    """The revision whose text is stored; null when none is."""
    content_hash: str | None
    """The stored article's hash, as it was published with the article."""
    verdict: Verdict
    """What came of it."""
    spans: int
    """Spans of the event that were found right in this text."""
    mismatches: tuple[Mismatch, ...] = ()
    """What was found wrong."""


class Verification(Contract):
    """Whether every span of an event holds against the stored text of its article, and that text against its hash."""

    event_id: str
    """The event that was checked."""
    version: int
    """Its version."""
    status: EventStatus
    """Where it is in its life: a closed event takes no later revision of its articles."""
    verified: bool
    """Whether all is right: every article is `verified` and every span is accounted for."""
    spans: int
    """How many spans the event gives."""
    spans_verified: int
    """How many of them are right."""
    articles: tuple[ArticleVerification, ...]
    """One by one, the event's own first."""
    mismatches: tuple[Mismatch, ...] = ()
    """What is wrong and belongs to no article: a span without one, a wording that no support has, a missing claim."""


def cited_articles(event: Mapping[str, Any]) -> list[str]:
    """Ids of the articles that the JSON of an event lists or cites, those that it lists first."""
    listed = [article["article_id"] for article in event["articles"]]
    return list(dict.fromkeys([*listed, *(one for cited in citations(event) for one in cited.article_ids)]))


def verify(event: Mapping[str, Any], stored: Mapping[str, Article]) -> Verification:
    """Check the JSON of an event against the stored articles, by id."""
    cited = citations(event)
    spans = dict.fromkeys(cited_articles(event), 0)
    wrong: dict[str, list[Mismatch]] = {article_id: [] for article_id in spans}
    unplaced = [
        *(
            Mismatch(path=path, problem="No support has this wording.", expected=words)
            for path, words in unattested(event)
        ),
        *(Mismatch(path=path, problem="The event has no such claim.", expected=side) for path, side in dangling(event)),
    ]
    for citation in cited:
        there = [one for one in citation.article_ids if one in stored]
        right = next((one for one in there if _mismatch(citation, stored[one].text) is None), None)
        if right is not None:
            spans[right] += 1
        elif there:
            wrong[there[0]].extend(filter(None, [_mismatch(citation, stored[there[0]].text)]))
        elif not citation.article_ids:
            unplaced.append(Mismatch(path=citation.path, problem="It names no article.", expected=citation.words))
    listed = {article["article_id"]: (at, article["revision"]) for at, article in enumerate(event["articles"])}
    articles = tuple(_article(one, listed.get(one), stored.get(one), spans[one], wrong[one]) for one in spans)
    return Verification(
        event_id=event["event_id"],
        version=event["version"],
        status=EventStatus(event["status"]),
        verified=not unplaced and all(article.verdict is Verdict.VERIFIED for article in articles),
        spans=len(cited),
        spans_verified=sum(spans.values()),
        articles=articles,
        mismatches=tuple(unplaced),
    )


def _mismatch(citation: Citation, text: str) -> Mismatch | None:
    """What is wrong with the citation in this text; null: nothing."""
    if not 0 <= citation.start < citation.end <= len(text):
        place = f"[{citation.start}, {citation.end})"
        problem = f"{place} lies outside the text, which has {len(text)} characters."
        return Mismatch(path=citation.path, problem=problem, expected=citation.words)
    found = text[citation.start : citation.end]
    if citation.words is None or found == citation.words:
        return None
    return Mismatch(
        path=citation.path,
        problem="The article has other words there.",
        span=Span(start=citation.start, end=citation.end),
        expected=citation.words,
        found=found,
    )


def _article(
    article_id: str, listed: tuple[int, int] | None, article: Article | None, spans: int, wrong: Sequence[Mismatch]
) -> ArticleVerification:
    """`listed`: the article's place among those of the event, and its revision there."""
    mismatches = list(wrong)
    if listed is None:
        mismatches.append(Mismatch(path="articles", problem="It is cited, and not among the event's articles."))
    if article is not None:
        mismatches.extend(_hash_mismatch(article, "articles" if listed is None else f"articles[{listed[0]}]"))
    return ArticleVerification(
        article_id=article_id,
        revision=None if listed is None else listed[1],
        stored_revision=None if article is None else article.revision,
        content_hash=None if article is None else article.content_hash,
        verdict=_verdict(listed, article, mismatches),
        spans=spans,
        mismatches=tuple(mismatches),
    )


def _hash_mismatch(article: Article, path: str) -> list[Mismatch]:
    computed = content_hash(article.title, article.text)
    if computed == article.content_hash:
        return []
    problem = "The stored title and text are not those that were hashed."
    return [Mismatch(path=path, problem=problem, expected=article.content_hash, found=computed)]


def _verdict(listed: tuple[int, int] | None, article: Article | None, mismatches: Sequence[Mismatch]) -> Verdict:
    if article is None:
        return Verdict.MISSING
    if listed is not None and listed[1] != article.revision:
        return Verdict.OUTDATED
    return Verdict.MISMATCH if mismatches else Verdict.VERIFIED
