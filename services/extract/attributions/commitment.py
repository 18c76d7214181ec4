"""How far a source stands behind what its cue introduces: the cue's own sense, and what the content says of itself."""

import re
from collections.abc import Iterator
from itertools import islice

from services.contracts.claim import Commitment
from services.extract.attributions.frames import AMOUNTING, Candidate
from services.extract.attributions.trees import SUBJECTS, Tree
from services.extract.attributions.withholding import CONFIRMING, TELLING, Withheld, withheld_at
from services.extract.text.lexicon import Lexicon

_OPINIONS = frozenset(("believe", "think", "agree", "accept", "expect", "recognize", "recognise", "buy", "support"))
"""Verbs whose negation says the contrary of their content."""
_STANDS = frozenset(("confirm", "deny", "refute"))
_STAND_NOUNS = {
    "confirmation": Commitment.ASSERTS,
    "acknowledgement": Commitment.ASSERTS,
    "acknowledgment": Commitment.ASSERTS,
    "admission": Commitment.ASSERTS,
    "denial": Commitment.DENIES,
}
_ALLEGATIONS = frozenset((
    "allegation", "accusation", "claim", "report", "charge", "suggestion", "assertion", "rumor", "rumour", "story",
    "speculation", "insinuation", "complaint", "notion", "idea", "theory", "narrative", "statement", "characterization",
    "implication", "talk",
))  # fmt: skip
"""Nouns for what others say."""
_TURNED_DOWN = frozenset(("reject", "dismiss", "repudiate", "rebut", "rubbish", "discount", "deride", "denounce"))
"""Verbs that deny a claim, though not a plan."""
_FALSE = frozenset((
    "false", "untrue", "baseless", "unfounded", "groundless", "fake", "bogus", "lie", "rumor", "rumour", "hoax",
    "fabrication", "nonsense", "myth", "fiction", "slander", "smear", "disinformation", "invention", "falsehood",
    "unsubstantiated", "fabricated", "untruth", "rubbish",
))  # fmt: skip
"""What one calls what is not so."""
_CALLING = frozenset((
    "call", "describe", "dismiss", "reject", "label", "brand", "denounce", "deride", "characterize", "characterise",
    "condemn", "slam", "ridicule", "decry", "dub", "blast",
))  # fmt: skip
_NAMED = frozenset(("oprd", "ccomp", "xcomp", "attr", "acomp"))
_POINTERS = frozenset(("it", "that", "this", "they", "those", "these", "such"))
_HYPOTHETICAL = frozenset(("potential", "possible", "hypothetical", "eventual", "prospective"))
_HYPOTHETICAL_VERBS = frozenset(("would", "could", "might", "'d"))
_CONDITIONS = frozenset(("if", "unless"))
_OWN = frozenset(("i", "we", "he", "she", "it", "they"))
_OWNERS = frozenset(("my", "our", "his", "her", "its", "their"))
_NOBODY = frozenset(("nobody", "none", "nothing", "neither", "one"))
_INSIDE = frozenset(("conj", "xcomp", "acomp", "attr", "dobj", "acl", "pcomp", "prep", "pobj", "advcl"))
"""Relations over which a predicate of the content may lie below its top."""
_NOT = r"(?: not|n't)"
_WITHHOLDING_WORDS = re.compile(
    r"\b(?:I|we|he|she|it|they)(?: (?:simply|just|really|certainly|also))?"
    rf"(?: can(?:not| not|'t)| (?:could|would|do|does|did|are|is){_NOT}| (?:will|am) not| won't|'(?:m|re) not"
    r"| ha(?:ve|s) no)"
    r"(?: (?:going to|able to|in a position to|yet|even|comment to|plans to|any|to))*"
    r" (?:confirm|comment|verify|deny|corroborate|disclose|discuss|speculate)\b",
    re.IGNORECASE,
)


def withholds(tree: Tree, candidate: Candidate) -> Withheld | None:
    """What takes the cue back in "declined to confirm", "did not say whether", "sees no need to deny"; else None."""
    if candidate.part != "verb":
        return None
    return withheld_at(tree, candidate.head, tree.words[candidate.content[0]])


def stand_at(tree: Tree, candidate: Candidate) -> int | None:
    """Index of the verb of "confirmed …", "denied …", "amounts to a confirmation of …"; None for all else."""
    if candidate.part == "verb" and candidate.lemma in _STANDS:
        told = candidate.frame in ("dobj", "ccomp", "xcomp") and tree.has(candidate.head, "nsubj")
        return candidate.head if told else None
    if candidate.origins:
        return candidate.head
    if candidate.part != "noun" or candidate.lemma not in _STAND_NOUNS:
        return None
    return next((head for head in islice(tree.climb(candidate.head), 2) if tree.lemmas[head] in AMOUNTING), None)


