"""Verbs by which somebody gives a number: "put the crowd at 3,000", "stood by its count of 14 dead"."""

from collections.abc import Iterator

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree

_STANDING = frozenset((("stand", "by"), ("stick", "to"), ("stick", "by")))
_COUNTS = frozenset((
    "count", "estimate", "figure", "number", "report", "tally", "toll", "total",
))  # fmt: skip
_ANYTHING = frozenset(("number", "report", "total"))
"""Of these also what is done changes: "raised the number of beds to 40"."""
_REVISING = frozenset(("revise", "raise", "lower", "update", "increase", "reduce", "correct"))


def gives_a_number(tree: Tree, candidate: Candidate) -> bool:
    """Whether the subject of a candidate's verb says by it how many or how much something is."""
    if candidate.part != "verb":
        return False
    if candidate.lemma == "put":
        return _puts(tree, candidate.head)
    return _stands_by(tree, candidate) or _revises(tree, candidate)


def _revises(tree: Tree, candidate: Candidate) -> bool:
    """Of "raised the death toll to 61", "lowered its count to 14"."""
    counts = tree.kids(candidate.head, "dobj") if candidate.lemma in _REVISING else ()
    if not any(tree.lemmas[count] in _COUNTS - _ANYTHING for count in counts):
        return False
    ends = (
        number
        for phrase in _phrases(tree, candidate.head)
        if tree.words[phrase] == "to"
        for number in tree.kids(phrase, "pobj")
    )
    return any(tree.tags[each] == "CD" for number in ends for each in (number, *tree.kids(number, "nummod")))


def _puts(tree: Tree, verb: int) -> bool:
    """Of "put the crowd at 3,000", "put the number of injured at 12"."""
    for phrase in _phrases(tree, verb):
        if tree.words[phrase] != "at":
            continue
        for number in tree.kids(phrase, "pobj"):
            counts = any(tree.tags[each] == "CD" for each in tree.children[number])
            if tree.tags[number] == "CD" or (counts and not tree.tags[number].startswith("NNP")):
                return True
    return False


def _phrases(tree: Tree, verb: int) -> Iterator[int]:
    """Phrases beside a verb, or anywhere in its object."""
    yield from tree.kids(verb, "prep")
    for thing in tree.kids(verb, "dobj"):
        yield from (each for each in tree.below(thing) if tree.deps[each] == "prep" and each > thing)


def _stands_by(tree: Tree, candidate: Candidate) -> bool:
    """Of "stood by its count of 14 dead"."""
    for phrase in tree.kids(candidate.head, "prep"):
        if (candidate.lemma, tree.words[phrase]) not in _STANDING:
            continue
        for count in tree.kids(phrase, "pobj"):
            numbered = any(tree.tags[each] == "CD" for each in tree.below(count))
            if tree.lemmas[count] in _COUNTS and tree.has(count, "poss") and numbered:
                return True
    return False
