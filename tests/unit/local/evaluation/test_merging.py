"""Views of events scored against events that readers judged."""

from typing import Any

import pytest

from services.local.evaluation.judged_events import JudgedEvent, read_judged_event
from services.local.evaluation.matching import Matching
from services.local.evaluation.merging import MergingScores, Verdict

KEYS = {"A:0": ("a", 0, 40), "A:50": ("a", 50, 90), "B:0": ("b", 0, 30), "C:0": ("c", 10, 50), "C:60": ("c", 60, 80)}


def judged(**fields: Any) -> JudgedEvent:
    row = {
        "event": "ferry",
        "articles": ["a", "b", "c"],
        "claims": [
            {"key": key, "article": article, "start": start, "end": end} for key, (article, start, end) in KEYS.items()
        ],
        "groups": [["A:0", "B:0", "C:0"]],
        "contradictions": [],
    }
    return read_judged_event(row | fields)


def place(article: str, start: int, end: int) -> dict[str, Any]:
    return {"article": article, "start": start, "end": end}


def view(*claims: list[dict[str, Any]], contradictions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"claims": [{"supports": supports} for supports in claims], "contradictions": list(contradictions)}


def alone(*keys: str) -> list[list[dict[str, Any]]]:
    return [[place(*KEYS[key])] for key in keys]


def scored(event: JudgedEvent, found: dict[str, Any], matching: Matching = Matching.COVERED) -> MergingScores:
    scores = MergingScores(matching)
    scores.add(event, found)
    return scores


def verdicts(scores: MergingScores) -> dict[tuple[str, str], Verdict]:
    return {one.pair: one.verdict for one in scores.pairs}


def test_pairs_are_right_wrong_or_missed() -> None:
    merged = [place(*KEYS["A:0"]), place(*KEYS["B:0"]), place(*KEYS["C:60"])]
    scores = scored(judged(), view(merged, *alone("A:50", "C:0")))
    assert verdicts(scores) == {
        ("A:0", "B:0"): Verdict.RIGHT,
        ("A:0", "C:0"): Verdict.MISSED,
        ("B:0", "C:0"): Verdict.MISSED,
        ("A:0", "C:60"): Verdict.WRONG,
        ("B:0", "C:60"): Verdict.WRONG,
    }
    counts = scores.counts().as_dict()
    assert (counts["precision"], counts["recall"]) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert scores.unclaimed == 0


def test_pairs_are_counted_across_and_within_articles() -> None:
    event = judged(groups=[["A:0", "A:50", "B:0"]])
    scores = scored(event, view([place(*KEYS["A:0"]), place(*KEYS["A:50"])], *alone("B:0")))
    assert (scores.counts(across=False).right, scores.counts(across=True).missed) == (1, 2)


def test_parties_that_agree_may_be_joined_or_not() -> None:
    event = judged(groups=[], agree=[[["A:0"], ["B:0"]]])
    assert scored(event, view([place(*KEYS["A:0"]), place(*KEYS["B:0"])])).pairs == []
    assert scored(event, view(*alone("A:0", "B:0"))).pairs == []


def test_a_judged_claim_is_found_where_half_of_it_is_covered() -> None:
    half = view([place("a", 0, 10), place("a", 30, 40), place("b", 0, 30)])
    assert verdicts(scored(judged(), half))["A:0", "B:0"] is Verdict.RIGHT
    less = view([place("a", 0, 19), place("b", 0, 30)])
    assert verdicts(scored(judged(), less))["A:0", "B:0"] is Verdict.MISSED


def test_spans_that_are_alike_share_half_of_what_both_have() -> None:
    wide = view([place("a", 0, 90), place("b", 0, 30)])
    assert verdicts(scored(judged(), wide))["A:0", "B:0"] is Verdict.RIGHT
    assert verdicts(scored(judged(), wide, Matching.ALIKE))["A:0", "B:0"] is Verdict.MISSED


