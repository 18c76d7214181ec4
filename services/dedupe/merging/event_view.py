"""Builds the merged view of an event from its members alone: same members, same bytes, however they are listed."""

from collections.abc import Sequence

import numpy as np

from services.contracts.article import Article
from services.contracts.event import (
    ArticleRole,
    Counts,
    Event,
    EventArticle,
    LeftOut,
    Origin,
    TimelineEntry,
)
from services.dedupe.clustering.event_clock import event_time, reliable_publication_time
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims.event_reports import build_event_reports, select_counted_members
from services.dedupe.merging.contradictions.event_contradictions import find_contradictions
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.figures.figure_rows import build_figure_rows
from services.dedupe.merging.figures.figure_table import build_figure_table
from services.dedupe.merging.headline import build_summary, choose_headline
from services.dedupe.merging.members import Member
from services.dedupe.merging.nearest_events import find_nearest_event, find_own_event_ids, remove_own_nearest_event
from services.dedupe.merging.origins.reprints import build_origin_id, group_reprints
from services.dedupe.merging.origins.shared_text import MOST_COMPARED, SharedTexts


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
    ordered = sorted(members, key=lambda member: (event_time(member.article), member.article.article_id))
    memory.start_view(member.article.article_id for member in ordered)
    texts = [[ordered[at].article for at in positions] for positions in _group_reprints(ordered)]
    firsts = {text[0].article_id for text in texts}
    shared_texts = SharedTexts({member.article.article_id: member.derived for member in ordered}, memory.shared)
    origins = _find_origins(texts, shared_texts)
    origin_of = {article_id: origin.origin_id for origin in origins for article_id in origin.article_ids}
    reported = build_event_reports(ordered, origin_of, memory.claims)
    groups = [
        memory.unify_origins(group, shared_texts)
        for group in memory.claims.groups.update_article_groups(reported.by_article)
    ]
    memory.shared |= shared_texts.compared
    figures, figures_left_out = build_figure_rows(groups, memory.find_figures)
    representative = _find_headline_candidates(ordered, firsts)
    title, central = choose_headline(
        [member.article for member in representative], np.array([member.derived.lead for member in representative])
    )
    own = find_own_event_ids(event_record)
    articles = tuple(_build_event_article(member, event_record, origin_of, firsts, own) for member in ordered)
    published = [at for member in ordered if (at := reliable_publication_time(member.article)) is not None]
    return Event(
        event_id=event_record.event_id,
        version=event_record.version,
        status=event_record.status,
        headline=title,
        summary=build_summary(central, groups),
        language=central.language,
        first_published_at=min(published, default=None),
        last_published_at=max(published, default=None),
        updated_at=event_record.updated_at,
        counts=Counts(
            articles=len(ordered),
            publishers=len({key for member in ordered if (key := member.article.publisher.key)}),
            origins=len(origins),
        ),
        articles=articles,
        origins=origins,
        entities=reported.entities,
        claims=tuple(map(memory.build_merged_claim, groups)),
        contradictions=find_contradictions(groups, figures, memory.contradictions),
        figures=build_figure_table(figures),
        timeline=_build_timeline([member.article for member in representative]),
        lineage=event_record.lineage,
        nearest=find_nearest_event(article.membership for article in articles),
        left_out=LeftOut(claims=reported.left_out, figures=figures_left_out),
    )


def _group_reprints(members: Sequence[Member]) -> list[list[int]]:
    if len(members) == 1:  # as most events: its fingerprint need not be taken
        return [[0]]
    stubs = {at for at, member in enumerate(members) if member.is_stub}
    return group_reprints([m.derived.fingerprint for m in members], [m.article.wire_credit for m in members], stubs)


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


def _find_origins(articles_by_text: Sequence[Sequence[Article]], shared_texts: SharedTexts) -> tuple[Origin, ...]:
    """Find the origins of texts; an origin is named after its earliest article.

    Reprints share the origin of what they reprint, and takes of one text that of the first. What one outlet alone
    publishes comes from one newsroom, however many texts that are: it does not corroborate itself.
    """
    sources: dict[str, list[Article]] = {}
    firsts: list[tuple[str, str]] = []
    for text in articles_by_text:
        publishers = {article.publisher.key or article.article_id for article in text}
        source = publishers.pop() if len(publishers) == 1 else text[0].article_id
        taken = (of for first, of in firsts if shared_texts.find_overlap(first, text[0].article_id).is_one_text)
        source = source if source in sources else next(taken, source)
        if len(firsts) < MOST_COMPARED:
            firsts.append((text[0].article_id, source))
        sources.setdefault(source, []).extend(text)
    return tuple(
        Origin(
            origin_id=build_origin_id(articles[0].article_id),
            article_ids=tuple(article.article_id for article in articles),
            wire_credit=next((article.wire_credit for article in articles if article.wire_credit), None),
        )
        for articles in sources.values()
    )


def _find_headline_candidates(members: Sequence[Member], first_article_ids: set[str]) -> list[Member]:
    """Members whose title and opening may stand for the event: no reprints, and if possible only texts that count."""
    counting = select_counted_members(members)
    original = [member for member in counting if member.article.article_id in first_article_ids]
    return original or counting or list(members)


def _build_event_article(
    member: Member,
    event_record: EventRecord,
    origin_by_article: dict[str, str],
    first_article_ids: set[str],
    own_event_ids: frozenset[str],
) -> EventArticle:
    article = member.article
    if article.article_id == event_record.founder_id:
        role = ArticleRole.FOUNDER
    else:
        role = ArticleRole.MEMBER if article.article_id in first_article_ids else ArticleRole.REPRINT
    return EventArticle(
        article_id=article.article_id,
        revision=article.revision,
        url=article.url,
        publisher=article.publisher,
        title=article.title,
        published_at=article.published_at,
        published_precision=article.published_precision,
        status=article.status,
        origin_id=origin_by_article[article.article_id],
        role=role,
        membership=remove_own_nearest_event(member.membership, own_event_ids),
    )


def _build_timeline(articles: Sequence[Article]) -> tuple[TimelineEntry, ...]:
    """When each independent article was published, without undated ones and those dated after their arrival."""
    return tuple(
        TimelineEntry(at=at, article_id=article.article_id, what=article.title)
        for article in articles
        if (at := reliable_publication_time(article)) is not None and article.title
    )
