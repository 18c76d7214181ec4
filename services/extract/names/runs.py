"""Runs of words in upper case, with the particles between them: what a name may be."""

import re
from collections.abc import Iterator, Sequence

from services.extract.names.first_names import load_first_names
from services.extract.names.name_words import INNER_WORDS, OFFICES, is_title, starts_upper
from services.extract.names.spellings import is_initial
from services.extract.vocabulary.lexicon import Lexicon
from services.language.tokens import Token

MAX_NAME_WORDS = 7
"""Longer runs are headlines."""
_MAX_PARTICLES = 3
_ABBREVIATION_LETTERS = 4
_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z]")
"""Of "Ada Reyl (R-Ohio)"."""
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
_BEFORE_NAMES = frozenset((
    "ask", "meet", "consider", "take", "give", "cue", "credit", "brothers", "sisters", "siblings", "twins", "cousins",
    "dozens", "hundreds", "thousands", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
))  # fmt: skip
"""Words that start sentences before names: "Ask Ada Reyl", "Brothers Tam and Otto Keld", "Fourteen Ruvians"."""
_BEFORE_MONTHS = frozenset((
    "in", "of", "since", "until", "till", "last", "next", "by", "from", "early", "late", "mid", "this", "and", "to",
    "between", "for", "during", "through", "before", "after", "every",
))  # fmt: skip
_INNER_POSSESSIVES = frozenset(("people's", "women's", "children's", "men's", "king's", "queen's", "farmer's"))
"""Inside names of bodies: "the People's Army"."""


