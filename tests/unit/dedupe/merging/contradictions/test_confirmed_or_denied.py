from dataclasses import replace

import pytest

from services.contracts.claim import Commitment
from services.contracts.event_claims import ContradictionKind
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.report import Report
from tests.support.contradictions import OPENING, confirming, contradictions_of, declining, positions_of, reported
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report, with_article


def test_who_confirms_what_his_side_leaves_open_elsewhere_contradicts() -> None:
    (contradiction,) = contradictions_of(confirming(), declining())
    assert contradiction.kind is ContradictionKind.POLARITY
    assert positions_of(contradiction) == [
        ("confirms", "Ada Reyl", ["confirmed sending troops over the river Lenn"]),
        ("declines to confirm", "Ole Brandt", ["did not confirm whether such a crossing had taken place"]),
    ]
    assert contradiction.explanation == (
        "Ada Reyl confirmed sending troops over the river Lenn; Ole Brandt declined to confirm it."
    )


def test_an_explanation_begins_with_a_capital_also_where_its_source_has_no_name() -> None:
    (contradiction,) = contradictions_of(confirming(speaker="police"), declining(speaker="the officials"))
    assert contradiction.explanation == (
        "Police confirmed sending troops over the river Lenn; the officials declined to confirm it."
    )


@pytest.mark.parametrize(
    "reserved",
    [
        declining(side="SE"),
        declining(side=None),
        declining(before="It was a quiet day at the harbour."),
        reported(
            "post",
            "how many people the fire had hurt",
            before=OPENING,
            cue="did not say",
            commitment=Commitment.DECLINES_TO_CONFIRM,
            speaker="Ole Brandt",
        ),
        declining(days=-2),
    ],
    ids=["another side", "no known side", "nothing it points at", "another matter", "confirmed days later"],
)
def test_what_is_left_open_elsewhere_does_not_contradict(reserved: Report) -> None:
    assert contradictions_of(confirming(), reserved) == ()


def test_a_headline_may_contradict_its_own_article_and_a_sentence_may_not() -> None:
    text = "Ada Reyl confirmed troops crossed the river Lenn\nIt is a long war. Ada Reyl did not confirm the reports."
    article = make_article("herald", text)

    def claim(words: str, cue: str, commitment: Commitment, near: int) -> Report:
        made = make_claim(article, words, speaker="Ada Reyl", commitment=commitment).model_copy(update={"cue": cue})
        one = make_report(article, "org_1", made, round_to_whole_numbers(direction(near)))
        return replace(one, source="Ada Reyl")

    reports = [
        claim("troops crossed the river Lenn", "confirmed", Commitment.ASSERTS, 1),
        claim("the reports", "did not confirm", Commitment.DECLINES_TO_CONFIRM, 2),
    ]
    (contradiction,) = contradictions_of(*reports)
    assert [each.says for each in contradiction.positions] == ["confirms", "declines to confirm"]
    one_line = [with_article(one, article.model_copy(update={"text": text.replace("\n", " ")})) for one in reports]
    assert contradictions_of(*one_line) == ()


def test_who_did_not_give_a_name_does_not_leave_open_what_he_confirms() -> None:
    kept = reported(
        "post",
        "the name of the river Lenn and of the troops",
        cue="did not give",
        commitment=Commitment.DECLINES_TO_CONFIRM,
        near=9,
    )
    assert contradictions_of(confirming(), kept) == ()


def test_who_confirms_the_reports_in_that_article_too_confirms_what_it_tells() -> None:
    text = "Ada Reyl confirmed sending troops over the river Lenn. Ada Reyl gave a confirmation of earlier reports."
    article = make_article("herald", text)

    def claim(words: str, cue: str, near: int) -> Report:
        made = make_claim(article, words, speaker="Ada Reyl").model_copy(update={"cue": cue})
        one = make_report(article, "org_herald", made, round_to_whole_numbers(direction(near)))
        return replace(one, source="Ada Reyl", side="NO")

    both = claim("sending troops over the river Lenn", "confirmed", 1), claim("earlier reports", "confirmation of", 2)
    (contradiction,) = contradictions_of(*both, declining())
    assert [each.says for each in contradiction.positions] == ["confirms", "confirms", "declines to confirm"]
