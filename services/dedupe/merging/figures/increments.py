"""Sums of a source's increments: "over 1,500", then "another 1,500", make at least 3,000."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from operator import attrgetter

from services.contracts.event_claims import Outlook
from services.contracts.quantity import Bound
from services.dedupe.merging.figures.figure_mention import FigureMention, have_same_figure_source
from services.dedupe.merging.figures.verdicts import allowed_range

_IS_INCREMENT = attrgetter("quantity.increment")


def build_increment_sums(row_mentions: Sequence[FigureMention]) -> list[FigureMention]:
    """Return for each increment of a row its sum with the count that its source gave before, as a lower bound."""
    sums: dict[tuple[str, ...], FigureMention] = {}
    for more in compress(row_mentions, map(_IS_INCREMENT, row_mentions)):
        bases = [one for one in row_mentions if _is_base_of_increment(one, more)]
        if bases:
            sum_ = _build_sum(
                max(bases, key=lambda one: (one.article.article_id == more.article.article_id, one.order)), more
            )
            sums.setdefault(sum_.derived_from, sum_)
    return list(sums.values())


def _is_base_of_increment(mention: FigureMention, increment: FigureMention) -> bool:
    """Whether `increment` is an increment on top of `mention`: both by one source, `mention` given before."""
    if mention.quantity.increment or not increment.quantity.increment or mention.quantity.bound is Bound.AT_MOST:
        return False
    if mention.context.outlook is not Outlook.CURRENT or increment.context.outlook is not Outlook.CURRENT:
        return False
    return mention.order < increment.order and have_same_figure_source(mention, increment)


def _build_sum(base: FigureMention, increment: FigureMention) -> FigureMention:
    surfaces = (base.quantity.surface, increment.quantity.surface)
    value = base.quantity.value + increment.quantity.value
    update = {
        "value": value,
        "low": allowed_range(base.quantity)[0] + allowed_range(increment.quantity)[0],
        "high": None,
        "bound": Bound.AT_LEAST,
        "increment": False,
        "surface": f"at least {value:,.12g}",
    }
    return replace(increment, quantity=increment.quantity.model_copy(update=update), derived_from=surfaces)
