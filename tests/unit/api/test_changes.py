from services.api.changes import (
    EventMark,
    article_changes,
    event_changes,
    newest_articles,
    rising_versions,
)
from services.contracts.event import Event, EventStatus
from tests.unit.api.examples import event, extracted, member


def mark_of(stored: Event) -> EventMark:
    (change,) = event_changes({stored.event_id: stored}, {})
    return change.mark


def test_versions_that_rise_count_and_of_equals_the_first() -> None:
    first, newest, same = event(version=2), event(version=3), event(version=3, headline="Another")
    other = event("evt_b", version=1)
    assert rising_versions([first, other, newest, same, event(version=1)]) == [first, other, newest]


def test_a_version_that_is_not_newer_changes_nothing() -> None:
    marks = {"evt_a": mark_of(event(version=3))}
    assert event_changes({"evt_a": event(version=3, headline="Another")}, marks) == []
    assert event_changes({"evt_a": event(version=2)}, marks) == []
    assert len(event_changes({"evt_a": event(version=4)}, marks)) == 1


def test_a_change_says_which_articles_came_and_went() -> None:
    marks = {"evt_a": mark_of(event(articles=(member("art_1"), member("art_2"))))}
    (change,) = event_changes({"evt_a": event(version=2, articles=(member("art_2"), member("art_3")))}, marks)
    assert (change.joined, change.left) == (["art_3"], ["art_1"])


def test_an_event_that_moves_in_the_list_leaves_its_old_place() -> None:
    old = mark_of(event(minutes=1))
    (moved,) = event_changes({"evt_a": event(version=2, minutes=5)}, {"evt_a": old})
    (stayed,) = event_changes({"evt_a": event(version=2, minutes=1)}, {"evt_a": old})
    assert moved.unlisted == old.index_member
    assert stayed.unlisted is None


def test_a_merged_event_is_listed_no_longer_and_has_no_articles() -> None:
    old = mark_of(event())
    merged = event(version=2, status=EventStatus.MERGED, merged_into="evt_b")
    (change,) = event_changes({"evt_a": merged}, {"evt_a": old})
    assert (change.mark.index_member, change.mark.article_ids) == (None, ())
    assert change.mark.merged_into == "evt_b"
    assert change.unlisted == old.index_member
    assert change.left == ["art_of_evt_a"]


def test_a_closed_event_stays_listed() -> None:
    assert mark_of(event(status=EventStatus.CLOSED)).index_member is not None


def test_a_later_revision_replaces_an_earlier_one_and_not_the_other_way_round() -> None:
    old, new = extracted(revision=1, fetched_minutes=9), extracted(revision=2)
    assert article_changes({"art_a": new}, {"art_a": old}) == [new]
    assert article_changes({"art_a": old}, {"art_a": new}) == []


def test_the_same_revision_is_replaced_only_by_one_fetched_later() -> None:
    old, same, later = extracted(), extracted(title="Other"), extracted(fetched_minutes=1)
    assert article_changes({"art_a": same}, {"art_a": old}) == []
    assert article_changes({"art_a": later}, {"art_a": old}) == [later]
    assert newest_articles([old, later, same]) == {"art_a": later}
