from datetime import UTC, datetime, timedelta

import pytest

from services.api.history.entries import (
    ChangeEntry,
    VersionEntry,
    later_of,
    milliseconds_of,
    moment_of,
    place_after,
    place_at,
    place_of,
    place_since,
)

START = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
ENTRIES = [
    VersionEntry(version, milliseconds_of(START + timedelta(minutes=minutes)), "0123456789ab")
    for version, minutes in ((1, 0), (2, 5), (5, 5), (6, 9))
]


def test_entries_come_back_as_they_were() -> None:
    change = ChangeEntry(7, 1_772_539_200_000, 5)
    assert [VersionEntry.parse(entry.text().encode()) for entry in ENTRIES] == ENTRIES
    assert ChangeEntry.parse(change.text().encode()) == change


def test_times_come_back_to_the_millisecond_whatever_the_year() -> None:
    for moment in (START, datetime(1931, 5, 1, 3, 4, 5, 678_000, UTC), datetime(9000, 1, 1, tzinfo=UTC)):
        assert moment_of(milliseconds_of(moment)) == moment


@pytest.mark.parametrize(("version", "place"), [(1, 0), (2, 1), (3, None), (5, 2), (6, 3), (7, None), (0, None)])
def test_a_version_is_found_where_it_is_kept(version: int, place: int | None) -> None:
    assert place_of(ENTRIES, version) == place


@pytest.mark.parametrize(("version", "place"), [(0, 0), (1, 1), (3, 2), (6, 4), (9, 4)])
def test_the_versions_after_one_are_found_also_where_it_is_not_kept(version: int, place: int) -> None:
    assert place_after(ENTRIES, version) == place


@pytest.mark.parametrize(("minutes", "place"), [(-1, None), (0, 0), (4, 0), (5, 2), (8, 2), (9, 3), (999, 3)])
def test_as_of_a_moment_the_latest_version_counts(minutes: float, place: int | None) -> None:
    assert place_at(ENTRIES, START + timedelta(minutes=minutes)) == place


@pytest.mark.parametrize(("seconds", "place"), [(-1, 0), (0, 0), (0.0001, 1), (300, 1), (301, 3), (999, 4)])
def test_since_a_moment_its_own_version_counts_too(seconds: float, place: int) -> None:
    assert place_since(ENTRIES, START + timedelta(seconds=seconds)) == place


def test_time_never_runs_backwards_from_one_version_to_the_next() -> None:
    assert later_of(START, ENTRIES[-1]) == ENTRIES[-1].at_ms
    assert later_of(START, None) == ENTRIES[0].at_ms
