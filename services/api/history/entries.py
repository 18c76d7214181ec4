"""The index of an event's history: one entry a version, in order of versions and of time. Pure.

Times are those at which the broker took the message that told the version: when it was first to be had. They are in the
log, so a replay gives the same ones. Where a later version has an earlier time (the clocks of two producers), it counts
as of the same moment: as of any time, an event has one version.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class VersionEntry:
    """A version of an event's snapshot."""

    version: int
    at_ms: int
    """When it was first to be had, in ms since 1970."""
    digest: str
    """As in the event's mark: the beginning of the hash of its bytes."""

    @property
    def at(self) -> datetime:
        """When it was first to be had."""
        return moment_of(self.at_ms)

    def text(self) -> str:
        """As the store keeps it."""
        return f"{self.version} {self.at_ms} {self.digest}"

    @staticmethod
    def parse(text: bytes) -> "VersionEntry":
        """What `text` gave."""
        version, at_ms, digest = text.decode().split(" ")
        return VersionEntry(int(version), int(at_ms), digest)


@dataclass(frozen=True)
class ChangeEntry:
    """A version of an event that changes lead to."""

    version: int
    at_ms: int
    """When its first change was to be had, in ms since 1970."""
    previous_version: int
    """The version that the changes come from."""

    def text(self) -> str:
        """As the store keeps it."""
        return f"{self.version} {self.at_ms} {self.previous_version}"

    @staticmethod
    def parse(text: bytes) -> "ChangeEntry":
        """What `text` gave."""
        version, at_ms, previous_version = (int(part) for part in text.split(b" "))
        return ChangeEntry(version, at_ms, previous_version)


class _Entry(Protocol):
    @property
    def version(self) -> int: ...

    @property
    def at_ms(self) -> int: ...


E = TypeVar("E", bound=_Entry)


def moment_of(milliseconds: int) -> datetime:
    """The moment, in UTC."""
    return _EPOCH + timedelta(milliseconds=milliseconds)


def milliseconds_of(moment: datetime) -> int:
    """Whole milliseconds from 1970 to the moment (aware)."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def later_of(moment: datetime, before: _Entry | None) -> int:
    """The time of the entry that follows `before`, in ms since 1970: never earlier than that one's."""
    return max(milliseconds_of(moment), before.at_ms if before else 0)


def place_of(entries: Sequence[_Entry], version: int) -> int | None:
    """Where a version stands in the index; None: it is not there."""
    place = bisect_left(entries, version, key=lambda entry: entry.version)
    return place if place < len(entries) and entries[place].version == version else None


def place_after(entries: Sequence[_Entry], version: int) -> int:
    """Where the first version after this one stands, or would stand."""
    return bisect_right(entries, version, key=lambda entry: entry.version)


def place_at(entries: Sequence[_Entry], moment: datetime) -> int | None:
    """Where the version stands that was the latest at that moment; None: there was none yet."""
    place = bisect_right(entries, milliseconds_of(moment), key=lambda entry: entry.at_ms) - 1
    return place if place >= 0 else None


def place_since(entries: Sequence[_Entry], moment: datetime) -> int:
    """Where the first version of that moment or later stands, or would stand."""
    milliseconds = -((_EPOCH - moment) // timedelta(milliseconds=1))  # upwards
    return bisect_left(entries, milliseconds, key=lambda entry: entry.at_ms)
