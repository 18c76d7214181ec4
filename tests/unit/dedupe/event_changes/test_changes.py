"""What is new from one view of an event to the next."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from services.contracts.article import ArticleStatus, Publisher
from services.contracts.base import Span
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import MOST_PASSAGES, EventChange
from services.contracts.claim import ClaimKind, Commitment
from services.contracts.event import (
    ArticleRole,
    Counts,
    Event,
    EventArticle,
    EventStatus,
    LineageEntry,
    Membership,
    Origin,
)
from services.contracts.event_claims import (
    Contradiction,
    ContradictionKind,
    Figure,
    FigureValue,
    FigureVerdict,
    MergedClaim,
    Support,
)
from services.contracts.quantity import Bound
from services.dedupe.event_changes.changes import changes_between
from tests.support.random_views import NOON, streams
from tests.support.told_events import ToldEvent, apply, told_by


def article(name: str, *, origin: str = "", revision: int = 1, status: str = "usable") -> EventArticle:
    return EventArticle(
        article_id=f"art_{name}",
        revision=revision,
        publisher=Publisher(name=f"The {name} Post"),
        title=f"Ferry {name}",
        published_at=NOON + timedelta(minutes=ord(name[0])),
        status=ArticleStatus(status),
        origin_id=f"org_{origin or name}",
        role=ArticleRole.FOUNDER if name == "a" else ArticleRole.MEMBER,
        membership=Membership(score=None if name == "a" else 0.7, threshold=0.4, signals={"lead": 0.7}, model="m1"),
    )


def claim(number: int, *articles: EventArticle, commitment: Commitment = Commitment.ASSERTS) -> MergedClaim:
    words = f"The ferry sank at {number}."
    supports = tuple(
        Support(
            article_id=one.article_id,
            publisher=one.publisher,
            origin_id=one.origin_id,
            claim_id=f"clm_{one.article_id[4:]}{number}",
            span=Span(start=0, end=len(words)),
            text=words,
            commitment=commitment,
            published_at=one.published_at,
        )
        for one in articles
    )
    return MergedClaim(
        claim_id=supports[0].claim_id,
        kind=ClaimKind.STATEMENT,
        text=words,
        commitment=commitment,
        supports=supports,
        origins=len({one.origin_id for one in supports}),
        first_reported_at=supports[0].published_at,
    )


def view(version: int, *articles: EventArticle, claims: tuple[MergedClaim, ...] = (), **more: Any) -> Event:
    texts: dict[str, list[str]] = {}
    for one in articles:
        texts.setdefault(one.origin_id, []).append(one.article_id)
    known: dict[str, Any] = {
        "event_id": "evt_1",
        "version": version,
        "headline": "Ferry a",
        "updated_at": NOON + timedelta(minutes=version),
        "counts": Counts(
            articles=len(articles), publishers=len({one.publisher.key for one in articles}), origins=len(texts)
        ),
        "articles": articles,
        "origins": tuple(Origin(origin_id=key, article_ids=tuple(ids)) for key, ids in texts.items()),
        "claims": claims,
    }
    return Event(**known | more)


def figure(verdict: FigureVerdict, *values: tuple[int, MergedClaim]) -> Figure:
    return Figure(
        counted="people killed",
        values=tuple(
            FigureValue(
                surface=str(number),
                value=number,
                low=number,
                high=number,
                bound=Bound.EXACT,
                claim_ids=(each.claim_id,),
                article_ids=tuple(sorted({one.article_id for one in each.supports})),
                origins=each.origins,
            )
            for number, each in values
        ),
        verdict=verdict,
    )


def contradiction(*claims: MergedClaim) -> Contradiction:
    return Contradiction(
        kind=ContradictionKind.FIGURE, sides=tuple(one.claim_id for one in claims), explanation="They differ."
    )


def kinds(changes: tuple[EventChange, ...]) -> list[str]:
    return [change.kind for change in changes]


A, B, C = article("a"), article("b"), article("c")


@settings(max_examples=150, deadline=None)
@given(streams())
def test_all_changes_of_an_event_applied_to_nothing_give_what_its_last_view_tells(events: list[Event]) -> None:
    told = ToldEvent()
    before = None
    for event in events:
        told = apply(told, changes_between(before, event))
        assert told == told_by(event)
        before = event


@settings(max_examples=60, deadline=None)
@given(streams())
def test_views_that_were_not_published_leave_no_trace(events: list[Event]) -> None:
    told = apply(apply(ToldEvent(), changes_between(None, events[0])), changes_between(events[0], events[-1]))
    assert told == told_by(events[-1])


@settings(max_examples=60, deadline=None)
@given(streams())
def test_changes_do_not_hang_on_which_objects_the_views_share(events: list[Event]) -> None:
    before, after = events[0], events[-1]
    copies = [Event.model_validate_json(each.model_dump_json()) for each in (before, after)]
    assert changes_between(before, after) == changes_between(copies[0], copies[1])


@settings(max_examples=40, deadline=None)
@given(streams())
def test_a_change_comes_back_from_json_as_it_was(events: list[Event]) -> None:
    for change in changes_between(None, events[-1]):
        assert EventChange.model_validate_json(change.model_dump_json()) == change


def test_the_first_view_founds_the_event_and_tells_everything_in_it() -> None:
    told = changes_between(None, view(1, A, claims=(claim(1, A),)))
    assert kinds(told) == ["event_founded", "article_joined", "claim_added"]
    assert [(one.previous_version, one.version, one.place, one.changes) for one in told] == [
        (0, 1, place, 3) for place in (1, 2, 3)
    ]
    assert (told[0].headline, told[0].article_id) == ("Ferry a", "art_a")
    assert told[1].article == A
    assert told[2].support == claim(1, A).supports[0]
    assert len({one.message_id for one in told}) == 3


def test_the_same_version_has_no_changes_and_a_version_without_news_says_so() -> None:
    before = view(1, A)
    assert changes_between(before, before) == ()
    (told,) = changes_between(before, view(2, A))
    assert (told.kind, told.previous_version, told.version) == (ChangeKind.UNCHANGED, 1, 2)


def test_a_second_origin_is_told_and_a_reprint_only_as_an_article() -> None:
    before = view(1, A, claims=(claim(1, A),))
    reprint = article("r", origin="a")
    assert kinds(changes_between(before, view(2, A, reprint, claims=(claim(1, A, reprint),)))) == ["article_joined"]
    joined, gained = changes_between(before, view(2, A, B, claims=(claim(1, A, B),)))
    assert (joined.kind, gained.kind) == ("article_joined", "origin_gained")
    assert (gained.article_id, gained.origin_id, gained.claim_ids) == ("art_b", "org_b", ("clm_a1",))
    assert gained.support is not None
    assert gained.support.text == "The ferry sank at 1."


def test_an_article_that_leaves_takes_its_origin_and_its_own_claims_along() -> None:
    before = view(1, A, B, claims=(claim(1, A, B), claim(2, B)))
    told = changes_between(before, view(2, A, claims=(claim(1, A),)))
    assert kinds(told) == ["article_left", "claim_withdrawn", "origin_lost"]
    assert [one.article_id for one in told] == ["art_b"] * 3
    assert told[1].now_in is None


def test_corrections_and_withdrawals_are_told_with_the_article() -> None:
    before = view(1, A, B, C)
    corrected, withdrawn = article("a", revision=2, status="corrected"), article("b", revision=2, status="withdrawn")
    reprint = article("c", origin="a")
    told = changes_between(before, view(2, corrected, withdrawn, reprint))
    assert [(one.kind, one.article) for one in told] == [
        ("article_corrected", corrected),
        ("article_withdrawn", withdrawn),
        ("article_regrouped", reprint),
    ]


def test_an_earlier_reprint_renames_the_origin_and_the_claim_and_nothing_seems_lost() -> None:
    clash = contradiction(claim(1, B), claim(2, C))
    before = view(1, B, C, claims=(claim(1, B, C), claim(2, C)), contradictions=(clash,))
    early, late = article("a"), article("b", origin="a")
    after = view(
        2,
        early,
        late,
        C,
        claims=(claim(1, early, late, C), claim(2, C)),
        contradictions=(contradiction(claim(1, early), claim(2, C)),),
    )
    told = changes_between(before, after)
    assert kinds(told) == ["origin_renamed", "article_joined", "claim_renamed", "claim_changed", "report_changed"]
    assert (told[0].previous_origin_id, told[0].origin_id) == ("org_b", "org_a")
    assert (told[2].previous_claim_id, told[2].claim_ids) == ("clm_b1", ("clm_a1",))


def test_a_claim_that_became_part_of_another_says_of_which() -> None:
    before = view(1, A, B, claims=(claim(1, A), claim(1, B)))
    told = changes_between(before, view(2, A, B, claims=(claim(1, A, B),)))
    assert kinds(told) == ["claim_withdrawn", "origin_gained"]
    assert (told[0].claim_ids, told[0].now_in) == (("clm_b1",), "clm_a1")


def test_a_denial_is_told_after_what_denies() -> None:
    before = view(1, A, claims=(claim(1, A),))
    denying = claim(2, B, commitment=Commitment.DENIES)
    told = changes_between(before, view(2, A, B, claims=(claim(1, A), denying)))
    assert kinds(told) == ["article_joined", "claim_added", "denial"]
    assert told[2].claim is not None
    assert told[2].claim.commitment is Commitment.DENIES


def test_figures_are_told_value_by_value_and_then_their_verdict() -> None:
    nine, ten = claim(9, A), claim(10, B)
    before = view(1, A, claims=(nine,), figures=(figure(FigureVerdict.SINGLE, (9, nine)),))
    after = view(2, A, B, claims=(nine, ten), figures=(figure(FigureVerdict.CONFLICTING, (9, nine), (10, ten)),))
    told = changes_between(before, after)
    assert kinds(told) == ["article_joined", "claim_added", "figure_added", "figure_conflicting"]
    assert told[2].figure is not None
    assert told[2].figure.value is not None
    assert (told[2].figure.value.value, told[2].article_id, told[2].claim_ids) == (10, "art_b", ("clm_b10",))
    assert [passage.article_id for passage in told[3].passages] == ["art_a", "art_b"]
    back = changes_between(after, view(3, A, claims=(nine,), figures=(figure(FigureVerdict.SINGLE, (9, nine)),)))
    assert kinds(back) == ["article_left", "claim_withdrawn", "figure_withdrawn", "figure_agreed"]
    gone = changes_between(before, view(3, A, claims=(nine,)))
    assert [(one.kind, one.figure and one.figure.verdict) for one in gone] == [("figure_withdrawn", None)]


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        (FigureVerdict.SUPERSEDED, "figure_superseded"),
        (FigureVerdict.CONFLICTING, "figure_conflicting"),
        (FigureVerdict.COMPATIBLE, "figure_agreed"),
    ],
)
def test_a_new_row_with_a_verdict_tells_it_too(verdict: FigureVerdict, kind: str) -> None:
    nine, ten = claim(9, A), claim(10, B)
    founded = changes_between(None, view(1, A, B, claims=(nine, ten), figures=(figure(verdict, (9, nine), (10, ten)),)))
    assert kinds(founded)[-3:] == ["figure_added", "figure_added", kind]


def test_contradictions_open_grow_and_close() -> None:
    nine, ten, eight = claim(9, A), claim(10, B), claim(8, C)
    one = view(1, A, B, C, claims=(nine, ten, eight))
    two = view(2, A, B, C, claims=(nine, ten, eight), contradictions=(contradiction(nine, ten),))
    three = view(3, A, B, C, claims=(nine, ten, eight), contradictions=(contradiction(nine, ten, eight),))
    assert kinds(changes_between(one, two)) == ["contradiction_opened"]
    (grown,) = changes_between(two, three)
    assert (grown.kind, grown.previous_sides) == ("contradiction_changed", ("clm_a9", "clm_b10"))
    assert kinds(changes_between(three, view(4, A, B, C, claims=one.claims))) == ["contradiction_closed"]


def test_a_change_gives_a_few_passages_however_many_articles_there_are() -> None:
    many = [article(f"m{number}") for number in range(40)]
    nine = claim(9, *many)
    after = view(1, *many, claims=(nine,), figures=(figure(FigureVerdict.SINGLE, (9, nine)),))
    added = changes_between(None, after)[-1]
    assert (added.kind, len(added.passages)) == ("figure_added", MOST_PASSAGES)


def test_a_new_headline_names_the_article_that_it_is_from() -> None:
    (told,) = changes_between(view(1, A, B), view(2, A, B, headline="Ferry b"))
    assert (told.kind, told.headline, told.article_id) == ("headline_changed", "Ferry b", "art_b")


def test_merges_splits_and_the_end_are_told() -> None:
    lineage = (
        LineageEntry(kind="merge", event_id="evt_2", reason="Took up evt_2."),
        LineageEntry(kind="split", event_id="evt_3", reason="Split off."),
        LineageEntry(kind="move", event_id="evt_4", reason="It fits better there."),
    )
    told = changes_between(view(1, A), view(2, A, lineage=lineage, status=EventStatus.CLOSED))
    assert [(one.kind, one.other_event_id) for one in told] == [
        ("absorbed", "evt_2"),
        ("split", "evt_3"),
        ("moved", "evt_4"),
        ("closed", None),
    ]
    end = LineageEntry(kind="merge", event_id="evt_9", reason="Taken up by evt_9.")
    merged = view(3, status=EventStatus.MERGED, merged_into="evt_9", headline="Merged", lineage=(*lineage, end))
    (told_last,) = changes_between(view(2, A, lineage=lineage), merged)
    assert (told_last.kind, told_last.other_event_id, told_last.reason) == ("merged", "evt_9", "Taken up by evt_9.")
