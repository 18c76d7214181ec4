"""What speaks against two claims being one."""

from dataclasses import dataclass
from enum import StrEnum

from services.contracts.event_claims import ContradictionKind


class Slot(StrEnum):
    """In what two claims differ."""

    FIGURE = "figure"
    INCREMENT = "increment"
    DATE = "date"
    POLARITY = "polarity"
    POSSIBILITY = "possibility"
    ROLES = "roles"
    SPEAKER = "speaker"
    NAME = "name"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why two claims do not state the same.

    Attributes:
        slot: In what they differ.
        reason: For people; the same whichever claim comes first.
        contradiction: The kind of contradiction that it is if both are about one thing; null if they merely differ.
        surmised: Whether it is a contradiction only between claims that are one but for this.
    """

    slot: Slot
    reason: str
    contradiction: ContradictionKind | None = None
    surmised: bool = False
