"""Which assertions become claims."""

from services.extract.assertions.draft import Draft
from services.extract.assertions.reading import Resources, SentenceReading


def is_accepted(resources: Resources, reading: SentenceReading, draft: Draft) -> bool:
    """Whether a reader would take the draft for a claim."""
    del resources, reading, draft
    return True
