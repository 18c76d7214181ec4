"""The pages for people, over a real Redis."""

import json
import re
from datetime import timedelta
from typing import Any

import httpx
import pytest
from redis.asyncio import Redis

from services.api.pages.rendering import SERVICE_DIRECTORY
from services.contracts.article import Publisher, RemovedBlock
from services.contracts.base import Span
from services.contracts.claim import AttributionLink, Commitment, Speaker, SpeakerKind
from services.contracts.event import ArticleRole, Counts, Event, EventStatus, LineageEntry, TimelineEntry
from services.contracts.event_claims import FigureVerdict, Passage, SourceDenial
from tests.unit.api.examples import CLAIMS, NEAREST, NOON, TEXT, disputed, event, extracted, member
from tests.unit.api.pages.outline import DATA, Outline, page, words
from tests.unit.api.view import project_articles, project_events

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
MARK = "\u05d0\u05d1"
"""Hebrew, so that a browser has something to turn."""
TURN = "\u202e\u2069" + MARK
WRITTEN = {
    *("title", "headline", "name", "surface", "canonical", "role", "organisation", "explanation", "counted", "unit"),
    *("what", "reason", "place", "source", "sources", "says", "text", "cue", "wire_credit"),
}


async def test_an_empty_system_says_how_to_submit(http: httpx.AsyncClient) -> None:
    outline = await page(http, "/")
    assert "No events yet" in outline.words
    assert "newsweave submit" in outline.words
    assert "/v1/articles" in outline.words


async def test_the_list_says_who_tells_an_event_and_in_how_many_points_they_differ(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed(), event("evt_quiet", minutes=24 * 60)])
    outline = await page(http, "/")
    assert "/events/evt_d" in outline.links
    assert "3 outlets" in outline.words
    assert "2 independent origins" in outline.words
    assert "1 disagreement" in outline.words
    assert words(outline).index("4 March 2026") < words(outline).index("3 March 2026")


async def test_a_long_list_goes_on_on_further_pages(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event(f"evt_{number:02}", minutes=number) for number in range(45)])
    seen: list[str] = []
    path = "/"
    for _ in range(3):
        outline = await page(http, path)
        seen += [link for link in outline.links if link.startswith("/events/")]
        path = next((link for link in outline.links if link.startswith("/?cursor=")), "")
    assert path == ""
    assert seen == [f"/events/evt_{number:02}" for number in reversed(range(45))]
    assert "/" in outline.links


async def test_an_event_page_shows_both_sides_of_a_disagreement_and_who_says_so(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed()])
    text = words(await page(http, "/events/evt_d"))
    assert "3 articles by 3 outlets, 2 independent origins" in text
    differ = text[text.index("Where reports differ") : text.index("Reported independently")]
    assert "At least 14 against 9" in differ
    assert "At least 14 people were killed. Ilya Marchenkov, Transport Minister" in differ
    assert "Reported by Corrow Gazette, Northgate Daily" in differ
    assert "Nine bodies were brought ashore." in differ
    assert "people killed Reports conflict" in differ


async def test_what_is_denied_stands_on_the_page_in_the_sentence_that_tells_it(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    passage = Passage(article_id="art_1", span=Span(start=0, end=34), text="The port denied that it had known.")
    denial = SourceDenial(source="The port", passages=(passage,), origins=1)
    await project_events(redis, [event("evt_d", articles=(member("art_1"),)).model_copy(update={"denials": (denial,)})])
    text = words(await page(http, "/events/evt_d"))
    denied = text[text.index("What is denied") :]
    assert "The port The port denied that it had known." in denied
    assert "Reported by Corrow Gazette" in denied


async def test_a_claim_that_is_denied_is_shown_as_denied_wherever_it_stands(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    given = disputed()
    door = given.claims[2]
    denies = {"commitment": Commitment.DENIES, "cue": "denied", "text": "the door was open"}
    supports = tuple(support.model_copy(update=denies) for support in door.supports)
    denied = door.model_copy(update=denies | {"supports": supports})
    await project_events(redis, [given.model_copy(update={"claims": (*given.claims[:2], denied)})])
    text = words(await page(http, "/events/evt_d"))
    assert text.count("Denied: the door was open") == text.count("the door was open") > 1
    assert "Ilya Marchenkov, Transport Minister – Denied: the door was open" in text


async def test_a_claim_has_an_address_and_leads_to_its_words_in_our_text_and_at_the_outlet(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed()])
    outline = await page(http, "/events/evt_d")
    assert "clm_door" in outline.ids
    assert "#clm_door" in outline.links  # in the matrix
    assert "/events/evt_d@4?claim=clm_door#clm_door" in outline.links  # beside the claim, to be copied
    assert "/articles/art_1#clm_door_art_1" in outline.links
    directive = "text=The%20door%20was%20open%2C%20the%20minister%20said."
    assert f"https://corrowgazette.example/ferry#:~:{directive}" in outline.links


async def test_each_sentence_of_the_summary_leads_to_its_words_in_its_article(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed()])
    assert "/articles/art_2#:~:text=A%20ferry%20capsized." in (await page(http, "/events/evt_d")).links


