"""What the merged view makes of real reports of one event, held to their sheet: no broker, no store, in seconds."""

import random
from typing import Any

import pytest

from services.contracts.claim import Commitment
from services.contracts.event import Event, Membership
from services.contracts.event_claims import Contradiction, ContradictionKind, MergedClaim, SupportForm
from services.dedupe.claim_vectors import embed_claims
from services.dedupe.embed_handler import embed_articles
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.dedupe.merging.members import Member, MemberFeatures
from tests.support.seeds import Place, Seed, event_of, seeds, sheet

pytestmark = pytest.mark.seeds

Texts = dict[str, Seed]


@pytest.fixture(scope="module")
def members() -> list[Member]:
    embedder = load_embedder("openvino", MODEL_NAME, None, threads=1)
    extracted = [seed.extracted for seed in seeds().values()]
    embedded = embed_claims(embed_articles(embedder, extracted, shard="main"), embedder)
    membership = Membership(threshold=0.5, model="test")
    return [Member("evt_1", each, membership, MemberFeatures.from_embedded(each)) for each in embedded]


@pytest.fixture(scope="module")
def event(members: list[Member]) -> Event:
    return event_of(members)


@pytest.fixture(scope="module")
def texts() -> Texts:
    return {seed.extracted.article.article_id: seed for seed in seeds().values()}


def overlaps(place: Place, wanted: dict[str, Any]) -> bool:
    start, end = map(int, wanted["span"])
    return place[0] < end and start < place[1]


def shared_quotation(event: Event, texts: Texts) -> MergedClaim:
    wanted = sheet()["quotations"][sheet()["shared_quotation"][0]]
    (claim,) = [
        claim
        for claim in event.claims
        for support in claim.supports
        if texts[support.article_id].name == wanted["article"]
        and support.form is SupportForm.FULL
        and overlaps(texts[support.article_id].place(support.span), wanted)
    ]
    return claim


def polarity(event: Event) -> Contradiction:
    (found,) = [each for each in event.contradictions if each.kind is ContradictionKind.POLARITY]
    return found


def told(event: Event, texts: Texts, wanted: dict[str, Any]) -> set[str]:
    """What the sides of the contradiction say at a place of the sheet."""
    return {
        position.says
        for position in polarity(event).positions
        for passage in position.passages
        if texts[passage.article_id].name == wanted["article"]
        and overlaps(texts[passage.article_id].place(passage.span), wanted)
    }


def test_the_shared_quotation_is_one_claim_with_every_article_that_carries_it_in_full(
    event: Event, texts: Texts
) -> None:
    claim = shared_quotation(event, texts)
    full = {texts[each.article_id].name for each in claim.supports if each.form is SupportForm.FULL}
    wanted = [sheet()["quotations"][number] for number in sheet()["shared_quotation"]]
    assert full == {each["article"] for each in wanted}
    first = wanted[0]
    said = seeds()[first["article"]].text[slice(*first["span"])]
    assert claim.text.replace("’", "'") == said.replace("’", "'")


def test_its_cut_forms_support_it_with_the_words_that_they_keep(event: Event, texts: Texts) -> None:
    cut = [each for each in shared_quotation(event, texts).supports if each.form is SupportForm.CUT]
    for number in sheet()["cut_forms"]:
        wanted = sheet()["quotations"][number]
        assert any(
            texts[support.article_id].name == wanted["article"]
            and any(overlaps(texts[support.article_id].place(span), wanted) for span in support.words)
            for support in cut
        )


def test_its_speaker_and_the_agency_that_carried_it_are_known(event: Event, texts: Texts) -> None:
    claim = shared_quotation(event, texts)
    wanted = sheet()["quotations"][sheet()["shared_quotation"][0]]
    assert claim.speaker is not None
    assert claim.speaker.canonical == wanted["speaker"]
    assert claim.ultimate_source is not None
    chain = [step.name for step in claim.ultimate_source.chain]
    agency = next(name for name in sheet()["names"] if wanted["via"][0] in name["forms"])
    assert wanted["speaker"] in chain
    assert chain.index(agency["canonical"]) < chain.index(wanted["speaker"])


def test_who_confirms_contradicts_who_does_not(event: Event, texts: Texts) -> None:
    for wanted in sheet()["polarity"]["affirms"]:
        assert told(event, texts, wanted) == {"confirms"}
    for wanted in sheet()["polarity"]["withholds"]:
        assert told(event, texts, wanted) == {"declines to confirm"}


def test_nothing_else_contradicts_anything_but_figures(event: Event) -> None:
    kinds = [each.kind for each in event.contradictions if each.kind is not ContradictionKind.FIGURE]
    assert kinds == [ContradictionKind.POLARITY]


def test_what_is_left_open_is_never_merged_with_what_is_asserted(event: Event) -> None:
    for claim in event.claims:
        stances = {support.commitment is Commitment.DECLINES_TO_CONFIRM for support in claim.supports}
        assert len(stances) == 1


def test_every_passage_and_every_word_stands_where_the_event_says(event: Event, texts: Texts) -> None:
    for each in event.contradictions:
        for passage in (one for position in each.positions for one in position.passages):
            assert passage.span.of(texts[passage.article_id].extracted.article.text) == passage.text
    for support in (one for claim in event.claims for one in claim.supports):
        assert support.span.of(texts[support.article_id].extracted.article.text) == support.text
        assert all(support.span.holds(span) for span in support.words)


def test_the_order_of_articles_makes_no_difference(event: Event, members: list[Member]) -> None:
    expected = event.model_dump_json()
    for seed in range(4):
        assert event_of(random.Random(seed).sample(members, len(members))).model_dump_json() == expected
