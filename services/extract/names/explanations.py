"""Short forms that an article explains: "National Bridge Service (NBS)", "…, better known as the Bureau"."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from services.extract.names.name_forms import Words, initials, is_acronym
from services.extract.names.names import Name
from services.language.places import load_gazetteer

_BRACKET = re.compile(r"(?:'s)? ?\((?:the )?")
_KNOWN_AS = re.compile(
    r",? (?:(?:better|also|commonly|widely|often) )?(?:known|abbreviated|shortened) (?:as|to) (?:the )?"
)
_NOW = re.compile(
    r",? \(?(?:(?:now|since|formerly|previously|once|then) (?:known as|called|named|renamed(?: as)?)"
    r"|(?:who|which) (?:is now|was (?:formerly|previously|once)) (?:known as|called|named)"
    r"|now|formerly|previously|né|née|nee|born) (?:the )?"
)
"""Between two names of one person or body: "Lena Stroud, now Lena Keld"."""
_BORN = re.compile(r"\b(?:né|née|nee|born) ")
_OR = re.compile(r",? or (?:the )?")
_LONGEST = 40


def explained(text: str, names: Sequence[Name]) -> Mapping[Words, Words]:
    """For each short form the full one that stands beside it, the first explanation counting. `names` in text order."""
    full_forms: dict[Words, Words] = {}
    for first, second in pairwise(names):
        between = text[first.range.end : second.start]
        if _NOW.fullmatch(between) and _is_renamed(between, first, second):
            full_forms.setdefault(second.words, first.words)
            if _BORN.search(between) is not None:
                full_forms.setdefault((first.words[0], second.words[-1]), first.words)
            continue
        if second.title is not None or len(between) > _LONGEST or not _explains(between, first, second):
            continue
        short, full = (second, first) if len(first.words) > 1 else (first, second)
        if len(full.words) > 1 and short.words != full.words and not _is_place(full):
            full_forms.setdefault(short.words, full.words)
    return full_forms


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


def _is_renamed(between: str, first: Name, second: Name) -> bool:
    """Whether two names with "now" between them are one's: not of "Ada Brun, now Keld Bank's chief"."""
    if _is_place(first) or _is_place(second) or len(first.words) == 1:
        return False
    if _BORN.search(between) is not None:
        return len(first.words) > 1
    named = between.rstrip().endswith(("as", "called", "named", "renamed"))
    return named or (len(second.words) > 1 and bool({*first.words} & {*second.words}))


def _is_place(name: Name) -> bool:
    return load_gazetteer().place_of(" ".join(name.words)) is not None