async def test_the_list_counts_articles_where_no_outlet_is_named(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event().model_copy(update={"counts": Counts(articles=5, publishers=0, origins=5)})])
    text = words(await page(http, "/"))
    assert "5 articles 5 independent origins" in text
    assert "0 outlets" not in text


async def test_an_article_page_says_once_what_is_not_known(http: httpx.AsyncClient, redis: Redis) -> None:
    given = extracted(title=None)
    article = given.article.model_copy(update={"publisher": Publisher(), "published_at": None})
    await project_articles(redis, [given.model_copy(update={"article": article})])
    text = words(await page(http, "/articles/art_a"))
    assert "The outlet, title and date of this article are not known." in text
    assert "unnamed" not in text
    assert "no date" not in text


async def test_an_empty_cell_says_no_more_than_is_known(http: httpx.AsyncClient, redis: Redis) -> None:
    given = disputed()
    partial = given.model_copy(update={"version": 5, "omitted": given.omitted.model_copy(update={"supports": 7})})
    warning = "There are 7 more reports of claims that this page does not have: an empty cell may be one of them."
    for view, warned in ((given, False), (partial, True)):
        await project_events(redis, [view])
        assert (warning in words(await page(http, "/events/evt_d"))) is warned


async def test_each_plot_has_a_table_behind_it(http: httpx.AsyncClient, redis: Redis) -> None:
    given = disputed()
    hours = (0, 3, 1)
    moments = (TimelineEntry(at=NOON, article_id="art_1", what="It sank"),)
    articles = tuple(
        article.model_copy(update={"published_at": NOON + timedelta(hours=after)})
        for article, after in zip(given.articles, hours, strict=True)
    )
    await project_events(redis, [given.model_copy(update={"articles": articles, "timeline": moments})])
    text = words(await page(http, "/events/evt_d"))
    figures = text[text.index("Figures") : text.index("Who reports what")]
    assert "At least 14 – officials" in figures
    assert "As a table: people killed ValueAccording toFound atSince 9 officials" in figures
    matrix = text[text.index("Who reports what") : text.index("As it was reported")]
    assert "Ilya Marchenkov, Transport Minister: At least 14 people were killed.reportsreports" in matrix
    timeline = text[text.index("As it was reported") : text.index("Reported independently")]
    assert "Corrow Gazette and 1 reprint The Harbour Post" in timeline
    assert "The reports as a list (1, without reprints) 3 March 2026, 12:00 UTC It sank Corrow Gazette" in timeline


async def test_a_page_says_where_it_found_what_it_does_not_know_to_stand_elsewhere(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed()])
    text = words(await page(http, "/events/evt_d"))
    single = text[text.index("Found in one origin") :]
    assert "Others may say the same in words that Newsweave did not recognise as the same." in single
    assert "ValueAccording toFound atSince" in text
    assert "give one value" not in text


