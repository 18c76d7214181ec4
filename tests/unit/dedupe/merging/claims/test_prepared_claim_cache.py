"""What is kept of an article changes nothing: the same view whether it was prepared now, or for a smaller event."""

from collections.abc import Sequence

from services.contracts.article import Precision
from services.contracts.claim import DateMention
from services.contracts.event import EventStatus, Membership
from services.dedupe.clustering.records import EventRecord
from services.dedupe.merging.claims.prepared_claim_cache import PreparedClaimCache, prepare_claims
from services.dedupe.merging.event_memory import EventMemory
from services.dedupe.merging.event_view import build_event
from services.dedupe.merging.members import Member, MemberFeatures
from tests.support.dedupe_articles import DAY_ONE, direction, embed, make_article, make_claim

TEXT = "Ada Reyl said the bridge over the Lenn will be closed on 5 March. Traffic goes by the old road until then."
SAID = "the bridge over the Lenn will be closed on 5 March"


def member(outlet: str, days: float | None, said: str = SAID, revision: int = 1) -> Member:
    article = make_article(outlet, TEXT.replace(SAID, said), days=days).model_copy(update={"revision": revision})
    claim = make_claim(article, said, speaker="Ada Reyl")
    if days is None:
        day = DateMention(surface="5 March", iso="XXXX-03-05", precision=Precision.DAY, span=claim.span)
        claim = claim.model_copy(update={"dates": (day,)})
    embedded = embed(article, direction(1), [(claim, direction(2))])
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


def test_a_growing_event_is_the_same_with_and_without_what_is_kept() -> None:
    memory = EventMemory()
    undated = [member("forum", None), member("board", None)]
    # The day that completes "5 March" is unknown first, then that of a year, then that of another.
    grown = [
        undated,
        [*undated, member("post", 0)],
        [*undated, *(member(name, days=800) for name in ("herald", "gazette", "courier"))],
        undated,
    ]
    for members in grown:
        assert view(members, memory) == view(members)


def test_a_new_revision_is_prepared_anew() -> None:
    memory = EventMemory()
    first, other = member("post", 0), member("herald", 0)
    view([first, other], memory)
    revised = [member("post", 0, "the bridge over the Lenn stays open", revision=2), other]
    assert view(revised, memory) == view(revised)


def test_an_article_is_prepared_once_while_it_is_kept() -> None:
    kept, one = PreparedClaimCache(), member("post", 0)
    kept.set_event_day(DAY_ONE.date())
    first = kept.get_claims(one)
    assert not kept.set_event_day(None)
    assert kept.get_claims(one) is first  # no date of it is open
    kept.set_event_day(DAY_ONE.date())
    kept.forget_articles([one.article.article_id])
    again = kept.get_claims(one)
    assert again is not first
    assert [report.claim for report in again] == [report.claim for report in prepare_claims(one, DAY_ONE.date())]
