"""Where what a source says gives way to the outlet, or to what the source does next."""

from services.extract.assertions.speaking import can_speak
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, SUBJECTS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import SPEAKING

_DEEDS = SPEAKING | frozenset(
    ("question", "ask", "call", "accuse", "urge", "criticize", "criticise", "demand", "blame")
)
_HOLDING = frozenset(("think", "doubt", "fear", "suspect", "caution", "estimate", "reckon", "dispute"))
"""Verbs of what people hold, beside those of saying."""
_SETTING_OUT = frozenset((("lay", "out"), ("set", "out"), ("spell", "out")))
_LASTING = frozenset((
    "be", "have", "need", "want", "know", "think", "seem", "appear", "remain", "include", "belong", "depend", "mean",
    "own", "support", "hold", "do",
))  # fmt: skip
"""What lasts, so that "said it would rain and the crew had no tents" tells how things are."""
_MEANWHILE = frozenset(("as", "while"))
_SUPPOSED = frozenset(("be", "appear", "seem", "become"))


def is_aside(tree: Tree, top: int, index: int) -> bool:
    """Whether the outlet goes on with what happened meanwhile, or with what it makes of the content.

    Or doubts it, or supposes what it may be.
    """
    return _doubts(tree, index) or _supposes(tree, index) or _goes_on_meanwhile(tree, top, index)


def _doubts(tree: Tree, index: int) -> bool:
    """Whether the outlet doubts it behind the last dash: "had resumed -- if it had ever stopped"."""
    opens = tree.words[index] == "if" and tree.words[index - 1] in DASHES
    return opens and not DASHES.intersection(tree.words[index:])


def _supposes(tree: Tree, index: int) -> bool:
    """Of "met him in what may be the first talks"."""
    if tree.words[index : index + 2] != ("in", "what"):
        return False
    supposed = [verb for verb in tree.kids(index, "pcomp") if tree.lemmas[verb] in _SUPPOSED]
    return any(tree.has(verb, "aux") or tree.lemmas[verb] != "be" for verb in supposed)


def _goes_on_meanwhile(tree: Tree, top: int, index: int) -> bool:
    """Of "expects to win as the council met", "would be safe even as …"."""
    clause = tree.heads[index]
    if tree.deps[clause] != "advcl" or clause < index:
        return False
    subject = tree.first(clause, *SUBJECTS)
    if subject is None or tree.tags[subject] == "PRP":
        return False  # "… as they talked" goes on about those that the content names
    if tree.words[index : index + 2] == ("even", "as"):
        return True
    if tree.words[index] not in _MEANWHILE or tree.deps[index] != "mark" or tree.words[index - 1] == "even":
        return False
    if tree.words[index] == "while" and _is_perfect(tree, clause):
        return not tree.has(top, "neg")  # "has put it on notice while the plan has gained ground"
    return tree.tags[clause] == "VBD" and not _is_past(tree, top)


def _is_perfect(tree: Tree, verb: int) -> bool:
    """Whether it tells of what has happened by now: "has gained"."""
    return tree.tags[verb] == "VBN" and any(tree.words[each] in ("has", "have") for each in tree.kids(verb, "aux"))


def _is_past(tree: Tree, verb: int) -> bool:
    """Whether the verb tells of the past, by itself or its auxiliary: no "expects", "will", nor "that it be so"."""
    return any(tree.tags[each] in ("VBD", "VBN") for each in (verb, *tree.kids(verb, "aux", "auxpass")))


def own_deed(tree: Tree, candidate: Candidate, top: int, lexicon: Lexicon) -> int | None:
    """The "and" or "but" after which the source goes on, since what the content speaks of cannot.

    "said the annexes held terms and asked why", "insists there is no proof but has looked for little".
    """
    verb = next((each for each in tree.kids(top, "conj") if each > top), None)
    joint = next((each for each in tree.kids(top, "cc") if each > top), None)
    subject = tree.first(top, *SUBJECTS)
    if verb is None or joint is None or joint > verb or subject is None or tree.has(verb, *SUBJECTS):
        return None
    if tree.deps[subject] == "expl":
        return None if tree.lemmas[verb] in ("be", "seem", "appear", "remain") else joint
    if _disagrees(tree, subject, verb) and tree.tense_tag(candidate.head) == "VBZ":
        return joint
    alike = tree.tags[verb] == tree.tags[candidate.head] and not tree.has(verb, "aux", "auxpass")
    sets_out = (tree.lemmas[verb], *(tree.words[each] for each in tree.kids(verb, "prt"))) in _SETTING_OUT
    tells = (sets_out or tree.lemmas[verb] in _DEEDS) and tree.has(verb, "ccomp", "dobj", "xcomp")
    mute = not can_speak(tree, subject, lexicon) or (sets_out and tree.words[subject] == "it")
    return joint if alike and tells and mute else None


def _disagrees(tree: Tree, subject: int, verb: int) -> bool:
    """Whether several cannot be the subject: "said the suits cost too much and has asked for time"."""
    many = tree.tags[subject] in ("NNS", "NNPS") and not tree.has(subject, "cc")
    return many and tree.tense_tag(verb) == "VBZ"


def is_rebuttal(tree: Tree, top: int, joint: int, lexicon: Lexicon) -> bool:
    """Whether "but" joins what others say to it: "said it can fly but experts believe that it cannot"."""
    if tree.words[joint] != "but" or tree.deps[joint] != "cc" or joint < top:
        return False
    verb = next((each for each in tree.kids(tree.heads[joint], "conj") if each > joint), None)
    subject = None if verb is None else tree.first(verb, "nsubj")
    if verb is None or subject is None or subject < joint or tree.tags[subject] not in ("NNS", "NNP", "NNPS"):
        return False
    holds = tree.lemmas[verb] in SPEAKING | _HOLDING and tree.has(verb, "ccomp")
    return holds and can_speak(tree, subject, lexicon)


def is_next_event(tree: Tree, candidate: Candidate, top: int, joint: int) -> bool:
    """Whether "and" joins what others then did: "said it would vote on Monday and most of the members walked out".

    What is told of the past beside what is to come is no part of it, unless it may tell how things are.
    """
    if tree.deps[joint] != "cc" or tree.words[joint] != "and" or tree.tags[candidate.head] != "VBD":
        return False
    verb = next((each for each in tree.kids(top, "conj") if each > joint), None)
    if verb is None or tree.tags[verb] != "VBD" or tree.lemmas[verb] in _LASTING or tree.has(verb, "aux", "auxpass"):
        return False
    subject = tree.first(verb, "nsubj")
    if subject is None or subject < joint or tree.tags[subject] == "PRP":
        return False
    return tree.tags[top] == "VB" and any(tree.tags[each] == "MD" for each in tree.kids(top, "aux"))


def is_next_deed(tree: Tree, top: int, joint: int, inside: set[int]) -> bool:
    """Whether "and" joins what the source did next: "said it would bring fire and exchanged threats"."""
    if tree.deps[joint] != "cc" or joint < top or tree.heads[joint] != top:
        return False
    verb = next((each for each in tree.kids(top, "conj") if each > joint), None)
    if verb is None or verb not in inside or tree.has(verb, "aux", "auxpass", *SUBJECTS):
        return False
    modal = any(tree.tags[each] == "MD" for each in tree.kids(top, "aux"))
    return modal and tree.tags[top] == "VB" and tree.tags[verb] == "VBD"