async def test_the_counts_of_an_event_are_explained_on_its_page(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    text = words(await page(http, "/events/evt_d"))
    meaning = text[text.index("What these numbers mean") : text.index("In short")]
    assert "An origin is a text that was written by itself" in meaning
    assert "All articles of one outlet are one origin." in meaning


async def test_the_head_of_an_event_page_describes_it_to_other_machines(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    answer = (await http.get("/events/evt_d")).text
    assert '<meta property="og:title" content="Ferry capsizes off Port Eldrin">' in answer
    assert '<meta property="og:description" content="A ferry capsized.">' in answer
    kinds = [node["@type"] for node in json.loads(Outline(answer).data)["@graph"]]
    assert kinds == ["NewsArticle"] * 4 + ["Claim"] * 3


async def test_an_event_page_says_why_each_article_is_there_and_what_reprints_what(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed()])
    text = words(await page(http, "/events/evt_d"))
    assert "The first of this event that Newsweave read." in text
    assert "Its words, names, places and days fit those of the event." in text
    assert "0.83" not in text  # the article's page has the number
    assert "It would fit evt_other second best, with 0.12." in text
    assert "By which signals" in text
    assert re.search(r"Corrow Gazette the text that 1 other reprints .*\b1 reprint .*Northgate Daily reprint", text)


async def test_an_event_page_says_why_it_is_not_one_with_the_nearest_other(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [disputed().model_copy(update={"nearest": NEAREST})])
    outline = await page(http, "/events/evt_d")
    assert f"{NEAREST.sentence} That event" in words(outline)
    assert "/events/evt_near" in outline.links


async def test_an_event_page_lists_names_that_are_spelt_differently(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    text = words(await page(http, "/events/evt_d"))
    assert "Ilia MarchenkovThe Harbour Post" in text


async def test_a_merged_id_shows_the_event_and_says_which_id_was_asked(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event("evt_old", 2, status=EventStatus.MERGED, merged_into="evt_d"), disputed()])
    text = words(await page(http, "/events/evt_old"))
    assert "Event evt_old turned out to be the same as this one" in text


async def test_an_event_without_anything_optional_has_a_page(http: httpx.AsyncClient, redis: Redis) -> None:
    bare = Event(
        event_id="evt_bare",
        version=1,
        headline="Something happened",
        updated_at=event().updated_at,
        counts=event().counts,
        articles=(
            member("art_x", publisher=Publisher(), url=None, title=None).model_copy(update={"published_at": None}),
        ),
    )
    await project_events(redis, [bare])
    text = words(await page(http, "/events/evt_bare"))
    assert "The outlet, title and date of this article are not known." in text
    assert "unnamed" not in text
    assert "Newsweave marks a difference" not in text
    assert "Where reports differ" not in text
    assert "Differences" not in text


async def test_an_article_page_marks_every_claim_at_its_span(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted()])
    outline = await page(http, "/articles/art_a")
    assert outline.marked == list(CLAIMS)
    assert {"clm_0", "clm_1", "claim-1", "claim-2"} <= set(outline.ids)


async def test_the_text_of_an_article_holds_no_numbers_of_claims(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted()])
    assert TEXT in words(await page(http, "/articles/art_a"))


async def test_an_article_page_shows_what_was_removed(http: httpx.AsyncClient, redis: Redis) -> None:
    given = extracted()
    removed = RemovedBlock(reason="newsletter", text_hash="ab" * 32, chars=27)
    article = given.article.model_copy(update={"removed_blocks": (removed,)})
    await project_articles(redis, [given.model_copy(update={"article": article})])
    assert "newsletter27abababababab…" in words(await page(http, "/articles/art_a"))


@pytest.mark.parametrize("path", ["/", "/events/evt_d", "/articles/art_h"])
async def test_hostile_text_stays_text(http: httpx.AsyncClient, redis: Redis, path: str) -> None:
    hostile = disputed()
    articles = tuple(
        each.model_copy(update={"title": HOSTILE, "url": "javascript:alert(3)", "publisher": Publisher(name=HOSTILE)})
        for each in hostile.articles
    )
    claims = tuple(each.model_copy(update={"text": HOSTILE, "variants": (HOSTILE,)}) for each in hostile.claims)
    await project_events(
        redis, [hostile.model_copy(update={"headline": HOSTILE, "articles": articles, "claims": claims})]
    )
    text = f"He said {HOSTILE} twice."
    await project_articles(
        redis,
        [extracted("art_h", text=text, claims=(HOSTILE,), title=HOSTILE, url="javascript:alert(3)")],
    )
    outline = await page(http, path)
    assert "img" not in outline.tags
    assert set(outline.scripts) <= {DATA}
    assert not {name for name in outline.attributes if name.startswith("on") or name == "style"}
    assert not [link for link in outline.links if "javascript" in link]
    assert HOSTILE in outline.words


async def test_hostile_ids_do_not_break_out(http: httpx.AsyncClient, redis: Redis) -> None:
    event_id, article_id = 'evt_"><script>x', 'art_"><b>'
    await project_events(redis, [event(event_id, articles=(member(article_id),))])
    listed, shown = await page(http, "/"), await page(http, "/events/evt_%22%3E%3Cscript%3Ex")
    assert "/events/evt_%22%3E%3Cscript%3Ex" in listed.links
    assert "/articles/art_%22%3E%3Cb%3E" in shown.links
    assert "b" not in {*listed.tags, *shown.tags}
    assert {*listed.scripts, *shown.scripts} == {DATA}


