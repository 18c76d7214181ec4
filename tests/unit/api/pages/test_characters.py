import pytest

from services.api.pages.characters import ELLIPSIS, MOST_NAME_CHARACTERS, clipped, shown


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("nine died", 9, "nine died"),
        ("nine people died", 9, f"nine{ELLIPSIS}"),
        ("x" * 20, 5, f"xxxxx{ELLIPSIS}"),
        ("", 5, ""),
    ],
)
def test_a_long_text_is_cut_between_two_words(text: str, most: int, cut: str) -> None:
    assert clipped(text, most) == cut


def test_a_name_of_a_megabyte_is_shown_by_its_start() -> None:
    assert shown("x" * 1_000_000) == "x" * MOST_NAME_CHARACTERS + ELLIPSIS
