from typing import Any

from services.api.visits.net_changes import net_changes
from services.contracts.changed import EventChange
from services.contracts.event import Counts
from tests.unit.api.examples import disputed, event, member
from tests.unit.api.test_event_lists import told


def change(kind: str, **parts: Any) -> EventChange:
    counts = Counts(articles=1, publishers=1, origins=1)
    given = {
        "event_id": "evt_a",
        "version": 2,
        "previous_version": 1,
        "place": 1,
        "changes": 1,
        "at": "2026-03-03T12:00:00Z",
    }
    return EventChange.model_validate(given | {"kind": kind, "counts": counts} | parts)


def test_what_came_and_went_again_is_left_out() -> None:
    first, second = (event(version=at, articles=tuple(member(f"art_{n}") for n in range(at))) for at in (1, 2))
    third = event(version=3, articles=(member("art_0"),))
    changes = told([first, second, third])
    joined = [each for each in changes if each.version == 2]
    assert list(net_changes(joined).articles) == ["art_1"]
    net = net_changes(each for each in changes if each.version > 1)
    assert (net.articles, net.articles_gone) == ({}, {})


def test_a_claim_keeps_its_place_under_its_new_name() -> None:
    net = net_changes(
        [
            change("claim_added", claim_ids=("clm_a",)),
            change("claim_renamed", claim_ids=("clm_b",), previous_claim_id="clm_a"),
        ]
    )
    assert list(net.claims) == ["clm_b"]


def test_a_claim_that_another_one_took_up_is_not_withdrawn() -> None:
    taken_up = change("claim_withdrawn", claim_ids=("clm_a",), now_in="clm_b")
    gone = change("claim_withdrawn", claim_ids=("clm_c",))
    assert list(net_changes([taken_up, gone]).claims_gone) == ["clm_c"]


def test_further_origins_count_for_claims_from_before_alone() -> None:
    net = net_changes(
        [
            change("claim_added", claim_ids=("clm_new",)),
            change("origin_gained", claim_ids=("clm_new",)),
            change("origin_gained", claim_ids=("clm_old",)),
        ]
    )
    assert (list(net.claims), list(net.confirmed)) == (["clm_new"], ["clm_old"])


def test_a_contradiction_that_opened_and_closed_is_left_out() -> None:
    changes = told([event("evt_d"), disputed().model_copy(update={"version": 2}), event("evt_d", 3)])
    assert len(net_changes(each for each in changes if each.version == 2).opened) == 1
    net = net_changes(each for each in changes if each.version > 1)
    assert (net.opened, net.closed, net.claims) == ({}, {}, {})


def test_each_article_that_moved_between_the_same_two_events_counts_and_of_headlines_the_latest_alone() -> None:
    moves = [
        change("moved", other_event_id="evt_b", reason=f"The article art_{number} fits better.") for number in "ab"
    ]
    headlines = [change("headline_changed", headline=headline) for headline in ("Ferry sinks", "Ferry capsizes")]
    turns = list(net_changes([*moves, *headlines]).turns.values())
    assert turns == [*moves, headlines[-1]]
