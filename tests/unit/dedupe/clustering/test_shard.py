import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.contracts.article import ArticleStatus
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import EventStatus
from services.contracts.placed import EventPlaced
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.live_article import LiveArticleRecord
from services.dedupe.clustering.placement import Outcome
from services.dedupe.clustering.records import ArticleRecord, EventRecord, PlacedRecord, ShardRecord
from services.dedupe.clustering.shard import Shard
from services.dedupe.embedding.vectors import decode_vector, encode_vector
from services.dedupe.placed_events import build_placed_messages
from services.dedupe.signals.terms import TermStatistics
from services.dedupe.store.packed import pack_dataclass, unpack_dataclass
from tests.support.dedupe_articles import ARRIVAL, DIMENSIONS, direction, embed, make_article
from tests.support.placed import Follower
from tests.support.views import view_of

DECISION = Decision.load_bundled()
STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
TOPICS = (
    "The ferry Solvane capsized near Port Eldrin harbour after leaving quay with passengers aboard",
    "The central bank raised interest rates to support the falling orin against the dollar",
    "A wildfire driven by wind destroyed homes in Sorrel Vale while crews fought the flames",
    "Parliament passed the electoral boundaries act by three votes after a disputed ballot",
)


def new_shard(live_days: float | None = 7.0, kept_articles: int | None = None) -> Shard:
    return Shard(DECISION, STATISTICS, live_days=live_days, kept_articles=kept_articles)


def report(topic: int, number: int, *, days: float | None = 0.0, revision: int = 1) -> EmbeddedArticle:
    """The report of outlet `number` on one of the topics."""
    extra = random.Random(1000 * topic + number)
    body = f"{TOPICS[topic]} {extra.choice(('early', 'late', 'again'))} {number} revision {revision}"
    article = make_article(f"outlet{topic}x{number}", body, title=TOPICS[topic], days=days, revision=revision)
    return embed(article, direction(100 * topic + number, np.eye(DIMENSIONS, dtype=np.float32)[topic], 0.2))


class Store:
    """What the Redis store does: keeps the records that a shard says have changed, as bytes."""

    def __init__(self) -> None:
        self.live: dict[str, bytes] = {}
        self.articles: dict[str, bytes] = {}
        self.events: dict[str, bytes] = {}
        self.placed: dict[str, bytes] = {}
        self.record = ShardRecord().to_json_bytes()

    def save(self, shard: Shard) -> None:
        changes = shard.changes
        self.record = shard.shard_record.to_json_bytes()
        self.live |= {key: pack_dataclass(shard.live_article_record(key)) for key in changes.articles}
        self.articles |= {key: shard.article_record(key).to_json_bytes() for key in changes.articles}
        self.events |= {key: shard.event_record(key).to_json_bytes() for key in changes.events}
        self.placed |= {key: shard.placed_record(key).to_json_bytes() for key in changes.placed}
        for key in changes.removed_articles:
            self.live.pop(key, None)
            self.articles.pop(key, None)
        for key in changes.removed_events:
            self.events.pop(key, None)
        shard.mark_saved()

    def load(self, shuffle: random.Random, kept_articles: int | None) -> Shard:
        shard = new_shard(kept_articles=kept_articles)
        parts = [list(part.values()) for part in (self.live, self.events)]
        for part in parts:
            shuffle.shuffle(part)
        shard.fill_from_records(
            ShardRecord.from_json_bytes(self.record),
            [unpack_dataclass(LiveArticleRecord, record) for record in parts[0]],
            [EventRecord.from_json_bytes(record) for record in parts[1]],
        )
        return shard

    def make_ready(self, log: Sequence[EmbeddedArticle], shard: Shard) -> None:
        """What the service does before it places a batch."""
        wanted = shard.list_records_to_recall(embedded.extracted.article.article_id for embedded in log)
        placed = [PlacedRecord.from_json_bytes(self.placed[key]) for key in wanted.placed if key in self.placed]
        shard.add_loaded_records(self.read(wanted.articles), placed)

    def read(self, article_ids: Sequence[str]) -> list[ArticleRecord]:
        return [ArticleRecord.from_json_bytes(self.articles[key]) for key in article_ids]


