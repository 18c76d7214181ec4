from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.event import EventStatus, LineageEntry, Membership
from services.contracts.placed import EventPlaced
from services.contracts.topics import EVENT_PLACED, MAX_MESSAGE_BYTES
from services.dedupe import placed_events
from services.dedupe.clustering.article_cache import ArticleWithMembership
from services.dedupe.clustering.placement import JoinedArticle, PlacementEffect
from services.dedupe.clustering.records import EventRecord
from services.dedupe.placed_events import build_placed_messages, check_article_size
from services.runtime.messages import Outgoing
from tests.support.dedupe_articles import ARRIVAL, direction, embed, make_article

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def whole(number: int, words: int = 3) -> ArticleWithMembership:
    article = make_article(f"outlet{number}", "The ferry sank. " * words)
    return ArticleWithMembership(embed(article, direction(number)), Membership(threshold=0.5, model="test"))


def change(joined: Sequence[ArticleWithMembership] = (), left: Sequence[str] = (), **fields: object) -> PlacementEffect:
    given = {
        "event_id": "evt_1",
        "version": 7,
        "status": EventStatus.OPEN,
        "founder_id": "art_1",
        "updated_at": ARRIVAL,
        "active_at": None,
    }
    names = tuple(JoinedArticle(one.article.article_id, one.embedded, one.membership) for one in joined)
    return PlacementEffect(EventRecord.model_validate(given | fields), names, tuple(left), 12)


def told(
    joined: Sequence[ArticleWithMembership] = (),
    left: Sequence[str] = (),
    *,
    part_bytes: int = placed_events.PART_BYTES,
) -> list[Outgoing]:
    return build_placed_messages("main", change(joined, left), joined, TRACE, part_bytes=part_bytes)


def values(messages: Sequence[Outgoing]) -> list[EventPlaced]:
    assert all(isinstance(message.value, EventPlaced) for message in messages)
    return [message.value for message in messages if isinstance(message.value, EventPlaced)]


def test_a_change_is_one_message_with_what_joined_and_left() -> None:
    (message,) = told([whole(1)], ["art_2"])
    (value,) = values([message])
    assert (message.topic, message.key, message.id, message.time) == (EVENT_PLACED, "evt_1", "evt_1:7", ARRIVAL)
    assert message.traceparent == TRACE
    assert (value.event_id, value.version, value.shard, value.members, value.complete) == ("evt_1", 7, "main", 12, True)
    (joined,) = value.joined
    assert joined.extracted == whole(1).embedded.extracted
    assert joined.lead_vector == whole(1).embedded.lead_vector
    assert value.left == ("art_2",)


def test_an_event_that_closes_is_told_without_articles() -> None:
    (message,) = build_placed_messages("main", change(status=EventStatus.CLOSED), [])
    (value,) = values([message])
    assert (value.status, value.joined, value.left) == (EventStatus.CLOSED, (), ())


def test_an_event_that_was_taken_up_names_the_other_and_says_why() -> None:
    entry = LineageEntry(kind="merge", event_id="evt_2", reason="Taken up.")
    gone = change(left=["art_1"], status=EventStatus.MERGED, merged_into="evt_2", lineage=(entry,))
    (value,) = values(build_placed_messages("main", gone, []))
    assert (value.merged_into, value.lineage, value.left) == ("evt_2", (entry,), ("art_1",))


@given(words=st.lists(st.integers(1, 60), max_size=12), left=st.integers(0, 40), part_bytes=st.integers(500, 6_000))
def test_parts_hold_all_in_order_and_only_the_last_completes_the_version(
    words: list[int], left: int, part_bytes: int
) -> None:
    joined = [whole(number, count) for number, count in enumerate(words)]
    ids = [f"art_{number:020}" for number in range(left)]
    messages = told(joined, ids, part_bytes=part_bytes)
    parts = values(messages)
    assert [one.extracted for part in parts for one in part.joined] == [one.embedded.extracted for one in joined]
    assert list(chain.from_iterable(part.left for part in parts)) == ids
    assert [part.complete for part in parts] == [False] * (len(parts) - 1) + [True]
    assert {(part.version, part.members) for part in parts} == {(7, 12)}
    assert [message.id for message in messages] == [*(f"evt_1:7.{at}" for at in range(1, len(parts))), "evt_1:7"]
    for part in parts:
        size = sum(len(one.model_dump_json().encode()) for one in part.joined) + 27 * len(part.left)
        assert size <= part_bytes or len(part.joined) + len(part.left) == 1


def test_what_a_part_may_hold_leaves_room_for_the_rest_of_the_message() -> None:
    assert placed_events.PART_BYTES < placed_events.LARGEST_ARTICLE < MAX_MESSAGE_BYTES


def test_an_article_that_no_message_could_carry_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    large = whole(1, 100_000).embedded
    check_article_size(large)
    monkeypatch.setattr(placed_events, "LARGEST_ARTICLE", 2**20)
    with pytest.raises(ValueError, match="larger than 1,048,576 bytes"):
        check_article_size(large)
