"""Scores against what careful readers say of claims."""

import pytest

from services.contracts.claim import ClaimKind, Commitment
from services.extract.evaluation.verdicts import FoundClaim, VerdictScores, names_speaker, read_judged
from services.language.ranges import Range


def judged_row(verdict: str, speaker: str | None = "Ada Reyl") -> dict[str, object]:
    claim = {"article": "a", "start": 0, "end": 100, "speaker": speaker, "commitment": "asserts", "verdict": verdict}
    return {"articles": ["a"], "claims": [claim], "missed": [{"article": "a", "start": 200, "end": 300}]}


def claim(start: int, end: int, speaker: str | None = "Ada Reyl", says: Commitment = Commitment.ASSERTS) -> FoundClaim:
    return FoundClaim(Range(start, end), ClaimKind.STATEMENT, speaker, speaker, says)


def scores(found: list[FoundClaim], verdict: str = "good") -> VerdictScores:
    counted = VerdictScores()
    counted.add(found, read_judged([judged_row(verdict)])["a"])
    return counted


def test_a_claim_found_again_has_the_verdict_of_its_reader() -> None:
    again = scores([claim(0, 98)])
    assert (again.accepted, again.kept, again.good, again.unjudged.total()) == (1.0, 1, 1, 0)
    assert scores([claim(0, 98)], "fragment").accepted == 0.0


@pytest.mark.parametrize(
    "other", [claim(0, 80), claim(0, 100, "Bo Arden"), claim(0, 100, None), claim(0, 100, says=Commitment.DENIES)]
)
def test_a_claim_with_another_span_speaker_or_commitment_is_unjudged(other: FoundClaim) -> None:
    assert scores([other]).unjudged == {ClaimKind.STATEMENT: 1}


def test_a_missed_assertion_is_found_where_a_claim_shares_half_of_it() -> None:
    assert (scores([claim(200, 260)]).found, scores([claim(200, 240)]).found) == (1, 0)


def test_a_good_claim_is_kept_where_a_claim_of_its_speaker_shares_half_of_it() -> None:
    assert (scores([claim(0, 60)]).kept, scores([claim(0, 60, "Bo Arden")]).kept, scores([]).kept) == (1, 0, 0)


def test_a_good_claim_is_kept_where_a_longer_one_of_its_speaker_holds_it() -> None:
    assert (scores([claim(0, 300)]).kept, scores([claim(0, 300, "Bo Arden")]).kept, scores([claim(1, 300)]).kept) == (
        1,
        0,
        0,
    )


def test_one_name_is_another_if_it_holds_all_its_words() -> None:
    assert names_speaker(claim(0, 1, "Mayor Ada Reyl"), "Reyl")
    assert names_speaker(claim(0, 1, "the ministry"), "Ministry")
    assert not names_speaker(claim(0, 1, "Ada Reyl"), "Bo Reyl")
    assert names_speaker(claim(0, 1, None), None)


def test_rows_of_one_event_add_to_each_other() -> None:
    both = read_judged([judged_row("good"), judged_row("fragment", None)])
    assert [each.verdict for each in both["a"].claims] == ["good", "fragment"]


def test_faults_are_told_by_kind_of_claim() -> None:
    assert scores([claim(0, 100)], "wrong_span").as_dict()["kinds"] == {"statement": {"unjudged": 0, "wrong_span": 1}}
