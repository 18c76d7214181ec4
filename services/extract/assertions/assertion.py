"""An assertion on its way to a claim: where it stands, who is behind it, and what it was recognised by."""

from dataclasses import dataclass

from services.contracts.claim import AssertionForm, AttributionLink, Commitment, Speaker
from services.extract.assertions.attribution import Attribution
from services.language.ranges import Range


@dataclass(frozen=True)
class Assertion:
    """A claim before its details."""

    form: AssertionForm
    range: Range
    quoted: tuple[Range, ...]
    speaker: Speaker | None = None
    cue: Range | None = None
    commitment: Commitment = Commitment.ASSERTS
    attribution: tuple[AttributionLink, ...] = ()
    proposal: Attribution | None = None
    """What the attribution model proposed, of an attributed one."""
    sentence: Range | None = None
    """The sentence in which it starts."""
    figure: bool = False
    """Whether it is a narrated one that counts something."""
    weight: int = 0
    """How important a narrated one is, beside others of its article."""
