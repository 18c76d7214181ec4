import re

import pytest

from services.language.falsehood import (
    CALLING_FALSE,
    FALSE,
    FALSELY,
    IS_FALSE,
    SAYS_FALSE,
    is_called_false,
    is_called_unproven,
)


@pytest.mark.parametrize("word", ["false", "untrue", "nonsense", "fabricated"])
def test_what_settles_that_something_is_not_so_says_so_in_every_list(word: str) -> None:
    assert word in FALSE
    assert re.fullmatch(SAYS_FALSE, word)
    assert re.fullmatch(IS_FALSE, word)


def test_a_rumour_is_called_false_but_that_it_is_one_settles_nothing() -> None:
    assert re.fullmatch(SAYS_FALSE, "rumour")
    assert not re.fullmatch(IS_FALSE, "rumour")


def test_verbs_are_given_by_how_they_begin_and_adverbs_whole() -> None:
    assert re.match(CALLING_FALSE, "disputed")
    assert re.fullmatch(FALSELY, "falsely")
    assert not re.fullmatch(FALSELY, "false")


@pytest.mark.parametrize(
    ("cue", "false", "unproven"),
    [
        ("falsely claimed", True, False),
        ("Wrongly said", True, False),
        ("debunked claims", True, False),
        ("said, incorrectly", True, False),
        ("unfounded claim", False, True),
        ("baselessly alleged", False, True),
        ("claimed, without evidence", False, True),
        ("left without saying", False, False),
        ("said", False, False),
        ("", False, False),
    ],
)
def test_a_cue_tells_what_the_outlet_makes_of_it(cue: str, false: bool, unproven: bool) -> None:
    assert (is_called_false(cue), is_called_unproven(cue)) == (false, unproven)
