"""What resolving sources needs of a claim, whatever else is known of it."""

from typing import Protocol

from services.contracts.article import Article
from services.contracts.claim import Claim


class Attributed(Protocol):
    """A claim in its article, with the speaker and the chain of sources that the extractor found."""

    @property
    def article(self) -> Article:
        """The article."""
        ...

    @property
    def claim(self) -> Claim:
        """The claim."""
        ...
