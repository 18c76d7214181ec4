"""`newsweave events`, `newsweave search` and `newsweave claims`: what they ask for, and what they show."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.http_server import Answer, Request, http_server
from tests.unit.local.test_commands import Newsweave, newsweave

__all__ = ["newsweave"]  # the fixture

EVENT = {
    "event_id": "evt_1",
    "headline": "Ferry capsizes off Port Eldrin",
    "highlights": {
        "headline": [{"start": 0, "end": 5}],
        "claims": [{"claim_id": "clm_1", "text": "The ferry sank.", "spans": [{"start": 4, "end": 9}]}],
    },
}
CLAIM = {
    "event": {"event_id": "evt_1", "version": 1, "headline": "Ferry capsizes", "url": "/x", "page": "/y"},
    "claim_id": "clm_1",
    "text": "The door was open.",
    "speaker": {"canonical": "Marta Selwick"},
    "commitment": "declines_to_confirm",
    "origins": 2,
    "report": {"publisher": {"name": None, "domain": "courier.example"}},
    "highlights": [],
}


def answer(**body: object) -> Answer:
    return Answer(body=json.dumps(body).encode())


def asked(request: Request) -> dict[str, list[str]]:
    return parse_qs(urlsplit(request.path).query)


def test_a_search_shows_events_with_the_claims_that_have_its_words(newsweave: Newsweave) -> None:
    with http_server(lambda _: answer(events=[EVENT], next=None)) as server:
        told = newsweave("search", "ferry", "-f", "publisher=a.example,b.ex", "--sort", "growth", "--url", server.url)
        assert asked(server.requests[0]) == {
            "publisher": ["a.example,b.ex"],
            "q": ["ferry"],
            "sort": ["growth"],
            "limit": ["10"],
        }
    assert told.returncode == 0
    assert told.stdout.splitlines() == ["Ferry capsizes off Port Eldrin", "  evt_1", "  The ferry sank."]


def test_a_search_says_which_names_a_word_was_taken_for(newsweave: Newsweave) -> None:
    with http_server(lambda _: answer(events=[EVENT], next=None, corrected={"Marnn": ["marn"]})) as server:
        told = newsweave("search", "Marnn", "--url", server.url)
    assert "Nothing has 'Marnn': searched for marn." in told.stdout


def test_claims_are_shown_with_who_said_them_and_where_they_are(newsweave: Newsweave) -> None:
    with http_server(lambda _: answer(claims=[CLAIM], next=None)) as server:
        told = newsweave("claims", "door", "--filter", "speaker=Marta Selwick", "--url", server.url)
        assert asked(server.requests[0]) == {"speaker": ["Marta Selwick"], "q": ["door"], "limit": ["20"]}
    assert told.stdout.splitlines() == [
        "The door was open.",
        "  Marta Selwick (declines to confirm); 2 origins, first in courier.example; evt_1 Ferry capsizes",
    ]


def test_events_take_conditions_and_an_order(newsweave: Newsweave) -> None:
    with http_server(lambda _: answer(events=[], next=None)) as server:
        told = newsweave("events", "--filter", "has=denial", "--filter", "has=correction", "--sort", "origins",
                         "--saved", "mine", "--url", server.url)  # fmt: skip
        assert asked(server.requests[0]) == {
            "has": ["denial", "correction"],
            "sort": ["origins"],
            "saved": ["mine"],
            "limit": ["20"],
        }
    assert told.stdout == "No event meets that.\n"


@pytest.mark.parametrize("command", [("events",), ("search", "x"), ("claims",)])
def test_a_filter_without_a_value_is_refused(newsweave: Newsweave, command: tuple[str, ...]) -> None:
    told = newsweave(*command, "--filter", "publisher", "--url", "http://127.0.0.1:9")
    assert told.returncode == 1
    assert "give NAME=VALUE" in told.stderr


@pytest.mark.parametrize(("command", "key"), [(("search", "x"), "events"), (("claims",), "claims")])
def test_json_is_what_the_api_says(newsweave: Newsweave, command: tuple[str, ...], key: str) -> None:
    with http_server(lambda _: answer(**{key: [EVENT]}, next=None)) as server:
        told = newsweave(*command, "--json", "--url", server.url)
    assert json.loads(told.stdout) == {key: [EVENT], "corrected": {}}


def test_an_export_walks_all_events_and_all_claims_of_each(newsweave: Newsweave) -> None:
    support = {
        "article_id": "art_1", "publisher": {"domain": "courier.example"}, "origin_id": "org_1", "claim_id": "clm_1",
        "span": {"start": 3, "end": 8}, "text": "=SUM(",
    }  # fmt: skip
    claim = {"claim_id": "clm_1", "kind": "statement", "text": "=SUM(", "origins": 1, "reports": [support]}

    def api(request: Request) -> Answer:
        path, cursor = urlsplit(request.path).path, asked(request).get("cursor")
        if path == "/v1/events":
            number = 2 if cursor else 1
            summary = {"event_id": f"evt_{number}", "headline": f"Event {number}"}
            return answer(events=[summary], next=None if cursor else "more")
        return answer(claims=[claim], next=None if cursor else "more")

    with http_server(api) as server:
        told = newsweave("export", "claims", "--filter", "has=denial", "--url", server.url)
        lists = [asked(request) for request in server.requests if urlsplit(request.path).path == "/v1/events"]
    assert lists == [
        {"has": ["denial"], "limit": ["100"]},
        {"has": ["denial"], "limit": ["100"], "cursor": ["more"]},
    ]
    header, *rows = told.stdout.splitlines()
    assert header.startswith("event_id,headline,claim_id,claim,kind,speaker,")
    assert [row.split(",")[0] for row in rows] == ["evt_1", "evt_1", "evt_2", "evt_2"]
    assert all(row.endswith(",'=SUM(,3,8") for row in rows)
