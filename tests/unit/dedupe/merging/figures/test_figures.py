import json
import random
from collections.abc import Sequence

import pytest

from services.contracts.article import Precision
from services.contracts.base import Span
from services.contracts.claim import AttributionLink, Bound, DateMention, EntityMention, SpeakerKind
from services.contracts.event_claims import Contradiction, ContradictionKind, Figure, FigureVerdict, Outlook
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.find import find_contradictions
from services.dedupe.merging.figures.rows import figure_rows
from services.dedupe.merging.figures.table import figure_table
from services.dedupe.merging.whole_vectors import whole_numbers
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

EXACT, ABOUT, AT_LEAST, AT_MOST = Bound.EXACT, Bound.ABOUT, Bound.AT_LEAST, Bound.AT_MOST
Amount = tuple[str, float, str | None, Bound]


def told(
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
    return make_report(article, f"org_{outlet}", claim, whole_numbers(direction(near)))


def _span(text: str, part: str) -> Span:
    return Span(start=text.index(part), end=text.index(part) + len(part))


def table(*reports: Report) -> tuple[Figure, ...]:
    return figure_table(figure_rows(group_claims(reports))[0])


def found(*reports: Report) -> tuple[Contradiction, ...]:
    groups = group_claims(reports)
    return find_contradictions(groups, figure_rows(groups)[0])


def toll(outlet: str, value: float, bound: Bound = EXACT, speaker: str | None = None, *, days: float = 0.0) -> Report:
    surface = f"{value:g}"
    return told(outlet, f"{surface} people were killed", (surface, value, "people", bound), speaker=speaker, days=days)


def troops(outlet: str, text: str, value: float, counted: str, bound: Bound = EXACT, **details: object) -> Report:
    """A report of troops; the amount is the first word of `text` with a digit."""
    surface = next(word for word in text.split() if word[0].isdigit())
    return told(outlet, text, (surface, value, counted, bound), **details)  # type: ignore[arg-type]


# -- verdicts ------


def test_a_figure_of_one_report_is_single() -> None:
    (figure,) = table(toll("herald", 14))
    assert (figure.counted, figure.verdict, figure.explanation) == ("people killed", FigureVerdict.SINGLE, "")
    assert figure.values[0].surface == "14"


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (toll("herald", 14), toll("post", 14), FigureVerdict.AGREE),
        (toll("herald", 14), toll("post", 14, ABOUT), FigureVerdict.AGREE),
        (toll("herald", 14), toll("post", 14, AT_LEAST), FigureVerdict.COMPATIBLE),
        (toll("herald", 14, AT_LEAST), toll("post", 20), FigureVerdict.COMPATIBLE),
        (toll("herald", 14, AT_MOST), toll("post", 9), FigureVerdict.COMPATIBLE),
        (toll("herald", 19, ABOUT), toll("post", 20), FigureVerdict.COMPATIBLE),
        (toll("herald", 14), toll("post", 20), FigureVerdict.CONFLICTING),
        (toll("herald", 14, AT_MOST), toll("post", 20, ABOUT), FigureVerdict.CONFLICTING),
        (toll("herald", 14, AT_LEAST), toll("post", 9), FigureVerdict.CONFLICTING),
        (
            toll("herald", 14, speaker="Lena Voskamp"),
            toll("post", 20, speaker="Lena Voskamp"),
            FigureVerdict.SUPERSEDED,
        ),
        (
            toll("herald", 14),
            told("post", "20 people may have been killed", ("20", 20, "people", EXACT)),
            FigureVerdict.COMPATIBLE,
        ),
        (
            toll("herald", 14),
            told("post", "20 people are feared dead", ("20", 20, "people", EXACT)),
            FigureVerdict.COMPATIBLE,
        ),
    ],
    ids=[
        "equal",
        "equal and about",
        "equal and at least",
        "above a lower bound",
        "below an upper bound",
        "within a tenth",
        "disjoint",
        "above an upper bound",
        "below a lower bound",
        "one speaker",
        "may",
        "feared",
    ],
)
def test_figures_for_one_thing_get_a_verdict(one: Report, other: Report, verdict: FigureVerdict) -> None:
    (figure,) = table(one, other)
    assert figure.verdict is verdict
    assert bool(found(one, other)) is (verdict is FigureVerdict.CONFLICTING)


