"""Quotations whose speaker is named after them: in a later paragraph of the same quotation, or by the next sentence."""

import re
from collections.abc import Iterator, Sequence

from services.contracts.claim import AssertionForm, Speaker
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.reading import SentenceReading
from services.extract.names.names import Name

_SAYS_WHOSE = re.compile(
    r"(?:That|This|Those|These)(?:'s| is| was| were| are) (?:what|how|the (?:words?|view|verdict|message|assessment|"
    r"opinion|warning|argument|response|reply|advice)|from|by|according to)\b|So (?:said|says|wrote|spoke)\b|"
    r"(?:The|Those|These) (?:words|remarks|comments) (?:of|by|from|(?:is|was|were|are|came|come) (?:by|from|of))\b"
)
"""The start of a sentence that says whose the words before it are."""
_SPEAKING = re.compile(r"(?:,[^,.]{2,60},)? (?:was|were|had been) (?:speaking|talking|testifying|writing)\b")
"""What stands after the name of who said the words before."""


class Unattributed:
    """Quoted sentences that nothing in them attributes, to be told of an article's sentences in order."""

    def __init__(self) -> None:
        """None so far."""
        self._waiting: list[tuple[SentenceReading, Assertion]] = []
        self._last = self._paragraph = -1
        """Numbers of the last quoted sentence and of its paragraph."""

    def enter(self, reading: SentenceReading) -> None:
        """Forget quotations that a sentence neither goes on with nor comes right after."""
        quotations = reading.sentence.quotations
        if quotations and quotations[0].continues:
            return
        starts_quoted = bool(quotations) and reading.sentence.paragraph != self._paragraph
        if starts_quoted or reading.number - self._last > 1:
            self._waiting.clear()

    def wait(self, reading: SentenceReading, assertions: Sequence[Assertion]) -> None:
        """Remember the quotations of a sentence of quoted words alone; none if it goes on with the last.

        Their speaker, if any, is only whoever spoke before.
        """
        self._last, self._paragraph = reading.number, reading.sentence.paragraph
        self._waiting += [(reading, assertion) for assertion in assertions if assertion.form is AssertionForm.QUOTED]

    def attribute(self, *, certain: bool) -> Iterator[tuple[SentenceReading, Assertion]]:
        """Give out what waits, in text order: its speaker is known now; if that is not `certain`: what has none."""
        waiting, self._waiting = self._waiting, []
        yield from (each for each in waiting if certain or each[1].speaker is None)

    def speaker_named(self, text: str, reading: SentenceReading) -> Name | None:
        """The name in a sentence that says whose the quotation before it is; None if nothing waits or it does not."""
        if not self._waiting or reading.sentence.quotations:
            return None
        start, end = reading.sentence.range
        whose = _SAYS_WHOSE.match(text, start, end)
        if whose is not None:
            return next((name for name in reading.names if name.start >= whose.end()), None)
        first = next(iter(reading.names), None)
        return first if first is not None and _SPEAKING.match(text, first.range.end, end) else None


def speaker_of_rest(reading: SentenceReading, assertions: Sequence[Assertion]) -> Speaker | None:
    """Who says the sentence's first quotation, if it goes on from the paragraph before."""
    quotations = reading.sentence.quotations
    if not quotations or not quotations[0].continues:
        return None
    inner = quotations[0].inner
    return next((assertion.speaker for assertion in assertions if assertion.range.meets(inner)), None)