def run(
    log: Sequence[EmbeddedArticle],
    cuts: Sequence[int],
    restart: random.Random | None = None,
    kept_articles: int | None = None,
) -> list[EventPlaced]:
    """All messages of a log cut into batches, with a restart after each if asked."""
    store, shard = Store(), new_shard(kept_articles=kept_articles)
    told: list[EventPlaced] = []
    bounds = [0, *sorted(set(cuts)), len(log)]
    for start, end in pairwise(bounds):
        store.make_ready(log[start:end], shard)
        changes = [change for embedded in log[start:end] for change in shard.place_article(embedded).changes]
        shard.add_loaded_records(store.read(shard.list_changed_articles_to_recall()))
        for change in changes:
            joined = [shard.article_when_joined(one) for one in change.joined]
            values = [message.value for message in build_placed_messages("main", change, joined)]
            told += [value for value in values if isinstance(value, EventPlaced)]
        store.save(shard)
        if restart is not None:
            shard = store.load(restart, kept_articles)
    return told


def snapshots(shard: Shard) -> dict[str, str]:
    return {event_id: view_of(shard, event_id).model_dump_json() for event_id in shard.event_ids()}


def test_the_first_article_founds_an_event() -> None:
    shard = new_shard()
    placement = shard.place_article(report(0, 1))
    assert placement.outcome is Outcome.FOUNDED
    assert placement.changed_event_ids == (placement.event_id,)
    assert shard.members(placement.event_id)[0].membership.score is None


def test_a_report_of_the_same_event_joins_and_says_why() -> None:
    shard = new_shard()
    event_id = shard.place_article(report(0, 1)).event_id
    shard.place_article(report(1, 1))
    placement = shard.place_article(report(0, 2, days=0.5))
    assert (placement.event_id, placement.outcome) == (event_id, Outcome.JOINED)
    membership = next(member.membership for member in shard.members(event_id) if member.membership.score is not None)
    assert membership.score is not None
    assert membership.score >= membership.threshold
    assert membership.signals["cosine"] > 0.9
    assert "test@1" in membership.model


def test_an_undated_report_joins_too() -> None:
    shard = new_shard()
    event_id = shard.place_article(report(0, 1)).event_id
    assert shard.place_article(report(0, 2, days=None)).event_id == event_id


def test_the_same_topic_weeks_later_is_another_event() -> None:
    shard = new_shard(live_days=None)
    first = shard.place_article(report(0, 1)).event_id
    assert shard.place_article(report(0, 2, days=30)).event_id != first


def test_a_redelivery_changes_nothing() -> None:
    shard = new_shard()
    shard.place_article(report(0, 1))
    shard.place_article(report(0, 2))
    shard.mark_saved()
    before = snapshots(shard)
    placement = shard.place_article(report(0, 2))
    assert (placement.outcome, placement.changed_event_ids) == (Outcome.UNCHANGED, ())
    assert snapshots(shard) == before
    assert not shard.changes.articles | shard.changes.events | shard.changes.placed


def test_a_newer_revision_takes_the_place_of_the_old_one() -> None:
    shard = new_shard()
    event_id = shard.place_article(report(0, 1)).event_id
    shard.place_article(report(0, 2))
    placement = shard.place_article(report(0, 1, revision=2))
    assert (placement.outcome, placement.event_id) == (Outcome.REVISED, event_id)
    assert [member.article.revision for member in shard.members(event_id)].count(2) == 1
    assert shard.event_record(event_id).version == 3
    assert shard.live_article_count == 2
    assert shard.place_article(report(0, 1)).outcome is Outcome.UNCHANGED


def test_a_withdrawn_article_stays_listed_and_attracts_nothing() -> None:
    shard = new_shard()
    embedded = report(0, 1)
    event_id = shard.place_article(embedded).event_id
    extracted = embedded.extracted
    gone = extracted.article.model_copy(update={"status": ArticleStatus.WITHDRAWN, "revision": 2})
    placement = shard.place_article(
        embedded.model_copy(update={"extracted": extracted.model_copy(update={"article": gone})})
    )
    assert placement.changed_event_ids == (event_id,)
    assert view_of(shard, event_id).articles[0].status == "withdrawn"
    assert shard.place_article(report(0, 2)).event_id != event_id


