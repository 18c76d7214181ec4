"""What is no claim, whatever else speaks for it: questions, and what is neither clause nor quotation."""

import re
from enum import StrEnum

from services.contracts.claim import AssertionForm, Commitment, SpeakerKind
from services.extract.acceptance.grammar import Grammar, Shape
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.spans import is_all_quoted
from services.extract.commitment.commitment import negated_at
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.extract.vocabulary.grammar import PRONOUNS, REFUSING
from services.extract.vocabulary.saying import SAYING

FEWEST_QUOTED_WORDS = 5
"""Quoted words alone say something from so many words on."""
FEWEST_QUOTED_WORDS_OF_A_SPEAKER = 3
"""The same beside a cue, or where it is known who said them."""
FEWEST_WORDS_OF_A_SENTENCE = 2
"""The same beside a cue where they are a sentence: "We tried," he said."""
_SENTENCE_END = re.compile(r"(?<![.!?])(?!\.{2,}[\"')\]]*\s+[a-z])[.!?]+[\"')\]]*(?=\s|$)")
"""Dots that a sentence goes on after are no end of it."""
_TITLE = re.compile(r"\b(?:Sen|Rep|Gov|Mr|Mrs|Ms|Dr|Gen|Lt|Col|Capt|Prof|Rev|St)$")
"""What stands before a stop that ends no sentence."""
_OPENS_SENTENCE = re.compile(r"(?:I|We|You|He|She|It|They|This|That|There|Nobody|Everybody|Everyone)\b")
_POINTS = re.compile(
    r"(?:this|that|it) (?:has been|had been|was|is) (?:also )?(?:confirmed|denied|reported|rejected|disputed)"
    r"(?: (?:later|too|by [^,;]{2,60}))?",
    re.IGNORECASE,
)
"""Says of something else who confirms it, and not what it is."""
_POINTS_ALONE = re.compile(
    r"(?:(?:And|But|So|Yet|Well),? )?(?:this|that|it)(?:, [^,;]{2,40} (?:says|said),)?"
    r"(?: is|['’]s| was)(?: not|n['’]t)?"
    r"(?: (?:all|that|it|why|so|the end of (?:it|the story|the matter)|the point|the case))?",
    re.IGNORECASE,
)
"""Only points at what was said before: "And that, he says, is the end of the story"."""
_ASKED = re.compile(
    r"(?:any |all |more |further |other |specific |follow-up )*(?:questions?|details|specifics|comments?)\b",
    re.IGNORECASE,
)
"""What somebody does not answer or give: alone it says nothing."""
_HEADLINE_WORDS = 5
"""A span in which all long words start with capitals is a heading from so many of them on."""
_SMALL = frozenset(
    ("To", "His", "Her", "He", "She", "The", "A", "Of", "In", "On", "For", "At", "Is", "And", "Their", "With")
)
"""Words that stand in capitals inside a heading alone."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_ELLIPSIS = re.compile(
    r"(?:(?:But|And|Yet|So) )?(?:he|she|it|they|we|I) "
    r"(?:was|were|did|does|do|had|has|have|will|would|could)(?:n't|n’t| not)?(?: in \d{4})?"
    r"(?:$|, (?:when|where|who|which|because|though|although)\b)",
    re.IGNORECASE,
)
"""Leaves out what the sentence before has said: "But he was in 2014, when …"."""
CLAUSE_FRAMES = ("ccomp", "none", "according")
"""How the frames start in which the content is a clause beside or around the cue."""
_ACCUSING = frozenset(("accuse", "blame", "condemn", "criticise", "criticize", "denounce", "slam"))
_EXCLAIMS = re.compile(r"just (?:how|what|why|who|when|where)\b", re.IGNORECASE)
"""How something is, without a source that shows it: "it is important to note just how narrow it is"."""
_REFERRING = frozenset(("refer", "allude"))
_PROMISING = frozenset(("promise", "pledge", "vow"))
_ANYBODY = PRONOUNS | {"who", "which", "that", "whom", "this", "all this", "all that", "another", "the other"}
"""Words for a speaker of whom the article does not tell who it is."""
_WHOLE = frozenset((Shape.FINITE, Shape.SUBJECT, Shape.QUOTED))


class Veto(StrEnum):
    """Why an assertion is no claim."""

    QUESTION = "question"
    """It asks, and asserts nothing."""
    FEW_WORDS = "few words"
    """Quoted for their flavour: a title, a scare quote."""
    SOMEBODY = "somebody"
    """Somebody's words, and nobody knows whose: quoted without a speaker, or said by a "he" who may be anybody."""
    FRAGMENT = "fragment"
    """Neither a clause nor a quotation: "a subpoena for the report"."""


def veto(text: str, assertion: Assertion, grammar: Grammar | None) -> Veto | None:
    """What stands against an assertion; None where nothing does.

    `grammar`: of its span; None where its sentence was not parsed.
    """
    if _only_asks(text, assertion, grammar):
        return Veto.QUESTION
    is_quotation = is_all_quoted(assertion.range, assertion.quoted)
    if is_quotation if assertion.speaker is None else assertion.speaker.canonical.lower() in _ANYBODY:
        return Veto.SOMEBODY
    wanted = assertion.proposal is not None and assertion.proposal.only_wanted
    if wanted or _says_nothing(text, assertion, is_quotation=is_quotation):
        return Veto.FRAGMENT
    if is_quotation:
        return Veto.FEW_WORDS if len(assertion.range.of(text).split()) < _fewest_words(text, assertion) else None
    if grammar is None or assertion.form is not AssertionForm.ATTRIBUTED:
        return None
    stands = assertion.proposal is not None and assertion.proposal.takes_a_stand
    whole = grammar.shape in _WHOLE or stands or quotes_a_speaker(assertion) or _is_misread(assertion, grammar)
    return None if whole else Veto.FRAGMENT


