"""How similar two claims of one event are: the probability that they are one proposition, and what forbids it.

The pair model gives the probability. Few vetoes stand beside it, for what it cannot learn from news: sentences that
are the same but for a figure, a date or a "not".
"""

from services.contracts.claim import ClaimKind, Speaker
from services.dedupe.merging.claims.pair_features import ABOUT_ONE_THING, gap, pair_features, shared_words
from services.dedupe.merging.claims.pair_model import PairModel, shipped_pair_model
from services.dedupe.merging.claims.report import Report, cosine, same_source, speakers_conflict
from services.dedupe.merging.claims.stance import Stance, stance_of
from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.names import exchanged_name_vetoes
from services.dedupe.merging.vetoes.quantities import figures_differ
from services.dedupe.merging.vetoes.veto import VetoKind
from services.dedupe.merging.vetoes.wording import clash, wording
from services.dedupe.signals.names import name_words
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
_STANDS_APART = frozenset((Stance.DECLINES, Stance.DENIES))


class Similarity:
    """Compares the claims of one event."""

    def __init__(self, model: PairModel | None = None) -> None:
        """`model`: None for the one that comes with the service."""
        self._model = shipped_pair_model() if model is None else model

    def worth_reading(self, one: Report, other: Report) -> bool:
        """Whether they have words in common, are much alike, or stand side by side: few others would be probable."""
        first, second = one.prepared.proposition, other.prepared.proposition
        if shared_words(first, second) >= ABOUT_ONE_THING or cosine(one, other) >= ALIKE:
            return True
        between = gap(one, other)
        return between is not None and between < BESIDE

    def probability(self, one: Report, other: Report, ranks: tuple[int, int]) -> float:
        """Return the probability that both are one proposition. `ranks`: see `pair_features`."""
        return self._model.probability(pair_features(one, other, ranks))

    def excluded(self, one: Report, other: Report) -> bool:
        """Whether sources, stances, figures or their form forbid two claims to be one."""
        return (
            _says_too_little(one, other)
            or _is_fragment(one, other)
            or _is_fragment(other, one)
            or _sources_differ(one, other)
            or _stances_differ(one, other)
            or ((is_phrase(one) or is_phrase(other)) and not _complete_one_sentence(one, other))
            or (one.tokens != other.tokens and figures_differ(one.claim.quantities, other.claim.quantities))
        )

    def objected(self, one: Report, other: Report) -> bool:
        """Whether something in what they say forbids two claims to be one.

        Speakers are compared by what the whole event knows of its sources (`excluded`). Outlets turn a source's "could"
        into "would", or leave its condition out: that is drift, and another proposition only from another source.
        """
        if _sentences_clash(one, other):
            return True
        first, second = one.prepared.proposition, other.prepared.proposition
        # The stems of a proposition hold numbers with their sign: "-2" is not "2".
        if one.tokens == other.tokens and first.stems == second.stems:
            return False
        if shared_quotation(one, other):
            return any(exchanged_name_vetoes(first, second))
        settled = {VetoKind.SPEAKER, VetoKind.POSSIBILITY} if same_source(one, other) else {VetoKind.SPEAKER}
        return any(veto.kind not in settled for veto in find_vetoes(first, second))


def _sentences_clash(one: Report, other: Report) -> bool:
    """Whether two articles word a sentence similarly but for a number, an opposite or a negation."""
    if one.article.article_id == other.article.article_id:
        return False
    return clash(one.prepared.wording, other.prepared.wording) is not None or (
        clash(wording(one.claim.text), wording(other.claim.text)) is not None
    )


def _says_too_little(one: Report, other: Report) -> bool:
    """Whether one has too few words with meaning: "the crew" could be from anywhere."""
    return one.tokens != other.tokens and min(len(one.content), len(other.content)) < FEWEST_CONTENT


def _is_fragment(one: Report, other: Report) -> bool:
    """Whether one is a fragment without a verb and the other a whole clause, as when a sentence is cut at "Corp."."""
    claim = one.claim
    if claim.kind is ClaimKind.QUOTATION or claim.quoted or claim.cue or claim.predicates or not other.claim.predicates:
        return False
    return FRAGMENT_RATIO * len(one.content) <= len(other.content)


def shared_quotation(one: Report, other: Report) -> bool:
    """Whether both quote the same words, and enough of them that they are one utterance."""
    return longest_run(one.stems, other.stems) >= LONG


def _sources_differ(one: Report, other: Report) -> bool:
    if signed_otherwise(one, other):
        return True
    if shared_quotation(one, other):
        return two_persons(one, other)
    if one.side is not None and other.side is not None and one.side != other.side:
        return True
    if one.source is not None and one.source == other.source:
        return False
    return speakers_conflict(one.claim.speaker, other.claim.speaker)


def _stances_differ(one: Report, other: Report) -> bool:
    first, second = stance_of(one), stance_of(other)
    return first is not second and bool({first, second} & _STANDS_APART)


def is_phrase(report: Report) -> bool:
    """Whether a claim is not a clause ("the revised travel ban", "to close the port"): then its cue is part of it."""
    claim = report.claim
    if claim.kind is not ClaimKind.STATEMENT or claim.cue is None:
        return False
    return not claim.predicates or claim.text.startswith("to ")


def _complete_one_sentence(one: Report, other: Report) -> bool:
    """Whether two phrases may complete one sentence: the same source, or the same cue and one source unknown."""
    if same_source(one, other) or shared_quotation(one, other):
        return True
    first, second = one.claim.cue, other.claim.cue
    two = one.claim.speaker is not None and other.claim.speaker is not None
    return not two and first is not None and second is not None and short_stem(first) == short_stem(second)


def signed_otherwise(one: Report, other: Report) -> bool:
    """Whether two articles attribute one sentence to two names, whatever kind of source these are."""
    first, second = one.claim.speaker, other.claim.speaker
    if first is None or second is None or not (_is_written_as_name(first) and _is_written_as_name(second)):
        return False
    if set(name_words(first.canonical)) & set(name_words(second.canonical)):
        return False
    ours = set(one.prepared.wording) - set(wording(first.surface))
    theirs = set(other.prepared.wording) - set(wording(second.surface))
    return len(ours & theirs) >= ONE_SENTENCE * max(len(ours), len(theirs))


def _is_written_as_name(speaker: Speaker) -> bool:
    return all(word[0].isupper() for word in speaker.surface.split()) and _is_named(speaker)


def _is_named(speaker: Speaker) -> bool:
    """Whether the words beside the cue contain the speaker's name."""
    return bool(set(name_words(speaker.surface)) & set(name_words(speaker.canonical)))


def two_persons(one: Report, other: Report) -> bool:
    """Whether two claims are surely by two persons: both are named beside the cue, and neither in the other claim."""
    first, second = one.claim.speaker, other.claim.speaker
    if first is None or second is None or not speakers_conflict(first, second):
        return False
    # It is too often mistaken whom "he" or "the former president" means.
    if not (_is_named(first) and _is_named(second)):
        return False
    if set(name_words(first.canonical)) & set(name_words(second.canonical)):
        return False
    return not any(
        set(singulars(speaker.canonical)) <= set(report.tokens) for report, speaker in ((one, first), (other, second))
    )
