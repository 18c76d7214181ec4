"""What is known of an event's origins from the last time changes none of them."""

import random

import pytest

from services.contracts.event import Membership
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.origins import event_origins
from services.dedupe.merging.origins.event_origins import EventOrigins
from services.dedupe.merging.origins.shared_text import NarrationOverlaps
from tests.support.dedupe_articles import direction, embed, make_article

WORDS = [f"word{letter}{other}" for letter in "abcdefghij" for other in "klmnopqrst"]


def make_member(number: int, chance: random.Random, told: list[str]) -> Member:
    """An article that repeats some of what others tell, in words of its own for the rest."""
    text = " ".join((*chance.choice(told).split(), *chance.choices(WORDS, k=chance.choice((5, 90)))))
    article = make_article(f"outlet{number % 9}", f"{text} {number}.", days=number % 5)
    embedded = embed(article, direction(1), [])
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


def find_origins(origins: EventOrigins, members: list[Member], shared_texts: NarrationOverlaps) -> list[object]:
    derived = {member.article.article_id: member.derived for member in members}
    shared_texts.replace_articles(derived)
    origins.update_origins(members, shared_texts)
    return [origins.origins, origins.origin_ids, origins.first_article_ids]


@pytest.mark.parametrize("seed", range(3))
def test_origins_of_a_growing_event_are_those_found_at_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_origins, "MOST_COMPARED", 3)
    chance = random.Random(seed)
    told = [" ".join(chance.choices(WORDS, k=80)) for _ in range(4)]
    made = [make_member(number, chance, told) for number in range(24)]
    kept, texts = EventOrigins(), NarrationOverlaps()
    held: list[int] = [0, 1]
    counts: set[int] = set()
    for _ in range(25):
        if chance.random() < 0.7:
            held = sorted({*held, chance.randrange(24)})
        elif len(held) > 1:
            held.remove(chance.choice(held))
        members = [made[at] for at in held]
        assert find_origins(kept, members, texts) == find_origins(EventOrigins(), members, NarrationOverlaps())
        counts.add(len(kept.origins))
    assert len(counts) > 1
