"""`/v1/events/{event_id}/claims/{claim_id}/receipt`, over a real Redis."""

import httpx
from redis.asyncio import Redis

from services.api.receipts.receipt import ClaimReceipt
from services.contracts.event import EventStatus
from tests.unit.api.examples import citing, event, extracted
from tests.unit.api.view import project_articles, project_events

URL = "/v1/events/evt_c/claims/clm_dead/receipt"


async def test_a_claim_is_checked_against_what_is_stored_when_it_is_asked_for(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [citing("art_1", "art_2")])
    assert not ClaimReceipt.model_validate_json((await http.get(URL)).content).verified
    await project_articles(redis, [extracted("art_1"), extracted("art_2")])
    answer = await http.get(URL)
    receipt = ClaimReceipt.model_validate_json(answer.content)
    assert (answer.status_code, receipt.verified, receipt.reports_verified) == (200, True, 2)
    assert (await http.get(URL, headers={"If-None-Match": answer.headers["etag"]})).status_code == 304


async def test_a_claim_of_an_earlier_version_is_checked_as_it_was(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted("art_1"), extracted("art_2")])
    await project_events(redis, [citing("art_1")], [citing("art_1", "art_2").model_copy(update={"version": 2})])
    for version, reports in ((1, 1), (2, 2)):
        receipt = ClaimReceipt.model_validate_json((await http.get(URL, params={"version": version})).content)
        assert (receipt.version, len(receipt.reports)) == (version, reports)
    assert (await http.get(URL, params={"version": 3})).status_code == 404


async def test_a_claim_that_is_not_there_is_said_in_words(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [citing("art_1")])
    answer = await http.get(URL.replace("clm_dead", "clm_none"))
    assert answer.status_code == 404
    assert answer.json()["detail"] == (
        "Version 1 of the event evt_c has no claim clm_none. /v1/events/evt_c/claims lists all that it has now."
    )
    assert (await http.get(URL.replace("evt_c", "evt_none"))).json()["title"] == "No such event"
    assert (await http.get(URL, params={"versoin": 1})).status_code == 400


async def test_a_merged_id_answers_for_the_event_that_took_it_in_and_with_a_version_for_itself(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_articles(redis, [extracted("art_1")])
    merged = event("evt_old", 2, status=EventStatus.MERGED, merged_into="evt_c")
    await project_events(redis, [citing("art_1", event_id="evt_old")], [merged, citing("art_1")])
    path = URL.replace("evt_c", "evt_old")
    assert (await http.get(path)).json()["event_id"] == "evt_c"
    assert (await http.get(path, params={"version": 1})).json()["event_id"] == "evt_old"
