"""Dead letters: the untouched message with the reason and where it came from."""

from collections import deque

from services.contracts import dead_letter
from services.contracts.topics import Topic
from services.runtime.errors import TooManyFailures
from services.runtime.messages import RawMessage, Record
from services.runtime.settings import RuntimeSettings


def dead_letter_record(
    raw: RawMessage, topic: Topic, *, service: str, prefix: str, reason: str, exception: str
) -> Record:
    """The record that goes to the dead letters: key, value and headers as they were, our headers added."""
    headers = [
        *raw.headers,
        (dead_letter.SERVICE, service.encode()),
        (dead_letter.REASON, reason.encode("utf-8", "replace")),
        (dead_letter.EXCEPTION, exception.encode()),
        (dead_letter.ORIGIN_TOPIC, raw.topic.encode()),
        (dead_letter.ORIGIN_PARTITION, str(raw.partition).encode()),
        (dead_letter.ORIGIN_OFFSET, str(raw.offset).encode()),
    ]
    return prefix + topic.dead_letters(service), raw.key, raw.value, headers


class FailureLimit:
    """Stops a service that sends nearly everything to the dead letters: then the fault is its own."""

    def __init__(self, settings: RuntimeSettings) -> None:
        self._window: deque[bool] = deque(maxlen=settings.failure_window_messages)
        self._minimum = settings.failure_minimum_messages
        self._share = settings.failure_share

    def note(self, *, handled: int, failed: int) -> None:
        """Count a batch's outcomes.

        Raises:
            TooManyFailures: the share of dead letters among the last messages is over the limit.
        """
        self._window.extend([True] * failed + [False] * handled)
        failures = sum(self._window)
        if failures >= self._minimum and failures >= self._share * len(self._window):
            raise TooManyFailures(
                f"{failures} of the last {len(self._window)} messages failed: stopping before the rest become dead "
                "letters too. Look at their reasons, mend the service, then redrive them."
            )
