"""Characters of names, titles and texts that a page must not set, and how much of them it sets. Pure."""

_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Embeddings, overrides and isolates: they turn what follows on the page, also what is not theirs."""
_UNSEEN = "\u200b\u2060\ufeff"
"""Zero-width space, word joiner, byte order mark. Joiners that scripts and emoji need stay."""
_LEFT_OUT = dict.fromkeys(map(ord, _TURNING + _UNSEEN))
MOST_NAME_CHARACTERS = 300
"""Of a name, a title or a headline: longer than any real one."""
MOST_TEXT_CHARACTERS = 500
"""Of a claim or a wording on a page that lists several: its article has all of it."""
ELLIPSIS = "…"


def in_order(text: str) -> str:
    """The text in the order in which it is written, and nothing else changed.

    The JSON API gives texts as they are; only pages leave these characters out.
    """
    return text.translate(_LEFT_OUT)


def shown(name: str | None) -> str:
    """A name or title as pages show it; empty where nothing of it can be seen."""
    return clipped(in_order(name or "").strip(), MOST_NAME_CHARACTERS)


def clipped(text: str, most: int = MOST_TEXT_CHARACTERS) -> str:
    """The text, cut between two words where it is longer than `most` characters, with an ellipsis at the cut."""
    if len(text) <= most:
        return text
    start = text[:most]
    whole_words = start.rsplit(maxsplit=1)[0] if any(map(str.isspace, start)) else start
    return f"{whole_words}{ELLIPSIS}"
