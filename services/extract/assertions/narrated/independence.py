"""Which clauses stand by themselves, and are the outlet's own: not what somebody is said to say, not a condition."""

from collections.abc import Iterator

from services.extract.assertions.reading import Resources
from services.extract.assertions.speaking import can_speak
from services.extract.commitment.declined import was_kept_back
from services.extract.syntax.clauses import Clause
from services.extract.syntax.tree import NAME_TAGS, Tree
from services.extract.vocabulary.grammar import CONDITIONS, CONTRASTS, REFUSING, SIDES
from services.extract.vocabulary.saying import SHOWING

ATTRIBUTES = 0.3
"""Rate from which on a verb with a clause introduces what somebody says or thinks."""

_MARKED = frozenset(("after", "before", "since", "because", "although", "though", "if", "unless", "as", "when", "once"))
_PARTING = frozenset(("cc", "punct", "mark", "preconj", "advmod"))
_NOR = frozenset(("nor", "neither"))
_READERS = frozenset(("you", "your", "yourself", "let"))
_POINTERS = frozenset((
    "this", "that", "these", "those", "which", "who", "what", "here", "one", "some", "whoever", "none", "all", "each",
    "both", "many", "others", "most", "few",
))  # fmt: skip
"""Subjects that point to another sentence if nothing hangs on them."""
_SEEMING = frozenset(("seem", "appear", "look", "feel", "tend"))
_IMPRESSIONS = ("acomp", "attr", "oprd", "xcomp", "ccomp")
"""Relations of what something seems to be; without one it "appeared in court"."""
_LIKE = frozenset(("like", "as"))
_HEARSAY = frozenset(("according", "reportedly", "allegedly"))
_CONFIRMING = frozenset(("confirm", "deny", "say", "tell", "answer", "reveal", "disclose"))
_AFTER = ("advcl", "acl", "relcl", "appos", "ccomp")
"""What a parse may take "…, the Herald reported on Tuesday" for."""
_OUGHT = "suppose"
"""In "are supposed to begin" nobody supposes."""


def stands_alone(tree: Tree, clause: Clause) -> bool:
    """Whether a clause can be understood without the rest of its sentence."""
    subject = clause.subject
    if not clause.finite or not clause.has_own_subject or subject is None or not _is_independent(tree, clause):
        return False
    if _turns_round(tree, clause, subject) or _seems(tree, clause.verb) or not _is_parted(tree, clause.first):
        return False
    if not _READERS.isdisjoint(tree.words[clause.first : clause.end]):
        return False
    if any(tree.words[mark] in _MARKED and mark > clause.first for mark in tree.kids(clause.verb, "mark")):
        return False  # "One week after the bridge fell": time, not what happened
    return tree.words[subject] not in _POINTERS or any(
        tree.tags[each][0] == "N" for each in tree.below(subject) if each != subject
    )


def _turns_round(tree: Tree, clause: Clause, subject: int) -> bool:
    """Whether it asks, or hangs on a negation before it: "Will Reyl survive the vote", "Nor is the port open"."""
    opening = tree.words[max(0, clause.first - 1) : clause.first + 1]
    asks = any(each < subject < clause.verb for each in tree.kids(clause.verb, "aux", "auxpass"))
    return asks or not _NOR.isdisjoint(opening)


def _is_parted(tree: Tree, first: int) -> bool:
    """Whether something parts the clause from the words before it: a mark, a conjunction, an adverb."""
    return first == 0 or tree.deps[first - 1] in _PARTING or not tree.words[first - 1].isalpha()


def _seems(tree: Tree, verb: int) -> bool:
    """Whether the verb tells an impression: "seems to fail", "looks like a failure"."""
    if tree.lemmas[verb] not in _SEEMING:
        return False
    return tree.has(verb, *_IMPRESSIONS) or any(tree.words[each] in _LIKE for each in tree.kids(verb, "prep", "mark"))


def _is_independent(tree: Tree, clause: Clause) -> bool:
    """Whether a clause is the main one, joined to the main one, or in contrast to it."""
    at = clause.verb
    for head in (*tree.climb(at), None):
        if head is None:
            return True
        role = tree.deps[at]
        if role == "advcl":
            marks = [mark for mark in tree.kids(at, "mark") if tree.words[mark] in CONTRASTS]
            if not marks or head > at or tree.words[marks[0] - 1] != ",":
                return False
        elif role == "conj" and tree.tags[head][0] == "V":
            if _has_condition(tree, head):
                return False
        elif not (role == "ccomp" and at < head and ";" in tree.words[at:head]):
            return False
        at = head
    return True


