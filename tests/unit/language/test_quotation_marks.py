import pytest

from services.language.quotation_marks import quote


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        (" the gates were open ", "\u201cthe gates were open\u201d"),
        ('the "gates" were open', "\u201cthe \u2018gates\u2019 were open\u201d"),
        ("the door \u201cwas shut\u201d", "\u201cthe door \u2018was shut\u2019\u201d"),
        ('"the gates were open"', "\u201cthe gates were open\u201d"),
        ('"open" and "shut"', "\u201c\u2018open\u2019 and \u2018shut\u2019\u201d"),
        ('an odd " mark', '\u201can odd " mark\u201d'),
        ("", "\u201c\u201d"),
    ],
)
def test_quotation_marks_inside_of_quotation_marks_are_single(words: str, quoted: str) -> None:
    assert quote(words) == quoted
