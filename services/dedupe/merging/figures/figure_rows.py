"""Which figures stand in one row: the same thing, counted of the same occasion.

A measured amount (money, a share, a length) has a row where two origins give it: texts are full of others.

A noun in common is not enough: the reports of an event are about many states, jobs and deaths. Differing figures share
a row only if nothing distinguishes their things and their sentences have enough in common; equal ones need less.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

from services.contracts.event_claims import Outlook
from services.dedupe.merging.claims.grouping import ClaimGroup
from services.dedupe.merging.figures.counted_thing import read_counted_thing
from services.dedupe.merging.figures.figure_mention import FigureMention, RowKey, have_same_source
from services.dedupe.merging.figures.increments import build_increment_sums
from services.dedupe.merging.figures.measured_amount import read_measured_thing
from services.dedupe.merging.figures.same_thing import WordRarity, belong_in_one_row
from services.dedupe.merging.figures.sentence_context import read_sentence_context
from services.dedupe.merging.figures.verdicts import can_both_hold
from services.dedupe.merging.size_limits import keep_first_and_last


def build_figure_rows(
    claim_groups: Sequence[ClaimGroup], read_figures: Callable[[ClaimGroup], Sequence[FigureMention]] | None = None
) -> tuple[dict[RowKey, list[FigureMention]], int]:
    """Group the figures of an event into rows.

    Args:
        claim_groups: The merged claims of the event.
        read_figures: Answers what `find_figures` does; None: that.

    Returns:
        Mentions by row, in publication order, all whose counted thing is known; and how many are left out because too
        many are of one noun.
    """
    by_kind: dict[tuple[str, str | None, bool], list[FigureMention]] = {}
    listed_in = find_figures if read_figures is None else read_figures
    for mention in sorted(
        (one for group in claim_groups for one in listed_in(group)), key=lambda mention: mention.order
    ):
        thing = mention.thing
        noun = "" if thing.is_measured else thing.noun  # "raised to 4.5%" and "stands at 4.5%" give one rate
        by_kind.setdefault((noun, thing.unit, thing.is_measured), []).append(mention)
    if not by_kind:
        return {}, 0
    rarity = WordRarity.from_reports([report for group in claim_groups for report in group.reports])
    rows: dict[RowKey, list[FigureMention]] = {}
    left_out = 0
    for listed in by_kind.values():
        kept = _limit_distinct_mentions(listed)
        left_out += len(listed) - len(kept)
        for row in _group_into_rows(_add_other_counts_of_articles(kept), rarity):
            if row[0].thing.is_measured and len({mention.report.origin_id for mention in row}) == 1:
                continue
            key = _build_row_key(row)
            while key in rows:
                key = replace(key, number=key.number + 1)
            rows[key] = [*row, *build_increment_sums(row)]
    return rows, left_out


def find_figures(claim_group: ClaimGroup) -> list[FigureMention]:
    """The figures of one merged claim of which it is known what they count or measure."""
    mentions = []
    for report in claim_group.reports:
        for quantity in report.claim.quantities:
            if quantity.counted is None and quantity.dimension is None:
                continue
            context = read_sentence_context(report, quantity)
            is_count = quantity.counted is not None
            thing = read_counted_thing(quantity, context) if is_count else read_measured_thing(report, quantity)
            if thing is not None:
                mentions.append(FigureMention(claim_group, report, quantity, thing, context))
    return mentions


def _add_other_counts_of_articles(mentions: Sequence[FigureMention]) -> list[FigureMention]:
    """The mentions of one noun, each with what else its article counts of it."""
    by_article: dict[str, list[FigureMention]] = {}
    for mention in mentions:
        by_article.setdefault(mention.article.article_id, []).append(mention)
    return [_add_other_counts(mention, by_article[mention.article.article_id]) for mention in mentions]


def _add_other_counts(mention: FigureMention, article_mentions: Sequence[FigureMention]) -> FigureMention:
    others = [other for other in article_mentions if other is not mention and other.thing.fate == mention.thing.fate]
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
        and not have_same_source(mention, larger_mention)
    ):
        return False
    return larger_mention.quantity.value > mention.quantity.value and not can_both_hold(
        mention.quantity, larger_mention.quantity
    )


def _limit_distinct_mentions(mentions: Sequence[FigureMention]) -> list[FigureMention]:
    """The mentions that are compared: all, unless one noun has more than `bounds` allows."""
    distinct = {_wording_key(mention): mention for mention in reversed(mentions)}
    kept = {_wording_key(mention) for mention in keep_first_and_last(list(distinct.values()))}
    return [mention for mention in mentions if _wording_key(mention) in kept]


def _wording_key(mention: FigureMention) -> tuple[object, ...]:
    """What reprints repeat word by word."""
    claim = mention.report.claim
    return claim.text, mention.quantity.span.start - claim.span.start, mention.thing, mention.source


def _group_into_rows(mentions: Sequence[FigureMention], rarity: WordRarity) -> list[list[FigureMention]]:
    """Group mentions, in publication order of the first of each. What reprints repeat word by word is compared once."""
    texts: dict[tuple[object, ...], list[FigureMention]] = {}
    for mention in mentions:
        texts.setdefault(_wording_key(mention), []).append(mention)
    firsts = [same[0] for same in texts.values()]
    several_names = _has_several_names(firsts)
    leader = list(range(len(firsts)))
    for one, other in combinations(range(len(firsts)), 2):
        first, second = sorted((leader[one], leader[other]))
        if first != second and belong_in_one_row(firsts[one], firsts[other], rarity, several_names=several_names):
            leader = [first if group == second else group for group in leader]
    rows: dict[int, list[FigureMention]] = {}
    for number, same in enumerate(texts.values()):
        rows.setdefault(leader[number], []).extend(same)
    return [sorted(row, key=lambda mention: mention.order) for row in rows.values()]


def _has_several_names(mentions: Sequence[FigureMention]) -> bool:
    """Whether things of different names are counted: Russian troops and Ukrainian troops."""
    named = {mention.thing.names for mention in mentions if mention.thing.names}
    return any(not (one <= other or other <= one) for one, other in combinations(sorted(named, key=sorted), 2))


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
