"""The features by which the pair model sees two claims: common words, sources, form, figures, place in the article.

Every feature follows from the two claims and, for the ranks, from the claims of their two articles: what else the event
holds does not matter, so a pair keeps its probability while the event grows.
"""

from collections.abc import Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from services.dedupe.merging.claims.report import Report, cosine, is_full_quotation, same_source, speakers_conflict
from services.dedupe.merging.vetoes.find import find_figure_date_and_sign_vetoes
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.quantities import figures_agree, figures_differ
from services.dedupe.merging.vetoes.veto import VetoKind
from services.language.word_sequences import longest_run

FEATURES = (
    "cosine",
    "containment",
    "longer_containment",
    "main",
    "arguments",
    "same_source",
    "speakers_conflict",
    "one_without_source",
    "both_without_source",
    "quotations",
    "quotation_and_statement",
    "figures_differ",
    "figures_agree",
    "figures_on_one_side",
    "same_article",
    "distance",
    "adjacent",
    "same_sentence",
    "run",
    "quoted_run",
    "sentence_containment",
    "sentence_run",
    "position",
    "openings",
    "length",
    "figure_veto",
    "polarity_veto",
    "date_veto",
    "better_rank",
    "worse_rank",
)
"""Names of the features in order.

containment, longer_containment: rarity of the common words over that of the lighter and of the heavier claim. main:
whether they share a main verb. arguments: common subjects and objects over those of the claim with fewer. distance: log
of the characters between the starts of two claims of one article; adjacent: fewer than `ADJACENT` between them. run,
quoted_run, sentence_run: longest run of common words, up to `LONG_RUN`, of the claims, of their quoted words and of the
sentences they stand in. position: how far apart they stand in their articles, in shares of the text; openings: both
stand at the start. length: log of the words of the shorter. figure_veto, polarity_veto, date_veto: see `find_vetoes`,
asked only of claims with words in common. better_rank, worse_rank: log of how many claims of the other's article are
more similar to one than the other is, by cosine.
"""
ABOUT_ONE_THING = 0.3
"""Containment from which a pair is asked for vetoes."""
ADJACENT = 60
"""Characters between a lead-in and its quotation."""
LONG_RUN = 14
"""Words in a row beyond which a longer run makes no difference."""
START = 400
"""Characters of an article that are its opening."""
MOST_RANK = 20


def pair_features(one: Report, other: Report, ranks: tuple[int, int]) -> NDArray[np.float64]:
    """Compute the features of a pair in the order of `FEATURES`; they are the same whichever comes first.

    Args:
        one: A claim.
        other: Another claim of the same event.
        ranks: How many claims of the other's article are more similar to each of the two, in either order.
    """
    first, second = one.prepared, other.prepared
    words = _words(first.proposition, second.proposition)
    # Vetoes cost most to find, and mean nothing for two claims about different things.
    vetoes = _vetoes(first.proposition, second.proposition) if words[0] >= ABOUT_ONE_THING else frozenset()
    better, worse = sorted(min(rank, MOST_RANK) for rank in ranks)
    return np.array(
        (
            cosine(one, other),
            *words,
            *_source(one, other),
            *_form(one, other),
            *_place(one, other),
            _run(first.proposition.stems, second.proposition.stems),
            _run(one.stems, other.stems),
            _contained(first.sentence_words, second.sentence_words),
            _run(first.sentence, second.sentence),
            abs(_position(one) - _position(other)),
            float(max(one.claim.span.start, other.claim.span.start) < START),
            log1p(min(len(first.proposition.stems), len(second.proposition.stems))),
            float(bool(vetoes & {VetoKind.FIGURE, VetoKind.INCREMENT})),
            float(VetoKind.POLARITY in vetoes),
            float(VetoKind.DATE in vetoes),
            log1p(better),
            log1p(worse),
        )
    )


def shared_words(one: Proposition, other: Proposition) -> float:
    """Rarity of the common words over that of the lighter claim, in [0, 1]."""
    lighter = min(one.weight, other.weight)
    return _common(one, other) / lighter if lighter > 0 else 0.0


def gap(one: Report, other: Report) -> int | None:
    """Characters between two claims of one article; None: they stand in two."""
    if one.article.article_id != other.article.article_id:
        return None
    first, second = sorted((one.claim.span, other.claim.span), key=lambda span: (span.start, span.end))
    return second.start - first.end


def _vetoes(one: Proposition, other: Proposition) -> frozenset[VetoKind]:
    return frozenset(veto.kind for veto in find_figure_date_and_sign_vetoes(one, other))


def _run(one: Sequence[str], other: Sequence[str]) -> float:
    return min(longest_run(one, other), LONG_RUN) / LONG_RUN


def _words(one: Proposition, other: Proposition) -> Sequence[float]:
    common = _common(one, other)
    lighter, heavier = sorted((one.weight, other.weight))
    arguments = min(len(one.arguments), len(other.arguments))
    return (
        common / lighter if lighter > 0 else 0.0,
        common / heavier if heavier > 0 else 0.0,
        float(not one.main.isdisjoint(other.main)),
        len(one.arguments & other.arguments) / arguments if arguments else 0.0,
    )


def _common(one: Proposition, other: Proposition) -> float:
    """Rarity of the words that both have."""
    ours, theirs = one.weights, other.weights
    common = ours.keys() & theirs.keys()
    return sum([max(ours[word], theirs[word]) for word in sorted(common)]) if common else 0.0


def _source(one: Report, other: Report) -> Sequence[float]:
    mine, yours = one.claim.speaker, other.claim.speaker
    same = same_source(one, other)
    return (
        float(same),
        float(not same and speakers_conflict(mine, yours)),
        float((mine is None) != (yours is None)),
        float(mine is None and yours is None),
    )


def _form(one: Report, other: Report) -> Sequence[float]:
    quotations = is_full_quotation(one) + is_full_quotation(other)
    mine, yours = one.claim.quantities, other.claim.quantities
    return (
        float(quotations == 2),  # noqa: PLR2004 - both
        float(quotations == 1),
        float(figures_differ(mine, yours)),
        float(figures_agree(mine, yours)),
        float(bool(mine) != bool(yours)),
    )


def _place(one: Report, other: Report) -> Sequence[float]:
    between = gap(one, other)
    if between is None:
        return 0.0, 0.0, 0.0, 0.0
    first, second = sorted((one.claim.span, other.claim.span), key=lambda span: (span.start, span.end))
    sentence = one.claim.sentence
    return (
        1.0,
        log1p(second.start - first.start),
        float(between < ADJACENT),
        float(sentence is not None and sentence == other.claim.sentence),
    )


def _position(report: Report) -> float:
    return report.claim.span.start / len(report.article.text)


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the words of the shorter sentence that the longer has."""
    return len(one & other) / max(1, min(len(one), len(other)))