def test_an_event_closes_when_the_clock_has_passed_it_and_is_shown_once_more() -> None:
    shard = new_shard()
    event_id = shard.place_article(report(0, 1)).event_id
    changed = [shard.place_article(report(1, day, days=day)).changed_event_ids for day in range(1, 10)]
    assert [event_id in ids for ids in changed].count(True) == 1
    event = shard.event_record(event_id)
    assert (event.status, event.version) == (EventStatus.CLOSED, 2)
    shard.mark_saved()
    assert event_id not in shard.event_ids()


def test_articles_dated_far_ahead_close_nothing_and_their_events_stand_where_they_arrived() -> None:
    shard = new_shard()
    event_id = shard.place_article(report(0, 1)).event_id
    shard.place_article(report(0, 2, days=1))
    clock = shard.shard_record.clock
    ahead = {shard.place_article(report(1, number, days=63_000)).event_id for number in range(12)}
    assert shard.shard_record.clock == clock
    assert shard.place_article(report(0, 3, days=1.1)).event_id == event_id
    assert {shard.event_record(one).updated_at for one in ahead} == {ARRIVAL}


def test_an_article_of_a_closed_event_changes_nothing_when_it_comes_again() -> None:
    shard = new_shard()
    event_id = shard.place_article(report(0, 1)).event_id
    for day in range(1, 10):
        shard.place_article(report(1, day, days=day))
    for _ in range(2):
        assert shard.place_article(report(0, 1)).outcome is Outcome.UNCHANGED
        assert shard.place_article(report(0, 1, revision=2)).outcome is Outcome.TOO_LATE
        shard.mark_saved()
    assert shard.placed_record(report(0, 1).extracted.article.article_id).event_id == event_id


def test_a_backfill_of_old_articles_still_forms_events() -> None:
    shard = new_shard()
    for day in range(3):
        shard.place_article(report(1, day, days=100 + day))
    first = shard.place_article(report(0, 1, days=0)).event_id
    assert shard.place_article(report(0, 2, days=0.2)).event_id == first


def test_a_vector_that_cannot_be_read_changes_nothing() -> None:
    shard = new_shard()
    shard.place_article(report(0, 1))
    shard.mark_saved()
    with pytest.raises(ValueError, match="base64"):
        shard.place_article(report(0, 2, days=3).model_copy(update={"lead_vector": "no vector"}))
    with pytest.raises(ValueError, match="dimensions"):
        shard.place_article(embed(make_article("wide", "text", days=3), np.eye(20, dtype=np.float32)[0]))
    title = encode_vector(np.eye(20, dtype=np.float32)[0])
    with pytest.raises(ValueError, match="title"):
        shard.place_article(report(0, 2, days=3).model_copy(update={"title_vector": title}))
    assert shard.shard_record.clock == report(0, 1).extracted.article.published_at
    assert shard.live_article_count == 1


def test_records_of_an_event_that_is_not_there_are_refused() -> None:
    shard = new_shard()
    live = shard.live_article_record(shard.place_article(report(0, 1)).article_id)
    with pytest.raises(ValueError, match="not there"):
        new_shard().fill_from_records(ShardRecord(), [live], [])


reports = st.builds(
    report,
    st.integers(0, 3),
    st.integers(0, 5),
    days=st.one_of(st.none(), st.floats(0, 16).map(lambda days: round(days, 2))),
    revision=st.integers(1, 2),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(reports, min_size=1, max_size=24), st.lists(st.integers(1, 23), max_size=5), st.randoms())
def test_batches_and_restarts_do_not_show(log: list[EmbeddedArticle], cuts: list[int], shuffle: random.Random) -> None:
    whole = run(log, [])
    inside = [cut for cut in cuts if cut < len(log)]
    assert run(log, inside) == whole
    assert run(log, inside, shuffle) == whole
    assert run(log, inside, kept_articles=2) == whole


