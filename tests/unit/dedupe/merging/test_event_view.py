import random

import pytest

from services.contracts.article import ArticleStatus, KindOfText, TextKind
from services.contracts.claim import ClaimKind, Commitment
from services.contracts.embedded import EmbeddedArticle
from services.contracts.event import ArticleRole, Event, EventStatus, LineageEntry, Membership, NearestEvent
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member, MemberFeatures
from tests.support.dedupe_articles import ARRIVAL, DAY_ONE, direction, embed, make_article, make_claim

QUOTE = "The bow door was not fully closed when the ship left the quay"
WIRE = (
    f'A car ferry capsized minutes after leaving Port Eldrin on Tuesday. "{QUOTE}," Ilya Marchenkov told reporters. '
    "Fishing boats reached the wreck before the first rescue helicopter and pulled dozens of passengers from the "
    "water. The ferry had passed a safety inspection in November, and two other ships were ordered to stay in port."
)
OWN = (
    f'Divers searched a ferry that lies off the quay of Port Eldrin since Tuesday evening. "{QUOTE}," minister Ilia '
    "Marchenkov said. Relatives of the missing waited in a school hall for news from the coast guard all night long."
)


def member(
    outlet: str,
    text: str,
    *,
    days: float | None,
    speaker: str = "Ilya Marchenkov",
    status: ArticleStatus = ArticleStatus.USABLE,
    wire_credit: str | None = None,
) -> Member:
    article = make_article(outlet, text, title=f"Ferry: {outlet}", days=days, status=status, wire_credit=wire_credit)
    claim = make_claim(article, QUOTE, kind=ClaimKind.QUOTATION, speaker=speaker)
    embedded = embed(article, direction(1), [(claim, direction(2))])
    membership = Membership(threshold=0.4, model="test")
    return Member("evt_1", embedded, membership, MemberFeatures.from_embedded(embedded))


def with_embedded(member: Member, embedded: EmbeddedArticle) -> Member:
    return Member(member.event_id, embedded, member.membership, member.derived)


@pytest.fixture
def members() -> list[Member]:
    return [
        member("meridian", WIRE, days=0, wire_credit="Meridian Press"),
        member("gazette", WIRE.replace("dozens", "tens"), days=0.2),
        member("post", OWN, days=0.1, speaker="Ilia Marchenkov"),
        member("forum", OWN.replace("school hall", "gym").replace("Divers", "Some divers"), days=None),
    ]


def view(members: list[Member], *, status: EventStatus = EventStatus.OPEN) -> Event:
    founder = members[0].article.article_id
    return build_event(
        EventRecord(
            event_id="evt_1", version=4, status=status, founder_id=founder, updated_at=DAY_ONE, active_at=DAY_ONE
        ),
        members,
    )


def test_a_person_has_one_label_in_all_claims_however_an_article_shortens_the_name(members: list[Member]) -> None:
    told = "The inquiry into the wreck will be open to the relatives of all passengers, Marchenkov said on Wednesday."
    article = make_article("herald", told, days=1)
    claim = make_claim(article, "The inquiry into the wreck will be open", speaker="Marchenkov")
    embedded = embed(article, direction(3), [(claim, direction(4))])
    short = Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))
    event = view([*members[:2], short])
    assert {one.text: one.speaker.canonical for one in event.claims if one.speaker is not None} == {
        QUOTE: "Ilya Marchenkov",
        "The inquiry into the wreck will be open": "Ilya Marchenkov",
    }
    as_written = [report.speaker.canonical for one in event.claims for report in one.supports if report.speaker]
    assert "Marchenkov" in as_written


def test_reprints_share_an_origin_and_counts_tell_them_apart(members: list[Member]) -> None:
    event = view(members)
    assert (event.counts.articles, event.counts.publishers, event.counts.origins) == (4, 4, 2)
    roles = {one.publisher.name: one.role for one in event.articles}
    assert roles == {
        "Meridian": ArticleRole.FOUNDER,
        "Gazette": ArticleRole.REPRINT,
        "Post": ArticleRole.MEMBER,
        "Forum": ArticleRole.REPRINT,
    }
    assert event.origins[0].wire_credit == "Meridian Press"


