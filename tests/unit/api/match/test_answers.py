"""Answers of `/v1/match`, put together."""

from services.api.match.answers import match_of
from services.api.match.decision import Decision
from services.api.match.matcher import Scored
from services.api.match.signals import SIGNALS, Compared
from services.api.summaries import summarise
from tests.unit.api.examples import event

WEIGHTS = dict.fromkeys(SIGNALS, (0.5, 1.0, 0.0)) | {
    "cosine": (0.5, 1.0, -2.0),
    "mean_cosine": (0.5, 1.0, 3.0),
    "days": (0.5, 1.0, -1.0),
}
DECISION = Decision("w", 0.5, 0.0, WEIGHTS)
SUMMARIES = {each: summarise(event(each)) for each in ("evt_a", "evt_b")}


def scored(event_id: str, probability: float, *, same_url: bool = False) -> Scored:
    return Scored(Compared(event_id, "art_1", dict.fromkeys(SIGNALS, 1.0), same_url), probability)


def test_likeness_never_speaks_against_an_event() -> None:
    found = match_of([scored("evt_a", 0.9)], SUMMARIES, DECISION, "m", "1-0")
    assert found.best is not None
    assert (found.best.for_it, found.best.against_it) == (("mean_cosine",), ("days",))


def test_an_event_that_has_just_been_merged_is_passed_over() -> None:
    found = match_of([scored("evt_gone", 0.9), scored("evt_b", 0.4)], SUMMARIES, DECISION, "m", "1-0")
    assert found.best is not None
    assert (found.best.event.event_id, found.matched, found.runner_up) == ("evt_b", False, None)


def test_the_reason_says_which_case_it_is() -> None:
    def reason(*ranked: Scored) -> str:
        return match_of(ranked, SUMMARIES, DECISION, "m", "1-0").reason

    assert "0.90; 0.50 is needed" in reason(scored("evt_a", 0.9))
    assert "what speaks most against it is days" in reason(scored("evt_a", 0.1))
    assert reason(scored("evt_a", 1.0, same_url=True)) == "One of its articles has this address."
    assert "nothing is near" in reason()
