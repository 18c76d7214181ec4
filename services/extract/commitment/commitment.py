"""How far a source stands behind what its cue introduces: the cue's own sense, and what the content says of itself."""

import re
from itertools import islice

from services.contracts.claim import Commitment
from services.extract.commitment.declined import AMOUNTING, CONFIRMING, Declined, declined_at, was_kept_back
from services.extract.commitment.dismissals import dismissed_by
from services.extract.commitment.never_said import has_hardly_any, is_never_said
from services.extract.commitment.own_words import commitment_of_content
from services.extract.commitment.words import (
    ANYTHING,
    ARGUING,
    ASKING,
    CALLING,
    DISPUTING,
    FACTIVE,
    GRANTED,
    IMPERSONAL,
    NAMED,
    OPINIONS,
    PLANS,
    POSSIBLE,
    PROVING,
    SHOWN_OR_SAID,
    STAND_NOUNS,
    STANDS,
    SUPPOSING,
    UNSAID,
)
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.nobody import is_nobody
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.grammar import CONDITIONS
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import ANSWERING, SAYING, TELLING_WHETHER
from services.language.falsehood import FALSE
from services.language.hearsay import ALLEGATIONS

NOT_ASSERTED = frozenset((Commitment.DENIES, Commitment.DECLINES_TO_CONFIRM))
"""Of sources that do not stand behind the content: they take it back, or leave it open."""
_DECLINING_WORDS = re.compile(
    r"\b(?:I|we|he|she|it|they)(?: (?:simply|just|really|certainly|also))?"
    r"(?:(?: can(?:not| not|'t)| (?:could|would)(?: not|n't)| (?:will|am|are|is)(?: not|n't)| won't|'(?:m|re) not"
    r"| ha(?:ve|s) no)(?: (?:going to|able to|in a position to|yet|even|comment to|plans to|any|to))*"
    r" (?:confirm|comment|verify|deny|corroborate|disclose|discuss|speculate)"
    r"| (?:do|does|did|have|has)(?: not|n't) (?:confirm|verif|corroborat|disclos)\w*"
    r"| (?:do|does)(?: not|n't) (?:want|wish|intend) to (?:comment|discuss|talk|speculate|speak))\b",
    re.IGNORECASE,
)
_OBJECT_TOKENS = 6
"""First tokens of a content in which the noun of its object stands."""


def declines(tree: Tree, candidate: Candidate) -> Declined | None:
    """What takes the cue back in "declined to confirm", "did not say whether", "sees no need to deny"; else None."""
    if candidate.part != "verb":
        return None
    words = [tree.words[each] for each in candidate.content[:2]]
    if words[1:] == ["to"]:  # "how to go on" is a skill, no question left open
        return None
    return declined_at(tree, candidate.head, words[0])


def stand_at(tree: Tree, candidate: Candidate) -> int | None:
    """Index of the verb of "confirmed …", "denied …", "amounts to a confirmation of …"; None for all else."""
    dismissal = dismissed_by(tree, candidate)
    return _settled_at(tree, candidate) if dismissal is None else dismissal


def _settled_at(tree: Tree, candidate: Candidate) -> int | None:
    if candidate.part == "verb" and candidate.lemma in STANDS:
        if candidate.lemma == "deny" and _refuses_somebody(tree, candidate):
            return None
        says_so = candidate.frame in ("dobj", "ccomp", "xcomp") and tree.has(candidate.head, "nsubj")
        return candidate.head if says_so else None
    if candidate.lemma in DISPUTING and candidate.frame == "dobj" and _of_a_claim(tree, candidate):
        return candidate.head if tree.has(candidate.head, "nsubj") else None
    if candidate.origins:
        return candidate.head
    if candidate.part != "noun" or candidate.lemma not in STAND_NOUNS:
        return None
    return next((head for head in islice(tree.climb(candidate.head), 2) if tree.lemmas[head] in AMOUNTING), None)


