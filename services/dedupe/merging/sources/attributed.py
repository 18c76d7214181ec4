"""What resolving sources needs of an article and its claims, whatever else is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.contracts.claim import Claim, ExtractedArticle
from services.dedupe.merging.same_objects import are_same_objects


class Attributed(Protocol):
    """A claim in its article, with the speaker and the chain of sources that the extractor found."""

    @property
    def claim(self) -> Claim:
        """The claim."""
        ...


@dataclass(frozen=True, slots=True)
class AttributedArticle:
    """An article with what it says of sources.

    Attributes:
        extracted: The article with the names that its extractor lists; some list none.
        claims: Those of its claims that count, in order.
    """

    extracted: ExtractedArticle
    claims: Sequence[Attributed]

    def is_same(self, other: "AttributedArticle") -> bool:
        """Whether another is made of the very same objects."""
        return self.extracted is other.extracted and are_same_objects(self.claims, other.claims)
