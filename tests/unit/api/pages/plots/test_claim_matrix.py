from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from services.api.pages.article_index import ArticleIndex
from services.api.pages.plots.claim_matrix import MOST_CLAIMS, MOST_NAMED, MOST_OUTLETS, Cell, ClaimMatrix, claim_matrix
from services.contracts.article import Publisher
from services.contracts.event import ArticleRole, Event
from services.contracts.event_claims import Contradiction, ContradictionKind, Position, SupportForm
from tests.support.big_view import big_view
from tests.unit.api.examples import GAZETTE, NOON, disputed, member


def matrix(event: Event) -> ClaimMatrix:
    built = claim_matrix(event, {claim.claim_id for claim in event.claims}, ArticleIndex(event.articles))
    assert built is not None
    return built


def with_positions(event: Event, kind: ContradictionKind, **says: str) -> Event:
    positions = tuple(Position(claim_id=claim_id, says=words) for claim_id, words in says.items())
    contradiction = Contradiction(kind=kind, sides=tuple(says), positions=positions, explanation="?")
    return event.model_copy(update={"contradictions": (contradiction,)})


def rows(event: Event) -> dict[str, tuple[Cell, ...]]:
    return {row.claim_id: row.cells for row in matrix(event).rows}


def test_outlets_stand_under_the_origin_that_they_share() -> None:
    groups = matrix(disputed()).groups
    assert [[column.outlet for column in group.columns] for group in groups] == [
        ["Corrow Gazette", "Northgate Daily"],
        ["The Harbour Post"],
    ]
    assert [[column.number for column in group.columns] for group in groups] == [[1, 3], [2]]


def test_a_claim_of_several_origins_comes_before_disputed_ones() -> None:
    assert [row.claim_id for row in matrix(disputed()).rows] == ["clm_door", "clm_14", "clm_9"]


def test_outlets_that_report_none_of_the_claims_are_named() -> None:
    event = disputed()
    assert (matrix(event).silent_outlets, matrix(event).more_silent_outlets) == ((), 0)
    others = [member(f"art_other_{at}", publisher=Publisher(name=f"Outlet {at}")) for at in range(MOST_NAMED + 2)]
    built = matrix(event.model_copy(update={"articles": (*event.articles, *others)}))
    assert built.silent_outlets == tuple(f"Outlet {at}" for at in range(MOST_NAMED))
    assert built.more_silent_outlets == 2


def test_only_the_words_that_stand_in_cells_are_explained() -> None:
    assert matrix(disputed()).words == {"", "reports"}
    assert "differs" in matrix(with_positions(disputed(), ContradictionKind.FIGURE, clm_14="14", clm_9="9")).words


def test_an_outlet_that_reports_the_other_side_differs_and_one_that_reports_neither_is_silent() -> None:
    event = with_positions(disputed(), ContradictionKind.FIGURE, clm_14="14", clm_9="9")
    assert rows(event)["clm_14"] == (Cell.REPORTS, Cell.REPORTS, Cell.DIFFERS)
    assert rows(event)["clm_9"] == (Cell.DIFFERS, Cell.DIFFERS, Cell.REPORTS)
    assert rows(disputed())["clm_14"] == (Cell.REPORTS, Cell.REPORTS, Cell.SILENT)


def reported(hours: Sequence[float | None], *, changes: Mapping[int, Mapping[str, object]] | None = None) -> Event:
    """The disputed event; its reports of the door so many hours after noon, and each changed as told.

    In the order of the columns: Corrow Gazette, Northgate Daily, The Harbour Post.
    """
    event = disputed()
    gazette, post, daily = event.claims[2].supports
    supports = tuple(
        support.model_copy(
            update={
                "published_at": None if hour is None else NOON + timedelta(hours=hour),
                **(changes or {}).get(at, {}),
            }
        )
        for at, (support, hour) in enumerate(zip((gazette, daily, post), hours, strict=True))
    )
    door = event.claims[2].model_copy(update={"supports": supports})
    return event.model_copy(update={"claims": (*event.claims[:2], door)})


@pytest.mark.parametrize(
    ("hours", "first"),
    [
        ((1, 1, 0), 2),
        ((0, 1, 2), 0),
        ((0, 0, 2), None),
        ((0, None, 2), None),
        ((-12, 1, 2), None),  # midnight: the day is all that is known
        ((-36, 1, 2), None),  # its text may have been changed on the day after
        ((-60, 1, 2), 0),
    ],
)
def test_the_first_is_marked_where_it_is_surely_before_all_other_outlets(
    hours: Sequence[float | None], first: int | None
) -> None:
    cells = rows(reported(hours))["clm_door"]
    assert [at for at, cell in enumerate(cells) if cell is Cell.FIRST] == ([] if first is None else [first])
    assert set(cells) <= {Cell.FIRST, Cell.REPORTS}


def test_an_outlet_that_quotes_some_of_the_words_or_prints_others_says_so_also_where_it_is_the_first() -> None:
    cut, other = {"form": SupportForm.CUT, "text": "“open”"}, {"text": "The door had not been closed."}
    assert rows(reported((0, 1, 2), changes={0: cut, 1: other}))["clm_door"] == (
        Cell.FIRST_CUTS,
        Cell.OTHER_WORDS,
        Cell.REPORTS,
    )
    assert rows(reported((0, 1, 2), changes={0: other, 1: cut}))["clm_door"] == (
        Cell.FIRST_OTHER_WORDS,
        Cell.CUTS,
        Cell.REPORTS,
    )


