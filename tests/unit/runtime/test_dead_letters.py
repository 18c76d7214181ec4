"""Dead letters: what they carry, that they can always be published, and the limit on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts import dead_letter
from services.contracts.topics import ARTICLE_INGESTED, MAX_MESSAGE_BYTES
from services.runtime.dead_letters import FailureLimit, dead_letter_record
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


def limit(window: int = 20, minimum: int = 10, share: float = 0.9) -> FailureLimit:
    return FailureLimit(
        RuntimeSettings(failure_window_messages=window, failure_minimum_messages=minimum, failure_share=share)
    )


def test_a_service_that_fails_nearly_everything_is_stopped_with_what_to_do() -> None:
    failures = limit()
    failures.note(handled=1, failed=9)
    with pytest.raises(TooManyFailures, match=r"19 of the last 20 messages failed(.|\n)*redrive"):
        failures.note(handled=0, failed=10)


def test_too_few_messages_to_judge_by_stop_nothing() -> None:
    limit().note(handled=0, failed=9)


def test_failures_that_are_long_past_are_forgotten() -> None:
    failures = limit()
    failures.note(handled=0, failed=9)
    for _ in range(4):
        failures.note(handled=5, failed=0)
    for _ in range(9):
        failures.note(handled=0, failed=1)  # as many again, yet never nearly all of the window


def test_a_batch_larger_than_the_window_counts_as_a_whole() -> None:
    with pytest.raises(TooManyFailures):
        limit().note(handled=30, failed=470)
    limit().note(handled=300, failed=200)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_a_service_that_handles_half_of_every_batch_is_never_stopped(batches: list[tuple[int, int]]) -> None:
    failures = limit()
    for handled, failed in batches:
        failures.note(handled=handled + failed, failed=failed)
