"""Words put between quotation marks."""

import re

_SINGLE = {ord("\u201c"): "\u2018", ord("\u201d"): "\u2019"}
_STRAIGHT = re.compile(r'"([^"]*)"')


def quote(words: str) -> str:
    """Put words between quotation marks; marks inside become single, and words that are all quoted keep one pair."""
    inner = _STRAIGHT.sub("\u2018\\1\u2019", words.strip()).translate(_SINGLE)
    if inner.startswith("\u2018") and inner.endswith("\u2019") and inner.count("\u2018") == 1:
        inner = inner[1:-1]
    return f"\u201c{inner}\u201d"
