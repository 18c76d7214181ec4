"""Whether words say that something is not so: the one answer for a stretch of text without a parse."""

import re
from collections.abc import Iterable

from services.language.case import lower_case
from services.language.pieces import has_piece
from services.language.sentence_ends import main_clause

NEGATIONS = frozenset((
    "not", "n't", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot",
))  # fmt: skip
"""Words that negate, in lower case; "n't" is what a tokeniser may cut off "didn't"."""
NEAR_NEGATIONS = frozenset(("nowhere", "hardly", "scarcely", "barely", "rarely", "seldom"))
"""Words that nearly negate: where verbs are compared, "hardly moved" counts as "did not move"."""


def compile_negation(words: Iterable[str] = NEGATIONS, not_before: Iterable[str] = ()) -> re.Pattern[str]:
    """Compile a pattern that finds negations in text.

    It leaves out those that add ("not only"), bound ("no fewer than 12"), grant ("no doubt") or number ("No. 2").

    Args:
        words: The words that count, out of `NEGATIONS`; "n't" always does.
        not_before: Patterns of words before which "not" negates nothing either.
    """
    adds = "|".join(("only", "just", "merely", "simply", "solely", "least", *not_before))
    alternatives = "|".join(sorted(frozenset(words) - {"n't"}))
    return re.compile(
        rf"\b(?!not (?:{adds})\b|(?:no|not) (?:more|fewer|less|later|earlier|sooner) than\b"
        r"|no (?:doubt|wonder|matter)\b|no\.? ?\d|nothing but\b)"
        rf"(?:{alternatives})\b|n['\u2019]t\b(?! (?:{adds})\b)",
        re.IGNORECASE,
    )


# "Nor" and "without" negate what follows them, not the clause that they stand in.
_OF_A_CLAUSE = compile_negation(NEGATIONS - {"nor", "without"})
_IN_NEGATIONS = ("no", "never", "neither", "n't", "n\u2019t")
"""Each match of that pattern, in lower case, has one of them in it."""


def is_negated(text: str) -> bool:
    """Whether a claim's main clause (`main_clause`) says that something is not so."""
    return has_piece(lower_case(text), _IN_NEGATIONS) and _OF_A_CLAUSE.search(main_clause(text)) is not None


def count_negations(words: Iterable[str]) -> int:
    """How many of `words`, in lower case and with plain apostrophes, negate. "didn't" counts as one."""
    return sum(word in NEGATIONS or word.endswith("n't") for word in words)