def _says_nothing(text: str, assertion: Assertion, *, is_quotation: bool) -> bool:
    """Whether its words only point at others, are a heading, or name what is meant or not answered."""
    if is_quotation and _only_refers(assertion):
        return True
    if any(form.fullmatch(text, *assertion.range) is not None for form in (_POINTS, _POINTS_ALONE)):
        return True
    if _ELLIPSIS.match(text, *assertion.range) is not None or (
        not is_quotation and _is_heading(assertion.range.of(text))
    ):
        return True
    return assertion.commitment is Commitment.DECLINES_TO_CONFIRM and _ASKED.match(text, *assertion.range) is not None


def _only_refers(assertion: Assertion) -> bool:
    """Whether quoted words name what somebody speaks of: 'referred to "our battle against the flood"'."""
    candidate = None if assertion.proposal is None else assertion.proposal.candidate
    return candidate is not None and candidate.lemma in _REFERRING and candidate.frame == "prep:to"


def _is_heading(words: str) -> bool:
    """Whether a span is written as a heading: "Reyl Finds Herself At Centre Of Harbour Dispute"."""
    long = _LONG_WORD.findall(words)
    every = words.split()
    if not _SMALL.isdisjoint(every[1:]) and len(every) >= _HEADLINE_WORDS and all(word[0].isupper() for word in every):
        return True
    return len(long) >= _HEADLINE_WORDS and all(word[0].isupper() for word in long)


def quotes_a_speaker(assertion: Assertion) -> bool:
    """Whether it is what a known speaker says with words of their own: 'called the plan a "disgrace"'."""
    if assertion.speaker is None or not assertion.quoted:
        return False
    proposal = assertion.proposal
    if proposal is not None and (proposal.widened or _is_reported_clause(proposal)):
        return True
    person = assertion.speaker.kind is SpeakerKind.PERSON
    return person and assertion.cue is not None and is_all_quoted(assertion.range, assertion.quoted)


def _is_reported_clause(proposal: Attribution) -> bool:
    """Whether it is what somebody said or promised, in a clause: 'promised the board will "not sell"'."""
    candidate = proposal.candidate
    says_so = candidate is not None and candidate.frame == "ccomp" and candidate.lemma in SAYING | _PROMISING
    return says_so and proposal.clause


def answers_others(tree: Tree, assertion: Assertion) -> bool:
    """Whether a known source accuses, confirms or denies, or leaves open what others say.

    That is worth a claim however few its words are ("Reyl denied wrongdoing"): another source may say the contrary.
    """
    proposal = assertion.proposal
    if (
        assertion.speaker is None
        or proposal is None
        or proposal.candidate is None
        or _is_pronoun(tree, proposal.candidate)
    ):
        return False
    if assertion.speaker.canonical.lower() in _ANYBODY:
        return False
    if proposal.takes_a_stand or assertion.commitment is Commitment.DECLINES_TO_CONFIRM:
        return proposal.takes_a_stand
    candidate = proposal.candidate
    if negated_at(tree, candidate) is not None:
        return False
    if candidate.lemma in _ACCUSING:
        return proposal.widened
    return assertion.commitment is Commitment.DENIES and candidate.lemma not in REFUSING


def _is_pronoun(tree: Tree, candidate: Candidate) -> bool:
    """Whether nobody can tell from the words what is denied: "denied it"."""
    return all(tree.tags[index] in ("PRP", "DT") for index in candidate.content)


def _is_misread(assertion: Assertion, grammar: Grammar) -> bool:
    """Whether the cue takes a clause, which the parse only did not read as one: "said 40 ships left at noon"."""
    if assertion.proposal is None or not grammar.starts_nominal:
        return False
    candidate = assertion.proposal.candidate
    return candidate is None or candidate.frame.startswith(CLAUSE_FRAMES)


def _only_asks(text: str, assertion: Assertion, grammar: Grammar | None) -> bool:
    """Whether all sentences of the span are questions, or it is a dependent one: "whether he would go"."""
    area = assertion.range
    tail = text[max(area.start, area.end - 3) : area.end + 2]
    if "?" in tail:
        marks = _SENTENCE_END.finditer(text, area.start, area.end)
        ends = [mark.group() for mark in marks if _TITLE.search(text, area.start, mark.start()) is None]
        return all("?" in mark for mark in ends)
    attributed = assertion.form is AssertionForm.ATTRIBUTED
    asks = grammar is not None and grammar.shape is Shape.OPEN and attributed
    if is_all_quoted(area, assertion.quoted) and len(area.of(text).split()) >= FEWEST_QUOTED_WORDS:
        return False  # "What I learned is that it holds," she said.
    exclaims = attributed and assertion.speaker is None and _EXCLAIMS.match(text, *area) is not None
    return (asks or exclaims) and assertion.commitment is not Commitment.DECLINES_TO_CONFIRM


def _fewest_words(text: str, assertion: Assertion) -> int:
    """How many quoted words alone say something, by who gives them and whether they are a sentence."""
    if assertion.form is AssertionForm.QUOTED:
        return FEWEST_QUOTED_WORDS if assertion.speaker is None else FEWEST_QUOTED_WORDS_OF_A_SPEAKER
    ends = text[assertion.range.end : assertion.range.end + 1] in (".", "!", ",")
    is_sentence = ends and _OPENS_SENTENCE.match(text, *assertion.range) is not None
    return FEWEST_WORDS_OF_A_SENTENCE if is_sentence else FEWEST_QUOTED_WORDS_OF_A_SPEAKER
