"""The merged view of one event, built from its members alone: same members, same bytes, however they are listed."""

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
from services.dedupe.clustering.members import Member
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.bounds import MOST_CLAIMS
from services.dedupe.merging.contradictions import contradictions
from services.dedupe.merging.event_memory import BoundMemory, EventMemory
from services.dedupe.merging.event_reports import event_reports, telling
from services.dedupe.merging.figures import bounded_mentions, figure_table
from services.dedupe.merging.headline import headline, summary
from services.dedupe.merging.nearest_events import nearest_of, own_events, told_membership
from services.dedupe.merging.one_text import MOST_COMPARED, OneText
from services.dedupe.merging.origins import origin_id, reprint_groups
from services.dedupe.merging.preparing import Preparations

MOST_BYTES = 7 * 2**20
"""Of a view as JSON: what passes 8 MiB is not published. A view that is larger is merged again with half the claims."""
WEIGHED = 100
"""Merged claims below which no view comes near that."""


def build_event(
    record: EventRecord,
    members: Sequence[Member],
    kept: Preparations | None = None,
    memory: EventMemory | None = None,
) -> Event:
    """The view of an event.

    Args:
        record: The event.
        members: Its articles, in any order; at least one, unless it has merged.
        kept: Prepared articles, which spare time and change nothing.
        memory: What is known of this event from the last time, which spares more time and changes nothing.
    """
    if not members:
        return _taken_up(record)
    most = MOST_CLAIMS
    event = _merged(record, members, kept, most, memory)
    while most and len(event.claims) > WEIGHED and len(event.model_dump_json().encode()) > MOST_BYTES:
        most //= 2
        event = _merged(record, members, kept, most, memory)
    return event


def _merged(
    record: EventRecord,
    members: Sequence[Member],
    kept: Preparations | None,
    most: int,
    memory: EventMemory | None,
) -> Event:
    """The view with no more claims than that."""
    ordered = sorted(members, key=lambda member: (event_time(member.article), member.article.article_id))
    texts = [[ordered[at].article for at in positions] for positions in _reprints(ordered)]
    firsts = {text[0].article_id for text in texts}
    derived = {member.article.article_id: member.derived for member in ordered}
    one_text = OneText(derived, None if memory is None else memory.shared)
    origins = _origins(texts, one_text)
    origin_of = {article_id: origin.origin_id for origin in origins for article_id in origin.article_ids}
    known = BoundMemory(most) if memory is None else memory.within(most)
    known.turn()
    told = event_reports(ordered, origin_of, kept, most, memory)
    groups = [known.counted.of(one.claim_id, one, one_text.count_once) for one in known.claims.update(told.reports)]
    if memory is not None:
        memory.shared |= one_text.compared
    figures, figures_left_out = bounded_mentions(groups, known.figures_in)
    speaking = _headline_members(ordered, firsts)
    title, central = headline(
        [member.article for member in speaking], np.array([member.derived.lead for member in speaking])
    )
    own = own_events(record)
    articles = tuple(_listed(member, record, origin_of, firsts, own) for member in ordered)
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
        entities=told.entities,
        claims=tuple(map(known.merged_claim, groups)),
        contradictions=contradictions(groups, figures, known),
        figures=figure_table(figures),
        timeline=_timeline([member.article for member in speaking]),
        lineage=record.lineage,
        nearest=nearest_of(article.membership for article in articles),
        left_out=LeftOut(claims=told.left_out, figures=figures_left_out),
    )


def _reprints(members: Sequence[Member]) -> list[list[int]]:
    if len(members) == 1:  # as most events: its fingerprint need not be taken
        return [[0]]
    stubs = {at for at, member in enumerate(members) if member.is_stub}
    return reprint_groups([m.derived.fingerprint for m in members], [m.article.wire_credit for m in members], stubs)


def _taken_up(record: EventRecord) -> Event:
    """What is left of an event that has merged: where its articles went."""
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


def _origins(texts: Sequence[Sequence[Article]], one_text: OneText) -> tuple[Origin, ...]:
    """Where the texts come from, an origin named after its earliest article.

    Reprints share the origin of what they reprint, and takes of one text that of the first. What one outlet alone
    publishes comes from one newsroom, however many texts that are: it does not corroborate itself.
    """
    sources: dict[str, list[Article]] = {}
    firsts: list[tuple[str, str]] = []
    for text in texts:
        publishers = {article.publisher.key or article.article_id for article in text}
        source = publishers.pop() if len(publishers) == 1 else text[0].article_id
        taken = (of for first, of in firsts if one_text.shared(first, text[0].article_id).is_one_text)
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
    """Members that may speak for the event: no reprints, none that does not count, unless there is nothing else."""
    counting = telling(ordered)
    original = [member for member in counting if member.article.article_id in firsts]
    return original or counting or list(ordered)


def _listed(
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
        membership=told_membership(member.membership, own),
    )


def _timeline(articles: Sequence[Article]) -> tuple[TimelineEntry, ...]:
    """When each independent report came out; undated ones, and those dated after their arrival, are not on it."""
    return tuple(
        TimelineEntry(at=at, article_id=article.article_id, what=article.title)
        for article in articles
        if (at := dated_at(article)) is not None and article.title
    )
