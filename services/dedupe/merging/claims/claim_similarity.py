"""How similar two claims of one event are: the probability that they are one proposition, and what forbids it.

The pair model gives the probability. Few vetoes stand beside it, for what it cannot learn from news: sentences that
are the same but for a figure, a date or a "not".
"""

from services.contracts.claim import ClaimKind, Speaker
from services.dedupe.merging.claims.pair_features import (
    ABOUT_ONE_THING,
    compute_pair_features,
    count_characters_between,
)
from services.dedupe.merging.claims.pair_model import PairModel, load_pair_model
from services.dedupe.merging.claims.quantity_comparison import has_figure_missing_on_both_sides
from services.dedupe.merging.claims.quotation_matching import CONTAINED, align_quotations
from services.dedupe.merging.claims.report import (
    Report,
    are_different_persons,
    cosine_similarity,
    has_same_source,
)
from services.dedupe.merging.claims.stance import Stance, classify_stance
from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.names import find_replaced_name_vetoes
from services.dedupe.merging.vetoes.veto import VetoKind
from services.dedupe.merging.vetoes.word_overlap import word_overlap_by_rarer_form
from services.dedupe.merging.vetoes.wording_conflicts import explain_wording_conflict, read_stems_with_numbers
from services.dedupe.signals.name_matching import split_name_words
from services.language.stems import short_stem, singulars
from services.language.word_sequences import longest_run

LONG = 8
"""Words in a row between quotation marks that outrank the names of their speakers: they do not recur by chance."""
FRAGMENT_RATIO = 2
"""How many times as many words with meaning a clause has as a mere fragment of it."""
ONE_SENTENCE = 0.9
"""Share of the words of the longer sentence, without the speaker, that the other has: they are one sentence."""
FEWEST_CONTENT = 2
"""Words with meaning that a claim must have to be one with another."""
ALIKE = 0.7
"""Cosine from which two claims without a word in common are read all the same."""
BESIDE = 160
"""Characters between two claims of one article, from which on they do not stand side by side."""
OTHER_SOURCE_ODDS = 0.434
"""Odds that two claims that are not of one named source are one, as a share of what the model gives (decision 0071)."""
_STANDS_APART = frozenset((Stance.DECLINES, Stance.DENIES))


class ClaimSimilarity:
    """Compares the claims of one event."""

    def __init__(self, model: PairModel | None = None) -> None:
        """`model`: None for the one that comes with the service."""
        self._model = load_pair_model() if model is None else model

    def is_worth_comparing(self, report: Report, other_report: Report) -> bool:
        """Whether they have words in common, are much alike, or stand side by side: few others would be probable."""
        if cosine_similarity(report, other_report) >= ALIKE:
            return True
        words, other_words = report.prepared.kept_words, other_report.prepared.kept_words
        # Most pairs have no word in common, and that costs least to see.
        if words.has_common_word(other_words) and word_overlap_by_rarer_form(words, other_words) >= ABOUT_ONE_THING:
            return True
        between = count_characters_between(report, other_report)
        return between is not None and between < BESIDE

    def same_claim_probability(self, report: Report, other_report: Report, ranks: tuple[int, int]) -> float:
        """Return the probability that both are one proposition. `ranks`: see `compute_pair_features`."""
        return weigh_by_source(
            self._model.predict_probability(compute_pair_features(report, other_report, ranks)),
            is_of_one_source=report.claim.speaker is not None and has_same_source(report, other_report),
        )

    def fails_quick_merge_check(self, report: Report, other_report: Report) -> bool:
        """Whether sources, stances, figures or their form forbid two claims to be one."""
        return (
            _has_too_few_content_words(report, other_report)
            or _is_fragment_of_clause(report, other_report)
            or _is_fragment_of_clause(other_report, report)
            or _have_conflicting_sources(report, other_report)
            or _have_conflicting_stances(report, other_report)
            or _are_two_quotations_of_one_article(report, other_report)
            or (
                (is_phrase_claim(report) or is_phrase_claim(other_report))
                and not _may_share_reporting_clause(report, other_report)
            )
            or (
                report.claim_stems != other_report.claim_stems
                and has_figure_missing_on_both_sides(report.claim.quantities, other_report.claim.quantities)
            )
        )

    def has_merge_veto(self, report: Report, other_report: Report) -> bool:
        """Whether something in what they say forbids two claims to be one.

        Speakers are compared by what the whole event knows of its sources (`fails_quick_merge_check`). Outlets turn a
        source's "could" into "would", or leave its condition out: that is drift, and another proposition only from
        another source.
        """
        if _have_conflicting_sentences(report, other_report):
            return True
        first, second = report.prepared.proposition, other_report.prepared.proposition
        # The stems of a proposition hold numbers with their sign: "-2" is not "2".
        if report.claim_stems == other_report.claim_stems and first.stems == second.stems:
            return False
        if has_shared_quotation(report, other_report):
            return any(find_replaced_name_vetoes(first, second))
        settled = (
            {VetoKind.SPEAKER, VetoKind.POSSIBILITY} if has_same_source(report, other_report) else {VetoKind.SPEAKER}
        )
        return any(veto.kind not in settled for veto in find_vetoes(first, second))


def weigh_by_source(model_probability: float, *, is_of_one_source: bool) -> float:
    """Return the probability by which two claims are merged.

    Outlets and sources tell different things of one event in similar words more often than one source says them.

    Args:
        model_probability: What the pair model gives.
        is_of_one_source: Whether one named source says both.
    """
    if is_of_one_source:
        return model_probability
    odds = OTHER_SOURCE_ODDS * model_probability / (1 - model_probability)
    return odds / (1 + odds)


