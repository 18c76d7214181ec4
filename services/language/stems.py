"""What forms of one word have in common, only to be compared with other stems of the same function.

There are three, because dedupe's weights are fitted to each: `singular` where articles are compared (events),
`short_stem` where claims of an event are matched, `base_stem` where two claims are compared word by word.
"""

from functools import lru_cache

from services.language.irregular_forms import IRREGULAR_FORMS
from services.language.negation import NEGATIONS
from services.language.stop_words import STOP_WORDS
from services.language.tokens import list_words

_SHORTEST_PLURAL = 4
_SHORTEST_SHORT_STEM = 4
_SHORT_STEM_ENDINGS = ("ing", "ed", "e")
SHORTEST_STEM = 3
"""Letters that `base_stem` leaves at least."""
_VOWELS = frozenset("aeiouy")
_KEPT_DOUBLE = frozenset("lsz")


def singulars(text: str) -> list[str]:
    """Words and numbers of `text`, case-folded, each as `singular` gives it."""
    return list(map(singular, list_words(text.casefold())))


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """A case-folded word without its possessive and plural endings (the S-stemmer, Harman 1991)."""
    word = word.replace("\u2019", "'").removesuffix("'s")
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("us", "ss")):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    return word[:-1]


@lru_cache(maxsize=65_536)
def short_stem(word: str) -> str:
    """A word without the endings of number and of verbs: "conform" for "conforming" and "conformed"."""
    plain = (singulars(word) or [word.casefold()])[0]
    if plain in NEGATIONS or plain in STOP_WORDS:
        return plain
    for ending in _SHORT_STEM_ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_SHORT_STEM:
            return plain.removesuffix(ending)
    return plain


@lru_cache(maxsize=65_536)
def base_stem(word: str) -> str:
    """A word without its inflection: "rose", "rises" and "rising" give "ris".

    Irregular forms by table, then the endings of plural, past and participle, and a final e (after step 1 of Porter
    1980).
    """
    word = word.casefold().replace("\u2019", "'").removesuffix("'s")
    word = IRREGULAR_FORMS.get(word, word)
    word = _without_s(word)
    if word.endswith("ied"):
        word = word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= SHORTEST_STEM - (ending == "ed") and not _VOWELS.isdisjoint(rest):
            word = rest
            if len(word) > SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in _KEPT_DOUBLE:
                word = word[:-1]
            break
    return word[:-1] if len(word) > SHORTEST_STEM and word.endswith("e") and word[-2] != "e" else word


def _without_s(word: str) -> str:
    if len(word) <= SHORTEST_STEM or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
