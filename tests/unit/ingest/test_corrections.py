"""What says that an article was corrected."""

import pytest

from services.contracts.article import ArticleStatus
from services.ingest.text.corrections import find_correction
from tests.unit.ingest.test_ingest_build import build

TEXT = "The old harbour bridge reopened on Monday after two years of repairs, the council of the city said."


@pytest.mark.parametrize(
    "line",
    [
        "CORRECTION: The bridge was closed for two years, not three.",
        "Correction (4 March 2031): The bridge was closed for two years.",
        "Editor’s note: Correction: the mayor is Ada Lind.",
        "This article was corrected on 4 March to say that nobody was hurt.",
        "An earlier version of this story misstated the name of the mayor.",
        "Berichtigung: Die Brücke war zwei Jahre gesperrt.",
    ],
)
def test_a_line_that_says_what_was_corrected_is_the_reason(line: str) -> None:
    article = build(text=f"{TEXT}\n\n{line}")
    assert article.status is ArticleStatus.CORRECTED
    assert article.status_reason == line
    assert line in article.text


@pytest.mark.parametrize(
    "line",
    [
        "Corrections officers said two men had fled.",
        "The correction of the course came too late: the ferry ran aground.",
        "This article is about a bridge.",
        "He called it a correction - and the market fell.",
    ],
)
def test_a_report_of_corrections_is_not_corrected(line: str) -> None:
    assert find_correction("Market falls", line) is None
    assert build(text=f"{TEXT}\n\n{line}").status is ArticleStatus.USABLE


def test_the_mark_of_a_title_corrects() -> None:
    assert find_correction("CORRECTED: Bridge reopens", TEXT) == "CORRECTED: Bridge reopens"


def test_a_sender_that_withdraws_is_believed() -> None:
    article = build(text=f"{TEXT}\n\nCorrection: nothing of this is so.", status="withdrawn")
    assert (article.status, article.status_reason) == (ArticleStatus.WITHDRAWN, None)
