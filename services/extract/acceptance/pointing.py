"""Words that only point at what was said before: "it was a bad idea", "they will never do that"."""

import re

from services.extract.acceptance.grammar import Grammar
from services.extract.attributions.scene import Scene
from services.extract.syntax.tree import NAME_TAGS, Tree
from services.language.falsehood import IS_FALSE
from services.language.ranges import Range

_POINTERS = frozenset(("it", "this", "that"))
_TRUTH = re.compile(rf"\b(?:{IS_FALSE}|true|accurate|correct)\b", re.IGNORECASE)
_MOST_TOKENS = 12
"""Longer spans hold more than the remark."""
_FEW_TOKENS = 9
_NAMING = NAME_TAGS | {"CD", "$"}
_OF_ITSELF = frozenset((
    "able", "aware", "committed", "concerned", "confident", "disappointed", "glad", "open", "prepared", "proud",
    "ready", "sorry", "sure", "unable", "unaware", "unwilling", "willing", "worried",
))  # fmt: skip
"""What a body says of itself: "the embassy said it was aware of the report"."""
_OUGHT = frozenset(("should", "must"))
_CLAUSES = ("ccomp", "xcomp", "advcl", "csubj")
_OF_BE = frozenset(("be", "'s"))


def only_points(scene: Scene, area: Range, grammar: Grammar) -> bool:
    """Whether nobody can tell from a clause alone what it is about, since a pronoun stands for that."""
    tree = scene.tree
    tokens = [index for index in scene.tokens_in(area) if tree.deps[index] != "punct"]
    if not tokens or len(tokens) > _MOST_TOKENS or grammar.top is None or grammar.subject is None:
        return False
    if _TRUTH.search(scene.text, *area):
        return False  # "that is not true" contradicts what another source says
    top, subject = grammar.top, grammar.subject
    return (
        _is_verdict(tree, tokens, top, subject)
        or _ends_in_pointer(tree, tokens)
        or _is_about_pointed(tree, tokens, top, subject)
    )


def _is_about_pointed(tree: Tree, tokens: list[int], top: int, subject: int) -> bool:
    """Whether a pronoun does something to what stands elsewhere: "she shares that concern"."""
    if tree.tags[subject] != "PRP" or len(tokens) > _FEW_TOKENS or tree.has(top, *_CLAUSES):
        return False
    noun = tree.first(top, "dobj")
    if any(tree.words[each] == "as" for each in tree.kids(top, "prep")):
        return False  # "she sees that vote as a mistake"
    if noun is None or noun not in tokens or any(tree.tags[index] in _NAMING for index in tokens):
        return False
    pointed = any(tree.words[each] == "that" and tree.tags[each] in ("DT", "IN") for each in tree.kids(noun, "det"))
    return pointed and not tree.has(noun, "relcl", "acl", "prep") and sum(map(tree.is_verb, tokens)) == 1


def _is_verdict(tree: Tree, tokens: list[int], top: int, subject: int) -> bool:
    """Whether it only judges what a pronoun stands for: "that is completely wrong"."""
    if tree.words[subject] not in _POINTERS or tree.deps[subject] not in ("nsubj", "nsubjpass"):
        return False
    judged = tree.first(top, "acomp", "attr")
    if tree.lemmas[top] not in _OF_BE or judged is None or tree.words[judged] in _OF_ITSELF:
        return False
    if tree.has(top, *_CLAUSES):
        return False  # "it is clear that the dam leaks"
    helpers = {top, *tree.kids(top, "aux")}
    if any(tree.words[each] in _OUGHT for each in helpers):
        return False  # "41 percent say it should be illegal" answers a question
    return not any(
        tree.tags[index] in _NAMING or (tree.tags[index][0] == "V" and index not in helpers) for index in tokens
    )


def _ends_in_pointer(tree: Tree, tokens: list[int]) -> bool:
    """Whether what somebody does is only "that": "she has not done that"."""
    last = tokens[-1]
    if tree.words[last] != "that" or tree.tags[last] not in ("DT", "IN") or tree.deps[last] not in ("dobj", "pobj"):
        return False
    return sum(map(tree.is_verb, tokens)) == 1