def _have_conflicting_sentences(report: Report, other_report: Report) -> bool:
    """Whether two articles word a sentence similarly but for a number, an opposite or a negation."""
    if report.article.article_id == other_report.article.article_id:
        return False
    return explain_wording_conflict(
        report.prepared.sentence_stems_with_numbers, other_report.prepared.sentence_stems_with_numbers
    ) is not None or (
        explain_wording_conflict(
            read_stems_with_numbers(report.claim.text), read_stems_with_numbers(other_report.claim.text)
        )
        is not None
    )


def _has_too_few_content_words(report: Report, other_report: Report) -> bool:
    """Whether one has too few words with meaning: "the crew" could be from anywhere."""
    return (
        report.claim_stems != other_report.claim_stems
        and min(len(report.content_stems), len(other_report.content_stems)) < FEWEST_CONTENT
    )


def _is_fragment_of_clause(report: Report, other_report: Report) -> bool:
    """Whether one is a fragment without a verb and the other a whole clause, as when a sentence is cut at "Corp."."""
    claim = report.claim
    if (
        claim.kind is ClaimKind.QUOTATION
        or claim.quoted
        or claim.cue
        or claim.predicates
        or not other_report.claim.predicates
    ):
        return False
    return FRAGMENT_RATIO * len(report.content_stems) <= len(other_report.content_stems)


def has_shared_quotation(report: Report, other_report: Report) -> bool:
    """Whether both quote the same words, and enough of them that they are one utterance."""
    return longest_run(report.quoted_stems, other_report.quoted_stems) >= LONG


def _have_conflicting_sources(report: Report, other_report: Report) -> bool:
    if attributes_one_sentence_to_two_names(report, other_report):
        return True
    if has_shared_quotation(report, other_report):
        return are_two_named_persons(report, other_report)
    if report.side is not None and other_report.side is not None and report.side != other_report.side:
        return True
    if report.source is not None and report.source == other_report.source:
        return False
    return are_different_persons(report.claim.speaker, other_report.claim.speaker)


def _have_conflicting_stances(report: Report, other_report: Report) -> bool:
    first, second = classify_stance(report), classify_stance(other_report)
    return first is not second and bool({first, second} & _STANDS_APART)


def _are_two_quotations_of_one_article(report: Report, other_report: Report) -> bool:
    """Whether one article quotes both, in other words: sentences of one speech, which say one thing after another."""
    if report.article.article_id != other_report.article.article_id:
        return False
    if not (report.claim.kind is other_report.claim.kind is ClaimKind.QUOTATION):
        return False
    shorter, longer = sorted((report.quoted_stems, other_report.quoted_stems), key=len)
    return bool(shorter) and align_quotations(shorter, longer).shared < CONTAINED * len(shorter)


def is_phrase_claim(report: Report) -> bool:
    """Whether a claim is not a clause ("the revised travel ban", "to close the port"): then its cue is part of it."""
    claim = report.claim
    if claim.kind is not ClaimKind.STATEMENT or claim.cue is None:
        return False
    return not claim.predicates or claim.text.startswith("to ")


def _may_share_reporting_clause(report: Report, other_report: Report) -> bool:
    """Whether two phrases may complete one sentence: the same source, or the same cue and one source unknown."""
    if has_same_source(report, other_report) or has_shared_quotation(report, other_report):
        return True
    first, second = report.claim.cue, other_report.claim.cue
    two = report.claim.speaker is not None and other_report.claim.speaker is not None
    return not two and first is not None and second is not None and short_stem(first) == short_stem(second)


def attributes_one_sentence_to_two_names(report: Report, other_report: Report) -> bool:
    """Whether two articles attribute one sentence to two names, whatever kind of source these are."""
    first, second = report.claim.speaker, other_report.claim.speaker
    if first is None or second is None or not (_is_written_as_name(first) and _is_written_as_name(second)):
        return False
    if set(split_name_words(first.canonical)) & set(split_name_words(second.canonical)):
        return False
    ours = set(report.prepared.sentence_stems_with_numbers) - set(read_stems_with_numbers(first.surface))
    theirs = set(other_report.prepared.sentence_stems_with_numbers) - set(read_stems_with_numbers(second.surface))
    return len(ours & theirs) >= ONE_SENTENCE * max(len(ours), len(theirs))


def _is_written_as_name(speaker: Speaker) -> bool:
    return all(word[0].isupper() for word in speaker.surface.split()) and _is_named_beside_cue(speaker)


def _is_named_beside_cue(speaker: Speaker) -> bool:
    """Whether the words beside the cue contain the speaker's name."""
    return bool(set(split_name_words(speaker.surface)) & set(split_name_words(speaker.canonical)))


def are_two_named_persons(report: Report, other_report: Report) -> bool:
    """Whether two claims are surely by two persons: both are named beside the cue, and neither in the other claim."""
    first, second = report.claim.speaker, other_report.claim.speaker
    if first is None or second is None or not are_different_persons(first, second):
        return False
    # It is too often mistaken whom "he" or "the former president" means.
    if not (_is_named_beside_cue(first) and _is_named_beside_cue(second)):
        return False
    if set(split_name_words(first.canonical)) & set(split_name_words(second.canonical)):
        return False
    return not any(
        set(singulars(speaker.canonical)) <= set(each.claim_stems)
        for each, speaker in ((report, first), (other_report, second))
    )
