"""What the outlet adds behind a mark to what somebody says: "…, a claim that …", "…, which he called a lie".

Only where the form shows whose words these are. A noun for the act of saying ("a pledge that …") is the outlet's, since
nobody calls their own words so as they say them. "A move that …", "…, ensuring that …" are if the content is the
source's own act ("said she would leave, …"): what others do may be judged by who speaks of it.
"""

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, SUBJECTS, Tree
from services.extract.vocabulary.grammar import SUBJECT_PRONOUNS
from services.extract.vocabulary.saying import SPEAKING

_SAID = frozenset((
    "revelation", "claim", "assertion", "remark", "comment", "line", "disclosure", "admission", "accusation", "charge",
    "allegation", "argument", "suggestion", "phrase", "message", "statement", "refrain", "contention", "view", "pledge",
    "promise", "vow", "threat", "warning", "boast", "prediction", "reference", "allusion", "nod", "swipe", "jab", "dig",
    "denial", "characterization", "characterisation", "edict", "ultimatum", "demand", "concession", "admonition",
))  # fmt: skip
"""Nouns by which the outlet takes up what was said."""
_POINTING = frozenset(("reference", "allusion", "nod", "swipe", "jab", "dig"))
"""Those before "to" or "at" and what is meant."""
_DONE = frozenset((
    "move", "decision", "step", "development", "policy", "position", "stance", "reversal", "shift", "departure",
    "break", "turnaround", "rebuke", "gesture", "proposal", "setback", "concession",
))  # fmt: skip
"""Nouns by which it takes up what somebody does."""
_ONWARD = frozenset(("from", "with", "of", "to", "for", "away", "just", "in", "on"))
_JUDGES = frozenset(("critics", "opponents", "supporters", "analysts", "experts", "observers"))
_NAMING = SPEAKING | frozenset((
    "call", "describe", "deny", "dismiss", "say", "see", "view", "dispute", "reject", "contest", "question", "refute",
))  # fmt: skip
_BEFORE_JUDGES = frozenset(("PRP$", "DT", "JJ"))
_GUESSING = frozenset(("apparently", "presumably", "seemingly", "evidently"))
_YIELDING = frozenset(("bow", "cave", "yield", "capitulate", "relent"))
"""What nobody says of themselves, nor of their own decisions."""
_OUTCOMES = frozenset((
    "ensure", "draw", "elicit", "prompt", "spark", "signal", "repeat", "refer", "allude", "echo", "contradict",
    "backtrack", "reverse", "mark", "defy", "buck",
))  # fmt: skip
"""Participles of what comes of an act, or how it stands to others."""
_OUTCOME_PHRASES = (
    ("setting", "up"), ("raising", "the"), ("raising", "questions"), ("making", "him"), ("making", "her"),
    ("dealing", "a"), ("breaking", "with"), ("paving", "the"), ("effectively", "ending"), ("effectively", "killing"),
    ("ending", "speculation"),
)  # fmt: skip
_STIRRING = frozenset((
    "prompt", "spark", "fuel", "stoke", "trigger", "draw", "provoke", "ignite", "renew", "set", "raise", "feed",
))  # fmt: skip
_STIR = frozenset((
    "speculation", "outrage", "outcry", "uproar", "backlash", "criticism", "condemnation", "rebuke", "anger", "fury",
    "debate", "rumor", "rumour", "alarm", "ridicule", "praise", "applause",
))  # fmt: skip
"""What news stirs among those who hear it: who tells the news does not tell that."""
_CONCEDING = frozenset(("though", "although"))
_DENYING = frozenset(("deny", "dispute", "refute", "rebut", "reject"))
_REFUSING = frozenset(("decline", "refuse"))
_SPANS = frozenset((
    "moment", "moments", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months",
    "year", "years", "shortly", "soon",
))  # fmt: skip
"""Words of ", hours after the vote"."""
_MOST_BEFORE_SPAN = 3
_MARKS = DASHES | {","}
_MOST_ADJECTIVES = 4


def is_outlets(tree: Tree, candidate: Candidate, top: int, index: int) -> bool:
    """Whether what starts at a token after a comma or dash is the outlet's. `top`: of the content."""
    before = index - 2 if tree.words[index - 1] == '"' else index - 1
    if tree.words[before] not in _MARKS:
        return False
    own = is_own_act(tree, candidate, top)
    return (
        is_remark(tree, index, own=own)
        or _points(tree, index, own=own)
        or _names(tree, top, index)
        or (own and _comes_of_it(tree, index))
        or _stirs(tree, index)
        or _is_demand(tree, top, index)
        or _tells_when(tree, candidate, top, index)
        or _concedes(tree, index)
        or _guesses(tree, top, index, own=own)
    )


def _guesses(tree: Tree, top: int, index: int, *, own: bool) -> bool:
    """Whether the outlet guesses who is meant, or why: ", apparently referring to the mayor", ", bowing to it".

    Not of others, to whom the source itself may say so: "said the bank gave in, bowing to the council".
    """
    verb = index + 1 if tree.words[index] in _GUESSING else index
    if verb == len(tree.words) or tree.tags[verb] != "VBG" or tree.deps[verb] not in ("advcl", "acl"):
        return False
    return verb > index or (tree.lemmas[verb] in _YIELDING and (own or tree.has(top, "nsubjpass")))


def is_own_act(tree: Tree, candidate: Candidate, top: int) -> bool:
    """Whether the source speaks of itself: "said she would leave", "vowed to leave"."""
    subject = tree.first(top, *SUBJECTS)
    if subject is None:
        return candidate.frame == "xcomp" and tree.deps[top] == "xcomp"
    return tree.words[subject] in SUBJECT_PRONOUNS and tree.deps[subject] != "expl"


