"""The event page for machines that read pages: JSON-LD by schema.org, and Open Graph. Pure.

The addresses in it are relative, so that no answer repeats a name from a request's Host header. JSON-LD resolves them
against the page's own address. Sources: https://www.w3.org/TR/json-ld11/#html-base-url, https://schema.org/Claim,
https://schema.org/Quotation, https://schema.org/isBasedOn, https://ogp.me/
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from services.api.pages import phrases
from services.api.pages.characters import clipped, in_order, shown
from services.api.pages.claim_views import reading_order
from services.api.pages.links import article_page, outside_link
from services.api.pages.moments import machine_time
from services.api.pages.origin_articles import find_reprints
from services.api.pages.stances import stance_of, with_stance
from services.api.summaries import event_page
from services.contracts.article import TextKind
from services.contracts.claim import ClaimKind, Speaker, SpeakerKind
from services.contracts.event import Event, EventArticle
from services.contracts.event_claims import MergedClaim

MOST_ARTICLES = 8
MOST_CLAIMS = 4
MOST_APPEARANCES = 3
_MOST_TEXT = 300
_MOST_DESCRIPTION = 300
_SPEAKER_TYPE: Mapping[SpeakerKind, str] = {
    SpeakerKind.PERSON: "Person",
    SpeakerKind.ORGANISATION: "Organization",
    SpeakerKind.UNNAMED: "Thing",
}


@dataclass(frozen=True)
class OpenGraph:
    """What a link to the page shows elsewhere."""

    title: str
    description: str
    published: str | None
    modified: str


def open_graph(event: Event) -> OpenGraph:
    """The headline, and the summary or else how widely the event is reported."""
    summary = " ".join(in_order(sentence.text) for sentence in event.summary)
    return OpenGraph(
        title=shown(event.headline) or phrases.UNTITLED_EVENT,
        description=clipped(" ".join(summary.split()), _MOST_DESCRIPTION) or phrases.counts_sentence(event.counts),
        published=_first_published(event),
        modified=machine_time(event.updated_at),
    )


def structured_data(event: Event) -> dict[str, Any]:
    """The page, the articles that it is based on, and its most widely reported claims, as one JSON-LD graph.

    A reprint is based on the first article of its origin. A claim that is mostly quoted words is a Quotation.
    """
    page = event_page(event.event_id)
    articles = event.articles[:MOST_ARTICLES]
    claims = sorted(event.claims, key=reading_order)[:MOST_CLAIMS]
    return {
        "@context": "https://schema.org",
        "@graph": [
            _without_unknown(
                {
                    "@type": "NewsArticle",
                    "@id": page,
                    "headline": shown(event.headline) or phrases.UNTITLED_EVENT,
                    "inLanguage": event.language,
                    "datePublished": _first_published(event),
                    "dateModified": machine_time(event.updated_at),
                    "isBasedOn": [{"@id": article_page(article.article_id)} for article in articles],
                    "hasPart": [{"@id": _claim_address(page, claim)} for claim in claims],
                }
            ),
            *_articles(articles),
            *(_claim(page, claim) for claim in claims),
        ],
    }


def _first_published(event: Event) -> str | None:
    """As exactly as the article that was published then is dated."""
    first = event.first_published_at
    dated = (article for article in event.articles if article.published_at == first)
    return next(map(_published, dated), None) or (machine_time(first) if first else None)


def _published(article: EventArticle) -> str | None:
    return machine_time(article.published_at, article.published_precision) if article.published_at else None


def _articles(articles: Sequence[EventArticle]) -> Iterator[dict[str, Any]]:
    first_of_origin: dict[str, str] = {}
    reprints = find_reprints(articles)
    for article in articles:
        first = first_of_origin.setdefault(article.origin_id, article.article_id)
        outlet = phrases.named_outlet(article.publisher)
        yield _without_unknown(
            {
                "@type": "OpinionNewsArticle" if article.text_kind is TextKind.OPINION else "NewsArticle",
                "@id": article_page(article.article_id),
                "url": outside_link(article.url),
                "headline": shown(article.title) or None,
                "publisher": {"@type": "Organization", "name": outlet} if outlet else None,
                "datePublished": _published(article),
                "isBasedOn": {"@id": article_page(first)}
                if article.article_id in reprints and first != article.article_id
                else None,
            }
        )


def _claim(page: str, claim: MergedClaim) -> dict[str, Any]:
    appearances = list(dict.fromkeys(article_page(support.article_id) for support in claim.supports))
    is_quotation = claim.kind is ClaimKind.QUOTATION
    return _without_unknown(
        {
            "@type": "Quotation" if is_quotation else "Claim",
            "@id": _claim_address(page, claim),
            "text": clipped(with_stance(stance_of(claim), in_order(claim.text)), _MOST_TEXT),
            "creator": _speaker(claim.speaker),
            # Appearances are properties of claims; a quotation is part of the articles that give it.
            "isPartOf" if is_quotation else "appearance": [{"@id": at} for at in appearances[:MOST_APPEARANCES]],
        }
    )


def _speaker(speaker: Speaker | None) -> dict[str, str] | None:
    if speaker is None:
        return None
    return {"@type": _SPEAKER_TYPE[speaker.kind], "name": shown(phrases.speaker(speaker))}


def _claim_address(page: str, claim: MergedClaim) -> str:
    return f"{page}#{quote(claim.claim_id, safe='')}"


def _without_unknown(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, [])}
