import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from jsonschema import Draft202012Validator

from services.ingest.handler import Pages, SubmissionService
from services.ingest.push.app import create_app
from services.ingest.push.limit import ConcurrencyLimit
from services.ingest.settings import IngestSettings
from services.ingest.submission import MAX_TEXT_BYTES
from services.runtime.clock import FixedClock
from services.runtime.http_guard import HttpGuard
from services.runtime.settings import RuntimeSettings
from tests.unit.ingest.fakes import (
    NOW,
    FakeAnswers,
    FakePublisher,
    FakeRecords,
    FakeTraces,
    PagesHere,
    connected,
    row,
)

NDJSON = {"content-type": "application/x-ndjson"}


class Api:
    """The HTTP API on fakes."""

    def __init__(self, pages: Pages | None = None, **settings: Any) -> None:
        self.publisher = FakePublisher()
        self.records = FakeRecords()
        self.settings = IngestSettings(**settings)
        self.limit = ConcurrencyLimit(self.settings.max_requests_in_flight)
        self.answers, self.traces = FakeAnswers(), FakeTraces()
        submissions = SubmissionService(
            self.publisher, self.records, FixedClock(NOW), pages=pages or PagesHere(), publish_timeout_seconds=30
        )
        self.limit.connected = connected(submissions, answers=self.answers, traces=self.traces)
        # As in the service's process, which guards whatever it serves.
        guarded = HttpGuard(create_app(self.settings, self.limit), RuntimeSettings(trusted_hosts="ingest"))
        transport = httpx.ASGITransport(guarded)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://ingest")

    async def post(self, content: Any, headers: dict[str, str] | None = None) -> httpx.Response:
        return await self.client.post("/v1/articles", content=content, headers=headers or NDJSON)


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    api = Api(max_rows=3, max_body_bytes=10_000, body_timeout_seconds=0.2)
    async with api.client:
        yield api


def lines(*rows: object) -> bytes:
    return b"\n".join(json.dumps(entry).encode() for entry in rows)


def problem(response: httpx.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    return body


async def test_one_json_object_is_accepted_after_it_was_published(api: Api) -> None:
    response = await api.client.post("/v1/articles", json=row())
    assert response.status_code == 202
    [published] = api.publisher.articles
    [told] = response.json()["articles"]
    assert told == {
        "article_id": published.article_id,
        "revision": 1,
        "status": "accepted",
        "line": 1,
        "errors": [],
    }


@pytest.mark.parametrize("content_type", ["application/x-ndjson", "application/jsonl; charset=utf-8"])
async def test_json_lines_are_accepted_in_their_order(api: Api, content_type: str) -> None:
    body = lines(row(), row(url="https://courier.example/2")) + b"\r\n\n"
    response = await api.post(body, {"content-type": content_type})
    assert response.status_code == 202
    assert [entry["article_id"] for entry in response.json()["articles"]] == [
        article.article_id for article in api.publisher.articles
    ]
    assert len(api.publisher.articles) == 2


async def test_a_faulty_row_is_named_by_line_and_field_and_nothing_is_published(api: Api) -> None:
    response = await api.post(lines(row(), row(published_at="soon", url="x")) + b"\n\n" + lines({"title": "No text"}))
    body = problem(response, 422)
    assert [(fault["line"], fault["field"]) for fault in body["errors"]] == [
        (2, "url"),
        (2, "published_at"),
        (4, "text"),
    ]
    assert "Line 2, url:" in body["detail"]
    assert "Nothing was published" in body["detail"]
    assert api.publisher.published == []


@pytest.mark.parametrize(
    "line", [b"{", b"not json", b'{"text": "\xff"}', b'{"text": "\\ud800"}', b'{"text": NaN}', b"[" * 2000]
)
async def test_a_line_that_is_not_json_is_named(api: Api, line: bytes) -> None:
    body = problem(await api.post(lines(row()) + b"\n" + line), 400)
    assert [fault["line"] for fault in body["errors"]] == [2]
    assert api.publisher.published == []


async def test_a_fault_in_one_json_object_is_named_by_its_own_line(api: Api) -> None:
    body = problem(await api.post(b'{\n"text":\nnone}', {"content-type": "application/json"}), 400)
    assert body["errors"][0]["line"] == 3


async def test_a_list_is_refused_with_advice(api: Api) -> None:
    body = problem(await api.client.post("/v1/articles", json=[row()]), 422)
    assert "JSON object" in body["errors"][0]["message"]


@pytest.mark.parametrize("content", [b"", b"\n \n"])
async def test_an_empty_body_is_refused(api: Api, content: bytes) -> None:
    assert problem(await api.post(content), 400)["errors"][0]["message"] == "the body is empty"


async def test_a_page_without_an_article_is_named_by_its_line(api: Api) -> None:
    body = problem(await api.post(lines(row(), {"html": "<html></html>"})), 422)
    assert [(fault["line"], fault["field"]) for fault in body["errors"]] == [(2, "html")]
    assert api.publisher.published == []


@pytest.mark.parametrize(
    "headers",
    [
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "text/plain"},
        {"content-type": ""},
        {"content-type": "application/json; charset=utf-16"},
        {"content-type": "application/json; charset=utf-8; charset=utf-16"},
        {"content-type": "application/json; charset=utf-16; charset=utf-8"},
        {"content-type": "application/json", "content-encoding": "br"},
    ],
)
async def test_other_content_types_are_refused_with_the_ones_we_take(api: Api, headers: dict[str, str]) -> None:
    assert problem(await api.post(lines(row()), headers), 415)["detail"].startswith("Send")


