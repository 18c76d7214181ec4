"""What a large event keeps packed comes back as it was, and what it lets go of a claim is read again."""

import random
from collections.abc import Sequence

import pytest

from services.contracts.event import EventStatus, Membership
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims import prepared_claim_cache
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.kept_claim import KeptClaim
from services.dedupe.merging.members import Member, MemberFeatures
from tests.support.dedupe_articles import DAY_ONE, direction, embed, make_article, make_claim

SAID = (
    "14 people were killed when the ferry capsized",
    "21 people were killed when the ferry capsized",
    "the bow door was not closed when the ship left the quay",
    "the bow door was closed when the ship left the quay",
    "the crew had trained for it in March",
)


def member(number: int, chance: random.Random) -> Member:
    said = chance.sample(SAID, 3)
    article = make_article(f"outlet{number}", ". ".join(said), title=f"Ferry {number}", days=number / 10)
    claims = [(make_claim(article, one, speaker="Ada Reyl"), direction(SAID.index(one))) for one in said]
    embedded = embed(article, direction(100 + number), claims)
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


def view(members: Sequence[Member], memory: EventMemory | None = None) -> str:
    record = EventRecord(
        event_id="evt_1",
        version=1,
        status=EventStatus.OPEN,
        founder_id=members[0].article.article_id,
        updated_at=DAY_ONE,
        active_at=DAY_ONE,
    )
    return build_event(record, members, memory).model_dump_json()


def test_a_packed_claim_comes_back_equal() -> None:
    article = make_article("post", SAID[0])
    claim = make_claim(article, SAID[0], speaker="Ada Reyl")
    kept = KeptClaim(claim)
    assert kept.get_claim() is claim
    kept.pack()
    kept.pack()
    assert kept.get_claim() == claim


def test_a_packed_member_comes_back_equal_but_for_the_vectors_of_its_claims() -> None:
    one = member(1, random.Random(1))
    embedded, names = one.embedded, one.names
    one.pack()
    one.pack()
    assert one.embedded == embedded.model_copy(update={"claim_vectors": ()})
    assert list(one.names) == list(names)
    assert not one.lacks_claim_vectors


@pytest.mark.parametrize("seed", range(4))
def test_a_view_is_the_same_whatever_is_packed_and_let_go(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared_claim_cache, "READ_CLAIMS", 2)
    chance = random.Random(seed)
    memory = EventMemory()
    held: list[Member] = []
    for step in range(14):
        held.append(member(step, chance))
        if chance.random() < 0.3:
            held.remove(chance.choice(held[:-1] or held))
        if held:
            fresh = [member_again(one) for one in held]
            assert view(held, memory) == view(fresh)
        for one in chance.sample(held, len(held) // 2):
            one.pack()


def member_again(packed: Member) -> Member:
    """The same article, whole."""
    return Member(packed.event_id, packed.embedded, packed.membership, packed.derived)
