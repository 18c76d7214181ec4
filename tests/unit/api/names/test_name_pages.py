"""The pages of speakers, entities and outlets, and the links that lead there, with a real Redis and a follower."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis

from services.api.search.following import IndexFollower
from services.contracts.article import Publisher
from services.contracts.claim import ClaimKind, SpeakerKind
from services.contracts.event import Event
from services.contracts.event_claims import Contradiction, ContradictionKind, SupportForm
from tests.unit.api.examples import POST, event, extracted, member
from tests.unit.api.names.named_events import claim, entity, quoted, says, speaker, support
from tests.unit.api.pages.outline import Outline, page, words
from tests.unit.api.search.followers import caught_up, client_of, following
from tests.unit.api.view import project_articles, project_events

MOST_BYTES = 150_000
ATTACK = (
    "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' style='x' \u202e\u2066\u200b{{ 7*7 }}"
)
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b]")


class Site:
    """Puts events in and reads pages."""

    def __init__(self, http: httpx.AsyncClient, redis: Redis, follower: IndexFollower) -> None:
        self.http, self.redis, self.follower = http, redis, follower

    async def put(self, *events: Event) -> None:
        await project_events(self.redis, list(events))
        await caught_up(self.follower, self.redis)

    async def page(self, path: str) -> Outline:
        return await page(self.http, path)


@pytest.fixture
async def site(redis: Redis, tmp_path: Path) -> AsyncIterator[Site]:
    async with following(redis, tmp_path) as follower, client_of(redis, follower) as http:
        yield Site(http, redis, follower)


def contradicted() -> Event:
    """Ada Reyl is contradicted by Tom Reyl."""
    given = quoted()
    contradiction = Contradiction(
        kind=ContradictionKind.POLARITY, sides=("clm_safe", "clm_not"), explanation="One says so, one does not."
    )
    quotation, denial = given.claims
    claims = (quotation, denial.model_copy(update={"cue": "denied"}))
    return given.model_copy(update={"claims": claims, "contradictions": (contradiction,)})


async def test_the_page_of_a_speaker_shows_who_quotes_how_who_relays_and_who_contradicts(site: Site) -> None:
    await site.put(contradicted())
    outline = await site.page("/speakers/ada-reyl")
    text = words(outline)
    assert "1 statement in 1 event, among them 1 quotation" in text
    assert "quoted whole Corrow Gazette (at the outlet) by way of Meridian Press" in text
    assert "quoted in part The bridge is “safe”. The Harbour Post" in text
    assert "reworded The bridge can be used, she said. Calm Daily" in text
    assert "Contradicted (yes or no) The bridge is not safe. Tom Reyl" in text
    assert {"/events/evt_q", "/events/evt_q#clm_safe", "/articles/art_q2#clm_in_art_q2", "/speakers/tom-reyl"} <= set(
        outline.links
    )
    assert any(link.startswith("https://harbourpost.example/bridge#:~:text=") for link in outline.links)
    assert "Denied: The bridge is not safe." in words(await site.page("/speakers/tom-reyl"))


async def test_a_piece_of_a_quotation_that_an_outlet_prints_whole_is_called_a_piece(site: Site) -> None:
    given = quoted()
    quotation, denial = given.claims
    whole, cut, reworded = quotation.supports
    piece = cut.model_copy(update={"text": "The bridge is safe", "form": SupportForm.FULL})
    supports = {"supports": (whole, piece, reworded)}
    await site.put(given.model_copy(update={"claims": (quotation.model_copy(update=supports), denial)}))
    text = words(await site.page("/speakers/ada-reyl"))
    assert "quoted whole, in pieces The bridge is safe The Harbour Post" in text


async def test_the_page_of_a_speaker_leads_to_events_that_name_it_only_where_there_are_some(site: Site) -> None:
    await site.put(says("evt_1", "Ada Reyl", entities=[entity("Ada Reyl")]), says("evt_2", "Tom Reyl", minutes=1))
    assert "/entities/ada-reyl" in (await site.page("/speakers/ada-reyl")).links
    outline = await site.page("/speakers/tom-reyl")
    assert not any(link.startswith("/entities/") for link in outline.links)
    assert (await site.http.get("/entities/tom-reyl")).status_code == 404


async def test_a_surname_leads_to_those_who_have_it(site: Site) -> None:
    await site.put(says("evt_1", "Ada Reyl", entities=[entity("Ada Reyl", "Reyl")]), says("evt_2", "Reyl", minutes=1))
    outline = await site.page("/speakers/reyl")
    assert {"/speakers/ada-reyl", "/events/evt_2"} <= set(outline.links)
    assert "/events/evt_1" not in outline.links
    assert "not enough to tell who or what is meant" in words(outline)


async def test_the_page_of_an_entity_leads_to_its_events_and_to_what_it_says(site: Site) -> None:
    named = entity("Tolmar Lines", kind="organisation")
    await site.put(
        says("evt_1", "Ada Reyl", entities=[named], text="Tolmar Lines runs the ferry."),
        says("evt_2", "Tolmar Lines", entities=[named], kind=SpeakerKind.ORGANISATION, minutes=1),
    )
    outline = await site.page("/entities/tolmar-lines")
    assert {"/events/evt_1", "/events/evt_2", "/speakers/tolmar-lines", "/speakers/ada-reyl"} <= set(outline.links)
    assert "Named in 2 events" in words(outline)


async def test_the_page_of_an_entity_says_what_is_only_alleged(site: Site) -> None:
    named = entity("Tolmar Lines", kind="organisation")
    given = says("evt_1", "Ada Reyl", entities=[named], text="Tolmar Lines hid the log.")
    await site.put(given)
    assert "Alleged:" not in words(await site.page("/entities/tolmar-lines"))
    alleged = given.claims[0].model_copy(update={"cue": "alleged"})
    await site.put(given.model_copy(update={"claims": (alleged,), "version": given.version + 1}))
    assert "Alleged: Tolmar Lines hid the log." in words(await site.page("/entities/tolmar-lines"))


async def test_the_page_of_an_outlet_says_what_is_counted_and_where_there_are_too_few(site: Site) -> None:
    await site.put(quoted())
    outline = await site.page("/outlets/harbourpost.example")
    text = words(outline)
    assert "1 article in 1 event" in text
    assert "Claims with a named source 2 of 2 claims too few to say" in text
    assert "/outlets/harbourpost.example?events=named#events" in outline.links
    assert "Events in which it names sources" in words(await site.page("/outlets/harbourpost.example?events=named"))


async def test_pages_go_on_part_by_part(site: Site) -> None:
    named = [entity("Ada Reyl")]
    await site.put(*(says(f"evt_{number:02}", "Ada Reyl", entities=named, minutes=number) for number in range(30)))
    for path, parts in (("/speakers/ada-reyl", 6), ("/entities/ada-reyl", 3), ("/outlets/corrowgazette.example", 2)):
        seen: list[str] = []
        following_part: str | None = path
        for _ in range(parts):
            assert following_part is not None
            outline = await site.page(following_part)
            seen += [link for link in dict.fromkeys(outline.links) if re.fullmatch("/events/evt_[0-9]+", link)]
            following_part = next((link for link in outline.links if "cursor=" in link), None)
        assert following_part is None
        assert seen == [f"/events/evt_{number:02}" for number in reversed(range(30))]


async def test_events_and_articles_lead_to_speakers_entities_and_outlets(site: Site) -> None:
    await site.put(contradicted())
    outline = await site.page("/events/evt_q")
    assert {"/speakers/ada-reyl", "/speakers/tom-reyl", "/entities/ada-reyl", "/outlets/calmdaily.example"} <= set(
        outline.links
    )
    await project_articles(site.redis, [extracted()])
    assert "/outlets/corrowgazette.example" in (await site.page("/articles/art_a")).links


async def test_an_article_leads_to_no_page_that_is_not_there(site: Site) -> None:
    given = extracted("art_a")
    said = given.claims[0].model_copy(update={"speaker": speaker("Marta Selwick")})
    await project_articles(site.redis, [given.model_copy(update={"claims": (said,)})])
    outline = await site.page("/articles/art_a")
    assert not any(link.startswith(("/speakers/", "/outlets/")) for link in outline.links)
    surname = says("evt_2", "Selwick", entities=[entity("Marta Ann Selwick", "Marta Selwick", "Selwick")], minutes=1)
    await site.put(event(articles=(member("art_a"),)), surname)
    outline = await site.page("/articles/art_a")
    assert {"/speakers/marta-selwick", "/outlets/corrowgazette.example"} <= set(outline.links)
    assert "/speakers/marta-ann-selwick" in (await site.page("/speakers/marta-selwick")).links


async def test_an_unknown_outlet_and_a_description_lead_nowhere(site: Site) -> None:
    article = member("art_u", publisher=Publisher())
    police = speaker("police", SpeakerKind.ORGANISATION)
    told = claim("clm_u", "It is open.", police, [support(article, "It is open.", police)])
    await site.put(event("evt_u", articles=(article,)).model_copy(update={"claims": (told,)}))
    links = (await site.page("/events/evt_u")).links
    assert [link for link in links if link.startswith(("/outlets", "/speakers", "/entities"))] == []


async def test_what_others_wrote_is_inert_and_bounded(site: Site) -> None:
    """Names and texts with markup, with characters that turn text, and a megabyte long."""
    name, long = f"Ada {ATTACK} Reyl", "&" * 1_000_000
    who = speaker(name, role=ATTACK)
    outlet = Publisher(name=ATTACK + "n" * 300, domain="attack.example")
    articles = tuple(
        member(f"art_{number}", publisher=outlet, origin_id=f"org_{number}", url=f"https://attack.example/{number}")
        for number in range(12)
    )
    claims = tuple(
        claim(
            f"clm_{number}",
            f"{ATTACK} {number} {'&' * 2_000}",
            who if number else speaker(name, role=ATTACK + long),
            [
                support(one, f"{one.article_id} {ATTACK} {'&' * 500}", who, SupportForm.CUT, by=ATTACK)
                for one in articles
            ],
            kind=ClaimKind.QUOTATION,
        )
        for number in range(40)
    )
    big = event("evt_x", articles=articles, headline=ATTACK + long[:100_000]).model_copy(
        update={"claims": claims, "entities": (entity(name, ATTACK, kind=ATTACK),)}
    )
    await site.put(big)
    key = "ada-title-script-script-alert-1-script-img-src-x-onerror-alert-2-style-x-7-7-reyl"
    for path in (f"/speakers/{key}", f"/entities/{key}", "/outlets/attack.example"):
        answer = await site.http.get(path)
        assert (answer.status_code, len(answer.content) < MOST_BYTES) == (200, True), (path, len(answer.content))
        assert not TURNING.search(answer.text), path
        outline = Outline(answer.text)
        assert not {"script", "img", "style"} & set(outline.tags)
        assert not {"style", "onerror", "onload"} & outline.attributes
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "script-src" not in answer.headers["content-security-policy"]
        assert not any(ATTACK[:20] in text for text in outline.exposed)


async def test_a_name_that_a_page_does_not_have_is_an_error_page(site: Site) -> None:
    await site.put(event("evt_1", articles=(member("art_1", publisher=POST),)))
    for path in ("/speakers/nobody", "/entities/nothing", "/outlets/nowhere.example", "/speakers/a%2Fb"):
        answer = await site.http.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8"), path


async def test_a_role_is_listed_once_however_it_is_capitalised(site: Site) -> None:
    given = says("evt_1", "Ada Reyl")
    (first,) = given.claims
    claims = tuple(
        first.model_copy(update={"claim_id": f"clm_{at}", "speaker": speaker("Ada Reyl", role=role)})
        for at, role in enumerate(("Coast guard commander", "coast guard commander", "engineer"))
    )
    await site.put(given.model_copy(update={"claims": claims}))
    text = words(await site.page("/speakers/ada-reyl")).casefold()
    assert (text.count("coast guard commander"), text.count("engineer")) == (1, 1)