def _has_condition(tree: Tree, verb: int) -> bool:
    return any(
        tree.words[mark] in CONDITIONS for clause in tree.kids(verb, "advcl") for mark in tree.kids(clause, "mark")
    )


def is_somebodys(resources: Resources, tree: Tree, clause: Clause) -> bool:
    """Whether somebody is said to say or to hold something in the clause, or it depends on a condition."""
    if not _HEARSAY.isdisjoint(tree.words[clause.first : clause.end]):
        return True
    verbs = [index for index in range(clause.first, clause.end) if tree.tags[index][0] == "V"]
    if any(_is_told_inside(resources, tree, verb) for verb in verbs):
        return True
    if _has_side(resources, tree, clause) or _ends_in_cue(resources, tree, clause) or _goes_on(resources, tree, clause):
        return True
    if any(_is_said_after(resources, tree, clause, verb) for verb in verbs):
        return True
    return _attributes(resources, tree, clause.verb)


def _is_told_inside(resources: Resources, tree: Tree, verb: int) -> bool:
    """Whether a verb tells what somebody says, or opens a condition."""
    if tree.words[verb] in resources.lexicon.cues and (
        tree.deps[verb] == "parataxis" or tree.has(verb, "ccomp", "parataxis")
    ):
        return True
    return tree.deps[verb] == "advcl" and any(tree.words[mark] in CONDITIONS for mark in tree.kids(verb, "mark"))


def _attributes(resources: Resources, tree: Tree, verb: int) -> bool:
    """Whether the clause's own verb is one of saying: "said", "declined to confirm"."""
    if was_kept_back(tree, verb):
        return False
    lexicon, lemma = resources.lexicon, tree.lemmas[verb]
    if lemma in lexicon.quote_verbs and lemma not in lexicon.events and lemma != _OUGHT:
        return True
    if lemma in REFUSING and any(tree.lemmas[each] in _CONFIRMING for each in tree.kids(verb, "xcomp")):
        return True
    rates = resources.model.rates
    return tree.has(verb, "ccomp") and rates.counted("verb", lemma, "ccomp").rate > ATTRIBUTES


def _has_side(resources: Resources, tree: Tree, clause: Clause) -> bool:
    """Whether the sentence opens with whose view it tells: "To Reyl, …", "For critics, …"."""
    first = clause.first
    if tree.words[first] not in SIDES:
        return False
    noun = tree.first(first, "pobj")
    last = tree.below(first)[-1]
    if noun is None or tree.tags[noun] == "CD" or not can_speak(tree, noun, resources.lexicon):
        return False
    return "," in tree.words[last : min(last + 2, clause.end)]


def _ends_in_cue(resources: Resources, tree: Tree, clause: Clause) -> bool:
    """Whether the clause ends in who says so, which the parse took for a part of it: "…, the Herald reported"."""
    last = clause.end - 1
    if last == clause.verb or tree.words[last] not in resources.lexicon.cues or tree.tags[last] not in ("VBD", "VBZ"):
        return False
    if any(tree.tags[each][0] == "W" for each in tree.children[last]):
        return False  # "…, which he denies"
    return "," in tree.words[clause.verb : last]


def _is_said_after(resources: Resources, tree: Tree, clause: Clause, verb: int) -> bool:
    """Whether a verb after a comma and a name tells who says the clause: "…, the Herald reported on Tuesday"."""
    if verb <= clause.verb + 1 or tree.words[verb] not in resources.lexicon.cues or tree.deps[verb] not in _AFTER:
        return False
    named = tree.tags[verb] in ("VBD", "VBZ") and tree.tags[verb - 1] in NAME_TAGS
    if not named or tree.has(verb, "mark", "ccomp", "dobj", "advmod"):
        return False
    comma = next((each for each in range(verb, clause.verb, -1) if tree.words[each] == ","), None)
    return comma is not None and all(tree.tags[each][0] in "NDJ" for each in range(comma + 1, verb))


def _goes_on(resources: Resources, tree: Tree, clause: Clause) -> bool:
    """Whether the clause may go on with what somebody says in the one before: "Reyl says A, and B"."""
    if clause.role != "conj":
        return False
    return any(
        tree.tags[verb][0] == "V" and _tells(resources, tree, verb) and tree.has(verb, "ccomp")
        for verb in _verbs_before(tree, clause)
    )


def _verbs_before(tree: Tree, clause: Clause) -> Iterator[int]:
    """Verbs from the start of the clause that this one is joined to."""
    return (index for index in range(tree.heads[clause.verb], clause.first) if tree.is_verb(index))


def _tells(resources: Resources, tree: Tree, verb: int) -> bool:
    return tree.words[verb] in resources.lexicon.cues or tree.lemmas[verb] in SHOWING
