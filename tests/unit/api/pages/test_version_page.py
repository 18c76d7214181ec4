"""`/events/{event_id}@{version}`: the page of one version, with a receipt for each claim, over a real Redis."""

import httpx
import pytest
from redis.asyncio import Redis

from services.contracts.event import Event, EventStatus
from services.contracts.event_claims import MergedClaim
from tests.support.big_view import big_view
from tests.unit.api.examples import citing, event, extracted
from tests.unit.api.history.test_http_history import tell
from tests.unit.api.pages.outline import Outline, page, words
from tests.unit.api.view import project_articles, project_events

MOST_BYTES = 150_000


def _reports(claim: MergedClaim) -> int:
    return len(claim.supports)


def versions() -> tuple[Event, Event, Event]:
    """An event of one report that is reprinted and then loses a claim and its headline."""
    first = citing("art_1")
    second = citing("art_1", "art_2").model_copy(update={"version": 2})
    third = second.model_copy(update={"version": 3, "headline": "Port corrects", "claims": second.claims[:1]})
    return first, second, third


async def test_every_claim_of_the_event_page_has_a_link_to_its_lasting_address(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_articles(redis, [extracted("art_1")])
    await project_events(redis, [citing("art_1")])
    links = (await page(http, "/events/evt_c")).links
    assert {"/events/evt_c@1?claim=clm_dead#clm_dead", "/events/evt_c@1?claim=clm_door#clm_door"} <= set(links)
    outline = await page(http, "/events/evt_c@1")
    assert {"clm_dead", "clm_door"} <= set(outline.ids)
    text = words(outline)
    assert "This is version 1 of 1, from 3 March 2026, 12:00 UTC: the current one." in text
    assert "This address keeps these words when the event goes on." in text


async def test_a_version_keeps_its_words_and_says_what_the_current_one_says(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_articles(redis, [extracted("art_1"), extracted("art_2")])
    first, second, third = versions()
    await tell(redis, first)
    before = words(await page(http, "/events/evt_c@1"))
    await tell(redis, second, third, minutes=5)
    outline = await page(http, "/events/evt_c@1")
    after = words(outline)
    assert "This is version 1 of 3, from 4 March 2026, 16:00 UTC." in after
    assert "The current version says: Port corrects. 2 articles by 2 outlets, 2 independent origins." in after
    assert {"/events/evt_c", "/events/evt_c@2"} <= set(outline.links)
    for begin, end in (
        ("Ferry capsizes off Port Eldrin 1 article", "Found in one origin"),
        ("Articles", "Record"),
    ):
        assert before[before.index(begin) : before.rindex(end)] == after[after.index(begin) : after.rindex(end)]
    assert before.count("Receipt: 1 report verified") == after.count("Receipt: 1 report verified") == 2


async def test_a_claim_of_an_earlier_version_says_what_became_of_it(http: httpx.AsyncClient, redis: Redis) -> None:
    first, second, third = versions()
    changed = third.claims[0].model_copy(update={"text": "Nine people died", "origins": 2})
    await tell(redis, first, second, third.model_copy(update={"claims": (changed,)}))
    text = words(await page(http, "/events/evt_c@1"))
    assert "The current version counts 2 independent origins, and says: “Nine people died”" in text
    assert "The current version does not have this claim any more." in text


async def test_a_receipt_shows_words_place_check_and_arrival(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted("art_1")])
    await project_events(redis, [citing("art_1", "art_2")])
    outline = await page(http, "/events/evt_c@1?claim=clm_dead")
    text = words(outline)
    receipt = text[text.index("Receipt: 1 of 2 reports verified") :]
    assert "Corrow Gazette verified characters 0 to 32 of revision 1 received 3 March 2026, 12:00 UTC" in receipt
    assert "not verifiable characters 0 to 32 of revision 1" in receipt
    assert "Not verifiable: the text is no longer kept." in receipt
    assert "/v1/events/evt_c/claims/clm_dead/receipt?version=1" in outline.links


async def test_receipts_that_are_not_asked_for_say_how_many_reports_are_verified_and_lead_to_each(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_articles(redis, [extracted("art_1")])
    await project_events(redis, [citing("art_1", "art_2")])
    plain, asked, unknown = [
        await page(http, f"/events/evt_c@1{query}") for query in ("", "?claim=clm_door", "?claim=x")
    ]
    assert words(plain).count("Receipt: 1 of 2 reports verified") == 2
    assert words(plain).count("Each report, with its place and hash") == 2
    assert "characters 0 to 32" not in words(plain)
    assert "/events/evt_c@1?claim=clm_dead#clm_dead" in plain.links
    assert words(asked).count("Each report, with its place and hash") == 1
    assert words(asked).count("This receipt as JSON") == 1
    assert words(unknown) == words(plain)


async def test_a_version_that_is_not_kept_leads_to_the_current_one(http: httpx.AsyncClient, redis: Redis) -> None:
    await tell(redis, event("evt_a", 3), event("evt_a", 9))
    told = {
        1: "Version 1 is no longer kept: the history of the event evt_a begins at version 3.",
        5: "Of the event evt_a there is no version 5: an event that changes often passes some over.",
        12: "Of the event evt_a there is no version 12 yet: the latest is 9.",
    }
    for version, sentence in told.items():
        answer = await http.get(f"/events/evt_a@{version}", headers={"Accept": "text/html"})
        outline = Outline(answer.text)
        assert answer.status_code == 404
        assert sentence in words(outline)
        assert "/events/evt_a" in outline.links
        assert ("/events/evt_a@3" in outline.links) is (version < 9)


@pytest.mark.parametrize("version", ["x", "1.0", "-1", "", "9" * 5_000, "٣"])
async def test_what_is_no_version_is_nowhere(http: httpx.AsyncClient, redis: Redis, version: str) -> None:
    await project_events(redis, [event("evt_a")])
    assert (await http.get(f"/events/evt_a@{version}")).status_code == 404


async def test_a_merged_event_keeps_its_versions_and_leads_to_the_one_that_took_it_in(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    merged = event("evt_old", 2, status=EventStatus.MERGED, merged_into="evt_c")
    await project_events(redis, [citing("art_1", event_id="evt_old")], [merged, citing("art_1")])
    outline = await page(http, "/events/evt_old@1")
    text = words(outline)
    assert "The event was merged into another one since, which says: Ferry capsizes off Port Eldrin." in text
    assert "/events/evt_c" in outline.links
    assert "The current version says the same." in text


async def test_the_page_of_a_version_of_a_big_event_is_bounded(http: httpx.AsyncClient, redis: Redis) -> None:
    given = big_view(1_000, 300)
    await project_events(redis, [given])
    answer = await http.get(f"/events/{given.event_id}@7?claim={max(given.claims, key=_reports).claim_id}")
    assert (answer.status_code, len(answer.content) <= MOST_BYTES) == (200, True)
    assert "more reports and all digits: This receipt as JSON" in words(Outline(answer.text))
