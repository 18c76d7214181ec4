"""What only looks like somebody's words: the author says what somebody must think, or that a word would be wrong."""

from itertools import islice

from services.extract.attributions.subjects import is_empty
from services.extract.commitment.words import FACTIVE, OPINIONS
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree

JUDGED = frozenset((
    "problem", "trouble", "issue", "mistake", "error", "irony", "tragedy", "fault", "flaw", "failing", "failure",
    "weakness", "sin", "shame", "crime", "difference", "danger", "risk", "strength", "advantage", "way", "trick",
    "secret", "key", "solution", "remedy", "upshot", "result", "effect", "consequence", "downside", "upside",
    "difficulty", "shortcoming", "truth", "reality", "fact",
))  # fmt: skip
"""Nouns for what the author makes of somebody: of "Reyl's problem is that …" Reyl says nothing."""
_COMPARED = frozenset(("akin", "similar", "tantamount", "equivalent", "equal", "comparable", "like", "than", "instead"))
"""Words before what somebody only might do: "is akin to believing that"."""
_ARGUED = frozenset((
    "claim", "assert", "allege", "argue", "contend", "suggest", "think", "believe", "imagine", "insist", "maintain",
    "assume", "pretend", "suppose", "fear", "hope", "expect",
))  # fmt: skip
"""Cues that the author can contradict: "it is not, as Reyl claims, so"."""
_OF_SIGNS = frozenset((
    "sign", "evidence", "indication", "proof", "revelation", "disclosure", "suspicion", "question", "criticism",
    "complaint", "discovery", "finding", "news", "charge", "fear", "concern", "worry", "doubt", "theory",
))  # fmt: skip
"""Nouns whose clause is not the subject's where they stand after a preposition: "came under fire for signs that"."""
_OWN_INSIGHTS = OPINIONS | FACTIVE | {"admit", "acknowledge", "concede"}
"""Cues of what somebody comes to see or to own: "her problem is that she refuses to see that"."""
NOTED = frozenset(("note", "remember", "recall", "mention", "stress", "recognize", "recognise", "say"))
"""Verbs of what the outlet itself says is worth it, or may be said: "it is fair to say that"."""
_STEPS = 6
"""Heads climbed from a cue."""


def is_authors_own(tree: Tree, candidate: Candidate) -> bool:
    """Whether nobody is said to hold the content: the author supposes it, judges somebody by it, or contradicts it."""
    if candidate.part == "noun":
        if candidate.frame == "is":
            return candidate.lemma in JUDGED and tree.has(tree.heads[candidate.head], "neg")
        return (
            candidate.frame == "that" and candidate.lemma in _OF_SIGNS and _is_after_preposition(tree, candidate.head)
        )
    if candidate.part != "verb":
        return False
    head = candidate.head
    return (
        _is_supposed(tree, head)
        or _is_compared(tree, head)
        or _is_contradicted(tree, candidate)
        or _is_judged(tree, candidate)
        or _is_greeting(tree, candidate)
        or _is_beside_signs(tree, candidate)
        or _is_weighed(tree, candidate)
    )


def _is_greeting(tree: Tree, candidate: Candidate) -> bool:
    """Of "waving to acknowledge the thousands of people lining the road": nobody says that they line it."""
    if candidate.lemma not in ("acknowledge", "recognize", "recognise", "salute") or candidate.frame != "ccomp":
        return False
    tops = tree.kids(candidate.head, "ccomp")
    return all(tree.tags[top] == "VBG" and not tree.has(top, "aux", "mark") for top in tops)


def _is_weighed(tree: Tree, candidate: Candidate) -> bool:
    """Whether the author says how somebody should take it: "it is hard to believe that", "too soon to declare that"."""
    at = candidate.head
    to = any(tree.tags[each] == "TO" for each in tree.kids(at, "aux"))
    if not to or not candidate.frame.startswith("ccomp") or candidate.lemma in NOTED:
        return False
    for head in islice(tree.climb(at), _STEPS):
        subject = tree.first(head, "nsubj", "nsubjpass")
        if subject is not None:
            return is_empty(tree, subject)
    return False


def _is_beside_signs(tree: Tree, candidate: Candidate) -> bool:
    """Of "tweeted amid signs that it will go on": who tweeted did not say so."""
    if candidate.frame not in ("prep:amid", "prep:amidst", "prep:despite"):
        return False
    nouns = [noun for phrase in tree.kids(candidate.head, "prep") for noun in tree.kids(phrase, "pobj")]
    return any(
        tree.words[mark] == "that"
        for noun in nouns
        for clause in tree.kids(noun, "acl", "ccomp", "relcl")
        for mark in tree.kids(clause, "mark")
    )


def _is_supposed(tree: Tree, verb: int) -> bool:
    """Of "must have thought", "may have believed"."""
    auxiliaries = [tree.words[each] for each in tree.kids(verb, "aux")]
    return "have" in auxiliaries and not {"must", "may", "might"}.isdisjoint(auxiliaries)


def _is_compared(tree: Tree, verb: int) -> bool:
    """Of "it is akin to reading one page and believing that"."""
    while tree.deps[verb] == "conj" and tree.is_verb(tree.heads[verb]) and not tree.has(verb, *SUBJECTS):
        verb = tree.heads[verb]
    phrase = tree.heads[verb]
    if tree.tags[verb] != "VBG" or tree.deps[verb] != "pcomp":
        return False
    return tree.words[phrase] in _COMPARED or tree.words[tree.heads[phrase]] in _COMPARED


def _is_contradicted(tree: Tree, candidate: Candidate) -> bool:
    """Of "it will not be due, as some will assert, to storms": the parenthesis parts a negation from what it denies."""
    cue, content = candidate.head, candidate.content
    if candidate.frame != "none" or candidate.lemma not in _ARGUED or not content[0] < cue < content[-1]:
        return False
    if not any(tree.words[mark] == "as" for mark in tree.kids(cue, "mark", "advmod")):
        return False
    top = tree.heads[cue]
    while tree.tags[top][0] != "V" and tree.tags[top] != "MD" and tree.heads[top] != top:
        top = tree.heads[top]
    return any(each < cue for each in tree.kids(top, "neg"))


def _is_judged(tree: Tree, candidate: Candidate) -> bool:
    """Of "Reyl's problem is that she refuses to see that", "the only way out is to say that"."""
    at = candidate.head
    is_advice = any(tree.tags[each] == "TO" for each in tree.kids(at, "aux"))
    if not is_advice and candidate.lemma not in _OWN_INSIGHTS:
        return False
    for head in islice(tree.climb(at), _STEPS):
        subject = tree.first(head, "nsubj")
        if tree.lemmas[head] == "be" and subject is not None and subject < at and tree.lemmas[subject] in JUDGED:
            return True
    return False


def _is_after_preposition(tree: Tree, noun: int) -> bool:
    """Whether it hangs on "for", "on", "of": "with complaints that" are the subject's own."""
    owned = tree.has(noun, "poss") or any(tree.words[each] in ("by", "from") for each in tree.kids(noun, "prep"))
    return tree.deps[noun] == "pobj" and tree.words[tree.heads[noun]] != "with" and not owned
