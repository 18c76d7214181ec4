"""Names of authors out of what pages write in their place. Pure."""

import re
from collections.abc import Iterator, Sequence

from services.ingest.pages.two_modes import line_key

MAX_NAME_WORDS = 6
MAX_NAME_CHARACTERS = 80
MAX_AUTHORS = 30
_AROUND = " ,.:-\u2013\u2014"
_BEFORE = re.compile(
    r"^.*?\b(?:posted|written|published|reported|text|words|photos?)\b.{0,60}?\b(?:by|von)\s+|^(?:.{0,40}\s)?(?:by|von)[\s:]+(?=\S)"
    r"|^(?:by|von|vom|par|por|di|da|av|af|door|autor(?:in|e|es|s)?|authors?|text|redaktion|opinion)\s*[:\s]\s*",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_PARTS = re.compile(r"\s*(?:[;|/\n]|(?<!\w)&(?!\w)|\s(?:and|und|og|och|et|y|e|en|i)\s)\s*(?=[^\W\d_])", re.IGNORECASE)
_AFTER = re.compile(
    r"\s+(?:[-\u2013\u2014|]|in|aus|at|for|says|am|on|updated|,)\s.*$|\s+\d.*$|\s+(?:in|aus)$|\s*(?:기자|記者|记者)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de)\b.*/", re.IGNORECASE)
_NOBODY = frozenset(
    {
        *(
            "admin",
            "administrator",
            "anonymous",
            "author",
            "autor",
            "by",
            "correspondent",
            "editor",
            "editorial",
            "editors",
        ),
        *(
            "guest",
            "journalist",
            "journalistin",
            "newsdesk",
            "noauthor",
            "none",
            "online",
            "onlineredaktion",
            "par",
            "por",
        ),
        *("redaccion", "redacción", "redaktion", "redaktor", "redaktør", "reporter", "reporters", "rédaction", "staff"),
        *("staffwriter", "unknown", "von", "webdesk", "webredaktion"),
    }
)


def clean_names(written: Sequence[str], site_names: Sequence[str]) -> tuple[str, ...]:
    """Names of people and agencies, each once, in order.

    "By", brackets, places and jobs behind a name go, as do addresses and biographies. Agencies stay: they are credited.

    Args:
        written: what stands where names belong, one name or several in each.
        site_names: what the site and its publisher are called: nobody's author.
    """
    sites = {line_key(name) for name in site_names}
    names: dict[str, str] = {}
    for name in (name for text in written for name in _names(text)):
        key = line_key(name)
        if key and key not in _NOBODY and key not in sites:
            names.setdefault(key, name)
    return tuple(list(names.values())[:MAX_AUTHORS])


def _names(written: str) -> Iterator[str]:
    line = " ".join(written.split())
    if _NO_NAME.search(line):
        return
    line = _BEFORE.sub("", _BRACKETS.sub("", line))
    names = [_AFTER.sub("", _BEFORE.sub("", piece)) for part in _PARTS.split(line) for piece in _by_commas(part)]
    if all(len(name.split()) <= MAX_NAME_WORDS for name in names):  # or it is prose
        yield from (trimmed for name in names if 1 < len(trimmed := name.strip(_AROUND)) <= MAX_NAME_CHARACTERS)


def _by_commas(part: str) -> list[str]:
    """Several names with commas between them; of a name with a job or place behind it only the name."""
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    several = len(pieces) > 1 and all(_is_full_name(piece) for piece in pieces)
    return pieces if several else pieces[:1]


def _is_full_name(piece: str) -> bool:
    words = piece.split()
    return 1 < len(words) <= MAX_NAME_WORDS and words[0][:1].isupper() and words[-1][:1].isupper()
