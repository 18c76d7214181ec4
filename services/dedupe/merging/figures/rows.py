"""Which figures stand in one row: the same thing, counted of the same occasion.

A noun in common is not enough: an event's reports tell of many states, jobs and deaths. Figures that differ share a row
only if nothing tells their things apart and their sentences have enough in common; equal ones need less.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from services.contracts.event_claims import Outlook
from services.dedupe.merging.bounds import both_ends
from services.dedupe.merging.claim_merging import ClaimGroup
from services.dedupe.merging.figures.clauses import clause_of
from services.dedupe.merging.figures.counted import thing_of
from services.dedupe.merging.figures.derived import derived
from services.dedupe.merging.figures.mentions import Counted, Mention, one_source
from services.dedupe.merging.figures.relations import meet
from services.dedupe.merging.figures.sameness import Rarity, same_thing


def mentions(groups: Sequence[ClaimGroup]) -> dict[Counted, list[Mention]]:
    """All figures whose counted thing is known, by row, in publication order."""
    return bounded_mentions(groups)[0]


def bounded_mentions(
    groups: Sequence[ClaimGroup], read: Callable[[ClaimGroup], Sequence[Mention]] | None = None
) -> tuple[dict[Counted, list[Mention]], int]:
    """The same, and how many are left out because too many are of one noun.

    Args:
        groups: The merged claims of an event.
        read: Answers what `mentions_in` does.
    """
    listed_in = [one for group in groups for one in (mentions_in if read is None else read)(group)]
    by_kind: dict[tuple[str, str | None], list[Mention]] = {}
    for one in sorted(listed_in, key=lambda mention: mention.order):
        by_kind.setdefault((one.thing.noun, one.thing.unit), []).append(one)
    if not by_kind:
        return {}, 0
    rarity = Rarity.of([report for group in groups for report in group.reports])
    found: dict[Counted, list[Mention]] = {}
    left_out = 0
    for listed in by_kind.values():
        kept = _bounded(listed)
        left_out += len(listed) - len(kept)
        for row in _rows(_in_their_articles(kept), rarity):
            counted = _counted(row)
            while counted in found:
                counted = replace(counted, number=counted.number + 1)
            found[counted] = [*row, *derived(row)]
    return found, left_out


def mentions_in(group: ClaimGroup) -> list[Mention]:
    """The figures of one merged claim whose counted thing is known."""
    found = []
    for report in group.reports:
        for quantity in report.claim.quantities:
            if quantity.counted is None:
                continue
            clause = clause_of(report, quantity)
            thing = thing_of(quantity, clause)
            if thing is not None:
                found.append(Mention(group, report, quantity, thing, clause))
    return found


def _in_their_articles(listed: Sequence[Mention]) -> list[Mention]:
    """The mentions of one noun, with what else their articles count of it."""
    by_article: dict[str, list[Mention]] = {}
    for one in listed:
        by_article.setdefault(one.article.article_id, []).append(one)
    return [_beside(one, by_article[one.article.article_id]) for one in listed]


def _beside(one: Mention, listed: Sequence[Mention]) -> Mention:
    others = [other for other in listed if other is not one and other.thing.fate == one.thing.fate]
    return replace(
        one,
        lesser=any(_is_part_of(one, other) for other in others),
        beside=tuple(dict.fromkeys(other.quantity for other in others if other.source == one.source)),
    )


def _is_part_of(one: Mention, whole: Mention) -> bool:
    """Whether an article that gives both can mean the one as a part of the other: a smaller number, in one voice."""
    if one.thing.fate is None or one.quantity.increment or whole.clause.outlook is not Outlook.CURRENT:
        return False
    one_voice = one.source is None or whole.source is None or one_source(one, whole)
    return one_voice and whole.quantity.value > one.quantity.value and not meet(one.quantity, whole.quantity)


def _bounded(listed: Sequence[Mention]) -> list[Mention]:
    """Those that are compared: all, unless one noun is counted in more ways than can be."""
    kept = {_text(one) for one in both_ends(list({_text(one): one for one in reversed(listed)}.values()))}
    return [one for one in listed if _text(one) in kept]


def _text(one: Mention) -> tuple[object, ...]:
    """What reprints repeat word by word."""
    return one.report.claim.text, one.quantity.span.start - one.report.claim.span.start, one.thing, one.source


def _rows(listed: Sequence[Mention], rarity: Rarity) -> list[list[Mention]]:
    """Groups of mentions, in publication order of their first. What reprints repeat word by word is compared once."""
    texts: dict[tuple[object, ...], list[Mention]] = {}
    for one in listed:
        texts.setdefault(_text(one), []).append(one)
    firsts = [same[0] for same in texts.values()]
    named_apart = _named_apart(firsts)
    leader = list(range(len(firsts)))
    for at, to in combinations(range(len(firsts)), 2):
        first, second = sorted((leader[at], leader[to]))
        if first != second and same_thing(firsts[at], firsts[to], rarity, named_apart=named_apart):
            leader = [first if group == second else group for group in leader]
    rows: dict[int, list[Mention]] = {}
    for at, same in enumerate(texts.values()):
        rows.setdefault(leader[at], []).extend(same)
    return [sorted(row, key=lambda mention: mention.order) for row in rows.values()]


def _named_apart(listed: Sequence[Mention]) -> bool:
    """Whether things of different names are counted: Russian troops and Ukrainian troops."""
    named = {one.thing.names for one in listed if one.thing.names}
    return any(not (one <= other or other <= one) for one, other in combinations(sorted(named, key=sorted), 2))


def _counted(row: Sequence[Mention]) -> Counted:
    """What the row counts: its mentions are of one noun and unit; names as the fullest mention writes them."""
    fullest = max(row, key=lambda mention: len(mention.thing.names))
    surfaces = (fullest.quantity.counted or "").split()[:-1] if fullest.thing.names else []
    return Counted(
        noun=row[0].thing.noun,
        names=tuple(word for word in surfaces if word[:1].isupper()),
        fate=next((one.thing.fate for one in row if one.thing.fate is not None), None),
        unit=row[0].thing.unit,
    )
