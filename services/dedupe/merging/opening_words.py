"""What the articles of an event speak of at their heads: the words that tell who, what and where."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from math import sqrt

from services.contracts.article import Article
from services.language.stems import singulars
from services.language.stop_words import STOP_WORDS

_HEAD = 600
"""Characters of an article in which it says what it is about."""
_SHORT_TITLE, _SHORT_SENTENCE = 6, 10
"""Stems of texts that gain nothing by being shorter."""


class OpeningWords:
    """In how many of some articles' titles, and in how many of their heads, each word stands."""

    def __init__(self, articles: Sequence[Article]) -> None:
        """Read the heads."""
        self._titles = {article.article_id: content_stems(article.title or "") for article in articles}
        self._heads = {
            article.article_id: self._titles[article.article_id] | content_stems(article.text[:_HEAD])
            for article in articles
        }
        self._in_titles = Counter(chain.from_iterable(self._titles.values()))
        self._in_heads = Counter(chain.from_iterable(self._heads.values()))

    def weigh_title(self, article: Article) -> float:
        """How much the title of an article has of what other articles open with; longer ones must have more."""
        stems = self._titles[article.article_id]
        # Its own title and head have each of these stems, too.
        weight = sum(self._in_titles[stem] + self._in_heads[stem] - 2 for stem in stems)
        return weight / sqrt(max(_SHORT_TITLE, len(stems)))

    def weigh_sentence(self, sentence: str, article: Article, known: frozenset[str] = frozenset()) -> float:
        """How much a sentence has of all titles, and of what other articles open with; longer ones must have more.

        Args:
            sentence: The sentence.
            article: Whose it is; what it repeats of its own head counts nothing.
            known: Stems that do not count.
        """
        stems = content_stems(sentence)
        head = self._heads.get(article.article_id, frozenset())
        weight = sum(self._in_titles[stem] + self._in_heads[stem] - (stem in head) for stem in stems - known)
        return weight / sqrt(max(_SHORT_SENTENCE, len(stems)))


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that are no stop words."""
    return frozenset(word for word in singulars(text) if word not in STOP_WORDS)
