"""What the noun of a source tells of it: one person or several, something that can speak at all, somebody unnamed."""

import re

from services.extract.vocabulary.grammar import POSTPONED
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range

NOBODY = frozenset((
    "i", "we", "you", "me", "us", "them", "him", "whom", "whose", "my", "our", "your", "his", "her", "their", "its",
    "this", "that", "these", "what", "which", "there", "nothing", "something", "anything", "everything", "none",
    "whatever", "nobody", "no one",
))  # fmt: skip
"""Words that name no source outside of quotation marks: "I" and "we" of a report are the outlet's own."""
_ABSTRACT = re.compile(r"(?:tion|sion|ment|ness|ance|ence|ity|ancy|ency|ism|ship|hood|ing|dom)s?$")
_ANONYMOUS = re.compile(
    r",? (?:who|speaking|both of whom|all of whom|insisting|requesting|granted)\b[^.;\"]{0,60}?\b(?:"
    r"anonym\w+|not (?:want |wish |be |to be )(?:to be )?(?:named|identified|quoted)|"
    r"(?:not|n't) (?:authori[sz]ed|permitted|allowed)|wished? to remain|declined to be (?:named|identified)|"
    r"want to be (?:named|identified|quoted))"
    r"|,? on (?:the )?condition (?:of anonymity|(?:that )?(?:he|she|they) not be)"
)
"""After a source: that it wants no name."""
PARTISANS = frozenset(("republican", "democrat", "conservative", "socialist", "liberal", "libertarian"))
"""Nouns for who belongs to a party, written as names are."""
WRITINGS = frozenset((
    "letter", "statement", "disclaimer", "order", "report", "memo", "note", "notice", "bill", "petition", "ad",
    "resolution", "lawsuit", "suit", "complaint", "indictment", "email", "message", "post", "tweet", "document",
    "filing", "study",
))  # fmt: skip
"""What "it" stands for in "It reads: …"."""
SENT = frozenset(("statement", "email", "e-mail", "message", "letter", "note", "memo", "tweet", "post", "text"))
"""Writings whose words are those of who sends them."""
UTTERANCES = frozenset((
    "interview", "statement", "comment", "remark", "response", "speech", "message", "letter", "article", "tweet",
    "post", "editorial", "note", "memo", "email", "video", "ad", "op", "ruling", "holding", "opinion", "conference",
    "briefing", "rally", "lawsuit", "suit", "petition", "complaint", "motion", "brief", "filing",
))  # fmt: skip
"""What somebody says or writes."""


def head_noun(phrase: str) -> str | None:
    """The noun of a phrase in lower case, before what is postponed: "the head of …"."""
    words: list[str] = []
    for word in phrase.split():
        if word in POSTPONED and words:
            break
        words.append(word.strip(",."))
    return words[-1] if words else None


def uncapitalised(phrase: str, text: str, lexicon: Lexicon) -> str:
    """A description as it stands inside of a sentence: "police" for the "Police" that starts one.

    Its first word is known to be no name where it is a noun for who speaks, or stands in lower case in the text, too.
    """
    first, blank, rest = phrase.partition(" ")
    lower = first.lower()
    if first != lower.capitalize() or rest != rest.lower():  # "US officials", "State Department"
        return phrase
    listed = (lexicon.source_nouns, lexicon.organisation_nouns, lexicon.titles, lexicon.occupations, lexicon.not_names)
    is_common = any(lower in words for words in listed) or (
        lower in text and re.search(rf"\b{re.escape(lower)}\b", text) is not None
    )
    return f"{lower}{blank}{rest}" if is_common else phrase


def is_plural(noun: str) -> bool:
    """Whether a noun means several."""
    return noun in ("people", "men", "women", "police", "children") or (noun.endswith("s") and not noun.endswith("ss"))


def is_one_person(noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun means a single human being."""
    if is_plural(noun) or noun in lexicon.organisation_nouns:
        return False
    return noun in lexicon.source_nouns or noun in lexicon.titles or noun in lexicon.people_nouns


def may_speak(noun: str, lexicon: Lexicon) -> bool:
    """Whether nothing tells that a noun is for no speaker: "the virus" and "the decline" say nothing."""
    if noun in lexicon.source_nouns or noun in lexicon.organisation_nouns or noun in lexicon.people_nouns:
        return True
    singular = noun.removesuffix("s")
    forms = {noun, singular, singular.removesuffix("ie") + "y"}
    if not lexicon.speaking_abstracts.isdisjoint(forms) or not lexicon.organisation_nouns.isdisjoint(forms):
        return True
    return lexicon.thing_nouns.isdisjoint(forms) and _ABSTRACT.search(noun) is None


def is_anonymous(text: str, source: Range, end: int) -> bool:
    """Whether what follows a source, up to `end`, says that it wants no name."""
    return _ANONYMOUS.match(text, source.end, end) is not None


def described_gender(phrase: str, lexicon: Lexicon) -> bool | None:
    """Whether a description in lower case is of a woman; None where it does not tell."""
    words = {word.strip(",.") for word in phrase.split()}
    feminine, masculine = bool(words & lexicon.feminine), bool(words & lexicon.masculine)
    return None if feminine == masculine else feminine
