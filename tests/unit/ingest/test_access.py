"""Who may submit where others can reach the service."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.ingest.feeds.routes import FeedsPlace, feeds_router
from services.ingest.push.access import Access
from services.ingest.push.idempotency import HEADER
from services.ingest.settings import IngestSettings
from services.runtime.api_keys import ApiKey, Scope, hash_of, key_text, write_keys
from services.runtime.http_access import KeysMissing
from tests.unit.ingest.fakes import row
from tests.unit.ingest.test_ingest_http import NDJSON, Api, lines, problem

NOW = datetime(2031, 3, 3, tzinfo=UTC)


def key(number: int) -> str:
    return key_text(f"{number:08x}", f"{number:064x}")


def entry(number: int, *scopes: Scope, **more: Any) -> ApiKey:
    return ApiKey(
        id=f"{number:08x}", name=f"key {number}", sha256=hash_of(key(number)), scopes=scopes, created_at=NOW, **more
    )


WRITER, READER, COURIER = key(1), key(2), key(3)
ENTRIES = (
    entry(1, Scope.ARTICLES_WRITE),
    entry(2, Scope.TRACE_READ),
    entry(3, Scope.ARTICLES_WRITE, domains=("courier.example",)),
)


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    write_keys(tmp_path / "keys.json", ENTRIES)
    return tmp_path / "keys.json"


@pytest.fixture
async def api(keys_file: Path) -> AsyncIterator[Api]:
    api = Api(http_host="0.0.0.0", keys_file=keys_file, rate_limit_requests=5)
    async with api.client:
        yield api


async def post(api: Api, shown: str | None, *rows: object, **headers: str) -> httpx.Response:
    authorization = {} if shown is None else {"Authorization": f"Bearer {shown}"}
    return await api.post(lines(*(rows or (row(),))), NDJSON | authorization | headers)


async def test_a_request_with_a_key_is_accepted_and_told_its_limit(api: Api) -> None:
    answer = await post(api, WRITER)
    assert answer.status_code == 202
    assert answer.headers["ratelimit-policy"] == '"requests";q=5;w=60'
    assert answer.headers["ratelimit"] == '"requests";r=4;t=60'


@pytest.mark.parametrize("shown", [None, "", "x", key(9), WRITER[:-1] + "0", "\x00"])
async def test_without_a_key_that_holds_nothing_is_read(api: Api, shown: str | None) -> None:
    answer = await post(api, shown)
    assert "newsweave keys add" in problem(answer, 401)["detail"]
    assert answer.headers["www-authenticate"].startswith('Bearer realm="newsweave"')
    assert api.publisher.published == []


async def test_a_key_is_taken_in_one_bearer_header_only(api: Api) -> None:
    for headers in (
        [("Authorization", f"Basic {WRITER}")],
        [("Authorization", f"Bearer {WRITER}"), ("Authorization", f"Bearer {WRITER}")],
    ):
        answer = await api.client.post(
            "/v1/articles", content=lines(row()), headers=[*headers, ("Content-Type", "application/x-ndjson")]
        )
        problem(answer, 401)


async def test_a_key_without_the_scope_is_told_which_one_it_lacks(api: Api) -> None:
    answer = await post(api, READER)
    assert "articles:write" in problem(answer, 403)["detail"]
    assert 'error="insufficient_scope", scope="articles:write"' in answer.headers["www-authenticate"]
    trace = "/v1/articles/art_" + "0" * 20 + "/trace"
    problem(await api.client.get(trace), 401)
    problem(await api.client.get(trace, headers={"Authorization": f"Bearer {WRITER}"}), 403)
    problem(await api.client.get(trace, headers={"Authorization": f"Bearer {READER}"}), 404)


async def test_a_revoked_key_is_refused_from_the_next_request_on(api: Api, keys_file: Path) -> None:
    assert (await post(api, WRITER)).status_code == 202
    write_keys(keys_file, [entry(1, Scope.ARTICLES_WRITE, revoked_at=NOW)])
    problem(await post(api, WRITER), 401)


async def test_a_client_above_its_quota_is_told_when_to_come_back(api: Api) -> None:
    for _ in range(5):
        assert (await post(api, WRITER)).status_code == 202
    answer = await post(api, WRITER)
    problem(answer, 429)
    assert answer.headers["ratelimit"].startswith('"requests";r=0;t=')
    assert 0 < int(answer.headers["retry-after"]) <= 60
    assert (await post(api, COURIER)).status_code == 202


async def test_whoever_shows_wrong_keys_cannot_go_on_trying(api: Api) -> None:
    statuses = [(await post(api, key(100 + number))).status_code for number in range(6)]
    assert statuses == [401] * 5 + [429]
    assert (await post(api, WRITER)).status_code == 202  # the limit of an address is not that of its keys


@pytest.mark.parametrize(
    "submitted",
    [
        row(),
        row(url="https://news.courier.example/a", publisher="Harbour Courier"),
        row(url=None, publisher={"domain": "courier.example", "name": "Courier"}),
    ],
)
async def test_a_key_for_a_domain_submits_its_articles(api: Api, submitted: dict[str, object]) -> None:
    assert (await post(api, COURIER, submitted)).status_code == 202


@pytest.mark.parametrize(
    ("submitted", "field"),
    [
        (row(url="https://victim.example/a"), "url"),
        (row(url="https://victim.example/a", status="withdrawn"), "url"),
        (row(url="https://courier.example.evil.example/a"), "url"),
        (row(publisher={"domain": "victim.example"}), "publisher"),
        (row(url=None, publisher="Victim Times"), "url"),
        (row(url=None, publisher={"domain": "victim.example"}), "publisher"),
    ],
)
async def test_a_key_for_a_domain_replaces_no_article_of_another(
    api: Api, submitted: dict[str, object], field: str
) -> None:
    await post(api, WRITER, row(url="https://victim.example/a"))
    published = len(api.publisher.published)
    body = problem(await post(api, COURIER, submitted), 403)
    assert field in [fault["field"] for fault in body["errors"]]
    assert "courier.example only" in body["errors"][0]["message"]
    assert len(api.publisher.published) == published


async def test_rows_of_others_are_left_out_where_the_client_asks_to_skip(api: Api) -> None:
    answer = await api.client.post(
        "/v1/articles?on_error=skip",
        content=lines(row(url="https://victim.example/a"), row()),
        headers=NDJSON | {"Authorization": f"Bearer {COURIER}"},
    )
    assert [each["status"] for each in answer.json()["articles"]] == ["refused", "accepted"]


async def test_a_page_of_another_domain_does_not_pass_for_ones_own(api: Api) -> None:
    page = f"""<html><head><link rel=canonical href="https://victim.example/2031/bridge"><title>Bridge</title></head>
        <body><article><p>{row()["text"]}</p></article></body></html>"""
    sent = {"html": page, "publisher": {"domain": "victim.example"}}
    problem(await post(api, COURIER, sent), 403)


async def test_idempotency_keys_of_two_senders_are_two(api: Api) -> None:
    first = await post(api, WRITER, **{HEADER: "one"})
    second = await post(api, COURIER, row(title="Another"), **{HEADER: "one"})
    assert (first.status_code, second.status_code) == (202, 202)


async def test_traces_name_the_key(api: Api) -> None:
    request_id = (await post(api, WRITER)).json()["request_id"]
    told = await api.client.get(f"/v1/requests/{request_id}/trace", headers={"Authorization": f"Bearer {READER}"})
    assert told.json()["sender"] == "key 1"


@pytest.mark.parametrize("path", ["/v1/feeds", "/feeds"])
async def test_how_feeds_stand_is_told_to_none_but_holders_of_a_key(keys_file: Path, path: str) -> None:
    settings = IngestSettings(http_host="0.0.0.0", keys_file=keys_file)
    app = FastAPI()
    app.include_router(feeds_router(FeedsPlace(), Access(settings, takes_basic=True)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://ingest") as client:
        problem(await client.get(path), 401)
        problem(await client.get(path, headers={"Authorization": f"Bearer {WRITER}"}), 403)
        answer = await client.get(path, headers={"Authorization": f"Bearer {READER}"})
        assert answer.status_code == 200
        assert "ratelimit" in answer.headers
        assert (await client.get(path, auth=("anybody", READER))).text == answer.text


async def test_the_api_document_asks_for_the_key(api: Api) -> None:
    document = (await api.client.get("/openapi.json")).json()
    operation = document["paths"]["/v1/articles"]["post"]
    assert operation["security"] == [{"key": []}]
    assert document["components"]["securitySchemes"]["key"] == {"type": "http", "scheme": "bearer"}
    assert {"401", "403", "429"} <= set(operation["responses"])


async def test_on_loopback_nobody_is_asked_for_a_key_or_limited() -> None:
    api = Api()
    async with api.client:
        answer = await post(api, "whatever")
        assert answer.status_code == 202
        assert "ratelimit" not in answer.headers
        document = (await api.client.get("/openapi.json")).json()
    assert "security" not in document["paths"]["/v1/articles"]["post"]
    assert not {"401", "429"} & set(document["paths"]["/v1/articles"]["post"]["responses"])


async def test_a_limit_without_keys_counts_addresses() -> None:
    api = Api(rate_limit_requests=1)
    async with api.client:
        assert (await post(api, None)).status_code == 202
        problem(await post(api, None), 429)


@pytest.mark.parametrize(
    ("settings", "exposed"),
    [
        ({}, False),
        ({"http_host": "127.0.0.2"}, False),
        ({"http_host": "::1"}, False),
        ({"http_host": "localhost"}, False),
        ({"http_host": "0.0.0.0"}, True),
        ({"http_host": "::"}, True),
        ({"http_host": "10.0.0.7"}, True),
        ({"http_host": "ingest.example"}, True),
        ({"http_host": "0.0.0.0", "exposed": "no"}, False),
        ({"exposed": "yes"}, True),
    ],
)
def test_whoever_listens_beyond_loopback_is_exposed(settings: dict[str, Any], exposed: bool) -> None:
    assert IngestSettings(**settings).is_exposed is exposed


def test_an_exposed_service_without_keys_does_not_start_and_says_what_to_do(tmp_path: Path) -> None:
    for settings in (
        IngestSettings(http_host="0.0.0.0"),
        IngestSettings(http_host="0.0.0.0", keys_file=tmp_path / "missing"),
    ):
        with pytest.raises(KeysMissing, match=r"0\.0\.0\.0.*newsweave keys add.*NEWSWEAVE_EXPOSED=no"):
            Access(settings)
