"""What may not be asked."""

MAX_REASON_CHARS = 200


class RefusedAddress(Exception):  # noqa: N818 - a fact about the address
    """An address that leads to nothing that may be asked or connected to. `reason` says why, in one line."""

    def __init__(self, reason: str) -> None:
        self.reason = one_line(reason)
        super().__init__(self.reason)


def one_line(text: str) -> str:
    """The text for logs and lists: printable, in one line, not long. A server may have written parts of it."""
    printable = "".join(char if char.isprintable() else " " for char in text[: 2 * MAX_REASON_CHARS])
    return " ".join(printable.split())[:MAX_REASON_CHARS]
