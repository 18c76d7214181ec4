"""JSON as sites write it."""

import pytest

from services.ingest.text.lenient_json import read_lenient_json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\ud83d\ude00"', "\U0001f600"),
        (r'"a\ud83d"', "a\ufffd"),
        (r'"\uDE00b"', "\ufffdb"),
        (r'"\ud83d\ud83d\ude00"', "\ufffd\U0001f600"),
        (r'"\ude00\ud83d"', "\ufffd\ufffd"),
        (r'"\\ud83d"', r"\ud83d"),
        (r'"\\\ud83d"', "\\\ufffd"),
        (r'"\ud83d\n\u00e9"', "\ufffd\n\u00e9"),
        ('"one\ntwo"', "one\ntwo"),
        (r'{"\ud83d": [1]}', {"\ufffd": [1]}),
    ],
)
def test_half_of_a_character_is_replaced_and_all_else_stays(text: str, value: object) -> None:
    assert read_lenient_json(text) == value


@pytest.mark.parametrize("text", ["", "{", r'"\ud8', r'"\ud83', "\\ud83d"])
def test_what_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"line 1|Expecting"):
        read_lenient_json(text)
