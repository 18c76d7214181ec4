"""A veto: a reason why two claims cannot be one proposition."""

from dataclasses import dataclass
from enum import StrEnum


class VetoKind(StrEnum):
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
class Veto:
    """One reason why two claims do not state the same proposition.

    Attributes:
        kind: In what they differ.
        reason: The reason in words for people; the same whichever claim comes first.
    """

    kind: VetoKind
    reason: str
