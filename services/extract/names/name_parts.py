"""The parts of a run of words in upper case: a title before the name, letters behind it, and what is glued to it."""

from collections.abc import Sequence

from services.extract.names.first_names import load_first_names
from services.extract.names.name_words import ALSO_PLACES, LETTERS, OFFICES, is_occupation, is_title, prefixes_a_title
from services.extract.names.spellings import bare
from services.extract.vocabulary.grammar import DETERMINERS, TITLES_AND_SURNAMES
from services.extract.vocabulary.lexicon import Lexicon
from services.language.tokens import WORD, Token

_FEWEST_WORDS_BEFORE_LETTERS = 2
_ALSO_TITLES = frozenset((
    "republican", "republicans", "democrats", "anchor", "host", "moderator", "pollster", "rapper", "singer", "actor",
    "actress", "star", "pilot", "veteran", "rival", "blogger", "columnist", "historian", "scientist", "philanthropist",
    "billionaire", "investor", "attorneys", "journalist", "commentator", "comedian", "independent", "conservative",
    "businessman", "businesswoman", "biographer", "interviewer", "surrogate", "front-runner", "defendant", "model",
))  # fmt: skip
_FOR_THE_TIME = (["pro", "tem"], ["pro", "tempore"])
"""Words behind a title: "President Pro Tem"."""
_LABELS = frozenset(
    ("pinterest", "instagram", "whatsapp", "email", "photo", "photograph", "image", "video", "coverage")
)
"""Words of pages that stand before names in captions."""


def after_glued(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Index of the first word of a person's name after what no person is called: "AP Ada Brun", "House Ada Brun"."""
    names = load_first_names()
    for index in range(first + 1, last):
        before = tokens[index - 1]
        if _is_behind_office(tokens, first, index, lexicon):
            return index
        if names.is_feminine(before.text) is not None:
            return first
        is_body = before.lower in lexicon.name_organisation_words or before.lower in _LABELS
        is_agency = (
            before.text.isupper()
            and not is_title(before.lower, lexicon)
            and len(before.text) > 1
            and "." not in before.text
        )
        if (is_body or is_agency) and names.is_firm(tokens[index].text) and not tokens[index].text.isupper():
            return index
    return first


def after_title(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Index of the first word after the title of a run."""
    start = first
    for index in range(first, last + 1):
        surname = first < index == last and tokens[index].lower in TITLES_AND_SURNAMES
        if tokens[index].kind == WORD and _is_title(tokens, index, last, lexicon) and not surname:
            start = index + 1
            if start + 1 <= last and tokens[start].lower == "of":
                start = _after_office(tokens, start + (3 if tokens[start + 1].lower == "the" else 2), last)
            if [token.lower for token in tokens[start : start + 2]] in _FOR_THE_TIME:
                start += 2
    while start <= last and (tokens[start].text == "." or tokens[start].lower in ("of", "for", "the")):
        start += 1
    return start


def _after_office(tokens: Sequence[Token], start: int, last: int) -> int:
    """Index after the further words of what an office is for: "Affairs" of "Minister of Foreign Affairs Ada Reyl"."""
    while start < last and tokens[start].lower in OFFICES:
        start += 1
    return start


def _is_behind_office(tokens: Sequence[Token], first: int, index: int, lexicon: Lexicon) -> bool:
    """Whether a run starts with what an office is for and goes on with its holder: "mayor of Varn Ada Reyl"."""
    if first <= 1 or tokens[first - 1].lower not in ("of", "for"):
        return False
    return is_title(tokens[first - 2].lower, lexicon) and load_first_names().is_firm(tokens[index].text)


def before_letters(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Index of the last word before the letters after a name: "Mary Hall MP", but not "a Labour MP"."""
    end = last
    while end > first and bare(tokens[end].text) in LETTERS:
        end -= 1
    words = [token for token in tokens[first : end + 1] if token.kind == WORD]
    if end == last or len(words) < _FEWEST_WORDS_BEFORE_LETTERS:
        return last
    if first > 0 and tokens[first - 1].lower in DETERMINERS:
        return last
    is_firm = any(load_first_names().is_firm(word.text) for word in words[:-1])
    is_body = any(
        word.lower in lexicon.name_organisation_words or word.lower in lexicon.country_phrases for word in words
    )
    doubtful = is_body or bare(tokens[end + 1].text) in ALSO_PLACES or is_title(words[-1].lower, lexicon)
    return last if doubtful and not is_firm else end


def _is_office(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Whether a word tells what a body is for: "Justice" of "Bureau of Justice Statistics"."""
    after_of = index > 0 and tokens[index - 1].lower == "of" and tokens[index].lower in OFFICES
    return after_of and index < last and not load_first_names().is_firm(tokens[index + 1].text)


def _is_title(tokens: Sequence[Token], index: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word is a title; one that also starts names of bodies only before a first name: "Anchor Ada Reyl"."""
    if is_title(tokens[index].lower, lexicon):
        if _is_office(tokens, index, last):
            return False
        # "Justice Department" is no department called so by a justice.
        return index == last or tokens[index + 1].lower not in lexicon.name_organisation_words
    if index == last:
        return False
    if prefixes_a_title(tokens[index].text):
        return True
    common = tokens[index].lower in _ALSO_TITLES or is_occupation(tokens[index].lower, lexicon)
    return common and load_first_names().is_firm(tokens[index + 1].text)
