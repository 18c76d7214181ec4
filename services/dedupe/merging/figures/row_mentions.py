"""The figures of one row, in the ways in which the table asks for them; those that come behind the others are added."""

from collections.abc import Iterable, Sequence

from services.contracts.event_claims import Outlook
from services.dedupe.merging.figures.figure_mention import FigureMention, Value
from services.dedupe.same_objects import begins_with_same_objects


class RowMentions:
    """The figures of one row.

    Attributes:
        by_value: Those of one value together, in order of first report; another list for a value with other figures.
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.by_value: dict[Value, list[FigureMention]] = {}
        self._mentions: Sequence[FigureMention] = ()
        self._distinct: dict[tuple[Value, Outlook, str | None, str], FigureMention] = {}

    def update_mentions(self, mentions: Sequence[FigureMention]) -> None:
        """Take the figures that the row has now, in order."""
        if not begins_with_same_objects(mentions, self._mentions):
            self._mentions, self.by_value, self._distinct = (), {}, {}
        new = mentions[len(self._mentions) :]
        self._mentions = mentions
        self._group_by_value(new)
        for mention in new:
            key = mention.value_key, mention.context.outlook, mention.source, mention.report.origin_id
            self._distinct.setdefault(key, mention)

    def list_distinct(self) -> list[FigureMention]:
        """One for each value, outlook, source and origin: verdicts need no more, however often it is reprinted."""
        return list(self._distinct.values())

    def _group_by_value(self, new_mentions: Iterable[FigureMention]) -> None:
        new: dict[Value, list[FigureMention]] = {}
        for mention in new_mentions:
            new.setdefault(mention.value_key, []).append(mention)
        for value, mentions in new.items():
            self.by_value[value] = [*self.by_value.get(value, ()), *mentions]
