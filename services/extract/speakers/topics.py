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
_OPPOSITION = "opposition"
"""Of the one leader who may be called so in turn: others lead countries, and are told by these."""
_GOES_ON = re.compile(r" (?:who|that|whose|on|in|of|for|from|at)\b")
"""What tells a description apart from who was spoken of: "the Ruvian businessman who hired Reyl"."""
_AGED = re.compile(r"(\d{2})-year-old")
"""Of "the 36-year-old", "the 63-year-old chief"."""


@dataclass(frozen=True)
class Topics:
    """Whom the sentences of one article are about, to be asked for by description."""

    pronouns: Pronouns
    descriptions: Descriptions

    def called(self, phrase: str, noun: str, source: Range, sentence: int) -> Speaker | None:
        """Who was just spoken of, if the description at `source` stands for the name: "the Ostmark senator".

        `phrase`: without its article, in lower case; `noun`: its head. Nobody where somebody else is spoken of before
        the source in its own sentence.
        """
        if not _is_name_in_turn(self.pronouns.text, source, phrase, noun):
            return None
        if any(self.pronouns.people(sentence, source, SUBJECT)):
            return None
        spoke = self._spoke_just_before(sentence)
        if spoke is not None and self._may_be_called(spoke, phrase, noun, often=False):
            return spoke
        topic = _topic_before(self.pronouns, sentence)
        return topic if topic is not None and self._may_be_called(topic, phrase, noun, often=True) else None

    def _spoke_just_before(self, sentence: int) -> Speaker | None:
        """Who alone spoke in the sentence before, in the same paragraph."""
        spoke = {each.canonical: each for _, each in self.pronouns.spoken.get(sentence - 1, ())}
        here, before = self.pronouns.readings.get(sentence), self.pronouns.readings.get(sentence - 1)
        if len(spoke) != 1 or here is None or before is None:
            return None
        return next(iter(spoke.values())) if here.sentence.paragraph == before.sentence.paragraph else None

    def _may_be_called(self, speaker: Speaker, phrase: str, noun: str, *, often: bool) -> bool:
        """Whether nothing that is known of somebody speaks against a description.

        `often`: whether they must be known for a person who is named more than once.
        """
        entity = self.pronouns.entities.by_name.get(speaker.canonical)
        if entity is None or _is_of_another_age(self.pronouns.text, speaker.canonical, phrase):
            return False
        feminine = described_gender(phrase, self.pronouns.lexicon)
        fits = feminine is None or self.pronouns.agreement.gender_of(entity) in (None, feminine)
        return fits and self.descriptions.may_be_called(entity, phrase, noun, often=often)


def _is_of_another_age(text: str, name: str, phrase: str) -> bool:
    """Whether the article gives somebody another age than a description does: "Otto Keld, 52," is no 36-year-old."""
    aged = _AGED.match(phrase)
    if aged is None:
        return False
    surname = re.escape(name.rsplit(maxsplit=1)[-1])
    given = re.findall(rf"\b{surname}, (\d{{1,3}})\b(?=[,.;])", text)
    given += re.findall(rf"\b(\d{{1,3}})-year-old (?:[A-Z][\w'-]+ ){{0,3}}{surname}\b", text)
    return bool(given) and aged.group(1) not in given


def _is_name_in_turn(text: str, source: Range, phrase: str, noun: str) -> bool:
    """Whether a description may stand for the name of who was just spoken of: "the Ostmark governor"."""
    words = phrase.split()
    if "'s" in phrase or "top" in words or _GOES_ON.match(text, source.end) is not None:
        return False
    if words[0] != "former" and not POSTPONED.isdisjoint(words):
        return False
    if noun == "leader":
        return words[-2:] == [_OPPOSITION, noun]
    is_aged = _AGED.fullmatch(noun) is not None or (len(words) > 1 and _AGED.fullmatch(words[0]) is not None)
    return is_aged or (noun in _IN_TURN and (len(words) > 1 or noun in PARTISANS))


def _topic_before(pronouns: Pronouns, sentence: int) -> Speaker | None:
    """The one person who spoke, or was a subject, in the nearest sentence before another that names anybody.

    None where several were, or nobody.
    """
    for number in range(sentence - 1, max(-1, sentence - 1 - REACH_SENTENCES), -1):
        if any(pronouns.people(number, None)):
            subjects = {person.canonical: person for person in pronouns.people(number, None, SUBJECT)}
            return next(iter(subjects.values())) if len(subjects) == 1 else None
    return None
