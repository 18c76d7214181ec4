"""How the client behaves: it waits as the service asks, within its patience, and asks for what has changed alone."""

from typing import Any

import pytest

from services.client.calls import anything
from services.client.conversation import Manners, Pause
from services.client.errors import BusyError, NewsweaveError, NotFoundError, NotReachableError, UnreadableAnswerError
from services.client.exchange import Answer, Request, Service, Unanswered
from services.client.kept_answers import MOST_ANSWERS, KeptAnswers
from services.client.problems import MOST_RETRY_SECONDS

GET = Request("GET", "/v1/events/evt_1")
Outcome = Answer | Unanswered


def answer(status: int = 200, body: bytes = b'{"a": 1}', **headers: str) -> Answer:
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


class Talk:
    """A conversation with a service that gives these outcomes, on a clock that pauses move."""

    def __init__(self, *, patience: float = 60.0, kept_bytes: int = 1_000) -> None:
        self.now = 100.0
        self.steps: list[Request | float] = []
        addresses = dict.fromkeys(Service, "http://api.example")
        self.manners = Manners(addresses, patience, KeptAnswers(kept_bytes), clock=lambda: self.now)

    def ask(self, *outcomes: Outcome, request: Request = GET) -> Any:
        steps, given = self.manners.converse(anything(request)), iter(outcomes)
        outcome: Outcome | None = None
        try:
            while True:
                step = steps.send(outcome)
                if isinstance(step, Pause):
                    self.steps.append(step.seconds)
                    self.now += step.seconds
                    outcome = None
                else:
                    self.steps.append(step)
                    outcome = next(given)
        except StopIteration as end:
            return end.value

    @property
    def pauses(self) -> list[float]:
        return [step for step in self.steps if isinstance(step, float)]

    @property
    def requests(self) -> list[Request]:
        return [step for step in self.steps if isinstance(step, Request)]


def test_an_answer_is_read_and_nothing_is_waited_for() -> None:
    talk = Talk()
    assert talk.ask(answer()) == {"a": 1}
    assert talk.steps == [GET]


@pytest.mark.parametrize("status", [409, 429, 503])
def test_a_service_that_asks_for_a_pause_is_asked_again_after_it(status: int) -> None:
    talk = Talk()
    assert talk.ask(answer(status, retry_after="3"), answer()) == {"a": 1}
    assert (talk.pauses, len(talk.requests)) == ([3.0], 2)


def test_the_patience_is_for_all_pauses_of_a_call_together() -> None:
    talk = Talk(patience=10)
    with pytest.raises(BusyError) as caught:
        talk.ask(answer(503, retry_after="6"), answer(503, retry_after="6"))
    assert (talk.pauses, caught.value.retry_after) == ([6.0], 6.0)


def test_without_patience_a_busy_service_is_told_of_at_once() -> None:
    talk = Talk(patience=0)
    with pytest.raises(BusyError, match="Too many requests: Wait"):
        talk.ask(answer(429, b'{"title": "Too many requests", "detail": "Wait."}', retry_after="1"))
    assert talk.pauses == []


def test_where_no_request_is_left_the_next_one_waits_for_the_next_window() -> None:
    talk = Talk()
    talk.ask(answer(ratelimit='"requests";r=1;t=41'))
    talk.ask(answer(ratelimit='"requests";r=0;t=41'))
    talk.now += 1
    talk.ask(answer(ratelimit='"requests";r=599;t=60'))
    assert talk.pauses == [40.0]


def test_a_window_that_is_longer_than_the_patience_is_not_waited_for() -> None:
    talk = Talk(patience=10)
    talk.ask(answer(ratelimit='"requests";r=0;t=41'))
    assert talk.ask(answer()) == {"a": 1}
    assert talk.pauses == []


def test_one_service_does_not_slow_down_the_other() -> None:
    talk = Talk()
    talk.ask(answer(ratelimit='"requests";r=0;t=41'))
    talk.ask(answer(202), request=Request("POST", "/v1/articles", service=Service.INGEST))
    assert talk.pauses == []


def test_an_answer_that_is_unchanged_is_the_one_that_was_kept() -> None:
    talk = Talk()
    assert talk.ask(answer(etag='"7-x"')) == {"a": 1}
    assert talk.ask(answer(304, b"", etag='"7-x"')) == {"a": 1}
    assert [dict(request.headers) for request in talk.requests] == [{}, {"If-None-Match": '"7-x"'}]