def test_two_texts_of_one_outlet_are_one_origin_and_not_reprints(members: list[Member]) -> None:
    later = member("post", f"Nothing of the first report is repeated here. {QUOTE}, the minister said again.", days=0.5)
    again = with_embedded(later, _as_other_article(later.embedded))
    event = view([members[0], members[2], again])
    assert (event.counts.articles, event.counts.publishers, event.counts.origins) == (3, 2, 2)
    assert {one.role for one in event.articles} == {ArticleRole.FOUNDER, ArticleRole.MEMBER}
    (claim,) = event.claims
    assert (len(claim.supports), claim.origins) == (3, 2)


def test_outlets_that_credit_one_agency_for_different_texts_are_origins_of_their_own() -> None:
    members = [member(outlet, text, days=0, wire_credit="Reuters") for outlet, text in (("a", WIRE), ("b", OWN))]
    event = view(members)
    assert (event.counts.articles, event.counts.publishers, event.counts.origins) == (2, 2, 2)
    assert [origin.wire_credit for origin in event.origins] == ["Reuters", "Reuters"]
    (claim,) = event.claims
    assert claim.origins == 2


def test_outlets_that_print_edited_takes_of_one_agency_report_share_its_origin() -> None:
    take = WIRE.partition("Fishing boats")[0] + OWN.partition("Relatives")[2]
    members = [member(outlet, text, days=0, wire_credit="Reuters") for outlet, text in (("a", WIRE), ("b", take))]
    event = view(members)
    assert (event.counts.articles, event.counts.publishers, event.counts.origins) == (2, 2, 1)
    (origin,) = event.origins
    assert (len(origin.article_ids), origin.wire_credit) == (2, "Reuters")


def _as_other_article(embedded: EmbeddedArticle) -> EmbeddedArticle:
    """The same publication under another id."""
    article = embedded.extracted.article.model_copy(update={"article_id": "art_second"})
    return embedded.model_copy(update={"extracted": embedded.extracted.model_copy(update={"article": article})})


def test_a_denial_that_only_points_is_no_claim_of_the_event() -> None:
    text = "The minister rejected the report on Tuesday. He denied any delay of the divers."
    article = make_article("herald", text, days=1)
    claims = [
        make_claim(article, words, speaker="The minister", commitment=Commitment.DENIES)
        for words in ("the report", "any delay of the divers")
    ]
    embedded = embed(article, direction(3), [(claim, direction(4 + at)) for at, claim in enumerate(claims)])
    alone = Member("evt_1", embedded, Membership(threshold=0.4, model="test"), MemberFeatures.from_embedded(embedded))
    assert [claim.text for claim in view([alone]).claims] == ["any delay of the divers"]


def test_claims_carry_all_supports_and_count_independent_origins(members: list[Member]) -> None:
    (claim,) = view(members).claims
    assert (len(claim.supports), claim.origins, claim.text) == (4, 2, QUOTE)
    for support in claim.supports:
        text = next(m.article.text for m in members if m.article.article_id == support.article_id)
        assert support.span.of(text) == support.text


def test_the_same_members_give_the_same_bytes_in_any_order(members: list[Member]) -> None:
    expected = view(members).model_dump_json()
    founder = members[0]
    for seed in range(6):
        shuffled = random.Random(seed).sample(members, len(members))
        record = EventRecord(
            event_id="evt_1",
            version=4,
            status=EventStatus.OPEN,
            founder_id=founder.article.article_id,
            updated_at=DAY_ONE,
            active_at=DAY_ONE,
        )
        assert build_event(record, shuffled).model_dump_json() == expected


def test_times_come_from_dated_articles_alone(members: list[Member]) -> None:
    event = view(members)
    assert event.first_published_at == DAY_ONE
    assert event.last_published_at is not None
    assert event.last_published_at < ARRIVAL
    undated = view([member("forum", OWN, days=None)])
    assert (undated.first_published_at, undated.last_published_at, undated.timeline) == (None, None, ())


def test_an_article_dated_long_after_its_arrival_gives_an_event_no_time(members: list[Member]) -> None:
    expected = view(members)
    event = view([*members, member("dated ahead", OWN, days=70_000)])
    assert len(event.articles) == len(expected.articles) + 1
    assert event.last_published_at == expected.last_published_at
    assert max(entry.at for entry in event.timeline) == max(entry.at for entry in expected.timeline)
    alone = view([member("dated ahead", OWN, days=70_000)])
    assert (alone.first_published_at, alone.last_published_at, alone.timeline) == (None, None, ())


