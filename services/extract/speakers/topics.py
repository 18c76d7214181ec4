"""Whom a description means that is nobody's known office: "the Vermont senator" after a sentence on Ada Reyl."""

import re
from dataclasses import dataclass

from services.contracts.claim import Speaker
from services.extract.speakers.antecedents import SUBJECT
from services.extract.speakers.descriptions import Descriptions
from services.extract.speakers.pronouns import Pronouns
from services.extract.vocabulary.grammar import POSTPONED
from services.extract.vocabulary.nouns import PARTISANS, described_gender
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


@dataclass(frozen=True)
class Topics:
    """Whom the sentences of one article are about, to be asked for by description."""

    pronouns: Pronouns
    descriptions: Descriptions

    def called(self, phrase: str, noun: str, source: Range, sentence: int) -> Speaker | None:
        """Who was just spoken of, if the description at `source` stands for the name: "the Ostmark senator".

        `phrase`: without its article, in lower case; `noun`: its head.
        """
        if not _is_name_in_turn(self.pronouns.text, source, phrase, noun):
            return None
        topic = _topic_before(self.pronouns, source, sentence)
        return topic if topic is not None and self._may_be_called(topic, phrase, noun) else None

    def _may_be_called(self, speaker: Speaker, phrase: str, noun: str) -> bool:
        """Whether nothing that is known of somebody speaks against a description."""
        entity = self.pronouns.entities.by_name.get(speaker.canonical)
        if entity is None:
            return False
        feminine = described_gender(phrase, self.pronouns.lexicon)
        fits = feminine is None or self.pronouns.agreement.gender_of(entity) in (None, feminine)
        return fits and self.descriptions.may_be_called(entity, phrase, noun)


def _is_name_in_turn(text: str, source: Range, phrase: str, noun: str) -> bool:
    """Whether a description may stand for the name of who was just spoken of: "the Ostmark governor"."""
    words = phrase.split()
    if "'s" in phrase or "top" in words or _GOES_ON.match(text, source.end) is not None:
        return False
    if words[0] != "former" and not POSTPONED.isdisjoint(words):
        return False
    return noun in _IN_TURN and (len(words) > 1 or noun in PARTISANS)


def _topic_before(pronouns: Pronouns, source: Range, sentence: int) -> Speaker | None:
    """The one person who spoke, or was a subject, in the nearest sentence before that of a source that names anybody.

    None where several were, or nobody, and where somebody else is spoken of before the source in its own sentence.
    """
    if any(pronouns.people(sentence, source, SUBJECT)):
        return None
    for number in range(sentence - 1, max(-1, sentence - 1 - REACH_SENTENCES), -1):
        if any(pronouns.people(number, None)):
            subjects = {person.canonical: person for person in pronouns.people(number, None, SUBJECT)}
            return next(iter(subjects.values())) if len(subjects) == 1 else None
    return None
