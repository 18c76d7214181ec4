"""Which figures stand in one row: the same thing, counted of the same occasion.

A measured amount (money, a share, a length) has a row where two origins give it: texts are full of others. So has a
small count of what nothing happened to ("two boxes").

A noun in common is not enough: the reports of an event are about many states, jobs and deaths. Differing figures share
a row only if nothing distinguishes their things and their sentences have enough in common; equal ones need less.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Any

from services.dedupe.kept_order import sort_few_new
from services.dedupe.merging.figures.figure_mention import FigureMention, RowKey
from services.dedupe.merging.figures.increments import build_increment_sums
from services.dedupe.merging.figures.noun_figures import FigureWording, NounFigures
from services.dedupe.merging.figures.row_labels import find_row_label, name_row_by_noun
from services.dedupe.merging.figures.same_thing import WordRarity
from services.dedupe.merging.figures.thing_groups import ThingGroups

_REPORT, _NAMES = attrgetter("report"), attrgetter("thing.names")
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
    def has_two_origins(self) -> bool:
        """Whether two origins give it."""
        return any(mention.report.origin_id != self.mentions[0].report.origin_id for mention in self.mentions)

    @cached_property
    def report_identities(self) -> frozenset[int]:
        """Of the reports that its figures stand in: figures of one report have the very same one."""
        return frozenset(map(id, map(_REPORT, self.mentions)))

    @cached_property
    def plain_label(self) -> str | None:
        """What it counts, for readers; None where no words say it plainly."""
        return find_row_label(self.key, self.mentions)

    @property
    def label(self) -> str:
        """The same, or its mere noun."""
        return self.plain_label or name_row_by_noun(self.key, self.mentions)


@dataclass(eq=False, slots=True)
class _Thing:
    """Figures that count one thing.

    Attributes:
        mentions: The figures in publication order, then what follows from them.
        key: Of its row, if there is no other of the kind; None: it has no row.
        row: Its row.
    """

    mentions: tuple[FigureMention, ...]
    key: RowKey | None
    row: FigureRow | None = None


class NounRows:
    """The rows of one noun and unit, kept while an event grows; the same object for a row that is as it was.

    Attributes:
        rows: The rows.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.rows: list[FigureRow] = []
        self._figures = NounFigures()
        self._rarity: WordRarity | None = None
        self._groups = ThingGroups()
        self._things: dict[tuple[FigureWording, ...], _Thing] = {}

    @property
    def count(self) -> int:
        """How many figures there are of the noun."""
        return self._figures.count

    @property
    def left_out(self) -> int:
        """How many of them are in no row because too many are of this noun."""
        return self._figures.left_out

    def update_rows(self, gone: Iterable[FigureMention], new: Iterable[FigureMention], rarity: WordRarity) -> None:
        """Remove and add figures of the noun, in whatever order they are listed. `rarity`: of words in the event."""
        changed = self._figures.update_figures(gone, new)
        if not changed and rarity is self._rarity:
            return
        self._rarity = rarity
        before, self._things = self._things, {}
        by_first = {wording.completed[0]: wording for wording in self._figures.kept}
        for group in self._groups.update_groups(list(by_first), rarity):
            wordings = tuple(by_first[first] for first in group)
            known = before.get(wordings)
            is_unchanged = known is not None and changed.isdisjoint(wordings)
            self._things[wordings] = known if known is not None and is_unchanged else _build_thing(wordings, known)
        self.rows = _build_rows(self._things.values())


def _build_thing(wordings: Iterable[FigureWording], previous: _Thing | None) -> _Thing:
    mentions = sort_few_new(
        [mention for wording in wordings for mention in wording.completed],
        () if previous is None else previous.mentions,
        _mention_order,
    )
    is_of_one_origin = all(mention.report.origin_id == mentions[0].report.origin_id for mention in mentions)
    if is_of_one_origin and _needs_two_origins(mentions):
        return _Thing((), None)
    return _Thing((*mentions, *build_increment_sums(mentions)), _build_row_key(mentions))


def _mention_order(mention: FigureMention) -> Any:
    return mention.order


def _build_rows(things: Iterable[_Thing]) -> list[FigureRow]:
    """The rows of things that have one, the same objects where nothing has changed."""
    keyed: dict[RowKey, _Thing] = {}
    for thing in things:
        key = thing.key
        if key is None:
            continue
        while key in keyed:
            key = replace(key, number=key.number + 1)
        keyed[key] = thing
    kinds = Counter(replace(key, number=0) for key in keyed)
    return [
        _build_row(thing, replace(key, is_among_several=True) if kinds[replace(key, number=0)] > 1 else key)
        for key, thing in keyed.items()
    ]


def _build_row(thing: _Thing, key: RowKey) -> FigureRow:
    if thing.row is None or thing.row.key != key:
        thing.row = FigureRow(key, thing.mentions)
    return thing.row


def _needs_two_origins(mentions: Sequence[FigureMention]) -> bool:
    """Whether what one origin gives makes no row: money and the like, small counts of a mere noun, "millions"."""
    if mentions[0].thing.is_measured:
        return True
    return all(
        mention.thing.fate is None and (abs(mention.quantity.value) < _SMALL_COUNT or mention.says_no_number)
        for mention in mentions
    )


def _build_row_key(row_mentions: Sequence[FigureMention]) -> RowKey:
    """What a row counts: its mentions have one noun and unit; names are written as in the mention with most names."""
    names = list(map(len, map(_NAMES, row_mentions)))
    fullest = row_mentions[names.index(max(names))]
    surfaces = (fullest.quantity.counted or "").split()[:-1] if fullest.thing.names else []
    return RowKey(
        noun=row_mentions[0].thing.noun,
        names=tuple(word for word in surfaces if word[:1].isupper()),
        fate=next((mention.thing.fate for mention in row_mentions if mention.thing.fate is not None), None),
        unit=row_mentions[0].thing.unit,
        measured=row_mentions[0].thing.is_measured,
    )
