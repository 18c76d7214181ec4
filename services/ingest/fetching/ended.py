"""The exception by which a fetch ends early."""

from services.ingest.fetching.fetched import Outcome

MAX_REASON_CHARS = 200


class FetchEnded(Exception):  # noqa: N818 - most ends are the web's doing, and none is an error of ours
    """The fetch is over: with this outcome, for this reason. It never leaves the fetcher."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        self.outcome = outcome
        self.reason = one_line(reason)
        super().__init__(self.reason)


def one_line(text: str) -> str:
    """The text for logs and lists: printable, in one line, not long. A server may have written parts of it."""
    printable = "".join(char if char.isprintable() else " " for char in text[: 2 * MAX_REASON_CHARS])
    return " ".join(printable.split())[:MAX_REASON_CHARS]
