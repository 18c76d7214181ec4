"""Tells articles in English, whose sentences can be read, from others."""

import re

from services.contracts.article import Article
from services.language.stop_words import STOP_WORDS

SAMPLE_CHARS = 2_000
"""Characters from the start of a text that show its language."""
FEWEST_WORDS = 40
"""Words of a text whose language nobody told that can show that it is not English."""
LEAST_SHARE = 0.08
"""Share of words without meaning ("the", "of") in English text; news has some .35, and at least .15."""
MOST_FOREIGN_SHARE = 0.08
"""Share of words of other languages from which on a text is in none that is read here, whatever else it shares."""
_FOREIGN = frozenset((
    "de", "het", "een", "van", "en", "voor", "niet", "zijn", "der", "das", "und", "mit", "nicht", "auf", "le", "la",
    "les", "et", "des", "dans", "pour", "el", "los", "las", "por", "con", "una", "che", "di", "il", "og", "och", "att",
    "som", "det", "af", "ikke", "inte", "da", "em", "para", "uma",
))  # fmt: skip
"""Words that other languages are full of, and English is not; of "la" or "van" some stand in names."""
_WORD = re.compile(r"[^\W\d_]+")


def is_english(article: Article) -> bool:
    """Whether an article is in English, by its language or, where that is unknown, by its words; in doubt it is."""
    if article.language is not None:
        return article.language == "en"
    words = _WORD.findall(article.text[:SAMPLE_CHARS].casefold())
    if len(words) < FEWEST_WORDS:
        return True
    # Dutch and Danish have "is", "in", "was" and "over", too.
    foreign, known = (sum(word in those for word in words) / len(words) for those in (_FOREIGN, STOP_WORDS))
    return foreign < MOST_FOREIGN_SHARE and known >= LEAST_SHARE
