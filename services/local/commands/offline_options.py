"""Options that the offline commands share."""

from typing import Annotated

import typer
from rich.console import Console

from services.local.errors import UserError

InArgument = Annotated[
    str, typer.Argument(metavar="IN.jsonl[.gz]", help="JSON Lines, also gzipped; - for standard input.")
]
OutOption = Annotated[
    str, typer.Option("--out", "-o", metavar="OUT.jsonl", help="Where rows go, one a line; - for standard output.")
]
SkipBadOption = Annotated[
    bool, typer.Option("--skip-bad", help="Leave rows out that cannot be used, rather than stop at the first.")
]
_MOST_TOLD = 20


class BadRows:
    """Stops at a row that cannot be used, or counts it."""

    def __init__(self, console: Console, *, skip: bool) -> None:
        """Start with none."""
        self._console = console
        self._skip = skip
        self._count = 0
        self._left_out = 0

    def add(self, message: str) -> None:
        """Take note of one.

        Raises:
            UserError: Rows are not to be skipped.
        """
        if not self._skip:
            raise UserError(f"{message}\n--skip-bad leaves such rows out")
        self._count += 1
        if self._count <= _MOST_TOLD:
            self._print(f"left out: {message}")

    def leave_out(self, message: str) -> None:
        """Take note of one that is rightly no article, such as an item under embargo: this ends nothing."""
        self._left_out += 1
        if self._left_out <= _MOST_TOLD:
            self._print(f"no article: {message}")

    def tell(self) -> None:
        """Say how many were left out."""
        if self._count:
            self._print(f"{self._count:,} rows left out")
        if self._left_out:
            self._print(f"{self._left_out:,} items were no articles")

    def _print(self, message: str) -> None:
        self._console.print(message, markup=False, highlight=False, soft_wrap=True)


class PassedOver:
    """Passes every row over that cannot be used, in silence: it is told of when the rows are read again."""

    def add(self, message: str) -> None:
        """Nothing."""

    def leave_out(self, message: str) -> None:
        """Nothing."""
