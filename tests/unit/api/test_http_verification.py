"""`/v1/events/{event_id}/verification`, over a real Redis."""

from typing import cast

import httpx
from redis.asyncio import Redis

from services.api.verification import Verification
from services.contracts.event import EventStatus
from tests.unit.api.examples import CLAIMS, TEXT, citing, event, extracted
from tests.unit.api.view import project_articles, project_events


async def verification(http: httpx.AsyncClient, event_id: str = "evt_c") -> Verification:
    answer = await http.get(f"/v1/events/{event_id}/verification")
    assert answer.status_code == 200, answer.text
    return Verification.model_validate_json(answer.content)


async def tamper(redis: Redis, article_id: str, old: str, new: str) -> None:
    """Change what is stored of an article, behind the back of everything."""
    key = f"view:article:{article_id}"
    stored = cast("bytes | None", await redis.get(key))
    assert stored is not None
    assert old.encode() in stored
    await redis.set(key, stored.replace(old.encode(), new.encode()))


async def test_an_event_and_its_reprint_as_projected_are_verified(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted("art_1"), extracted("art_2")])
    await project_events(redis, [citing("art_1", "art_2")])
    found = await verification(http)
    assert (found.verified, found.spans, found.spans_verified) == (True, 9, 9)


async def test_a_tampered_text_is_found_though_its_claims_no_longer_fit_it(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_articles(redis, [extracted("art_1"), extracted("art_2")])
    await project_events(redis, [citing("art_1", "art_2")])
    await tamper(redis, "art_2", '"text":"Nine people', '"text":"Four people')
    found = await verification(http)
    assert not found.verified
    fine, torn = found.articles
    assert (fine.verdict, torn.verdict) == ("verified", "mismatch")
    assert (torn.mismatches[0].expected, torn.mismatches[0].found) == (CLAIMS[0], CLAIMS[0].replace("Nine", "Four"))


async def test_an_article_that_is_lost_or_unreadable_is_missing(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted("art_1"), extracted("art_2")])
    await project_events(redis, [citing("art_1", "art_2", "art_3")])
    await tamper(redis, "art_2", '"text":"Nine', '"text_":"Nine')
    found = await verification(http)
    assert [article.verdict for article in found.articles] == ["verified", "missing", "missing"]
    assert not found.verified


async def test_a_revised_article_is_outdated_until_the_event_has_caught_up(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    revised = "Correction. " + TEXT
    await project_articles(redis, [extracted("art_1"), extracted("art_2")], [extracted("art_1", 2, text=revised)])
    await project_events(redis, [citing("art_1")])
    assert [article.verdict for article in (await verification(http)).articles] == ["outdated"]
    caught_up = citing("art_1", text=revised, revision=2).model_copy(update={"version": 2})
    await project_events(redis, [caught_up])
    assert (await verification(http)).verified


async def test_the_id_of_a_merged_event_answers_for_the_one_it_went_into(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted("art_1")])
    await project_events(redis, [event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_c"), citing("art_1")])
    answer = await http.get("/v1/events/evt_a/verification")
    assert (answer.json()["event_id"], answer.json()["verified"]) == ("evt_c", True)
    assert answer.headers["newsweave-requested-event"] == "evt_a"
    assert answer.headers["content-location"] == "/v1/events/evt_c/verification"


async def test_a_merge_that_is_seen_before_its_target_is_no_proof_of_anything(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [event("evt_a", 2, articles=(), status=EventStatus.MERGED, merged_into="evt_b")])
    answer = await http.get("/v1/events/evt_a/verification")
    assert answer.status_code == 409
    assert "evt_a was merged into evt_b" in answer.json()["detail"]


async def test_an_unknown_event_is_a_404(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/events/evt_none/verification")
    assert answer.status_code == 404
    assert "There is no event evt_none" in answer.json()["detail"]


async def test_the_same_result_is_not_sent_twice(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted("art_1")])
    await project_events(redis, [citing("art_1")])
    path = "/v1/events/evt_c/verification"
    etag = (await http.get(path)).headers["etag"]
    assert (await http.get(path, headers={"If-None-Match": etag})).status_code == 304
    await tamper(redis, "art_1", "the port said", "the port sang")
    assert (await http.get(path, headers={"If-None-Match": etag})).json()["verified"] is False
