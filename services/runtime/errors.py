"""The failures that the runtime tells apart. Any other exception is our bug and stops the service."""


class InvalidMessage(Exception):  # noqa: N818 - a fact about the message, named as in the docs
    """The message can never be used: it goes to the dead letters at once, with this text as the reason."""


class TransientError(Exception):
    """A dependency does not answer for now: try again with backoff, then stop without committing."""


class StoreFull(TransientError):  # noqa: N818 - a fact about the store
    """The store can be read but takes no writes: its memory or its disk is full.

    Starting again does not help. Wait until somebody has made room, however long that takes; do not stop.
    """


class Fenced(Exception):  # noqa: N818 - a fact about the writer
    """Another writer has taken this partition over: nothing more may be written for it."""


class StateLost(Exception):  # noqa: N818 - a fact about the store
    """The store is not where we left it (it lost its last second, or was emptied): load again and repeat."""


class NewerProducer(Exception):  # noqa: N818 - a fact about the message
    """A message of a newer version of the contract that we cannot read: a newer consumer can. Stop, lose nothing."""


class TooManyFailures(Exception):  # noqa: N818 - a verdict
    """The handler rejects nearly every message: the fault is ours. Stop before all become dead letters."""
