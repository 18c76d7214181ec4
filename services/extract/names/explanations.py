"""Short forms that an article explains: "National Bridge Service (NBS)", "…, better known as the Bureau"."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from services.extract.names.gazetteer import load_gazetteer
from services.extract.names.linking import Words, initials, is_acronym
from services.extract.names.names import Name

_BRACKET = re.compile(r"(?:'s)? ?\((?:the )?")
_KNOWN_AS = re.compile(
    r",? (?:(?:better|also|commonly|widely|often) )?(?:known|abbreviated|shortened) (?:as|to) (?:the )?"
)
_OR = re.compile(r",? or (?:the )?")
_LONGEST = 40


def explained(text: str, names: Sequence[Name]) -> Mapping[Words, Words]:
    """For each short form the full one that stands beside it, the first explanation counting. `names` in text order."""
    found: dict[Words, Words] = {}
    for first, second in pairwise(names):
        between = text[first.range.end : second.range.start]
        if len(between) > _LONGEST or not _explains(between, first, second):
            continue
        short, full = (second, first) if len(first.words) > 1 else (first, second)
        if len(full.words) > 1 and short.words != full.words and not _is_place(full):
            found.setdefault(short.words, full.words)
    return found


def _explains(between: str, first: Name, second: Name) -> bool:
    if _KNOWN_AS.fullmatch(between):
        return True
    short, full = (second, first) if is_acronym(second.words) else (first, second)
    if not is_acronym(short.words):
        return False
    if _BRACKET.fullmatch(between):
        # "Senator Ada Reyl (N.Y.)": where she is from.
        return "." not in short.words[0] or initials(full.words) == short.words[0].replace(".", "")
    return _OR.fullmatch(between) is not None and initials(full.words).endswith(short.words[0][-1])


def _is_place(name: Name) -> bool:
    return load_gazetteer().place_of(" ".join(name.words)) is not None
