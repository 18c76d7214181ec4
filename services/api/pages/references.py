"""Sentences of dedupe that name events and articles by their ids, with words and links in their place. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import clipped, shown
from services.api.pages.links import article_page
from services.api.summaries import event_page
from services.contracts.event import Event

_ID = re.compile(r"\b(?:evt|art)_[0-9a-f]{20}\b")


@dataclass(frozen=True)
class Piece:
    """Words, and the page that they lead to, if any."""

    text: str
    page: str | None = None


Pieces = tuple[Piece, ...]


class References:
    """Puts names in the place of ids."""

    def __init__(self, index: ArticleIndex | None = None, headlines: Mapping[str, str] | None = None) -> None:
        """Articles are named by `index`, events by their `headlines` (by id), as far as these know them."""
        self._index = index or ArticleIndex()
        self._headlines = headlines or {}

    def pieces(self, sentence: str) -> Pieces:
        """The sentence, cut where links begin and end."""
        sentence = clipped(sentence)
        pieces: list[Piece] = []
        end = 0
        for found in _ID.finditer(sentence):
            pieces += [Piece(sentence[end : found.start()]), self._named(found.group())]
            end = found.end()
        pieces.append(Piece(sentence[end:]))
        return tuple(piece for piece in pieces if piece.text)

    def _named(self, id_: str) -> Piece:
        if id_.startswith("evt_"):
            headline = shown(self._headlines.get(id_))
            return Piece(f"“{headline}”" if headline else "another event", event_page(id_))
        number = self._index.number(id_)
        return Piece(f"article {number} ({self._index.outlet(id_)})" if number else "an article", article_page(id_))


def named_events(event: Event) -> list[str]:
    """Ids of the other events that sentences on the page of this one name."""
    memberships = [article.membership for article in event.articles]
    ids = (
        *(entry.event_id for entry in event.lineage),
        *(nearest.event_id for nearest in (event.nearest, *(each.nearest for each in memberships)) if nearest),
        *(membership.runner_up for membership in memberships if membership.runner_up),
    )
    return list(dict.fromkeys(ids))
