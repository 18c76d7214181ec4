"""What is on the pages that list all articles or all claims of an event, part by part. Pure."""

from dataclasses import dataclass

from services.api.event_lists import ListedClaim, ListPage
from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_entries import ArticleEntry, article_entries, unknown_note
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import shown
from services.api.pages.claim_views import ClaimView, claim_view
from services.api.pages.numbers import count
from services.api.pages.references import References
from services.api.summaries import EventSummary, event_page, event_url
from services.contracts.event import EventArticle
from services.contracts.event_claims import MergedClaim


@dataclass(frozen=True)
class EventPart:
    """Part of a list of one event."""

    headline: str
    page: str
    """The event's page."""
    here: str
    """The page of the list."""
    json_url: str
    title: str
    """What is listed, and how much."""
    partial: bool
    """Whether the event has more than the list."""
    following: str | None
    """The cursor that continues."""
    unknown: str | None
    """What is not known of the articles, in a sentence."""
    articles: tuple[ArticleEntry, ...] = ()
    claims: tuple[ClaimView, ...] = ()


def articles_part(summary: EventSummary, part: ListPage[EventArticle]) -> EventPart:
    """A page of articles."""
    return _page(
        summary,
        part,
        "articles",
        "article",
        unknown=unknown_note(part.items),
        articles=article_entries(part.items, References(), are_all=False),
    )


def claims_part(summary: EventSummary, part: ListPage[ListedClaim]) -> EventPart:
    """A page of claims, each with the first report of every origin."""
    times, keys = phrases.times(()), NameKeys()
    claims = tuple(claim_view(_merged(claim), ArticleIndex(), times, keys) for claim in part.items)
    return _page(summary, part, "claims", "claim", claims=claims)


def _page(
    summary: EventSummary,
    part: ListPage[EventArticle] | ListPage[ListedClaim],
    name: str,
    one: str,
    *,
    unknown: str | None = None,
    articles: tuple[ArticleEntry, ...] = (),
    claims: tuple[ClaimView, ...] = (),
) -> EventPart:
    return EventPart(
        headline=shown(summary.headline) or phrases.UNTITLED_EVENT,
        page=event_page(part.event_id),
        here=f"{event_page(part.event_id)}/{name}",
        json_url=f"{event_url(part.event_id)}/{name}",
        title=count(part.total, one),
        partial=not part.whole,
        following=part.next,
        unknown=unknown,
        articles=articles,
        claims=claims,
    )


def _merged(claim: ListedClaim) -> MergedClaim:
    texts = {report.text for report in claim.reports} - {claim.text}
    return MergedClaim(
        claim_id=claim.claim_id,
        kind=claim.kind,
        form=claim.form,
        text=claim.text,
        speaker=claim.speaker,
        cue=claim.cue,
        commitment=claim.commitment,
        negated=claim.negated,
        variants=tuple(sorted(texts, key=lambda text: (-len(text), text))),
        supports=claim.reports,
        origins=claim.origins,
        first_reported_at=claim.first_reported_at,
    )
