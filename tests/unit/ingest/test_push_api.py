"""What clients may ask of `POST /v1/articles` beyond taking a body: good rows alone, compressed, once."""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import cramjam
import httpx
import pytest

from services.ingest.push.idempotency import HEADER
from tests.unit.ingest.fakes import row
from tests.unit.ingest.test_ingest_http import NDJSON, Api, lines, problem

OTHER = "https://courier.example/other"


def packed(coding: str, content: bytes) -> bytes:
    if coding.removeprefix("x-") == "gzip":
        return gzip.compress(content)
    return bytes(cramjam.zstd.compress(content)) if coding == "zstd" else content


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    api = Api(max_body_bytes=100_000)
    async with api.client:
        yield api


async def post_skipping(api: Api, content: Any, **headers: str) -> httpx.Response:
    return await api.client.post("/v1/articles?on_error=skip", content=content, headers=NDJSON | headers)


def told(answer: httpx.Response) -> list[tuple[Any, ...]]:
    return [(each["line"], each["status"], each["revision"]) for each in answer.json()["articles"]]


# -- good rows beside bad ones --


async def test_good_rows_are_published_and_each_bad_one_is_answered_with_its_faults(api: Api) -> None:
    body = lines(row(), row(published_at="soon", url=OTHER)) + b"\nnot json\n\n" + lines({"html": "<p></p>"}, row())
    answer = await post_skipping(api, body)
    assert answer.status_code == 202
    assert told(answer) == [
        (1, "accepted", 1),
        (2, "refused", None),
        (3, "refused", None),
        (5, "refused", None),
        (6, "accepted", 1),
    ]
    rows = answer.json()["articles"]
    assert [fault["field"] for fault in rows[1]["errors"]] == ["published_at"]
    assert "not JSON" in rows[2]["errors"][0]["message"]
    assert rows[3]["errors"] == [
        {"field": "html", "message": "no article was found in the page; send its text instead"}
    ]
    assert [article.article_id for article in api.publisher.articles] == [
        rows[0]["article_id"],
        rows[5 - 1]["article_id"],
    ]


async def test_a_refused_row_names_the_article_that_its_address_is(api: Api) -> None:
    first = await api.post(lines(row(url=OTHER)))
    refused = await post_skipping(
        api, lines(row(), row(url=OTHER + "?utm_source=x", language="english"), {"title": "x"})
    )
    ids = [each["article_id"] for each in refused.json()["articles"]]
    assert ids[1:] == [first.json()["articles"][0]["article_id"], None]


@pytest.mark.parametrize(("bad", "status"), [(b'{"title": "No text"}', 422), (b"{", 400)])
async def test_a_request_without_any_good_row_is_no_success(api: Api, bad: bytes, status: int) -> None:
    body = problem(await post_skipping(api, bad + b"\n" + bad), status)
    assert [fault["line"] for fault in body["errors"]] == [1, 2]


async def test_good_rows_are_held_back_unless_the_client_asks_to_skip(api: Api) -> None:
    for query in ("", "?on_error=reject"):
        answer = await api.client.post("/v1/articles" + query, content=lines(row(), {"title": "x"}), headers=NDJSON)
        problem(answer, 422)
    assert api.publisher.published == []
    answer = await api.client.post("/v1/articles?on_error=ignore", content=lines(row()), headers=NDJSON)
    assert problem(answer, 422)["errors"][0]["field"] == "query.on_error"


async def test_a_page_that_is_too_costly_does_not_take_the_others_with_it(api: Api) -> None:
    deep = "<div>" * 1_500 + "<p>Words.</p>"
    answer = await post_skipping(api, lines({"html": deep}, row()))
    assert told(answer) == [(1, "refused", None), (2, "accepted", 1)]


