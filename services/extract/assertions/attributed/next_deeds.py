"""What a source does next, which the parse takes for a part of what it says: "said she was ill, and called it odd"."""

from collections.abc import Container

from services.extract.assertions.speaking import can_speak
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import SPEAKING

_TELLING = (SPEAKING - {"believe"}) | frozenset((
    "accuse", "blame", "condemn", "criticise", "criticize", "denounce", "plead", "pledge", "praise", "promise",
    "question", "reiterate", "repeat", "urge", "vow",
))  # fmt: skip
"""Verbs of what is done by speaking."""
_HOLDING = frozenset(("want", "wish", "hope", "need", "like", "believe", "think", "know", "feel", "expect"))
"""What is not done, so that no deed goes on from it."""
_RULING = frozenset(("rule", "find", "hold", "decide", "conclude"))
_COURTS = frozenset(("court", "judge", "tribunal", "jury", "magistrate"))
_SENTENCING = frozenset((
    "strike", "uphold", "order", "overturn", "reverse", "reject", "remand", "dismiss", "grant", "invalidate", "affirm",
    "void", "block", "award", "sentence", "fine",
))  # fmt: skip
"""What a court does with its ruling."""
_JOINING = frozenset(("and", "but"))


def does_next(
    tree: Tree, candidate: Candidate, top: int, index: int, inside: Container[int], *, lexicon: Lexicon
) -> bool:
    """Whether the source goes on at an "and", or a comma, with what it did next. `top`: of the content."""
    if tree.tags[candidate.head] != "VBD" or index <= candidate.head:
        return False
    verb = _past_behind(tree, index)
    if verb is None or verb not in inside:
        return False
    if tree.words[index] == ",":
        return _is_listed(tree, candidate, top, verb)
    if tree.words[index] not in _JOINING:
        return False
    if _rules(tree, candidate) and tree.lemmas[verb] in _SENTENCING:
        return tree.deps[verb] == "conj" and tree.tags[verb] == "VBD"
    return _is_behind_quotation(tree, candidate, top, index) or (
        _is_told(tree, verb) and (_is_inside(tree, top, verb) or _is_of_no_speaker(tree, top, index, lexicon))
    )


def _rules(tree: Tree, candidate: Candidate) -> bool:
    """Whether a court finds something: what an inquiry found that somebody "rejected" is no deed of the inquiry."""
    if candidate.lemma == "rule":
        return True
    by_court = any(tree.words[each].removesuffix("s") in _COURTS for each in tree.kids(candidate.head, *SUBJECTS))
    return candidate.lemma in _RULING and by_court


def _past_behind(tree: Tree, index: int) -> int | None:
    """The verb in the past and without a subject that starts behind a token, with an adverb at most before it."""
    verb = index + 1
    while verb < len(tree.words) - 1 and tree.tags[verb] == "RB":
        verb += 1
    bare = verb < len(tree.words) and not tree.has(verb, "aux", "auxpass", *SUBJECTS)
    return verb if bare and tree.tags[verb] in ("VBD", "VBN") else None


def _is_listed(tree: Tree, candidate: Candidate, top: int, verb: int) -> bool:
    """Of "said she could not back it, shared a draft, and left": no past follows from "could"."""
    joined = tree.deps[verb] in ("ccomp", "conj") and tree.heads[verb] in (top, candidate.head)
    rest = range(verb + 1, len(tree.words))
    goes_on = any(tree.tags[each] == "VBD" and tree.words[each - 1] in _JOINING for each in rest)
    modal = any(tree.tags[each] == "MD" for each in tree.kids(top, "aux"))
    by_pronoun = any(tree.tags[each] == "PRP" for each in tree.kids(top, "nsubj"))
    return joined and goes_on and modal and by_pronoun and tree.tags[top] == "VB" and tree.tags[verb] == "VBD"


def _is_behind_quotation(tree: Tree, candidate: Candidate, top: int, joint: int) -> bool:
    """Of 'said that "we are tired" and left the hall': the quotation is all that is said."""
    if tree.tags[joint - 1] != "''":
        return False
    opening = candidate.content[0] + (tree.words[candidate.content[0]] == "that")
    if tree.words[opening] != '"' or '"' in tree.words[opening + 1 : joint - 1] or not opening < top < joint:
        return False
    subject = tree.first(top, *SUBJECTS)
    return subject is not None and subject > opening and tree.tense_tag(top) in ("VBZ", "VBP")


def _is_told(tree: Tree, verb: int) -> bool:
    """Whether something is done by speaking: "repeated his plea", "called it odd"."""
    if tree.lemmas[verb] == "call":
        return tree.has(verb, "oprd") or any(tree.words[each] == "on" for each in tree.kids(verb, "prep"))
    return tree.lemmas[verb] in _TELLING


def _is_inside(tree: Tree, top: int, verb: int) -> bool:
    """Of "said she wanted them to know that they were heard and called it odd": in the past as nothing beside it is."""
    head, subject = tree.heads[verb], tree.first(top, "nsubj")
    if tree.deps[verb] != "conj" or tree.tags[verb] != "VBD" or head <= top or tree.tags[head] == "VBD":
        return False
    if tree.tags[top] == "VBD" and tree.lemmas[top] not in _HOLDING:
        return False  # "said he first told her that he would talk later, and then told her to go"
    return subject is not None and tree.tags[subject] == "PRP"


def _is_of_no_speaker(tree: Tree, top: int, joint: int, lexicon: Lexicon) -> bool:
    """Of "said talks have shut down, and repeated his plea": what talks do not do, with nobody named between."""
    subject = tree.first(top, *SUBJECTS)
    if subject is None or can_speak(tree, subject, lexicon) or tree.words[joint - 1] != ",":
        return False
    return tree.tense_tag(top) != "VBD" and not any(tree.is_verb(index) for index in range(top + 1, joint))
