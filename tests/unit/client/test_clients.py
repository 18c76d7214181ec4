"""The two clients offer the same, and need little."""

import gzip
import inspect
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

import newsweave.client
from newsweave.client import (
    AccessError,
    AsyncNewsweave,
    BadAddressError,
    InvalidRequestError,
    Newsweave,
    NotFoundError,
    NotReachableError,
    Request,
    Service,
    UnreadableAnswerError,
)
from services.client.connecting import connecting
from services.client.problems import no_answer_error
from services.client.transport import MOST_ANSWER_BYTES, unanswered
from tests.support.http_server import Answer, http_server

HEAVY = (
    "aiokafka",
    "redis",
    "fastapi",
    "starlette",
    "uvicorn",
    "jinja2",
    "numpy",
    "openvino",
    "spacy",
    "typer",
    "babel",
)
"""What services and commands need, and programs that ask them do not."""

ADDRESSES_THAT_ARE_NOT_VALID = (
    *("", "127.0.0.1:8000", "ftp://x", "http://[::1", "http://x:99999", "http://x:ab"),
    *("http://a b", "http://x?y", "http://x\x01"),
)


def methods(client: type) -> dict[str, list[str]]:
    """Names of what it offers, each with its parameters and defaults."""
    members = inspect.getmembers(client, inspect.isfunction)
    return {
        name: [str(parameter.replace(annotation=parameter.empty)) for parameter in signature_of(member)]
        for name, member in members
        if not name.startswith("_")
    }


def signature_of(function: object) -> list[inspect.Parameter]:
    assert callable(function)
    return list(inspect.signature(function).parameters.values())


def test_both_clients_have_the_same_methods_with_the_same_parameters() -> None:
    assert methods(AsyncNewsweave) == methods(Newsweave)
    assert len(methods(Newsweave)) > 15


def test_everything_that_is_promised_is_there() -> None:
    assert [name for name in newsweave.client.__all__ if not hasattr(newsweave.client, name)] == []


def test_it_can_be_imported_where_services_cannot_run() -> None:
    blocked = f"import sys; sys.modules.update(dict.fromkeys({HEAVY!r}))"
    code = f"{blocked}; from newsweave.client import Newsweave, AsyncNewsweave; Newsweave('http://127.0.0.1:9').close()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8000",
        "ftp://x",
        "",
        "http://[::1",
        "http://x:99999",
        "http://x:ab",
        "http://a b",
        "http://x?y",
        "http://x\x01",
    ],
)
def test_what_is_not_a_web_address_is_refused(url: str) -> None:
    with pytest.raises(BadAddressError, match="is not a valid web address"):
        Newsweave(url)


def test_a_key_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSWEAVE_API_KEY_FILE", str(tmp_path / "none"))
    with pytest.raises(AccessError, match="NEWSWEAVE_API_KEY_FILE"):
        Newsweave()


def test_an_address_with_a_password_is_refused_without_showing_it() -> None:
    with pytest.raises(BadAddressError) as caught:
        Newsweave("http://user:hunter2@127.0.0.1:8000")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("key", ["secret word", "secret\nword", "sécret", "secret\x00", "secret\r\nX-Other: 1"])
@pytest.mark.parametrize("place", ["argument", "variable", "file"])
def test_a_key_that_no_header_can_carry_is_refused_without_showing_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, key: str, place: str
) -> None:
    (tmp_path / "key").write_text(key, encoding="utf-8")
    if place == "variable" and "\x00" not in key:
        monkeypatch.setenv("NEWSWEAVE_API_KEY", key)
    if place == "file" or (place == "variable" and "\x00" in key):
        monkeypatch.setenv("NEWSWEAVE_API_KEY_FILE", str(tmp_path / "key"))
    with pytest.raises(AccessError) as caught:
        Newsweave(api_key=key if place == "argument" else None)
    assert caught.value.status == 401
    assert not {"secret", "sécret", "word"} & set(re.findall(r"\w+", str(caught.value)))