# -- compressed bodies --


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "zstd", "identity"])
async def test_compressed_bodies_are_read(api: Api, coding: str) -> None:
    answer = await api.post(packed(coding, lines(row(), row(url=OTHER))), NDJSON | {"Content-Encoding": coding})
    assert told(answer) == [(1, "accepted", 1), (2, "accepted", 1)]


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_the_limit_on_a_body_counts_what_it_unpacks_to(api: Api, coding: str) -> None:
    bomb = packed(coding, b" " * 50_000_000)
    assert len(bomb) < 100_000
    headers = NDJSON | {"Content-Encoding": coding}
    assert "100,000 bytes, unpacked" in problem(await api.post(bomb, headers), 413)["detail"]
    assert (await api.post(packed(coding, lines(row())), headers)).status_code == 202  # its memory was given back


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_memory_for_bodies_counts_what_they_unpack_to(coding: str) -> None:
    api = Api(max_body_bytes=100_000, max_held_body_bytes=100_000)
    large = packed(coding, lines(row(more="x" * 60_000)))
    async with api.client:
        api.publisher.hold = asyncio.Event()
        headers = NDJSON | {"Content-Encoding": coding}
        first = asyncio.create_task(api.post(large, headers))
        await api.publisher.waiting.wait()
        assert "bodies" in problem(await api.post(large, headers), 503)["detail"]
        api.publisher.hold.set()
        assert (await first).status_code == 202
        assert (await api.post(large, headers)).status_code == 202


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
async def test_a_body_that_is_not_what_it_says_is_refused(api: Api, coding: str) -> None:
    body = problem(await api.post(lines(row()), NDJSON | {"Content-Encoding": coding}), 400)
    assert coding in body["detail"]


async def test_an_unknown_coding_is_refused_with_the_ones_we_take(api: Api) -> None:
    answer = await api.post(lines(row()), NDJSON | {"Content-Encoding": "br"})
    problem(answer, 415)
    assert answer.headers["accept-encoding"] == "gzip, zstd"


# -- idempotency keys --


async def test_the_same_request_with_the_same_key_gets_the_same_answer_and_is_published_once(api: Api) -> None:
    first = await api.post(lines(row()), NDJSON | {HEADER: '"one"'})
    again = await api.post(lines(row()), NDJSON | {HEADER: "one"})
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.content == first.content
    assert again.headers["newsweave-request-id"] == first.headers["newsweave-request-id"]
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    assert len(api.publisher.published) == 1


async def test_packing_does_not_make_another_request(api: Api) -> None:
    await api.post(lines(row()), NDJSON | {HEADER: "one"})
    again = await api.post(gzip.compress(lines(row())), NDJSON | {HEADER: "one", "Content-Encoding": "gzip"})
    assert again.headers["idempotency-replayed"] == "true"


async def test_another_request_with_a_used_key_is_refused(api: Api) -> None:
    await api.post(lines(row()), NDJSON | {HEADER: "one"})
    assert "another request" in problem(await api.post(lines(row(url=OTHER)), NDJSON | {HEADER: "one"}), 422)["title"]
    problem(await post_skipping(api, lines(row()), **{HEADER: "one"}), 422)
    assert len(api.publisher.published) == 1
    assert (await api.post(lines(row(url=OTHER)), NDJSON | {HEADER: "two"})).status_code == 202


async def test_a_request_that_is_worked_on_is_not_begun_again(api: Api) -> None:
    api.publisher.hold = asyncio.Event()
    first = asyncio.create_task(api.post(lines(row()), NDJSON | {HEADER: "one"}))
    await api.publisher.waiting.wait()
    second = await api.post(lines(row()), NDJSON | {HEADER: "one"})
    problem(second, 409)
    assert int(second.headers["retry-after"]) > 0
    api.publisher.hold.set()
    assert (await first).status_code == 202
    assert (await api.post(lines(row()), NDJSON | {HEADER: "one"})).headers["idempotency-replayed"] == "true"


async def test_a_key_is_free_again_after_a_refusal_or_an_outage(api: Api) -> None:
    headers = NDJSON | {HEADER: "one"}
    problem(await api.post(lines({"title": "No text"}), headers), 422)
    api.publisher.down = True
    problem(await api.post(lines(row()), headers), 503)
    api.publisher.down = False
    answer = await api.post(lines(row()), headers)
    assert answer.status_code == 202
    assert "idempotency-replayed" not in answer.headers


async def test_an_answer_that_could_not_be_kept_is_given_all_the_same(api: Api) -> None:
    api.publisher.hold = asyncio.Event()
    posting = asyncio.create_task(api.post(lines(row()), NDJSON | {HEADER: "one"}))
    await api.publisher.waiting.wait()
    api.answers.down = True
    api.publisher.hold.set()
    assert (await posting).status_code == 202


async def test_without_the_store_a_request_with_a_key_is_not_begun(api: Api) -> None:
    api.answers.down = True
    answer = await api.post(lines(row()), NDJSON | {HEADER: "one"})
    problem(answer, 503)
    assert api.publisher.published == []
    assert (await api.post(lines(row()))).status_code == 202


