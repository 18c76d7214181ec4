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
from services.dedupe.clustering.event_clock import dated_at, event_time
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims.event_reports import counted_members, event_reports
from services.dedupe.merging.contradictions.find import find_contradictions
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.figures.rows import figure_rows
from services.dedupe.merging.figures.table import figure_table
from services.dedupe.merging.headline import headline, summary
from services.dedupe.merging.members import Member
from services.dedupe.merging.nearest_events import nearest_of, own_events, without_own_events
from services.dedupe.merging.origins.reprints import origin_id, reprint_groups
from services.dedupe.merging.origins.shared_text import MOST_COMPARED, SharedTexts


def build_event(record: EventRecord, members: Sequence[Member], memory: EventMemory | None = None) -> Event:
    """Build the view of an event.

    Args:
        record: The event.
        members: Its articles, in any order; at least one, unless it has merged.
        memory: What is known of this event from the last time; it saves time and changes nothing.
    """
    if not members:
        return _merged_into_another(record)
    memory = EventMemory() if memory is None else memory
    ordered = sorted(members, key=lambda member: (event_time(member.article), member.article.article_id))
    memory.turn(member.article.article_id for member in ordered)
    texts = [[ordered[at].article for at in positions] for positions in _reprints(ordered)]
    firsts = {text[0].article_id for text in texts}
    shared_texts = SharedTexts({member.article.article_id: member.derived for member in ordered}, memory.shared)
    origins = _origins(texts, shared_texts)
    origin_of = {article_id: origin.origin_id for origin in origins for article_id in origin.article_ids}
    reported = event_reports(ordered, origin_of, memory.claims)
    groups = [memory.counted_once(group, shared_texts) for group in memory.claims.groups.update(reported.reports)]
    memory.shared |= shared_texts.compared
    figures, figures_left_out = figure_rows(groups, memory.figures_in)
    representative = _headline_members(ordered, firsts)
    title, central = headline(
        [member.article for member in representative], np.array([member.derived.lead for member in representative])
    )
    own = own_events(record)
    articles = tuple(_event_article(member, record, origin_of, firsts, own) for member in ordered)
    published = [at for member in ordered if (at := dated_at(member.article)) is not None]
    return Event(
        event_id=record.event_id,
        version=record.version,
        status=record.status,
        headline=title,
        summary=summary(central, groups),
        language=central.language,
        first_published_at=min(published, default=None),
        last_published_at=max(published, default=None),
        updated_at=record.updated_at,
        counts=Counts(
            articles=len(ordered),
            publishers=len({key for member in ordered if (key := member.article.publisher.key)}),
            origins=len(origins),
        ),
        articles=articles,
        origins=origins,
        entities=reported.entities,
        claims=tuple(map(memory.merged_claim, groups)),
        contradictions=find_contradictions(groups, figures, memory.contradictions),
        figures=figure_table(figures),
        timeline=_timeline([member.article for member in representative]),
        lineage=record.lineage,
        nearest=nearest_of(article.membership for article in articles),
        left_out=LeftOut(claims=reported.left_out, figures=figures_left_out),
    )


def _reprints(members: Sequence[Member]) -> list[list[int]]:
    if len(members) == 1:  # as most events: its fingerprint need not be taken
        return [[0]]
    stubs = {at for at, member in enumerate(members) if member.is_stub}
    return reprint_groups([m.derived.fingerprint for m in members], [m.article.wire_credit for m in members], stubs)


def _merged_into_another(record: EventRecord) -> Event:
    """The view of an event that was merged into another: where its articles went."""
    return Event(
        event_id=record.event_id,
        version=record.version,
        status=record.status,
        merged_into=record.merged_into,
        headline=f"Merged into {record.merged_into}",
        updated_at=record.updated_at,
        counts=Counts(articles=0, publishers=0, origins=0),
        lineage=record.lineage,
    )


def _origins(texts: Sequence[Sequence[Article]], shared_texts: SharedTexts) -> tuple[Origin, ...]:
    """Find the origins of texts; an origin is named after its earliest article.

    Reprints share the origin of what they reprint, and takes of one text that of the first. What one outlet alone
    publishes comes from one newsroom, however many texts that are: it does not corroborate itself.
    """
    sources: dict[str, list[Article]] = {}
    firsts: list[tuple[str, str]] = []
    for text in texts:
        publishers = {article.publisher.key or article.article_id for article in text}
        source = publishers.pop() if len(publishers) == 1 else text[0].article_id
        taken = (of for first, of in firsts if shared_texts.shared(first, text[0].article_id).is_one_text)
        source = source if source in sources else next(taken, source)
        if len(firsts) < MOST_COMPARED:
            firsts.append((text[0].article_id, source))
        sources.setdefault(source, []).extend(text)
    return tuple(
        Origin(
            origin_id=origin_id(articles[0].article_id),
            article_ids=tuple(article.article_id for article in articles),
            wire_credit=next((article.wire_credit for article in articles if article.wire_credit), None),
        )
        for articles in sources.values()
    )


def _headline_members(ordered: Sequence[Member], firsts: set[str]) -> list[Member]:
    """Members whose title and opening may stand for the event: no reprints, and if possible only texts that count."""
    counting = counted_members(ordered)
    original = [member for member in counting if member.article.article_id in firsts]
    return original or counting or list(ordered)


def _event_article(
    member: Member, record: EventRecord, origin_of: dict[str, str], firsts: set[str], own: frozenset[str]
) -> EventArticle:
    article = member.article
    if article.article_id == record.founder_id:
        role = ArticleRole.FOUNDER
    else:
        role = ArticleRole.MEMBER if article.article_id in firsts else ArticleRole.REPRINT
    return EventArticle(
        article_id=article.article_id,
        revision=article.revision,
        url=article.url,
        publisher=article.publisher,
        title=article.title,
        published_at=article.published_at,
        published_precision=article.published_precision,
        status=article.status,
        origin_id=origin_of[article.article_id],
        role=role,
        membership=without_own_events(member.membership, own),
    )


def _timeline(articles: Sequence[Article]) -> tuple[TimelineEntry, ...]:
    """When each independent article was published, without undated ones and those dated after their arrival."""
    return tuple(
        TimelineEntry(at=at, article_id=article.article_id, what=article.title)
        for article in articles
        if (at := dated_at(article)) is not None and article.title
    )
