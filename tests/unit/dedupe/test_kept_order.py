"""Values kept in the order of their keys."""

import random

from services.dedupe.kept_order import KeptOrder, sort_few_new


def test_values_stand_in_the_order_of_their_keys_however_they_come_and_go() -> None:
    chance = random.Random(1)
    kept = KeptOrder[str]()
    held: dict[str, int] = {}
    for step in range(200):
        if chance.random() < 0.6 or not held:
            value = f"value {step}"
            held[value] = chance.randrange(20)
            kept.add(held[value], value)
        else:
            value = chance.choice(sorted(held))
            kept.remove(held.pop(value), value)
        assert [held[value] for value in kept.values] == sorted(held.values())
        assert set(kept.values) == held.keys()


def test_few_new_items_are_sorted_in_among_those_that_were_sorted_before() -> None:
    chance = random.Random(2)
    words = [f"word {number}" for number in chance.sample(range(10, 100), 60)]
    before: list[str] = []
    for _ in range(30):
        items = chance.sample(words, chance.randrange(60))
        before = sort_few_new(items, before, str)
        assert before == sorted(items)