async def test_too_many_rows_are_refused(api: Api) -> None:
    assert "3 articles" in problem(await api.post(lines(row(), row(), row(), row())), 413)["detail"]
    assert api.publisher.published == []


async def test_a_body_that_is_too_large_is_refused_with_and_without_a_declared_length(api: Api) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b"x" * 1000

    assert "10,000 bytes" in problem(await api.post(b"x" * 10_001), 413)["detail"]
    assert "10,000 bytes" in problem(await api.post(chunks()), 413)["detail"]


async def test_a_body_that_does_not_arrive_is_given_up(api: Api) -> None:
    never = asyncio.Event()

    async def chunks() -> AsyncIterator[bytes]:
        yield b"{"
        await never.wait()

    problem(await api.post(chunks()), 408)


@pytest.mark.parametrize("part", ["publisher", "records"])
async def test_without_broker_or_store_the_client_is_told_when_to_come_back(api: Api, part: str) -> None:
    getattr(api, part).down = True
    response = await api.post(lines(row()))
    body = problem(response, 503)
    assert int(response.headers["retry-after"]) > 0
    assert "Send the same request again" in body["detail"]


async def test_before_the_connections_stand_the_service_says_that_it_starts(api: Api) -> None:
    api.limit.connected = None
    response = await api.post(lines(row()))
    assert "starting" in problem(response, 503)["detail"]
    assert "retry-after" in response.headers


async def test_requests_above_the_bound_are_turned_away_and_places_come_free() -> None:
    api = Api(max_requests_in_flight=1)
    async with api.client:
        api.publisher.hold = asyncio.Event()
        first = asyncio.create_task(api.post(lines(row())))
        await api.publisher.waiting.wait()
        problem(await api.post(lines(row())), 503)
        api.publisher.hold.set()
        assert (await first).status_code == 202
        assert (await api.post(lines(row()))).status_code == 202


async def test_trace_context_is_passed_on_when_it_is_well_formed(api: Api) -> None:
    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    await api.post(lines(row()), NDJSON | {"traceparent": trace})
    await api.post(lines(row()), NDJSON | {"traceparent": "x" * 5000})
    assert [message.traceparent for message in api.publisher.published] == [trace, None]


async def test_unknown_paths_and_methods_are_problems_too(api: Api) -> None:
    problem(await api.client.get("/v1/nothing"), 404)
    response = await api.client.get("/v1/articles")
    problem(response, 405)
    assert response.headers["allow"] == "POST"


async def test_the_api_document_shows_both_forms_of_body_and_all_errors(api: Api) -> None:
    document = (await api.client.get("/openapi.json")).json()
    operation = document["paths"]["/v1/articles"]["post"]
    content = operation["requestBody"]["content"]
    assert {"application/json", "application/x-ndjson"} <= set(content)
    assert set(operation["responses"]) == {"202", "400", "403", "408", "409", "413", "415", "421", "422", "503"}
    assert "application/problem+json" in operation["responses"]["422"]["content"]
    schema = content["application/json"]["schema"]
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(row())
    assert validator.is_valid(content["application/json"]["example"])
    assert not validator.is_valid({"title": "No text"})
    assert not validator.is_valid(row(html="<p>both</p>"))
    assert not validator.is_valid(row(status="gone"))


