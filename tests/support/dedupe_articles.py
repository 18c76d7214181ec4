"""Embedded articles for tests of the dedupe service, with vectors and claims made by hand."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from services.contracts.article import Article, ArticleInput, ArticleStatus, InputKind, Precision, Publisher
from services.contracts.base import Span
from services.contracts.claim import Claim, ClaimKind, Commitment, ExtractedArticle, Speaker, SpeakerKind
from services.contracts.embedded import EmbeddedArticle
from services.contracts.quantity import Bound, Quantity
from services.dedupe.embedding.vectors import encode_vector

DAY_ONE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ARRIVAL = datetime(2026, 11, 1, tzinfo=UTC)
DIMENSIONS = 16


def direction(seed: int, near: NDArray[np.float32] | None = None, spread: float = 0.1) -> NDArray[np.float32]:
    """A random unit vector; with `near`, one close to it."""
    noise = np.random.default_rng(seed).normal(size=DIMENSIONS)
    vector = noise if near is None else near + spread * noise / np.linalg.norm(noise)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def make_article(
    key: str,
    text: str,
    *,
    title: str | None = None,
    days: float | None = 0.0,
    revision: int = 1,
    status: ArticleStatus = ArticleStatus.USABLE,
    wire_credit: str | None = None,
) -> Article:
    """An article by the outlet `key`, published `days` after the first day; None: undated."""
    return Article(
        article_id="art_" + hashlib.sha256(key.encode()).hexdigest()[:20],
        revision=revision,
        publisher=Publisher(name=key.title(), domain=f"{key}.example"),
        title=title,
        text=text,
        language="en",
        published_at=None if days is None else DAY_ONE + timedelta(days=days),
        published_precision=None if days is None else Precision.SECOND,
        fetched_at=ARRIVAL,
        content_hash=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
        input=ArticleInput(kind=InputKind.PUSH),
        wire_credit=wire_credit,
        status=status,
    )


def make_claim(
    article: Article,
    text: str,
    *,
    kind: ClaimKind = ClaimKind.STATEMENT,
    quoted: str | None = None,
    speaker: str | None = None,
    figures: Sequence[tuple[str, float, str | None, Bound]] = (),
    commitment: Commitment = Commitment.ASSERTS,
    negated: bool = False,
) -> Claim:
    """A claim at the first place where the article has `text`; `figures`: (surface, value, counted, bound)."""
    start = article.text.index(text)
    inner = quoted if quoted is not None else (text if kind is ClaimKind.QUOTATION else None)
    return Claim(
        claim_id=f"clm_{article.article_id[4:12]}_{start}",
        kind=kind,
        text=text,
        span=Span(start=start, end=start + len(text)),
        quoted=() if inner is None else (_span(article.text, inner, start),),
        speaker=None if speaker is None else _speaker(article.text, speaker),
        commitment=commitment,
        negated=negated,
        quantities=tuple(_quantity(article.text, start, figure) for figure in figures),
        extractor="test",
    )


def embed(
    article: Article,
    lead: NDArray[np.float32],
    claims: Sequence[tuple[Claim, NDArray[np.float32]]] = (),
    *,
    model: str = "test@1",
) -> EmbeddedArticle:
    """The article with its vectors."""
    return EmbeddedArticle(
        shard="main",
        extracted=ExtractedArticle(article=article, claims=tuple(claim for claim, _ in claims), extractor="test"),
        model=model,
        lead_vector=encode_vector(lead),
        claim_vectors=tuple(encode_vector(vector) for _, vector in claims),
    )


def _span(text: str, part: str, start: int = 0) -> Span:
    at = text.index(part, start)
    return Span(start=at, end=at + len(part))


def _speaker(text: str, name: str) -> Speaker:
    span = _span(text, name) if name in text else Span(start=0, end=1)
    return Speaker(surface=span.of(text), span=span, canonical=name, kind=SpeakerKind.PERSON)


def _quantity(text: str, start: int, figure: tuple[str, float, str | None, Bound]) -> Quantity:
    surface, value, counted, bound = figure
    return Quantity(
        value=value,
        low=None if bound is Bound.AT_MOST else value,
        high=None if bound is Bound.AT_LEAST else value,
        bound=bound,
        counted=counted,
        surface=surface,
        span=_span(text, surface, start),
    )