def test_a_long_judged_claim_is_found_in_its_pieces() -> None:
    piece = view([place("a", 0, 12), place("b", 0, 30)])
    assert verdicts(scored(judged(), piece))["A:0", "B:0"] is Verdict.MISSED
    assert verdicts(scored(judged(), piece, Matching.IN_PIECES))["A:0", "B:0"] is Verdict.RIGHT


def test_two_judged_claims_in_one_claim_of_today_are_not_merged_wrongly() -> None:
    scores = scored(judged(groups=[]), view([place("a", 0, 90)]))
    assert (scores.pairs, scores.one_claim) == ([], 1)
    scores = scored(judged(groups=[["A:0", "A:50"]]), view([place("a", 0, 90)]))
    assert verdicts(scores) == {("A:0", "A:50"): Verdict.RIGHT}


def test_what_no_reader_judged_counts_neither_way() -> None:
    merged = [place(*KEYS["A:0"]), place(*KEYS["B:0"]), place("c", 200, 240)]
    scores = scored(judged(groups=[["A:0", "B:0"]]), view(merged, [place("b", 300, 320)]))
    assert (scores.counts().right, scores.counts().wrong, scores.unjudged) == (1, 0, 1)


def test_a_missed_pair_says_whether_a_side_is_no_claim() -> None:
    scores = scored(judged(groups=[["A:0", "B:0"], ["A:50", "C:0"]]), view(*alone("A:0", "A:50", "C:0")))
    assert {one.pair: one.unclaimed for one in scores.pairs} == {("A:0", "B:0"): True, ("A:50", "C:0"): False}


@pytest.mark.parametrize(
    ("merged", "counts"),
    [
        (["A:0", "B:0", "C:0"], (1, 1, 0, 0)),
        (["A:0", "B:0"], (1, 1, 1, 0)),
        (["A:0", "A:50", "B:0"], (1, 1, 1, 1)),
        (["A:0", "A:50"], (1, 0, 1, 0)),
    ],
)
def test_groups_that_span_articles_are_joined_torn_or_polluted(merged: list[str], counts: tuple[int, ...]) -> None:
    left = [key for key in KEYS if key not in merged]
    groups = scored(judged(), view([place(*KEYS[key]) for key in merged], *alone(*left))).groups
    assert (groups.groups, groups.joined, groups.torn, groups.polluted) == counts


def test_a_group_within_one_article_is_none_that_spans_articles() -> None:
    assert scored(judged(groups=[["A:0", "A:50"]]), view()).groups.groups == 0


def test_a_contradiction_is_right_where_its_sides_meet_both_sides_of_a_judged_one() -> None:
    event = judged(
        contradictions=[{"a": ["A:0"], "b": ["B:0"], "kind": "figure", "why": "31 against 19"}],
        contradictions_unextracted=[{"a": place("c", 90, 99), "b": place("b", 0, 9), "kind": "date", "why": ""}],
    )
    right = {"kind": "figure", "sides": [[place("b", 5, 7)], [place("c", 0, 4), place("a", 20, 22)]]}
    one_side = {"kind": "figure", "sides": [[place("a", 5, 7), place("b", 5, 7)], [place("c", 0, 4)]]}
    told = scored(event, view(contradictions=(right, one_side))).contradictions
    assert (told.judged, told.found, told.told, told.right) == (2, 1, 2, 1)
    assert dict(told.kinds) == {"figure right": 1, "figure wrong": 1}


def test_nothing_judged_gives_no_figure_but_zero() -> None:
    figures = MergingScores().as_dict()
    assert figures["pairs"]["f1"] == 0.0
    assert figures["groups_across"] == {"groups": 0, "joined": 0, "torn": 0, "polluted": 0}


@pytest.mark.parametrize("fields", [{"groups": [["A:0", "Z:9"]]}, {"claims": [{"key": "A:0", "article": "a"}]}])
def test_a_row_that_judges_nothing_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError)):
        judged(**fields)