def test_blanks_around_a_key_are_not_part_of_it() -> None:
    with http_server(lambda _: Answer(body={})) as server:
        for key in (" nwk_1_2\n", "nwk_1_2"):
            with Newsweave(server.url, api_key=key) as client:
                client.request(Request("GET", "/"))
    assert [request.authorization for request in server.requests] == ["Bearer nwk_1_2"] * 2


@pytest.mark.parametrize("value", ["one\ntwo", "é"])
def test_a_header_that_cannot_be_sent_is_no_service_that_does_not_answer(value: str) -> None:
    with http_server(lambda _: Answer(body={})) as server, Newsweave(server.url) as client:
        with pytest.raises(InvalidRequestError, match="Idempotency-Key"):
            client.submit([], idempotency_key=value)
        with pytest.raises(InvalidRequestError, match="Last-Event-ID"):
            next(client.stream(after=value))
        assert server.requests == []


def test_what_a_library_says_of_a_header_is_not_passed_on() -> None:
    outcome = unanswered(httpx.LocalProtocolError("Illegal header value b'Bearer secret word'"))
    error = no_answer_error(outcome, "http://api.example")
    assert isinstance(error, InvalidRequestError)
    assert str(error) == "nothing was sent to http://api.example: the request breaks a rule of HTTP"


def test_a_proxy_is_for_services_of_other_machines_alone() -> None:
    ours = connecting("http://127.0.0.1:8000", "https://ingest.example", None, {})
    assert [ours.trusts_environment(service) for service in (Service.API, Service.INGEST)] == [False, True]


@pytest.mark.parametrize("name", [".", ".."])
def test_a_name_of_dots_is_a_name_and_no_way_up(name: str) -> None:
    with http_server(lambda _: Answer(404, {})) as server, Newsweave(server.url) as client:
        with pytest.raises(NotFoundError):
            client.event(name)
        with pytest.raises(NotFoundError):
            next(client.event_claims(name))
        paths = [urlsplit(request.path).path for request in server.requests]
    escaped = name.replace(".", "%2E")
    assert paths == [f"/v1/events/{escaped}", f"/v1/events/{escaped}/claims"]


BOMB = gzip.compress(bytes(MOST_ANSWER_BYTES + 1))


@pytest.mark.parametrize(("body", "says"), [(BOMB, "longer than 64 MiB"), (b"not gzip", "cannot be unpacked")])
@pytest.mark.parametrize("status", [200, 500])
async def test_an_answer_that_no_service_of_ours_gives_is_not_read_to_its_end(
    body: bytes, says: str, status: int
) -> None:
    packed = Answer(status, body, headers={"Content-Encoding": "gzip"})
    with http_server(lambda _: packed) as server:
        with Newsweave(server.url) as client, pytest.raises(UnreadableAnswerError, match=says):
            client.limits()
        async with AsyncNewsweave(server.url) as waiting:
            with pytest.raises(UnreadableAnswerError, match=says):
                await waiting.limits()


@pytest.mark.parametrize("proxy", ["foo://user:hunter2@x", "socks5://user:hunter2@127.0.0.1:9", "http://hunter2:ab"])
def test_a_proxy_that_cannot_be_used_is_told_of_without_its_password(
    monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    Newsweave("http://127.0.0.1:9").close()
    for client in (Newsweave, AsyncNewsweave):
        with pytest.raises(BadAddressError, match="ALL_PROXY") as caught:
            client("http://api.example")
        assert "hunter2" not in str(caught.value)


async def test_a_page_in_the_place_of_a_stream_is_not_said_to_be_silence() -> None:
    page = Answer(200, b"<html>", "text/html")
    with http_server(lambda _: page) as server:
        with Newsweave(server.url) as client, pytest.raises(NotReachableError, match="other than a stream"):
            next(client.stream())
        async with AsyncNewsweave(server.url) as waiting:
            with pytest.raises(NotReachableError, match="other than a stream"):
                await anext(waiting.stream())
