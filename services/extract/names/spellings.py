"""How an article writes its words: which are names, told from words in upper case because they start a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.extract.names.first_names import load_first_names
from services.extract.names.name_words import bound_article, is_occupation, is_title, starts_upper
from services.extract.vocabulary.grammar import BE, DETERMINERS, HAVE, TITLES_AND_SURNAMES
from services.extract.vocabulary.lexicon import Lexicon
from services.language.person_names import NAME_PARTICLES
from services.language.spelling import without_accents
from services.language.tokens import WORD, Token

_HEADLINE_WORDS = 4
_HEADLINE_SHARE = 0.8
_LONG_WORD = 4
"""Letters of words that headlines write in upper case."""
_STARTS_SENTENCE = frozenset(('"', "'", ":", "(", "[", ".", "?", "!", "…", "-", "—", "–", "*", "•"))
_MAX_APPOSED = 14
"""Words between the commas of "Suryanto, a farmer who uses one name, said"."""


@dataclass(frozen=True)
class Spellings:
    """How the words of an article are written: what a sentence's first word is told by."""

    capitalised: frozenset[str]
    """Words that stand in upper case inside sentences."""
    lower: frozenset[str]
    """Words that stand in lower case."""
    leading: frozenset[str]
    """First words of sentences that a name goes on from, or that are told what they do: "Zhou" of "Zhou Mingtao"."""
    accented: frozenset[str]
    """Names with accents, without them and in lower case."""
    surnames: frozenset[str] = frozenset()
    """Titles that are somebody's family name: "Judge" of "Otto Judge"."""

    def has_name(self, word: str, lexicon: Lexicon) -> bool:
        """Whether a word in upper case at the start of a sentence is a name, by how the article writes it."""
        lower = word.lower()
        if word in self.capitalised or bound_article(word) or lower in self.accented:
            return True
        if lower in self.lower:
            return False
        common = is_title(lower, lexicon) or is_occupation(lower, lexicon) or lower in lexicon.organisation_nouns
        return (word in self.leading and not common) or load_first_names().is_firm(word)


def read_spellings(sentences: Sequence[Sequence[Token]], lexicon: Lexicon) -> Spellings:
    """Collect the spellings of all words that do not start a sentence."""
    capitalised, lower, leading, surnames = set(), set(), set(), set()
    for tokens in sentences:
        if is_headline(tokens):
            continue
        for index, token in enumerate(tokens):
            if token.kind != WORD:
                continue
            if token.text[0].islower():
                lower.add(token.text)
            elif not is_initial(tokens, index):
                capitalised.add(bare(token.text))
                if token.lower in TITLES_AND_SURNAMES and _ends_a_name(tokens, index):
                    surnames.add(token.text)
            elif token.capitalised and (_leads(tokens, index, lexicon) or _is_apposed(tokens, index, lexicon)):
                leading.add(token.text)
    accented = {without_accents(word) for word in (*capitalised, *leading) if not word.isascii()}
    return Spellings(
        frozenset(capitalised), frozenset(lower), frozenset(leading), frozenset(accented), frozenset(surnames)
    )


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


def is_initial(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word stands where any word is in upper case."""
    return index == 0 or tokens[index - 1].text in _STARTS_SENTENCE


def bare(word: str) -> str:
    """A word without its possessive ending."""
    return word[:-2] if word.endswith(("'s", "'S")) else word.rstrip("'")


def _ends_a_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a first name stands right before a word, and no name goes on behind it."""
    goes_on = index + 1 < len(tokens) and starts_upper(tokens[index + 1])
    return not goes_on and load_first_names().is_firm(tokens[index - 1].text)


def _leads(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a name goes on after the first word of a sentence."""
    following = index + 1
    while following < len(tokens) and tokens[following].lower in NAME_PARTICLES:
        following += 1
    if following >= len(tokens) or not starts_upper(tokens[following]):
        return False
    return tokens[following].start - tokens[following - 1].end == 1 and tokens[index].lower not in lexicon.not_names


def _is_apposed(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether what somebody does stands between commas after a word and a verb follows: "Suryanto, a farmer, said"."""
    word = tokens[index].lower
    if len(tokens) <= index + 3 or tokens[index + 1].text != "," or word in lexicon.not_names or word.endswith("ly"):
        return False
    at = index + 2
    if tokens[at].text.isdigit() and tokens[at + 1].text == ",":  # an age
        return True
    return tokens[at].lower in (*DETERMINERS, "who") and _closes_before_verb(tokens, at, lexicon)


def _closes_before_verb(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether what starts at `at` tells what somebody does, and ends in a comma with a verb after it."""
    has_role = tokens[at].lower == "who"
    for end in range(at + 1, min(at + _MAX_APPOSED, len(tokens) - 1)):
        word = tokens[end].lower
        if word == ",":
            following = tokens[end + 1].lower
            return has_role and (following in lexicon.cues or following in BE or following in HAVE)
        if word in lexicon.cues:
            return False
        has_role = has_role or is_title(word, lexicon) or is_occupation(word, lexicon)
    return False
