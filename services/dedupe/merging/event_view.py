"""Builds the merged view of an event from its members alone: same members, same bytes, however they are listed."""

from collections.abc import Mapping, Sequence
from itertools import chain, islice

from services.contracts.event import Counts, Event, LeftOut
from services.contracts.event_claims import Contradiction, MergedClaim
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.event_contradictions import find_contradictions
from services.dedupe.merging.contradictions.source_denials import find_source_denials
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.figures.event_figures import MOST_WEIGHED
from services.dedupe.merging.headline import choose_headline
from services.dedupe.merging.members import Member
from services.dedupe.merging.summary import MOST_OPENINGS, build_summary


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
    moved = memory.update_members(members)
    kept, origins = memory.members, memory.origins
    changed_ids = moved.article_ids | origins.update_origins(kept.ordered, memory.shared_texts, moved.first)
    reports = memory.claims.update_articles(
        kept.counted, kept.median_day, origins.origin_ids, changed_ids, moved.first_counted
    )
    memory.claims.groups.update_article_groups(reports)
    changes = memory.unify_origins(memory.claims.groups.changes)
    claims = memory.merged.update_claims(changes)
    figures = memory.figures
    figures.update_rows(changes, _list_first_reports(kept.counted, memory.claims.reports))
    representative = memory.candidates.update_candidates(kept, origins.first_article_ids, changed_ids)
    title, central = choose_headline(*memory.candidates.list_titled(), memory.central)
    contradictions = find_contradictions(changes, reports, figures.rows, memory.contradictions)
    memory.shared_claims.update_groups(changes)
    articles = memory.articles.update_articles(event_record, kept.by_id, origins, changed_ids)
    return Event.model_construct(  # of parts that have been validated: to do it again would look into each of them
        event_id=event_record.event_id,
        version=event_record.version,
        status=event_record.status,
        headline=title,
        summary=build_summary(
            central,
            memory.claims.reports,
            memory.shared_claims.list_best_reported(),
            [member.article for member in representative[-MOST_OPENINGS:]],
            contradictions,
        ),
        language=central.language,
        first_published_at=kept.published[0] if kept.published else None,
        last_published_at=kept.published[-1] if kept.published else None,
        updated_at=event_record.updated_at,
        counts=Counts(articles=len(kept.ordered), publishers=len(kept.publishers), origins=len(origins.origins)),
        articles=articles,
        origins=origins.origins,
        entities=memory.claims.sources.list_entities(),
        claims=_without_pointers(claims, memory.merged.pointers, contradictions),
        contradictions=contradictions,
        denials=find_source_denials(memory.contradictions.denials.values(), contradictions),
        figures=memory.table.update_figures(figures.rows),
        timeline=memory.articles.build_timeline(representative),
        lineage=event_record.lineage,
        nearest=memory.articles.choose_nearest_event(),
        left_out=LeftOut(claims=memory.claims.left_out, figures=figures.left_out),
    )


def _list_first_reports(members: Sequence[Member], reports: Mapping[str, Sequence[Report]]) -> list[Report]:
    """The first reports of the event, as many as its figures are weighed by."""
    in_order = chain.from_iterable(reports.get(member.article.article_id, ()) for member in members)
    return list(islice(in_order, MOST_WEIGHED))


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
