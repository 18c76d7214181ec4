from datetime import datetime, timedelta

from services.api.pages.article_index import ArticleIndex
from services.api.pages.plots.time_plot import MOST_MARKS, MOST_ROWS, TimePlot, time_plot
from services.contracts.article import Publisher
from services.contracts.event import ArticleRole, EventArticle
from tests.unit.api.examples import NOON, member


def article(number: int, hours: float | None, *, origin: int | None = None, outlet: str | None = None) -> EventArticle:
    moment: datetime | None = None if hours is None else NOON + timedelta(hours=hours)
    return member(
        f"art_{number}",
        publisher=Publisher(name=outlet),
        origin_id=f"org_{number if origin is None else origin}",
        role=ArticleRole.MEMBER,
    ).model_copy(update={"published_at": moment})


def plot(*articles: EventArticle) -> TimePlot:
    drawn = time_plot(articles, ArticleIndex(articles), len({article.origin_id for article in articles}))
    assert drawn is not None
    return drawn


def test_a_row_is_an_origin_with_its_first_article_filled_and_its_reprints_hollow() -> None:
    drawn = plot(article(1, 0, outlet="Post"), article(2, 12, outlet="Gazette"), article(3, 6, origin=1, outlet="Mail"))
    assert [(row.outlet, row.number, row.further) for row in drawn.rows] == [
        ("Post", 1, "1 reprint"),
        ("Gazette", 2, ""),
    ]
    assert [[(mark.place, mark.own) for mark in row.marks] for row in drawn.rows] == [
        [("3.704%", True), ("50%", False)],
        [("96.3%", True)],
    ]


def test_more_of_an_outlet_is_filled_as_its_first_article_is() -> None:
    row = plot(article(1, 0, outlet="Post"), article(2, 6, origin=1, outlet="Post"), article(3, 9, outlet="Mail")).rows[
        0
    ]
    assert (row.further, [mark.own for mark in row.marks]) == ("1 more article of the same outlet", [True, True])


def test_rows_are_in_order_of_their_first_articles() -> None:
    assert [row.number for row in plot(article(1, 5), article(2, 1), article(3, 3)).rows] == [2, 3, 1]


def test_ticks_are_at_whole_hours_or_days() -> None:
    assert [tick.label for tick in plot(article(1, 0), article(2, 6), article(3, 12)).ticks] == [
        "3 Mar, 12:00",
        "3 Mar, 18:00",
        "4 Mar, 00:00",
    ]
    assert [tick.label for tick in plot(article(1, 0), article(2, 24), article(3, 72)).ticks] == [
        "4 Mar",
        "5 Mar",
        "6 Mar",
    ]


def test_an_outlet_without_a_name_is_called_by_the_number_of_its_article() -> None:
    rows = plot(article(1, 0), article(2, 1, outlet="Post"), article(3, 2, outlet="Mail")).rows
    assert [row.outlet for row in rows] == ["article 1", "Post", "Mail"]


def test_nothing_is_drawn_where_there_is_nothing_to_compare() -> None:
    two = [article(1, 0), article(2, 6)]
    one_origin = [article(1, 0), article(2, 6, origin=1), article(3, 12, origin=1)]
    for articles in ([], [article(1, 0)], [article(1, 0), article(2, None)], two, [*two, article(3, 6)], one_origin):
        assert time_plot(articles, ArticleIndex(articles), len(articles)) is None


def test_the_first_and_the_last_origins_are_drawn_and_the_others_counted() -> None:
    drawn = plot(*(article(number, number) for number in range(MOST_ROWS + 3)))
    assert (len(drawn.rows), drawn.further) == (MOST_ROWS, 3)
    assert [row.number for row in drawn.rows][-1] == MOST_ROWS + 3
    assert plot(article(1, 0), article(2, 1), article(3, 2), article(4, None)).further == 1


def test_of_a_text_that_many_print_some_are_drawn_and_all_counted() -> None:
    wire = [article(number, number, origin=1, outlet=f"Outlet {number}") for number in range(MOST_MARKS + 9)]
    row = plot(*wire, article(99, 1, outlet="Post")).rows[0]
    assert (row.further, len(row.marks)) == (f"{MOST_MARKS + 8} reprints", MOST_MARKS)


def test_it_is_known_whether_an_article_is_drawn_of_which_only_the_day_is_known() -> None:
    exact = (article(1, 0), article(2, 6), article(3, 9))
    assert not plot(*exact).has_days
    assert plot(*exact, article(4, 12)).has_days  # midnight
