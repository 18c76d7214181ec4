"""How far a source stands behind what its cue introduces."""

from services.contracts.claim import Commitment
from services.extract.attributions.frames import REFUSALS, WITHHELD, Candidate
from services.extract.attributions.trees import Tree
from services.extract.text.lexicon import Lexicon

_OPINIONS = frozenset(("believe", "think", "agree", "accept", "expect", "recognize", "recognise", "buy", "support"))
"""Verbs whose negation says the contrary of their content."""


_NOBODY = frozenset(("nobody", "none", "nothing", "neither", "one"))


def withholds(tree: Tree, candidate: Candidate) -> int | None:
    """Index of the first word of "declined to confirm", "did not say", "stopped short of confirming"; else None."""
    if candidate.part != "verb" or tree.lemmas[candidate.head] not in WITHHELD:
        return None
    if tree.lemmas[candidate.head] == "confirm" or _is_open_question(tree, candidate):
        negation = tree.first(candidate.head, "neg")
        if negation is not None:
            return min([negation, *tree.kids(candidate.head, "aux")])
    if tree.deps[candidate.head] not in ("xcomp", "pcomp"):
        return None
    for steps, head in enumerate(tree.climb(candidate.head)):
        if tree.lemmas[head] in REFUSALS or (
            tree.lemmas[head] == "stop" and "short" in tree.words[head : candidate.head]
        ):
            return head
        if steps > 1:
            break
    return None


def _is_open_question(tree: Tree, candidate: Candidate) -> bool:
    opening = tree.words[candidate.content[0]]
    return opening in ("that", "whether", "if")


def commitment_of(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> Commitment:
    """What the cue says of the content."""
    stated = lexicon.commitments.get(candidate.lemma, Commitment.ASSERTS)
    if candidate.part == "verb" and tree.has(candidate.head, "neg"):
        if candidate.lemma in _OPINIONS:
            return Commitment.DENIES
        if stated is Commitment.DENIES:
            return Commitment.DECLINES_TO_CONFIRM
    return stated


def is_untold(tree: Tree, candidate: Candidate) -> bool:
    """Whether it says that nobody said so: "did not say where", "was told", "wanted to say"."""
    if candidate.part != "verb":
        return False
    auxiliaries = tree.kids(candidate.head, "aux")
    if candidate.lemma in ("say", "tell") and any(tree.tags[each] in ("MD", "TO") for each in auxiliaries):
        return tree.deps[candidate.head] != "advcl"
    subject = tree.first(candidate.head, "nsubj")
    if subject is not None and tree.words[subject] in _NOBODY:
        return True
    if tree.has(candidate.head, "neg") and candidate.lemma not in _OPINIONS and candidate.frame != "dobj":
        return candidate.lemma in WITHHELD
    return candidate.frame.startswith("pass+") and candidate.lemma in ("tell", "ask")