def test_what_one_source_says_may_be_is_compared_with_what_it_said_may_be_before() -> None:
    one = told("herald", "20 people may have died", ("20", 20, "people", EXACT), speaker="Lena Voskamp")
    other = told("post", "50 people may have died", ("50", 50, "people", EXACT), speaker="Lena Voskamp", days=1)
    (figure,) = table(one, other)
    assert figure.verdict is FigureVerdict.SUPERSEDED


def test_what_is_expected_fits_what_is_told_now_unless_it_is_less() -> None:
    now = troops("herald", "3,000 Karvelian troops have arrived", 3000, "Karvelian troops", speaker="Lena Voskamp")
    more = troops("post", "10,000 Karvelian troops are expected", 10000, "Karvelian troops", speaker="Pavel Orzan")
    less = troops("forum", "2,000 Karvelian troops are expected", 2000, "Karvelian troops", speaker="Greta Hallorin")
    (figure,) = table(now, more)
    assert (figure.verdict, figure.values[1].outlook) == (FigureVerdict.COMPATIBLE, Outlook.EXPECTED)
    (figure,) = table(now, less)
    assert figure.verdict is FigureVerdict.CONFLICTING
    (figure,) = table(more, less)
    assert figure.verdict is FigureVerdict.COMPATIBLE


def test_the_most_serious_relation_is_the_verdict_and_is_explained() -> None:
    (figure,) = table(
        toll("herald", 14, speaker="Lena Voskamp"),
        toll("post", 14, speaker="Ilya Marchenkov"),
        toll("forum", 20, speaker="Pavel Orzan"),
    )
    assert figure.verdict is FigureVerdict.CONFLICTING
    assert figure.explanation == "14 (Lena Voskamp) against 20 (Pavel Orzan): no value can satisfy both."


def test_one_origin_does_not_agree_with_itself() -> None:
    (figure,) = table(toll("herald", 14), toll("herald", 14))
    assert figure.verdict is FigureVerdict.SINGLE


# -- what came later ------


def test_a_toll_that_has_risen_by_the_next_day_supersedes_and_does_not_conflict() -> None:
    (figure,) = table(toll("herald", 14), toll("post", 20, days=1))
    assert figure.verdict is FigureVerdict.SUPERSEDED
    assert figure.explanation == "14 (Herald) and 20 (Post): such a count only grows, and 20 is clearly later."
    assert found(toll("herald", 14), toll("post", 20, days=1)) == ()


@pytest.mark.parametrize("days", [0.1, None])
def test_two_tolls_of_one_time_conflict(days: float | None) -> None:
    other = told("post", "20 people were killed", ("20", 20, "people", EXACT), days=days)
    assert [figure.verdict for figure in table(toll("herald", 14), other)] == [FigureVerdict.CONFLICTING]


def test_a_toll_that_is_lower_a_day_later_conflicts() -> None:
    (figure,) = table(toll("herald", 20), toll("post", 14, days=1))
    assert figure.verdict is FigureVerdict.CONFLICTING


def test_the_day_that_a_figure_is_told_for_goes_before_the_day_of_publication() -> None:
    one = told("herald", "14 people were killed", ("14", 14, "people", EXACT), as_of="2026-03-01", days=0.1)
    other = told("post", "20 people were killed", ("20", 20, "people", EXACT), as_of="2026-03-02")
    (figure,) = table(one, other)
    assert (figure.verdict, figure.values[0].as_of) == (FigureVerdict.SUPERSEDED, "2026-03-02")


def test_a_count_that_can_fall_conflicts_the_next_day() -> None:
    one = troops("herald", "3,000 Karvelian troops are in the valley", 3000, "Karvelian troops")
    other = troops("post", "12,000 Karvelian troops are in the valley", 12000, "Karvelian troops", days=1)
    assert [figure.verdict for figure in table(one, other)] == [FigureVerdict.CONFLICTING]


def test_what_is_told_as_an_earlier_count_is_superseded() -> None:
    one = toll("herald", 6, speaker="Lena Voskamp")
    text = "four people had been killed"
    other = told("post", text, ("four", 4, "people", EXACT), before="Initially, officials said that ")
    (figure,) = table(one, other)
    assert figure.verdict is FigureVerdict.SUPERSEDED
    assert figure.explanation.endswith(": four is told as an earlier count.")


