"""Whether two sources, by what reports call them, are surely two: a ministry of defence and one of foreign affairs."""

import re

from services.language.places import load_gazetteer
from services.language.spelling import AFTER_NAMES

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_COMMON_WORDS = frozenset(
    word
    for words in (
        "ministry department agency office council committee commission government administration authority",
        "authorities police force forces company group party team campaign court bank union association organisation",
        "organization board bureau service services military army official officials spokesman spokeswoman",
        "spokesperson spokesmen spokespeople spokespersons statement statements report reports source sources person",
        "people man woman minister secretary president chairman chief head leader member members lawyer lawyers",
        "attorney adviser aide aides expert experts document documents letter filing email news release post tweet",
        "account website text order ruling national state federal local regional senior top former own unnamed",
        "anonymous other another several two three many some who which what that this these it he she they its his",
        "her their the a an of for in on at and to with from by said told press briefing one familiar matter",
        "condition anonymity close",
    )
    for word in words.split()
)
"""Words that two different bodies may have in common, or that may describe anybody."""
_QUOTED_SOURCE = re.compile(
    r"(?P<who>[A-Z][\w'\u2019.-]*(?: (?:of|for|the|and|[A-Z][\w'\u2019.-]*))*)(?: (?:statement|spokes\w+))?"
    r" (?:said|says|stated|indicated|announced|warned|declared)(?: that)?[ ,:]*$"
)
"""Before a quotation: whom the text names as its source."""
_SPEAKS_FOR = re.compile(r"\bspokes(?:man|woman|person|men|people)", re.IGNORECASE)
_SAME_START = 5
"""Letters from which on two words are forms of one: "Karvelia" and "Karvelian"."""


def is_spokesperson(description: str) -> bool:
    """Whether a role or a description is of somebody who speaks for a body: "agency spokeswoman"."""
    return _SPEAKS_FOR.search(description) is not None


def are_surely_different_bodies(name: str, other_name: str) -> bool:
    """Whether two names or descriptions of sources, neither of them a person's, are surely of two.

    "The ministry" can be any, "the MoD" is the Ministry of Defence; "the Ministry of Defence" is not "the foreign
    ministry". A state is no other than its bodies.
    """
    words, other_words = _distinctive_words(name), _distinctive_words(other_name)
    if not (words and other_words and _names_body(name) and _names_body(other_name)):
        return False
    if any(_are_forms(word, other) for word in words for other in other_words):
        return False
    return not (
        _is_acronym(name, other_name) or _is_acronym(other_name, name) or _are_of_one_country(words, other_words)
    )


def are_surely_different_persons(name: str, other_name: str) -> bool:
    """Whether two names of persons differ in their last words, forms of spelling apart."""
    last, other_last = _last_word(name), _last_word(other_name)
    return bool(last and other_last) and not _are_forms(last, other_last)


def read_inner_source(text: str) -> str | None:
    """The source that a report names for what it quotes: "the Ministry of Ports statement indicated “…”"."""
    named = _QUOTED_SOURCE.search(text.partition("\u201c")[0].partition('"')[0])
    return named["who"] if named is not None else None


def is_of_other_reports(name: str) -> bool:
    """Whether a source is only a report of others: "a subsequent report"."""
    return name == name.lower() and name.split()[-1:] in (["report"], ["reports"])


def _names_body(name: str) -> bool:
    """Whether it names a body or who speaks for one: "a dockworker" may be anybody."""
    return is_spokesperson(name) or any(word[:1].isupper() for word in _WORD.findall(name))


def _distinctive_words(name: str) -> list[str]:
    words = (word.casefold().removesuffix("'s").removesuffix("\u2019s") for word in _WORD.findall(name))
    return [word for word in words if word not in _COMMON_WORDS]


def _last_word(name: str) -> str:
    words = [word for word in _distinctive_words(name) if word not in AFTER_NAMES]
    return words[-1] if words else ""


def _are_forms(word: str, other: str) -> bool:
    return word == other or (min(len(word), len(other)) >= _SAME_START and word[:_SAME_START] == other[:_SAME_START])


def _is_acronym(short: str, name: str) -> bool:
    """Whether a name is made of the first letters of the other, of its small words or not: "MoD", "NPCC"."""
    letters = [word[0].casefold() for word in _WORD.findall(name) if word.casefold() not in ("the", "a", "an")]
    capitals = "".join(
        word[0].casefold() for word in _WORD.findall(name) if word[0].isupper() and word.casefold() != "the"
    )
    plain = [word.casefold() for word in _WORD.findall(short) if word.casefold() not in ("the", "a", "an")]
    return any(len(word) > 1 and word in ("".join(letters), capitals) for word in plain)


def _are_of_one_country(words: list[str], other_words: list[str]) -> bool:
    """Whether one names only a country, or who is of it, and the other names that country too."""
    countries, other_countries = (_countries(some) for some in (words, other_words))
    is_state = len(countries) == len(words) or len(other_countries) == len(other_words)
    return is_state and bool(set(countries) & set(other_countries))


def _countries(words: list[str]) -> list[str]:
    gazetteer = load_gazetteer()
    return [country for word in words if (country := gazetteer.country_of(word)) is not None]
