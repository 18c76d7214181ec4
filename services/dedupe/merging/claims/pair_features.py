"""The features by which the pair model sees two claims: common words, sources, form, figures, place in the article.

Every feature follows from the two claims and, for the ranks, from the claims of their two articles: what else the event
holds does not matter, so a pair keeps its probability while the event grows.
"""

from collections.abc import Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from services.dedupe.merging.claims.quantity_comparison import has_compatible_figures, has_figure_missing_on_both_sides
from services.dedupe.merging.claims.report import (
    Report,
    are_different_persons,
    cosine_similarity,
    has_same_source,
    is_full_quotation,
)
from services.dedupe.merging.vetoes.find import find_figure_date_and_polarity_vetoes
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import VetoKind
from services.dedupe.merging.vetoes.word_overlap import weight_of_common_words
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


def compute_pair_features(report: Report, other_report: Report, ranks: tuple[int, int]) -> NDArray[np.float64]:
    """Compute the features of a pair in the order of `FEATURES`; they are the same whichever comes first.

    Args:
        report: A claim.
        other_report: Another claim of the same event.
        ranks: How many claims of the other's article are more similar to each of the two, in either order.
    """
    first, second = report.prepared, other_report.prepared
    words = _word_features(first.proposition, second.proposition)
    # Vetoes cost most to find, and mean nothing for two claims about different things.
    vetoes = (
        _find_figure_date_and_polarity_veto_kinds(first.proposition, second.proposition)
        if words[0] >= ABOUT_ONE_THING
        else frozenset()
    )
    better, worse = sorted(min(rank, MOST_RANK) for rank in ranks)
    return np.array(
        (
            cosine_similarity(report, other_report),
            *words,
            *_source_features(report, other_report),
            *_quotation_and_figure_features(report, other_report),
            *_same_article_features(report, other_report),
            _longest_run_share(first.proposition.stems, second.proposition.stems),
            _longest_run_share(report.quoted_stems, other_report.quoted_stems),
            _common_share_of_shorter(first.sentence_stem_set, second.sentence_stem_set),
            _longest_run_share(first.sentence_stems, second.sentence_stems),
            abs(_relative_position(report) - _relative_position(other_report)),
            float(max(report.claim.span.start, other_report.claim.span.start) < START),
            log1p(min(len(first.proposition.stems), len(second.proposition.stems))),
            float(bool(vetoes & {VetoKind.FIGURE, VetoKind.INCREMENT})),
            float(VetoKind.POLARITY in vetoes),
            float(VetoKind.DATE in vetoes),
            log1p(better),
            log1p(worse),
        )
    )


def count_characters_between(report: Report, other_report: Report) -> int | None:
    """Count the characters between two claims of one article; None: they stand in two."""
    if report.article.article_id != other_report.article.article_id:
        return None
    first, second = sorted((report.claim.span, other_report.claim.span), key=lambda span: (span.start, span.end))
    return second.start - first.end


def _find_figure_date_and_polarity_veto_kinds(
    proposition: Proposition, other_proposition: Proposition
) -> frozenset[VetoKind]:
    return frozenset(veto.kind for veto in find_figure_date_and_polarity_vetoes(proposition, other_proposition))


def _longest_run_share(stems: Sequence[str], other_stems: Sequence[str]) -> float:
    return min(longest_run(stems, other_stems), LONG_RUN) / LONG_RUN


def _word_features(proposition: Proposition, other_proposition: Proposition) -> Sequence[float]:
    common = weight_of_common_words(proposition, other_proposition)
    lighter, heavier = sorted((proposition.total_weight, other_proposition.total_weight))
    arguments = min(len(proposition.argument_stems), len(other_proposition.argument_stems))
    return (
        common / lighter if lighter > 0 else 0.0,
        common / heavier if heavier > 0 else 0.0,
        float(not proposition.main_predicates.isdisjoint(other_proposition.main_predicates)),
        len(proposition.argument_stems & other_proposition.argument_stems) / arguments if arguments else 0.0,
    )


def _source_features(report: Report, other_report: Report) -> Sequence[float]:
    mine, yours = report.claim.speaker, other_report.claim.speaker
    same = has_same_source(report, other_report)
    return (
        float(same),
        float(not same and are_different_persons(mine, yours)),
        float((mine is None) != (yours is None)),
        float(mine is None and yours is None),
    )


def _quotation_and_figure_features(report: Report, other_report: Report) -> Sequence[float]:
    quotations = is_full_quotation(report) + is_full_quotation(other_report)
    mine, yours = report.claim.quantities, other_report.claim.quantities
    return (
        float(quotations == 2),  # noqa: PLR2004 - both
        float(quotations == 1),
        float(has_figure_missing_on_both_sides(mine, yours)),
        float(has_compatible_figures(mine, yours)),
        float(bool(mine) != bool(yours)),
    )


def _same_article_features(report: Report, other_report: Report) -> Sequence[float]:
    between = count_characters_between(report, other_report)
    if between is None:
        return 0.0, 0.0, 0.0, 0.0
    first, second = sorted((report.claim.span, other_report.claim.span), key=lambda span: (span.start, span.end))
    sentence = report.claim.sentence
    return (
        1.0,
        log1p(second.start - first.start),
        float(between < ADJACENT),
        float(sentence is not None and sentence == other_report.claim.sentence),
    )


def _relative_position(report: Report) -> float:
    return report.claim.span.start / len(report.article.text)


def _common_share_of_shorter(words: frozenset[str], other_words: frozenset[str]) -> float:
    """Share of the words of the shorter sentence that the longer has."""
    return len(words & other_words) / max(1, min(len(words), len(other_words)))
