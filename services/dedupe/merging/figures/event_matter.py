"""Which rows are of the event's own matter, and not of its background or of another story in the same article.

Of its own matter is what two origins give. What one gives needs more: it stands in the headline or the opening of an
article, it tells what happened to those counted, or it stands in a claim beside a figure that two origins give. And its
sentence has words in common with the claims of other origins: a column has a paragraph on each of its subjects.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.figures.counted_vocabulary import GATHERED
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.figure_rows import FigureRow
from services.dedupe.merging.figures.occasions import Occasion
from services.dedupe.merging.figures.same_thing import UNLIKELY_BY_CHANCE
from services.dedupe.merging.figures.whole_counts import is_prominent
from services.language.stems import singulars

SHARED = 0.4
"""Share of the words of a figure's sentence that other origins must use: then they report the same."""
_NEARBY = 60
"""Characters around a figure in which it is told what happened."""
FEWEST_CLAIMS = 12
"""Claims of an event from which on their words say what it is about."""
_CROWD = 10
"""Fewer people who come together are no crowd: "the two men attended a ceremony"."""
_HAPPENED = re.compile(
    r"\b(?:without (?:power|electricity|heat|water)|lost|losing|in the dark|cancel\w*|scrapped|grounded|stranded"
    r"|missing|hospital\w*|treated|sank|closed|shut|fired|deployed|activated|dispatched|voted|votes|convicted|indicted|charged"
    r"|burned|hit|struck|at work|battl\w+|launched|expelled|admitted|hired)\b",
    re.IGNORECASE,
)
"""What happens to things, and to people beside what `data/counted.json` lists."""


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words of an event's claims.

    Attributes:
        only_origin: By stem, the origin whose claims alone have it; None where several origins have it.
        only_origin_of_value: The same of numbers that are hardly given by two by chance.
        are_enough: Whether the claims are enough, and of several origins, to say what the event is about.
    """

    only_origin: dict[str, str | None]
    only_origin_of_value: dict[float, str | None]
    are_enough: bool

    @classmethod
    def from_reports(cls, reports: Iterable[Report]) -> Self:
        """Read the words of these reports."""
        only_origin: dict[str, str | None] = {}
        values: dict[float, str | None] = {}
        claims: Counter[str] = Counter()
        for report in reports:
            claims[report.origin_id] += 1
            for stem in report.prepared.content_stems:
                if only_origin.setdefault(stem, report.origin_id) != report.origin_id:
                    only_origin[stem] = None
            for quantity in report.claim.quantities:
                value = quantity.value
                if value >= UNLIKELY_BY_CHANCE and values.setdefault(value, report.origin_id) != report.origin_id:
                    values[value] = None
        return cls(only_origin, values, len(claims) > 1 and claims.total() >= FEWEST_CLAIMS)

    def are_used_by_others(self, mention: FigureMention) -> bool:
        """Whether other origins use enough of the words around a figure, as far as can be said."""
        words = mention.context.content | set(singulars(mention.quantity.counted or ""))
        if not self.are_enough or not words:
            return True
        own = mention.report.origin_id
        if self.only_origin_of_value.get(mention.quantity.value, own) != own:
            return True
        shared = sum(self.only_origin.get(word, own) != own for word in words)
        return shared >= SHARED * len(words)


def select_rows_of_event(
    rows: Sequence[FigureRow], words: EventWords, is_named: Callable[[FigureRow], bool]
) -> list[FigureRow]:
    """Return the rows of the event's own matter, in their order.

    Args:
        rows: All rows.
        words: Of the event.
        is_named: Whether a row has a label that a reader understands.
    """
    widely = [row for row in rows if row.has_two_origins]
    return [
        row
        for row in rows
        if (row.has_two_origins or any(_is_of_event(mention, words, widely) for mention in row.mentions))
        and is_named(row)
    ]


def _is_of_event(mention: FigureMention, words: EventWords, widely: Sequence[FigureRow]) -> bool:
    """Whether a figure that one origin gives is the event's own. `widely`: rows that two origins give."""
    is_of_now = mention.context.occasion is Occasion.THIS
    if is_of_now and any(id(mention.report) in row.report_identities for row in widely):
        return True
    if not words.are_used_by_others(mention):
        return False
    if is_prominent(mention):
        return True
    return is_of_now and not mention.says_no_number and not mention.context.rate and _tells_what_happened(mention)


def _tells_what_happened(mention: FigureMention) -> bool:
    if mention.thing.fate is not None:
        return mention.thing.fate != GATHERED or mention.quantity.value >= _CROWD
    text, span = mention.article.text, mention.quantity.span
    around = text[max(span.start - _NEARBY, mention.report.claim.span.start) : span.end + _NEARBY]
    return _HAPPENED.search(around) is not None
