"""The whole system as real processes: our sample articles go in, merged events come out."""

import json
from collections.abc import Iterator
from typing import Any, cast

import httpx
import pytest
from redis import Redis

from services.api.receipts.receipt import ClaimReceipt
from services.api.verification import Verification
from services.contracts import dead_letter
from services.contracts.claim import ExtractedArticle
from services.contracts.event import Event
from services.contracts.event_claims import ContradictionKind, Position
from services.contracts.topics import ARTICLE_INGESTED, TOPICS, Topic
from tests.support.pipeline import SAMPLES, Pipeline, running_pipeline, sample_rows
from tests.support.stack import newsweave

EXPECTED = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))

MISSED = {
    "Injured: 61 (officials) against about 40 (harbour master)",
    "Reserves spent: $2.1bn (the uncorrected report) against 1.2 billion dollars (published table)",
    "Vote of the rate council: unanimous (governor) against three dissents (two people present)",
    "Homes destroyed: 34 (fire service) against 41 (mayor)",
    "Absent deputies: the speaker confirms an irregularity, the interior minister denies one",
    "Ruhl's whereabouts: in the chamber (minister) against in hospital (his wife)",
}
"""Listed contradictions that are not told in these words. The second is corrected; the third is told in others."""
DISPUTED = [
    ("The bow door was not fully closed", "No ship of ours"),
    ("voted against Thursday's increase", "The decision was unanimous"),
    ("The line was switched off", "The line was live"),
    ("on suspicion of starting the wildfire", "had no part in it"),
]
"""Words of two sides in each contradiction that is told of the samples, besides figures."""


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    with running_pipeline(tmp_path_factory.mktemp("pipeline")) as running:
        running.submit(sample_rows())
        running.settle()
        yield running


@pytest.fixture(scope="module")
def events(pipeline: Pipeline) -> list[Event]:
    return pipeline.events()


def articles_of(event: Event) -> set[str]:
    return {article.url for article in event.articles if article.url is not None}


def test_every_sample_event_is_one_event_and_siblings_stay_apart(events: list[Event]) -> None:
    expected = {frozenset(event["articles"]) for event in EXPECTED["events"]}
    assert {frozenset(articles_of(event)) for event in events} == expected


def test_every_claim_is_the_article_text_at_its_span(pipeline: Pipeline, events: list[Event]) -> None:
    api = pipeline.urls["api"]
    seen = 0
    for event in events:
        texts = {
            each.article_id: ExtractedArticle.model_validate(
                httpx.get(f"{api}/v1/articles/{each.article_id}").json() | {"extractor": "not part of the answer"}
            ).article.text
            for each in event.articles
        }
        for claim in event.claims:
            for support in claim.supports:
                assert support.span.of(texts[support.article_id]) == support.text
                seen += 1
    assert seen > 100


def test_every_event_is_verified_from_the_command_line(pipeline: Pipeline, events: list[Event]) -> None:
    for event in events:
        told = newsweave(pipeline.up.home, "verify", event.event_id, "--json")
        found = Verification.model_validate_json(told.stdout)
        assert (told.returncode, found.verified) == (0, True), told.stdout
        assert {article.article_id for article in found.articles} == {each.article_id for each in event.articles}
        assert found.spans_verified == found.spans > sum(len(claim.supports) for claim in event.claims)


def test_every_claim_has_a_receipt_at_its_permalink(pipeline: Pipeline, events: list[Event]) -> None:
    with httpx.Client(base_url=pipeline.urls["api"]) as client:
        for event in events:
            for claim in event.claims:
                url = f"/v1/events/{event.event_id}/claims/{claim.claim_id}/receipt"
                receipt = ClaimReceipt.model_validate_json(client.get(url, params={"version": event.version}).content)
                assert receipt.verified
                assert len(receipt.reports) == len(claim.supports)
                assert receipt.page == f"/events/{event.event_id}@{event.version}#{claim.claim_id}"
            page = client.get(f"/events/{event.event_id}@{event.version}").text
            assert f"This is version {event.version} of {event.version}" in page
            assert 'class="checked broken"' not in page