def test_the_source_at_the_end_of_the_chain_is_one_source() -> None:
    one = told("herald", "14 people were arrested", ("14", 14, "people", EXACT), via="Coast Guard")
    other = told("post", "9 people were arrested", ("9", 9, "people", EXACT), via="Coast Guard", days=1)
    (figure,) = table(one, other)
    assert figure.verdict is FigureVerdict.SUPERSEDED
    assert figure.explanation.endswith("9 is the newer value of one source.")


# -- increments ------


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


def test_an_increment_by_the_same_source_gives_a_derived_lower_bound() -> None:
    (figure,) = table(*increments())
    (sum_,) = [value for value in figure.values if value.derived_from]
    assert (sum_.low, sum_.high, sum_.bound, sum_.surface) == (3000, None, AT_LEAST, "at least 3,000")
    assert sum_.derived_from == ("1,500", "1,500")
    assert [value.increment for value in figure.values] == [False, False, True, False]
    assert figure.verdict is FigureVerdict.COMPATIBLE


def test_a_derived_value_never_conflicts() -> None:
    one, other, _ = increments()
    third = troops("forum", "1,700 Karvelian troops came", 1700, "Karvelian troops", speaker="Pavel Orzan")
    (figure,) = table(one, other, third)
    assert figure.verdict is FigureVerdict.COMPATIBLE
    assert found(one, other, third) == ()


def test_an_increment_by_another_source_adds_to_nothing() -> None:
    one, other, _ = increments()
    strange = told(
        "post",
        "another 1,500 Karvelian troops arrived",
        ("1,500", 1500, "Karvelian troops", EXACT),
        more=["1,500"],
        speaker="Ilya Marchenkov",
    )
    assert not any(value.derived_from for figure in table(one, strange) for value in figure.values)
    assert other.claim.quantities[0].increment


# -- one thing or another ------


def test_people_killed_and_people_injured_are_two_things() -> None:
    one = told(
        "herald",
        "14 people were killed and 61 people were injured",
        ("14", 14, "people", EXACT),
        ("61", 61, "people", EXACT),
    )
    assert [figure.counted for figure in table(one)] == ["people injured", "people killed"]


def test_synonyms_count_one_thing() -> None:
    one = troops("herald", "3,000 Karvelian soldiers are there", 3000, "Karvelian soldiers", speaker="Lena Voskamp")
    other = troops("post", "12,000 Karvelian troops are there", 12000, "Karvelian troops", speaker="Pavel Orzan")
    (figure,) = table(one, other)
    assert (figure.counted, figure.verdict) == ("Karvelian soldiers", FigureVerdict.CONFLICTING)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("the death toll stands at 14", "death toll"),
        ("14 bodies were brought ashore", "bodies"),
        ("14 deaths were reported", "deaths"),
        ("the flood left 14 dead", "dead"),
        ("14 people lost their lives", "people"),
        ("the flood claimed 14 lives", "lives"),
        ("the flood tore through the valley, killing 14", "killing"),
    ],
)
def test_the_dead_are_counted_under_many_names(text: str, counted: str) -> None:
    one = told("herald", text, ("14", 14, counted, EXACT))
    assert [figure.counted for figure in table(one, toll("post", 14))] == ["people killed"]


def test_what_happened_is_read_from_the_same_clause() -> None:
    text = "The capsizing killed at least 14 people and injured 58"
    (figure,) = table(told("herald", text, ("at least 14", 14, "people", AT_LEAST)))
    assert figure.counted == "people killed"


@pytest.mark.parametrize(
    "text",
    ["200 people came from Arlund", "200 people live in Arlund", "200 people killed a guard"],
    ids=["they came", "they live", "they did it"],
)
def test_people_to_whom_nothing_happened_are_not_compared(text: str) -> None:
    assert table(told("herald", text, ("200", 200, "people", EXACT))) == ()


def test_a_death_sentence_kills_nobody() -> None:
    (figure,) = table(told("herald", "200 people face the death sentence", ("200", 200, "people", EXACT)))
    assert figure.counted == "people sentenced"


def test_troops_of_two_countries_are_two_things() -> None:
    one = told("herald", "3,000 Karvelian troops came", ("3,000", 3000, "Karvelian troops", EXACT))
    other = told("post", "12,000 Ostrellian troops came", ("12,000", 12000, "Ostrellian troops", EXACT))
    assert [figure.verdict for figure in table(one, other)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]
    assert found(one, other) == ()


