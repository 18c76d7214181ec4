"""`newsweave trace`: what ingest and api know, joined."""

import json
from collections.abc import Callable

import pytest

from services.ingest.trace import article_of
from tests.support.http_server import Answer, Request, http_server
from tests.unit.local.test_commands import Newsweave, newsweave

__all__ = ["newsweave"]  # the fixture

URL = "https://www.courier.example/2031/bridge/?utm_source=feed"
ARTICLE = article_of(URL)
SUBMITTED = {
    "article_id": ARTICLE,
    "submissions": [
        {
            "request_id": "req_2",
            "sender": "Harbour Courier",
            "received_at": "2031-03-03T12:00:04Z",
            "ended_at": "2031-03-03T12:00:05Z",
            "line": 3,
            "outcome": "refused",
            "revision": None,
            "published_as": None,
            "reasons": ["published_at: give a date"],
        },
        {
            "request_id": "req_1",
            "sender": None,
            "received_at": "2031-03-03T12:00:00Z",
            "ended_at": "2031-03-03T12:00:01Z",
            "line": 1,
            "outcome": "published",
            "revision": 1,
            "published_as": None,
            "reasons": [],
        },
    ],
}
STAGES = {
    "article_id": ARTICLE,
    "stages": [
        {"stage": "ingested", "outcome": "done", "at": "2031-03-03T12:00:00Z", "revision": 1},
        {"stage": "extracted", "outcome": "done", "at": "2031-03-03T12:00:02Z", "revision": 1, "claims": 4},
        {
            "stage": "dead_letter",
            "outcome": "failed",
            "at": "2031-03-03T12:00:09Z",
            "service": "dedupe",
            "topic": "claims.extracted.v1",
            "reason": "it has no words",
        },
        {"stage": "in_event", "outcome": "done", "at": None, "event_id": "evt_1", "event_version": 7},
    ],
}
NOT_FOUND = Answer(404, {"title": "No such thing"})


def both(submitted: Answer, stages: Answer) -> Callable[[Request], Answer]:
    """One server for the two services, told apart by the address they are asked at."""
    return lambda request: submitted if request.path.startswith("/ingest/") else stages


def traced(newsweave: Newsweave, asked: str, submitted: Answer, stages: Answer, *options: str) -> tuple[int, str, str]:
    with http_server(both(submitted, stages)) as server:
        ingest = f"{server.url}/ingest"
        told = newsweave("trace", asked, "--url", f"{server.url}/api", "--ingest-url", ingest, *options)
    assert {request.path.partition("/v1")[2] for request in server.requests} <= {
        f"/articles/{ARTICLE}/trace",
        "/requests/req_1/trace",
    }
    return told.returncode, told.stdout, told.stderr


@pytest.mark.parametrize("asked", [URL, "http://courier.example/2031/bridge", str(ARTICLE)])
def test_stages_of_both_services_stand_in_order_of_time(newsweave: Newsweave, asked: str) -> None:
    code, told, _ = traced(newsweave, asked, Answer(body=SUBMITTED), Answer(body=STAGES))
    assert code == 0
    assert told.splitlines() == [
        ARTICLE,
        "2031-03-03T12:00:01  published    revision 1 (req_1, line 1)",
        "2031-03-03T12:00:02  extracted    revision 1, 4 claims",
        "2031-03-03T12:00:05  refused      published_at: give a date (req_2, line 3 by Harbour Courier)",
        "2031-03-03T12:00:09  dead_letter  dedupe could not use it from claims.extracted.v1: it has no words",
        "now                  in_event     evt_1, version 7",
    ]


def test_what_was_refused_and_never_got_further_is_told(newsweave: Newsweave) -> None:
    code, told, remarks = traced(newsweave, URL, Answer(body=SUBMITTED), NOT_FOUND)
    assert (code, remarks) == (0, "")
    assert "published_at: give a date" in told


def test_a_service_that_does_not_answer_is_left_out_with_a_remark(newsweave: Newsweave) -> None:
    code, told, remarks = traced(newsweave, URL, Answer(503, {"title": "Away"}), Answer(body=STAGES))
    assert code == 0
    assert "ingested" in told
    assert "Without what ingest knows" in remarks


def test_what_nobody_knows_is_an_error(newsweave: Newsweave) -> None:
    code, _, remarks = traced(newsweave, URL, NOT_FOUND, NOT_FOUND)
    assert code == 1
    assert "nothing is known" in remarks


def test_the_words_of_a_dead_letter_cannot_steer_the_terminal(newsweave: Newsweave) -> None:
    hostile = STAGES["stages"][2] | {"reason": "\x1b]0;title\x07\x1b[2J\nnot a line"}  # type: ignore[index,operator]
    _, told, _ = traced(newsweave, URL, NOT_FOUND, Answer(body={"stages": [hostile]}))
    assert "\x1b" not in told
    assert len(told.splitlines()) == 2


def test_json_has_all_of_both(newsweave: Newsweave) -> None:
    _, told, _ = traced(newsweave, URL, Answer(body=SUBMITTED), Answer(body=STAGES), "--json")
    assert json.loads(told) == SUBMITTED | STAGES


def test_a_request_lists_its_rows(newsweave: Newsweave) -> None:
    request = {
        "request_id": "req_1",
        "sender": None,
        "status": 422,
        "rows": 130,
        "published": 0,
        "listed": [{"line": 2, "outcome": "refused", "article_id": None, "reasons": ["text: is empty"]}],
    }
    code, told, _ = traced(newsweave, "req_1", Answer(body=request), NOT_FOUND)
    assert code == 0
    assert told.splitlines() == [
        "req_1: 130 rows, 0 published; answered with 422",
        "line 2      refused     text: is empty",
        "and 129 more",
    ]
    assert traced(newsweave, "req_1", NOT_FOUND, NOT_FOUND)[0] == 1


def test_an_address_that_is_none_is_said_so(newsweave: Newsweave) -> None:
    told = newsweave("trace", "ftp://courier.example/x")
    assert told.returncode == 1
    assert "is no web address" in told.stderr


@pytest.mark.parametrize("asked", ["art_12", "", "bridge", "evt_00000000000000000000"])
def test_what_names_no_article_is_said_and_nobody_is_asked(newsweave: Newsweave, asked: str) -> None:
    told = newsweave("trace", asked)
    assert told.returncode == 1
    assert "no id of an article (art_…) or of a request (req_…), and no web address" in told.stderr
    assert "Without what ingest knows" not in told.stderr
