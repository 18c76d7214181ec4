"""What is no claim, whatever else speaks for it: questions, and what is neither clause nor quotation."""

import re
from enum import StrEnum

from services.contracts.claim import AssertionForm, Commitment, SpeakerKind
from services.extract.acceptance.grammar import Grammar, Shape
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.draft import Draft
from services.extract.assertions.spans import is_all_quoted
from services.extract.commitment.commitment import negated_at
from services.extract.commitment.words import SAYING
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.extract.vocabulary.grammar import PRONOUNS

FEWEST_QUOTED_WORDS = 5
"""Quoted words alone say something from so many words on."""
FEWEST_QUOTED_WORDS_OF_A_SPEAKER = 3
"""The same beside a cue, or where it is known who said them."""
FEWEST_WORDS_OF_A_SENTENCE = 2
"""The same beside a cue where they are a sentence: "We tried," he said."""
_SENTENCE_END = re.compile(r"(?<![.!?])(?!\.{2,}[\"')\]]*\s+[a-z])[.!?]+[\"')\]]*(?=\s|$)")
"""Dots that a sentence goes on after are no end of it."""
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
_PROMISING = frozenset(("promise", "pledge", "vow"))
_REFUSING = frozenset(("refuse", "decline"))
_ANYBODY = PRONOUNS | {"who", "which", "that", "whom", "this", "all this", "all that", "another", "the other"}
"""Words for a speaker of whom the article does not tell who it is."""
_WHOLE = frozenset((Shape.FINITE, Shape.SUBJECT, Shape.QUOTED))


class Veto(StrEnum):
    """Why a draft is no claim."""

    QUESTION = "question"
    """It asks, and asserts nothing."""
    FEW_WORDS = "few words"
    """Quoted for their flavour: a title, a scare quote."""
    SOMEBODY = "somebody"
    """Somebody's words, and nobody knows whose: quoted without a speaker, or said by a "he" who may be anybody."""
    FRAGMENT = "fragment"
    """Neither a clause nor a quotation: "a subpoena for the report"."""


def veto(text: str, draft: Draft, grammar: Grammar | None) -> Veto | None:
    """What stands against a draft; None where nothing does.

    `grammar`: of its span; None where its sentence was not parsed.
    """
    if _only_asks(text, draft, grammar):
        return Veto.QUESTION
    is_quotation = is_all_quoted(draft.range, draft.quoted)
    if is_quotation if draft.speaker is None else draft.speaker.canonical.lower() in _ANYBODY:
        return Veto.SOMEBODY
    if _says_nothing(text, draft, is_quotation=is_quotation):
        return Veto.FRAGMENT
    if is_quotation:
        return Veto.FEW_WORDS if len(draft.range.of(text).split()) < _fewest_words(text, draft) else None
    if grammar is None or draft.form is not AssertionForm.ATTRIBUTED:
        return None
    stands = draft.proposal is not None and draft.proposal.takes_a_stand
    whole = grammar.shape in _WHOLE or stands or quotes_a_speaker(draft) or _is_misread(draft, grammar)
    return None if whole else Veto.FRAGMENT


def _says_nothing(text: str, draft: Draft, *, is_quotation: bool) -> bool:
    """Whether its words only point at others, are a heading, or name what is not answered."""
    if any(form.fullmatch(text, *draft.range) is not None for form in (_POINTS, _POINTS_ALONE)):
        return True
    if _ELLIPSIS.match(text, *draft.range) is not None or (not is_quotation and _is_heading(draft.range.of(text))):
        return True
    return draft.commitment is Commitment.DECLINES_TO_CONFIRM and _ASKED.match(text, *draft.range) is not None


def _is_heading(words: str) -> bool:
    """Whether a span is written as a heading: "Reyl Finds Herself At Centre Of Harbour Dispute"."""
    long = _LONG_WORD.findall(words)
    return len(long) >= _HEADLINE_WORDS and all(word[0].isupper() for word in long)


def quotes_a_speaker(draft: Draft) -> bool:
    """Whether it is what a known speaker says with words of their own: 'called the plan a "disgrace"'."""
    if draft.speaker is None or not draft.quoted:
        return False
    proposal = draft.proposal
    if proposal is not None and (proposal.widened or _is_reported_clause(proposal)):
        return True
    person = draft.speaker.kind is SpeakerKind.PERSON
    return person and draft.cue is not None and is_all_quoted(draft.range, draft.quoted)


def _is_reported_clause(proposal: Attribution) -> bool:
    """Whether it is what somebody said or promised, in a clause: 'promised the board will "not sell"'."""
    candidate = proposal.candidate
    told = candidate is not None and candidate.frame == "ccomp" and candidate.lemma in SAYING | _PROMISING
    return told and proposal.clause


def answers_others(tree: Tree, draft: Draft) -> bool:
    """Whether a known source accuses, confirms or denies, or leaves open what others say.

    That is worth a claim however few its words are ("Reyl denied wrongdoing"): another source may say the contrary.
    """
    proposal = draft.proposal
    if draft.speaker is None or proposal is None or proposal.candidate is None or _is_pronoun(tree, proposal.candidate):
        return False
    if draft.speaker.canonical.lower() in _ANYBODY:
        return False
    if proposal.takes_a_stand or draft.commitment is Commitment.DECLINES_TO_CONFIRM:
        return proposal.takes_a_stand
    candidate = proposal.candidate
    if negated_at(tree, candidate) is not None:
        return False
    if candidate.lemma in _ACCUSING:
        return proposal.widened
    return draft.commitment is Commitment.DENIES and candidate.lemma not in _REFUSING


def _is_pronoun(tree: Tree, candidate: Candidate) -> bool:
    """Whether nobody can tell from the words what is denied: "denied it"."""
    return all(tree.tags[index] in ("PRP", "DT") for index in candidate.content)


def _is_misread(draft: Draft, grammar: Grammar) -> bool:
    """Whether the cue takes a clause, which the parse only did not read as one: "said 40 ships left at noon"."""
    if draft.proposal is None or not grammar.starts_nominal:
        return False
    candidate = draft.proposal.candidate
    return candidate is None or candidate.frame.startswith(CLAUSE_FRAMES)


def _only_asks(text: str, draft: Draft, grammar: Grammar | None) -> bool:
    """Whether all sentences of the span are questions, or it is a dependent one: "whether he would go"."""
    area = draft.range
    tail = text[max(area.start, area.end - 3) : area.end + 2]
    if "?" in tail:
        ends = [mark.group() for mark in _SENTENCE_END.finditer(text, area.start, area.end)]
        return all("?" in mark for mark in ends)
    asks = grammar is not None and grammar.shape is Shape.OPEN and draft.form is AssertionForm.ATTRIBUTED
    if is_all_quoted(area, draft.quoted) and len(area.of(text).split()) >= FEWEST_QUOTED_WORDS:
        return False  # "What I learned is that it holds," she said.
    return asks and draft.commitment is not Commitment.DECLINES_TO_CONFIRM


def _fewest_words(text: str, draft: Draft) -> int:
    """How many quoted words alone say something, by who gives them and whether they are a sentence."""
    if draft.form is AssertionForm.QUOTED:
        return FEWEST_QUOTED_WORDS if draft.speaker is None else FEWEST_QUOTED_WORDS_OF_A_SPEAKER
    ends = text[draft.range.end : draft.range.end + 1] in (".", "!", ",")
    is_sentence = ends and _OPENS_SENTENCE.match(text, *draft.range) is not None
    return FEWEST_WORDS_OF_A_SENTENCE if is_sentence else FEWEST_QUOTED_WORDS_OF_A_SPEAKER
