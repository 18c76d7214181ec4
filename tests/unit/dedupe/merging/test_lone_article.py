"""The view of an article alone is built without vectors wherever no vectors could make it another one."""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from services.contracts.article import Article
from services.contracts.claim import Claim, ClaimKind, Commitment
from services.contracts.event import Event, EventStatus, Membership
from services.contracts.quantity import Bound
from services.dedupe.clustering.records import EventRecord
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.neighbours import NEAREST
from services.dedupe.merging.claims.prepared_claim_cache import prepare_claims
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.contradictions.opposed_claims import (
    PairContradictions,
    has_contradiction_if_all_are_similar,
)
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.lone_article import build_lone_view_if_vectors_are_irrelevant
from services.dedupe.merging.members import Member, MemberFeatures
from services.extract.extraction import extract
from tests.support.dedupe_articles import DAY_ONE, direction, embed, make_article, make_claim

LONG = "The bow door was not fully closed when the ship left the quay"
OPEN = "The bow door was open when the ship left the quay"
SHUT = "The bow door was not open when the ship left the quay"
DEAD, MORE_DEAD = "14 people were killed on the ferry", "20 people were killed on the ferry"
SPRING = "The council will meet the insurers in spring"
TEXT = (
    f"{OPEN}. {SHUT}. {DEAD}. {MORE_DEAD}. {SPRING}. \u201c{LONG},\u201d said Ada Reyl. "
    "It was \u201cnot fully closed\u201d before, said Tom Hadley. The \u201cdoor was not fully closed\u201d, he wrote."
)


def told(article: Article) -> dict[str, Claim]:
    """What the article may tell, by what it is."""
    count = [("14", 14.0, "people", Bound.EXACT)], [("20", 20.0, "people", Bound.EXACT)]
    few = "The \u201cdoor was not fully closed\u201d"
    return {
        "open": make_claim(article, OPEN, speaker="Ada Reyl"),
        "shut": make_claim(article, SHUT, speaker="Tom Hadley", negated=True, commitment=Commitment.ASSERTS),
        "dead": make_claim(article, DEAD, figures=count[0], speaker="Ada Reyl"),
        "more": make_claim(article, MORE_DEAD, figures=count[1], speaker="Tom Hadley"),
        "spring": make_claim(article, SPRING),
        "long": make_claim(article, LONG, kind=ClaimKind.QUOTATION, speaker="Ada Reyl"),
        "few": make_claim(article, few, quoted="door was not fully closed"),
    }


def alone(names: Sequence[str], seed: int | None = None) -> Member:
    """An article that tells these, with vectors by chance; None: all alike."""
    article = make_article("herald", TEXT)
    claims = [told(article)[name] for name in names]
    vectors = [direction(1 if seed is None else seed * 10 + at, direction(1), spread=0.6) for at in range(len(claims))]
    embedded = embed(article, direction(1), list(zip(claims, vectors, strict=True)))
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


def group_all(member: Member) -> list[ClaimGroup]:
    """The claims of an article, merged."""
    return group_claims([Report(claim, "org_1") for claim in prepare_claims(member, None)])


def record(member: Member) -> EventRecord:
    return EventRecord(
        event_id="evt_1",
        version=1,
        status=EventStatus.OPEN,
        founder_id=member.article.article_id,
        updated_at=DAY_ONE,
        active_at=DAY_ONE,
    )


def build(member: Member) -> Event:
    return build_event(record(member), [member])


@pytest.mark.parametrize("names", [("open", "shut"), ("dead", "more"), ("long", "few")])
def test_two_claims_that_meaning_could_bring_together_leave_the_view_open(names: Sequence[str]) -> None:
    member = alone(names)
    assert build_lone_view_if_vectors_are_irrelevant(record(member), member) is None


@pytest.mark.parametrize("names", [("spring",), ("dead", "spring"), ("open", "spring"), ("long", "spring", "dead")])
def test_claims_that_have_nothing_to_do_with_each_other_need_no_vectors(names: Sequence[str]) -> None:
    for seed in (None, 1, 2):
        member = alone(names, seed)
        assert build_lone_view_if_vectors_are_irrelevant(record(member), member) == build(member)


def test_amounts_of_money_in_one_article_need_no_vectors_though_they_are_of_one_thing() -> None:
    article = make_article("herald", "The harbour bridge cost 40 million euros. It cost 45 million euros in all.")
    claims = extract(article).claims
    assert sum(quantity.counted is None for claim in claims for quantity in claim.quantities) == 2
    for spread in (0.0, 0.6):
        vectors = [direction(at, direction(1), spread=spread) for at in range(len(claims))]
        embedded = embed(article, direction(1), list(zip(claims, vectors, strict=True)))
        features = MemberFeatures.from_embedded(embedded)
        member = Member("evt_1", embedded, Membership(threshold=0.4, model="test"), features)
        assert build_lone_view_if_vectors_are_irrelevant(record(member), member) == build(member)


def test_a_view_that_is_settled_is_that_of_any_vectors() -> None:
    chance = random.Random(4)
    settled = 0
    for seed in range(60):
        names = chance.sample(sorted(told(make_article("herald", TEXT))), chance.randint(1, 5))
        member = alone(names, seed)
        view = build_lone_view_if_vectors_are_irrelevant(record(member), member)
        settled += view is not None
        if view is not None:
            assert view == build(member)
            whole = round_to_whole_numbers(direction(3)).astype(np.int16)
            like = replace(member.derived, claim_vectors=np.tile(whole, (len(names), 1)))
            assert view == build(Member(member.event_id, member.embedded, member.membership, like))
    assert 10 < settled < 60


@pytest.mark.parametrize("names", [("open", "shut"), ("open", "spring"), ("long", "few", "shut"), ("spring", "dead")])
def test_claims_contradict_each_other_if_all_are_similar_where_their_vectors_would_show_it(
    names: Sequence[str],
) -> None:
    member = alone(names)  # all claims have one vector
    groups = group_all(member)
    found = PairContradictions().update(GroupChanges(new=groups))
    assert has_contradiction_if_all_are_similar(groups) == bool(found)


@pytest.mark.parametrize(("claims_before", "is_compared"), [(0, True), (NEAREST - 1, True), (NEAREST, False)])
def test_only_the_first_claims_are_compared_with_all_others_if_all_are_similar(
    claims_before: int, is_compared: bool
) -> None:
    before = [f"Boat {number} left the harbour" for number in range(claims_before)]
    article = make_article("herald", ". ".join((*before, TEXT)))
    claims = [*(make_claim(article, text) for text in before), told(article)["open"], told(article)["shut"]]
    embedded = embed(article, direction(1), [(claim, direction(1)) for claim in claims])
    groups = group_all(
        Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))
    )
    assert bool(PairContradictions().update(GroupChanges(new=groups))) == is_compared
    assert has_contradiction_if_all_are_similar(groups) == is_compared
