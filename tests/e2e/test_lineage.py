"""Events that merge, split and give up articles, in the whole system: what readers are told of it.

The articles are cut from the samples: single passages of the reports on one event come first, whole reports after
them. Each passage alone says little of what the others are about, so that events are founded which the later reports
show to be one, or to be two.
"""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.contracts.event import Event, EventStatus
from services.contracts.topics import ARTICLE_EMBEDDED, EVENT_UPDATED
from services.dedupe.clustering.event_table import LONGEST_LINEAGE
from tests.support.pipeline import FETCHED_AT, Pipeline, running_pipeline, sample_rows

CHANGES = {"merge", "split", "move"}


def passages() -> list[dict[str, Any]]:
    """Every passage of every report on the ferry, by an outlet of its own, then the reports."""
    reports = [row for row in sample_rows() if "Port Eldrin" in row["text"] and row.get("status", "usable") == "usable"]
    cut = [
        {
            "url": f"https://outlet{number}x{at}.example/brief",
            "publisher": f"Outlet {number} {at}",
            "text": paragraph,
            "published_at": row["published_at"],
            "fetched_at": FETCHED_AT,
        }
        for number, row in enumerate(reports)
        for at, paragraph in enumerate(row["text"].split("\n\n"))
        if len(paragraph) > 80
    ]
    return [*cut, *reports]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with running_pipeline(tmp_path_factory.mktemp("lineage")) as running:
        running.submit(passages())
        running.settle()
        yield running


def told(pipeline: Pipeline) -> dict[str, Event]:
    """What somebody has who reads the topic: the last view of each event."""
    found: dict[str, Event] = {}
    for _, key, value, _ in pipeline.records(EVENT_UPDATED.name):
        assert key is not None
        assert value is not None
        event = Event.model_validate_json(value)
        assert key.decode() == event.event_id
        before = found.get(event.event_id)
        assert before is None or event.version > before.version
        found[event.event_id] = event
    return found


@pytest.fixture(scope="module")
def events(pipeline: Pipeline) -> dict[str, Event]:
    return told(pipeline)


def get(pipeline: Pipeline, path: str) -> httpx.Response:
    return httpx.get(pipeline.urls["api"] + path)


def successor(events: dict[str, Event], event: Event) -> Event:
    while event.merged_into is not None:
        event = events[event.merged_into]
    return event


def test_events_have_merged_and_split_and_articles_have_moved(events: dict[str, Event]) -> None:
    assert {entry.kind for event in events.values() for entry in event.lineage} == CHANGES


def test_every_article_is_in_one_event_and_counts_agree_with_the_members(events: dict[str, Event]) -> None:
    listed = [article.article_id for event in events.values() for article in event.articles]
    assert len(listed) == len(set(listed)) == len(passages())
    for event in events.values():
        assert event.counts.articles == len(event.articles)
        assert event.counts.publishers == len({article.publisher.key for article in event.articles})
        assert event.counts.origins == len(event.origins) == len({one.origin_id for one in event.articles})


def test_both_sides_tell_of_a_merge_a_split_or_a_move_and_why(events: dict[str, Event]) -> None:
    for event in events.values():
        for entry in event.lineage:
            assert len(entry.reason.split()) > 5
            other = events[entry.event_id]
            there = {(one.kind, one.event_id) for one in other.lineage}
            assert (entry.kind, event.event_id) in there or len(other.lineage) == LONGEST_LINEAGE


def test_the_id_of_a_merged_event_answers_with_the_event_that_took_it_up(
    pipeline: Pipeline, events: dict[str, Event]
) -> None:
    merged = [event for event in events.values() if event.status is EventStatus.MERGED]
    assert merged
    for event in merged:
        last = successor(events, event)
        answer = get(pipeline, f"/v1/events/{event.event_id}")
        assert answer.status_code == httpx.codes.OK
        assert answer.json() == json.loads(last.model_dump_json())
        assert answer.headers["Newsweave-Requested-Event"] == event.event_id
        assert answer.headers["Content-Location"].endswith(last.event_id)
        assert (event.counts.articles, event.articles) == (0, ())
        assert event.lineage[-1].kind == "merge"
        assert get(pipeline, f"/events/{event.event_id}").status_code == httpx.codes.OK
    listed = {event.event_id for event in pipeline.events()}
    assert listed == {event.event_id for event in events.values() if event.status is not EventStatus.MERGED}


