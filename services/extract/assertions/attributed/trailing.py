"""A cue at the end of its sentence, "…, police chief Paul Arden said on Monday.", told by its shape."""

from typing import NamedTuple

from services.extract.attributions.content import with_marks
from services.extract.attributions.scene import Scene
from services.extract.syntax.tree import NAME_TAGS, NOMINAL_TAGS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range, trim

_NOMINAL = frozenset((
    "NN", "NNS", "NNP", "NNPS", "JJ", "DT", "CD", "PRP$", "POS", "PRP", "HYPH", "IN", "JJR", "JJS", "VBN",
))  # fmt: skip
_JOINING = frozenset(("of", "for", "from", "at", "in", "with"))
_WHEN = frozenset((
    "on", "in", "late", "early", "a", "statement", "tweet", "interview", "today", "yesterday", "tonight", "last",
    "this", "week", "month", "year", "night", "morning", "afternoon", "evening", "earlier", "later", "to",
    "reporters", "then", "at", "the", "time", "news", "conference", "press", "release", "an", "twitter",
))  # fmt: skip
_MOST_SOURCE_TOKENS = 14
_MOST_AFTER = 6
_MOST_NAME_TOKENS = 5


class Trailing(NamedTuple):
    """A cue after all that is said. `verb` counts tokens of the parse, ranges characters of the article."""

    verb: int
    source: Range
    content: Range
    inverted: bool = False
    """Whether who says it stands behind the cue."""


def find_trailing(scene: Scene, lexicon: Lexicon) -> Trailing | None:
    """The cue at the end of a sentence without full quotations; None where the sentence has another shape."""
    tree, text = scene.tree, scene.text
    if scene.masked.full:
        return None
    inverted = _reported_by(scene)
    if inverted is not None:
        return inverted
    verb = _last_cue(tree, lexicon)
    comma = None if verb is None else _comma_before(tree, verb)
    if verb is None or comma is None or tree.tags[comma + 1][0] == "W" or not _is_said(tree, comma):
        return None
    content = trim(text, scene.sentence.range.start, scene.place(comma).start, right=" ,;:")
    source = trim(text, scene.place(comma).end, scene.place(verb - 1).end)
    if content is None or source is None:
        return None
    return Trailing(verb, source, with_marks(text, scene.sentence, content))


def _reported_by(scene: Scene) -> Trailing | None:
    """Of "The dam is shut, reported the Bote Herald.": what the outlet named last is said to have reported."""
    tree, text = scene.tree, scene.text
    last = len(tree.words) - 1
    while last > 0 and tree.tags[last] == ".":
        last -= 1
    first = last
    while first > 0 and tree.tags[first] in NAME_TAGS and last - first < _MOST_NAME_TOKENS:
        first -= 1
    verb = first - 1 if tree.words[first] == "the" else first
    if first == last or verb < 1 or tree.words[verb] != "reported" or tree.words[verb - 1] != ",":
        return None
    if not _is_said(tree, verb - 1):
        return None
    content = trim(text, scene.sentence.range.start, scene.place(verb - 1).start, right=" ,;:")
    source = trim(text, scene.place(verb).end, scene.place(last).end)
    if content is None or source is None:
        return None
    return Trailing(verb, source, with_marks(text, scene.sentence, content), inverted=True)


def _last_cue(tree: Tree, lexicon: Lexicon) -> int | None:
    """The last verb of saying, with nothing but when and where behind it."""
    size = len(tree.words)
    for index in range(size - 1, max(-1, size - 2 - _MOST_AFTER), -1):
        if tree.lemmas[index] in lexicon.quote_verbs and tree.tags[index] in ("VBD", "VBZ", "VBP"):
            return index
        word, tag = tree.words[index], tree.tags[index]
        if not (word in _WHEN or word in lexicon.weekdays or word in lexicon.months or tag in ("CD", ".", "''")):
            return None
    return None


def _comma_before(tree: Tree, verb: int) -> int | None:
    """The comma before the noun phrase in front of a verb."""
    nouns = False
    for index in range(verb - 1, max(-1, verb - 1 - _MOST_SOURCE_TOKENS), -1):
        tag = tree.tags[index]
        if tree.words[index] == ",":
            if tree.tags[index + 1] in ("WDT", "WP", "WP$"):
                return None  # ", which he denied"
            return index if nouns and tree.tags[verb - 1] in NOMINAL_TAGS else None
        if tag == "IN" and tree.words[index] not in _JOINING:
            return None
        misread = tree.words[index - 1] == "," and all(child < verb for child in tree.children[index])
        if tag not in _NOMINAL and not misread and tree.deps[index] not in ("compound", "amod", "nmod"):
            return None
        nouns = nouns or tag in NOMINAL_TAGS
    return None


def _is_said(tree: Tree, end: int) -> bool:
    """Whether a clause stands before token `end`, and none that only leads up to what follows."""
    if end < 1 or tree.words[0] in (
        "if",
        "when",
        "while",
        "as",
        "asked",
        "after",
        "because",
        "although",
        "though",
        "since",
    ):
        return False
    finite = [index for index in range(end) if tree.tags[index] in ("VBD", "VBZ", "VBP", "VBN", "MD")]
    return (
        any(tree.tags[index] in NOMINAL_TAGS or tree.words[index] == "there" for index in range(finite[0]))
        if finite
        else False
    )
