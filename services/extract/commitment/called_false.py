"""What the outlet says of somebody's words beside their cue: "falsely claimed", "debunked reports that …"."""

from collections.abc import Iterator

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, Tree
from services.language.falsehood import CALLED_FALSE, JUDGING_ADVERBS, PROOFS

_APART = DASHES | {",", "("}
"""Marks between a verb and "incorrectly" behind it."""


def verdict_at(tree: Tree, candidate: Candidate) -> tuple[int, int] | None:
    """First and last of the words beside a cue with which the outlet calls its content false or unproven; else None."""
    head = candidate.head
    if candidate.part == "noun":
        before = range(tree.below(head)[0], head)
        called = (at for at in before if tree.words[at] in CALLED_FALSE and at not in candidate.content)
        return next(((at, at) for at in called), None)
    if candidate.part != "verb":
        return None
    behind = head + 2 if _is_apart(tree, head + 1) else head + 1
    places = (*tree.kids(head, "advmod"), head - 1, behind)
    adverbs = ((at, at) for at in places if _is_verdict(tree, at) and _is_near(tree, at, head))
    return next(iter((*adverbs, *_without_proof(tree, head))), None)


def _without_proof(tree: Tree, head: int) -> Iterator[tuple[int, int]]:
    """Of "claimed, without evidence, that": the words from "without" on."""
    for phrase in tree.kids(head, "prep"):
        proof = tree.first(phrase, "pobj") if tree.words[phrase] == "without" else None
        if proof is not None and tree.words[proof] in PROOFS and _is_near(tree, phrase, head):
            yield phrase, proof


def _is_verdict(tree: Tree, at: int) -> bool:
    return 0 <= at < len(tree.words) and tree.words[at] in JUDGING_ADVERBS


def _is_apart(tree: Tree, at: int) -> bool:
    return at < len(tree.words) and tree.words[at] in _APART


def _is_near(tree: Tree, adverb: int, head: int) -> bool:
    """Whether only adverbs, auxiliaries and marks stand between the two."""
    between = range(min(adverb, head) + 1, max(adverb, head))
    return all(tree.tags[at][:2] in ("RB", "MD") or tree.deps[at] == "aux" or _is_apart(tree, at) for at in between)
