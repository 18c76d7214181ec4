"""The parts of a content: "said that A and that B" is two, "…, adding that" is none of what was said before."""

from itertools import pairwise

from services.extract.attributions.subjects import ADDING
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.extract.vocabulary.grammar import CONTRASTS

_OPENING_CONTRASTS = CONTRASTS | {"although", "though"}


def parts(tree: Tree, candidate: Candidate) -> list[Candidate]:
    """The candidate, or one for each half of "said that A and that B"; less what a second cue says of its own."""
    if candidate.part == "verb" and candidate.frame == "none":
        return [candidate, *_after_insertion(tree, candidate)]
    if candidate.part != "verb" or candidate.frame not in ("ccomp", "pass+ccomp"):
        return [candidate]
    tokens = candidate.content
    cut = next((at for at in (_second_cue(tree, tokens, index) for index in tokens) if at is not None), None)
    if cut is not None:
        tokens = tuple(each for each in tokens if each < cut)
    for joint, mark in pairwise(tokens):
        if tree.words[mark] == "that" and tree.deps[joint] == "cc" and _is_second_half(tree, tree.heads[mark]):
            halves = ([each for each in tokens if each < joint], [each for each in tokens if each >= mark])
            return [candidate._replace(content=tuple(half)) for half in halves if half]
    return [candidate._replace(content=tokens)]


def _is_second_half(tree: Tree, verb: int) -> bool:
    """Whether a clause goes on with what is said, and not with the clause of a noun: "has proof that A and that B"."""
    return tree.deps[verb] == "conj" and tree.deps[tree.heads[verb]] not in ("acl", "relcl")


def _after_insertion(tree: Tree, candidate: Candidate) -> list[Candidate]:
    """What goes on after an inserted cue: "The gate was shut, she said, and it would stay so"."""
    if tree.tags[candidate.head] != "VBD" or candidate.content[0] > candidate.head:
        return []
    for clause in tree.kids(candidate.head, "conj"):
        backshifted = any(tree.words[each] in ("would", "'d", "could") for each in tree.kids(clause, "aux"))
        if clause > candidate.head and backshifted and tree.has(clause, "nsubj", "nsubjpass", "expl"):
            return [candidate._replace(content=tuple(tree.below(clause)))]
    return []


def _second_cue(tree: Tree, tokens: tuple[int, ...], verb: int) -> int | None:
    """Where a clause starts that only seems to be part of the content.

    "…, adding that", "… but added", "…, while 22 percent said".
    """
    if not tree.is_verb(verb) or not tree.has(verb, "ccomp"):
        return None
    if tree.deps[verb] == "conj" and tree.lemmas[verb] in ADDING and not tree.has(verb, "nsubj"):
        return next((at for at in range(verb - 1, tokens[0], -1) if tree.deps[at] == "cc"), None)
    start = tree.below(verb)[0]
    if tree.deps[verb] != "advcl" or start <= tokens[0] or tree.words[start - 1] != ",":
        return None
    contrast = any(tree.words[mark] in _OPENING_CONTRASTS for mark in tree.kids(verb, "mark"))
    participle = tree.tags[verb] == "VBG" and not tree.has(verb, "nsubj")
    return start - 1 if contrast or participle else None
