from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import veto_kinds


def test_who_does_it_to_whom_matters() -> None:
    assert VetoKind.ROLES in veto_kinds("Varga sued Lindholm over the patent.", "Lindholm sued Varga over the patent.")
    assert VetoKind.ROLES not in veto_kinds(
        "Varga sued Lindholm over the patent.", "Lindholm was sued by Varga over the patent."
    )
