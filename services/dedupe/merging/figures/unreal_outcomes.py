"""Whether words before an infinitive say that it did not, or need not, happen: "urged to leave", "tried to kill"."""

from collections.abc import Sequence
from enum import Enum, auto

_WINDOW = 9
"""Tokens before the infinitive in which the verb stands that governs it."""
_REAL = frozenset({
    "forced", "forcing", "had", "having", "has", "managed", "able", "began", "begun", "started", "continued", "helped",
    "compelled", "made", "obliged",
})  # fmt: skip
_TOLD = frozenset({
    "told", "tell", "telling", "urged", "urge", "urging", "ordered", "ordering", "asked", "ask", "asking", "advised",
    "advise", "advising", "warned", "warning", "instructed", "encouraged", "encouraging", "required", "begged",
    "called", "calling", "implored", "pleaded", "recommended",
})  # fmt: skip
_UNREAL = frozenset({
    "tried", "try", "trying", "attempt", "attempted", "attempting", "threatened", "threaten", "threatening", "vowed",
    "vow", "want", "wanted", "hope", "hoped", "hoping", "plot", "plotted", "plotting", "conspire", "conspired",
    "conspiring", "intend", "intended", "intending", "refused", "refuse", "refusing", "failed", "fail", "failing",
    "declined",
})  # fmt: skip


class Governor(Enum):
    """What governs an infinitive."""

    NONE = auto()
    """No infinitive, or nothing that makes it unreal."""
    TOLD = auto()
    """Somebody was told to do it."""
    UNREAL = auto()
    """Somebody wanted or tried to do it, or did not do it."""


def read_governor(tokens: Sequence[str]) -> Governor:
    """Read what governs the infinitive that starts behind these tokens, in lower case."""
    if not tokens or tokens[-1] != "to":
        return Governor.NONE
    for token in reversed(tokens[-_WINDOW:-1]):
        if token in _REAL:
            return Governor.NONE
        if token in _TOLD:
            return Governor.TOLD
        if token in _UNREAL:
            return Governor.UNREAL
    return Governor.NONE
