"""Characters of texts as they come in: which nobody needs, and which are written in several ways. Pure."""

import unicodedata

CONTROLS = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff"
"""For a character class: C0 and C1 controls but tab and line breaks, and byte order marks. No text needs them."""
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


_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zl", "Zp", "Zs"})
"""Unicode classes of characters that show nothing by themselves."""
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and a symbol, by their class, that show nothing either."""


def is_blank(text: str) -> bool:
    """Whether nobody could see anything of `text`."""
    return all(character in _FILLERS or unicodedata.category(character) in _UNSEEN_CATEGORIES for character in text)


def squeeze(text: str) -> str:
    """The form that rules see: white space runs (also no-break) are one space, quotes and dashes straight."""
    return " ".join(text.split()).translate(_STRAIGHT)
