"""The figures of one noun by what reprints repeat word by word, kept while an event grows.

Of the wordings so many are put into rows as `keep_first_and_last` lets through. Each of their figures goes there with
what else its article counts of the noun.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from services.contracts.event_claims import Outlook
from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.figures.figure_mention import FigureMention, have_same_figure_source
from services.dedupe.merging.figures.verdicts import can_both_hold
from services.dedupe.merging.size_limits import keep_first_and_last
from services.dedupe.same_objects import list_different_objects


@dataclass(eq=False, slots=True)
class FigureWording:
    """Figures that are the same word by word. It is equal to itself alone.

    Attributes:
        mentions: All of them, in publication order.
        listed: Those of them that are put into rows: all or none.
        completed: The same, each with what else its article counts of the noun.
    """

    mentions: list[FigureMention] = field(default_factory=list)
    listed: Sequence[FigureMention] = ()
    completed: Sequence[FigureMention] = ()


class NounFigures:
    """The figures of one noun.

    Attributes:
        kept: Wordings that are put into rows, in publication order.
        count: How many figures there are.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.kept: Sequence[FigureWording] = ()
        self.count = 0
        self._by_key: dict[bytes, FigureWording] = {}
        self._in_order = KeptOrder[FigureWording]()
        self._by_article: dict[str, list[FigureMention]] = {}
        """Of the figures that are put into rows."""
        self._completed: dict[FigureMention, FigureMention] = {}
        """Of those whose article has several."""

    @property
    def left_out(self) -> int:
        """How many figures are in no row because too many are of this noun."""
        return self.count - sum(len(wording.listed) for wording in self.kept)

    def update_figures(self, gone: Iterable[FigureMention], new: Iterable[FigureMention]) -> set[FigureWording]:
        """Remove and add figures; return the wordings of which others than before are put into rows, or none."""
        touched = self._update_wordings(gone, new)
        if not touched:
            return set()
        before, self.kept = set(self.kept), tuple(keep_first_and_last(self._in_order.values))
        now = set(self.kept)
        changed = {wording for wording in touched if wording in now} | (before ^ now)
        for article_id in self._update_listed(changed, now):
            changed |= self._complete_article(article_id)
        for wording in changed:
            is_plain = self._completed.keys().isdisjoint(wording.listed)
            wording.completed = (
                wording.listed if is_plain else [self._completed.get(one, one) for one in wording.listed]
            )
        return changed

    def _update_wordings(self, gone: Iterable[FigureMention], new: Iterable[FigureMention]) -> set[FigureWording]:
        """Remove and add figures; return their wordings."""
        touched: dict[bytes, FigureWording] = {}
        for mention in (*gone, *new):
            if mention.wording_key not in touched:
                wording = touched[mention.wording_key] = self._by_key.pop(mention.wording_key, FigureWording())
                if wording.mentions:
                    self._in_order.remove((wording.mentions[0].order, mention.wording_key), wording)
        for mention in gone:
            touched[mention.wording_key].mentions.remove(mention)
            self.count -= 1
        for mention in new:
            insort(touched[mention.wording_key].mentions, mention, key=lambda one: one.order)
            self.count += 1
        for key, wording in touched.items():
            if wording.mentions:
                self._by_key[key] = wording
                self._in_order.add((wording.mentions[0].order, key), wording)
        return set(touched.values())

    def _update_listed(self, changed: Iterable[FigureWording], kept: set[FigureWording]) -> set[str]:
        """Note which figures are put into rows; return the articles that have others there than before."""
        articles: set[str] = set()
        for wording in changed:
            before, now = wording.listed, tuple(wording.mentions) if wording in kept else ()
            gone, new = list_different_objects(before, now)
            for mention in gone:
                articles.add(mention.article.article_id)
                self._by_article[mention.article.article_id].remove(mention)
                self._completed.pop(mention, None)
            for mention in new:
                articles.add(mention.article.article_id)
                insort(self._by_article.setdefault(mention.article.article_id, []), mention, key=lambda one: one.order)
            wording.listed = now
        return articles

    def _complete_article(self, article_id: str) -> set[FigureWording]:
        """Complete the figures of an article by each other; return their wordings."""
        mentions = self._by_article[article_id]
        if not mentions:
            del self._by_article[article_id]
        for mention in mentions:
            completed = _with_article_context(mention, mentions)
            if completed is mention:
                self._completed.pop(mention, None)
            else:
                self._completed[mention] = completed
        return {self._by_key[mention.wording_key] for mention in mentions}


def _with_article_context(mention: FigureMention, article_mentions: Sequence[FigureMention]) -> FigureMention:
    others = [other for other in article_mentions if other is not mention and other.thing.fate == mention.thing.fate]
    if not others:
        return mention
    return replace(
        mention,
        lesser=any(_is_part_of_larger_count(mention, other) for other in others),
        other_counts=tuple(dict.fromkeys(other.quantity for other in others if other.source == mention.source)),
    )


def _is_part_of_larger_count(mention: FigureMention, larger_mention: FigureMention) -> bool:
    """Whether an article that gives both can mean the one as a part of the other: smaller, and by one source."""
    if (
        mention.thing.fate is None
        or mention.quantity.increment
        or larger_mention.context.outlook is not Outlook.CURRENT
    ):
        return False
    if (
        mention.source is not None
        and larger_mention.source is not None
        and not have_same_figure_source(mention, larger_mention)
    ):
        return False
    return larger_mention.quantity.value > mention.quantity.value and not can_both_hold(
        mention.quantity, larger_mention.quantity
    )
