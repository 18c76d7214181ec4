"""Forms sent by the fetcher: as safe as what it fetches."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest

from services.ingest.fetching.fetched import Fetched, Outcome
from services.ingest.fetching.fetcher import open_fetcher
from services.ingest.settings import IngestSettings
from services.runtime.clock import FixedClock
from tests.support.http_server import Answer, Request, http_server

FORM = {"hub.mode": "subscribe", "hub.topic": "https://courier.example/rss?a=1&b=ä"}
SENT = b"hub.mode=subscribe&hub.topic=https%3A%2F%2Fcourier.example%2Frss%3Fa%3D1%26b%3D%C3%A4"


async def post(url: str) -> Fetched:
    settings = IngestSettings(
        fetch_allowed_hosts="127.0.0.1", fetch_allowed_ports="*", fetch_host_delay_seconds=0, fetch_contact="mail"
    )
    async with open_fetcher(settings, FixedClock(datetime(2031, 3, 3, tzinfo=UTC))) as fetcher:
        return await fetcher.post(url, FORM)


@pytest.mark.parametrize("status", [200, 202, 204])
async def test_a_form_is_accepted_with_any_2xx(status: int) -> None:
    with http_server(lambda _: Answer(status, b"" if status == 204 else b"fine")) as server:
        ended = await post(f"{server.url}/hub")
    (request,) = server.requests
    assert (request.method, request.content_type) == ("POST", "application/x-www-form-urlencoded")
    assert request.body == SENT
    assert (ended.outcome, ended.status, ended.content) == (Outcome.ACCEPTED, status, b"")


@pytest.mark.parametrize("status", [307, 308])
async def test_a_redirect_that_keeps_the_method_is_followed_with_the_form(status: int) -> None:
    def answer(request: Request) -> Answer:
        return Answer(202, b"") if request.path == "/new" else Answer(status, b"", headers={"Location": "/new"})

    with http_server(answer) as server:
        assert (await post(f"{server.url}/hub")).outcome is Outcome.ACCEPTED
    assert [(request.method, request.path, request.body) for request in server.requests] == [
        ("POST", "/hub", SENT),
        ("POST", "/new", SENT),
    ]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(303, b"", headers={"Location": "/new"}), Outcome.BAD_RESPONSE),
        (Answer(301, b"", headers={"Location": "/new"}), Outcome.BAD_RESPONSE),
        (Answer(307, b"", headers={"Location": "http://169.254.169.254/"}), Outcome.REFUSED_ADDRESS),
        (Answer(404, b"none"), Outcome.NOT_FOUND),
        (Answer(HTTPStatus.BAD_REQUEST, b"no"), Outcome.CLIENT_ERROR),
        (Answer(503, b"no", headers={"Retry-After": "60"}), Outcome.RATE_LIMITED),
    ],
)
async def test_whatever_else_comes_is_named_by_the_words_of_fetches(answer: Answer, outcome: Outcome) -> None:
    with http_server(lambda _: answer) as server:
        assert (await post(f"{server.url}/hub")).outcome is outcome
    assert len(server.requests) == 1


async def test_the_body_of_an_answer_is_not_kept_however_long_it_is() -> None:
    with http_server(lambda _: Answer(202, b"x" * 1_000_000)) as server:
        ended = await post(f"{server.url}/hub")
    assert (ended.outcome, ended.content) == (Outcome.ACCEPTED, b"")
