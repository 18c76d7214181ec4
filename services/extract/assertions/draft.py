"""An assertion on its way to a claim: where it stands, who is behind it, and what it was recognised by."""

from dataclasses import dataclass
from enum import StrEnum

from services.contracts.claim import AttributionLink, Commitment, Speaker
from services.extract.assertions.attributed import Attribution
from services.language.ranges import Range


class Form(StrEnum):
    """How a text asserts something."""

    QUOTED = "quoted"
    """Words between quote marks that no cue of their sentence introduces."""
    ATTRIBUTED = "attributed"
    """Content that a cue introduces, quoted or not."""
    NARRATED = "narrated"
    """A clause of the outlet itself."""


@dataclass(frozen=True)
class Draft:
    """A claim before its details."""

    form: Form
    range: Range
    quoted: tuple[Range, ...]
    speaker: Speaker | None = None
    cue: Range | None = None
    commitment: Commitment = Commitment.ASSERTS
    attribution: tuple[AttributionLink, ...] = ()
    proposal: Attribution | None = None
    """What the attribution model proposed, of an attributed one."""
    figure: bool = False
    """Whether it is a narrated one that counts something."""
    weight: int = 0
    """How important a narrated one is, beside others of its article."""