def test_the_page_of_an_article_knows_the_event_that_it_is_in_now(pipeline: Pipeline, events: dict[str, Event]) -> None:
    for event in events.values():
        for article in event.articles:
            assert get(pipeline, f"/v1/articles/{article.article_id}").json()["event_id"] == event.event_id
            membership = get(pipeline, f"/v1/articles/{article.article_id}/membership").json()
            assert membership["event_id"] == event.event_id
            told, listed = membership["membership"], article.membership
            # Signals and the nearest event travel with the changes, not in the snapshot.
            assert (told["score"], told["threshold"], told["model"]) == (listed.score, listed.threshold, listed.model)


def test_a_second_run_of_the_internal_topic_gives_the_same_events_byte_for_byte(
    pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = pipeline.records(ARTICLE_EMBEDDED.name)
    small = {"NEWSWEAVE_MAX_BATCH_MESSAGES": "4", "NEWSWEAVE_PUBLISH_INTERVAL_MS": "0", "NEWSWEAVE_KEPT_ARTICLES": "3"}
    with running_pipeline(tmp_path_factory.mktemp("again"), **small) as other:
        other.publish_raw(log[: len(log) // 2])
        other.settle()
        other.kill("dedupe")
        other.publish_raw(log[len(log) // 2 :])
        other.settle()
        assert last_values(other) == last_values(pipeline)
        assert seen_events(other) == seen_events(pipeline)


def last_values(pipeline: Pipeline) -> dict[bytes | None, bytes | None]:
    return {key: value for _, key, value, _ in pipeline.records(EVENT_UPDATED.name)}


def seen_events(pipeline: Pipeline) -> dict[str, Any]:
    return {key: value for key, value in pipeline.view().items() if key.startswith("view:event")}


def test_a_correction_takes_an_article_out_of_the_event_that_it_tells_no_more(pipeline: Pipeline) -> None:
    row = passages()[-1]
    other = next(row for row in sample_rows() if "interest rate" in row["text"])
    (article_id,) = pipeline.submit([row])
    before = get(pipeline, f"/v1/articles/{article_id}").json()["event_id"]
    pipeline.submit([row | {"title": other["title"], "text": other["text"], "status": "corrected"}])
    pipeline.settle()
    events = told(pipeline)
    now = events[get(pipeline, f"/v1/articles/{article_id}").json()["event_id"]]
    assert now.event_id != before
    assert [(one.revision, one.status) for one in now.articles] == [(2, "corrected")]
    assert now.lineage[-1].kind == "split"
    left = events[now.lineage[-1].event_id]
    # Articles may have moved between others since: what was last said of the two of them is the split.
    assert [one.kind for one in left.lineage if one.event_id == now.event_id][-1] == "split"
    assert article_id not in {one.article_id for one in left.articles}


def test_a_withdrawal_takes_the_claims_of_an_article_out_of_its_event(pipeline: Pipeline) -> None:
    row = passages()[-2]
    (article_id,) = pipeline.submit([row])
    before = Event.model_validate(
        get(pipeline, f"/v1/events/{get(pipeline, f'/v1/articles/{article_id}').json()['event_id']}").json()
    )
    assert article_id in supporting(before)
    pipeline.submit([row | {"status": "withdrawn"}])
    pipeline.settle()
    after = Event.model_validate(get(pipeline, f"/v1/events/{before.event_id}").json())
    assert after.version > before.version
    assert article_id not in supporting(after)
    assert {one.article_id: one.status for one in after.articles}[article_id] == "withdrawn"
    assert after.counts == before.counts


def test_after_all_this_every_span_of_every_event_is_verified(pipeline: Pipeline) -> None:
    pipeline.settle()
    for event in told(pipeline).values():
        found = get(pipeline, f"/v1/events/{event.event_id}/verification").json()
        assert found["verified"], found


def supporting(event: Event) -> set[str]:
    return {support.article_id for claim in event.claims for support in claim.supports}