def test_another_address_is_another_answer() -> None:
    talk = Talk()
    talk.ask(answer(etag='"7-x"'))
    talk.ask(answer(), request=Request("GET", GET.path, (("version", "1"),)))
    assert talk.requests[-1].headers == {}


def test_no_more_is_kept_than_may_be() -> None:
    talk = Talk(kept_bytes=20)
    paths = ["/a", "/b", "/c", "/a"]
    for path in paths:
        talk.ask(answer(etag='"1"'), request=Request("GET", path))
    assert [bool(request.headers) for request in talk.requests] == [False, False, False, False]
    talk.ask(answer(304, b""), request=Request("GET", "/c"))
    talk.ask(answer(etag='"2"', body=b'"' + b"x" * 30 + b'"'), request=Request("GET", "/c"))
    talk.ask(answer(), request=Request("GET", "/c"))
    assert [bool(request.headers) for request in talk.requests[-3:]] == [True, True, False]


def test_an_answer_that_is_dropped_while_it_is_asked_for_is_still_the_answer() -> None:
    talk = Talk(kept_bytes=10)
    talk.ask(answer(etag='"7-x"'))
    steps = talk.manners.converse(anything(GET))
    assert isinstance(next(steps), Request)
    talk.ask(answer(etag='"8-y"', body=b'{"b": 2}'), request=Request("GET", "/v1/events/evt_2"))
    with pytest.raises(StopIteration) as end:
        steps.send(answer(304, b"", etag='"7-x"'))
    assert end.value.value == {"a": 1}


@pytest.mark.parametrize("etag", ['"é"', '"1"\n', ""])
def test_an_etag_that_cannot_be_sent_back_is_not(etag: str) -> None:
    talk = Talk()
    for _ in range(2):
        talk.ask(answer(etag=etag))
    assert [dict(request.headers) for request in talk.requests] == [{}, {}]


def test_empty_answers_are_not_kept_without_bound() -> None:
    talk = Talk()
    for number in range(MOST_ANSWERS + 1):
        talk.ask(answer(etag='"1"', body=b""), request=Request("GET", f"/{number}"))
    assert talk.manners.kept.find(Request("GET", "/0")) is None
    assert talk.manners.kept.find(Request("GET", "/1")) is not None


def test_what_is_sent_is_never_taken_for_unchanged() -> None:
    talk = Talk()
    for _ in range(2):
        talk.ask(answer(etag='"1"'), request=Request("POST", "/v1/match", body=b"{}"))
    assert [dict(request.headers) for request in talk.requests] == [{}, {}]


def test_no_answer_says_how_to_start_a_service() -> None:
    with pytest.raises(NotReachableError, match=r"nothing answers at http://api\.example \(refused\).*newsweave up"):
        Talk().ask(Unanswered("refused"))
    with pytest.raises(NotReachableError, match="did not answer in time"):
        Talk().ask(Unanswered("", timed_out=True))


def test_a_problem_is_an_error_that_says_what_it_says() -> None:
    problem = b'{"title": "No such event", "detail": "List them.", "request_id": "req_1", "errors": [{"field": "x"}]}'
    with pytest.raises(NotFoundError, match=r"No such event: List them\.") as caught:
        Talk().ask(answer(404, problem))
    assert (caught.value.status, caught.value.request_id, caught.value.faults) == (404, "req_1", [{"field": "x"}])


def test_a_pause_that_a_service_asks_for_is_a_number_that_can_be_waited() -> None:
    with pytest.raises(BusyError) as caught:
        Talk().ask(answer(503, retry_after="9" * 400))
    assert caught.value.retry_after == MOST_RETRY_SECONDS


@pytest.mark.parametrize("status", [200, 400])
def test_an_answer_that_is_nested_without_end_is_an_error_of_the_client(status: int) -> None:
    with pytest.raises(NewsweaveError):
        Talk().ask(answer(status, b"[" * 200_000))


def test_an_answer_of_another_service_is_noticed() -> None:
    with pytest.raises(UnreadableAnswerError, match="is that address Newsweave's"):
        Talk().ask(answer(200, b"<html>"))
