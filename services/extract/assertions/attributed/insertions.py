"""Content with what stands apart from it: behind the second of two dashes, or, a condition, before its cue."""

from collections.abc import Sequence

from services.extract.assertions.attributed.further import opening_condition
from services.extract.attributions.endings import is_stop
from services.extract.attributions.scene import Scene
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range, trim

_STOPS = DASHES | {";", ":"}
_GOING_ON = frozenset(("IN", "TO", "MD", "VB", "VBD", "VBZ", "VBP", "VBG", "VBN", "RB"))
"""Tags of words with which the clause goes on, as opposed to a new one."""
_OPENING = frozenset(("WRB", "WP", "DT", "NN", "NNS", "NNP", "NNPS", "PRP$", "CD", "JJ", "JJS"))
"""Tags with which what is inserted opens."""


def past_insertion(scene: Scene, lexicon: Lexicon, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """The content with what its clause goes on with: "might mark Friday - the day of the port - by closing it"."""
    tree = scene.tree
    if len(content) != 1 or scene.masked.full:
        return content
    inside = scene.tokens_in(content[0])
    dashes = [index for index in inside if _is_dash(tree, index)]
    closing = inside.stop
    if len(dashes) != 1 or closing + 1 >= len(tree.words) or not _is_dash(tree, closing):
        return content
    if tree.tags[dashes[0] + 1] not in _OPENING or not _goes_on(tree, closing + 1):
        return content
    rest = range(closing + 1, len(tree.words))
    end = next((index for index in rest if is_stop(tree, index) and tree.words[index] in _STOPS), len(tree.words))
    if _names_teller(tree, lexicon, range(closing + 1, end)):
        return content
    area = trim(scene.text, content[0].start, scene.place(end - 1).end, right=" .,;:-–—\n")
    return content if area is None else (area,)


def with_opening_condition(scene: Scene, candidate: Candidate, content: tuple[Range, ...]) -> tuple[Range, ...]:
    """The content with the condition that stands before its cue, and the cue between them."""
    first = opening_condition(scene.tree, candidate)
    if first is None or len(content) != 1 or scene.masked.full:
        return content
    return (Range(scene.place(first).start, content[0].end),)


def _goes_on(tree: Tree, index: int) -> bool:
    """Whether the clause goes on there, also with "and" and what its subject did next."""
    if tree.tags[index] == "CC" and index + 1 < len(tree.words):
        return tree.tags[index + 1] in ("VBD", "VBZ", "VBP")
    return tree.tags[index] in _GOING_ON


def _is_dash(tree: Tree, index: int) -> bool:
    return tree.words[index] in DASHES and is_stop(tree, index)


def _names_teller(tree: Tree, lexicon: Lexicon, tokens: Sequence[int]) -> bool:
    """Whether somebody is said to say so among the tokens."""
    return any(tree.lemmas[index] in lexicon.quote_verbs and tree.tags[index] in ("VBD", "VBZ") for index in tokens)
