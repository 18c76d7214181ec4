"""Builds the merged view of an event from its members alone: same members, same bytes, however they are listed."""

from collections.abc import Collection, Sequence

from services.contracts.event import Counts, Event, LeftOut
from services.contracts.event_claims import Contradiction, MergedClaim
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims.event_reports import build_event_reports
from services.dedupe.merging.contradictions.event_contradictions import find_contradictions
from services.dedupe.merging.contradictions.source_denials import find_source_denials
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.figures.event_figures import MOST_WEIGHED
from services.dedupe.merging.headline import choose_headline
from services.dedupe.merging.members import Member, select_counted_members
from services.dedupe.merging.nearest_events import choose_nearest_event
from services.dedupe.merging.summary import build_summary


def build_event(event_record: EventRecord, members: Sequence[Member], memory: EventMemory | None = None) -> Event:
    """Build the view of an event.

    Args:
        event_record: The event.
        members: Its articles, in any order; at least one, unless it has merged.
        memory: What is known of this event from the last time; it saves time and changes nothing.
    """
    if not members:
        return _build_merged_event_view(event_record)
    memory = EventMemory() if memory is None else memory
    ordered = sorted(members, key=lambda member: member.order)
    shared_texts = memory.replace_articles({member.article.article_id: member.derived for member in ordered})
    origins = memory.origins
    origins.update_origins(ordered, shared_texts)
    reported = build_event_reports(ordered, origins.origin_ids, memory.claims)
    memory.claims.groups.update_article_groups(reported.by_article)
    changes = memory.unify_origins(memory.claims.groups.changes)
    claims = memory.merged.update_claims(changes)
    figures = memory.figures
    figures.update_rows(changes, reported.list_first_reports(MOST_WEIGHED))
    representative = _find_headline_candidates(ordered, origins.first_article_ids)
    title, central = choose_headline(
        [member.article for member in representative],
        [member.derived.lead for member in representative],
        memory.central,
    )
    articles = memory.articles.update_articles(event_record, ordered, origins)
    contradictions = find_contradictions(changes, reported.by_article, figures.rows, memory.contradictions)
    memory.shared_claims.update_groups(changes)
    published = [member.published_at for member in ordered if member.published_at is not None]
    return Event(
        event_id=event_record.event_id,
        version=event_record.version,
        status=event_record.status,
        headline=title,
        summary=build_summary(
            central,
            reported.by_article,
            memory.shared_claims.list_best_reported(),
            [member.article for member in representative],
        ),
        language=central.language,
        first_published_at=min(published, default=None),
        last_published_at=max(published, default=None),
        updated_at=event_record.updated_at,
        counts=Counts(
            articles=len(ordered),
            publishers=len({key for member in ordered if (key := member.article.publisher.key)}),
            origins=len(origins.origins),
        ),
        articles=articles,
        origins=origins.origins,
        entities=reported.entities,
        claims=_without_pointers(claims, memory.merged.pointers, contradictions),
        contradictions=contradictions,
        denials=find_source_denials(memory.contradictions.denials.values(), contradictions),
        figures=memory.table.update_figures(figures.rows),
        timeline=memory.articles.build_timeline(representative),
        lineage=event_record.lineage,
        nearest=choose_nearest_event(article.membership for article in articles),
        left_out=LeftOut(claims=reported.left_out, figures=figures.left_out),
    )


def _without_pointers(
    claims: tuple[MergedClaim, ...], pointers: set[str], contradictions: Sequence[Contradiction]
) -> tuple[MergedClaim, ...]:
    """The claims, less denials that only point ("denied the report") and that no contradiction names."""
    named = {claim_id for contradiction in contradictions for claim_id in contradiction.sides}
    unnamed = pointers - named
    return tuple(claim for claim in claims if claim.claim_id not in unnamed) if unnamed else claims


def _build_merged_event_view(event_record: EventRecord) -> Event:
    """The view of an event that was merged into another: where its articles went."""
    return Event(
        event_id=event_record.event_id,
        version=event_record.version,
        status=event_record.status,
        merged_into=event_record.merged_into,
        headline=f"Merged into {event_record.merged_into}",
        updated_at=event_record.updated_at,
        counts=Counts(articles=0, publishers=0, origins=0),
        lineage=event_record.lineage,
    )


def _find_headline_candidates(members: Sequence[Member], first_article_ids: Collection[str]) -> list[Member]:
    """Members whose title and opening may stand for the event: no reprints, and if possible only texts that count."""
    counting = select_counted_members(members)
    original = [member for member in counting if member.article.article_id in first_article_ids]
    return original or counting or list(members)
