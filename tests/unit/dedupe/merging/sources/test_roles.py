"""How roles are compared."""

import pytest

from services.dedupe.merging.sources.roles import normalise_role


@pytest.mark.parametrize(
    ("role", "normalised"),
    [
        ("Turkey's prime minister", normalise_role("Turkish Prime Minister")),
        ("the mayor", "mayor"),
        ("'s prime minister", "'s prime minister"),
        ("", ""),
    ],
)
def test_roles_are_compared_without_determiner_case_and_form_of_the_country(role: str, normalised: str) -> None:
    assert normalise_role(role) == normalised