def commitment_of(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> Commitment:
    """What the cue says of the content, or else what the content says of itself."""
    if candidate.part == "noun":
        return _STAND_NOUNS.get(candidate.lemma, Commitment.ASSERTS)
    stated = lexicon.commitments.get(candidate.lemma, Commitment.ASSERTS)
    if _turns_down(tree, candidate) or _calls_false(tree, candidate):
        stated = Commitment.DENIES
    if candidate.part == "verb" and tree.has(candidate.head, "neg"):
        if candidate.lemma == "doubt":
            return Commitment.ASSERTS
        if candidate.lemma in _OPINIONS:
            return Commitment.DENIES
        if stated is Commitment.DENIES:
            return Commitment.DECLINES_TO_CONFIRM
    return _told_by_content(tree, candidate) if stated is Commitment.ASSERTS else stated


def withholds_in_words(text: str) -> bool:
    """Whether quoted words keep a question open: "We cannot confirm that"."""
    return _WITHHOLDING_WORDS.search(text) is not None


def _told_by_content(tree: Tree, candidate: Candidate) -> Commitment:
    tops = _tops(tree, candidate)
    if any(_is_false(tree, top) for top in tops):
        return Commitment.DENIES
    if any(_withholds_itself(tree, top, candidate) for top in tops):
        return Commitment.DECLINES_TO_CONFIRM
    return Commitment.CONDITIONAL if any(_is_conditional(tree, top) for top in tops) else Commitment.ASSERTS


def _tops(tree: Tree, candidate: Candidate) -> list[int]:
    """The predicates of a content that is a clause, those that "and" joins included."""
    content = set(candidate.content)
    found = [index for index in candidate.content if tree.heads[index] not in content or tree.heads[index] == index]
    tops = [index for index in found if tree.tags[index][0] == "V" or tree.tags[index] == "MD"]
    for top in tops:
        tops.extend(each for each in tree.kids(top, "conj") if each in content and each not in tops)
    return tops


def _is_false(tree: Tree, top: int) -> bool:
    """Of "the allegations were lies", "that is not true", "there is no truth to it"."""
    if tree.lemmas[top] not in ("be", "remain"):
        return False
    negated = tree.has(top, "neg")
    told = tree.kids(top, "attr", "acomp")
    subject = tree.first(top, *SUBJECTS)
    if subject is None or not told:
        return False
    if tree.words[subject] == "there":
        return tree.lemmas[told[0]] == "truth" and any(tree.words[each] == "no" for each in tree.children[told[0]])
    if tree.lemmas[subject] not in _ALLEGATIONS and tree.words[subject] not in _POINTERS:
        return False
    if tree.lemmas[told[0]] in ("true", "accurate", "correct"):
        return negated
    return not negated and tree.lemmas[told[0]] in _FALSE


def _turns_down(tree: Tree, candidate: Candidate) -> bool:
    """Of "rejected the claim that …", not of "rejected the plan"."""
    if candidate.part != "verb" or candidate.lemma not in _TURNED_DOWN:
        return False
    objects = [each for each in tree.kids(candidate.head, "dobj", "nsubjpass") if each in candidate.content]
    return any(tree.lemmas[each] in _ALLEGATIONS for each in objects)


def _calls_false(tree: Tree, candidate: Candidate) -> bool:
    """Of "described it as a rumour", "called the report a lie"."""
    if candidate.part != "verb" or candidate.lemma not in _CALLING:
        return False
    return any(
        tree.lemmas[each] in _FALSE
        and (tree.words[tree.heads[each]] == "as" or (tree.heads[each] == candidate.head and tree.deps[each] in _NAMED))
        for each in candidate.content
    )


def _withholds_itself(tree: Tree, top: int, candidate: Candidate) -> bool:
    """Whether a source says of itself that it does not confirm: "his ministry cannot confirm the loss"."""
    if not _is_own(tree, top):
        return False
    content = set(candidate.content)
    for verb in _below(tree, top, content):
        if tree.lemmas[verb] in CONFIRMING | TELLING:
            opening = next((tree.words[each] for each in tree.below(verb) if each > verb), "")
            held_back = withheld_at(tree, verb, opening)
            if held_back is not None and held_back.start in content:
                return True
    return False


def _below(tree: Tree, top: int, content: set[int]) -> Iterator[int]:
    """`top` and what belongs to its predicate, without clauses that tell of something else."""
    rest = [top]
    while rest:
        index = rest.pop()
        yield index
        rest.extend(
            each
            for each in tree.children[index]
            if each in content and tree.deps[each] in _INSIDE and (each == top or not tree.has(each, "nsubj"))
        )


def _is_own(tree: Tree, top: int) -> bool:
    """Whether the subject of a predicate is its source: "he", "his ministry"; by default that of the first conjunct."""
    subject = tree.first(top, *SUBJECTS)
    if subject is None:
        return tree.deps[top] != "conj" or _is_own(tree, tree.heads[top])
    if tree.words[subject] in _OWN:
        return True
    return any(tree.words[each] in _OWNERS for each in tree.kids(subject, "poss"))


def _is_conditional(tree: Tree, top: int) -> bool:
    """Of "it would leave if they came", "any potential loss would be made good"."""
    for clause in tree.kids(top, "advcl"):
        first = tree.below(clause)[0]
        if any(tree.words[each] in _CONDITIONS and each == first for each in tree.kids(clause, "mark")):
            return True
    if not any(tree.words[each] in _HYPOTHETICAL_VERBS for each in tree.kids(top, "aux")):
        return False
    subject = tree.first(top, *SUBJECTS)
    return subject is not None and any(tree.words[each] in _HYPOTHETICAL for each in tree.kids(subject, "amod"))


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
        return candidate.lemma in CONFIRMING | TELLING
    return candidate.frame.startswith("pass+") and candidate.lemma in ("tell", "ask")
