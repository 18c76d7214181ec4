import pytest

from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import veto_kinds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ministry closed the port.", "The ministry did not close the port."),
        ("The ministry closed the port.", "The ministry never closed the port."),
        ("The ministry agreed to close the port.", "The ministry refused to close the port."),
        ("The company disclosed the leak.", "The company failed to disclose the leak."),
        ("Officials said the port was closed.", "Officials denied that the port was closed."),
        ("Exports rose in June.", "Exports fell in June."),
        ("Exports climbed in June.", "Exports did not rise in June."),
        ("The guards left before the raid.", "The guards left after the raid."),
        ("Parliament passed the bill on fishing.", "The bill on fishing failed in parliament."),
        ("Passengers were hurt.", "No passengers were hurt."),
        ("The guards spied on the port.", "The notion that the guards spied on the port is ridiculous."),
        ("The ministry confirmed that two nurses died.", "The ministry declined to confirm that two nurses died."),
    ],
)
def test_what_holds_on_one_side_only_keeps_claims_apart(one: str, other: str) -> None:
    assert VetoKind.POLARITY in veto_kinds(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ministry did not close the port.", "The ministry did not shut the port."),
        ("The company failed to disclose the leak.", "The company did not disclose the leak."),
        (
            "The company was sued for failure to disclose the leak.",
            "The company was sued for failing to disclose the leak.",
        ),
        ("The tax falls on the buyer, not the shop.", "The tax falls on the buyer, not on the shop."),
        ("Storm Irma did not lose its strength at sea.", "Storm Irma kept its strength at sea."),
        ("More than 40 homes burned down.", "Fewer than 45 homes burned down."),
        ("Guards neither saw nor heard the men.", "Guards did not see or hear the men."),
    ],
)
def test_negations_that_agree_do_not(one: str, other: str) -> None:
    assert VetoKind.POLARITY not in veto_kinds(one, other)
