"""Builds the views of events, some at a time, so that the vectors they lack are computed together."""

import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import structlog

from services.contracts.event import Event
from services.contracts.topics import EVENT_CHANGED, EVENT_UPDATED
from services.dedupe import metrics
from services.dedupe.claim_vectors import add_claim_vectors, build_view_if_vectors_are_irrelevant
from services.dedupe.embedding.port import Embedder
from services.dedupe.event_state import EventState
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member
from services.runtime.messages import Outgoing

K = TypeVar("K")
log = structlog.get_logger()

PORTION_CLAIMS = 500
"""Claims embedded at a time: about a second of work on a slow core, and more than an ordinary batch has."""
PORTION_EVENTS = 32


def split_due_events(due_states: Iterable[tuple[K, EventState]]) -> Iterator[list[tuple[K, EventState]]]:
    """What is due in portions of some `PORTION_CLAIMS` claims without vectors, and `PORTION_EVENTS` events at most."""
    portion: list[tuple[K, EventState]] = []
    claims = 0
    for key, state in due_states:
        portion.append((key, state))
        claims += _count_claims_to_embed(state)
        if claims >= PORTION_CLAIMS or len(portion) >= PORTION_EVENTS:
            yield portion
            portion, claims = [], 0
    if portion:
        yield portion


def build_views(states: Sequence[EventState], embedder: Embedder) -> Iterator[tuple[Event, float]]:
    """The view of each event, in order, and the processor time that it took, its vectors left out.

    Members get the vectors that they lack, to be saved with them.
    """
    settled = []
    for state in states:
        began = time.thread_time()
        settled.append(
            (
                build_view_if_vectors_are_irrelevant(state.event_record, list(state.members.values())),
                time.thread_time() - began,
            )
        )
    _embed_missing_claims([state for state, (event, _) in zip(states, settled, strict=True) if event is None], embedder)
    for state, (event, seconds) in zip(states, settled, strict=True):
        if event is not None:
            yield event, seconds
            continue
        began = time.thread_time()
        built = build_event(state.event_record, list(state.members.values()), state.memory)
        yield built, seconds + time.thread_time() - began


def build_event_messages(state: EventState, view: Event, traceparent: str | None) -> Iterator[Outgoing]:
    """What is published of a new view: as much of it as a snapshot holds, and what is new in it, one by one."""
    changes = state.replace_published_view(view)
    yield Outgoing(
        EVENT_UPDATED,
        key=view.event_id,
        value=state.published.build_snapshot(),
        id=f"{view.event_id}:{view.version}",
        time=view.updated_at,
        traceparent=traceparent,
    )
    for change in changes:
        yield Outgoing(EVENT_CHANGED, change.event_id, change, change.message_id, change.at, traceparent)


def record_build_time(event: Event, seconds: float, slow_seconds: float) -> None:
    """Count a build, and log it if it took long."""
    metrics.BUILT_VIEWS.inc()
    metrics.EVENT_BUILD_SECONDS.observe(seconds)
    if seconds >= slow_seconds:
        log.warning(
            "slow build",
            event_id=event.event_id,
            articles=event.counts.articles,
            claims=len(event.claims),
            left_out=event.left_out.claims,
            seconds=round(seconds, 2),
        )


def _embed_missing_claims(states: Iterable[EventState], embedder: Embedder) -> None:
    """Give the members of all these events the vectors that they lack, in one batch."""
    lacking = [(state, member) for state in states for member in _list_members_without_vectors(state)]
    for (state, _), member in zip(lacking, add_claim_vectors([member for _, member in lacking], embedder), strict=True):
        state.add_member(member)


def _list_members_without_vectors(state: EventState) -> list[Member]:
    """Those that have claims without vectors, by article id."""
    lacking = {article_id: member for article_id, member in state.members.items() if member.lacks_claim_vectors}
    return [member for _, member in sorted(lacking.items())]


def _count_claims_to_embed(state: EventState) -> int:
    if len(state.members) < 2:  # noqa: PLR2004 - hardly ever needs any
        return 0
    return sum(len(member.claims) for member in state.members.values() if member.lacks_claim_vectors)
