"""The event that five real reports make, against a sheet of what is to be found; see tests/support/seeds.py."""

import pytest

from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import Event, Membership
from services.dedupe.embedding.vectors import encode_vector
from services.dedupe.merging.members import Member, MemberFeatures
from services.dedupe.signals.name_matching import may_be_same_name
from tests.support.dedupe_articles import direction
from tests.support.seeds import Seed, event_of, seeds, sheet

pytestmark = pytest.mark.seeds


def member(seed: Seed) -> Member:
    """With vectors that say nothing: no claim is like another."""
    embedded = EmbeddedArticle(
        shard="main",
        extracted=seed.extracted,
        model="test@1",
        lead_vector=encode_vector(direction(1)),
        claim_vectors=tuple(encode_vector(direction(claim.span.start)) for claim in seed.extracted.claims),
    )
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


@pytest.fixture(scope="module")
def event() -> Event:
    return event_of([member(seed) for seed in seeds().values()])


def test_every_name_is_one_entity_with_who_writes_which_form(event: Event) -> None:
    seed_of = {seed.extracted.article.article_id: name for name, seed in seeds().items()}
    for wanted in sheet()["names"]:
        (entity,) = [one for one in event.entities if one.name == wanted["canonical"]]
        assert entity.type == wanted["kind"]
        forms = {
            variant.surface: sorted(seed_of[article_id] for article_id in variant.article_ids)
            for variant in entity.variants
        }
        assert forms == wanted["forms"]


def test_nobody_is_taken_for_somebody_of_the_same_family_name(event: Event) -> None:
    for wanted in sheet()["names"]:
        for other in wanted.get("never", ()):
            bearers = [one.name for one in event.entities if other in {variant.surface for variant in one.variants}]
            assert wanted["canonical"] not in bearers
            assert not any(may_be_same_name(bearer, wanted["canonical"]) for bearer in bearers)


def test_claims_of_one_name_have_one_speaker_in_each_report() -> None:
    for wanted in sheet()["names"]:
        for seed in seeds().values():
            called = {
                claim.speaker.canonical
                for claim in seed.extracted.claims
                if claim.speaker is not None and claim.speaker.canonical in wanted["forms"]
            }
            assert len(called) <= 1
