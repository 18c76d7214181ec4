"""Which titles and openings announce ("to meet", "will be signed") what a later one tells as done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from services.contracts.article import Article
from services.language.irregular_forms import IRREGULAR_FORMS
from services.language.negation import NEGATIONS
from services.language.stems import base_stem
from services.language.stop_words import STOP_WORDS
from services.language.tokens import list_words

_FEWEST_SHARED, _FEWEST_SHARED_BY_SENTENCES = 2, 3
"""Words beside the verb that show that a title, or a sentence, is about one deed with another: who, whom, what."""
_TO, _TO_BE, _WILL, _WILL_BE = "to", "to be", "will", "will be"
_AHEAD = (_TO, _TO_BE, _WILL, _WILL_BE)
_BETWEEN = frozenset(("be", "also", "soon", "now"))
"""Words that stand between "to" or "will" and what is to be done."""
_NO_DEEDS = frozenset(("do", "does", "did", "done"))
"""Forms of a verb that says no more than its object."""
_ENDINGS = ("s", "ed")


@dataclass(frozen=True, slots=True)
class _Statement:
    """A title or sentence.

    Attributes:
        stems: Of all words that carry meaning.
        to_be_done: Stems of the words behind "to" that may be verbs: "to sign", but also "to Moscow".
        will_be_done: Stems of the verbs behind "will".
        done: Stems of the words that may be verbs in the present or past: "signs", "signed", "went".
        others: Stems of all words behind neither.
    """

    stems: frozenset[str]
    to_be_done: frozenset[str]
    will_be_done: frozenset[str]
    done: frozenset[str]
    others: frozenset[str]

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read its words."""
        to_be_done, will_be_done, done, others = set(), set(), set(), set()
        before = ""
        for word in list_words(text.casefold().replace("\u2019", "'").replace("-", "")):
            if before in _AHEAD and word in _BETWEEN:
                before = f"{before} be" if word == "be" else before
                continue
            stem = base_stem(word)
            if word in STOP_WORDS or word in NEGATIONS or word in _NO_DEEDS:
                pass
            elif before == _TO_BE or (before == _TO and _is_base_form(word)):
                to_be_done.add(stem)
            elif before == _WILL or (before == _WILL_BE and _is_inflected(word)):
                will_be_done.add(stem)
            else:
                others.add(stem)
                if _is_inflected(word):
                    done.add(stem)
            before = word
        stems = frozenset(to_be_done | will_be_done | others)
        return cls(stems, *map(frozenset, (to_be_done, will_be_done, done, others)))

    def find_done_in(self, other: Self) -> frozenset[str]:
        """The verbs of what this announces and another tells as done."""
        return (self.to_be_done & other.done) | (self.will_be_done & other.others)


class Outcomes:
    """Titles or sentences of some articles, searched for what one announces and another tells as done."""

    def __init__(self, texts: Iterable[tuple[str, Article]]) -> None:
        """`texts`: titles or sentences, each with its article."""
        self._statements = [(article, _Statement.from_text(text)) for text, article in texts]

    def are_known_of_title(self, article: Article) -> bool:
        """Whether an article that is no older tells as done what the title of this one announces."""
        title = _Statement.from_text(article.title or "")
        return self._has_outcome(title, article, _FEWEST_SHARED)

    def are_known_of_sentence(self, sentence: str, article: Article) -> bool:
        """Do the same for a sentence: by its "will" alone, since "to" seldom announces there ("a plan to sign")."""
        announcement = replace(_Statement.from_text(sentence), to_be_done=frozenset())
        return self._has_outcome(announcement, article, _FEWEST_SHARED_BY_SENTENCES)

    def _has_outcome(self, announcement: _Statement, article: Article, least: int) -> bool:
        return any(
            (done := announcement.find_done_in(statement))
            and len((announcement.stems & statement.stems) - done) >= least
            for other, statement in self._statements
            if other.article_id != article.article_id and _is_no_older(other.published_at, article.published_at)
        )


def _is_base_form(word: str) -> bool:
    """Whether a word may be the verb of "to sign": not "to questions", "to meeting"."""
    return not word.endswith(("ing", "ed")) and (not word.endswith("s") or word.endswith("ss"))


def _is_inflected(word: str) -> bool:
    """Whether a word may be a verb in the present or past, or a participle of the past."""
    return word in IRREGULAR_FORMS or (word.endswith(_ENDINGS) and not word.endswith("'s"))


def _is_no_older(published_at: datetime | None, other: datetime | None) -> bool:
    """Whether an article is as new as another, or newer; of many only the day is known."""
    return published_at is not None and other is not None and published_at >= other
