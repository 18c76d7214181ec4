"""Dead letters: what they carry, that they can always be published, and the limit on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from services.contracts import dead_letter
from services.contracts.topics import ARTICLE_INGESTED, MAX_MESSAGE_BYTES
from services.runtime.dead_letters import GARBAGE_LOG_SECONDS, Failures, dead_letter_record
from services.runtime.errors import TooManyFailures
from services.runtime.messages import Headers, RawMessage, Record
from services.runtime.producer import ENVELOPE_BYTES
from services.runtime.settings import RuntimeSettings


def letter(raw: RawMessage, reason: str = "unusable") -> Record:
    return dead_letter_record(raw, ARTICLE_INGESTED, service="extract", prefix="p.", reason=reason, exception="Oops")


def raw(*, key: bytes | None = b"k", value: bytes | None = b"v", headers: Headers = ()) -> RawMessage:
    return RawMessage("p.article.ingested.v1", 3, 17, key, value, headers)


def size(record: Record) -> int:
    _, key, value, headers = record
    return len(key or b"") + len(value or b"") + sum(len(name) + len(told or b"") for name, told in headers)


def test_a_dead_letter_is_the_message_as_it_was_with_the_reason_and_its_origin() -> None:
    topic, key, value, headers = letter(raw(value=b"\xff", headers=[("ce_id", b"1"), ("x", None)]))
    assert (topic, key, value) == ("p.article.ingested.v1.extract.dlq", b"k", b"\xff")
    assert list(headers) == [
        ("ce_id", b"1"),
        ("x", None),
        (dead_letter.SERVICE, b"extract"),
        (dead_letter.REASON, b"unusable"),
        (dead_letter.EXCEPTION, b"Oops"),
        (dead_letter.ORIGIN_TOPIC, b"p.article.ingested.v1"),
        (dead_letter.ORIGIN_PARTITION, b"3"),
        (dead_letter.ORIGIN_OFFSET, b"17"),
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        raw(value=b"x" * (MAX_MESSAGE_BYTES + 1)),
        raw(value=b"x" * MAX_MESSAGE_BYTES, key=b"k" * 60_000),
        raw(value=b"x" * MAX_MESSAGE_BYTES, headers=[("h" * 60_000, b"")]),
        raw(value=b"x" * MAX_MESSAGE_BYTES, headers=[("h", b"x" * 1_000)] * 60),
    ],
)
def test_a_dead_letter_of_any_message_and_reason_can_be_published(hostile: RawMessage) -> None:
    record = letter(hostile, reason="\N{PILE OF POO}" * 100_000)
    assert size(record) < MAX_MESSAGE_BYTES + ENVELOPE_BYTES
    told = dict(record[3])
    assert told[dead_letter.ORIGIN_OFFSET] == b"17"
    assert (told[dead_letter.REASON] or b"").decode().endswith("…")


def test_a_reason_that_utf_8_cannot_carry_does_not_break_the_dead_letter() -> None:
    assert dict(letter(raw(), reason="half \ud800")[3])[dead_letter.REASON] == b"half ?"


def limit(window: int = 20, minimum: int = 10, share: float = 0.9) -> Failures:
    return Failures(
        RuntimeSettings(failure_window_messages=window, failure_minimum_messages=minimum, failure_share=share)
    )


def test_a_service_that_rejects_nearly_everything_is_stopped_with_where_to_look() -> None:
    failures = limit()
    failures.note(messages=10, rejected=9, garbage=0)
    with pytest.raises(TooManyFailures, match=r"rejected 19 of the last 20 messages(.|\n)*runbook"):
        failures.note(messages=10, rejected=10, garbage=0)


def test_too_few_messages_to_judge_by_stop_nothing() -> None:
    limit().note(messages=9, rejected=9, garbage=0)


def test_failures_that_are_long_past_are_forgotten() -> None:
    failures = limit()
    failures.note(messages=9, rejected=9, garbage=0)
    for _ in range(4):
        failures.note(messages=5, rejected=0, garbage=0)
    for _ in range(9):
        failures.note(messages=1, rejected=1, garbage=0)  # as many again, yet never nearly all of the window


def test_a_batch_larger_than_the_window_counts_as_a_whole() -> None:
    with pytest.raises(TooManyFailures):
        limit().note(messages=500, rejected=470, garbage=0)
    limit().note(messages=500, rejected=200, garbage=0)


def test_garbage_among_rejected_messages_excuses_nothing() -> None:
    with pytest.raises(TooManyFailures):
        limit().note(messages=10, rejected=10, garbage=1_000)


@given(st.lists(st.integers(0, 1_000), max_size=40))
def test_garbage_never_stops_a_service(batches: list[int]) -> None:
    failures = limit()
    for garbage in batches:
        failures.note(messages=0, rejected=0, garbage=garbage)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_a_service_that_handles_half_of_every_batch_is_never_stopped(batches: list[tuple[int, int]]) -> None:
    failures = limit()
    for handled, failed in batches:
        failures.note(messages=handled + failed + failed, rejected=failed, garbage=0)


def test_a_flood_of_garbage_is_an_error_in_the_log_once_a_minute() -> None:
    now = 0.0
    settings = RuntimeSettings(failure_window_messages=20, failure_minimum_messages=10)
    failures = Failures(settings, now=lambda: now)
    with capture_logs() as lines:
        for _ in range(10):
            failures.note(messages=1, rejected=0, garbage=20)
        now = GARBAGE_LOG_SECONDS
        failures.note(messages=0, rejected=0, garbage=20)
    assert [(line["log_level"], line["event"]) for line in lines] == [
        ("error", "somebody writes garbage to the topic")
    ] * 2
    assert lines[0]["unusable"] == "20 of the last 21 records"
