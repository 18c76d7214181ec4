"""What the page of an event leaves out, in words. Pure."""

from dataclasses import dataclass

from services.api.pages.numbers import count, number
from services.contracts.event import Event


@dataclass(frozen=True)
class LeftOut:
    """None where nothing of the kind is left out."""

    articles: str | None
    """How many further articles there are: "3 more articles"."""
    claims_here: str | None
    """How many of its claims are on the page: "66 of 72 claims"."""
    all_claims: str
    """How many claims it has."""
    differences: str | None
    """That there are further disagreements and rows of figures: "There is 1 more disagreement"."""
    reports: str | None
    """Likewise reports of claims that are here."""


def left_out(event: Event) -> LeftOut:
    """Of an event as far as its page shows it."""
    omitted, here = event.omitted, len(event.claims)
    total = count(here + omitted.claims, "claim")
    return LeftOut(
        articles=count(omitted.articles, "more article") if omitted.articles else None,
        claims_here=f"{number(here)} of {total}" if omitted.claims else None,
        all_claims=total,
        differences=_there_are(
            (omitted.contradictions, "more disagreement", "more disagreements"),
            (omitted.figures, "more row of figures", "more rows of figures"),
        ),
        reports=_there_are((omitted.supports, "more report", "more reports")),
    )


def _there_are(*kinds: tuple[int, str, str]) -> str | None:
    counted = [(many, count(many, one, several)) for many, one, several in kinds if many]
    if not counted:
        return None
    verb = "is" if counted[0][0] == 1 else "are"
    return f"There {verb} {' and '.join(words for _, words in counted)}"