def test_a_text_that_was_changed_in_the_store_is_found_from_the_command_line(
    pipeline: Pipeline, events: list[Event]
) -> None:
    event = max(events, key=lambda each: len(each.claims))
    support = event.claims[0].supports[0]
    key = f"view:article:{support.article_id}"
    with Redis.from_url(pipeline.settings.redis_url) as redis:
        stored = cast("bytes", redis.get(key))
        document = json.loads(stored)
        text = document["article"]["text"]
        document["article"]["text"] = text[: support.span.start] + "X" + text[support.span.start + 1 :]
        redis.set(key, json.dumps(document))
        try:
            told = newsweave(pipeline.up.home, "verify", event.event_id)
            permalink = f"{pipeline.urls['api']}/events/{event.event_id}@{event.version}"
            page = httpx.get(permalink, params={"claim": event.claims[0].claim_id}).text
        finally:
            redis.set(key, stored)
    assert told.returncode == 1
    assert f"mismatch  {support.article_id}" in told.stdout
    assert "The stored title and text are not those that were published: their hash differs." in page
    assert "expected" in told.stdout
    assert newsweave(pipeline.up.home, "verify", event.event_id).returncode == 0


def test_the_shared_quotation_is_one_claim_reported_by_all_who_carry_it(events: list[Event]) -> None:
    shared = EXPECTED["shared_quotation"]
    url_of = {article.article_id: article.url for event in events for article in event.articles}
    (claim,) = [
        claim
        for event in events
        for claim in event.claims
        if {url_of[support.article_id] for support in claim.supports} >= set(shared["urls"])
        and claim.kind == "quotation"
    ]
    assert claim.speaker is not None
    assert claim.speaker.canonical.split()[-1] == shared["speaker"].split()[-1]
    assert claim.origins >= 3


def test_reprints_share_an_origin_and_do_not_count_as_corroboration(events: list[Event]) -> None:
    for group in EXPECTED["reprint_groups"]:
        (event,) = [event for event in events if set(group) <= articles_of(event)]
        origins = {article.origin_id for article in event.articles if article.url in group}
        assert len(origins) == 1
        assert event.counts.origins == event.counts.articles - len(group) + 1


def test_the_listed_contradictions_are_told_but_for_those_that_take_inference(events: list[Event]) -> None:
    told = {each["description"] for each in EXPECTED["contradictions"] if any(tells(event, each) for event in events)}
    missed = [each["description"] for each in EXPECTED["contradictions"] if each["description"] not in told]
    assert set(missed) <= MISSED


def test_nothing_in_the_samples_contradicts_but_figures_and_what_is_disputed(events: list[Event]) -> None:
    kinds = [each.kind for event in events for each in event.contradictions]
    assert kinds.count(ContradictionKind.POLARITY) == len(DISPUTED)
    assert set(kinds) == {ContradictionKind.POLARITY, ContradictionKind.FIGURE}
    told = [each.explanation for event in events for each in event.contradictions]
    for one, other in DISPUTED:
        assert any(one in words and other in words for words in told)


def tells(event: Event, listed: dict[str, Any]) -> bool:
    """Whether two positions of one contradiction hold what is listed, each where it is listed."""
    url_of = {article.article_id: article.url for article in event.articles}
    claims = {claim.claim_id: claim for claim in event.claims}

    def holds(position: Position, url: str, words: str) -> bool:
        places = [(each.article_id, each.text) for each in position.passages]
        places += [(each.article_id, each.text) for each in claims[position.claim_id].supports]
        return any(url_of[article_id] == url and (words in text or text in words) for article_id, text in places)

    return any(
        all(
            any(holds(position, url, words) for position in each.positions)
            for url, words in zip(listed["urls"], listed["snippets"], strict=True)
        )
        for each in event.contradictions
    )


def test_a_correction_replaces_the_text_it_corrects(events: list[Event]) -> None:
    correction = EXPECTED["correction"]
    (event,) = [event for event in events if correction["url"] in articles_of(event)]
    (article,) = [article for article in event.articles if article.url == correction["url"]]
    assert (article.revision, article.status) == (2, "corrected")


def test_a_log_consumed_twice_gives_the_same_view_byte_for_byte(pipeline: Pipeline) -> None:
    before = pipeline.view()
    pipeline.publish_raw(pipeline.records(ARTICLE_INGESTED.name))
    pipeline.settle()
    assert pipeline.view() == before


