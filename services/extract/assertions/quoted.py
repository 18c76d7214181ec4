"""Speakers of quotations that no attribution took: quoted sentences after the speaker was named, and the like."""

import re
from collections.abc import Sequence

from services.extract.attributions.content import Scene
from services.extract.attributions.sources import source_of, source_range
from services.extract.names.names import Name
from services.extract.text.candidate import Candidate
from services.extract.text.lexicon import Lexicon
from services.extract.text.quotations import Quotation
from services.extract.text.sentences import Sentence
from services.language.ranges import Range

_SIGNATURE = re.compile(r" ?[-–—―~]{1,2} ?")
_LABEL = re.compile(r"((?:[A-Z][A-Z.'-]+ ){0,3}[A-Z][A-Z'-]+): ?")
_LETTER = re.compile(r"\w")


def stands_alone(text: str, sentence: Sentence) -> bool:
    """Whether the sentence is nothing but quotations."""
    at = sentence.range.start
    for quotation in sentence.quotations:
        if _LETTER.search(text, at, quotation.outer.start):
            return False
        at = quotation.outer.end
    return bool(sentence.quotations) and _LETTER.search(text, at, sentence.range.end) is None


def signature(text: str, quotation: Quotation, names: Sequence[Name]) -> Range | None:
    """The name in a paragraph of the form `"…" — Name`."""
    dash = _SIGNATURE.match(text, quotation.outer.end)
    if dash is None:
        return None
    return next((name.range for name in names if name.start == dash.end()), None)


def label(text: str, quotation: Quotation) -> tuple[Range, int] | None:
    """The name in front of a turn of a transcript (`"REYL: It is …"`), and where the turn starts."""
    found = _LABEL.match(text, *quotation.inner)
    return None if found is None or found.end() >= quotation.inner.end else (Range(*found.span(1)), found.end())


def announcer(scene: Scene, lexicon: Lexicon) -> Range | None:
    """The subject of a sentence like "He said:", which presents the quotation in the next paragraph."""
    masked, tree = scene.masked, scene.tree
    if not masked.text.rstrip().endswith(":"):
        return None
    for index in range(len(tree.words) - 1, -1, -1):
        if tree.is_verb(index) and tree.lemmas[index] in lexicon.quote_verbs:
            subject = source_of(tree, Candidate(index, "verb", tree.lemmas[index], "none", ()))
            if subject is not None:
                return source_range(tree, masked, subject, lexicon)
    return None


def is_presentable(text: str, quotation: Quotation) -> bool:
    """Whether quoted words without a speaker read like something said, not like a title."""
    inner = quotation.inner
    return quotation.full and text[inner.start].isupper() and text[inner.end - 1] in ".?!,…"
