"""Items whose pages did not come: what to remember of them, and when to try again. Pure."""

from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from services.contracts.base import UtcDatetime
from services.ingest.feeds.feed import Item
from services.ingest.fetching.fetched import Outcome

MAX_PENDING = 200
"""Of one feed. Further ones are given up at once, which is counted."""
RETRY_MINUTES = (5, 30, 120, 360, 1440)
"""How long to wait after the first failure, the second, and so on. After the last one the page is given up."""
NO_ARTICLE = "no_article"
"""The page came and holds none: some are filled in later."""
TRIES_OF_DOUBTFUL = 2
DOUBTFUL = frozenset({NO_ARTICLE, Outcome.NOT_FOUND, Outcome.CLIENT_ERROR, Outcome.EMPTY})
"""What may be well in a moment, though mostly it is not."""
FINAL = frozenset(
    {
        Outcome.GONE,
        Outcome.FORBIDDEN,
        Outcome.DISALLOWED,
        Outcome.RIGHTS_RESERVED,
        Outcome.REFUSED_ADDRESS,
        Outcome.WRONG_TYPE,
        Outcome.TOO_LARGE,
        Outcome.TOO_MANY_REDIRECTS,
    }
)
"""What another try does not change."""


class PendingItem(BaseModel):
    """An item whose page is to be tried again."""

    model_config = ConfigDict(frozen=True)

    item: Item
    keys: tuple[str, ...]
    fingerprint: str
    tries: int
    """Made so far."""
    due_at: UtcDatetime
    reason: str
    """What the last try came to, in one line."""

    @property
    def key(self) -> str:
        """Where it is kept."""
        return self.keys[0]


def due_again(outcome: str, tries: int, at: datetime) -> datetime | None:
    """When to try a page again; None to give it up.

    Args:
        outcome: what the last try came to: of the fetch, or `NO_ARTICLE`.
        tries: made so far, this one included.
        at: now.
    """
    most = TRIES_OF_DOUBTFUL if outcome in DOUBTFUL else len(RETRY_MINUTES)
    if outcome in FINAL or tries > most:
        return None
    return at + timedelta(minutes=RETRY_MINUTES[tries - 1])
