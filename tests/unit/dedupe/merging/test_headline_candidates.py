"""Articles whose title may stand for an event, as it grows and shrinks."""

import random

import pytest

from services.contracts.article import KindOfText, TextKind
from services.contracts.event import Membership
from services.dedupe.merging.event_members import EventMembers
from services.dedupe.merging.headline_candidates import HeadlineCandidates
from services.dedupe.merging.members import Member, MemberFeatures
from tests.support.dedupe_articles import direction, embed, make_article


def make_member(number: int, *, is_stub: bool) -> Member:
    article = make_article(f"outlet{number}", "The ferry sank off Port Eldrin.", days=number % 5, revision=number)
    if number % 3:
        article = article.model_copy(update={"title": f"Ferry sinks, {number}"})
    if is_stub:
        article = article.model_copy(update={"text_kind": KindOfText(kind=TextKind.STUB, evidence="a wall")})
    embedded = embed(article, direction(number), [])
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


@pytest.mark.parametrize("seed", range(8))
def test_candidates_are_no_reprints_and_no_stubs_beside_whole_texts(seed: int) -> None:
    chance = random.Random(seed)
    members, candidates = EventMembers(), HeadlineCandidates()
    held: dict[str, Member] = {}
    first_ids: set[str] = set()
    for number in range(1, 60):
        member = make_member(number, is_stub=chance.random() < 0.7)
        held[member.order[1]] = member
        for gone in chance.sample(sorted(held), min(len(held) - 1, chance.choice((0, 0, 1, 2)))):
            del held[gone]
        moved = members.update_members(list(held.values()))
        before, first_ids = first_ids, {article_id for article_id in sorted(held) if chance.random() < 0.6}
        found = list(candidates.update_candidates(members, first_ids, moved.article_ids | (before ^ first_ids)))
        original = [one for one in members.counted if one.order[1] in first_ids]
        assert found == (original or list(members.counted))
        articles, leads = candidates.list_titled()
        titled = [one for one in found if one.article.title] or found
        assert list(articles) == [one.article for one in titled]
        assert all(one is other.derived.lead for one, other in zip(leads, titled, strict=True))