def is_remark(tree: Tree, index: int, *, own: bool) -> bool:
    """Whether the outlet takes up what was said, or done, to add something: ", a claim that …", "-- a line he used"."""
    if tree.words[index] == "something":
        return any(tree.lemmas[verb] in _DENYING for verb in tree.kids(index, "relcl"))
    if tree.words[index] not in ("a", "an"):
        return False
    noun = _noun_after(tree, index, _SAID | _DONE if own else _SAID)
    if noun is None:
        return False
    onward = tree.words[noun + 1] if noun + 1 < len(tree.words) else "."
    if tree.has(noun, "relcl", "acl") or onward == "that":
        return True
    points = tree.lemmas[noun] in _POINTING and onward in ("to", "at")
    return points or (own and (onward == "." or (tree.lemmas[noun] in _DONE and onward in _ONWARD)))


def _is_demand(tree: Tree, top: int, index: int) -> bool:
    """Whether the outlet takes up what ought to be: "should be sacked, an extraordinary call that came late"."""
    noun = _noun_after(tree, index, frozenset(("call",))) if tree.words[index] in ("a", "an") else None
    ought = any(tree.words[each] in ("should", "must") for each in tree.kids(top, "aux"))
    return ought and noun is not None and tree.has(noun, "relcl")


def _noun_after(tree: Tree, index: int, nouns: frozenset[str]) -> int | None:
    """The first of some nouns among the next tokens."""
    last = min(index + 1 + _MOST_ADJECTIVES, len(tree.words))
    return next((at for at in range(index + 1, last) if tree.lemmas[at] in nouns), None)


def _points(tree: Tree, index: int, *, own: bool) -> bool:
    """Whether it tells whom the source means, or what it breaks with: ", in a veiled reference to the mayor"."""
    if tree.words[index] != "in" or tree.words[index + 1 : index + 2] not in (("a",), ("an",), ("apparent",)):
        return False
    noun = _noun_after(tree, index, _POINTING | _DONE if own else _POINTING)
    return noun is not None and tree.words[noun + 1 : noun + 2] in (("to",), ("at",), ("from",), ("with",), ("of",))


def _names(tree: Tree, top: int, index: int) -> bool:
    """Whether it tells what the source, or critics, call what was named: ", which she called a lie".

    Not what they are quoted with: these words would be left over.
    """
    if tree.words[index] != "which" or index + 2 >= len(tree.words) or "``" in tree.tags[index:]:
        return False
    subject = index + 1
    while subject + 2 < len(tree.words) and tree.tags[subject] in _BEFORE_JUDGES:
        subject += 1
    verb = subject + 1
    while verb + 1 < len(tree.words) and tree.deps[verb] in ("aux", "advmod"):
        verb += 1
    if tree.lemmas[verb] not in _NAMING:
        return False
    return tree.words[subject] in _JUDGES or (
        tree.words[subject] in ("he", "she", "they") and not _may_be_meant(tree, top, tree.words[subject])
    )


def _may_be_meant(tree: Tree, top: int, pronoun: str) -> bool:
    """Whether a pronoun may stand for the subject of the content, and not for the source."""
    subject = tree.first(top, *SUBJECTS)
    if subject is None or tree.words[subject] in SUBJECT_PRONOUNS:
        return False
    return tree.tags[subject] in (("NNS", "NNPS") if pronoun == "they" else ("NN", "NNP"))


def _comes_of_it(tree: Tree, index: int) -> bool:
    """Whether it tells what comes of an act: ", ensuring that the fight goes on"."""
    if tuple(tree.words[index : index + 2]) in _OUTCOME_PHRASES:
        return True
    return tree.tags[index] == "VBG" and tree.lemmas[index] in _OUTCOMES and tree.deps[index] == "advcl"


def _stirs(tree: Tree, index: int) -> bool:
    """Whether it tells what others made of it: ", prompting fresh speculation about the sale"."""
    if tree.tags[index] != "VBG" or tree.lemmas[index] not in _STIRRING or tree.deps[index] != "advcl":
        return False
    objects = tree.kids(index, "dobj")
    return any(tree.lemmas[noun].removesuffix("s") in _STIR for noun in objects)


def _tells_when(tree: Tree, candidate: Candidate, top: int, index: int) -> bool:
    """Whether it tells when it was said: "denied that the vote was bought, hours after the speaker stepped down".

    Of what is denied, or is still so or to come: else it may tell when that was.
    """
    last = min(index + _MOST_BEFORE_SPAN, len(tree.words) - 1)
    span = next((at for at in range(index, last) if tree.words[at] in _SPANS), None)
    if span is None or any(tree.tags[at] not in ("DT", "CD", "RB", "JJ") for at in range(index, span)):
        return False
    when = tree.words[span + 1]
    if candidate.lemma in _DENYING or tree.lemmas[tree.heads[candidate.head]] in _REFUSING:
        return when in ("after", "before")
    return when == "after" and (tree.tense_tag(top) in ("VBZ", "VBP") or _is_to_come(tree, top))


def _is_to_come(tree: Tree, top: int) -> bool:
    return any(tree.words[each] in ("will", "'ll", "would") for each in tree.kids(top, "aux")) and not any(
        tree.words[each] == "have" for each in tree.kids(top, "aux")
    )


def _concedes(tree: Tree, index: int) -> bool:
    """Whether it concedes something after the sentence's last dash: "-- though she has said so before"."""
    if tree.words[index - 1] not in DASHES or DASHES.intersection(tree.words[index:]):
        return False
    at = index + 1 if tree.words[index] == "even" else index
    if at == len(tree.words) or tree.words[at] not in _CONCEDING:
        return False
    return tree.heads[at] > at and tree.has(tree.heads[at], *SUBJECTS)
