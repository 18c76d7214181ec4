"""Whether an outlet prints the words in which a claim is shown, some of them, or others. Pure."""

from enum import StrEnum

from services.contracts.event_claims import MergedClaim, Support, SupportForm
from services.language.normalise import normalise

_AT_THE_END = " .,;:!?"


class Words(StrEnum):
    """Whose words an outlet prints; the words are shown."""

    SAME = ""
    """The words that are shown."""
    PART = "in part"
    """Some of the quoted words."""
    OTHER = "other words"
    """It says the same in other words."""


def words_of(support: Support, claim: MergedClaim) -> Words:
    """How the words of one report stand to those in which its claim is shown.

    Case, kinds of quote marks, spaces and the mark at the end do not count. A quotation that is whole
    (`SupportForm.FULL`) has the words, whatever stands between its parts ("…", he said, "…").
    """
    if support.form is SupportForm.FULL or _folded(claim.text) in _folded(support.text):
        return Words.SAME
    return Words.PART if support.form is SupportForm.CUT else Words.OTHER


def words_in_article(support: Support, claim: MergedClaim) -> Words:
    """The same of all that the article of a report has of the claim: the most of it that it prints."""
    own = [words_of(other, claim) for other in claim.supports if other.article_id == support.article_id]
    return min(own or [words_of(support, claim)], key=list(Words).index)


def _folded(text: str) -> str:
    straight = normalise(text).casefold().replace('"', " ")
    return " ".join(straight.split()).strip(_AT_THE_END)
