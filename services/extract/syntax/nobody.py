"""Nouns that stand for nobody: what "few" or "not everyone" says, no one is said to say."""

from services.extract.syntax.tree import Tree
from services.language.negation import NEAR_NEGATIONS

_NOBODY = frozenset(("nobody", "none", "nothing", "neither", "anyone", "anybody"))
_NO = frozenset(("no", "neither", "any"))
"""Determiners of those of whom there is none, or of whom it is open whether there is one."""
_NOT = NEAR_NEGATIONS | {"not"}
_ADDING = frozenset(("only", "just", "merely", "simply"))
_FEW = "few"


def is_nobody(tree: Tree, noun: int) -> bool:
    """Whether a noun is "nobody", "no doctor", "few of them", "hardly anyone", "not all doctors", "anyone".

    "A few doctors" and "the few doctors" are somebody.
    """
    if tree.words[noun] in _NOBODY or any(tree.words[each] in _NO for each in tree.kids(noun, "det")):
        return True
    few = noun if tree.words[noun] == _FEW else _few_of(tree, noun)
    if few is not None and not _is_determined(tree, noun, few):
        return True
    first = tree.below(noun)[0]
    at = first if tree.words[first] in _NOT else first - 1
    return at >= 0 and tree.words[at] in _NOT and _ADDING.isdisjoint(tree.words[at + 1 : at + 2])


def _few_of(tree: Tree, noun: int) -> int | None:
    return next((each for each in tree.kids(noun, "amod", "nummod", "det") if tree.words[each] == _FEW), None)


def _is_determined(tree: Tree, noun: int, few: int) -> bool:
    """Whether "a" or "the" stands before "few": there are some."""
    determiners = (*tree.kids(noun, "det", "poss"), *tree.kids(few, "det", "poss"))
    return any(each < few for each in determiners) or (few > 0 and tree.tags[few - 1] in ("DT", "PRP$"))
