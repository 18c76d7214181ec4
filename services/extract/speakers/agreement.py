"""Whether a pronoun agrees with whom it may stand for: in number, in gender, as person, body or thing."""

from collections.abc import Mapping

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.names.people import Entities, Entity
from services.extract.vocabulary.grammar import PRONOUNS
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.nouns import WRITINGS, described_gender, head_noun, is_one_person, is_plural, may_speak

FEMININE = {"she": True, "he": False}
"""Whether a pronoun for one person is a woman's."""
_MANY = frozenset(("conservatives", "democrats", "forces", "republicans", "tories"))
"""Words of names for many people, whom "it" does not mean."""
_SEVERAL = frozenset(("two", "three", "four", "five", "six", "some", "several", "many", "most", "both"))
"""Of "two of the judges"."""


class Agreement:
    """What is known of the people of one article by which pronouns are told apart."""

    def __init__(self, entities: Entities, lexicon: Lexicon, genders: Mapping[str, bool]) -> None:
        """`genders`: by name, whether the article's own pronouns for somebody are feminine."""
        self._entities, self._lexicon, self._genders = entities, lexicon, genders

    def fits(self, word: str, speaker: Speaker) -> bool:
        """Whether a pronoun may stand for somebody."""
        lower = speaker.canonical.lower()
        noun = head_noun(lower)
        if lower in PRONOUNS:
            return lower == word
        if noun is None:
            return False
        if word in FEMININE:
            return self._is_person(speaker, noun) and self.gender(speaker) in (None, FEMININE[word])
        if word == "it" and (self._may_be_a_thing(speaker, noun) or self._bears_a_bodys_name(speaker, noun)):
            return True
        if self._is_person(speaker, noun) or not may_speak(noun, self._lexicon):
            return False
        plural = is_plural(noun) or " and " in lower or noun in _SEVERAL
        is_body = speaker.kind is SpeakerKind.ORGANISATION
        return is_body and not plural if word == "it" else is_body or plural

    def _may_be_a_thing(self, speaker: Speaker, noun: str) -> bool:
        """Whether it is a text, or the name of nobody known, of whom no word of the article makes a man or woman."""
        if speaker.kind is SpeakerKind.UNNAMED and noun in WRITINGS:
            return True
        entity = self._entities.by_name.get(speaker.canonical)
        return entity is not None and entity.kind is None and self.gender_of(entity) is None

    def _bears_a_bodys_name(self, speaker: Speaker, noun: str) -> bool:
        """Whether it is one body by the last word of its name, which may be a thing's or plural: "Varn Power"."""
        entity = self._entities.by_name.get(speaker.canonical)
        is_body = entity is not None and entity.kind is SpeakerKind.ORGANISATION
        return is_body and noun in self._lexicon.name_organisation_words and noun not in _MANY

    def _is_person(self, speaker: Speaker, noun: str) -> bool:
        if speaker.kind is SpeakerKind.PERSON:
            return True
        several = " and " in speaker.canonical.lower()
        return speaker.kind is SpeakerKind.UNNAMED and is_one_person(noun, self._lexicon) and not several

    def is_unnamed(self, speaker: Speaker) -> bool:
        """Whether somebody is one person who is only described."""
        noun = head_noun(speaker.canonical.lower())
        return speaker.kind is SpeakerKind.UNNAMED and noun is not None and self._is_person(speaker, noun)

    def gender(self, speaker: Speaker) -> bool | None:
        """Whether somebody is a woman, from titles, first names and the pronouns of the article."""
        entity = self._entities.by_name.get(speaker.canonical)
        if entity is None:
            return described_gender(speaker.canonical.lower(), self._lexicon)
        return self.gender_of(entity)

    def gender_of(self, entity: Entity) -> bool | None:
        """Whether a named person is a woman; None where nothing tells."""
        return self._genders.get(entity.canonical) if entity.feminine is None else entity.feminine
