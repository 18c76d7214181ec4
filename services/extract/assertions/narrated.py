"""What the outlet itself asserts: clauses without a source that count something."""

from collections.abc import Iterator, Sequence

from services.contracts.claim import AssertionForm
from services.extract.assertions.draft import Draft
from services.extract.assertions.reading import Resources, SentenceReading
from services.language.ranges import Range

MIN_SENTENCE_WORDS = 5


def find_narrated(resources: Resources, reading: SentenceReading, taken: Sequence[Range]) -> Iterator[Draft]:
    """Assertions of the outlet in a sentence, outside of what is `taken` by other claims, in text order."""
    if taken or not any(figure.telling for figure in reading.figures):
        return
    area = reading.sentence.range
    text = area.of(resources.document.text)
    if text[-1] in ".?!\"'…" and len(text.split(None, MIN_SENTENCE_WORDS)) >= MIN_SENTENCE_WORDS:
        yield Draft(AssertionForm.NARRATED, area, (), figure=True)
