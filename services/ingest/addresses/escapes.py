"""One way to write each character of an address. Pure."""

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes

_PATH_SEPARATORS = "/?#%;"
_QUERY_SEPARATORS = "&#%+="
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_PLAIN = "!$'()*,:@-._~"
"""Beside letters and digits: what needs no escape anywhere in a path or query."""


def normal_path(path: str) -> str:
    """A path (or fragment) with every character written one way; `/ ? # % ;` stay escaped where they were."""
    return _normal(path, _PATH_SEPARATORS, plain=_PLAIN + "/;=&+")


def normal_value(text: str) -> str:
    """The name or value of a parameter; `+` is a space, and `& # % + =` stay escaped where they were."""
    return _normal(text.replace("+", " "), _QUERY_SEPARATORS, plain=_PLAIN + "/;?")


def _normal(text: str, separators: str, *, plain: str) -> str:
    kept = frozenset(ord(mark) for mark in separators)
    pieces = []
    for number, piece in enumerate(_ESCAPE.split(text)):
        if number % 2 == 0:
            # A percent sign that begins no escape means itself.
            pieces.append(piece.replace("%", "%25").encode("utf-8", "surrogatepass"))
        elif int(piece, 16) in kept or int(piece, 16) < ord(" "):
            pieces.append(f"%{piece.upper()}".encode())
        else:
            pieces.append(unquote_to_bytes(f"%{piece}"))
    return quote(_composed(b"".join(pieces)), safe=plain + "%")


def _composed(content: bytes) -> bytes:
    """In composed form (NFC), if it is UTF-8: other encodings stay as they are."""
    try:
        return unicodedata.normalize("NFC", content.decode()).encode()
    except UnicodeDecodeError:
        return content