def test_every_summary_sentence_is_verbatim_at_its_span(members: list[Member]) -> None:
    event = view(members)
    texts = {one.article.article_id: one.article.text for one in members}
    assert event.summary
    assert all(one.span.of(texts[one.article_id]) == one.text for one in event.summary)


def test_a_withdrawn_article_is_listed_and_its_claims_are_not(members: list[Member]) -> None:
    gone = member("meridian", WIRE, days=0, status=ArticleStatus.WITHDRAWN)
    event = view([gone, *members[2:]])
    assert event.articles[0].status is ArticleStatus.WITHDRAWN
    assert {support.publisher.name for claim in event.claims for support in claim.supports} == {"Post", "Forum"}
    assert event.headline != "Ferry: meridian"


def test_an_event_of_withdrawn_articles_alone_still_has_a_view() -> None:
    event = view([member("meridian", WIRE, days=0, status=ArticleStatus.WITHDRAWN)])
    assert event.headline == "Ferry: meridian"
    assert event.claims == ()


def test_a_closed_event_says_so(members: list[Member]) -> None:
    assert view(members, status=EventStatus.CLOSED).status is EventStatus.CLOSED


def test_a_stub_corroborates_nothing_and_is_no_reprint(members: list[Member]) -> None:
    stub = KindOfText(kind=TextKind.STUB, evidence="by hand")
    extracted = members[2].embedded.extracted
    walled = extracted.model_copy(update={"article": extracted.article.model_copy(update={"text_kind": stub})})
    members[2] = with_embedded(members[2], members[2].embedded.model_copy(update={"extracted": walled}))
    event = view(members)
    stub_id = walled.article.article_id
    (listed,) = (one for one in event.articles if one.article_id == stub_id)
    assert (listed.role, listed.text_kind) == (ArticleRole.MEMBER, TextKind.STUB)
    (origin,) = (one for one in event.origins if stub_id in one.article_ids)
    assert origin.article_ids == (stub_id,)
    assert event.claims
    assert all(support.article_id != stub_id for claim in event.claims for support in claim.supports)


def test_a_stub_alone_still_tells_what_it_says(members: list[Member]) -> None:
    stub = KindOfText(kind=TextKind.STUB, evidence="by hand")
    extracted = members[0].embedded.extracted
    walled = extracted.model_copy(update={"article": extracted.article.model_copy(update={"text_kind": stub})})
    alone = with_embedded(members[0], members[0].embedded.model_copy(update={"extracted": walled}))
    assert view([alone]).claims


def near(member: Member, event_id: str, probability: float | None, affinity: float = 0.0) -> Member:
    told = NearestEvent(
        event_id=event_id, affinity=affinity, threshold=0.4, pair_probability=probability, against="names", reason="so"
    )
    membership = member.membership.model_copy(update={"nearest": told})
    return Member(member.event_id, member.embedded, membership, member.derived)


def test_the_nearest_event_is_that_of_the_article_that_came_nearest(members: list[Member]) -> None:
    told = [near(members[0], "evt_2", 0.3), near(members[1], "evt_3", None, 0.35), members[2]]
    found = view(told)
    assert found.nearest is not None
    assert found.nearest.event_id == "evt_3"
    assert view(told[::-1]).nearest == found.nearest
    assert view(members).nearest is None


def test_an_event_that_has_become_this_one_is_no_other_event(members: list[Member]) -> None:
    taken_up = LineageEntry(kind="merge", event_id="evt_2", reason="Took up evt_2.")
    record = EventRecord(
        event_id="evt_1",
        version=4,
        status=EventStatus.OPEN,
        founder_id=members[0].article.article_id,
        updated_at=DAY_ONE,
        active_at=DAY_ONE,
        lineage=(taken_up,),
    )
    found = build_event(record, [near(members[0], "evt_2", 0.9), near(members[1], "evt_1", 0.8)])
    assert found.nearest is None
    assert all(article.membership.nearest is None for article in found.articles)
