"""Compressed answers, and the ETags that go with them."""

import gzip

import httpx
import pytest
from redis.asyncio import Redis
from starlette.responses import StreamingResponse

from services.api.app import create_app
from services.api.settings import ApiSettings
from services.api.view_store import ViewStore
from tests.unit.api.examples import disputed, event
from tests.unit.api.view import project_events


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_an_answer_is_compressed_for_who_takes_it(http: httpx.AsyncClient, redis: Redis, coding: str) -> None:
    await project_events(redis, [disputed()])
    plain = await http.get("/v1/events/evt_d")
    packed = await http.get("/v1/events/evt_d", headers={"Accept-Encoding": coding})
    assert packed.headers["content-encoding"] == coding
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert "content-encoding" not in plain.headers
    assert {plain.headers["vary"], packed.headers["vary"]} == {"Accept-Datetime, Accept-Encoding"}
    assert packed.content == plain.content == disputed().model_dump_json().encode()


async def test_quality_values_are_heeded(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    answer = await http.get("/v1/events/evt_d", headers={"Accept-Encoding": "gzip;q=0, zstd;q=0"})
    assert "content-encoding" not in answer.headers


async def test_one_etag_never_names_two_codings_as_the_same_bytes(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    plain = (await http.get("/v1/events/evt_d")).headers["etag"]
    packed = (await http.get("/v1/events/evt_d", headers={"Accept-Encoding": "gzip"})).headers["etag"]
    assert packed == f"W/{plain}"
    assert not plain.startswith("W/")


@pytest.mark.parametrize("path", ["/v1/events/evt_d", "/v1/events", "/", "/events/evt_d", "/openapi.json", "/docs"])
@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd"])
async def test_whatever_is_unchanged_is_not_sent_twice(
    http: httpx.AsyncClient, redis: Redis, path: str, coding: str
) -> None:
    await project_events(redis, [disputed()])
    taken = {"Accept-Encoding": coding}
    first = await http.get(path, headers=taken)
    again = await http.get(path, headers=taken | {"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"] == "no-cache"
    assert not {"content-length", "content-type", "content-encoding"} & again.headers.keys()
    if coding != "identity":
        assert "Accept-Encoding" in again.headers["vary"]


async def test_a_page_that_changed_is_sent(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [event()])
    etag = (await http.get("/")).headers["etag"]
    await project_events(redis, [event("evt_b")])
    assert (await http.get("/", headers={"If-None-Match": etag})).status_code == 200


async def test_head_names_what_get_would_send(http: httpx.AsyncClient, redis: Redis) -> None:
    await project_events(redis, [disputed()])
    headers = {"Accept-Encoding": "gzip"}
    read, asked = await http.get("/", headers=headers), await http.head("/", headers=headers)
    assert asked.content == b""
    assert asked.headers["etag"] == read.headers["etag"]


async def test_a_stream_of_events_is_sent_as_it_comes(redis: Redis) -> None:
    app = create_app(ViewStore(redis), ApiSettings())

    @app.get("/v1/test-stream")
    async def stream() -> StreamingResponse:
        return StreamingResponse((f"data: {'x' * 1000}\n\n" for _ in range(3)), media_type="text/event-stream")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://api") as client:
        answer = await client.get("/v1/test-stream", headers={"Accept-Encoding": "gzip, zstd"})
    assert "content-encoding" not in answer.headers
    assert "etag" not in answer.headers
    assert answer.text.count("data: ") == 3


async def test_what_a_client_reads_back_is_what_was_packed(redis: Redis) -> None:
    """The library is held to the standard module, not to its own reading."""
    await project_events(redis, [disputed()])
    app = create_app(ViewStore(redis), ApiSettings())
    sent: list[bytes] = []

    async def send(message: dict[str, bytes]) -> None:
        sent.append(message.get("body", b""))

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/v1/events/evt_d",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [(b"accept-encoding", b"gzip")],
        "root_path": "",
        "scheme": "http",
        "server": ("api", 80),
    }
    await app(scope, _no_body, send)  # type: ignore[arg-type]
    assert gzip.decompress(b"".join(sent)) == disputed().model_dump_json().encode()


async def _no_body() -> dict[str, object]:
    return {"type": "http.request", "body": b"", "more_body": False}