@pytest.mark.parametrize("key", ["", " ", "two words", 'a"b', '"', '""', "x" * 256, "ä".encode("latin-1")])
async def test_a_key_that_is_none_is_refused(api: Api, key: str | bytes) -> None:
    raw = key if isinstance(key, bytes) else key.encode()
    headers = httpx.Headers([(b"content-type", b"application/x-ndjson"), (HEADER.encode(), raw)])
    answer = await api.client.post("/v1/articles", content=lines(row()), headers=headers)
    assert HEADER in problem(answer, 400)["detail"]


# -- traces --


async def test_an_article_tells_all_its_submissions_the_latest_first(api: Api) -> None:
    first = await api.post(lines(row()))
    article_id = first.json()["articles"][0]["article_id"]
    refused = await post_skipping(api, lines(row(url=OTHER), row(published_at="soon")))
    held_back = await api.post(lines(row(title="Changed"), {"title": "No text"}))
    api.publisher.down = True
    failed = await api.post(lines(row()))
    entries = (await api.client.get(f"/v1/articles/{article_id}/trace")).json()["submissions"]
    assert [(each["outcome"], each["line"], each["revision"], each["request_id"]) for each in entries] == [
        ("failed", 1, None, failed.headers["newsweave-request-id"]),
        ("held_back", 1, None, held_back.json()["request_id"]),
        ("refused", 2, None, refused.json()["request_id"]),
        ("published", 1, 1, first.json()["request_id"]),
    ]
    assert [reason.partition(":")[0] for reason in entries[2]["reasons"]] == ["published_at"]
    assert entries[3]["received_at"] == entries[3]["ended_at"] == "2031-03-03T12:00:00Z"


async def test_a_request_tells_what_became_of_every_row(api: Api) -> None:
    answer = await post_skipping(api, lines(row(), {"title": "No text"}))
    trace = (await api.client.get(f"/v1/requests/{answer.json()['request_id']}/trace")).json()
    assert (trace["status"], trace["rows"], trace["published"]) == (202, 2, 1)
    assert [(each["line"], each["outcome"]) for each in trace["listed"]] == [(2, "refused"), (1, "published")]


async def test_a_refusal_names_its_request_and_no_trace_lists_more_than_anybody_reads() -> None:
    api = Api()
    async with api.client:
        body = problem(await api.post(lines(*[row(status="gone")] * 130)), 422)
        trace = (await api.client.get(f"/v1/requests/{body['request_id']}/trace")).json()
    assert (trace["rows"], trace["published"], len(trace["listed"])) == (130, 0, 100)


async def test_a_page_with_another_address_is_found_by_both(api: Api) -> None:
    page = f"""<html><head><link rel=canonical href="https://www.courier.example/2031/bridge">
        <title>Old harbour bridge reopens</title></head><body><article><h1>Old harbour bridge reopens</h1>
        <p>{row()["text"]}</p><p>The council paid for the repairs, which took two years.</p></article></body></html>"""
    sent = row(text=None, html=page, url="https://courier.example/go?id=17")
    answer = await api.post(lines(sent))
    article_id = answer.json()["articles"][0]["article_id"]
    elsewhere = (await api.post(lines(row(url="https://courier.example/go?id=17")))).json()["articles"][0]["article_id"]
    assert article_id != elsewhere
    entries = (await api.client.get(f"/v1/articles/{elsewhere}/trace")).json()["submissions"]
    assert [each["published_as"] for each in entries] == [None, article_id]


async def test_a_lost_trace_loses_nothing_else(api: Api) -> None:
    api.traces.down = True
    assert (await api.post(lines(row()))).status_code == 202
    problem(await api.client.get("/v1/requests/req_" + "0" * 20 + "/trace"), 503)


@pytest.mark.parametrize("path", ["articles/art_" + "0" * 20 + "/trace", "requests/req_" + "0" * 20 + "/trace"])
async def test_what_was_never_submitted_has_no_trace(api: Api, path: str) -> None:
    problem(await api.client.get(f"/v1/{path}"), 404)


@pytest.mark.parametrize(
    "path", ["articles/nothing/trace", "requests/req_1/trace", "articles/art_" + "0" * 21 + "/trace"]
)
async def test_an_id_of_another_form_is_refused(api: Api, path: str) -> None:
    problem(await api.client.get(f"/v1/{path}"), 422)


async def test_a_trace_carries_no_more_than_is_useful_of_a_huge_fault(api: Api) -> None:
    refused = await api.post(json.dumps(row(authors=[1] * 90)).encode())
    trace = (await api.client.get(f"/v1/requests/{refused.json()['request_id']}/trace")).json()
    assert len(trace["listed"][0]["reasons"]) <= 5
