"""Speakers of quotations that no attribution took: quoted sentences after the speaker was named, and the like."""

from collections.abc import Sequence

from services.contracts.claim import Speaker
from services.extract.attributions.clauses import View, verb_group
from services.extract.attributions.subjects import subject_before
from services.extract.text.quotations import Quotation
from services.extract.text.ranges import Range
from services.extract.text.tokens import QUOTE, WORD

_DASHES = frozenset("-–—―~")


def stands_alone(view: View) -> bool:
    """Whether the sentence is nothing but quotations."""
    return not any(token.kind == WORD for token in view.tokens)


def cue_and_source(view: View, quotation: Quotation) -> tuple[Range, Range] | None:
    """The nearest cue before the quotation in its sentence that has a subject, and that subject."""
    at = next(
        (
            index
            for index, token in enumerate(view.tokens)
            if token.kind == QUOTE and token.start == quotation.outer.start
        ),
        None,
    )
    if at is None:
        return None
    for index in range(at - 1, -1, -1):
        token = view.tokens[index]
        if token.lower not in view.lexicon.cues or index in view.in_name:
            continue
        subject = subject_before(view, verb_group(view, index).first)
        if subject is not None:
            return Range(token.start, token.end), subject.source
    return None


def signature(view: View, quotation: Quotation) -> Range | None:
    """The name in a paragraph of the form `"…" — Name`."""
    for index, token in enumerate(view.tokens):
        if token.start < quotation.outer.end:
            continue
        name = view.name_starts.get(index + 1)
        return name.range if name is not None and token.text in _DASHES else None
    return None


def introduces(view: View) -> Range | None:
    """The subject of a sentence like "He said:", which presents the quotation in the next paragraph."""
    if not view.tokens or view.tokens[-1].text != ":":
        return None
    for index in range(len(view.tokens) - 2, -1, -1):
        if view.tokens[index].lower in view.lexicon.cues and index not in view.in_name:
            subject = subject_before(view, verb_group(view, index).first)
            if subject is not None:
                return subject.source
    return None


def speaks_on(
    quotation: Quotation, paragraph_speakers: Sequence[Speaker], last_speaker: Speaker | None
) -> Speaker | None:
    """Who goes on speaking in a sentence of quoted words alone.

    The paragraph's last speaker, or the last one before it where the quotation was left open there.
    """
    if paragraph_speakers:
        return paragraph_speakers[-1]
    return last_speaker if quotation.continues else None


def is_presentable(text: str, quotation: Quotation) -> bool:
    """Whether quoted words without a speaker read like something said, not like a title."""
    inner = quotation.inner
    return quotation.full and text[inner.start].isupper() and text[inner.end - 1] in ".?!,…"
