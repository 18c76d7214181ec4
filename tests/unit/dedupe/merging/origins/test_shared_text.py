"""Reports that rest on one text count once, those that only quote the same words count each."""

import json
from pathlib import Path

import pytest

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import Claim, ClaimKind
from services.contracts.event import Event, EventStatus, Membership
from services.contracts.event_claims import MergedClaim
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member, MemberFeatures
from tests.support.dedupe_articles import DAY_ONE, direction, embed, make_article, make_claim

DATA = Path(__file__).parents[4] / "data" / "reprints.jsonl"
QUOTE = "Nobody on board was hurt, and no fuel has leaked into the harbour"
PATCHED = "two of the mooring lines had been patched"
ROWS = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]
WIRE = [row["id"] for row in ROWS if row["origin"] == "wire"]
INDEPENDENT = [row["id"] for row in ROWS if row["how"] == "independent"]


def claims_of(article: Article) -> list[Claim]:
    """The quotation and the statement that the set is about, where the article has them, each with its paragraph."""
    found = []
    for words, kind, speaker in (
        (QUOTE, ClaimKind.QUOTATION, "Mira Dalgaard"),
        (PATCHED, ClaimKind.STATEMENT, None),
    ):
        if words in article.text:
            claim = make_claim(article, words, kind=kind, speaker=speaker)
            start = article.text.rfind("\n", 0, claim.span.start) + 1
            end = article.text.find("\n", claim.span.end)
            sentence = Span(start=start, end=end if end >= 0 else len(article.text))
            found.append(claim.model_copy(update={"sentence": sentence}))
    return found


def member(outlet: str, text: str, hours: int, title: str = "Port closed") -> Member:
    article = make_article(outlet, text, title=title, days=hours / 24)
    claims = claims_of(article)
    vectors = [direction(1 if claim.kind is ClaimKind.QUOTATION else 2) for claim in claims]
    embedded = embed(article, direction(3), list(zip(claims, vectors, strict=True)))
    return Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))


def view(members: list[Member]) -> Event:
    founder = min(members, key=lambda one: (one.article.published_at or DAY_ONE, one.article.article_id))
    record = EventRecord(
        event_id="evt_1",
        version=1,
        status=EventStatus.OPEN,
        founder_id=founder.article.article_id,
        updated_at=DAY_ONE,
        active_at=DAY_ONE,
    )
    return build_event(record, members)


@pytest.fixture(scope="module")
def members() -> list[Member]:
    return [member(row["id"], row["text"], at, row["title"]) for at, row in enumerate(ROWS)]


@pytest.fixture(scope="module")
def event(members: list[Member]) -> Event:
    return view(members)


def claim_with(event: Event, words: str) -> MergedClaim:
    [found] = [claim for claim in event.claims if words in claim.text]
    return found


def carriers(event: Event) -> list[set[str]]:
    names = {one.article_id: (one.publisher.name or "").lower() for one in event.articles}
    return [{names[article] for article in origin.article_ids} for origin in event.origins]


def test_six_outlets_that_print_one_wire_text_share_an_origin(event: Event) -> None:
    assert set(WIRE) in carriers(event)


def test_independent_reports_of_the_same_fact_have_an_origin_each(event: Event) -> None:
    for outlet in (*INDEPENDENT, "sentinel"):
        assert {outlet} in carriers(event)


def test_a_claim_that_only_the_wire_text_makes_is_not_corroborated(event: Event) -> None:
    claim = claim_with(event, PATCHED)
    assert len(claim.supports) == 6
    assert claim.origins == 1


def test_a_paragraph_of_a_wire_text_in_a_report_of_its_own_has_the_origin_of_the_wire_text(event: Event) -> None:
    origins = {support.publisher.name: support.origin_id for support in claim_with(event, PATCHED).supports}
    assert origins["Sentinel"] == origins["Courier"]
    own = next(one.origin_id for one in event.articles if one.publisher.name == "Sentinel")
    assert own != origins["Courier"]


def test_one_statement_quoted_in_texts_of_their_own_is_corroborated(event: Event) -> None:
    claim = claim_with(event, QUOTE)
    independent = [support for support in claim.supports if (support.publisher.name or "").lower() in INDEPENDENT]
    assert len(independent) == 2
    assert claim.origins == 1 + len(independent)


def test_the_order_in_which_members_are_listed_does_not_matter(members: list[Member], event: Event) -> None:
    assert view(members[::-1]) == event


def test_the_title_of_who_is_quoted_shows_no_common_text() -> None:
    said = f'"{QUOTE}," said Mira Dalgaard, head of the Port Authority of the Northern Counties and Isles.'
    one = member("one", f"{said} A crane driver saw the rope go and ran along the whole quay to ring the bell.", 0)
    other = member(
        "other", f"Fog hid the ship until noon, and gulls sat on its rail as if nothing were wrong. {said}", 1
    )
    assert claim_with(view([one, other]), QUOTE).origins == 2


def test_a_quotation_between_sentences_of_one_text_is_not_corroborated() -> None:
    before = (
        "Reporters had waited since dawn in the cold hall beside the fish market for somebody to tell them anything."
    )
    shared = f'{before}\n\n"{QUOTE}," Mira Dalgaard said.'
    one = member("one", f"Ships queued far out at sea until evening.\n\n{shared}\n\nThe mole stays shut.", 0)
    other = member("other", f"Grain rose in price at once, brokers noticed.\n\n{shared}\n\nBakers shrugged.", 1)
    assert claim_with(view([one, other]), QUOTE).origins == 1
