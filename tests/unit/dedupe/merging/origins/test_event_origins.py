"""What is known of an event's origins from the last time changes none of them."""

import random

import pytest

from services.contracts.event import Membership
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.origins import event_origins
from services.dedupe.merging.origins.event_origins import EventOrigins
from tests.support.dedupe_articles import direction, embed, make_article

WORDS = [f"word{letter}{other}" for letter in "abcdefghij" for other in "klmnopqrst"]


def make_member(number: int, chance: random.Random, told: list[str]) -> Member:
    """An article that repeats some of what others tell, in words of its own for the rest."""
    text = " ".join((*chance.choice(told).split(), *chance.choices(WORDS, k=chance.choice((5, 90)))))
    article = make_article(f"outlet{number % 9}", f"{text} {number}.", days=number % 5)
    article = article.model_copy(update={"article_id": f"art_{number}"})  # some outlets have several
    embedded = embed(article, direction(1), [])
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


class Held:
    """The articles of an event with their origins."""

    def __init__(self) -> None:
        self.memory = EventMemory()

    def find_origins(self, members: list[Member]) -> list[object]:
        before = self.shown()
        moved = self.memory.update_members(members)
        changed = self.origins.update_origins(self.memory.members.ordered, self.memory.shared_texts, moved.first)
        after = self.shown()
        assert {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)} <= (
            changed | moved.article_ids
        )
        return [self.origins.origins, self.origins.origin_ids, self.origins.first_article_ids]

    @property
    def origins(self) -> EventOrigins:
        return self.memory.origins

    def shown(self) -> dict[str, tuple[str, bool]]:
        firsts = self.origins.first_article_ids
        return {one: (origin_id, one in firsts) for one, origin_id in self.origins.origin_ids.items()}


@pytest.mark.parametrize("seed", range(3))
def test_origins_of_a_growing_event_are_those_found_at_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_origins, "MOST_COMPARED", 3)
    chance = random.Random(seed)
    told = [" ".join(chance.choices(WORDS, k=80)) for _ in range(4)]
    made = [make_member(number, chance, told) for number in range(24)]
    kept = Held()
    held: list[int] = [0, 1]
    counts: set[int] = set()
    for _ in range(25):
        if chance.random() < 0.7:
            held = sorted({*held, chance.randrange(24)})
        elif len(held) > 1:
            held.remove(chance.choice(held))
        members = [made[at] for at in held]
        assert kept.find_origins(members) == Held().find_origins(members)
        counts.add(len(kept.origins.origins))
    assert len(counts) > 1
