"""Predicates taken back: "did not confirm", "was unable to say", "stopped short of confirming", "sees no need to"."""

from typing import NamedTuple

from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.saying import TELLING_WHETHER

CONFIRMING = frozenset((
    "confirm", "verify", "corroborate", "substantiate", "authenticate", "acknowledge", "admit", "concede", "disclose",
    "divulge", "reveal", "comment", "elaborate", "deny",
))  # fmt: skip
"""Verbs that settle a question; without them it stays open, whatever their object is."""
_SPEAKING = CONFIRMING | TELLING_WHETHER | frozenset((
    "discuss", "identify", "name", "speculate", "speak", "talk", "answer", "describe", "release", "provide", "share",
    "give", "address", "respond", "rule",
))  # fmt: skip
"""Verbs that tell something: who declines to do so leaves it open."""
_HANDING = frozenset(("answer", "release", "provide", "share", "give", "address", "offer"))
"""Those of them that tell only where their object is information: nobody tells by answering the phone."""
_INFORMATION = frozenset((
    "account", "answer", "breakdown", "cause", "clarification", "comment", "copy", "data", "date", "detail", "document",
    "evidence", "explanation", "figure", "identity", "information", "inquiry", "name", "number", "particular", "proof",
    "query", "question", "reason", "record", "report", "result", "specific", "statement", "text", "timeline",
    "timetable", "total", "transcript",
))  # fmt: skip
_KEPT_BACK = frozenset(("disclose", "divulge", "reveal", "report", "acknowledge", "admit"))
"""Verbs that, if it had not been done before, tell of what somebody kept back: nobody has asked."""
_OWN = frozenset(("his", "her", "their", "its"))
AMOUNTING = frozenset(("amount", "constitute"))
"""Verbs of "a statement that amounts to a confirmation": what is stated is the confirmation's object."""
_REFUSING = frozenset((
    "decline", "refuse", "refrain", "avoid", "fail", "abstain", "hesitate", "omit", "neglect",
))  # fmt: skip
_WILLING = frozenset(("able", "willing", "ready", "prepared", "free", "authorized", "authorised", "allowed", "eager"))
_UNWILLING = frozenset(("unable", "unwilling", "reluctant", "hesitant", "loath", "careful"))
_TRYING = frozenset(("want", "wish", "need", "intend", "plan", "choose", "care", "bother", "seek", "try", "go", "be"))
"""Verbs whose negation negates what is wanted."""
_OCCASIONS = frozenset(("need", "reason", "position", "plan", "intention", "point", "desire", "interest", "comment"))
"""Nouns of "sees no need to confirm", "is in no position to say"."""
_FALLING_SHORT = frozenset(("stop", "fall", "come"))
_SHRINKING = _REFUSING | frozenset(("shy", "shrink", "back"))
_OPEN_QUESTION = frozenset(("whether", "if", "who", "what", "when", "where", "why", "how", "which", "whom"))
_NEGATIONS = frozenset(("not", "n't", "never", "neither", "nor", "no"))
_STEPS = 5
"""Heads climbed from a verb to what takes it back."""


class Declined(NamedTuple):
    """What takes a verb back. Indexes count tokens of the parse."""

    start: int
    """First token of the negation or refusal."""
    holder: int
    """The verb whose subject holds back: "sees" of "sees no need to confirm"."""
    refused: bool
    """Whether it is more than a negation of the verb itself."""


def is_refused(tree: Tree, verb: int) -> bool:
    """Whether a verb is only the refusal of another: the "declined" of "declined to confirm"."""
    return tree.lemmas[verb] in _REFUSING and any(
        tree.lemmas[clause] in _SPEAKING for clause in tree.kids(verb, "xcomp")
    )


def declined_at(tree: Tree, verb: int, opening: str) -> Declined | None:
    """What takes a communicating verb back; None where the verb stands, or tells nothing.

    `opening`: the first word of its content. "Did not say that" leaves no question open: nobody said so.
    """
    lemma = tree.lemmas[verb]
    if lemma not in _SPEAKING or not tree.is_verb(verb) or _tells_nothing(tree, verb):
        return None
    if was_kept_back(tree, verb):
        return None
    declined = _taken_back(tree, verb)
    if declined is not None and tree.words[declined.start] == "without" and lemma not in CONFIRMING | TELLING_WHETHER:
        return None
    if is_to_come(tree, verb) and lemma not in CONFIRMING and opening not in _OPEN_QUESTION:
        return None
    if declined is None or (lemma == "deny" and not declined.refused and _has_modal(tree, verb)):
        return None
    is_open = lemma in CONFIRMING or (lemma in TELLING_WHETHER and opening in _OPEN_QUESTION)
    return declined if declined.refused or is_open else None


def _tells_nothing(tree: Tree, verb: int) -> bool:
    """Whether the verb hands over no information, or only who speaks: "answer the phone", "give their names"."""
    objects = tree.kids(verb, "dobj")
    if any(
        tree.lemmas[noun].removesuffix("s") == "name" and _OWN.intersection(_owners(tree, noun)) for noun in objects
    ):
        return True
    if tree.lemmas[verb] in ("name", "identify") and tree.has(verb, "auxpass"):
        return True
    if tree.lemmas[verb] not in _HANDING or not objects:
        return False
    return not any(_is_information(tree, noun) for noun in objects)


