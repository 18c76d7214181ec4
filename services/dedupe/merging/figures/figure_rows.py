"""Which figures stand in one row: the same thing, counted of the same occasion.

A measured amount (money, a share, a length) has a row where two origins give it: texts are full of others. So has a
small count of what nothing happened to ("two boxes").

A noun in common is not enough: the reports of an event are about many states, jobs and deaths. Differing figures share
a row only if nothing distinguishes their things and their sentences have enough in common; equal ones need less.
"""

from bisect import insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from services.contracts.event_claims import Outlook
from services.dedupe.merging.figures.figure_mention import (
    FigureMention,
    RowKey,
    have_same_figure_source,
)
from services.dedupe.merging.figures.increments import build_increment_sums
from services.dedupe.merging.figures.row_labels import find_row_label, name_row_by_noun
from services.dedupe.merging.figures.same_thing import WordRarity
from services.dedupe.merging.figures.thing_groups import ThingGroups
from services.dedupe.merging.figures.verdicts import can_both_hold
from services.dedupe.merging.same_objects import are_same_objects
from services.dedupe.merging.size_limits import keep_first_and_last

_SMALL_COUNT = 5
"""Below this a count of what nothing happened to, as of "two boxes", is no figure of the event."""


@dataclass(frozen=True, eq=False)
class FigureRow:
    """A row of the table.

    Attributes:
        key: What it counts.
        mentions: Its figures in publication order, then what follows from them.
    """

    key: RowKey
    mentions: tuple[FigureMention, ...]

    @cached_property
    def plain_label(self) -> str | None:
        """What it counts, for readers; None where no words say it plainly."""
        return find_row_label(self.key, self.mentions)

    @property
    def label(self) -> str:
        """The same, or its mere noun."""
        return self.plain_label or name_row_by_noun(self.key, self.mentions)


class NounRows:
    """The rows of one noun and unit, kept while an event grows; the same object for a row that is as it was.

    Attributes:
        left_out: How many figures are in no row because too many are of this noun.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.left_out = 0
        self._given: Sequence[FigureMention] = ()
        self._rarity: WordRarity | None = None
        self._rows: list[FigureRow] = []
        self._wordings: dict[bytes, list[FigureMention]] = {}
        self._other_counts: dict[str, tuple[Sequence[FigureMention], list[FigureMention]]] = {}
        self._things = ThingGroups()

    @property
    def has_several_figures(self) -> bool:
        """Whether there are figures to be compared."""
        return len(self._given) > 1

    def update_rows(self, mentions: Sequence[FigureMention], rarity: WordRarity) -> list[FigureRow]:
        """Group all figures of the noun, in whatever order they are listed. `rarity`: of words in the event."""
        is_same = are_same_objects(mentions, self._given)
        if is_same and rarity is self._rarity:
            return self._rows
        if not is_same:
            self._update_wordings(mentions)
        self._given, self._rarity = mentions, rarity
        kept = keep_first_and_last(sorted(self._wordings.values(), key=lambda same: same[0].order))
        self.left_out = len(mentions) - sum(map(len, kept))
        same = {wording[0]: wording for wording in self._add_other_counts(kept)}
        groups = [
            sorted((mention for first in group for mention in same[first]), key=lambda mention: mention.order)
            for group in self._things.update_groups(list(same), rarity)
        ]
        self._rows = _build_rows(groups, {row.mentions[0]: row for row in self._rows})
        return self._rows

    def _update_wordings(self, mentions: Sequence[FigureMention]) -> None:
        """Keep the figures by what reprints repeat word by word, each wording in publication order."""
        now = set(mentions)
        before = set(self._given)
        for gone in before - now:
            same = self._wordings[gone.wording_key]
            same.remove(gone)
            if not same:
                del self._wordings[gone.wording_key]
        for mention in mentions:
            if mention not in before:
                insort(self._wordings.setdefault(mention.wording_key, []), mention, key=lambda one: one.order)

    def _add_other_counts(self, wordings: Sequence[Sequence[FigureMention]]) -> list[list[FigureMention]]:
        """The figures of each wording, each with what else its article counts of the noun."""
        by_article: dict[str, list[FigureMention]] = {}
        for mention in (one for same in wordings for one in same):
            by_article.setdefault(mention.article.article_id, []).append(mention)
        before, self._other_counts = self._other_counts, {}
        completed: dict[FigureMention, FigureMention] = {}
        for article_id, given in by_article.items():
            if len(given) == 1:
                continue
            given.sort(key=lambda mention: mention.order)
            known = before.get(article_id)
            if known is None or not are_same_objects(known[0], given):
                known = given, [_with_article_context(mention, given) for mention in given]
            self._other_counts[article_id] = known
            completed |= zip(*known, strict=True)
        return [[completed.get(one, one) for one in same] for same in wordings]


def _build_rows(
    groups: Sequence[Sequence[FigureMention]], known_rows: dict[FigureMention, FigureRow]
) -> list[FigureRow]:
    rows: dict[RowKey, FigureRow] = {}
    for group in groups:
        if len({mention.report.origin_id for mention in group}) == 1 and _needs_two_origins(group):
            continue
        key = _build_row_key(group)
        while key in rows:
            key = replace(key, number=key.number + 1)
        rows[key] = FigureRow(key, (*group, *build_increment_sums(group)))
    kinds = Counter(replace(key, number=0) for key in rows)
    several = (
        replace(row, key=replace(key, is_among_several=True)) if kinds[replace(key, number=0)] > 1 else row
        for key, row in rows.items()
    )
    return [_as_before(row, known_rows.get(row.mentions[0])) for row in several]


def _as_before(row: FigureRow, known_row: FigureRow | None) -> FigureRow:
    """The row that is known already, where it is the same."""
    if known_row is None or known_row.key != row.key or not are_same_objects(known_row.mentions, row.mentions):
        return row
    return known_row


def _needs_two_origins(mentions: Sequence[FigureMention]) -> bool:
    """Whether what one origin gives makes no row: money and the like, small counts of a mere noun, "millions"."""
    if mentions[0].thing.is_measured:
        return True
    return all(
        mention.thing.fate is None and (abs(mention.quantity.value) < _SMALL_COUNT or mention.says_no_number)
        for mention in mentions
    )


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


def _build_row_key(row_mentions: Sequence[FigureMention]) -> RowKey:
    """What a row counts: its mentions have one noun and unit; names are written as in the mention with most names."""
    fullest = max(row_mentions, key=lambda mention: len(mention.thing.names))
    surfaces = (fullest.quantity.counted or "").split()[:-1] if fullest.thing.names else []
    return RowKey(
        noun=row_mentions[0].thing.noun,
        names=tuple(word for word in surfaces if word[:1].isupper()),
        fate=next((mention.thing.fate for mention in row_mentions if mention.thing.fate is not None), None),
        unit=row_mentions[0].thing.unit,
        measured=row_mentions[0].thing.is_measured,
    )
