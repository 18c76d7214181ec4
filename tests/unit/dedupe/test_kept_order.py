"""Values kept in the order of their keys."""

import random

from services.dedupe.kept_order import KeptOrder


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
