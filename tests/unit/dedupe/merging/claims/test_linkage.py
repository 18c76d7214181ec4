import random
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.claim import Commitment
from services.contracts.quantity import Bound
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.grouping import ClaimGroups, group_claims
from services.dedupe.merging.claims.joinable_units import MOST_WORDINGS
from services.dedupe.merging.claims.linkage import FOREIGN
from services.dedupe.merging.claims.neighbours import NEAREST
from services.dedupe.merging.claims.report import Report
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

NEAR = direction(5)


def told(
    number: int,
    text: str = "The bridge will be closed for a week",
    *,
    source: str | None = None,
    side: str | None = None,
    cue: str | None = None,
    figures: tuple[tuple[str, float, str | None, Bound], ...] = (),
    commitment: Commitment = Commitment.ASSERTS,
    vector: NDArray[np.float32] = NEAR,
) -> Report:
    article = make_article(f"outlet{number}", f"{text}.", days=number / 10)
    claim = make_claim(article, text, figures=figures, commitment=commitment, speaker=source).model_copy(
        update={"cue": cue}
    )
    return replace(
        make_report(article, f"org_{number}", claim, round_to_whole_numbers(vector)), source=source, side=side
    )


class Table:
    """Probabilities by a table; pairs that are not in it are improbable, but no strangers to each other."""

    def __init__(
        self, probabilities: dict[frozenset[str], float], forbidden: AbstractSet[frozenset[str]] = frozenset()
    ) -> None:
        self._probabilities = probabilities
        self._forbidden = forbidden

    def is_worth_comparing(self, report: Report, other_report: Report) -> bool:
        return True

    def same_claim_probability(self, report: Report, other_report: Report, ranks: tuple[int, int]) -> float:
        return self._probabilities.get(_names(report, other_report), FOREIGN)

    def fails_quick_merge_check(self, report: Report, other_report: Report) -> bool:
        return False

    def has_merge_veto(self, report: Report, other_report: Report) -> bool:
        return _names(report, other_report) in self._forbidden


def _names(*reports: Report) -> frozenset[str]:
    return frozenset(one.claim.text for one in reports)


def linked(comparing: Table, texts: str) -> set[frozenset[str]]:
    groups = ClaimGroups(comparing).update_groups([told(number, text) for number, text in enumerate(texts)])
    return {frozenset(one.claim.text for one in group.reports) for group in groups}


def pairs(**probabilities: float) -> dict[frozenset[str], float]:
    return {frozenset(name): value for name, value in probabilities.items()}


def test_the_most_alike_join_first() -> None:
    objected = {frozenset("ac")}
    assert linked(Table(pairs(ab=0.8, bc=0.9), objected), "abc") == {frozenset("a"), frozenset("bc")}
    assert linked(Table(pairs(ab=0.9, bc=0.8), objected), "abc") == {frozenset("ab"), frozenset("c")}


def test_one_distant_wording_does_not_keep_a_group_from_another() -> None:
    alike = pairs(ab=0.9, ac=0.1, bc=0.9)
    assert linked(Table(alike), "abc") == {frozenset("abc")}


def test_nothing_that_is_objected_to_joins_whatever_else_is_alike() -> None:
    alike = pairs(ab=0.9, bc=0.9, ac=0.9)
    assert linked(Table(alike, {frozenset("ac")}), "abc") == {frozenset("ab"), frozenset("c")}


def test_links_do_not_depend_on_the_order_of_equals() -> None:
    alike = pairs(ab=0.8, bc=0.8, cd=0.8, ad=0.8)
    again = Table(dict(reversed(alike.items())))
    assert linked(Table(alike), "abcd") == linked(again, "abcd")


def test_an_event_with_many_wordings_of_one_claim_is_compared_in_bounded_time() -> None:
    words = [f"word{number}" for number in range(20)]
    chance = random.Random(1)
    count = 6 * NEAREST
    asked: list[int] = []

    class Counting(ClaimSimilarity):
        def same_claim_probability(self, one: Report, other: Report, ranks: tuple[int, int]) -> float:
            asked.append(1)
            return super().same_claim_probability(one, other, ranks)

    reports = [
        told(number, " ".join(chance.sample(words, 14)), vector=direction(number, NEAR, spread=0.5))
        for number in range(count)
    ]
    ClaimGroups(Counting()).update_groups(reports)
    most = count * NEAREST
    assert most < count * (count - 1) / 2 / 2  # of all pairs, so that the bound can be missed
    assert count < len(asked) <= most


def test_a_claim_in_many_wordings_is_compared_by_the_first_of_them() -> None:
    asked: list[None] = []

    class Counting(Table):
        def fails_quick_merge_check(self, one: Report, other: Report) -> bool:
            asked.append(None)
            return False

    same = [f"w{number}" for number in range(6 * MOST_WORDINGS)]
    alike = {frozenset((one, other)): 0.9 for one, other in combinations(same, 2)}
    reports = [told(number, text, vector=direction(number, NEAR, spread=0.1)) for number, text in enumerate(same)]
    (group,) = ClaimGroups(Counting(alike)).update_groups(reports)
    assert len(group.reports) == len(same)
    assert len(asked) <= len(same) * (NEAREST + MOST_WORDINGS**2)
    assert len(asked) < len(same) * (len(same) - 1) / 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told(1, side="NO"), told(2, side="SE")),
        (told(1, commitment=Commitment.DECLINES_TO_CONFIRM), told(2)),
        (told(1, commitment=Commitment.DENIES), told(2)),
        (told(1, "the revised toll", cue="rejected"), told(2, "the revised toll", cue="praised")),
        (
            told(1, "to close the bridge", cue="wants", source="Ada"),
            told(2, "to close the bridge", cue="wants", source="Ole"),
        ),
        (
            told(1, "About 40 lorries waited at the bridge", figures=(("40", 40, "lorries", Bound.ABOUT),)),
            told(2, "About 40 lorries and 9 buses waited", figures=(("9", 9, "buses", Bound.EXACT),)),
        ),
    ],
    ids=["two sides", "left open", "denied", "two cues of a phrase", "two sources of an infinitive", "other figures"],
)
def test_what_sources_stances_cues_and_figures_keep_apart(one: Report, other: Report) -> None:
    similarity = ClaimSimilarity()
    assert similarity.fails_quick_merge_check(one, other)
    assert similarity.fails_quick_merge_check(other, one)
    assert len(group_claims([one, other])) == 2


def test_figures_that_are_among_those_of_the_other_keep_nothing_apart() -> None:
    both = (("40", 40, "lorries", Bound.EXACT), ("9", 9, "buses", Bound.EXACT))
    one = told(1, "40 lorries and 9 buses waited at the bridge", figures=both)
    other = told(2, "9 buses waited at the bridge", figures=both[1:])
    assert not ClaimSimilarity().fails_quick_merge_check(one, other)


def test_one_voice_s_could_and_would_are_drift_and_not_two_propositions() -> None:
    could = told(1, "The bridge could be closed for a week", source="Ada Reyl")
    would = told(2, "The bridge would be closed for a week", source="Ada Reyl")
    stranger = told(3, "The bridge would be closed for a week", source="Ole Brandt")
    similarity = ClaimSimilarity()
    assert not similarity.has_merge_veto(could, would)
    assert similarity.has_merge_veto(could, stranger)
