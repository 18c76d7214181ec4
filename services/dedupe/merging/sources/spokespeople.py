"""For which body a spokesman without a name speaks: "a spokesman for the foreign ministry". Pure."""

import re
from collections.abc import Iterable

from services.dedupe.merging.sources.countries import strip_leading_determiner

_WHO = r"(?:spokes(?:man|woman|person|people|men|women)|press (?:office|service))"
_SPEAKING = re.compile(rf"\b{_WHO}\b", re.IGNORECASE)
_FOR = re.compile(rf"(?:\w+ )?{_WHO} (?:for|of|from|at) (?:the )?(?P<body>.+)", re.IGNORECASE)
_OF = re.compile(rf"(?P<body>.+?)(?:'s)? {_WHO}", re.IGNORECASE)


def is_spokesperson(description: str) -> bool:
    """Whether somebody who is described so speaks for a body."""
    return _SPEAKING.search(description) is not None


def find_body(description: str, bodies: Iterable[str]) -> str | None:
    """The body for which somebody who is described so speaks; None where it is none of `bodies`, or may be several.

    Args:
        description: Such as "foreign ministry spokesman".
        bodies: What the article calls the bodies that it names, or lets speak.
    """
    match = _FOR.fullmatch(description) or _OF.fullmatch(description)
    return None if match is None else find_full_name(match["body"], bodies)


def find_full_name(body: str, bodies: Iterable[str]) -> str | None:
    """What a body is called in full: "Ruvian Foreign Ministry" for "foreign ministry", where only one is called so."""
    named = strip_leading_determiner(body).casefold()
    fitting = {body.casefold(): body for body in bodies if f" {body}".casefold().endswith(f" {named}")}
    if named in fitting:
        return fitting[named]
    return next(iter(fitting.values())) if len(fitting) == 1 else None