def test_a_thing_without_a_name_is_the_one_that_has_a_name_unless_two_have() -> None:
    bare = troops("forum", "3,000 soldiers are there", 3000, "soldiers", speaker="Greta Hallorin")
    karvelian = troops("herald", "12,000 Karvelian troops are there", 12000, "Karvelian troops", speaker="Lena Voskamp")
    ostrellian = troops("post", "900 Ostrellian troops are there", 900, "Ostrellian troops", speaker="Pavel Orzan")
    assert [figure.verdict for figure in table(bare, karvelian)] == [FigureVerdict.CONFLICTING]
    assert {figure.verdict for figure in table(bare, karvelian, ostrellian)} == {FigureVerdict.SINGLE}


def test_equal_figures_are_of_one_thing_though_one_report_narrows_it() -> None:
    one = told("herald", "three generals were among them", ("three", 3, "generals", EXACT))
    other = told("post", "three army generals were sent", ("three", 3, "army generals", EXACT))
    (figure,) = table(one, other)
    assert figure.verdict is FigureVerdict.AGREE


def test_differing_figures_are_of_two_things_where_one_report_narrows_it() -> None:
    one = told("herald", "40 homes were lost in the fire", ("40", 40, "homes", EXACT))
    other = told("post", "nine holiday homes were lost in the fire", ("nine", 9, "holiday homes", EXACT))
    assert {figure.verdict for figure in table(one, other)} == {FigureVerdict.SINGLE}


def test_a_part_is_not_compared_with_its_whole() -> None:
    one = told("herald", "12,000 Karvelian troops came", ("12,000", 12000, "Karvelian troops", EXACT))
    other = told("post", "a force including 500 Karvelian troops came", ("500", 500, "Karvelian troops", EXACT))
    assert [figure.verdict for figure in table(one, other)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]


def test_a_part_and_its_whole_in_one_claim_are_two_rows() -> None:
    text = "Three members of the council of nine members voted against"
    one = told("herald", text, ("Three", 3, "members", EXACT), ("nine", 9, "members", EXACT))
    assert [figure.verdict for figure in table(one)] == [FigureVerdict.SINGLE, FigureVerdict.SINGLE]


def test_the_smaller_of_two_tolls_in_one_outlets_own_words_is_a_part() -> None:
    text = "20 people were killed. Eight people died in the northern district"
    one = told("herald", text, ("20", 20, "people", EXACT), ("Eight", 8, "people", EXACT))
    rows = table(one, toll("post", 14, AT_LEAST))
    assert {figure.verdict for figure in rows} == {FigureVerdict.COMPATIBLE, FigureVerdict.SINGLE}


def test_tolls_of_two_places_are_two_things() -> None:
    one = told("herald", "14 people died in Arlund", ("14", 14, "people", EXACT), places=["Arlund"])
    other = told("post", "20 people died in Tannerby", ("20", 20, "people", EXACT), places=["Tannerby"])
    assert {figure.verdict for figure in table(one, other)} == {FigureVerdict.SINGLE}


def test_a_toll_of_long_ago_is_another_thing() -> None:
    text = "A ferry sank in January 2019 and 90 people died"
    other = told("post", text, ("90", 90, "people", EXACT), dates=[("January 2019", "2019-01")])
    assert {figure.verdict for figure in table(toll("herald", 14), other)} == {FigureVerdict.SINGLE}


def test_a_year_in_a_relative_clause_behind_the_figure_does_not_date_it() -> None:
    text = "20 people died in the old mill, which dates from 1840"
    other = told("post", text, ("20", 20, "people", EXACT), dates=[("1840", "1840")])
    assert [figure.verdict for figure in table(toll("herald", 14), other)] == [FigureVerdict.CONFLICTING]


def test_a_count_by_the_day_is_not_compared_with_a_total() -> None:
    one = told("herald", "300 people died a day", ("300", 300, "people", EXACT))
    other = told("post", "9,000 people died", ("9,000", 9000, "people", EXACT))
    assert {figure.verdict for figure in table(one, other)} == {FigureVerdict.SINGLE}


def test_a_noun_in_common_is_not_enough_for_figures_that_differ() -> None:
    one = told("herald", "21 states have sued over the new rule", ("21", 21, "states", EXACT))
    other = told("post", "the senator won 15 states in the autumn", ("15", 15, "states", EXACT), near=8)
    assert {figure.verdict for figure in table(one, other)} == {FigureVerdict.SINGLE}


