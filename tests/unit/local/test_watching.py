"""`newsweave watch` and `newsweave changes`, and how they go on after a break."""

import json
from collections.abc import Callable, Iterator
from itertools import chain, islice, repeat
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx_sse import ServerSentEvent

from services.client.following import LONGEST_PAUSE_SECONDS, Following
from services.client.sync_lists import OnBreak
from services.local.client import Client, RefusedError
from services.local.watching import Watch
from tests.support.http_server import Answer, Request, http_server
from tests.unit.local.test_commands import Newsweave, newsweave

__all__ = ["newsweave"]  # the fixture

T = TypeVar("T")
STREAM = "text/event-stream"


def update(number: int, **more: object) -> str:
    data = {
        "event": {"event_id": f"evt_{number}", "headline": f"Ferry {number}"},
        "version": 3,
        "merged_into": None,
        "changes": [{"kind": "claim_added", "text": "Nine people died."}],
        "changes_total": 4,
        **more,
    }
    return f"id: {number}-0\nevent: event\ndata: {json.dumps(data)}\n\n"


def connection(first: int, *frames: str) -> Answer:
    position = f"id: {first}-0\nevent: position\ndata: {{}}\n\n"
    return Answer(body=(position + "".join(frames)).encode(), content_type=STREAM)


def in_turn(answers: list[Answer]) -> Callable[[Request], Answer]:
    """Answers one after the other, the last one again and again."""
    given: Iterator[Answer] = chain(answers, repeat(answers[-1]))
    return lambda _: next(given)


def asked(request: Request) -> dict[str, list[str]]:
    return parse_qs(urlsplit(request.path).query)


def watched(answers: list[Answer], updates: int) -> tuple[list[str], list[Request], list[float], list[str]]:
    """Ids of so many updates, what was asked for them, the pauses between, and the remarks."""
    pauses: list[float] = []
    remarks: list[str] = []
    with http_server(in_turn(answers)) as server, Client(server.url, timeout_seconds=5, pause=pauses.append) as client:
        told = Watch(client, (("publisher", "a.example"), ("since", "2026-03-04")), remarks.append).follow()
        return [next(told)[0] for _ in range(updates)], list(server.requests), pauses, remarks


def test_a_connection_that_ends_is_made_again_where_it_was() -> None:
    ids, requests, pauses, _ = watched([connection(1, update(2), update(3)), connection(3, update(4))], 3)
    assert ids == ["2-0", "3-0", "4-0"]
    assert asked(requests[0]) == {"publisher": ["a.example"], "since": ["2026-03-04"]}
    assert asked(requests[1]) == {"publisher": ["a.example"]}
    assert requests[1].last_event_id == "3-0"
    assert pauses == [1.0]


def test_a_heartbeat_moves_the_position() -> None:
    _, requests, _, _ = watched([connection(1, update(2), ": heartbeat\nid: 9-0\n\n"), connection(9, update(10))], 2)
    assert requests[1].last_event_id == "9-0"


def test_the_service_says_how_long_to_wait() -> None:
    _, _, pauses, _ = watched([connection(1, update(2), "retry: 2500\n\n"), connection(2, update(3))], 2)
    assert pauses == [2.5]


def test_while_nothing_answers_pauses_grow_up_to_a_bound() -> None:
    away = Answer(503, {"title": "Away"})
    _, _, pauses, _ = watched([connection(1, update(2)), *[away] * 6, connection(2, update(3))], 2)
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]


def test_who_was_away_too_long_is_told_and_goes_on_with_what_is_held() -> None:
    gone = Answer(410, {"title": "The position is no longer held", "floor": "50-0"})
    ids, requests, _, remarks = watched([connection(1, update(2)), gone, connection(50, update(51))], 2)
    assert ids == ["2-0", "51-0"]
    assert requests[2].last_event_id == "0-0"
    assert any("missed" in remark for remark in remarks)


class ForgetfulService(Client):
    """Gives an update, then says that the position is no longer held; each time anew."""

    def follow(self, following: Following[T], on_break: OnBreak) -> Iterator[T]:
        update = following.take(ServerSentEvent("event", '{"version": 3}', "2-0"))
        assert update is not None
        yield update
        raise RefusedError(410, "The position is no longer held")


