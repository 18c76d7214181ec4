"""Whether words before an infinitive say that it did not, or need not, happen: "urged to leave", "tried to kill"."""

from collections.abc import Sequence
from enum import Enum, auto

from services.language.stems import base_stem

_WINDOW = 9
"""Tokens before the infinitive in which the verb stands that governs it."""
_REAL = frozenset(map(base_stem, (
    "force", "have", "manage", "able", "begin", "start", "continue", "help", "compel", "make", "oblige",
)))  # fmt: skip
_TOLD = frozenset(map(base_stem, (
    "tell", "urge", "order", "ask", "advise", "warn", "instruct", "encourage", "require", "beg", "call", "implore",
    "plead", "recommend",
)))  # fmt: skip
_UNREAL = frozenset(map(base_stem, (
    "try", "attempt", "threaten", "vow", "want", "hope", "plot", "conspire", "intend", "refuse", "fail", "decline",
)))  # fmt: skip


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
    for verb in map(base_stem, reversed(tokens[-_WINDOW:-1])):
        if verb in _REAL:
            return Governor.NONE
        if verb in _TOLD:
            return Governor.TOLD
        if verb in _UNREAL:
            return Governor.UNREAL
    return Governor.NONE
