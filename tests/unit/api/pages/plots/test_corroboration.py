from services.api.pages.plots.corroboration import MOST_DOTS, strip


def test_each_origin_is_a_filled_dot_with_its_reprints_hollow_beside_it() -> None:
    drawn = strip(2, [("o1", "Gazette"), ("o2", "Post"), ("o1", "Courier")])
    assert (drawn.filled, drawn.hollow) == ((6, 30), (16,))
    assert drawn.words == "2 independent origins, 1 reprint"


def test_an_outlet_that_reports_twice_is_one_dot() -> None:
    drawn = strip(1, [("o1", "Gazette"), ("o1", "Gazette")])
    assert (len(drawn.filled), drawn.hollow, drawn.words) == (1, (), "1 independent origin")


def test_origins_whose_reports_are_not_listed_are_drawn_and_reprints_are_then_not_counted() -> None:
    drawn = strip(3, [("o1", "Gazette"), ("o1", "Post")])
    assert (len(drawn.filled), len(drawn.hollow), drawn.words) == (3, 1, "3 independent origins")


def test_a_wide_claim_is_drawn_in_part_and_counted_whole() -> None:
    drawn = strip(200, [("o1", "Gazette")])
    assert (len(drawn.filled), drawn.further) == (MOST_DOTS, 200 - MOST_DOTS)
    assert drawn.words == "200 independent origins"
