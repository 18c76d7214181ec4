import re

from services.language.hearsay import ALLEGATIONS, HEARSAY, PASSED_AROUND, POINTED_AT, SAYINGS, either_number


def test_what_is_passed_around_is_hearsay_and_all_hearsay_can_be_denied() -> None:
    assert PASSED_AROUND < HEARSAY < ALLEGATIONS
    assert SAYINGS < ALLEGATIONS


def test_a_piece_of_a_pattern_takes_one_or_several_of_what_a_noun_names() -> None:
    nouns = re.compile(either_number(("claim", "story")))
    assert all(nouns.fullmatch(word) for word in ("claim", "claims", "story", "stories"))
    assert not any(nouns.fullmatch(word) for word in ("clai", "storys", "storie"))


def test_an_idea_of_nobodys_can_be_denied_but_is_no_hearsay() -> None:
    assert "idea" in ALLEGATIONS
    assert HEARSAY.isdisjoint(("idea", "notion"))
    assert "notion" in POINTED_AT
