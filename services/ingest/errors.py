"""What is wrong with a submission, said so that its sender can put it right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class FieldError:
    """One thing wrong with one field. An empty `field`: the row as a whole."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message


class InvalidSubmission(Exception):  # noqa: N818 - a fact about the submission
    """A row that cannot become an article, with everything that is wrong with it."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = tuple(errors)

    @classmethod
    def of(cls, field: str, message: str) -> Self:
        """With a single fault."""
        return cls([FieldError(field, message)])


class LeftOut(InvalidSubmission):
    """A row that is rightly no article: withheld, embargoed, a picture. A file that has such rows has no fault."""
