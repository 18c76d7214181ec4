"""Which words may be searched for: some, and not so many that a search takes seconds. Pure."""

from collections.abc import Mapping, Sequence

from services.api.filters.words import query_words, search_word

MOST_WORDS = 30
"""Different words in all `q` and `not_q` together: each unknown one is compared with all words of names."""


def wordless(texts: Mapping[str, Sequence[str]]) -> list[str]:
    """Names of the parameters of which a text has no word: only marks or parts of characters."""
    return [name for name, values in texts.items() if not all(map(query_words, values))]


def has_too_many_words(texts: Mapping[str, Sequence[str]]) -> bool:
    """Whether the texts have more than `MOST_WORDS` different words, all together."""
    words = {search_word(word) for values in texts.values() for text in values for word in query_words(text)}
    return len(words) > MOST_WORDS
