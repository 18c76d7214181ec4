import pytest

from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import veto_kinds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The guards opened fire.", "The guards may have opened fire."),
        ("The mill will close in May.", "The mill could close in May."),
        ("Children got the vaccine first.", "If the vaccine is approved, children will get it first."),
    ],
)
def test_a_fact_is_no_possibility(one: str, other: str) -> None:
    assert VetoKind.POSSIBILITY in veto_kinds(one, other)
