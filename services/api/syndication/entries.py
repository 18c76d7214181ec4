"""An event as an entry of a web feed: what is claimed, by how many origins, what reports or sources dispute. Pure."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from services.api.filters.facts import facts_of
from services.api.names.name_keys import NameKeys
from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import shown
from services.api.pages.claim_views import AllReports, ClaimView, claim_views
from services.api.pages.denial_views import DenialView, denial_views, more_denials
from services.api.pages.numbers import count
from services.api.pages.position_views import side_views
from services.api.pages.source_disputes import is_between_sources
from services.api.summaries import event_page, event_url
from services.contracts.event import Event
from services.contracts.event_claims import Contradiction, MergedClaim

MOST_CLAIMS = 10
"""Claims in an entry, the most widely corroborated first."""
MOST_CONTRADICTIONS = 10
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 has no way to write (§2.2)."""
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://newsweave.example/events")
"""Of ids of entries. A name, not an address: it must never change, wherever the service runs."""

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class FeedSide:
    """One side of a disagreement."""

    says: str
    source: str
    corroboration: str


@dataclass(frozen=True)
class FeedContradiction:
    """One point in which reports differ, or which sources dispute."""

    kind: str
    explanation: str
    sides: tuple[FeedSide, ...]


@dataclass(frozen=True)
class FeedEntry:
    """One event."""

    id: str
    """The same as long as there is the event, at every address of the service."""
    event_id: str
    version: int
    title: str
    summary: str
    updated: datetime
    """When this version was first to be had."""
    published: datetime | None
    """Earliest publication among the event's articles."""
    page: str
    """Path of the page."""
    url: str
    """Path of the whole event as JSON."""
    language: str | None
    categories: tuple[str, ...]
    """What filters call `has`."""
    claims: tuple[ClaimView, ...]
    more_claims: int
    differences: tuple[FeedContradiction, ...]
    """In what reports differ."""
    disputed: tuple[FeedContradiction, ...]
    """What sources dispute, while reports agree that they do."""
    more_contradictions: int
    denials: tuple[DenialView, ...]
    """Who denies what else."""
    more_denials: int


def entry_id(event_id: str) -> str:
    """Id of the entry of an event: a URN, as Atom wants an IRI that never changes (RFC 4287 §4.2.6)."""
    return uuid.uuid5(_NAMESPACE, event_id).urn


def feed_id(address: str) -> str:
    """Id of the feed at a path with its parameters."""
    return uuid.uuid5(_NAMESPACE, f"feed {address}").urn


def entry_of(event: Event, updated: datetime) -> FeedEntry:
    """The entry of an event whose version was first to be had at `updated`."""
    reports = AllReports(are_whole=not event.omitted.supports)
    claims = claim_views(event.claims, ArticleIndex(), phrases.times(event.articles), NameKeys(), reports)
    by_id = {claim.claim_id: claim for claim in event.claims}
    listed = [
        (_contradiction(contradiction, by_id, reports), is_between_sources(contradiction, by_id))
        for contradiction in event.contradictions[:MOST_CONTRADICTIONS]
    ]
    return FeedEntry(
        id=entry_id(event.event_id),
        event_id=event.event_id,
        version=event.version,
        title=shown(event.headline) or phrases.UNTITLED_EVENT,
        summary=_summary(event, by_id),
        updated=updated,
        published=event.first_published_at,
        page=event_page(event.event_id),
        url=event_url(event.event_id),
        language=event.language,
        categories=tuple(sorted(facts_of(event).has)),
        claims=tuple(claims[:MOST_CLAIMS]),
        more_claims=max(0, len(event.claims) + event.omitted.claims - MOST_CLAIMS),
        differences=tuple(view for view, is_disputed in listed if not is_disputed),
        disputed=tuple(view for view, is_disputed in listed if is_disputed),
        more_contradictions=len(event.contradictions) + event.omitted.contradictions - len(listed),
        denials=denial_views(event.denials, ArticleIndex(event.articles)),
        more_denials=more_denials(event.denials),
    )


def latest(entries: Iterable[FeedEntry]) -> datetime:
    """When the feed changed last; a feed without entries never did."""
    return max((entry.updated for entry in entries), default=_NEVER)


def writable(text: str) -> str:
    """The text without what XML cannot carry."""
    return _NOT_IN_XML.sub("", text)


def _summary(event: Event, claims: Mapping[str, MergedClaim]) -> str:
    """Counts. Of contradictions that the snapshot leaves out only the number is known."""
    disputed = sum(is_between_sources(contradiction, claims) for contradiction in event.contradictions)
    differing, further = len(event.contradictions) - disputed, event.omitted.contradictions
    parts = [
        phrases.counts_sentence(event.counts),
        *([f"reports differ in {count(differing, 'point')}"] if differing else []),
        *([f"sources dispute {count(disputed, 'point')}"] if disputed else []),
        *([count(further, "more disagreement")] if further else []),
    ]
    return f"{'; '.join(parts)}."


def _contradiction(
    contradiction: Contradiction, claims: dict[str, MergedClaim], reports: AllReports
) -> FeedContradiction:
    sides = side_views(contradiction, claims, ArticleIndex(), NameKeys(), reports)
    return FeedContradiction(
        kind=phrases.CONTRADICTION[contradiction.kind],
        explanation=contradiction.explanation,
        sides=tuple(
            FeedSide(
                says=side.says or "".join(segment.text for segment in side.wordings[0].segments),
                source=side.source,
                corroboration=side.strip.words,
            )
            for side in sides
        ),
    )
