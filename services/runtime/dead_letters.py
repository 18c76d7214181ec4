"""Dead letters: the untouched message with the reason and where it came from."""

import time
from collections import deque
from collections.abc import Callable

import structlog

from services.contracts import dead_letter
from services.contracts.topics import MAX_MESSAGE_BYTES, Topic
from services.runtime.errors import TooManyFailures
from services.runtime.messages import Headers, RawMessage, Record
from services.runtime.settings import RuntimeSettings

log = structlog.get_logger()

MAX_REASON_CHARS = 1_000
"""Of a reason: it can name fields that the message itself made up, of any length."""
MAX_KEY_AND_HEADERS_BYTES = 32 * 1024
"""Of the message: half of what a record may have beside its value. Ours need the rest."""
GARBAGE_LOG_SECONDS = 60.0
"""Pause between two lines that say that nearly all records are garbage."""


def dead_letter_record(
    raw: RawMessage, topic: Topic, *, service: str, prefix: str, reason: str, exception: str
) -> Record:
    """The record that goes to the dead letters: key, value and headers as they were, our headers added.

    It can always be published, or the message would stop its consumer for good: a value above the limit is left out,
    and so are key and headers that are far above any use. Where it came from tells where to find them.
    """
    small = _size(raw.key, raw.headers) <= MAX_KEY_AND_HEADERS_BYTES
    headers: Headers = [
        *(raw.headers if small else ()),
        (dead_letter.SERVICE, service.encode()),
        (dead_letter.REASON, _bounded(reason).encode("utf-8", "replace")),
        (dead_letter.EXCEPTION, exception.encode()),
        (dead_letter.ORIGIN_TOPIC, raw.topic.encode()),
        (dead_letter.ORIGIN_PARTITION, str(raw.partition).encode()),
        (dead_letter.ORIGIN_OFFSET, str(raw.offset).encode()),
    ]
    value = raw.value if raw.value is not None and len(raw.value) <= MAX_MESSAGE_BYTES else None
    return prefix + topic.dead_letters(service), raw.key if small else None, value, headers


def _size(key: bytes | None, headers: Headers) -> int:
    return len(key or b"") + sum(len(name.encode()) + len(value or b"") for name, value in headers)


def _bounded(reason: str) -> str:
    return reason if len(reason) <= MAX_REASON_CHARS else f"{reason[:MAX_REASON_CHARS]}…"


class _Share:
    """What share of the last messages failed, looked at batch by batch."""

    def __init__(self, settings: RuntimeSettings) -> None:
        self._window_messages = settings.failure_window_messages
        self._minimum = settings.failure_minimum_messages
        self._share = settings.failure_share
        self._batches: deque[tuple[int, int]] = deque()
        """Messages and failures of the latest batches: as few as fill the window."""

    def over_limit(self, messages: int, failed: int) -> str | None:
        """Count a batch; how many failed of how many, if that is too much."""
        self._batches.append((messages, failed))
        total = sum(size for size, _ in self._batches)
        while total - self._batches[0][0] >= self._window_messages:
            total -= self._batches.popleft()[0]
        failures = sum(failures for _, failures in self._batches)
        too_many = failures >= self._minimum and failures >= self._share * total
        return f"{failures} of the last {total}" if too_many else None


class Failures:
    """Tells whose fault it is that messages cannot be used.

    Records that are not messages of the topic are the fault of whoever wrote them: they never stop us, however many
    they are. Messages that are in order and that the handler rejects nearly all are our own fault: then we stop.
    """

    def __init__(self, settings: RuntimeSettings, now: Callable[[], float] = time.monotonic) -> None:
        """`now` is in seconds."""
        self._garbage = _Share(settings)
        self._rejected = _Share(settings)
        self._now = now
        self._silent_until = 0.0

    def note(self, *, messages: int, rejected: int, garbage: int) -> None:
        """Count a batch before anything of it is published. `messages` includes the rejected ones.

        Raises:
            TooManyFailures: the share of rejected messages among the last ones is over the limit.
        """
        unusable = self._garbage.over_limit(messages + garbage, garbage)
        if unusable and self._now() >= self._silent_until:
            self._silent_until = self._now() + GARBAGE_LOG_SECONDS
            log.error("somebody writes garbage to the topic", unusable=f"{unusable} records")
        too_many = self._rejected.over_limit(messages, rejected)
        if too_many:
            raise TooManyFailures(
                f"the service rejected {too_many} messages, though they are in order: it stops before the rest become "
                'dead letters. Nothing of this batch was published or committed. See the runbook, "Dead letters".'
            )
