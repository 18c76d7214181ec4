"""The JSON side, over a real Redis."""

from datetime import timedelta

import httpx
import orjson
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.models import ArticleView, EventList
from services.api.pages.rendering import WORKER_POLICY, Pages
from services.api.view_store import ViewStore
from services.contracts.event import Event, EventStatus
from tests.unit.api.examples import NEAREST, NOON, disputed, event, extracted, member
from tests.unit.api.view import project_articles, project_events

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def app() -> FastAPI:
    """The app over a Redis that is not there."""
    return create_app(ViewStore(Redis.from_url("redis://127.0.0.1:1/0")))


async def test_an_empty_system_lists_nothing(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/events")
    assert (answer.status_code, answer.json()) == (200, {"events": [], "next": None})


async def test_a_summary_says_how_widely_an_event_is_told(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    (summary,) = (await http.get("/v1/events")).json()["events"]
    assert summary == {
        "event_id": "evt_d",
        "version": 4,
        "status": "open",
        "headline": "Ferry capsizes off Port Eldrin",
        "languages": ["en"],
        "counts": {"articles": 3, "publishers": 3, "origins": 2},
        "claims": 3,
        "contradictions": 1,
        "first_published_at": "2026-03-03T12:00:00Z",
        "last_published_at": "2026-03-03T12:00:00Z",
        "updated_at": "2026-03-03T12:00:00Z",
        "url": "/v1/events/evt_d",
        "page": "/events/evt_d",
    }


async def test_following_next_gives_every_event_once_whatever_comes_in(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event(f"evt_{number}", minutes=number // 3) for number in range(10)])
    seen: list[str] = []
    cursor: str | None = None
    for part in range(4):
        given = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        body = EventList.model_validate_json((await http.get("/v1/events", params=given)).content)
        seen += [summary.event_id for summary in body.events]
        cursor = body.next
        await project_events(redis, [event(f"evt_new_{part}", minutes=60 + part)])
    assert cursor is None
    assert seen == sorted((f"evt_{number}" for number in range(10)), reverse=True)


async def test_an_event_is_served_as_the_contract_byte_for_byte(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    answer = await http.get("/v1/events/evt_d")
    assert answer.content == disputed().model_dump_json().encode()
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-location"] == "/v1/events/evt_d"
    assert "newsweave-requested-event" not in answer.headers


async def test_an_unchanged_event_is_not_sent_twice(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event()])
    etag = (await http.get("/v1/events/evt_a")).headers["etag"]
    again = await http.get("/v1/events/evt_a", headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    await project_events(redis, [event(version=2)])
    changed = await http.get("/v1/events/evt_a", headers={"If-None-Match": etag})
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    assert changed.headers["etag"].startswith('"2-')


@pytest.mark.parametrize("path", ["/v1/events", "/v1/articles/art_a"])
async def test_an_unchanged_list_or_article_is_not_sent_twice(http: httpx.AsyncClient, redis: Redis, path: str) -> None:
    await project_events(redis, [event()])
    await project_articles(redis, [extracted()])
    etag = (await http.get(path)).headers["etag"]
    assert (await http.get(path, headers={"If-None-Match": etag})).status_code == 304
    await project_events(redis, [event(version=2, articles=(member("art_a"),))])
    assert (await http.get(path, headers={"If-None-Match": etag})).status_code == 200


async def test_a_merged_id_answers_with_the_event_that_took_it_in(http: httpx.AsyncClient, redis: Redis) -> None:
    merged = [
        event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b"),
        event("evt_b", 2, status=EventStatus.MERGED, merged_into="evt_c"),
    ]
    await project_events(redis, [*merged, event("evt_c")])
    answer = await http.get("/v1/events/evt_a")
    assert answer.json()["event_id"] == "evt_c"
    assert answer.headers["newsweave-requested-event"] == "evt_a"
    assert answer.headers["content-location"] == "/v1/events/evt_c"
    assert [summary["event_id"] for summary in (await http.get("/v1/events")).json()["events"]] == ["evt_c"]


async def test_a_merge_that_is_seen_before_its_target_answers_with_itself(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    await project_events(redis, [event("evt_a", 2, status=EventStatus.MERGED, merged_into="evt_b")])
    assert Event.model_validate_json((await http.get("/v1/events/evt_a")).content).merged_into == "evt_b"


async def test_a_ring_of_merges_still_answers(http: httpx.AsyncClient, redis: Redis) -> None:
    ring = [
        event(one, status=EventStatus.MERGED, merged_into=other)
        for one, other in (("evt_a", "evt_b"), ("evt_b", "evt_a"))
    ]
    await project_events(redis, ring)
    assert (await http.get("/v1/events/evt_a")).status_code == 200


async def test_an_article_comes_with_its_claims_and_its_event(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_articles(redis, [extracted()])
    assert (await http.get("/v1/articles/art_a")).json()["event_id"] is None
    await project_events(redis, [event("evt_a", articles=(member("art_a"),))])
    answer = ArticleView.model_validate_json((await http.get("/v1/articles/art_a")).content)
    assert answer.event_id == "evt_a"
    assert (answer.article, answer.claims) == (extracted().article, extracted().claims)


@pytest.mark.parametrize(
    "path", ["/v1/events/evt_none", "/v1/articles/art_none", "/nothing/here", "/events/e", "/articles/a"]
)
async def test_what_is_not_there_is_a_problem_for_programs_and_a_page_for_people(
    http: httpx.AsyncClient, path: str
) -> None:
    program, person = await http.get(path), await http.get(path, headers=BROWSER)
    assert (program.status_code, person.status_code) == (404, 404)
    assert program.headers["content-type"] == "application/problem+json"
    assert program.json()["status"] == 404
    assert "/v1/events" in program.json()["detail"]
    assert person.headers["content-type"].startswith("text/html")
    assert 'href="/"' in person.text
    assert all(answer.headers["vary"].startswith("Accept") for answer in (program, person))


@pytest.mark.parametrize("name", ["%00", "%0d%0aX-Evil:%201", "%3Cscript%3E", "*", "a" * 5_000, "%F0%9F%93%B0", "%ff"])
@pytest.mark.parametrize("place", ["/v1/events/", "/v1/articles/", "/events/", "/articles/"])
async def test_an_id_of_any_characters_is_only_not_there(http: httpx.AsyncClient, place: str, name: str) -> None:
    program, person = await http.get(place + name), await http.get(place + name, headers=BROWSER)
    assert (program.status_code, person.status_code) == (404, 404)
    assert "x-evil" not in program.headers
    assert "<script" not in person.text


@pytest.mark.parametrize(
    "query",
    [
        "cursor=nonsense",
        "cursor=",
        "cursor=%00",
        "cursor=" + "A" * 5_000,
        "limit=0",
        "limit=101",
        "limit=many",
        "limit=",
    ],
)
async def test_a_bad_parameter_is_named(http: httpx.AsyncClient, query: str) -> None:
    answer = await http.get(f"/v1/events?{query}")
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == f"query.{query.partition('=')[0]}"


@pytest.mark.parametrize("headers", [{}, BROWSER])
async def test_a_store_that_is_away_is_said_with_when_to_try_again(headers: dict[str, str]) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app()), base_url="http://x.test") as client:
        for path in ("/v1/events", "/v1/events/e", "/v1/articles/a", "/"):
            answer = await client.get(path, headers=headers)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
            assert "/readyz" in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/v1/events", "/v1/events/evt_a", "/events/evt_a", "/static/newsweave.css", "/nothing"]
)
async def test_head_answers_as_get_without_the_body(http: httpx.AsyncClient, redis: Redis, path: str) -> None:
    await project_events(redis, [event()])
    get, head = await http.get(path), await http.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-length"] == get.headers["content-length"]
    assert head.headers.get("etag") == get.headers.get("etag")


@pytest.mark.parametrize("path", ["/v1/events", "/nothing", "/static/newsweave.css", "/openapi.json", "/docs"])
async def test_every_answer_forbids_scripts_and_guessing(http: httpx.AsyncClient, path: str) -> None:
    headers = (await http.get(path)).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "script-src" not in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["/v1/events/", "/static", "/static/", "//evil.example/", "/v1//evil.example/", "/openapi.json/"]
)
async def test_no_address_redirects_to_the_name_that_a_client_gave(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(f"http://newsweave.test{path}")
    assert answer.status_code == 404
    assert "location" not in answer.headers


@pytest.mark.parametrize("query", ["cursor=nonsense", "cursor=%00"])
async def test_a_bad_cursor_on_the_page_is_a_page_that_says_so(http: httpx.AsyncClient, query: str) -> None:
    answer = await http.get(f"/?{query}", headers=BROWSER)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "cursor" in answer.text


@pytest.mark.parametrize("sent", ["*", "nonsense", '"', ",,,", 'W/"x", "y"' * 500, "\xff"])
async def test_any_if_none_match_gets_an_answer(http: httpx.AsyncClient, redis: Redis, sent: str) -> None:
    await project_events(redis, [event()])
    headers = [(b"If-None-Match", sent.encode("latin-1"))]
    answer = await http.get("/v1/events/evt_a", headers=headers)
    assert answer.status_code == (304 if sent == "*" else 200)


async def test_writing_is_refused_in_words(http: httpx.AsyncClient) -> None:
    answer = await http.post("/v1/events", json={})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.json()["detail"] == "POST is not offered at /v1/events, only GET."


async def test_the_api_description_covers_answers_errors_and_headers(http: httpx.AsyncClient) -> None:
    document = (await http.get("/openapi.json")).json()
    assert document["paths"].keys() >= {
        "/v1/articles/{article_id}",
        "/v1/articles/{article_id}/membership",
        "/v1/articles/{article_id}/trace",
        "/v1/events",
        "/v1/events/{event_id}",
        "/v1/events/{event_id}/articles",
        "/v1/events/{event_id}/claims",
        "/v1/events/{event_id}/verification",
        "/v1/limits",
    }
    for path, operations in document["paths"].items():
        for operation in operations.values():
            responses = operation["responses"]
            assert "503" in responses, path
            assert "application/problem+json" in responses["503"]["content"]
            assert operation["description"]
            assert all(parameter["description"] for parameter in operation.get("parameters", []))
    schemas = document["components"]["schemas"]
    assert {"Event", "FoundEventList", "ListedEvent", "FoundClaim", "ArticleView"} <= schemas.keys()
    assert "HTTPValidationError" not in orjson.dumps(document).decode()
    assert "ETag" in document["paths"]["/v1/events/{event_id}"]["get"]["responses"]["200"]["headers"]


async def test_times_before_1970_and_far_years_keep_their_order(http: httpx.AsyncClient, redis: Redis) -> None:
    old = event("evt_old").model_copy(update={"updated_at": NOON.replace(year=1801)})
    far = event("evt_far").model_copy(update={"updated_at": NOON + timedelta(days=365 * 5000)})
    await project_events(redis, [old, event("evt_now"), far])
    body = (await http.get("/v1/events")).json()
    assert [summary["event_id"] for summary in body["events"]] == ["evt_far", "evt_now", "evt_old"]


@pytest.mark.parametrize(
    "limit", ["1_0", " 1", "1 ", "+1", "1.0", "1e1", "\u0661", "\uff11", "", "0x1", "0", "101", "-1"]
)
async def test_a_limit_is_written_in_plain_digits(http: httpx.AsyncClient, limit: str) -> None:
    answer = await http.get("/v1/events", params={"limit": limit})
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == ["query.limit"]


async def test_files_of_this_version_are_kept_and_others_asked_for_again(http: httpx.AsyncClient) -> None:
    kept = await http.get(f"{Pages().static_path}/stream.js")
    assert kept.headers["content-type"].startswith("text/javascript")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await http.get("/static/stream.js")).headers["cache-control"] == "no-cache"
    assert (await http.get("/static/00000000/stream.js")).status_code == 404


@pytest.mark.parametrize("path", ["/static/newsweave.css/", "/static//newsweave.css"])
async def test_a_file_has_one_address(http: httpx.AsyncClient, path: str) -> None:
    answer = await http.get(path)
    assert answer.status_code == 404


async def test_event_and_membership_say_which_event_is_nearest_and_what_spoke_against_it(
    http: httpx.AsyncClient, redis: Redis
) -> None:
    listed = member("art_a")
    placed = listed.membership.model_copy(update={"nearest": NEAREST})
    one = event(articles=(listed.model_copy(update={"membership": placed}),))
    await project_events(redis, [one.model_copy(update={"nearest": NEAREST})])
    await project_articles(redis, [extracted("art_a")])
    told = NEAREST.model_dump(mode="json")
    assert (await http.get("/v1/articles/art_a/membership")).json()["membership"]["nearest"] == told
    assert (await http.get("/v1/events/evt_a")).json()["nearest"] == told


async def test_a_worker_of_ours_may_open_a_stream(http: httpx.AsyncClient) -> None:
    worker = await http.get(f"{Pages().static_path}/stream_worker.js")
    assert worker.headers["content-security-policy"] == WORKER_POLICY
    module = await http.get(f"{Pages().static_path}/stream.js")
    assert "connect-src" not in module.headers["content-security-policy"]
