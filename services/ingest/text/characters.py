"""Characters of texts as they come in: which nobody needs, and which are written in several ways. Pure."""

import re

CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff"
"""For a character class: C0 and C1 controls but tab and line breaks, and byte order marks. No text needs them."""
UNSEEN = r"\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufff9-\ufffb"
"""For a character class: soft hyphens, zero-width spaces, marks of direction and the like, which only lay text out."""
BREAKS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""For a character class: what ends a line."""

_STRAIGHT = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u203a": ">",
    }
)


INVISIBLE = (
    "\\s\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""For a character class: what shows nothing. White space, controls, Unicode's Default_Ignorable_Code_Point, and the
blank of Braille."""

_VISIBLE = re.compile(f"[^{INVISIBLE}]")


def is_blank(text: str) -> bool:
    """Whether nobody could see anything of `text`."""
    return _VISIBLE.search(text) is None


def squeeze(text: str) -> str:
    """The form that rules see: white space runs (also no-break) are one space, quotes and dashes straight."""
    return " ".join(text.split()).translate(_STRAIGHT)
