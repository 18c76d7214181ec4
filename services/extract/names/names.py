"""Names: runs of capitalised words, told from words that are capitalised because they start a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.names.first_names import load_first_names
from services.extract.names.name_words import (
    ALSO_PLACES,
    LETTERS,
    OFFICES,
    is_occupation,
    is_title,
    prefixes_a_title,
    starts_upper,
)
from services.extract.names.runs import MAX_NAME_WORDS, find_runs
from services.extract.names.spellings import Spellings, bare, is_headline, is_initial
from services.extract.vocabulary.grammar import DETERMINERS, TITLES_AND_SURNAMES
from services.extract.vocabulary.lexicon import Lexicon
from services.language.person_names import NAME_PARTICLES
from services.language.places import load_gazetteer
from services.language.ranges import Range
from services.language.tokens import WORD, Token

_FEWEST_WORDS_BEFORE_LETTERS = 2
_PARTICIPLE_END, _ADVERB_END = "ing", "ly"
_FEWEST_LEADING_LETTERS = 4
"""Letters of a word that only leads to a name; "Ling" and "Bly" are names."""

_ALSO_TITLES = frozenset((
    "republican", "republicans", "democrats", "anchor", "host", "moderator", "pollster", "rapper", "singer", "actor",
    "actress", "star", "pilot", "veteran", "rival", "blogger", "columnist", "historian", "scientist", "philanthropist",
    "billionaire", "investor", "attorneys", "journalist", "commentator", "comedian", "independent", "conservative",
    "businessman", "businesswoman", "biographer", "interviewer", "surrogate", "front-runner", "defendant", "model",
))  # fmt: skip
_LABELS = frozenset(
    ("pinterest", "instagram", "whatsapp", "email", "photo", "photograph", "image", "video", "coverage")
)
"""Words of pages that stand before names in captions."""


@dataclass(frozen=True)
class Name:
    """One name as it stands in the text."""

    range: Range
    """Without a title before it and without a possessive ending."""
    words: tuple[str, ...]
    title: Range | None
    """Capitalised title before it: "Transport Minister" of "Transport Minister Ilya Marchenkov"."""
    before: str
    """The word before it in lower case."""
    title_word: str = ""
    """The last word of its title in lower case."""
    letters: Range | None = None
    """Letters after it: "MP"."""
    apposed_to: str = ""
    """The word before the comma before it, in lower case: "wife" of "his wife, Lena Keld"."""

    @property
    def after_the(self) -> bool:
        """Whether "the" stands before it, as before names of bodies."""
        return self.before == "the"

    @property
    def start(self) -> int:
        """Where the name starts, with its title."""
        return self.title.start if self.title else self.range.start


def find_names(tokens: Sequence[Token], spellings: Spellings, lexicon: Lexicon) -> list[Name]:
    """Names of one sentence in text order."""
    names = []
    cut = is_headline(tokens) and bool(spellings.capitalised)
    for first, end in find_runs(tokens, lexicon):
        start, last = first, _last_known(tokens, first, end, spellings) if cut else end
        if last < first:
            continue
        if is_initial(tokens, first) and last > first:
            word = tokens[first].lower
            known = word in spellings.lower and not _starts_a_name(tokens, first, lexicon)
            if tokens[first + 1].capitalised and (known or _is_before_name(tokens, first, last, spellings, lexicon)):
                start = first + 1
        if _is_letters_alone(tokens, start, last):
            continue
        name = _name(tokens, start, last, lexicon)
        if name is not None and _is_evident(tokens, start, last, spellings, lexicon):
            names.append(name)
    return names


def _is_before_name(tokens: Sequence[Token], first: int, last: int, spellings: Spellings, lexicon: Lexicon) -> bool:
    """Whether a sentence's first word only leads to a name: "Citing Ada Reyl", "Finally Keld", "Adds Otto Keld:"."""
    token, names = tokens[first], load_first_names()
    if token.text in spellings.capitalised or names.is_feminine(token.text) is not None:
        return False
    if load_gazetteer().place_of(token.text) is not None or tokens[last].lower in lexicon.name_organisation_words:
        return False
    following = bare(tokens[first + 1].text)
    if not names.is_firm(following) and following not in spellings.capitalised:
        return False
    acts = last + 1 < len(tokens) and tokens[last + 1].lower in lexicon.cues  # "Fleming Keld said"
    leads = token.lower in lexicon.cues or token.lower.endswith(_ADVERB_END)
    leads = leads or (token.lower.endswith(_PARTICIPLE_END) and not acts)
    return leads and len(token.text) >= _FEWEST_LEADING_LETTERS and not names.is_firm(token.text)


