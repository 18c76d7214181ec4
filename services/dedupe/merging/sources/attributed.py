"""What resolving sources needs of an article and its claims, whatever else is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.contracts.article import Article
from services.contracts.claim import ArticleName, Claim
from services.dedupe.same_objects import are_same_objects


class Attributed(Protocol):
    """A claim in its article, with the speaker and the chain of sources that the extractor found."""

    @property
    def claim(self) -> Claim:
        """The claim."""
        ...


class NamedArticle(Protocol):
    """An article with the names that its extractor lists; some list none."""

    @property
    def article(self) -> Article:
        """The article."""
        ...

    @property
    def names(self) -> Sequence[ArticleName]:
        """The names."""
        ...


@dataclass(frozen=True, slots=True)
class AttributedArticle:
    """An article with what it says of sources.

    Attributes:
        named: The article with its names.
        claims: Those of its claims that count, in order.
    """

    named: NamedArticle
    claims: Sequence[Attributed]

    def is_same(self, other: "AttributedArticle") -> bool:
        """Whether another is made of the very same objects."""
        return self.named is other.named and are_same_objects(self.claims, other.claims)
