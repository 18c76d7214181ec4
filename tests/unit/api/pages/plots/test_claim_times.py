from collections.abc import Mapping
from datetime import timedelta

from services.api.pages import phrases
from services.api.pages.article_index import ArticleIndex
from services.api.pages.plots.claim_times import MOST_ROWS, ClaimTimes, claim_times
from services.contracts.article import Publisher
from services.contracts.event_claims import MergedClaim
from tests.unit.api.examples import NOON, disputed, member

OUTLETS = ("Post", "Gazette", "Mail", "Daily")
ARTICLES = tuple(member(f"art_{number}", publisher=Publisher(name=name)) for number, name in enumerate(OUTLETS))


def claim(name: str, *reports: tuple[int, str, float | None], words: Mapping[int, str] | None = None) -> MergedClaim:
    """A claim of reports: number of the article, origin, hours after noon; and its other words by that number."""
    given = disputed().claims[0]
    supports = tuple(
        given.supports[0].model_copy(
            update={
                "article_id": ARTICLES[number].article_id,
                "publisher": ARTICLES[number].publisher,
                "origin_id": origin,
                "text": (words or {}).get(number, given.text),
                "published_at": None if hours is None else NOON + timedelta(hours=hours),
            }
        )
        for number, origin, hours in reports
    )
    origins = len({origin for _, origin, _ in reports})
    return given.model_copy(update={"claim_id": name, "supports": supports, "origins": origins})


def plot(*claims: MergedClaim) -> ClaimTimes | None:
    return claim_times(claims, ArticleIndex(ARTICLES), phrases.times(ARTICLES), {})


def drawn(*claims: MergedClaim) -> ClaimTimes:
    times = plot(*claims)
    assert times is not None
    return times


def test_the_first_report_stands_out_and_each_further_origin_follows() -> None:
    (row,) = drawn(claim("clm_1", (1, "org_1", 6), (0, "org_0", 0), (2, "org_2", 12))).rows
    assert (row.first.outlet, row.first.at, row.first.place) == ("Post", "3 March 2026, 12:00 UTC", "3.704%")
    assert [(report.outlet, report.place) for report in row.later] == [("Gazette", "50%"), ("Mail", "96.3%")]


def test_who_says_it_in_other_words_is_not_said_to_have_those_that_are_shown() -> None:
    reports = ((0, "org_0", 0), (1, "org_1", 6), (2, "org_2", 12))
    (row,) = drawn(claim("clm_1", *reports, words={0: "Fourteen died.", 2: "14 are dead."})).rows
    assert row.first.words == "other words"
    assert [report.words for report in row.later] == ["", "other words"]


def test_a_claim_whose_first_report_is_not_known_is_left_out() -> None:
    known = claim("clm_1", (0, "a", 0), (1, "b", 5), (2, "c", 6))
    same_moment = claim("clm_2", (0, "a", 0), (1, "b", 0), (2, "c", 6))
    same_day = claim("clm_3", (0, "a", -12), (1, "b", 5), (2, "c", 30))
    reprinted_at_once = claim("clm_4", (0, "a", 0), (1, "a", 0), (2, "c", 6))
    times = drawn(known, same_moment, same_day, reprinted_at_once)
    assert ([row.claim_id for row in times.rows], times.further) == (["clm_1"], 0)


def test_two_moments_are_a_list_and_no_plot() -> None:
    times = drawn(claim("clm_1", (0, "a", 0), (1, "b", 5)))
    assert times.ticks == ()
    assert [(report.at, report.place) for report in (times.rows[0].first, *times.rows[0].later)] == [
        ("3 March 2026, 12:00 UTC", None),
        ("3 March 2026, 17:00 UTC", None),
    ]


def test_reprints_do_not_count_again() -> None:
    (row,) = drawn(claim("clm_1", (0, "org_0", 0), (1, "org_0", 1), (2, "org_2", 2))).rows
    assert [report.outlet for report in row.later] == ["Mail"]


def test_claims_are_in_order_of_their_first_reports() -> None:
    late, early = claim("clm_1", (0, "a", 5), (1, "b", 6)), claim("clm_2", (2, "c", 0), (3, "d", 9))
    assert [row.claim_id for row in drawn(late, early).rows] == ["clm_2", "clm_1"]


def test_the_most_widely_reported_are_drawn_and_the_others_counted() -> None:
    narrow = [claim(f"clm_{number}", (0, "a", number), (1, "b", number + 1)) for number in range(MOST_ROWS + 1)]
    times = drawn(*narrow, claim("clm_wide", (0, "a", 50), (1, "b", 51), (2, "c", 52)))
    assert times.rows[-1].claim_id == "clm_wide"
    assert (len(times.rows), times.further) == (MOST_ROWS, 2)


def test_there_is_nothing_without_two_origins_at_two_known_times() -> None:
    assert plot(claim("clm_1", (0, "a", 0), (1, "a", 5))) is None
    assert plot(claim("clm_1", (0, "a", 0), (1, "b", 0))) is None
    assert plot(claim("clm_1", (0, "a", None), (1, "b", 5), (2, "c", 6))) is None
    assert plot() is None


def test_it_is_known_whether_a_report_is_drawn_of_which_only_the_day_is_known() -> None:
    assert not drawn(claim("clm_1", (0, "a", 0), (1, "b", 5), (2, "c", 6))).has_days
    assert drawn(claim("clm_1", (0, "a", 0), (1, "b", 5), (2, "c", 12))).has_days  # midnight