def test_figures_that_differ_deep_in_an_article_are_of_other_occasions() -> None:
    text = "20 people were killed"
    late = told("post", text, ("20", 20, "people", EXACT), before="The rain went on all night. " * 100)
    assert {figure.verdict for figure in table(toll("herald", 14), late)} == {FigureVerdict.SINGLE}
    again = told("post", "14 people died", ("14", 14, "people", EXACT), before="The rain went on. " * 200)
    assert [figure.verdict for figure in table(toll("herald", 14), again)] == [FigureVerdict.AGREE]


def test_a_count_of_the_whole_world_is_not_that_of_a_place() -> None:
    one = told("herald", "9,000 people have died worldwide", ("9,000", 9000, "people", EXACT))
    other = told("post", "300 people have died", ("300", 300, "people", EXACT))
    assert {figure.verdict for figure in table(one, other)} == {FigureVerdict.SINGLE}


def test_an_article_that_gives_both_values_in_one_voice_tells_of_two_things() -> None:
    text = "34 houses burned down in the north, and 41 houses burned down in the south"
    one = told("herald", text, ("34", 34, "houses", EXACT), ("41", 41, "houses", EXACT))
    other = told("post", "41 houses burned down in the south", ("41", 41, "houses", EXACT), speaker="Lena Voskamp")
    assert FigureVerdict.CONFLICTING not in {figure.verdict for figure in table(one, other)}


def test_things_of_one_sentence_wording_are_compared() -> None:
    one = told("herald", "21 states have sued over the new emission rule", ("21", 21, "states", EXACT))
    other = told("post", "15 states have sued over that emission rule", ("15", 15, "states", EXACT))
    assert [figure.verdict for figure in table(one, other)] == [FigureVerdict.CONFLICTING]


# -- the row ------


def test_a_value_names_all_sources_that_outlets_cite_for_it() -> None:
    (figure,) = table(
        toll("herald", 14, speaker="Lena Voskamp"), toll("post", 14, speaker="Pavel Orzan"), toll("forum", 14)
    )
    (value,) = figure.values
    assert (value.source, value.sources) == ("Lena Voskamp", ("Lena Voskamp", "Pavel Orzan"))
    assert (len(value.article_ids), value.origins) == (3, 3)


def test_a_value_tells_where_and_for_which_day_it_holds() -> None:
    text = "14 people were killed in Arlund on Monday"
    one = told("herald", text, ("14", 14, "people", EXACT), place="Arlund", as_of="2026-03-02", places=["Arlund"])
    (figure,) = table(one)
    assert (figure.values[0].place, figure.values[0].as_of) == ("Arlund", "2026-03-02")


def test_the_same_reports_give_the_same_bytes_in_any_order() -> None:
    reports = [
        *increments(),
        toll("herald", 14, speaker="Lena Voskamp"),
        toll("post", 20),
        toll("forum", 14, AT_LEAST, days=1),
        told("gazette", "21 states have sued over the rule", ("21", 21, "states", EXACT)),
    ]
    expected = [figure.model_dump_json() for figure in table(*reports)]
    for seed in range(8):
        shuffled = random.Random(seed).sample(reports, len(reports))
        assert [figure.model_dump_json() for figure in table(*shuffled)] == expected
    assert json.loads(expected[0])["verdict"]


# -- contradictions ------


def test_a_contradiction_names_both_figures_and_who_gives_them() -> None:
    (contradiction,) = found(toll("herald", 14, speaker="Lena Voskamp"), toll("post", 20, speaker="Pavel Orzan"))
    assert contradiction.kind is ContradictionKind.FIGURE
    assert contradiction.explanation == "people killed: 14 (Lena Voskamp) against 20 (Pavel Orzan)"
    assert len(contradiction.sides) == 2


def test_an_affirmation_and_a_denial_by_two_sources_contradict() -> None:
    one = told("herald", "The bow door of the ferry was closed on departure", speaker="Greta Hallorin")
    other = told("post", "The bow door of the ferry was not closed on departure", speaker="Ilya Marchenkov")
    (contradiction,) = found(one, other)
    assert contradiction.kind is ContradictionKind.POLARITY


def test_a_source_does_not_contradict_itself_by_a_denial() -> None:
    one = told("herald", "The bow door of the ferry was closed on departure", speaker="Greta Hallorin")
    other = told("post", "The bow door of the ferry was not closed on departure", speaker="Greta Hallorin")
    assert found(one, other) == ()