def test_who_is_away_too_long_again_and_again_goes_on_each_time() -> None:
    with ForgetfulService("http://127.0.0.1:9", timeout_seconds=5) as client:
        updates = list(islice(Watch(client, (), lambda _: None).follow(), 2_000))
    assert len(updates) == 2_000


@pytest.mark.parametrize("data", ["<html>", "[]"])
def test_an_update_that_cannot_be_read_is_named(newsweave: Newsweave, data: str) -> None:
    broken = f"id: 2-0\nevent: event\ndata: {data}\n\n"
    with http_server(in_turn([connection(1, broken)])) as server:
        run = newsweave("watch", "--once", "--url", server.url)
    assert run.returncode == 1
    assert run.stderr.startswith("newsweave: the update at 2-0 is not")


def test_updates_are_told_one_a_line_without_what_steers_a_terminal(newsweave: Newsweave) -> None:
    steering = update(2, event={"event_id": "evt_2", "headline": "Ferry \x1b[2J"})
    with http_server(in_turn([connection(1, steering, update(3, merged_into="evt_9"))])) as server:
        told = newsweave("watch", "--once", "--url", server.url)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "evt_2  v3  Ferry �[2J — claim added: Nine people died.; 3 more",
        "evt_3  v3  Ferry 3 — merged into evt_9",
    ]


def test_updates_are_given_as_lines_of_json(newsweave: Newsweave) -> None:
    options = ("--filter", "publisher=a.example", "--change", "denial", "--saved", "ferries", "--after", "1-0")
    with http_server(in_turn([connection(1, update(2))])) as server:
        told = newsweave("watch", "--once", "--json", *options, "--url", server.url)
        (request,) = server.requests
    assert [json.loads(line)["id"] for line in told.stdout.splitlines()] == ["2-0"]
    assert asked(request) == {
        "publisher": ["a.example"],
        "change": ["denial"],
        "saved": ["ferries"],
        "follow": ["false"],
    }
    assert request.last_event_id == "1-0"


@pytest.mark.parametrize("text", ["publisher", "=x", "publisher="])
def test_a_filter_that_is_none_is_refused(newsweave: Newsweave, text: str) -> None:
    told = newsweave("watch", "--filter", text, "--url", "http://127.0.0.1:9")
    assert (told.returncode, "NAME=VALUE" in told.stderr) == (1, True)


def test_what_the_service_refuses_ends_the_watch(newsweave: Newsweave) -> None:
    refusal = Answer(400, {"title": "The query is not valid", "detail": "did you mean publisher?"})
    with http_server(in_turn([refusal])) as server:
        told = newsweave("watch", "--filter", "publsher=x", "--url", server.url)
    assert (told.returncode, "did you mean publisher?" in told.stderr) == (1, True)


CHANGE = {
    "kind": "headline_changed",
    "version": 7,
    "at": "2026-03-04T16:00:00Z",
    "headline": "Ferry capsizes",
    "claim": None,
}


def test_changes_are_told_part_by_part_and_gaps_with_them(newsweave: Newsweave) -> None:
    first = Answer(body={"whole": False, "next": "7.1", "changes": [CHANGE]})
    last = Answer(body={"whole": True, "next": None, "changes": [{**CHANGE, "version": 8}]})
    with http_server(in_turn([first, last])) as server:
        told = newsweave("changes", "evt_a", "--since", "6", "--kind", "headline_changed", "--url", server.url)
        requests = list(server.requests)
    assert told.stdout.splitlines() == [
        "2026-03-04T16:00:00  v7    headline changed: Ferry capsizes",
        "2026-03-04T16:00:00  v8    headline changed: Ferry capsizes",
    ]
    assert "missing" in told.stderr
    assert asked(requests[1]) == {"limit": ["100"], "since": ["6"], "kind": ["headline_changed"], "cursor": ["7.1"]}


def test_changes_of_no_event_say_where_events_are(newsweave: Newsweave) -> None:
    with http_server(in_turn([Answer(404, {"title": "No such event"})])) as server:
        told = newsweave("changes", "evt_x", "--url", server.url)
    assert (told.returncode, "newsweave events" in told.stderr) == (1, True)
