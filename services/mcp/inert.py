"""Words of others as they may stand before a language model: visible, in order, on one line, and not too long. Pure.

Articles are written by anybody. What a reader of the page would not see must not reach a model either: invisible tags
and selectors have been used to smuggle instructions (https://arxiv.org/abs/2510.05025).
"""

import re
import unicodedata

MOST_BYTES = 420
"""Of one quotation, in UTF-8: its article has all of it."""
MOST_NAME_BYTES = 160
"""Of a name or title."""
ELLIPSIS = "…"
OPENING, CLOSING = "⟦", "⟧"
"""What stands around words of others in readable answers; in these words it is replaced."""
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))
_UNSEEN_MARKS = frozenset("\u034f\u17b4\u17b5\u180b\u180c\u180d\u180f\U00016fe4")
"""Combining characters that show nothing."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show as a blank: a line of them is an empty line to a reader, and can carry bytes."""
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE0E), *range(0xE0100, 0xE01F0))))
"""Variation selectors but for those of emoji: they show nothing and can carry any bytes."""
_JOINERS, _STYLES = "\u200c\u200d", "\ufe0e\ufe0f"
"""What scripts need between letters and emoji behind a sign; anywhere else they can carry bytes, too."""
_UNSEEN_RUN = re.compile(f"[{_JOINERS}{_STYLES}]+")
_JOINING = frozenset((*_JOINERS, "\ufe0f\u200d"))
"""Runs that join what stands around them."""
_FIRST_JOINED = "\u0600"
"""Scripts before Arabic have no use for joiners."""
_BRACKETS = {OPENING: "[", CLOSING: "]"}
_MOST_BYTES_OF_A_CHARACTER = 4


def inert(text: str | None, most_bytes: int = MOST_BYTES) -> str:
    """The words without control and turning characters or anything unseen, on one line, cut where they are too long."""
    start = (text or "")[: most_bytes * _MOST_BYTES_OF_A_CHARACTER]
    visible = _UNSEEN_RUN.sub(_needed, "".join(map(_character, start)))
    words = " ".join(visible.split())
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
    if character.isspace() or character in _BLANK_LETTERS:
        return " "
    if character in _JOINERS or character in _STYLES:
        return character
    is_unseen = character in _UNSEEN_MARKS or character in _SELECTORS
    return "" if is_unseen or unicodedata.category(character) in _HIDDEN else character


def _needed(run: re.Match[str]) -> str:
    """Joiners and selectors of style as far as what stands before them has a use for them."""
    before = run.string[run.start() - 1 : run.start()]
    kind = unicodedata.category(before)[0] if before else ""
    can_join = before >= _FIRST_JOINED and kind in {"L", "M", "S"}
    has_styles = not before.isascii() and kind in {"S", "P"}
    unseen = run.group()
    if unseen in _JOINING:
        return unseen if can_join else ""
    return unseen if len(unseen) == 1 and has_styles else ""
