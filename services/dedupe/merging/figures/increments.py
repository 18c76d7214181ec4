"""Sums of a source's increments: "over 1,500", then "another 1,500", make at least 3,000."""

from collections.abc import Sequence
from dataclasses import replace

from services.contracts.claim import Bound
from services.contracts.event_claims import Outlook
from services.dedupe.merging.figures.mention import Mention, have_one_source
from services.dedupe.merging.figures.verdicts import interval


def sums_of_increments(row: Sequence[Mention]) -> list[Mention]:
    """Return for each increment of a row its sum with the count that its source gave before, as a lower bound."""
    sums: dict[tuple[str, ...], Mention] = {}
    for more in row:
        bases = [one for one in row if _is_base(one, more)] if more.quantity.increment else []
        if bases:
            sum_ = _sum(
                max(bases, key=lambda one: (one.article.article_id == more.article.article_id, one.order)), more
            )
            sums.setdefault(sum_.derived_from, sum_)
    return list(sums.values())


def _is_base(one: Mention, more: Mention) -> bool:
    """Whether `more` is an increment on top of `one`: both by one source, `one` given before."""
    if one.quantity.increment or not more.quantity.increment or one.quantity.bound is Bound.AT_MOST:
        return False
    if one.context.outlook is not Outlook.CURRENT or more.context.outlook is not Outlook.CURRENT:
        return False
    return one.order < more.order and have_one_source(one, more)


def _sum(base: Mention, more: Mention) -> Mention:
    surfaces = (base.quantity.surface, more.quantity.surface)
    value = base.quantity.value + more.quantity.value
    update = {
        "value": value,
        "low": interval(base.quantity)[0] + interval(more.quantity)[0],
        "high": None,
        "bound": Bound.AT_LEAST,
        "increment": False,
        "surface": f"at least {value:,.12g}",
    }
    return replace(more, quantity=more.quantity.model_copy(update=update), derived_from=surfaces)
