import json
import random
from dataclasses import replace

import pytest

from services.contracts.claim import SpeakerKind
from services.contracts.event_claims import FigureVerdict
from tests.support.figures import (
    AT_LEAST,
    EXACT,
    increments,
    report_with,
    table_of,
    toll,
    troops,
)
from tests.support.reports import with_claim


def test_a_figure_of_one_report_is_single() -> None:
    (figure,) = table_of(toll("herald", 14))
    assert (figure.counted, figure.verdict, figure.explanation) == ("people killed", FigureVerdict.SINGLE, "")
    assert figure.values[0].surface == "14"


def test_the_most_serious_relation_is_the_verdict_and_is_explained() -> None:
    (figure,) = table_of(
        toll("herald", 14, speaker="Lena Voskamp"),
        toll("post", 14, speaker="Ilya Marchenkov"),
        toll("forum", 20, speaker="Pavel Orzan"),
    )
    assert figure.verdict is FigureVerdict.CONFLICTING
    assert figure.explanation == "14 (Lena Voskamp) against 20 (Pavel Orzan): they cannot both be right."


def test_an_amount_and_one_with_a_limit_at_it_agree() -> None:
    five = report_with("herald", "five people were killed", ("five", 5, "people", EXACT))
    limit = report_with("post", "At least five people were killed", ("At least five", 5, "people", AT_LEAST))
    (figure,) = table_of(five, limit)
    assert figure.verdict is FigureVerdict.COMPATIBLE
    assert figure.explanation == "Five (Herald) and at least five (Post): they agree, “at least five” allows five."


def test_a_value_knows_which_of_its_articles_name_no_source() -> None:
    (figure,) = table_of(toll("herald", 14, speaker="Lena Voskamp"), toll("post", 14))
    (value,) = figure.values
    assert (len(value.article_ids), value.sources) == (2, ("Lena Voskamp",))
    (article_id,) = value.unsourced_article_ids
    assert article_id in value.article_ids


def test_one_origin_does_not_agree_with_itself() -> None:
    (figure,) = table_of(toll("herald", 14), toll("herald", 14))
    assert figure.verdict is FigureVerdict.SINGLE


def test_a_value_names_all_sources_that_outlets_cite_for_it() -> None:
    (figure,) = table_of(
        toll("herald", 14, speaker="Lena Voskamp"), toll("post", 14, speaker="Pavel Orzan"), toll("forum", 14)
    )
    (value,) = figure.values
    assert (value.source, value.sources) == ("Lena Voskamp", ("Lena Voskamp", "Pavel Orzan"))
    assert (len(value.article_ids), value.origins) == (3, 3)


@pytest.mark.parametrize(
    ("described", "sources"),
    [
        ("Arlund's fire chief", ("Lena Voskamp",)),
        ("spokesman for Lena Voskamp", ("Lena Voskamp", "spokesman for Lena Voskamp")),
    ],
)
def test_who_is_described_and_named_is_one_source_of_a_value(described: str, sources: tuple[str, ...]) -> None:
    one, other = toll("herald", 14, speaker="Lena Voskamp"), toll("post", 14, speaker=described)
    assert other.claim.speaker is not None
    speaker = other.claim.speaker.model_copy(update={"kind": SpeakerKind.UNNAMED})
    unnamed = with_claim(other, other.claim.model_copy(update={"speaker": speaker}))
    (figure,) = table_of(one, replace(unnamed, source="Lena Voskamp"))
    assert figure.values[0].sources == sources


def test_a_value_tells_where_and_for_which_day_it_holds() -> None:
    text = "14 people were killed in Arlund on Monday"
    one = report_with(
        "herald", text, ("14", 14, "people", EXACT), place="Arlund", as_of="2026-03-02", places=["Arlund"]
    )
    (figure,) = table_of(one)
    assert (figure.values[0].place, figure.values[0].as_of) == ("Arlund", "2026-03-02")


def test_a_place_is_told_only_where_every_origin_gives_the_value_for_it() -> None:
    one = report_with("herald", "14 people were killed in Arlund", ("14", 14, "people", EXACT), place="Arlund")
    other = report_with("post", "14 people were killed in Arlund and abroad", ("14", 14, "people", EXACT))
    third = report_with("mail", "14 people were killed in Arlund", ("14", 14, "people", EXACT), place="Arlund")
    (apart,) = table_of(one, other)
    (alike,) = table_of(one, third)
    assert (apart.values[0].place, alike.values[0].place) == (None, "Arlund")


def test_an_increment_is_on_top_of_nothing_where_its_row_has_no_other_value() -> None:
    text = "14 people were killed and another 30 people were injured"
    amounts = ("14", 14, "people", EXACT), ("another 30", 30, "people", EXACT)
    figures = {one.counted: one for one in table_of(report_with("herald", text, *amounts, more=["another 30"]))}
    assert not figures["people injured"].values[0].increment
    assert any(value.increment for figure in table_of(*increments()) for value in figure.values)


def test_the_speaker_is_no_source_of_a_number_that_only_points_or_adds() -> None:
    points = "Voskamp said travellers from the six listed ports are a risk"
    adds = "Voskamp said the device, which killed 22 people, was made with care"
    (ports,) = table_of(report_with("herald", points, ("six", 6, "listed ports", EXACT), speaker="Lena Voskamp"))
    (people,) = table_of(report_with("herald", adds, ("22", 22, "people", EXACT), speaker="Lena Voskamp"))
    assert (ports.values[0].sources, people.values[0].sources) == ((), ())


def test_the_same_reports_give_the_same_bytes_in_any_order() -> None:
    reports = [
        *increments(),
        toll("mail", 14, speaker="Lena Voskamp"),
        toll("times", 20),
        toll("board", 14, AT_LEAST, days=1),
        report_with("gazette", "21 states have sued over the rule", ("21", 21, "states", EXACT)),
    ]
    expected = [figure.model_dump_json() for figure in table_of(*reports)]
    for seed in range(8):
        shuffled = random.Random(seed).sample(reports, len(reports))
        assert [figure.model_dump_json() for figure in table_of(*shuffled)] == expected
    assert json.loads(expected[0])["verdict"]


@pytest.mark.parametrize(
    "odd",
    [{"surface": ""}, {"surface": " "}, {"value": float("inf")}, {"value": float("nan")}, {"counted": " "}],
    ids=str,
)
def test_no_figure_is_too_odd_for_the_table(odd: dict[str, object]) -> None:
    for report in (toll("herald", 12), troops("herald", "12,000 troops crossed the border", 12_000, "troops")):
        (quantity,) = report.claim.quantities
        changed = report.claim.model_copy(update={"quantities": (quantity.model_copy(update=odd),)})
        rows = table_of(with_claim(report, changed), toll("mail", 14), toll("times", 13, days=3.0))
        assert "14" in [value.surface for row in rows for value in row.values]
