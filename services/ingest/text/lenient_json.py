"""JSON as sites write it: with line breaks in strings, and with halves of characters that were cut off. Pure."""

import json
import re

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
"""An escape; both of a character's two in one."""


def read_lenient_json(text: str) -> object:
    r"""The value of a JSON text.

    A program that cuts a text of JavaScript to so many characters leaves half of an emoji: `"\ud83d"`, which nothing
    can encode. It becomes U+FFFD.

    Raises:
        ValueError: it is not valid JSON.
        RecursionError: it is nested too deeply.
    """
    if r"\ud" in text or r"\uD" in text:
        text = _ESCAPE.sub(lambda escape: r"\ufffd" if escape["half"] else escape[0], text)
    return json.loads(text, strict=False)
