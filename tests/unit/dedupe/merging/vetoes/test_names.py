import pytest

from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import veto_kinds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senator Ida Varga said the plan was sound.", "Senator Otto Brenn said the plan was sound."),
        ("The plan is sound, Ida Varga told reporters.", "The plan is sound, Otto Brenn told reporters."),
    ],
)
def test_two_named_sources_keep_claims_apart(one: str, other: str) -> None:
    assert VetoKind.SPEAKER in veto_kinds(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Senator Ida Varga said the plan was sound.", "Varga said the plan was sound."),
        ("Sergei Petrovsky said the plan was sound.", "Sergey Petrovsky said the plan was sound."),
        ("Officials said the plan was sound.", "Ida Varga said the plan was sound."),
    ],
)
def test_one_source_named_in_two_ways_does_not(one: str, other: str) -> None:
    assert VetoKind.SPEAKER not in veto_kinds(one, other)


def test_one_sentence_about_two_people_is_two_claims() -> None:
    told = "{} crossed the strait alone in a small boat in eleven hours, a record for the season."
    assert VetoKind.NAME in veto_kinds(told.format("Mirela Vastag"), told.format("Jonas Ekdal"))
