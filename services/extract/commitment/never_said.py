"""Cues that tell what somebody has not said, or nothing speaks for: "without saying that", "no sign that"."""

from services.extract.commitment.declined import is_to_come
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree

_SETTLED = frozenset(("doubt", "question", "secret", "surprise", "wonder", "coincidence", "mystery"))
"""Nouns that, with "no", leave their clause as it is: "no doubt that"."""
_HARDLY_ANY = frozenset(("little", "scant"))
_NOT_DOING = frozenset(("without", "against"))
_NOT_DOING_OF = frozenset(("instead", "short"))
"""Words before an "of" with the same sense: "stopped short of saying"."""
_OUGHT = frozenset(("should", "must"))


def is_never_said(tree: Tree, candidate: Candidate) -> bool:
    """Whether a cue tells that somebody did not say its clause, or only ought to, or that nothing speaks for it."""
    if candidate.part == "noun":
        return _is_nothing(tree, candidate) or _is_not_it(tree, candidate)
    if candidate.part != "verb":
        return False
    return (
        is_to_come(tree, candidate.head) or _is_left_undone(tree, candidate.head) or _ought_to_be_said(tree, candidate)
    )


def has_hardly_any(tree: Tree, noun: int) -> bool:
    """Whether there is none of it or as good as none: "no doubt", "little evidence", not "a little doubt"."""
    little = any(tree.words[each] in _HARDLY_ANY for each in tree.kids(noun, "amod"))
    return tree.has_no(noun) or (little and not tree.has(noun, "det"))


def _is_nothing(tree: Tree, candidate: Candidate) -> bool:
    """Of "there is no sign that it will open"."""
    return candidate.frame == "that" and candidate.lemma not in _SETTLED and has_hardly_any(tree, candidate.head)


def _is_not_it(tree: Tree, candidate: Candidate) -> bool:
    """Of "the point is not that it will open"."""
    be = tree.heads[candidate.head]
    negation = tree.first(be, "neg") if candidate.frame == "is" and tree.lemmas[be] == "be" else None
    return negation is not None and tree.words[negation + 1 : negation + 2] not in (("only",), ("just",))


def _is_left_undone(tree: Tree, verb: int) -> bool:
    """Of "without saying that", "stopped short of saying that", "rather than say that"."""
    if tree.words[max(0, verb - 2) : verb] == ("rather", "than"):
        return True
    if tree.lemmas[verb] == "mention" and tree.words[max(0, verb - 2) : verb] == ("not", "to"):
        return True
    preposition = tree.heads[verb]
    if tree.deps[verb] != "pcomp":
        return False
    if tree.words[preposition] in _NOT_DOING:
        return True
    return tree.words[preposition] == "of" and preposition > 0 and tree.words[preposition - 1] in _NOT_DOING_OF


def _ought_to_be_said(tree: Tree, candidate: Candidate) -> bool:
    """Of "the police should remind them that"; what "we should remember", the writer holds."""
    subject = tree.first(candidate.head, *SUBJECTS)
    ought = any(tree.words[each] in _OUGHT for each in tree.kids(candidate.head, "aux"))
    return ought and candidate.frame == "ccomp" and subject is not None and tree.words[subject] not in ("we", "i", "it")
