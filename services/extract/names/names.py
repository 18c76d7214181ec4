"""Names: runs of capitalised words, told from words that are capitalised because they start a sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.extract.text.grammar import NAME_PARTICLES, TITLES_AND_SURNAMES
from services.extract.text.lexicon import Lexicon
from services.language.ranges import Range
from services.language.tokens import WORD, Token

MAX_NAME_WORDS = 7
"""Longer runs are headlines."""
_ABBREVIATION_LETTERS = 4
_HEADLINE_WORDS = 4
_HEADLINE_SHARE = 0.8
_LONG_WORD = 4
"""Letters of words that headlines write in upper case."""

_ALSO_TITLES = frozenset((
    "republican", "republicans", "democrats", "anchor", "host", "moderator", "pollster", "rapper", "singer", "actor",
    "actress", "star", "pilot", "veteran", "rival", "blogger", "columnist", "historian", "scientist", "philanthropist",
    "billionaire", "investor", "attorneys", "journalist", "commentator", "comedian", "independent", "conservative",
))  # fmt: skip
_INNER_POSSESSIVES = frozenset(("people's", "women's", "children's", "men's", "king's", "queen's", "farmer's"))
"""Inside names of bodies: "the People's Army"."""
_STARTS_SENTENCE = frozenset(('"', "'", ":", "(", "[", ".", "?", "!", "…", "-", "—", "–", "*", "•"))


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

    @property
    def after_the(self) -> bool:
        """Whether "the" stands before it, as before names of bodies."""
        return self.before == "the"

    @property
    def start(self) -> int:
        """Where the name starts, with its title."""
        return self.title.start if self.title else self.range.start


@dataclass(frozen=True)
class Spellings:
    """How the words of an article are written: what a sentence's first word is told by."""

    capitalised: frozenset[str]
    """Words that stand in upper case inside sentences."""
    lower: frozenset[str]
    """Words that stand in lower case."""


def read_spellings(sentences: Sequence[Sequence[Token]]) -> Spellings:
    """Collect the spellings of all words that do not start a sentence."""
    capitalised, lower = set(), set()
    for tokens in sentences:
        if is_headline(tokens):
            continue
        for index, token in enumerate(tokens):
            if token.kind != WORD:
                continue
            if token.text[0].islower():
                lower.add(token.text)
            elif not _is_initial(tokens, index):
                capitalised.add(_bare(token.text))
    return Spellings(frozenset(capitalised), frozenset(lower))


def find_names(tokens: Sequence[Token], spellings: Spellings, lexicon: Lexicon) -> list[Name]:
    """Names of one sentence in text order."""
    names = []
    cut = is_headline(tokens) and bool(spellings.capitalised)
    for first, end in _runs(tokens, lexicon):
        start, last = first, _last_known(tokens, first, end, spellings, lexicon) if cut else end
        if last < first:
            continue
        if _is_initial(tokens, first) and last > first:
            word = tokens[first].lower
            known = word in lexicon.name_organisation_words or any(
                token.lower in lexicon.titles for token in tokens[first : first + 3]
            )
            if word in spellings.lower and not known and tokens[first + 1].capitalised:
                start = first + 1
        name = _name(tokens, start, last, lexicon)
        if name is not None and _is_evident(tokens, start, last, spellings, lexicon):
            names.append(name)
    return names


def is_headline(tokens: Sequence[Token]) -> bool:
    """Whether nearly all words are in upper case, so that it tells nothing."""
    if not tokens or tokens[-1].text == ".":
        return False
    words = [token for token in tokens if token.kind == WORD]
    long = [token for token in words if len(token.text) >= _LONG_WORD]
    capitals = sum(token.capitalised for token in long)
    if sum(token.text == "," for token in tokens) > 1:  # a list of names
        return False
    return len(words) >= _HEADLINE_WORDS and capitals >= _HEADLINE_SHARE * len(long)


def _last_known(tokens: Sequence[Token], first: int, last: int, spellings: Spellings, lexicon: Lexicon) -> int:
    """Where a name in a headline ends: at its last word before one that the text does not write in upper case."""
    known = first - 1
    given = tokens[first].lower in lexicon.given_names
    for index in range(first, last + 1):
        if not tokens[index].capitalised:  # a particle
            continue
        full_name = given and (index <= first + 1 or last <= first + 2)
        if _bare(tokens[index].text) not in spellings.capitalised and not full_name:
            break
        known = index
    return known


