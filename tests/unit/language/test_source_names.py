import pytest

from services.language.source_names import (
    are_surely_different_bodies,
    are_surely_different_persons,
    is_of_other_reports,
    read_inner_source,
)


@pytest.mark.parametrize(
    ("name", "other", "different"),
    [
        ("the Ministry of Defence", "Karvelia's foreign ministry", True),
        ("the Harbour Wardens' Council", "a national counter-smuggling spokesperson", True),
        ("the Ministry of Defence statement", "the defence ministry", False),
        ("MoD", "the Ministry of Defence", False),
        ("the ministry", "Karvelia's foreign ministry", False),
        ("Russia", "Moscow's foreign ministry", False),
        ("Tolmar Lines", "the company", False),
        ("the former clerk", "a dockworker", False),
    ],
)
def test_only_bodies_whose_names_share_nothing_are_surely_two(name: str, other: str, different: bool) -> None:
    assert are_surely_different_bodies(name, other) is different
    assert are_surely_different_bodies(other, name) is different


def test_persons_are_two_where_their_last_names_differ() -> None:
    assert are_surely_different_persons("Ada Reyl", "Ilya Marchenkov")
    assert not are_surely_different_persons("Ada Reyl Jr.", "Reyl")


def test_a_report_of_others_names_its_own_source_before_the_words_that_it_quotes() -> None:
    assert is_of_other_reports("a later report")
    assert not is_of_other_reports("the Harbour Report")
    assert (
        read_inner_source("the Ministry of Ports statement indicated “all boats will be tracked.”")
        == "Ministry of Ports"
    )
    assert read_inner_source("it said that boats “will be tracked”") is None
