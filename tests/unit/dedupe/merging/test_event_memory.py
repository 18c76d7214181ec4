"""What is known of an event from the last time changes no byte of its view."""

import gc
import random
from collections.abc import Sequence
from types import FunctionType, ModuleType

import numpy as np
import pytest

from services.contracts.claim import ClaimKind
from services.contracts.event import EventStatus, Membership
from services.contracts.quantity import Bound
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims import limited_claims
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.merging.vector_pool import PooledVectors
from tests.support.dedupe_articles import DAY_ONE, direction, embed, make_article, make_claim

SAID = (
    "The bow door was not fully closed when the ship left the quay",
    "We will find whoever left the harbour gates open that night",
)
TOLD = (
    "14 people were killed when the ferry capsized off Port Eldrin",
    "20 people were killed when the ferry capsized off Port Eldrin",
    "The ferry had passed a safety inspection in November",
    "The company denies that the bow door was open",
    "The council will meet the insurers in spring",
)
PEOPLE = ("Ilya Marchenkov", "Greta Hallorin", "Marchenkov", "the harbour master")
WORDS = (
    "amber", "basin", "cedar", "delta", "ember", "fjord", "grove", "haven", "inlet", "jetty", "kiosk", "ledge", "marsh",
    "north", "orchid", "pylon", "quarry", "ridge", "shoal", "tower", "umber", "vault", "wharf", "yard", "zinc", "arch",
    "brook", "cliff", "dune", "estuary", "field", "gorge", "hill", "isle", "joint", "knoll", "lagoon", "meadow", "nook",
    "oasis", "plain",
)  # fmt: skip
FIGURES = {"14": ("14", 14.0, "people", Bound.EXACT), "20": ("20", 20.0, "people", Bound.EXACT)}


def member(number: int, revision: int = 1) -> Member:
    chance = random.Random(f"{number} {revision}")
    said, told = chance.choice(SAID), chance.sample(TOLD, 3)
    person = chance.choice(PEOPLE)
    text = "\n".join([*(f"{sentence}." for sentence in told), f"\u201c{said},\u201d {person} said."])
    article = make_article(f"outlet{number}", text, days=number % 7, revision=revision)
    claims = [make_claim(article, said, kind=ClaimKind.QUOTATION, speaker=person)]
    for sentence in told:
        figures = [figure for surface, figure in FIGURES.items() if sentence.startswith(surface)]
        claims.append(make_claim(article, sentence, figures=figures, speaker=chance.choice((None, person))))
    vectors = [direction(len(claim.text) + number % 2, direction(1), spread=0.5) for claim in claims]
    embedded = embed(article, direction(1), list(zip(claims, vectors, strict=True)))
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
    return build_event(record, members, memory=memory).model_dump_json()


@pytest.mark.parametrize("seed", range(3))
def test_an_event_that_grows_shrinks_and_is_revised_has_the_same_view_with_and_without_memory(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_claims, "MOST_OF_ARTICLE", 4)
    chance = random.Random(seed)
    memory = EventMemory(most_claims=12)
    held = {0: member(0)}
    for step in range(16):
        if chance.random() < 0.7:
            number = chance.randrange(20)
            held[number] = member(number, revision=1 + (number in held) * (step + 1))
        elif len(held) > 1:
            del held[chance.choice(sorted(held))]
        members = chance.sample(list(held.values()), len(held))
        assert view(members, memory) == view(members, EventMemory(most_claims=12))


def visitor(number: int) -> Member:
    """An article that tells much in words of its own, and some of it nearly in those of others."""
    person, place = f"Ana {WORDS[number].title()}", f"{WORDS[-1 - number].title()} Bay"
    killed = 100 + number
    sentences = (
        f"{killed} people were killed when the ferry capsized off {place}",
        f"The company denies that the {WORDS[number]} was open",
        f"The ferry had passed a safety inspection in {place}",
    )
    said = f"We will find whoever left the {WORDS[number]} of the harbour open that night"
    text = "\n".join([*(f"{sentence}." for sentence in sentences), f"\u201c{said},\u201d {person} said."])
    article = make_article(f"visitor{number}", text, days=3)
    figures = [(str(killed), float(killed), "people", Bound.EXACT)]
    claims = [
        make_claim(article, sentences[0], figures=figures),
        *(make_claim(article, sentence, speaker=person) for sentence in sentences[1:]),
        make_claim(article, said, kind=ClaimKind.QUOTATION, speaker=person),
    ]
    vectors = [direction(len(claim.text), direction(1), spread=0.5) for claim in claims]
    embedded = embed(article, direction(1), list(zip(claims, vectors, strict=True)))
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


def count_objects(root: object) -> int:
    """All objects that can be reached, each once."""
    seen: set[int] = set()
    left = [root]
    while left:
        reached = left.pop()
        if id(reached) not in seen and not isinstance(reached, type | ModuleType | FunctionType):
            seen.add(id(reached))
            left.extend(gc.get_referents(reached))
    return len(seen)


def test_what_articles_brought_that_have_left_is_forgotten() -> None:
    memory = EventMemory()
    staying = [member(number) for number in range(4)]
    counts = []
    for number in range(40):
        view([*staying, visitor(number)], memory)
        view(staying, memory)
        counts.append(count_objects(memory))
    # Less than two objects an article: some of it is forgotten for many articles at once.
    assert max(counts[20:]) < max(counts[5:20]) + 2 * len(counts[20:])


def test_an_article_that_leaves_takes_its_vectors_along() -> None:
    memory, other = EventMemory(), EventMemory()
    staying, leaving = [member(number) for number in range(3)], visitor(1)
    vectors = np.array(leaving.derived.claim_vectors)
    view([*staying, leaving], memory)
    for _ in range(2):
        view(staying, memory)
        view([visitor(number) for number in range(2, 6)], memory)  # others take the place of its vectors
        assert np.array_equal(np.array(leaving.derived.claim_vectors), vectors)
        assert view([leaving, member(7)], other) == view([leaving, member(7)], None)
        assert view([*staying, leaving], memory) == view([*staying, leaving], None)


def test_a_reprint_shares_its_text_and_vectors_with_what_it_reprints() -> None:
    first = visitor(1)
    reprint = visitor(1)
    article = reprint.article.model_copy(update={"article_id": "art_reprint"})
    embedded = reprint.embedded
    extracted = embedded.extracted.model_copy(update={"article": article})
    embedded = embedded.model_copy(update={"extracted": extracted})
    reprint = Member("evt_1", embedded, reprint.membership, MemberFeatures.from_embedded(embedded))
    members = [first, reprint, member(1)]
    assert view(members, EventMemory()) == view(members, EventMemory())
    vectors, shared = (one.derived.claim_vectors for one in (reprint, first))
    assert isinstance(vectors, PooledVectors)
    assert isinstance(shared, PooledVectors)
    assert vectors.rows == shared.rows
    assert reprint.derived.fingerprint is first.derived.fingerprint
    reprint.pack()
    assert reprint.embedded == embedded.model_copy(update={"claim_vectors": ()})
