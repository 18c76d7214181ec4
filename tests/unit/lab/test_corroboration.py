"""What pairs of reports that count as two origins rest on, by labels."""

from collections.abc import Mapping
from typing import Any

from lab.corroboration import ReportPair, figures


def pair(one: str, other: str, *, two: bool) -> ReportPair:
    return ReportPair(
        event="e",
        merged=one,
        a="a",
        b="b",
        claim_a=one,
        claim_b=other,
        two=two,
        share=0.0,
        words=0,
        text_a="",
        text_b="",
    )


def label(one: str, other: str, name: str, weight: float = 1) -> Mapping[str, Any]:
    return {"claim_a": one, "claim_b": other, "label": name, "weight": weight}


def test_the_share_that_rests_on_one_text_is_of_those_that_count_as_two() -> None:
    pairs = [pair("a1", "b1", two=True), pair("a2", "b2", two=False), pair("a3", "b3", two=True)]
    labels = [label("a1", "b1", "one"), label("a2", "b2", "one"), label("a3", "b3", "independent", 3)]
    told = figures(pairs, labels)
    assert "one           25.00% of those with two origins" in told
    assert "independent   75.00%" in told
    assert "independent pairs that count as two: 100.0%" in told


def test_a_label_finds_its_pair_whichever_report_is_named_first() -> None:
    assert "1 labelled pairs, 0 not found" in figures([pair("a1", "b1", two=True)], [label("b1", "a1", "cites")])


def test_a_label_of_a_claim_that_is_no_longer_found_is_counted() -> None:
    told = figures([pair("a1", "b1", two=True)], [label("a1", "b1", "third"), label("a9", "b9", "one")])
    assert "1 labelled pairs, 1 not found" in told
    assert "one            0.00%" in told
