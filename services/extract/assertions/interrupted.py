"""Assertions with boilerplate inside, which a claim's text would show: narrowed to one side of it, or dropped."""

import re
from dataclasses import replace

from services.extract.assertions.assertion import Assertion
from services.extract.assertions.reading import SentenceReading
from services.language.ranges import Range, SpanIndex, trim

_ENDS = re.compile(
    r"[\s.?!,;:'\")\]]*(?:\([^()]*\)[\s.?!,;:'\")\]]*)?"
    r"(?:$|(?<=, )(?:who|whom|whose|which|while|whereas|where|after|before|but)\b)"
)
"""What may come after the boilerplate for the words before it to be whole: nothing, or what only adds to them."""
_STARTS = re.compile(r"\s*(?:\([^()]*\)\s*)?[,;] ?(?:(?:and|but|while|whereas) )?")
"""What joins words after the boilerplate to it that can stand alone."""
_OUTER_MARKS = ".,;:—–- "


def without_boilerplate(
    text: str, removed: SpanIndex[Range], reading: SentenceReading, assertion: Assertion
) -> Assertion | None:
    """The assertion, if no range of `removed` meets it; else its words before or after them, if one side is a clause.

    `text`: with blanks for what was removed. None if neither side is a whole clause with its own subject.
    """
    inside = list(removed.meeting(assertion.range))
    if not inside:
        return assertion
    before = trim(text, assertion.range.start, inside[0].start, right=_OUTER_MARKS)
    if before is not None and _ENDS.match(text[inside[0].end : assertion.range.end]) and _is_clause(reading, before):
        return _narrowed(text, assertion, before)
    joint = _STARTS.match(text, inside[-1].end, assertion.range.end)
    after = trim(text, joint.end(), assertion.range.end) if joint else None
    if after is not None and _is_clause(reading, after):
        return _narrowed(text, assertion, after)
    return None


def _is_clause(reading: SentenceReading, area: Range) -> bool:
    """Whether the subject and the verb of a clause stand in `area`."""
    scene = reading.scene
    return scene is not None and any(
        clause.finite
        and clause.role != "relcl"
        and clause.has_own_subject
        and clause.subject is not None
        and area.holds(scene.place(clause.subject))
        and area.holds(scene.place(clause.verb))
        for clause in reading.clauses
    )


def _narrowed(text: str, assertion: Assertion, area: Range) -> Assertion | None:
    """The assertion cut to `area`; None if that takes one of two quote marks."""
    if area.of(text).count('"') % 2:
        return None
    quoted = tuple(each for each in assertion.quoted if area.holds(each))
    return replace(assertion, range=area, quoted=quoted)
