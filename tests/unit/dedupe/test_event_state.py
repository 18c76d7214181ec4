"""An event is built from messages that follow each other; what cannot follow stops the stage."""

import random

import pytest

from services.contracts.change_kinds import ChangeKind
from services.contracts.event import EventStatus
from services.contracts.placed import EventPlaced
from services.dedupe.claim_vectors import build_view
from services.dedupe.event_state import EventState, MissedChangesError
from tests.support.embedders import LetterEmbedder
from tests.support.placements import Placements, id_of

LOG, OTHER_LOG = "log a", "log b"


@pytest.fixture
def stream() -> list[EventPlaced]:
    """Of one event: founded, joined three times, closed."""
    world = Placements(random.Random(1))
    return [*world.found(), *world.join(), *world.join(), *world.join(), *world.close()]


def after(*messages: EventPlaced, log: str = LOG) -> EventState:
    state = EventState()
    for placed in messages:
        state.apply_placed(placed, log)
    return state


def test_members_come_and_go_with_the_versions(stream: list[EventPlaced]) -> None:
    state = after(*stream[:3])
    assert sorted(state.members) == sorted(map(id_of, range(3)))
    left = stream[3].model_copy(update={"joined": (), "left": (id_of(1),), "members": 2})
    assert state.apply_placed(left, LOG)
    assert sorted(state.members) == sorted(map(id_of, (0, 2)))
    assert state.gone == {id_of(1)}
    assert state.event_record.version == 4


def test_a_version_that_it_has_changes_nothing(stream: list[EventPlaced]) -> None:
    state = after(*stream[:3])
    state.mark_saved()
    for placed in stream[:3]:
        assert not state.apply_placed(placed, LOG)
    assert (state.dirty, state.changed, state.gone) == (False, set(), set())


def test_a_missing_version_stops_with_what_to_do(stream: list[EventPlaced]) -> None:
    with pytest.raises(MissedChangesError, match=r"version 4 came, we have version 2.*docs/runbook\.md"):
        after(*stream[:2], stream[3])


def test_an_event_that_begins_later_than_with_its_first_version_stops(stream: list[EventPlaced]) -> None:
    with pytest.raises(MissedChangesError, match="version 2 came, nothing is known of it"):
        after(stream[1])


def test_another_number_of_members_than_the_message_says_stops(stream: list[EventPlaced]) -> None:
    with pytest.raises(MissedChangesError, match="version 2 has 7 articles, we have 2"):
        after(stream[0], stream[1].model_copy(update={"members": 7}))


def parts_of(placed: EventPlaced, *others: EventPlaced) -> list[EventPlaced]:
    """One version in several messages."""
    whole = (placed, *others)
    members = others[-1].members
    return [
        each.model_copy(update={"version": placed.version, "members": members, "complete": each is whole[-1]})
        for each in whole
    ]


def test_a_version_in_parts_is_whole_with_the_last_one(stream: list[EventPlaced]) -> None:
    first, second, third = parts_of(*stream[1:4])
    assert not after(stream[0], first, second).is_complete
    state = after(stream[0], first, second, third)
    assert state.is_complete
    assert len(state.members) == 4


def test_parts_that_come_again_change_nothing_that_shows(stream: list[EventPlaced]) -> None:
    first, second, third = parts_of(*stream[1:4])
    again = after(stream[0], first, second, first, second, third, first, third)
    once = after(stream[0], first, second, third)
    assert again.placed == once.placed
    assert again.event_record == once.event_record
    assert sorted(again.members) == sorted(once.members)


def test_no_version_may_follow_one_of_which_a_part_is_missing(stream: list[EventPlaced]) -> None:
    first, second, _ = parts_of(*stream[1:4])
    with pytest.raises(MissedChangesError, match="version 5 came, we have version 2"):
        after(stream[0], first, second, stream[4])


def test_old_messages_of_an_event_that_has_ended_are_harmless(stream: list[EventPlaced]) -> None:
    state = after(*stream)
    assert state.has_ended
    assert not any(state.apply_placed(placed, LOG) for placed in stream)
    with pytest.raises(MissedChangesError):
        state.apply_placed(stream[4].model_copy(update={"version": 6, "status": EventStatus.OPEN}), LOG)


def test_the_end_of_an_event_may_come_in_parts(stream: list[EventPlaced]) -> None:
    first, second = parts_of(*stream[1:3])
    state = after(stream[0], *(each.model_copy(update={"status": EventStatus.CLOSED}) for each in (first, second)))
    assert state.has_ended
    assert state.is_complete


def test_what_was_on_its_way_on_a_log_that_is_gone_is_not_waited_for(stream: list[EventPlaced]) -> None:
    state = after(*stream[:2])
    assert state.apply_placed(stream[3], OTHER_LOG)
    assert state.gapped
    assert sorted(state.members) == sorted(map(id_of, (0, 1, 3)))
    assert state.apply_placed(stream[4], OTHER_LOG)


def test_after_a_new_log_versions_follow_each_other_again(stream: list[EventPlaced]) -> None:
    state = after(stream[0])
    assert state.apply_placed(stream[2], OTHER_LOG)
    with pytest.raises(MissedChangesError):
        state.apply_placed(stream[4], OTHER_LOG)


def test_an_event_may_have_begun_on_an_earlier_log(stream: list[EventPlaced]) -> None:
    state = EventState()
    assert state.apply_placed(stream[2], LOG, from_start=False)
    assert state.gapped
    assert list(state.members) == [id_of(2)]


def test_changes_of_articles_that_joined_have_their_vectors_also_of_those_that_are_packed(
    stream: list[EventPlaced],
) -> None:
    state = after(*stream[:2])
    first, second = (state.members[id_of(number)] for number in (0, 1))
    vectors = {member.article.article_id: member.lead_vector for member in (first, second)}
    second.pack()
    view = build_view(state.event_record, [first, second], LetterEmbedder())
    changes = state.replace_published_view(view)
    told = {change.article_id: (change.lead_vector, change.vector_model) for change in changes if change.lead_vector}
    assert told == vectors
    assert {change.kind for change in changes if change.lead_vector} == {ChangeKind.ARTICLE_JOINED}
    assert stream[0].joined[0].lead_vector == vectors[id_of(0)][0]