def find_runs(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """First and last index of each run of capitalised words, with the particles between them."""
    last = -1
    for index, token in enumerate(tokens):
        # Most words are in small letters: they need no closer look.
        if index <= last or token.text.islower() or not starts_upper(token):
            continue
        if not _may_start(tokens, index, lexicon):
            continue
        last = index
        while (following := _next_in_run(tokens, last, lexicon)) is not None:
            last = following
        first = index - 1 if _is_century(tokens, index) else index
        if last - index < 2 * MAX_NAME_WORDS and (first == index or last > index):
            yield first, last


def _is_century(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word is the "Century" of "21st Century Ferries", or of a time: "the 21st Century"."""
    return tokens[index].text == "Century" and index > 0 and _ORDINAL.fullmatch(tokens[index - 1].lower) is not None


def _may_start(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    token = tokens[index]
    if token.lower in lexicon.weekdays or _is_of_a_party(tokens, index):
        return False
    if token.lower in _BEFORE_NAMES and index + 1 < len(tokens) and tokens[index + 1].capitalised:
        return False
    if token.lower in lexicon.months:
        return _speaks(tokens, index, lexicon)
    if token.lower not in lexicon.not_names or is_title(token.lower, lexicon) or token.text == "US":
        return True
    return _is_first_initial(tokens, index) or _is_first_name(tokens, index)


def _is_of_a_party(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word is, or belongs to, the party and state of somebody: "D-N.Y."."""
    if _PARTY_AND_STATE.match(tokens[index].text):
        return True
    before = index - 2
    if before < 0 or tokens[index - 1].text != "." or tokens[index - 1].end != tokens[index].start:
        return False
    return _PARTY_AND_STATE.match(tokens[before].text) is not None


def _speaks(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether the name of a month is somebody's: "On Tuesday, May said"."""
    if tokens[index].text != "May" or index + 1 >= len(tokens) or tokens[index + 1].lower not in lexicon.cues:
        return False
    return index == 0 or tokens[index - 1].lower not in _BEFORE_MONTHS


def _is_first_initial(tokens: Sequence[Token], index: int) -> bool:
    """Of "A. B. Stroud", where A is no article."""
    if len(tokens[index].text) > 1 or index + 2 >= len(tokens) or tokens[index + 1].text != ".":
        return False
    return tokens[index + 2].capitalised and tokens[index + 2].start - tokens[index + 1].end <= 1


def _is_first_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that is mostly something else is a first name here: "Will Keld", but not "Will Keld resign?"."""
    names = load_first_names()
    if index + 1 >= len(tokens) or names.is_feminine(tokens[index].text) is None:
        return False
    following = tokens[index + 1]
    if not following.capitalised or following.start - tokens[index].end != 1 or names.is_firm(following.text):
        return False
    return not (is_initial(tokens, index) and tokens[-1].text == "?")


def _next_in_run(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> int | None:
    """Index of the word that goes on with the run that ends at `last`."""
    word = tokens[last]
    if word.lower.endswith("'s") and word.lower not in _INNER_POSSESSIVES:
        return None
    following = last + 1
    if following < len(tokens) and tokens[following].text == "." and _abbreviates(word, lexicon):
        following += 1
    if _is_suffix_after_comma(tokens, following):
        return following + 1
    following = _past_particles(tokens, following, word, lexicon)
    if following >= len(tokens) or not starts_upper(tokens[following]):
        return None
    token = tokens[following]
    if token.lower in lexicon.weekdays or token.lower in lexicon.months:
        if not _is_surname_may(tokens, last, following):
            return None
    elif token.lower in lexicon.not_names and not _is_first_name(tokens, following):
        is_middle = _is_first_initial(tokens, following) and load_first_names().is_firm(word.text)
        if not is_middle:  # "Carlos A. Keld"
            return None
    gap = tokens[following].start - tokens[following - 1].end
    return following if gap <= 1 and not _is_owner(tokens, last, following) else None


def _is_owner(tokens: Sequence[Token], last: int, following: int) -> bool:
    """Whether a name ends in its possessive: "Bote News' Ada Reyl", "Ada Owens' Wexit campaign"."""
    if not tokens[last].text.endswith("s'"):
        return False
    names = load_first_names()
    is_family_name = last > 0 and tokens[last - 1].capitalised and names.is_firm(tokens[last - 1].text)
    return is_family_name or names.is_firm(tokens[following].text)


def _is_surname_may(tokens: Sequence[Token], last: int, following: int) -> bool:
    """Of "Theresa May", but not of "April May 3"."""
    number = following + 1 < len(tokens) and tokens[following + 1].text[0].isdigit()
    return tokens[following].text == "May" and load_first_names().is_firm(tokens[last].text) and not number


def _is_suffix_after_comma(tokens: Sequence[Token], comma: int) -> bool:
    """Of "Carl Dent, Jr."."""
    if comma + 1 >= len(tokens) or tokens[comma].text != ",":
        return False
    return tokens[comma + 1].text in ("Jr", "Sr")


def _past_particles(tokens: Sequence[Token], at: int, word: Token, lexicon: Lexicon) -> int:
    """Index after the particles of a name ("van der"), or after the "of the" of a body whose last word is `word`."""
    if at < len(tokens) and tokens[at].lower in ("of", "for"):
        if not _heads_a_body(word, lexicon) and not _heads_an_office(tokens, at, lexicon):
            return at
        the = at + 1 < len(tokens) and tokens[at].lower == "of" and tokens[at + 1].lower == "the"
        return at + 2 if the else at + 1
    end = at
    while end < len(tokens) and end - at < _MAX_PARTICLES and tokens[end].text in INNER_WORDS:
        end += 1
    return end


def _abbreviates(token: Token, lexicon: Lexicon) -> bool:
    return len(token.text) == 1 or (len(token.text) <= _ABBREVIATION_LETTERS and token.lower in lexicon.titles)


def _heads_an_office(tokens: Sequence[Token], of: int, lexicon: Lexicon) -> bool:
    """Whether a title goes on after "of": "Minister of Aviation Ada Reyl", "Chief of Staff Ada Reyl"."""
    at = of + (2 if tokens[of + 1 : of + 2] and tokens[of + 1].lower == "the" else 1)
    return is_title(tokens[of - 1].lower, lexicon) and at < len(tokens) and tokens[at].lower in OFFICES


def _heads_a_body(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.name_organisation_words or token.lower in ("secretary", "institute")
