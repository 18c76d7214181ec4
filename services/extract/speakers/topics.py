"""Whom a description means that tells nobody's known office: "the Vermont senator" after a sentence on Ada Reyl."""

import re
from collections.abc import Callable

from services.contracts.claim import Speaker
from services.extract.speakers.antecedents import SUBJECT
from services.extract.speakers.pronouns import Pronouns
from services.extract.vocabulary.grammar import POSTPONED
from services.extract.vocabulary.nouns import PARTISANS
from services.language.ranges import Range

REACH_SENTENCES = 2
"""How many sentences back the one person is a subject, or spoke, whom such a description means."""
_IN_TURN = frozenset((
    "senator", "governor", "representative", "congressman", "congresswoman", "lawmaker", "legislator", "mayor",
    "candidate", "nominee", "front-runner", "frontrunner", "hopeful", "contender", "billionaire", "mogul", "tycoon",
    "businessman", "businesswoman", "socialist",
)) | PARTISANS  # fmt: skip
"""What people are called in turn with their names."""
_GOES_ON = re.compile(r" (?:who|that|whose|on|in|of|for|from|at)\b")
"""What tells a description apart from who was spoken of: "the Ruvian businessman who hired Reyl"."""


def is_name_in_turn(text: str, source: Range, phrase: str, noun: str) -> bool:
    """Whether a description may stand for the name of who was just spoken of: "the Ostmark governor".

    `phrase`: without its article, in lower case; `noun`: its head.
    """
    words = phrase.split()
    if "'s" in phrase or "top" in words or _GOES_ON.match(text, source.end) is not None:
        return False
    if words[0] != "former" and not POSTPONED.isdisjoint(words):
        return False
    return noun in _IN_TURN and (len(words) > 1 or noun in PARTISANS)


def topic_before(pronouns: Pronouns, source: Range, sentence: int, may_be: Callable[[Speaker], bool]) -> Speaker | None:
    """The one person who spoke, or was a subject, in the nearest sentence before that of a source that names anybody.

    None where several were, or nobody, and where somebody else is spoken of before the source in its own sentence.
    `may_be`: whether nothing that is known of somebody speaks against it.
    """
    if any(pronouns.people(sentence, source, SUBJECT)):
        return None
    for number in range(sentence - 1, max(-1, sentence - 1 - REACH_SENTENCES), -1):
        if any(pronouns.people(number, None)):
            subjects = {each.canonical: each for each in pronouns.people(number, None, SUBJECT)}
            only = next(iter(subjects.values())) if len(subjects) == 1 else None
            return only if only is not None and may_be(only) else None
    return None
