"""Dead letters: the untouched message with the reason and where it came from."""

from collections import deque

from services.contracts import dead_letter
from services.contracts.topics import MAX_MESSAGE_BYTES, Topic
from services.runtime.errors import TooManyFailures
from services.runtime.messages import Headers, RawMessage, Record
from services.runtime.settings import RuntimeSettings

MAX_REASON_CHARS = 1_000
"""Of a reason: it can name fields that the message itself made up, of any length."""
MAX_KEY_AND_HEADERS_BYTES = 32 * 1024
"""Of the message: half of what a record may have beside its value. Ours need the rest."""


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


class FailureLimit:
    """Stops a service that sends nearly everything to the dead letters: then the fault is its own."""

    def __init__(self, settings: RuntimeSettings) -> None:
        self._window_messages = settings.failure_window_messages
        self._minimum = settings.failure_minimum_messages
        self._share = settings.failure_share
        self._batches: deque[tuple[int, int]] = deque()
        """Messages and failures of the latest batches: as few as fill the window."""

    def note(self, *, handled: int, failed: int) -> None:
        """Count a batch's outcomes.

        Raises:
            TooManyFailures: the share of dead letters among the last messages is over the limit.
        """
        self._batches.append((handled + failed, failed))
        messages = sum(size for size, _ in self._batches)
        while messages - self._batches[0][0] >= self._window_messages:
            messages -= self._batches.popleft()[0]
        failures = sum(failures for _, failures in self._batches)
        if failures >= self._minimum and failures >= self._share * messages:
            raise TooManyFailures(
                f"{failures} of the last {messages} messages failed: stopping before the rest become dead "
                "letters too. Look at their reasons, mend the service, then redrive them."
            )
