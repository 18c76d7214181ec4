import threading
import tracemalloc

import pytest

from services.ingest.push.body import BadBody, Fault, all_valid, read_rows

ROW = b'{"text": "The old bridge reopened."}'


class _SetAfter(threading.Event):
    """An event that is set once it was looked at so many times."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    def is_set(self) -> bool:
        self._looks -= 1
        return self._looks < 0


def lines_of(body: bytes) -> list[int]:
    return [row.line for row in all_valid(read_rows(body, json_lines=True, max_rows=100))]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        (ROW, [1]),
        (ROW + b"\n" + ROW, [1, 2]),
        (b"\n \n\t" + ROW + b"\r\n\r\n\n " + ROW + b" \n", [3, 6]),
        (b"\xef\xbb\xbf\n" + ROW, [2]),
    ],
)
def test_rows_are_numbered_by_their_lines_and_blank_lines_skipped(body: bytes, lines: list[int]) -> None:
    assert lines_of(body) == lines


def test_columns_of_faults_count_from_the_beginning_of_the_line() -> None:
    with pytest.raises(BadBody) as refused:
        all_valid(read_rows(ROW + b"\n\n   none", json_lines=True, max_rows=100))
    [fault] = refused.value.errors
    assert (fault.line, fault.message.rpartition(" at ")[2]) == (3, "column 4")


@pytest.mark.parametrize("blank", [b"\n", b" ", b"\n \r"])
def test_fault_9_a_body_of_33_million_line_ends_costs_next_to_nothing(blank: bytes) -> None:
    body = ROW + b"\n" + blank * (33_000_000 // len(blank)) + b"\n" + ROW
    tracemalloc.start()
    try:
        first, last = lines_of(body)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (first, last) == (1, body.count(b"\n") + 1)
    assert peak_bytes < 1_000_000  # 264 MB and seconds when each line became an object


@pytest.mark.parametrize(
    "ignored",
    [
        b"[" + b"[]," * 400_000 + b"0]",
        b"[" + b'"ab",' * 300_000 + b"0]",
        b"{" + b",".join(b'"%d":0' % number for number in range(150_000)) + b"}",
        b'["\\"' + b'",[],"' * 300_000 + b'\\\\"]',
    ],
)
def test_a_row_of_many_small_values_is_refused_before_they_take_its_size_many_times_over(ignored: bytes) -> None:
    body = ROW[:-1] + b', "ignored": ' + ignored + b"}"
    tracemalloc.start()
    try:
        with pytest.raises(BadBody) as refused:
            all_valid(read_rows(body, json_lines=False, max_rows=1))
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (
        refused.value.errors[0].message
        == "has more than 200,000 names and values: leave out what is no field of an article"
    )
    assert refused.value.fault is Fault.INVALID
    assert peak_bytes < 100_000  # up to 37 times the body


def test_the_commas_of_a_long_text_are_no_values() -> None:
    text = b'it said: \\"one, [two], {three}\\"; ' * 30_000
    assert lines_of(b'{"text": "' + text + b'", "ignored": [' + b"1," * 90_000 + b"1]}") == [1]


def test_rows_that_nobody_waits_for_any_more_are_not_read() -> None:
    body = (ROW + b"\n") * 100
    assert len(read_rows(body, json_lines=True, max_rows=100, given_up=_SetAfter(3))) == 3