def _starts_a_name(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> bool:
    """Whether a sentence's first word, which the article has in lower case too, starts a name of several words."""
    word = tokens[first].lower
    if word in lexicon.name_organisation_words or word in NAME_PARTICLES:
        return True
    names = load_first_names()
    if names.is_feminine(word) is not None and not names.is_firm(tokens[first + 1].text):
        return True
    return any(is_title(token.lower, lexicon) for token in tokens[first : first + 3])


def _is_letters_alone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a run is but letters after a name: "MBE" of "Ilse Grau MP, MBE"."""
    if first != last or tokens[first].text not in LETTERS or first < 2:  # noqa: PLR2004
        return False
    return tokens[first - 1].text == "," and starts_upper(tokens[first - 2])


def _last_known(tokens: Sequence[Token], first: int, last: int, spellings: Spellings) -> int:
    """Where a name in a headline ends: at its last word before one that the text does not write in upper case."""
    known = first - 1
    given = load_first_names().is_firm(tokens[first].text)
    for index in range(first, last + 1):
        if not tokens[index].capitalised:  # a particle
            continue
        full_name = given and (index <= first + 1 or last <= first + 2)
        if bare(tokens[index].text) not in spellings.capitalised and not full_name:
            break
        known = index
    return known


def _name(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> Name | None:
    """The name of a run, its title split off; None when the run is a title alone."""
    first = _after_glued(tokens, first, last, lexicon)
    end = _before_letters(tokens, first, last, lexicon)
    start = _after_title(tokens, first, end, lexicon)
    if start > end:
        return None
    words = tuple(token.text for token in tokens[start : end + 1] if token.kind == WORD)
    words = (*words[:-1], bare(words[-1]))
    if len(words) > MAX_NAME_WORDS:
        return None
    return Name(
        range=Range(tokens[start].start, tokens[end].start + len(bare(tokens[end].text))),
        words=words,
        title=Range(tokens[first].start, tokens[start - 1].end) if start > first else None,
        before=tokens[first - 1].lower if first > 0 else "",
        title_word="" if start == first else tokens[start - 1 - (tokens[start - 1].text == ".")].lower,
        letters=Range(tokens[end + 1].start, tokens[last].end) if end < last else None,
        apposed_to=tokens[first - 2].lower if first > 1 and tokens[first - 1].text == "," else "",
    )


def _after_glued(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
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


def _after_title(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
    """Index of the first word after the title of a run."""
    start = first
    for index in range(first, last + 1):
        surname = first < index == last and tokens[index].lower in TITLES_AND_SURNAMES
        if tokens[index].kind == WORD and _is_title(tokens, index, last, lexicon) and not surname:
            start = index + 1
            if start + 1 <= last and tokens[start].lower == "of":
                start = _after_office(tokens, start + (3 if tokens[start + 1].lower == "the" else 2), last)
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


def _before_letters(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> int:
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


def _is_evident(tokens: Sequence[Token], first: int, last: int, spellings: Spellings, lexicon: Lexicon) -> bool:
    """A single capitalised word that starts a sentence needs to be seen in upper case elsewhere."""
    if last > first or not is_initial(tokens, first):
        return True
    word = tokens[first].text
    alone = bare(word)
    if alone.isupper() and len(alone) > 1 and first > 0 and tokens[first - 1].text == "(":
        return True
    if alone.lower() in lexicon.countries or spellings.has_name(alone, lexicon):
        return True
    return word != alone and alone.lower() not in spellings.lower
