"""Groups the figures of one noun by the thing that they count, and keeps the groups while an event grows."""

from collections.abc import Sequence
from itertools import combinations

from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.required_overlaps import RequiredOverlaps
from services.dedupe.merging.figures.same_thing import WordRarity


class ThingGroups:
    """Figures that count one thing, one through the other. Only those that are new are compared."""

    def __init__(self) -> None:
        """Set up, empty."""
        self._groups: list[list[FigureMention]] = []
        self._places: dict[FigureMention, int] = {}
        self._rarity: WordRarity | None = None
        self._several_names = False
        self._overlaps = RequiredOverlaps(several_names=False)

    def update_groups(self, mentions: Sequence[FigureMention], rarity: WordRarity) -> list[list[FigureMention]]:
        """Group all figures, given in publication order; groups are in the order of their firsts."""
        several_names = _has_several_names(mentions)
        if several_names is not self._several_names:
            self._overlaps = RequiredOverlaps(several_names=several_names)
        if several_names is not self._several_names or rarity is not self._rarity:
            self._groups, self._places = [], {}
        self._several_names, self._rarity = several_names, rarity
        before, self._places = self._places, {mention: place for place, mention in enumerate(mentions)}
        self._overlaps.forget_all_but(mentions)
        self._groups = [part for group in self._groups for part in self._split_after_removal(group)]
        for mention in mentions:
            if mention not in before:
                self._add_mention(mention)
        for group in self._groups:
            group.sort(key=self._places.__getitem__)
        self._groups.sort(key=lambda group: self._places[group[0]])
        return self._groups

    def _split_after_removal(self, group: list[FigureMention]) -> list[list[FigureMention]]:
        """A group without those that are gone: some may have been joined through these alone."""
        left = [mention for mention in group if mention in self._places]
        if len(left) == len(group):
            return [group]
        parts = []
        while left:
            part = reached = [left.pop(0)]
            while reached:
                reached = [other for other in left if any(self._is_same_thing(one, other) for one in reached)]
                part = part + reached
                left = [other for other in left if other not in reached]
            parts.append(part)
        return parts

    def _add_mention(self, mention: FigureMention) -> None:
        """Join a figure, and the groups that count the same as it does."""
        joined, others = [mention], []
        for group in self._groups:
            if any(self._is_same_thing(mention, other) for other in group):
                joined += group
            else:
                others.append(group)
        self._groups = [*others, joined]

    def _is_same_thing(self, mention: FigureMention, other_mention: FigureMention) -> bool:
        if self._places[other_mention] < self._places[mention]:
            mention, other_mention = other_mention, mention
        required = self._overlaps.find_share(mention, other_mention)
        return required <= 0 or (
            required <= 1
            and self._rarity is not None
            and self._rarity.overlap_share(mention.context.content, other_mention.context.content) >= required
        )


def _has_several_names(mentions: Sequence[FigureMention]) -> bool:
    """Whether things of different names are counted: Russian troops and Ukrainian troops."""
    named = {mention.thing.names for mention in mentions if mention.thing.names}
    return any(not (one <= other or other <= one) for one, other in combinations(sorted(named, key=sorted), 2))
