"""Names: runs of capitalised words, told from words that are capitalised because they start a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.names.first_names import load_first_names
from services.extract.names.name_parts import after_glued, after_title, before_letters
from services.extract.names.name_words import LETTERS, is_title, starts_upper
from services.extract.names.runs import MAX_NAME_WORDS, find_runs
from services.extract.names.spellings import Spellings, bare, is_headline, is_initial
from services.extract.vocabulary.grammar import DETERMINERS
from services.extract.vocabulary.lexicon import Lexicon
from services.language.person_names import NAME_PARTICLES
from services.language.places import load_gazetteer
from services.language.ranges import Range
from services.language.tokens import WORD, Token

_PARTICIPLE_END, _ADVERB_END = "ing", "ly"
_FEWEST_LEADING_LETTERS = 4
"""Letters of a word that only leads to a name; "Ling" and "Bly" are names."""


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
        name = _name(tokens, start, last, lexicon) or _surname(tokens, start, last, spellings)
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
    first = after_glued(tokens, first, last, lexicon)
    end = before_letters(tokens, first, last, lexicon)
    start = after_title(tokens, first, end, lexicon)
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


def _surname(tokens: Sequence[Token], first: int, last: int, spellings: Spellings) -> Name | None:
    """The name of a run that is a title alone, where it is somebody's family name: "Judge said", not "the Judge"."""
    before = tokens[first - 1].lower if first > 0 else ""
    word = bare(tokens[first].text)
    if first != last or word not in spellings.surnames or before in DETERMINERS:
        return None
    return Name(Range(tokens[first].start, tokens[first].start + len(word)), (word,), None, before)


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
