"""Rare names of two words: of a victim, a suspect, a street; not of a source.

Reports of one happening that come days apart share little else: the first tells what was seen, a later one whom it
concerns.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.head_names import HEAD_CHARACTERS, MOST_READ, find_names
from services.dedupe.signals.live_terms import LiveTerms
from services.dedupe.signals.shared_ids import have_shared_ids
from services.dedupe.signals.terms import TermStatistics, hash_term
from services.language.ranges import Range
from services.language.stems import singulars

FullName = tuple[str, str]
HEAD_FULL_NAMES, KNOWN_FULL_NAMES = 8, 24
"""Full names kept of the head and of the whole text, those that stand first."""
RARE_IDF = 8.0
"""A full name is rare where one of its words has at least this inverse document frequency in the background."""
MOST_LIVE = 12
"""Live articles that may hold a rare full name: one that more hold is of somebody who is in the news every day."""
_VERBS_OF_SAYING = "said|says|told|tells|added|wrote|tweeted|stated"
_SAYS_BEHIND = re.compile(rf",? (?:{_VERBS_OF_SAYING})\b")
_SAYS_BEFORE = re.compile(rf"\b(?:{_VERBS_OF_SAYING}|according to)(?: \S+){{0,3}} $")
"""What marks a name as that of a source: a town's officer speaks of all of its fires."""
_BEFORE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class ArticleFullNames:
    """Hashed rare full names of an article, ascending and distinct.

    Attributes:
        head: Of title and first 400 characters, at most `HEAD_FULL_NAMES`.
        known: Of title and first 6,000 characters, at most `KNOWN_FULL_NAMES`; holds those of the head.
    """

    head: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    known: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))


def find_article_full_names(title: str | None, text: str, term_statistics: TermStatistics) -> ArticleFullNames:
    """The rare full names of one article."""
    heading, body = _find_full_names(title or ""), _find_full_names(text[:MOST_READ])
    rare = _select_rare([name for _, name in (*heading, *body)], term_statistics)
    head = [name for _, name in heading] + [name for end, name in body if end <= HEAD_CHARACTERS]
    known = [*head, *(name for _, name in body)]
    return ArticleFullNames(
        *(
            _hash_names([name for name in dict.fromkeys(names) if name in rare][:most])
            for names, most in ((head, HEAD_FULL_NAMES), (known, KNOWN_FULL_NAMES))
        )
    )


def compare_full_names(
    article_row: Any, other_rows: Any, live_terms: LiveTerms
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether an article, the only one in `article_row`, shares a rare full name with each of `other_rows`.

    `live_terms` say which names more than `MOST_LIVE` articles hold: these are not rare now.

    Returns:
        Whether both open with one, shape (n,); whether one opens with one that the other holds.
    """
    own = article_row[0]
    head, known = (keep_rare_now(own[column], live_terms) for column in ("head_full_names", "known_full_names"))
    if len(known) == 0:
        return np.zeros(len(other_rows), np.bool_), np.zeros(len(other_rows), np.bool_)
    in_both_heads = have_shared_ids(other_rows["head_full_names"], head)
    in_one_head = have_shared_ids(other_rows["known_full_names"], head) | have_shared_ids(
        other_rows["head_full_names"], known
    )
    return in_both_heads, in_one_head


def keep_rare_now(ids: NDArray[np.uint32], live_terms: LiveTerms) -> NDArray[np.uint32]:
    """Those names that at most `MOST_LIVE` articles hold; a 0 is none."""
    return np.asarray(ids[(ids > 0) & (live_terms.article_counts(ids) <= MOST_LIVE)], np.uint32)


def _find_full_names(text: str) -> list[tuple[int, FullName]]:
    """Each two neighbouring words of a name as `singulars` gives them, and where the name ends, in order.

    Their hash is thus that of a term, of which the live articles are counted.
    """
    return [
        (name.end, pair)
        for name in find_names(text)
        if " " in (words := name.of(text)) and not _is_sources(text, name)
        for pair in pairwise(singulars(words))
    ]


def _is_sources(text: str, name: Range) -> bool:
    """Whether a verb of saying stands beside a name."""
    before = text[max(0, name.start - _BEFORE_CHARACTERS) : name.start]
    return bool(_SAYS_BEHIND.match(text, name.end) or _SAYS_BEFORE.search(before))


def _select_rare(names: list[FullName], term_statistics: TermStatistics) -> frozenset[FullName]:
    """Those of which a word is rare in the background."""
    words = sorted({word for name in names for word in name})
    idf = term_statistics.idf(np.fromiter(map(hash_term, words), np.uint32, len(words)))
    rare = {word for word, value in zip(words, idf.tolist(), strict=True) if value >= RARE_IDF}
    return frozenset(name for name in names if not rare.isdisjoint(name))


def _hash_names(names: list[FullName]) -> NDArray[np.uint32]:
    return np.unique(np.fromiter((hash_term(" ".join(name)) for name in names), np.uint32, len(names)))
