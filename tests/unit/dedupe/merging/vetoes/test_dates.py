import pytest

from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import veto_kinds

FERRY = "The ferry Solenne left Port Amery on Tuesday with 140 passengers."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FERRY, FERRY.replace("Tuesday", "Friday")),
        ("The museum opened on March 3.", "The museum opened on 9 March."),
        ("The museum opened in 1951.", "The museum opened in 1963."),
        ("The match starts at 7 p.m.", "The match starts at 9:30 p.m."),
    ],
)
def test_two_dates_of_one_kind_keep_claims_apart(one: str, other: str) -> None:
    assert VetoKind.DATE in veto_kinds(one, other)


def test_dates_of_two_kinds_do_not() -> None:
    assert VetoKind.DATE not in veto_kinds(FERRY, FERRY.replace("on Tuesday", "on March 3"))
