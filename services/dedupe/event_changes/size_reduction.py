"""Reduces parts of a view to less, each still true by itself, so that a snapshot has a bounded size. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from operator import attrgetter
from typing import Self

from services.contracts.base import Contract
from services.contracts.event import EntityVariant, Event, EventArticle, EventEntity, Membership
from services.contracts.event_claims import Contradiction, Figure, FigureValue, MergedClaim, Support, UltimateSource
from services.dedupe.same_objects import begins_with_same_objects

_ARTICLE_ID = attrgetter("article_id")
MOST_SUPPORTS = 4
"""Supports of a claim."""
FEWEST_SUPPORTS = 2
"""Origins whose reports are kept, whether their articles are listed anyway or not."""
MOST_SIDES = 8
"""Sides of a contradiction."""
MOST_PASSAGES = 2
"""Passages of a side."""
MOST_VALUES = 8
"""Values of a row of figures."""
MOST_IDS = 20
"""Articles and claims that a value of a figure names, and articles of a spelling."""
MOST_LINEAGE = 20
"""Entries of the lineage, where a longer one leaves no room."""
MOST_HEADLINE = 1_000
"""Characters of the headline, likewise."""
_LISTS = ("summary", "articles", "origins", "entities", "claims", "contradictions", "figures", "timeline")


def count_json_bytes(part: Contract) -> int:
    """Bytes that a part takes as JSON."""
    return len(part.__pydantic_serializer__.to_json(part))


@dataclass(frozen=True, slots=True)
class KnownSupports:
    """What is asked of the supports of a claim again and again.

    Attributes:
        supports: The supports.
        article_ids: Their articles.
        canonical: The first that has the canonical wording, else the first in which that stands, else the first.
    """

    supports: tuple[Support, ...]
    article_ids: tuple[str, ...]
    canonical: Support

    @classmethod
    def of(cls, claim: MergedClaim) -> Self:
        """Of a claim."""
        return cls(claim.supports, tuple(map(_ARTICLE_ID, claim.supports)), _find_canonical(claim))

    def extend_to(self, claim: MergedClaim) -> "KnownSupports":
        """Of the same claim, which may have more supports now: these alone are looked into if they come last."""
        if claim.text != self.canonical.text or not begins_with_same_objects(claim.supports, self.supports):
            return KnownSupports.of(claim)
        new_ids = map(_ARTICLE_ID, claim.supports[len(self.supports) :])
        return KnownSupports(claim.supports, (*self.article_ids, *new_ids), self.canonical)


def _find_canonical(claim: MergedClaim) -> Support:
    whole = (one for one in claim.supports if claim.text == one.text)
    within = (one for one in claim.supports if claim.text in one.text)
    return next(whole, next(within, claim.supports[0]))


def choose_supports(
    claim: MergedClaim, listed_article_ids: Collection[str], known: KnownSupports | None = None
) -> tuple[Support, ...]:
    """One report an origin, of a few: the first, the one with the canonical wording, those of listed articles.

    No more than two origins bring an article along that is not listed yet.

    Args:
        claim: The claim.
        listed_article_ids: The articles that are listed already.
        known: Of its supports, where that is kept.
    """
    if len(claim.supports) == 1:
        return claim.supports
    known = KnownSupports.of(claim) if known is None else known
    chosen: dict[str, Support] = {}
    for one in (known.canonical, claim.supports[0]):
        chosen.setdefault(one.origin_id, one)
    listed = compress(claim.supports, map(listed_article_ids.__contains__, known.article_ids))
    for most, candidates in (
        (MOST_SUPPORTS, listed),
        (FEWEST_SUPPORTS, iter(claim.supports)),
    ):
        while len(chosen) < most and (further := next(candidates, None)) is not None:
            chosen.setdefault(further.origin_id, further)
    return tuple(chosen.values())


def reduce_claim(
    claim: MergedClaim, chosen_supports: Sequence[Support], known: KnownSupports | None = None
) -> MergedClaim:
    """The claim with some of its supports (`choose_supports`), and what these say of it."""
    if len(claim.supports) == 1:
        return claim
    article_ids = map(_ARTICLE_ID, claim.supports) if known is None else known.article_ids
    kept = {(one.article_id, one.claim_id) for one in chosen_supports}
    articles = {one.article_id for one in chosen_supports}
    texts = {one.text for one in chosen_supports}
    return claim.model_copy(
        update={
            "supports": tuple(
                one
                for one, article_id in zip(claim.supports, article_ids, strict=True)
                if article_id in articles and (article_id, one.claim_id) in kept
            ),
            "variants": tuple(text for text in claim.variants if text in texts),
            "ultimate_source": _restrict_source_chain(claim.ultimate_source, articles),
        }
    )


def reduce_contradiction(
    contradiction: Contradiction, origin_counts: Mapping[str, int], listed_article_ids: Collection[str]
) -> Contradiction:
    """With fewer passages, and with fewer sides where there are many: of what is said alike, the best reported first.

    Args:
        contradiction: The contradiction.
        origin_counts: By claim id, how many origins report it.
        listed_article_ids: Articles that are listed anyway, from which passages are taken first.
    """
    sides = contradiction.sides
    if len(sides) > MOST_SIDES:
        says = {one.claim_id: one.says for one in reversed(contradiction.positions)}
        ordered = sorted(sides, key=lambda side: (-origin_counts.get(side, 0), side))
        firsts: dict[str, str] = {}
        for side in ordered:
            firsts.setdefault(says.get(side, ""), side)
        chosen = set(list(dict.fromkeys((*firsts.values(), *ordered)))[:MOST_SIDES])
        sides = tuple(side for side in sides if side in chosen)
    positions = tuple(
        one.model_copy(
            update={
                "passages": tuple(
                    sorted(one.passages, key=lambda passage: passage.article_id not in listed_article_ids)[
                        :MOST_PASSAGES
                    ]
                )
            }
        )
        for one in contradiction.positions
        if one.claim_id in sides
    )
    return contradiction.model_copy(update={"sides": sides, "positions": positions})


def reduce_figure(figure: Figure) -> Figure:
    """With the values reported first and last, each with a few claims and articles."""
    values = figure.values
    if len(values) > MOST_VALUES:
        values = (*values[: MOST_VALUES // 2], *values[-(MOST_VALUES // 2) :])
    return figure.model_copy(update={"values": tuple(_reduce_figure_value(one) for one in values)})


def _reduce_figure_value(value: FigureValue) -> FigureValue:
    return value.model_copy(
        update={"claim_ids": value.claim_ids[:MOST_IDS], "article_ids": value.article_ids[:MOST_IDS]}
    )


def keep_known_ids_in_figure(
    figure: Figure, whole_figure: Figure, claim_ids: Collection[str], article_ids: Collection[str]
) -> Figure:
    """The values of `figure`, naming what is here of the claims and articles that they have in `whole_figure`."""
    named = {_figure_value_key(one): one for one in whole_figure.values}
    values = []
    for value in figure.values:
        all_of_it = named[_figure_value_key(value)]
        values.append(
            value.model_copy(
                update={
                    "claim_ids": _select_known_ids(all_of_it.claim_ids, claim_ids),
                    "article_ids": _select_known_ids(all_of_it.article_ids, article_ids),
                }
            )
        )
    return figure.model_copy(update={"values": tuple(values)})


def _figure_value_key(value: FigureValue) -> tuple[object, ...]:
    return value.value, value.bound, value.increment, value.derived_from


def _select_known_ids(ids: tuple[str, ...], known_ids: Collection[str]) -> tuple[str, ...]:
    return tuple(islice((one for one in ids if one in known_ids), MOST_IDS))


def keep_known_articles_in_entity(entity: EventEntity, known_article_ids: Collection[str]) -> EventEntity:
    """Its spellings, each naming a few of these articles; those that none of them has are left out."""
    variants = tuple(
        EntityVariant(
            surface=one.surface,
            article_ids=ids,
            link=one.link,
            shown_in=tuple(each for each in one.shown_in if each in ids),
        )
        for one in entity.variants
        if (ids := _select_known_ids(one.article_ids, known_article_ids))
    )
    return entity.model_copy(update={"variants": variants})


def _restrict_source_chain(source: UltimateSource | None, article_ids: Collection[str]) -> UltimateSource | None:
    """The way to the source, told by these articles alone."""
    if source is None:
        return None
    chain = tuple(
        one.model_copy(update={"article_ids": tuple(each for each in one.article_ids if each in article_ids)})
        for one in source.chain
    )
    return source.model_copy(update={"chain": chain})


def remove_membership_reasons(article: EventArticle) -> EventArticle:
    """Score, threshold and model alone: signals, runner-up and nearest event travel with `article_joined`."""
    whole = article.membership
    stub = Membership(score=whole.score, threshold=whole.threshold, model=whole.model)
    return article if stub == whole else article.model_copy(update={"membership": stub})


def build_event_without_lists(event: Event, max_bytes: int) -> Event:
    """The event without its lists; with less of lineage and headline where they leave no room."""
    bare = dict.fromkeys(_LISTS, ())
    shorter = {"lineage": event.lineage[-MOST_LINEAGE:]}
    cut = {"headline": event.headline[:MOST_HEADLINE]}
    steps = (bare, bare | shorter, bare | shorter | cut, bare | cut | {"lineage": (), "nearest": None})
    tried = (event.model_copy(update=step) for step in steps)
    last = event
    for last in tried:
        if count_json_bytes(last) <= max_bytes:
            break
    return last
