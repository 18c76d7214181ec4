"""From the tokens of a content to characters of the article."""

import re
from collections.abc import Sequence

from services.extract.attributions.scene import Scene
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.extract.text.sentences import Sentence
from services.extract.vocabulary.count_nouns import COUNT_NOUNS
from services.language.ranges import Range, trim

_OUTER_MARKS = ",;: -–—"
_BRACKETS = re.compile(r"[\"'\[(]{0,2}")
"""What may stand between the start of quoted words and their first letter: `"[I]t was so"`."""
_PUNCTUATION = frozenset((".", ",", ":", "''", "``", "HYPH", "_SP", "NFP", "-LRB-"))


def content_ranges(scene: Scene, candidate: Candidate) -> tuple[Range, ...]:
    """Where the content stands: one range from its first word to its last, or quotations one by one; empty if nowhere.

    Content that starts with a full quotation is quotations and nothing else.
    """
    return ranges_of(scene, candidate.content)


def ranges_of(scene: Scene, tokens: Sequence[int]) -> tuple[Range, ...]:
    """The same of the tokens of a content, in ascending order."""
    text, masked, tree = scene.text, scene.masked, scene.tree
    tags = tree.tags
    at, end = 0, len(tokens)
    while end > 0 and (tags[tokens[end - 1]] in _PUNCTUATION or tree.deps[tokens[end - 1]] == "cc"):
        end -= 1
    if not end:
        return ()
    last = tokens[end - 1]
    while tags[tokens[at]] in _PUNCTUATION:
        at += 1
    first = tokens[at]
    parted = first + 1 < len(tree.words) and tree.words[first + 1] == ","  # "that, incredibly, …"
    if first != last and tree.words[first] == "that" and (parted or _opens_clause(tree, first)):
        first = next(each for each in tokens[at + 1 :] if tags[each] not in _PUNCTUATION)
    first = _first_of_word(tree, first)
    area = trim(text, scene.starts[first], scene.ends[last], right=_OUTER_MARKS)
    if area is None:
        return ()
    if masked.full:
        inside = [quotation.outer for quotation in masked.full if area.holds(quotation.outer)]
        if inside and inside[0].start <= area.start + 1:
            return tuple(inside)
    return (with_marks(text, scene.sentence, area),)


def _opens_clause(tree: Tree, that: int) -> bool:
    """Whether "that" opens what is said: no pointer to a noun of before, as in "says that number has grown"."""
    noun, behind = that + 1, that + 2
    if behind < len(tree.words) and tree.tags[noun] == "NN" and tree.words[noun] in COUNT_NOUNS:
        return tree.tags[behind][:2] in ("NN", "JJ", "CD") or tree.tags[behind] in ("HYPH", "POS")
    return tree.deps[that] in ("mark", "advmod") or (tree.deps[that] == "det" and tree.tags[that] == "IN")


def _first_of_word(tree: Tree, first: int) -> int:
    """The first token of a noun that a hyphen is in, where the parse tore it: "its" of "its co-pilot"."""
    starts, ends = tree.parse.starts, tree.parse.ends
    at = first
    while at > 1 and tree.words[at - 1] == "-" and starts[at] == ends[at - 1] and starts[at - 1] == ends[at - 2]:
        at -= 2
    return at if at == first else tree.below(at)[0]


def with_marks(text: str, sentence: Sentence, area: Range) -> Range:
    """Take in the marks of quoted words that start or end where the content does."""
    start, end = area
    for quotation in sentence.quotations:
        if quotation.outer.start <= start < quotation.outer.end and _BRACKETS.fullmatch(
            text, quotation.outer.start, start
        ):
            start = quotation.outer.start
        if start <= quotation.outer.start < end < quotation.outer.end:
            end = quotation.outer.end
    if end < sentence.range.end and text[end] == ")" and "(" in text[start:end]:
        end += 1
    return Range(start, end)