def turned(value: Any) -> Any:
    """The same contract with a right-to-left override in front of everything that somebody else may have written."""
    if isinstance(value, dict):
        return {
            key: [TURN + each for each in part]
            if key in WRITTEN and isinstance(part, list)
            else TURN + part
            if key in WRITTEN and isinstance(part, str) and part not in {each.value for each in ArticleRole}
            else turned(part)
            for key, part in value.items()
        }
    return [turned(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("path", ["/", "/events/evt_d", "/articles/art_a"])
async def test_nothing_that_others_write_turns_what_stands_beside_it(
    http: httpx.AsyncClient, redis: Redis, path: str
) -> None:
    one = disputed()
    reason = LineageEntry(kind="merge", event_id="evt_x", reason="the same ferry")
    moment = TimelineEntry(at=one.updated_at, article_id="art_1", what="It sank")
    single = one.figures[0].model_copy(update={"values": one.figures[0].values[:1], "verdict": FigureVerdict.SINGLE})
    full = one.model_copy(update={"lineage": (reason,), "timeline": (moment,), "figures": (*one.figures, single)})
    await project_events(redis, [Event.model_validate(turned(full.model_dump(mode="json")))])
    given = extracted(text=TURN + TEXT, claims=(TURN + CLAIMS[0], CLAIMS[1]), title=TURN + "Ferry")
    speaker = Speaker(
        surface="S", span=Span(start=0, end=1), canonical=TURN + "Selwick", kind=SpeakerKind.PERSON, role=TURN + "Mayor"
    )
    chain = (AttributionLink(name=TURN + "NRA", kind=SpeakerKind.ORGANISATION),)
    claims = [
        each.model_copy(update={"speaker": speaker, "cue": TURN + "said", "attribution": chain})
        for each in given.claims
    ]
    article = given.article.model_copy(
        update={
            "publisher": Publisher(name=TURN + "Gazette"),
            "authors": (TURN + "A. Writer", "\u200b"),
            "wire_credit": TURN + "NRA",
        }
    )
    await project_articles(redis, [given.model_copy(update={"article": article, "claims": tuple(claims)})])
    answer = (await http.get(path)).text
    # In the head, where there are no elements to isolate with, our own isolates stand around titles.
    assert not re.search("[\u200b\u202a-\u202e\u2066-\u2069]", answer)
    outline = await page(http, path)
    assert MARK in outline.words
    assert [text for text in outline.exposed if MARK in text] == []


async def test_a_name_or_title_that_nobody_can_see_counts_as_none(http: httpx.AsyncClient, redis: Redis) -> None:
    unseen = "\u200b\u202e \u2060"
    articles = (member("art_u", publisher=Publisher(name=unseen), title=unseen),)
    await project_events(redis, [event("evt_u", articles=articles, headline=unseen)])
    text = words(await page(http, "/events/evt_u"))
    assert "Untitled event" in text
    assert "The outlet and title of this article are not known." in text
    assert "Untitled event" in words(await page(http, "/"))


async def test_the_json_gives_names_as_they_came(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event("evt_u", headline="\u202eFerry")])
    assert (await http.get("/v1/events/evt_u")).json()["headline"] == "\u202eFerry"


async def test_an_address_of_the_web_becomes_a_link_to_the_outlet(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted()])
    assert "https://corrowgazette.example/ferry" in (await page(http, "/articles/art_a")).links


async def test_a_broken_cursor_in_the_address_bar_is_a_page_that_leads_back(http: httpx.AsyncClient) -> None:
    answer = await http.get("/?cursor=nonsense", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    assert "/" in Outline(answer.text).links


async def test_pages_load_nothing_from_elsewhere(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    outline = await page(http, "/events/evt_d")
    assert outline.scripts == [DATA]
    assert "style" not in outline.attributes
    assert "style" not in outline.tags
    style = next(link for link in outline.links if link.endswith("/newsweave.css"))
    assert style.startswith("/static/")
    sheet = (await http.get(style)).text
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_templates_never_switch_escaping_off() -> None:
    for template in (SERVICE_DIRECTORY / "templates").glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", template.read_text()), template.name


async def test_the_text_of_an_article_is_complete_on_its_page(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted(text=TEXT + "\n\nA second paragraph.")])
    answer = (await http.get("/articles/art_a")).text
    body = answer[answer.index('class="main text"') : answer.index('class="side"')]
    plain = re.sub(r"<sup.*?</sup>|<[^>]*>", "", body[body.index(">") + 1 :])
    assert "Nine people died, the port said. &#34;The door was open,&#34; Marta Selwick said." in plain
    assert "A second paragraph." in plain


async def test_no_line_of_a_page_is_indented_before_a_tag_since_big_pages_are_slow(http: httpx.AsyncClient) -> None:
    assert re.search(r"\n[ \t]+<", (await http.get("/")).text) is None