def test_a_log_consumed_in_other_batch_sizes_gives_the_same_view_byte_for_byte(
    pipeline: Pipeline, tmp_path_factory: pytest.TempPathFactory
) -> None:
    log = [record for record in pipeline.records(ARTICLE_INGESTED.name) if "ce_id" in dict(record[3])]
    small = {
        "NEWSWEAVE_MAX_BATCH_MESSAGES": "3",
        "NEWSWEAVE_EMBED_BATCH_MESSAGES": "2",
        "NEWSWEAVE_PUBLISH_INTERVAL_MS": "0",
    }
    with running_pipeline(tmp_path_factory.mktemp("other-batches"), **small) as other:
        other.publish_raw(log)
        other.settle()
        assert other.view() == pipeline.view()


@pytest.mark.parametrize(
    ("topic", "service"),
    [pytest.param(topic, service, id=topic.group(service)) for topic in TOPICS for service in topic.consumers],
)
def test_garbage_on_any_topic_ends_in_the_dead_letters_of_its_reader(
    pipeline: Pipeline, topic: Topic, service: str
) -> None:
    pipeline.publish_raw([(topic.name, b"key", b"\x00\xffgarbage", [])])
    letters = pipeline.eventually(
        lambda: pipeline.records(topic.dead_letters(service)), what=f"a dead letter of {service}"
    )
    _, key, value, headers = letters[-1]
    assert (key, value) == (b"key", b"\x00\xffgarbage")
    assert b"Invalid JSON" in (dict(headers)[dead_letter.REASON] or b"")
    assert dict(headers)[dead_letter.ORIGIN_TOPIC] == topic.name.encode()


def test_the_pipeline_goes_on_after_garbage(pipeline: Pipeline) -> None:
    row = sample_rows()[0] | {"url": "https://www.after-garbage.example/1", "publisher": "After Garbage"}
    (article_id,) = pipeline.submit([row])
    pipeline.settle()
    answer = httpx.get(f"{pipeline.urls['api']}/v1/articles/{article_id}")
    assert answer.status_code == httpx.codes.OK
    assert answer.json()["event_id"] is not None


def trace(pipeline: Pipeline, asked: str) -> dict[str, Any]:
    """What `newsweave trace` says of an article."""
    told = newsweave(pipeline.up.home, "trace", asked, "--json")
    assert told.returncode == 0, told.stderr
    return cast("dict[str, Any]", json.loads(told.stdout))


def test_an_article_is_traced_from_its_submission_to_its_event(pipeline: Pipeline) -> None:
    row = sample_rows()[0]
    told = trace(pipeline, row["url"])
    assert told["submissions"][0]["outcome"] == "published"
    assert [stage["stage"] for stage in told["stages"]][:2] == ["ingested", "extracted"]
    assert {stage["event_id"] for stage in told["stages"] if stage["stage"] in {"joined", "in_event"}} == {
        httpx.get(f"{pipeline.urls['api']}/v1/articles/{told['article_id']}").json()["event_id"]
    }
    assert {stage["outcome"] for stage in told["stages"]} == {"done"}


def test_what_was_refused_is_traced_by_its_address(pipeline: Pipeline) -> None:
    url = "https://www.refused.example/1"
    answer = httpx.post(f"{pipeline.urls['ingest']}/v1/articles", json={"url": url, "text": "Words.", "status": "gone"})
    assert answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY
    told = trace(pipeline, url)
    assert (told["submissions"][0]["outcome"], told["stages"]) == ("refused", [])
    assert told["submissions"][0]["reasons"][0].startswith("status: ")
    by_request = newsweave(pipeline.up.home, "trace", answer.json()["request_id"])
    assert "line 1      refused" in by_request.stdout


def test_a_dead_letter_is_traced_with_its_reason(pipeline: Pipeline) -> None:
    article_id = "art_" + "d" * 20
    broken = json.dumps({"article_id": article_id, "revision": 0}).encode()
    pipeline.publish_raw([(ARTICLE_INGESTED.name, article_id.encode(), broken, [])])
    api = pipeline.urls["api"]

    def dead() -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", httpx.get(f"{api}/v1/articles/{article_id}/trace").json().get("stages", []))

    (stage,) = pipeline.eventually(dead, what="the dead letter is traced")
    assert (stage["stage"], stage["outcome"], stage["service"]) == ("dead_letter", "failed", "extract")
    assert "not a valid Article" in stage["reason"]
    told = newsweave(pipeline.up.home, "trace", article_id)
    assert "extract could not use it from article.ingested.v1: not a valid Article" in told.stdout
