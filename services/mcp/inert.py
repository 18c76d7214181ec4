"""Words of others as they may stand before a language model: visible, in order, on one line, and not too long. Pure.

Articles are written by anybody. What a reader of the page would not see must not reach a model either: invisible tags
and selectors have been used to smuggle instructions (https://arxiv.org/abs/2510.05025).
"""

import unicodedata

MOST_BYTES = 420
"""Of one quotation, in UTF-8: its article has all of it."""
MOST_NAME_BYTES = 160
"""Of a name or title."""
ELLIPSIS = "…"
OPENING, CLOSING = "⟦", "⟧"
"""What stands around words of others in readable answers; in these words it is replaced."""
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_SHOWN_ALL_THE_SAME = frozenset("\u200c\u200d")
"""Joiners, which scripts and emoji need."""
_SELECTORS = range(0xE0100, 0xE01F0)
"""Variation selectors beyond those of emoji: they show nothing and can carry any bytes."""
_BRACKETS = {OPENING: "[", CLOSING: "]"}
_MOST_BYTES_OF_A_CHARACTER = 4


def inert(text: str | None, most_bytes: int = MOST_BYTES) -> str:
    """The words without control and turning characters or anything unseen, on one line, cut where they are too long."""
    start = (text or "")[: most_bytes * _MOST_BYTES_OF_A_CHARACTER]
    words = " ".join("".join(map(_character, start)).split())
    encoded = words.encode()
    if len(encoded) <= most_bytes and len(start) == len(text or ""):
        return words
    cut = encoded[: most_bytes - len(ELLIPSIS.encode())].decode(errors="ignore")
    return f"{cut.rsplit(maxsplit=1)[0] if ' ' in cut else cut}{ELLIPSIS}"


def inert_name(text: str | None) -> str | None:
    """A name or title likewise; None where nothing of it can be seen."""
    return inert(text, MOST_NAME_BYTES) or None


def _character(character: str) -> str:
    if character in _BRACKETS:
        return _BRACKETS[character]
    if character.isspace():
        return " "
    hidden = unicodedata.category(character) in _HIDDEN or ord(character) in _SELECTORS
    return "" if hidden and character not in _SHOWN_ALL_THE_SAME else character
