"""The nearest of each wording are those that one would find by comparing all with all."""

import random

import pytest

from services.dedupe.embedding.whole_numbers import SCALE, round_to_whole_numbers
from services.dedupe.merging.claims import neighbours
from services.dedupe.merging.claims.neighbours import Neighbours
from services.dedupe.merging.claims.wordings import Wording
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

LEAST = 0.35


def wording(number: int, about: int) -> Wording:
    """Claims about few things: many are equally near."""
    article = make_article(f"outlet{number}", "The gates were closed.", days=number % 3)
    one = make_report(
        article, "org_1", make_claim(article, "The gates were closed"), round_to_whole_numbers(direction(about))
    )
    return Wording(number, one, [one])


def nearest_of(one: Wording, others: list[Wording]) -> list[int]:
    def cosine(other: Wording) -> float:
        return float(one.first.vector @ other.first.vector)

    near = [other for other in others if other is not one and cosine(other) >= LEAST * SCALE**2]
    ranked = sorted(near, key=lambda other: (-cosine(other), other.first.order))
    return [other.number for other in ranked[: neighbours.NEAREST]]


@pytest.mark.parametrize("seed", range(4))
def test_lists_of_the_nearest_are_right_whatever_came_and_went(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "NEAREST", 3)
    monkeypatch.setattr(neighbours, "KEPT", 5)
    monkeypatch.setattr(neighbours, "AT_ONCE", 4)
    chance = random.Random(seed)
    held: list[Wording] = []
    lists = Neighbours(LEAST)
    for step in range(25):
        gone = chance.sample(held, min(len(held), chance.randrange(4)))
        new = [wording(100 * step + at, chance.randrange(12)) for at in range(chance.randrange(7))]
        before = {one.number: lists.list_nearest_wordings(one.number) for one in held}
        changed = lists.update_wordings(gone, new)
        held = [one for one in held if one not in gone] + new
        for one in held:
            assert lists.list_nearest_wordings(one.number) == nearest_of(one, held)
            if one.number not in changed:
                assert lists.list_nearest_wordings(one.number) == before[one.number]
            holders = {other.number for other in held if one.number in lists.list_nearest_wordings(other.number)}
            assert holders <= lists.list_possible_reverse_neighbours(one.number)


def test_a_wording_that_another_claim_speaks_for_is_another_one() -> None:
    lists = Neighbours(LEAST)
    one, other = wording(1, 1), wording(2, 1)
    lists.update_wordings([], [one, other])
    first = one.first
    part_two = make_report(first.article, first.origin_id, first.claim, first.vector, part=2)
    again = Wording(3, part_two, [first])
    assert lists.update_wordings([one], [again]) == {2, 3}
    assert lists.list_nearest_wordings(2) == [3]
