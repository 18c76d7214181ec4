"""Which wording of a statement is shown for all: the one that says what other origins say, and least beside it.

A merged claim counts the origins that report it. A detail that one of them alone adds is not what the others report.
"""

from collections.abc import Sequence

from services.dedupe.merging.claims.quantity_comparison import have_other_values
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.wordings import Wording
from services.language.openings import PRONOUNS

MOST_COMPARED = 32
"""Wordings that are held against each other: those reported first."""
HALF = 0.5
"""Share of the other origins from which on a word speaks for the wording that has it."""
_OPENING_WORDS = 2
_APOSTROPHES = str.maketrans("'\u2019", "  ")


def choose_canonical_statement(wordings: Sequence[Wording]) -> Report:
    """Choose the report in whose words most other origins report a statement; of one origin, the longest.

    A clause that names its subject comes before one that begins with a pronoun, and before a fragment. None is chosen
    that has other numbers than the first report ("74 cabins" of "some 70 cabins"), whose it would seem to be.

    Args:
        wordings: Of a merged claim, none of them a whole quotation.
    """
    if len(wordings) == 1:
        return wordings[0].first
    earliest = sorted(wordings, key=lambda wording: wording.first.order)[:MOST_COMPARED]
    values = earliest[0].first.prepared.values
    supported = [
        wording
        for number, wording in enumerate(earliest)
        if number == 0 or not have_other_values(wording.first.prepared.values, values)
    ]
    words_of_origins = _collect_words_of_origins(earliest)
    if len(words_of_origins) == 1:
        return min((wording.first for wording in supported), key=lambda one: (-one.prepared.length, one.order))
    return min(
        (wording.first for wording in supported),
        key=lambda one: (
            not one.claim.predicates,
            _opens_with_pronoun(one.claim.text),
            -_weigh_words(one, [words for origin, words in words_of_origins.items() if origin != one.origin_id]),
            -one.prepared.length,
            one.order,
        ),
    )


def _collect_words_of_origins(wordings: Sequence[Wording]) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for wording in wordings:
        for origin_id in {report.origin_id for report in wording.reports}:
            words.setdefault(origin_id, set()).update(wording.first.prepared.kept_words.words)
    return words


def _opens_with_pronoun(text: str) -> bool:
    """Whether it is not clear alone whom a claim is about ("he", "calling it")."""
    return not PRONOUNS.isdisjoint(text.casefold().translate(_APOSTROPHES).split()[:_OPENING_WORDS])


def _weigh_words(report: Report, words_of_others: Sequence[set[str]]) -> float:
    """Weigh the words that at least half of the other origins have, less those that fewer have."""
    words = report.prepared.kept_words
    return sum(
        weight * (sum(word in others for others in words_of_others) / len(words_of_others) - HALF)
        for word, weight in zip(words.words, words.weight_of_each, strict=True)
    )