def commitment_of(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> Commitment:
    """What the cue says of the content, or else what the content says of itself."""
    if dismissed_by(tree, candidate) is not None:
        return Commitment.DENIES
    if candidate.part == "noun":
        none = has_hardly_any(tree, candidate.head)
        doubted = candidate.lemma == "doubt" and candidate.frame == "that" and not none
        return Commitment.DENIES if doubted or candidate.lemma == "denial" else Commitment.ASSERTS
    opening = tree.words[candidate.content[0]] if candidate.content else ""  # empty beside a quotation
    if candidate.lemma in ASKING and opening in ("if", "whether"):
        return Commitment.CONDITIONAL
    stated = _stated(tree, candidate, lexicon)
    if negated_at(tree, candidate) is not None:
        return _negated(tree, candidate, stated)
    return commitment_of_content(tree, candidate) if stated is Commitment.ASSERTS else stated


def _stated(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> Commitment:
    if candidate.lemma == "deny" and _refuses_somebody(tree, candidate):
        return Commitment.ASSERTS
    if _turns_down(tree, candidate) or _calls_false(tree, candidate):
        return Commitment.DENIES
    if candidate.lemma in ("refuse", "decline") and candidate.frame == "xcomp":
        return Commitment.DENIES
    if candidate.lemma == "rule" and "out" in (tree.words[each] for each in tree.kids(candidate.head, "prt")):
        return Commitment.DENIES
    return lexicon.commitments.get(candidate.lemma, Commitment.ASSERTS)


def _negated(tree: Tree, candidate: Candidate, stated: Commitment) -> Commitment:
    """What becomes of it when the cue itself is negated: "does not think that it is so" says the contrary."""
    if candidate.lemma == "doubt":
        return Commitment.ASSERTS
    if stated is Commitment.DENIES or candidate.lemma in UNSAID:
        return Commitment.DECLINES_TO_CONFIRM
    unreal = any(tree.tags[each] == "TO" for each in tree.kids(candidate.head, "aux"))  # "it is hard not to think"
    about = candidate.frame.startswith("prep:")  # "does not think about it"
    return Commitment.ASSERTS if unreal or about or candidate.lemma in FACTIVE else Commitment.DENIES


def negated_at(tree: Tree, candidate: Candidate) -> int | None:
    """First token of "did not say", "never said"; None where the cue stands, as in "not only said"."""
    negation = tree.first(candidate.head, "neg")
    if (
        candidate.part != "verb"
        or negation is None
        or tree.words[negation + 1 : negation + 2] in (("only",), ("just",))
    ):
        return None
    subject = tree.first(candidate.head, *SUBJECTS)
    first = 0 if subject is None or subject > candidate.head else subject + 1
    return min([negation, *(each for each in tree.kids(candidate.head, "aux") if first <= each < candidate.head)])


def _refuses_somebody(tree: Tree, candidate: Candidate) -> bool:
    """Whether "denied" refuses somebody something: "denied them bail"."""
    if tree.has(candidate.head, "dative"):
        return True
    objects = tree.kids(candidate.head, "dobj")
    return len(objects) > 1 or any(tree.lemmas[each] in GRANTED for each in objects)


def _turns_down(tree: Tree, candidate: Candidate) -> bool:
    """Of "rejected the claim that …", not of "rejected the plan"."""
    return candidate.lemma in DISPUTING and _of_a_claim(tree, candidate)


def _of_a_claim(tree: Tree, candidate: Candidate) -> bool:
    if candidate.part != "verb":
        return False
    objects = [each for each in tree.kids(candidate.head, "dobj", "nsubjpass") if each in candidate.content]
    if any(tree.lemmas[each] in ALLEGATIONS and not _is_plan(tree, each) for each in objects):
        return True
    # "Challenged State Department claims that": the noun is easily taken for a verb.
    return any(
        tree.tags[each] == "VBZ" and tree.lemmas[each] in ALLEGATIONS and tree.words[each + 1] == "that"
        for each in candidate.content[:_OBJECT_TOKENS]
        if each + 1 < len(tree.words)
    )


def _is_plan(tree: Tree, noun: int) -> bool:
    """Whether a noun for what others say is for something to do: "the idea of arming teachers"."""
    phrases = tree.kids(noun, "prep") if tree.lemmas[noun] in PLANS else ()
    return any(
        not any(tree.has(clause, *SUBJECTS) for clause in tree.kids(phrase, "pcomp"))
        for phrase in phrases
        if tree.words[phrase] in ("of", "on")
    )


def _calls_false(tree: Tree, candidate: Candidate) -> bool:
    """Of "described it as a rumour", "called the report a lie"."""
    if candidate.part != "verb" or candidate.lemma not in CALLING:
        return False
    return any(
        tree.lemmas[each] in FALSE
        and (tree.words[tree.heads[each]] == "as" or (tree.heads[each] == candidate.head and tree.deps[each] in NAMED))
        for each in candidate.content
    )


def declines_in_words(text: str) -> bool:
    """Whether quoted words keep a question open: "We cannot confirm that"."""
    return _DECLINING_WORDS.search(text) is not None


def is_unsaid(tree: Tree, candidate: Candidate) -> bool:
    """Whether it says that nobody said so: "did not say where", "was told", "wanted to say", "assuming that"."""
    if candidate.part != "verb":
        return is_never_said(tree, candidate)
    if is_never_said(tree, candidate) or _is_unreal(tree, candidate) or was_kept_back(tree, candidate.head):
        return True
    subject = tree.first(candidate.head, "nsubj")
    if subject is not None and (tree.words[subject] in IMPERSONAL or is_nobody(tree, subject)):
        return True
    negated = tree.has(candidate.head, "neg")
    if negated and (_gives_no_answer(tree, candidate) or (candidate.frame == "ccomp" and candidate.lemma in PROVING)):
        return True
    if negated and candidate.lemma not in OPINIONS and candidate.frame != "dobj":
        return candidate.lemma in CONFIRMING | TELLING_WHETHER
    passive = candidate.frame.startswith("pass+") and candidate.lemma in ("tell", "ask")
    return passive and not tree.has(candidate.head, "agent")


def _gives_no_answer(tree: Tree, candidate: Candidate) -> bool:
    """Whether a negated cue tells of silence: "did not respond", "has not said anything", not "would not answer"."""
    if any(tree.tags[each] == "MD" for each in tree.kids(candidate.head, "aux")):
        return False
    silent = candidate.frame == "dobj" and tree.words[candidate.content[0]] in ANYTHING
    return candidate.lemma in ANSWERING or (candidate.lemma in TELLING_WHETHER and silent)


def _is_unreal(tree: Tree, candidate: Candidate) -> bool:
    """Whether the cue only might be said, is asked for, or is what a condition names."""
    head, lemma = candidate.head, candidate.lemma
    auxiliaries = tree.kids(head, "aux")
    subject = tree.first(head, *SUBJECTS)
    if lemma in SUPPOSING and subject is None:
        return True
    if any(tree.words[each] in CONDITIONS or tree.words[each] == "for" for each in tree.kids(head, "mark")):
        return True  # "if she says so", "it is wrong for her to say so"
    if any(tree.words[each] in POSSIBLE for each in auxiliaries) and lemma in ARGUING:
        return True
    if is_for_later(tree, candidate):
        return False
    if lemma in SHOWN_OR_SAID and any(tree.tags[each] in ("MD", "TO") for each in auxiliaries):
        only_to = lemma not in ("say", "tell") and not any(tree.tags[each] == "TO" for each in auxiliaries)
        return tree.deps[head] != "advcl" and not only_to
    imperative = tree.tags[head] == "VB" and tree.deps[head] == "ROOT" and head > 0 and subject is None
    return imperative and all(tree.lemmas[each] == "do" for each in auxiliaries) and candidate.content[0] > head


def is_for_later(tree: Tree, candidate: Candidate) -> bool:
    """Whether it is still to be said: "will announce that", "is expected to say that"."""
    head = candidate.head
    if candidate.part != "verb" or candidate.lemma not in SAYING or not tree.has(head, "ccomp"):
        return False
    auxiliaries = tree.kids(head, "aux")
    if any(tree.words[each] in ("will", "'ll") for each in auxiliaries):
        return tree.has(head, "nsubj") and not tree.has(head, "neg")
    expected = tree.lemmas[tree.heads[head]] in ("expect", "schedule", "due", "plan", "set")
    return expected and tree.deps[head] == "xcomp" and any(tree.tags[each] == "TO" for each in auxiliaries)
