"""Claims get vectors where they are held against those of others, and only where that changes what is told."""

import random
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from services.contracts.placed import PlacedArticle
from services.dedupe.claim_vectors import add_claim_vectors, build_view, build_view_if_vectors_are_irrelevant
from services.dedupe.event_state import EventState, build_member
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member
from services.dedupe.view_building import build_views, split_due_events
from tests.support.embedders import LetterEmbedder
from tests.support.placements import Placements


class Noting(LetterEmbedder):
    """Notes how many texts it gets at a time."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def embed(self, texts: Sequence[str], max_tokens: int | None = None) -> NDArray[np.float32]:
        self.sizes.append(len(texts))
        return super().embed(texts, max_tokens)


def event_of(articles: int) -> EventState:
    world = Placements(random.Random(1))
    state = EventState()
    for placed in (*world.found(), *(each for _ in range(articles - 1) for each in world.join())):
        state.apply_placed(placed, "log")
    return state


def members_of(state: EventState) -> list[Member]:
    return list(state.members.values())


def test_an_article_alone_gets_no_vectors_where_they_change_nothing() -> None:
    state = event_of(1)
    embedder = Noting()
    event = build_view(state.event_record, members_of(state), embedder)
    assert embedder.sizes == []
    assert event == build_event(state.event_record, add_claim_vectors(members_of(state), embedder))


def test_an_article_alone_gets_vectors_where_its_own_claims_could_be_one() -> None:
    state = event_of(1)
    (member,) = members_of(state)
    twice = told_twice(member)
    embedder = Noting()
    assert build_view_if_vectors_are_irrelevant(state.event_record, [twice]) is None
    event = build_view(state.event_record, [twice], embedder)
    assert embedder.sizes == [len(twice.embedded.extracted.claims)]
    assert event == build_event(state.event_record, add_claim_vectors([twice], embedder))


def told_twice(member: Member) -> Member:
    """The article with the figure of its one claim told in another too: whether that is one row hangs on meaning."""
    extracted = member.embedded.extracted
    quotation, *told = extracted.claims
    (figure,) = next(claim.quantities for claim in told if claim.quantities)
    claims = tuple(
        claim.model_copy(update={"quantities": (figure.model_copy(update={"value": 3.0, "low": 3.0, "high": 3.0}),)})
        for claim in told
    )
    article = PlacedArticle(
        extracted=extracted.model_copy(update={"claims": (quotation, *claims)}),
        model="test@1",
        lead_vector=member.embedded.lead_vector,
        membership=member.membership,
    )
    state = event_of(1)
    assert state.placed is not None
    return build_member(state.placed, article)


def test_whether_an_article_alone_has_vectors_already_makes_no_difference() -> None:
    state = event_of(1)
    embedder = Noting()
    vectors = add_claim_vectors(members_of(state), embedder)
    assert build_view(state.event_record, vectors, embedder) == build_view(
        state.event_record, members_of(state), embedder
    )


def test_with_a_second_article_both_get_vectors_in_one_batch_and_later_only_what_is_new() -> None:
    embedder = Noting()
    state = event_of(2)
    ((first, _),) = build_views([state], embedder)
    assert embedder.sizes == [6]
    assert all(member.embedded.claim_vectors for member in members_of(state))
    assert first == build_view(state.event_record, members_of(event_of(2)), LetterEmbedder())
    ((second, _),) = build_views([state], embedder)
    assert embedder.sizes == [6]
    assert second == first


def test_the_claims_of_several_events_are_embedded_together() -> None:
    embedder = Noting()
    states = [event_of(2), event_of(1), event_of(3)]
    views = [event for event, _ in build_views(states, embedder)]
    assert embedder.sizes == [15]
    assert views == [build_view(state.event_record, members_of(state), embedder) for state in states]


def test_portions_end_by_claims_and_by_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.dedupe.view_building.PORTION_CLAIMS", 10)
    monkeypatch.setattr("services.dedupe.view_building.PORTION_EVENTS", 3)
    sizes = [1, 1, 1, 1, 2, 2, 2, 5]
    cut = list(split_due_events((at, event_of(size)) for at, size in enumerate(sizes)))
    assert [[key for key, _ in portion] for portion in cut] == [[0, 1, 2], [3, 4, 5], [6, 7]]