def _is_initial(tokens: Sequence[Token], index: int) -> bool:
    return index == 0 or tokens[index - 1].text in _STARTS_SENTENCE


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "'S")) else word.rstrip("'")


def _runs(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """First and last index of each run of capitalised words, with the particles between them."""
    index = 0
    while index < len(tokens):
        if not _may_start(tokens, index, lexicon):
            index += 1
            continue
        last = index
        while (following := _next_in_run(tokens, last, lexicon)) is not None:
            last = following
        if last - index < 2 * MAX_NAME_WORDS:
            yield index, last
        index = last + 1


def _may_start(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    token = tokens[index]
    if not token.capitalised or token.lower in lexicon.weekdays or token.lower in lexicon.months:
        return False
    return token.lower not in lexicon.not_names or token.lower in lexicon.titles or token.text == "US"


def _next_in_run(tokens: Sequence[Token], last: int, lexicon: Lexicon) -> int | None:
    """Index of the word that goes on with the run that ends at `last`."""
    word = tokens[last]
    if word.lower.endswith("'s") and word.lower not in _INNER_POSSESSIVES:
        return None
    following = last + 1
    if following < len(tokens) and tokens[following].text == "." and _abbreviates(word, lexicon):
        following += 1
    of = following
    if following + 1 < len(tokens) and (
        tokens[following].lower in NAME_PARTICLES
        or (tokens[following].lower in ("of", "for") and _heads_a_body(word, lexicon))
    ):
        following += 1
        if tokens[of].lower == "of" and tokens[following].lower == "the":
            following += 1
    if following >= len(tokens) or not tokens[following].capitalised:
        return None
    token = tokens[following]
    if token.lower in lexicon.weekdays or token.lower in lexicon.months or token.lower in lexicon.not_names:
        return None
    gap = tokens[following].start - tokens[following - 1].end
    return following if gap <= 1 else None


def _abbreviates(token: Token, lexicon: Lexicon) -> bool:
    return len(token.text) == 1 or (len(token.text) <= _ABBREVIATION_LETTERS and token.lower in lexicon.titles)


def _heads_a_body(token: Token, lexicon: Lexicon) -> bool:
    return token.lower in lexicon.name_organisation_words or token.lower in ("secretary", "institute")


def _name(tokens: Sequence[Token], first: int, last: int, lexicon: Lexicon) -> Name | None:
    """The name of a run, its title split off; None when the run is a title alone."""
    start = first
    for index in range(first, last + 1):
        surname = first < index == last and tokens[index].lower in TITLES_AND_SURNAMES
        if tokens[index].kind == WORD and _is_title(tokens, index, last, lexicon) and not surname:
            start = index + 1
            if start + 1 <= last and tokens[start].lower == "of":
                start += 3 if tokens[start + 1].lower == "the" else 2
    while start <= last and (tokens[start].text == "." or tokens[start].lower in ("of", "for", "the")):
        start += 1
    if start > last:
        return None
    words = tuple(token.text for token in tokens[start : last + 1] if token.kind == WORD)
    words = (*words[:-1], _bare(words[-1]))
    if len(words) > MAX_NAME_WORDS:
        return None
    end = tokens[last].start + len(_bare(tokens[last].text))
    title = Range(tokens[first].start, tokens[start - 1].end) if start > first else None
    before = tokens[first - 1].lower if first > 0 else ""
    title_word = "" if title is None else tokens[start - 1 - (tokens[start - 1].text == ".")].lower
    return Name(Range(tokens[start].start, end), words, title, before, title_word)


def _is_title(tokens: Sequence[Token], index: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a word is a title; one that also starts names of bodies only before a first name: "Anchor Ada Reyl"."""
    if tokens[index].lower in lexicon.titles:
        # "Justice Department" is no department called so by a justice.
        return index + 1 != last or tokens[last].lower not in lexicon.name_organisation_words
    return index < last and tokens[index].lower in _ALSO_TITLES and tokens[index + 1].lower in lexicon.given_names


def _is_evident(tokens: Sequence[Token], first: int, last: int, spellings: Spellings, lexicon: Lexicon) -> bool:
    """A single capitalised word that starts a sentence needs to be seen in upper case elsewhere."""
    if last > first or not _is_initial(tokens, first):
        return True
    word = tokens[first]
    bare = _bare(word.text)
    if bare.isupper() and len(bare) > 1 and first > 0 and tokens[first - 1].text == "(":
        return True
    if bare in spellings.capitalised or bare.lower() in lexicon.countries:
        return True
    return word.text != bare and bare.lower() not in spellings.lower
