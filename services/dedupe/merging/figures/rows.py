"""Which figures stand in one row: the same thing, counted of the same occasion.

A measured amount (money, a share, a length) has a row where two origins give it: texts are full of others.

A noun in common is not enough: the reports of an event are about many states, jobs and deaths. Differing figures share
a row only if nothing distinguishes their things and their sentences have enough in common; equal ones need less.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from services.contracts.event_claims import Outlook
from services.dedupe.merging.bounds import both_ends
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.figures.counted_thing import read_counted_thing
from services.dedupe.merging.figures.increments import sums_of_increments
from services.dedupe.merging.figures.measured_amount import read_measured_thing
from services.dedupe.merging.figures.mention import Mention, RowKey, have_one_source
from services.dedupe.merging.figures.same_thing import Rarity, same_thing
from services.dedupe.merging.figures.sentence_context import read_sentence_context
from services.dedupe.merging.figures.verdicts import can_both_hold


def figure_rows(
    groups: Sequence[ClaimGroup], read: Callable[[ClaimGroup], Sequence[Mention]] | None = None
) -> tuple[dict[RowKey, list[Mention]], int]:
    """Group the figures of an event into rows.

    Args:
        groups: The merged claims of the event.
        read: Answers what `figures_in` does; None: that.

    Returns:
        Mentions by row, in publication order, all whose counted thing is known; and how many are left out because too
        many are of one noun.
    """
    by_kind: dict[tuple[str, str | None, bool], list[Mention]] = {}
    listed_in = figures_in if read is None else read
    for mention in sorted((one for group in groups for one in listed_in(group)), key=lambda mention: mention.order):
        thing = mention.thing
        noun = "" if thing.is_measured else thing.noun  # "raised to 4.5%" and "stands at 4.5%" give one rate
        by_kind.setdefault((noun, thing.unit, thing.is_measured), []).append(mention)
    if not by_kind:
        return {}, 0
    rarity = Rarity.of([report for group in groups for report in group.reports])
    rows: dict[RowKey, list[Mention]] = {}
    left_out = 0
    for listed in by_kind.values():
        kept = _bounded(listed)
        left_out += len(listed) - len(kept)
        for row in _rows(_with_article_counts(kept), rarity):
            if row[0].thing.is_measured and len({mention.report.origin_id for mention in row}) == 1:
                continue
            key = _row_key(row)
            while key in rows:
                key = replace(key, number=key.number + 1)
            rows[key] = [*row, *sums_of_increments(row)]
    return rows, left_out


def figures_in(group: ClaimGroup) -> list[Mention]:
    """The figures of one merged claim of which it is known what they count or measure."""
    mentions = []
    for report in group.reports:
        for quantity in report.claim.quantities:
            if quantity.counted is None and quantity.dimension is None:
                continue
            context = read_sentence_context(report, quantity)
            is_count = quantity.counted is not None
            thing = read_counted_thing(quantity, context) if is_count else read_measured_thing(report, quantity)
            if thing is not None:
                mentions.append(Mention(group, report, quantity, thing, context))
    return mentions


def _with_article_counts(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of one noun, each with what else its article counts of it."""
    by_article: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_article.setdefault(mention.article.article_id, []).append(mention)
    return [_with_other_counts(mention, by_article[mention.article.article_id]) for mention in mentions]


def _with_other_counts(mention: Mention, listed: Sequence[Mention]) -> Mention:
    others = [other for other in listed if other is not mention and other.thing.fate == mention.thing.fate]
    return replace(
        mention,
        lesser=any(_is_part_of(mention, other) for other in others),
        other_counts=tuple(dict.fromkeys(other.quantity for other in others if other.source == mention.source)),
    )


def _is_part_of(one: Mention, whole: Mention) -> bool:
    """Whether an article that gives both can mean the one as a part of the other: smaller, and by one source."""
    if one.thing.fate is None or one.quantity.increment or whole.context.outlook is not Outlook.CURRENT:
        return False
    if one.source is not None and whole.source is not None and not have_one_source(one, whole):
        return False
    return whole.quantity.value > one.quantity.value and not can_both_hold(one.quantity, whole.quantity)


def _bounded(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are compared: all, unless one noun has more than `bounds` allows."""
    distinct = {_text(mention): mention for mention in reversed(mentions)}
    kept = {_text(mention) for mention in both_ends(list(distinct.values()))}
    return [mention for mention in mentions if _text(mention) in kept]


def _text(mention: Mention) -> tuple[object, ...]:
    """What reprints repeat word by word."""
    claim = mention.report.claim
    return claim.text, mention.quantity.span.start - claim.span.start, mention.thing, mention.source


def _rows(listed: Sequence[Mention], rarity: Rarity) -> list[list[Mention]]:
    """Group mentions, in publication order of the first of each. What reprints repeat word by word is compared once."""
    texts: dict[tuple[object, ...], list[Mention]] = {}
    for mention in listed:
        texts.setdefault(_text(mention), []).append(mention)
    firsts = [same[0] for same in texts.values()]
    several_names = _has_several_names(firsts)
    leader = list(range(len(firsts)))
    for one, other in combinations(range(len(firsts)), 2):
        first, second = sorted((leader[one], leader[other]))
        if first != second and same_thing(firsts[one], firsts[other], rarity, several_names=several_names):
            leader = [first if group == second else group for group in leader]
    rows: dict[int, list[Mention]] = {}
    for number, same in enumerate(texts.values()):
        rows.setdefault(leader[number], []).extend(same)
    return [sorted(row, key=lambda mention: mention.order) for row in rows.values()]


def _has_several_names(listed: Sequence[Mention]) -> bool:
    """Whether things of different names are counted: Russian troops and Ukrainian troops."""
    named = {mention.thing.names for mention in listed if mention.thing.names}
    return any(not (one <= other or other <= one) for one, other in combinations(sorted(named, key=sorted), 2))


def _row_key(row: Sequence[Mention]) -> RowKey:
    """What a row counts: its mentions have one noun and unit; names are written as in the mention with most names."""
    fullest = max(row, key=lambda mention: len(mention.thing.names))
    surfaces = (fullest.quantity.counted or "").split()[:-1] if fullest.thing.names else []
    return RowKey(
        noun=row[0].thing.noun,
        names=tuple(word for word in surfaces if word[:1].isupper()),
        fate=next((mention.thing.fate for mention in row if mention.thing.fate is not None), None),
        unit=row[0].thing.unit,
        measured=row[0].thing.is_measured,
    )