def _is_information(tree: Tree, noun: int) -> bool:
    lemma = tree.lemmas[noun]
    return lemma in _INFORMATION or lemma.removesuffix("s") in _INFORMATION or tree.tags[noun][0] in "WP"


def _owners(tree: Tree, noun: int) -> set[str]:
    return {tree.words[each] for each in tree.kids(noun, "poss")}


def was_kept_back(tree: Tree, verb: int) -> bool:
    """Whether somebody had not told something before, or has been silent: "had not disclosed it"."""
    helpers = {tree.words[each] for each in tree.kids(verb, "aux")}
    if not tree.has(verb, "neg"):
        return False
    if tree.lemmas[verb] == "comment":
        return not helpers.isdisjoint(("has", "have", "had", "'ve"))
    return "had" in helpers and tree.lemmas[verb] in _KEPT_BACK and tree.has(verb, "dobj")


def _taken_back(tree: Tree, verb: int) -> Declined | None:
    while tree.deps[verb] == "conj" and tree.is_verb(tree.heads[verb]) and not tree.has(verb, *SUBJECTS):
        if _negation(tree, verb) is not None:
            break
        verb = tree.heads[verb]
    refused = False
    for _ in range(_STEPS):
        start = _negation(tree, verb)
        if start is not None:
            return Declined(start, verb, refused)
        start, verb = _step(tree, verb)
        refused = True
        if start is not None:
            return Declined(start, verb, refused)
        if verb < 0:
            break
    return None


def _negation(tree: Tree, verb: int) -> int | None:
    """First token of a verb's negated group: the auxiliary of "did not", "would neither"."""
    negations = [
        index
        for index in tree.kids(verb, "neg", "preconj", "cc", "det", "advmod")
        if tree.words[index] in _NEGATIONS and (index < verb or tree.lemmas[verb] == "be")
    ]
    if not negations:
        return None
    return min([*negations, *tree.kids(verb, "aux", "auxpass"), *([verb] if tree.lemmas[verb] == "be" else [])])


def _step(tree: Tree, verb: int) -> tuple[int | None, int]:
    """From a verb to what governs it: first token and verb of what takes it back.

    Or else None and the verb to ask next, -1 for none.
    """
    head, dep = tree.heads[verb], tree.deps[verb]
    lemma = tree.lemmas[head]
    if dep == "xcomp":
        if lemma in _REFUSING or lemma in _UNWILLING or _has_yet(tree, head, verb):
            return _start(tree, head), head if tree.is_verb(head) or tree.deps[head] == "ROOT" else tree.heads[head]
        if lemma in _WILLING:
            return None, tree.heads[head]
        return None, head if lemma in _TRYING else -1
    if dep == "pcomp":
        return _after_preposition(tree, head, verb)
    return _without_occasion(tree, verb) if dep in ("acl", "advcl") else (None, -1)


def _start(tree: Tree, index: int) -> int:
    """First token of a predicate: the "was" of "was unable"."""
    head = tree.heads[index]
    top = head if tree.deps[index] == "acomp" and head < index else index
    return min([top, *tree.kids(top, "aux", "auxpass")])


def is_to_come(tree: Tree, verb: int) -> bool:
    """Whether somebody has not done yet what a verb says: "have yet to report"."""
    return tree.deps[verb] == "xcomp" and _has_yet(tree, tree.heads[verb], verb)


def _has_yet(tree: Tree, head: int, verb: int) -> bool:
    return tree.lemmas[head] in ("have", "be") and "yet" in tree.words[head:verb]


def _has_modal(tree: Tree, verb: int) -> bool:
    """Whether it is "cannot deny", which admits."""
    return any(tree.words[index] in ("can", "could", "ca") for index in tree.kids(verb, "aux"))


def _after_preposition(tree: Tree, preposition: int, verb: int) -> tuple[int | None, int]:
    """Of "without confirming", "stopped short of confirming", "refrained from confirming"."""
    word, head = tree.words[preposition], tree.heads[preposition]
    above = head if tree.is_verb(head) else tree.heads[head]
    if word == "without":
        return preposition, above
    if word == "of" and "short" in tree.words[max(head - 2, 0) : verb] and tree.lemmas[above] in _FALLING_SHORT:
        return _start(tree, above), above
    return (_start(tree, head), head) if word == "from" and tree.lemmas[head] in _SHRINKING else (None, -1)


def _without_occasion(tree: Tree, verb: int) -> tuple[int | None, int]:
    """Of "sees no need to confirm", "has no plans to comment", "is in no position to say"."""
    if "to" not in (tree.words[index] for index in tree.kids(verb, "aux")):
        return None, -1
    head = tree.heads[verb]
    nouns = [head, *(noun for phrase in tree.kids(head, "prep") for noun in tree.kids(phrase, "pobj"))]
    noun = next((each for each in nouns if tree.lemmas[each] in _OCCASIONS), None)
    if noun is None:
        return None, -1
    governor = next((each for each in tree.climb(noun) if tree.tags[each][0] == "V"), -1)
    if governor >= 0 and tree.has_no(noun):
        return _start(tree, governor), governor
    return None, governor
