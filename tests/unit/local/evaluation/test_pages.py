"""How pages are scored."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from services.local.evaluation.pages import (
    LabelledPage,
    PageScores,
    ReadPage,
    foreign_lines,
    labelled_page,
    names_f1,
    overlap,
)

GOLD = "The old harbour bridge reopened on Monday after two years.\nNobody was hurt, the council said."


def labelled(**fields: object) -> LabelledPage:
    return labelled_page({"id": "1", "html": "<p>", "text": GOLD} | fields)


def scored(page: LabelledPage, read: ReadPage) -> dict[str, object]:
    scores = PageScores()
    scores.add(page, read, 0.5)
    return scores.as_dict()


def test_the_right_text_scores_one() -> None:
    assert overlap(GOLD, GOLD) == (1, 1)
    assert overlap(GOLD.upper().replace(".", " !"), GOLD) == (1, 1)


def test_words_too_many_cost_precision_and_words_too_few_recall() -> None:
    precision, recall = overlap(f"{GOLD} Read our letter every morning at seven.", GOLD)
    assert precision < 1
    assert recall == 1
    precision, recall = overlap(GOLD.splitlines()[0], GOLD)
    assert precision == 1
    assert recall < 1


def test_boilerplate_is_a_line_that_the_right_text_does_not_have_the_headline_aside() -> None:
    text = f"Bridge reopens\n{GOLD}\nShare\nRead our letter every morning at seven."
    assert list(foreign_lines(text, GOLD, "Bridge reopens!")) == ["Share", "Read our letter every morning at seven."]


@pytest.mark.parametrize(
    ("gold", "read", "day", "minute"),
    [
        ("2031-03-03T00:30:00+09:00", datetime(2031, 3, 2, 15, 30, tzinfo=UTC), "1.000 (1 of 1)", "1.000 (1 of 1)"),
        ("2031-03-03T00:30:00+09:00", date(2031, 3, 3), "1.000 (1 of 1)", "0.000 (0 of 1)"),
        ("2031-03-03T00:30:00+09:00", date(2031, 3, 4), "0.000 (0 of 1)", "0.000 (0 of 1)"),
        (
            "2031-03-03",
            datetime(2031, 3, 3, 1, tzinfo=timezone(timedelta(hours=9))),
            "1.000 (1 of 1)",
            "0.000 (0 of 0)",
        ),
        ("2031-03-03T09:30:00", None, "0.000 (0 of 1)", "0.000 (0 of 1)"),
    ],
)
def test_days_are_those_of_the_publishers_clock_or_of_utc(
    gold: str, read: datetime | date | None, day: str, minute: str
) -> None:
    figures = scored(labelled(published=gold), ReadPage(GOLD, published=read))
    assert (figures["day"], figures["minute"]) == (day, minute)


def test_authors_are_sets_of_names() -> None:
    assert names_f1(["ada lind"], ["Ada Lind"]) == 1
    assert names_f1(["Ada Lind", "dpa"], ["Ada Lind"]) == pytest.approx(2 / 3)
    assert names_f1([], ["Ada Lind"]) == 0


def test_a_refused_page_has_no_precision_and_no_recall() -> None:
    figures = scored(labelled(), ReadPage())
    assert (figures["refused"], figures["precision"], figures["recall"], figures["f1"]) == (["1"], 0, 0, 0)
    assert figures["milliseconds"] == 500


def test_pieces_must_or_must_not_stand_in_the_text() -> None:
    page = labelled(text=None, **{"with": ["old harbour bridge", "ferry"], "without": ["Share this", "council said"]})
    figures = scored(page, ReadPage(GOLD))
    assert (figures["pieces_kept"], figures["foreign_pieces_left_out"]) == ("0.500 (1 of 2)", "0.500 (1 of 2)")
    assert figures["with_text"] == 0
