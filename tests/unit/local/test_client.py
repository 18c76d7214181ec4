"""The HTTP client's errors are for people."""

from pathlib import Path

import pytest

from services.local.client import Client, RefusedError, UnavailableError
from services.local.errors import UserError
from services.local.ports import free_port
from tests.support.http_server import Answer, Request, http_server


def client(url: str) -> Client:
    return Client(url, timeout_seconds=5)


def test_an_answer_is_its_json() -> None:
    with http_server(lambda request: Answer(body={"path": request.path})) as server, client(server.url) as ours:
        assert ours.get("/v1/events", {"limit": 3}) == {"path": "/v1/events?limit=3"}


def test_what_is_posted_arrives_as_it_is() -> None:
    with http_server(lambda _request: Answer(202, {})) as server, client(server.url + "/") as ours:
        ours.post("/v1/articles", b'{"text": "x"}\n', "application/x-ndjson")
        assert server.requests == [Request("POST", "/v1/articles", "application/x-ndjson", b'{"text": "x"}\n')]


def test_nothing_listening_says_how_to_start() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with client(url) as ours, pytest.raises(UnavailableError, match=f"nothing answers at {url}.*newsweave up"):
        ours.get("/v1/events")


def test_a_problem_is_told_with_the_fields_that_are_wrong() -> None:
    problem = {
        "title": "An article is not valid",
        "detail": "Correct it.",
        "errors": [{"line": 3, "field": "url", "message": "give a web address"}],
    }
    with (
        http_server(lambda _request: Answer(422, problem, "application/problem+json")) as server,
        client(server.url) as ours,
        pytest.raises(RefusedError) as caught,
    ):
        ours.post("/v1/articles", b"", "application/json")
    assert caught.value.status == 422
    assert str(caught.value) == "An article is not valid: Correct it.\n  line 3: url: give a web address"


def test_a_service_that_cannot_for_now_is_told_apart() -> None:
    with (
        http_server(lambda _request: Answer(503, {"title": "The store does not answer"})) as server,
        client(server.url) as ours,
        pytest.raises(UnavailableError, match="The store does not answer"),
    ):
        ours.get("/v1/events")


def test_a_server_that_is_not_ours_is_noticed() -> None:
    page = Answer(200, b"<html>", "text/html")
    with (
        http_server(lambda _request: page) as server,
        client(server.url) as ours,
        pytest.raises(UserError, match="is that address Newsweave's"),
    ):
        ours.get("/v1/events")
    with (
        http_server(lambda _request: Answer(500, b"oops", "text/plain")) as server,
        client(server.url) as ours,
        pytest.raises(RefusedError, match=r"GET .*/v1/events was answered with 500"),
    ):
        ours.get("/v1/events")


@pytest.mark.parametrize("url", ["127.0.0.1:8001", "ftp://x", "http://", ""])
def test_what_is_not_a_web_address_is_refused(url: str) -> None:
    with pytest.raises(UserError, match="is not a valid web address"):
        client(url)


def test_a_key_in_a_file_is_shown_to_the_service(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("nwk_1_2\n")
    with http_server(lambda _request: Answer()) as server:
        with Client(server.url, timeout_seconds=5, key_file=tmp_path / "key") as client:
            client.get("/")
        with Client(server.url, timeout_seconds=5) as client:
            client.get("/")
    assert [request.authorization for request in server.requests] == ["Bearer nwk_1_2", None]


def test_a_key_in_the_environment_is_shown_where_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSWEAVE_API_KEY", "nwk_3_4")
    with http_server(lambda _request: Answer()) as server, client(server.url) as ours:
        ours.get("/")
        assert [request.authorization for request in server.requests] == ["Bearer nwk_3_4"]


def test_a_key_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="NEWSWEAVE_API_KEY_FILE"):
        Client("http://127.0.0.1:1", timeout_seconds=1, key_file=tmp_path / "none")


def test_a_service_that_asks_for_a_key_is_told_of_with_the_way_to_show_one() -> None:
    with (
        http_server(lambda _request: Answer(401, {"title": "Unauthorized"})) as server,
        Client(server.url, timeout_seconds=5) as client,
        pytest.raises(RefusedError, match="NEWSWEAVE_API_KEY_FILE"),
    ):
        client.get("/")