@settings(max_examples=60, deadline=None)
@given(st.lists(reports, min_size=1, max_size=24))
def test_every_article_is_in_exactly_one_event(log: list[EmbeddedArticle]) -> None:
    shard = new_shard(live_days=None)
    for embedded in log:
        shard.place_article(embedded)
    found = [member.article.article_id for event_id in shard.event_ids() for member in shard.members(event_id)]
    assert sorted(found) == sorted({embedded.extracted.article.article_id for embedded in log})
    assert all(
        shard.placed_record(member.article.article_id).event_id == event_id
        for event_id in shard.event_ids()
        for member in shard.members(event_id)
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(reports, min_size=1, max_size=16))
def test_consuming_a_log_twice_ends_where_consuming_it_once_ends(log: list[EmbeddedArticle]) -> None:
    once, twice = new_shard(live_days=None), new_shard(live_days=None)
    for embedded in log:
        once.place_article(embedded)
    last = {one.extracted.article.article_id: one for one in log}
    for embedded in (*log, *last.values()):
        twice.place_article(embedded)
    assert snapshots(twice) == snapshots(once)


def loose(number: int, *, days: float | None = 0.0) -> EmbeddedArticle:
    """A report of a vague subject: whether two of them belong together hangs on what else has come."""
    at = np.eye(DIMENSIONS, dtype=np.float32)[0]
    article = make_article(
        f"vague{number}", f"{TOPICS[number % 2]} {number % 5}", title=f"Vague {number % 3}", days=days
    )
    return embed(article, direction(number, at, 0.2 + number % 7 / 5))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=24, unique=True), st.integers(1, 23), st.randoms())
def test_repaired_events_agree_with_their_articles(numbers: list[int], cut: int, shuffle: random.Random) -> None:
    log = [loose(number) for number in numbers]
    whole, restarted = run(log, []), run(log, [min(cut, len(log) - 1)], shuffle)
    assert restarted == whole
    reader = Follower()
    reader.read(whole)
    assert sorted(reader.event_of()) == sorted(embedded.extracted.article.article_id for embedded in log)
    for event in reader.events.values():
        if event.last.merged_into is not None:
            assert event.last.merged_into in reader.events
            assert event.last.lineage[-1].kind == "merge"


def of_model(embedded: EmbeddedArticle, model: str) -> EmbeddedArticle:
    """The same article as another model embeds it: its vectors turned round, so that across models nothing is alike."""
    lead = decode_vector(embedded.lead_vector)
    return embed(embedded.extracted.article, -lead, model=model)


def test_articles_embedded_by_another_model_stay_in_their_events_and_are_found_by_new_ones() -> None:
    log = [report(topic, number) for number in range(3) for topic in range(2)]
    shard = new_shard()
    for embedded in log:
        shard.place_article(embedded)
    before = {event_id: shard.event_record(event_id) for event_id in shard.event_ids()}
    placements = [shard.place_article(of_model(embedded, "test@2")) for embedded in log]
    assert {placement.outcome for placement in placements} == {Outcome.EMBEDDED_ANEW}
    after = {event_id: shard.event_record(event_id) for event_id in shard.event_ids()}
    assert {event_id: (record.version, record.updated_at, record.active_at) for event_id, record in after.items()} == {
        event_id: (record.version + 3, record.updated_at, record.active_at) for event_id, record in before.items()
    }
    assert {shard.live_article_record(one.article_id).model for one in placements} == {"test@2"}
    joined = shard.place_article(of_model(report(0, 3), "test@2"))
    assert (joined.outcome, joined.event_id) == (Outcome.JOINED, placements[0].event_id)


def test_articles_of_an_event_that_closed_are_not_embedded_anew() -> None:
    shard = new_shard(live_days=2.0)
    founder = report(0, 0)
    shard.place_article(founder)
    for day in range(1, 5):
        shard.place_article(report(1, day, days=day))
    assert shard.place_article(of_model(founder, "test@2")).outcome is Outcome.UNCHANGED


def test_an_older_revision_embedded_by_another_model_changes_nothing() -> None:
    shard = new_shard()
    shard.place_article(report(0, 0, revision=2))
    assert shard.place_article(of_model(report(0, 0, revision=1), "test@2")).outcome is Outcome.UNCHANGED


@pytest.mark.parametrize("kept_articles", [None, 0])
def test_a_change_of_model_ends_in_the_same_bytes_however_the_log_is_cut_and_restarted(
    kept_articles: int | None,
) -> None:
    log = [report(topic, number) for number in range(3) for topic in range(2)]
    log += [of_model(embedded, "test@2") for embedded in [*log, report(0, 3)]]
    whole = run(log, [])
    assert run(log, range(1, len(log)), random.Random(1), kept_articles) == whole
    assert run(log, [4, 8], random.Random(2), kept_articles) == whole
