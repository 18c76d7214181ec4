"""What a source's increments come to: "over 1,500", then "another 1,500", is at least 3,000."""

from collections.abc import Sequence
from dataclasses import replace

from services.contracts.claim import Bound
from services.contracts.event_claims import Outlook
from services.dedupe.merging.figures.mention import Mention, one_source
from services.dedupe.merging.figures.verdicts import interval


def derived(row: Sequence[Mention]) -> list[Mention]:
    """For each increment of a row the sum with the count that its source gave before: at least that many."""
    found: dict[tuple[str, ...], Mention] = {}
    for more in row:
        bases = [one for one in row if _is_base(one, more)] if more.quantity.increment else []
        if bases:
            sum_ = _sum(
                max(bases, key=lambda one: (one.article.article_id == more.article.article_id, one.order)), more
            )
            found.setdefault(sum_.derived_from, sum_)
    return list(found.values())


def _is_base(one: Mention, more: Mention) -> bool:
    """Whether the one is an increment on top of the other: both by one source, the other told before."""
    if one.quantity.increment or not more.quantity.increment or one.quantity.bound is Bound.AT_MOST:
        return False
    if one.clause.outlook is not Outlook.CURRENT or more.clause.outlook is not Outlook.CURRENT:
        return False
    return one.order < more.order and one_source(one, more)


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
