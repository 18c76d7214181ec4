"""What speaks against two claims being one."""

from dataclasses import dataclass
from enum import StrEnum


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
    """

    slot: Slot
    reason: str