def test_positions_in_the_same_words_and_figures_that_fit_together_do_not_differ() -> None:
    same = with_positions(disputed(), ContradictionKind.FIGURE, clm_14="14", clm_9="14")
    assert Cell.DIFFERS not in rows(same)["clm_9"]
    event = with_positions(disputed(), ContradictionKind.FIGURE, clm_14="At least 14", clm_9="20")
    values = event.figures[0].values
    twenty = values[1].model_copy(update={"value": 20.0, "low": 20.0, "high": 20.0})
    fits = event.figures[0].model_copy(update={"values": (values[0], twenty)})
    assert Cell.DIFFERS not in rows(event.model_copy(update={"figures": (fits,)}))["clm_9"]


def test_a_claim_with_two_figures_is_compared_by_the_one_that_is_disputed() -> None:
    event = with_positions(disputed(), ContradictionKind.FIGURE, clm_14="58", clm_9="61")
    injured = event.figures[0]
    exact = [
        value.model_copy(update={"value": number, "low": number, "high": number})
        for value, number in zip(injured.values, (58.0, 61.0), strict=True)
    ]
    killed = injured.model_copy(update={"counted": "people killed", "values": injured.values[:1]})
    injured = injured.model_copy(update={"counted": "people injured", "values": tuple(exact)})
    for figures in ((injured, killed), (killed, injured)):
        assert rows(event.model_copy(update={"figures": figures}))["clm_9"][0] is Cell.DIFFERS


def test_two_who_speak_against_a_third_do_not_differ_from_each_other() -> None:
    event = with_positions(
        disputed(), ContradictionKind.POLARITY, clm_door="says so", clm_14="says otherwise", clm_9="denies"
    )
    claims = (event.claims[0], event.claims[1])
    assert rows(event.model_copy(update={"claims": claims}))["clm_9"] == (Cell.SILENT, Cell.SILENT, Cell.REPORTS)


def test_an_outlet_that_reports_both_what_is_denied_and_a_denial_does_not_differ_from_other_denials() -> None:
    event = with_positions(
        disputed(), ContradictionKind.POLARITY, clm_door="says so", clm_14="says otherwise", clm_9="denies"
    )
    assert rows(event)["clm_9"] == (Cell.SILENT, Cell.SILENT, Cell.REPORTS)  # all report the door, the first two clm_14
    door_alone = event.model_copy(update={"contradictions": (both := event.contradictions[0],)})
    without = both.model_copy(update={"positions": tuple(one for one in both.positions if one.claim_id != "clm_14")})
    assert rows(door_alone.model_copy(update={"contradictions": (without,)}))["clm_9"] == (
        Cell.DIFFERS,
        Cell.DIFFERS,
        Cell.REPORTS,
    )


def test_an_outlet_whose_other_text_reports_the_claim_does_not_differ() -> None:
    event = with_positions(disputed(), ContradictionKind.FIGURE, clm_14="14", clm_9="9")
    again = member("art_4", publisher=GAZETTE, origin_id="org_4", role=ArticleRole.MEMBER)
    nine = event.claims[1]
    also = nine.supports[0].model_copy(update={"article_id": "art_4", "origin_id": "org_4", "publisher": GAZETTE})
    claims = (event.claims[0], nine.model_copy(update={"supports": (*nine.supports, also)}), event.claims[2])
    changed = event.model_copy(update={"articles": (*event.articles, again), "claims": claims})
    assert rows(changed)["clm_9"] == (Cell.SILENT, Cell.DIFFERS, Cell.REPORTS, Cell.REPORTS)


def test_columns_are_in_order_of_article_numbers_and_those_of_one_origin_together() -> None:
    event = disputed()
    silent = member("art_0", publisher=Publisher(name="Mail"), origin_id="org_9")
    late = member("art_9", publisher=Publisher(name="Echo"), origin_id="org_9", role=ArticleRole.REPRINT)
    door = event.claims[2]
    echo = door.supports[0].model_copy(
        update={"article_id": "art_9", "origin_id": "org_9", "publisher": Publisher(name="Echo")}
    )
    claims = (*event.claims[:2], door.model_copy(update={"supports": (*door.supports, echo)}))
    groups = matrix(event.model_copy(update={"articles": (silent, *event.articles, late), "claims": claims})).groups
    assert [[column.number for column in group.columns] for group in groups] == [[2, 4], [3], [5]]


def test_an_outlets_own_texts_are_one_column_within_an_origin_and_two_across_origins() -> None:
    event = disputed()
    again = member("art_4", publisher=Publisher(name="Northgate Daily"), origin_id="org_1", role=ArticleRole.REPRINT)
    other = again.model_copy(update={"article_id": "art_5", "origin_id": "org_2"})
    door = event.claims[2]
    supports = tuple(door.supports[0].model_copy(update={"article_id": one}) for one in ("art_4", "art_5"))
    claim = door.model_copy(update={"supports": (*door.supports, *supports)})
    changed = {"articles": (*event.articles, again, other), "claims": (*event.claims[:2], claim)}
    groups = matrix(event.model_copy(update=changed)).groups
    assert [[column.outlet for column in group.columns] for group in groups] == [
        ["Corrow Gazette", "Northgate Daily"],
        ["The Harbour Post", "Northgate Daily"],
    ]


def test_there_is_no_matrix_where_there_is_nothing_to_compare() -> None:
    event = disputed()
    index = ArticleIndex(event.articles)
    assert claim_matrix(event, {"clm_door"}, index) is None
    one_outlet = event.model_copy(update={"articles": event.articles[:1]})
    assert claim_matrix(one_outlet, {"clm_door", "clm_14", "clm_9"}, index) is None


def test_a_big_event_has_a_bounded_matrix() -> None:
    built = matrix(big_view(300, 300))
    assert len(built.rows) == MOST_CLAIMS
    assert sum(len(group.columns) for group in built.groups) == MOST_OUTLETS
    assert built.more_outlets > 0
    assert {len(row.cells) for row in built.rows} == {MOST_OUTLETS}
