"""Reports with figures, made by hand, for tests of the table of figures."""

from collections.abc import Sequence

from services.contracts.article import Precision
from services.contracts.base import Span
from services.contracts.claim import AttributionLink, DateMention, EntityMention, SpeakerKind
from services.contracts.event_claims import Contradiction, Figure
from services.contracts.quantity import Bound
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.wordings import group_by_article
from services.dedupe.merging.contradictions.event_contradictions import find_contradictions
from services.dedupe.merging.figures.event_figures import EventFigures
from services.dedupe.merging.figures.figure_rows import FigureRow
from services.dedupe.merging.figures.figure_table import FigureTable
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

EXACT, ABOUT, AT_LEAST, AT_MOST = Bound.EXACT, Bound.ABOUT, Bound.AT_LEAST, Bound.AT_MOST


Amount = tuple[str, float, str | None, Bound]


def report_with(
    outlet: str,
    text: str,
    *figures: Amount,
    speaker: str | None = None,
    days: float | None = 0.0,
    before: str = "",
    more: Sequence[str] = (),
    place: str | None = None,
    as_of: str | None = None,
    dates: Sequence[tuple[str, str]] = (),
    places: Sequence[str] = (),
    via: str | None = None,
    near: int = 7,
) -> Report:
    """A claim of an article by `outlet`, after the words `before`.

    `more`: surfaces that are increments. `place`, `as_of`: of the first figure. `dates`: surface and ISO form.
    `near`: claims of one number point the same way.
    """
    article = make_article(outlet, f"{before}{text}, said {speaker}." if speaker else f"{before}{text}.", days=days)
    claim = make_claim(article, text, figures=figures, speaker=speaker)
    quantities = [
        one.model_copy(
            update={
                "increment": one.surface in more,
                "place": place if number == 0 else None,
                "as_of": as_of if number == 0 else None,
            }
        )
        for number, one in enumerate(claim.quantities)
    ]
    claim = claim.model_copy(
        update={
            "quantities": tuple(quantities),
            "dates": tuple(
                DateMention(iso=iso, precision=Precision.DAY, surface=surface, span=_span(article.text, surface))
                for surface, iso in dates
            ),
            "entities": tuple(
                EntityMention(name=name, type="place", span=_span(article.text, name)) for name in places
            ),
            "attribution": () if via is None else (AttributionLink(name=via, kind=SpeakerKind.ORGANISATION),),
        }
    )
    return make_report(article, f"org_{outlet}", claim, round_to_whole_numbers(direction(near)))


def _span(text: str, part: str) -> Span:
    return Span(start=text.index(part), end=text.index(part) + len(part))


def table_of(*reports: Report) -> tuple[Figure, ...]:
    return FigureTable().update_figures(_rows_of(group_claims(reports)))


def contradictions_of(*reports: Report) -> tuple[Contradiction, ...]:
    groups = group_claims(reports)
    return find_contradictions(GroupChanges(new=groups), group_by_article(reports), _rows_of(groups))


def _rows_of(groups: Sequence[ClaimGroup]) -> tuple[FigureRow, ...]:
    figures = EventFigures()
    figures.update_rows(GroupChanges(new=groups), [report for group in groups for report in group.reports])
    return figures.rows


def toll(outlet: str, value: float, bound: Bound = EXACT, speaker: str | None = None, *, days: float = 0.0) -> Report:
    surface = f"{value:g}"
    return report_with(
        outlet, f"{surface} people were killed", (surface, value, "people", bound), speaker=speaker, days=days
    )


def troops(outlet: str, text: str, value: float, counted: str, bound: Bound = EXACT, **details: object) -> Report:
    """A report of troops; the amount is the first word of `text` with a digit."""
    surface = next(word for word in text.split() if word[0].isdigit())
    return report_with(outlet, text, (surface, value, counted, bound), **details)  # type: ignore[arg-type]


def increments() -> list[Report]:
    return [
        troops(
            "herald", "over 1,500 Karvelian soldiers came", 1500, "Karvelian soldiers", AT_LEAST, speaker="Lena Voskamp"
        ),
        troops(
            "post",
            "another 1,500 Karvelian troops arrived",
            1500,
            "Karvelian troops",
            more=["1,500"],
            speaker="Lena Voskamp",
            days=1,
        ),
        troops("forum", "around 3,000 soldiers have come", 3000, "soldiers", ABOUT, speaker="Pavel Orzan"),
    ]
