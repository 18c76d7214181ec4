"""Whether the disk of a data folder takes writes."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LOOK_SECONDS = 2.0
"""Pause between two looks."""
_PROBE_BYTES = 64 * 1024


class Disk:
    """The disk of a folder. It says once when writing fails, and once when it works again.

    A file is written each time: the free space that a file system reports says nothing about quotas, space that only
    root may use, or a disk that has become read-only.
    """

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        """Set up. `say`: where messages for people go."""
        self.is_full = False
        """Whether writing failed when it was last looked at."""
        self._folder = folder
        self._probe = folder / ".disk-probe"
        self._say = say
        self._looked: float | None = None

    def look(self, now_seconds: float) -> None:
        """See whether the disk takes writes, if that is due at this moment of a steady clock."""
        if self._looked is None or now_seconds - self._looked >= LOOK_SECONDS:
            self.look_now(now_seconds)

    def look_now(self, now_seconds: float) -> bool:
        """See at once; whether the disk is full."""
        self._looked = now_seconds
        error = self.try_to_write()
        if error is not None:
            self._note_full(error)
        else:
            self._note_room()
        return self.is_full

    def try_to_write(self) -> OSError | None:
        """Write a file and delete it; what went wrong, if anything did. Nothing is said."""
        try:
            self._probe.write_bytes(bytes(_PROBE_BYTES))
            self._probe.unlink()
        except OSError as error:
            with suppress(OSError):
                self._probe.unlink()
            return error
        return None

    def _note_full(self, error: OSError) -> None:
        if not self.is_full:
            self._say(
                f"cannot write to {self._folder}: {error.strerror}. No articles are taken until that works again; "
                "pages are served. Free space on that disk: everything goes on by itself"
            )
        self.is_full = True

    def _note_room(self) -> None:
        if self.is_full:
            self._say(f"{self._folder} can be written again")
        self.is_full = False