@pytest.mark.parametrize(
    "changes",
    [
        {"authors": [None, "Ada Lind"]},
        {"authors": "Ada Lind"},
        {"authors": None, "id": None, "language": None, "publisher": None, "title": None, "url": None, "html": None},
        {"authors": [1]},
        {"authors": ["Ada"] * 101},
        {"publisher": {"domain": "not a domain"}},
        {"publisher": {"family": {}}},
        {"publisher": "Harbour Courier"},
        {"publisher": {"domain": "courier.example", "name": None}},
        {"url": ""},
        {"url": "courier.example/a"},
        {"url": "https://news.courier.example:8080/a?b#c"},
        {"language": "english"},
        {"language": "en-GB"},
        {"text": "\u200b"},
        {"text": " \n"},
        {"text": "\u4e16"},
        {"text": None},
        {"text": None, "html": ""},
        {"text": None, "html": "0"},
        {"text": None, "html": "plain words, 2 < 3"},
        {"published_at": "0203-03-03"},
        {"published_at": "2031-03-03"},
        {"published_at": ""},
        {"id": 17},
        {"id": 1.5},
        {"status": None},
        {"html": "<p>both</p>"},
    ],
)
async def test_the_api_document_says_what_is_taken(api: Api, changes: dict[str, Any]) -> None:
    document = (await api.client.get("/openapi.json")).json()
    schema = document["paths"]["/v1/articles"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    given = row(**changes)
    response = await api.client.post("/v1/articles", json=given)
    assert Draft202012Validator(schema).is_valid(given) == (response.status_code == 202), response.text


async def test_no_more_faults_are_named_than_anybody_reads(api: Api) -> None:
    api = Api()
    async with api.client:
        body = problem(await api.post(lines(*[{"title": "No text"}] * 130)), 422)
    assert len(body["errors"]) == 100
    assert body["errors_left_out"] == 30


@pytest.mark.parametrize(
    "field",
    [
        b'"title": "\\u0000\\u0007"',
        b'"more": ' + b"[" * 900 + b"]" * 900,
        b'"more": ' + b"9" * 300,
        b'"text": "given twice, the last one counts"',
        b'"\\u0000": 1, "__class__": {"__init__": []}',
    ],
)
async def test_odd_but_valid_json_is_accepted(api: Api, field: bytes) -> None:
    response = await api.post(b'{"text": "Some words of an article.", ' + field + b"}")
    assert response.status_code == 202, response.text


@pytest.mark.parametrize("line", [b'{"text": "a\x00b"}', b'{"text": ' + b"[" * 4_000 + b"]" * 4_000 + b"}"])
async def test_raw_control_characters_and_bottomless_nesting_are_no_json(api: Api, line: bytes) -> None:
    problem(await api.post(line), 400)


async def test_escaped_nul_characters_never_reach_the_topic(api: Api) -> None:
    response = await api.post(b'{"title": "Old\\u0000 bridge", "text": "The bridge\\u0000 reopened."}')
    assert response.status_code == 202
    (article,) = api.publisher.articles
    assert (article.title, article.text) == ("Old bridge", "The bridge reopened.")


async def test_a_text_of_one_mebibyte_is_accepted_and_one_byte_more_is_not() -> None:
    api = Api()
    sentence = "The old harbour bridge reopened on Monday, the council said.\n\n"
    text = (sentence * (MAX_TEXT_BYTES // len(sentence) + 1))[: MAX_TEXT_BYTES - 1] + "."
    async with api.client:
        assert (await api.post(lines({"text": text}))).status_code == 202
        body = problem(await api.post(lines({"text": text + "."})), 422)
    assert body["errors"][0]["message"] == "1,048,577 bytes in UTF-8; the limit is 1,048,576"
    assert len(api.publisher.articles) == 1


async def test_no_address_redirects_to_the_name_that_a_client_gave(api: Api) -> None:
    for path in ("/v1/articles/", "/openapi.json/", "/docs", "/docs/"):
        answer = await api.client.get(path)
        assert answer.status_code == 404
        assert "location" not in answer.headers


async def test_refusals_have_the_security_headers(api: Api) -> None:
    large = await api.post(b"x" * 20_000)
    api.limit.connected = None
    starting = await api.post(lines(row()))
    assert (large.status_code, starting.status_code) == (413, 503)
    for answer in (large, starting, await api.client.get("/openapi.json"), await api.client.get("/nothing")):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_page_of_another_site_cannot_submit(api: Api) -> None:
    answer = await api.post(lines(row()), NDJSON | {"Origin": "https://evil.example"})
    assert problem(answer, 403)["detail"]
    assert api.publisher.published == []


async def test_every_reference_of_the_document_leads_somewhere(api: Api) -> None:
    document = (await api.client.get("/openapi.json")).json()

    def references(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from references(child)

    for reference in references(document):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]
