"""How far a source stands behind a claim, in the words that pages put before those of the claim. Pure."""

import re

from services.contracts.claim import ClaimKind, Commitment
from services.contracts.event_claims import MergedClaim
from services.language.falsehood import is_called_false, is_called_unproven

_SOFT = frozenset((Commitment.CONDITIONAL, Commitment.REPORTS))
"""Told once, of the claim: an outlet that leaves it out does not report another claim."""
_QUESTION_WORDS = frozenset(["how", "if", "what", "when", "where", "whether", "which", "who", "whom", "whose", "why"])
_PLAIN_CUES = frozenset((
    "according", "add", "added", "adding", "adds", "announced", "explained", "insisted", "posted", "replied",
    "responded", "say", "saying", "says", "said", "state", "stated", "states", "tell", "telling", "tells", "told",
    "tweeted", "wrote", "writes",
))  # fmt: skip
"""Cues that say nothing of whether it is so: then the claim's own words do, as in "we cannot confirm that"."""
_ASKING = re.compile(r"\b(?:ask|wonder|question|[ei]nquir)", re.IGNORECASE)
_COMMENTING = re.compile(r"\b(?:comment|discuss|speculat)", re.IGNORECASE)
_CONFIRMING = re.compile(r"\bconfirm", re.IGNORECASE)
_DENYING = re.compile(r"\b(?:den(?:y|ie)|disput)", re.IGNORECASE)
_RULING_OUT = re.compile(r"\brul(?:e|es|ed|ing) out\b", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|whether)\b", re.IGNORECASE)
_ALLEGING = re.compile(r"\balleg", re.IGNORECASE)


def stance(commitment: Commitment, kind: ClaimKind, text: str, cue: str | None = None) -> str | None:
    """What stands before a claim's words where its source does not just assert it: "Denied", "Not confirmed".

    None where the source asserts it, and where its own words tell, as in 'Reyl called that figure "fiction"'.

    Args:
        commitment: Of the source.
        kind: Of the claim: words in quotation marks have their condition in them.
        text: Its words: of an indirect question there is nothing to confirm.
        cue: The word that attributes it, as written.
    """
    if commitment is Commitment.ASSERTS:
        return _hedged(cue, text)
    if commitment is Commitment.CONDITIONAL:
        return _conditional(kind, text, cue)
    if commitment is Commitment.REPORTS:
        return "Repeated from others"
    if _says_it_itself(kind, text, cue):
        return None
    return _denied(cue or "") if commitment is Commitment.DENIES else _held_back(text, cue or "")


def stance_of(claim: MergedClaim) -> str | None:
    """What stands before a merged claim's words, as `stance`."""
    return stance(claim.commitment, claim.kind, claim.text, claim.cue)


def with_stance(before: str | None, text: str) -> str:
    """A claim's words with what stands before them, where a page has no place of its own for it."""
    return f"{before}: {text}" if before else text


def stance_in_report(of_report: Commitment, of_claim: Commitment) -> str | None:
    """What an outlet has the source do, where the claim as a whole tells something else; None where it does not."""
    if of_report is of_claim or of_report in _SOFT:
        return None
    if of_report is Commitment.ASSERTS:
        return None if of_claim in _SOFT else "says so"
    return "denies it" if of_report is Commitment.DENIES else "does not confirm it"


def _hedged(cue: str | None, text: str) -> str | None:
    """That the source only alleges what it asserts, or that an outlet calls it false, where its words do not say so."""
    if cue is None or cue in text:
        return None
    if is_called_false(cue):
        return "Called false by an outlet"
    if is_called_unproven(cue):
        return "Called unproven by an outlet"
    alleged = _ALLEGING.search(cue) is not None and _ALLEGING.search(text) is None
    return "Alleged" if alleged else None


def _conditional(kind: ClaimKind, text: str, cue: str | None) -> str | None:
    if cue and _ASKING.search(cue):
        return None if _stands_in(cue, text) else "Asked"
    return None if kind is ClaimKind.QUOTATION or _CONDITION.search(text) else "On a condition"


def _says_it_itself(kind: ClaimKind, text: str, cue: str | None) -> bool:
    """Whether the words tell by themselves that it is denied or left open."""
    if not cue:
        return kind is ClaimKind.QUOTATION
    return cue.casefold() in _PLAIN_CUES or _stands_in(cue, text)


def _stands_in(cue: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(cue)}\b", text, re.IGNORECASE) is not None


def _denied(cue: str) -> str:
    return "Ruled out" if _RULING_OUT.search(cue) else "Denied"


def _held_back(text: str, cue: str) -> str:
    if _is_question(text):
        return "Not said"
    if _COMMENTING.search(cue):
        return "No comment on"
    if _RULING_OUT.search(cue):
        return "Not ruled out"
    return "Not denied" if _DENYING.search(cue) and not _CONFIRMING.search(cue) else "Not confirmed"


def _is_question(text: str) -> bool:
    """Whether words are an indirect question, such as "how he had learned this so quickly"."""
    return next(iter(text.split(maxsplit=1)), "").casefold() in _QUESTION_WORDS
