"""Scores over articles with labelled attributions."""

from services.contracts.claim import ClaimKind
from services.extract.evaluation.attributions import ClaimScores, Labelled, match, read_labels
from services.language.ranges import Range
from tests.unit.extract.articles import claims_of

TEXT = 'Ada Reyl said that the bridge was safe. "I walked over it today," she said. Some 40 people came to look.'


def labelled(*spans: tuple[int, int], source: tuple[int, int] | None = None) -> dict[str, object]:
    found: dict[str, object] = {"content": [{"spans": [list(span) for span in spans]}]}
    if source:
        found["source"] = [{"spans": [list(source)]}]
    return found


def place(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def test_claims_that_overlap_by_half_are_right() -> None:
    annotations = [
        labelled(place("that the bridge was safe"), source=place("Ada Reyl")),
        labelled(place('"I walked over it today,"'), source=place("she")),
        labelled(place("people")),
    ]
    scores = ClaimScores()
    scores.add(claims_of(TEXT), read_labels(annotations, TEXT))
    assert (scores.claims.right, scores.claims.found) == (2, 2)
    assert (scores.labelled.right, scores.labelled.found) == (2, 3)
    assert (scores.quoted.right, scores.quoted.found) == (1, 1)
    assert (scores.sources.right, scores.sources.found) == (2, 2)
    assert scores.f1 == 0.8
    assert set(scores.kinds) == {ClaimKind.STATEMENT, ClaimKind.QUOTATION}


def test_a_wrong_source_counts_against_the_sources_alone() -> None:
    scores = ClaimScores()
    scores.add(
        claims_of(TEXT), read_labels([labelled(place("that the bridge was safe"), source=place("Some 40"))], TEXT)
    )
    assert (scores.claims.right, scores.sources.right, scores.sources.found) == (1, 0, 1)


def test_each_claim_and_each_attribution_is_matched_once() -> None:
    labels = [Labelled((Range(0, 10),), (), quoted=False), Labelled((Range(0, 8),), (), quoted=False)]
    assert match([Range(0, 8), Range(0, 10), Range(0, 9)], labels) == {0: 1, 1: 0}


def test_an_attribution_in_pieces_counts_as_a_whole_or_as_any_piece() -> None:
    pieces = [Labelled((Range(0, 10), Range(40, 70)), (), quoted=False)]
    assert match([Range(0, 70)], pieces) == {0: 0}
    assert match([Range(40, 70)], pieces) == {0: 0}
    assert match([Range(0, 10)], pieces) == {0: 0}
    assert match([Range(15, 45)], pieces) == {}


def test_attributions_without_content_are_left_out() -> None:
    assert read_labels([{"content": [], "source": []}, {"source": []}], TEXT) == []
