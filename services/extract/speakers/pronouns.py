"""Whom "he", "she", "it" and "they" mean: the cheapest of who spoke or was named before, that fits.

Each sentence back costs; so do other parts of a sentence than its main subject, another paragraph, and a gender or kind
that is not known. Who spoke is nearer. Two that cost about the same leave the pronoun open.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.assertions.reading import SentenceReading
from services.extract.names.article_names import Types
from services.extract.names.people import Entities, Mention
from services.extract.speakers.agreement import FEMININE, Agreement
from services.extract.speakers.antecedents import (
    MAIN_SUBJECT,
    POSSESSIVE,
    SUBJECT,
    Place,
    asks_somebody,
    companions,
    first_pronoun,
    is_context,
    is_some_of_several,
    name_places,
    object_places,
    subject_places,
)
from services.extract.speakers.genders import read_genders
from services.extract.speakers.joint_sources import joint
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.nouns import WRITINGS, is_one_person, is_plural
from services.language.places import load_gazetteer
from services.language.ranges import Range

REACH_SENTENCES = 4
"""How many sentences back a pronoun may point."""
TOPIC_SENTENCES = 8
"""The same where nothing nearer tells whom it means."""
_SENTENCE_COST, _PARAGRAPH_COST, _SPOKE = 1.5, 0.7, -1.0
_UNKNOWN_GENDER, _UNKNOWN_KIND, _UNNAMED, _BODY = 1.0, 1.0, 0.25, 0.25
_SPOKE_BEFORE = 0.5
"""Of who spoke before somebody else in the same sentence."""
_OTHER_GENDER = 6.0
"""Of who was called by the other pronoun before, which may have been misread."""
_OWN = 1.0
"""What speaks for the subject of its own sentence where the pronoun is an owner's: "Keld won by his claim that …"."""
_MARGIN = 0.4
"""Least difference to the next one."""
_PAIR = 2
OWNERS = {"his": "he", "her": "she", "their": "they"}
"""Of "his claim that …": who claims."""


@dataclass(frozen=True, slots=True)
class _Antecedent:
    speaker: Speaker
    place: Place


@dataclass
class Pronouns:
    """The pronouns of one article, to be asked for in text order."""

    text: str
    entities: Entities
    lexicon: Lexicon
    readings: Mapping[int, SentenceReading]
    mentions: Mapping[int, Sequence[Mention]]
    describe: Callable[[SentenceReading, int], Speaker | None]
    """Whom the description with its noun at a token of a sentence's parse means."""
    name: Callable[[Mention], Speaker]
    """Who bears a name."""
    spoken: dict[int, list[tuple[Range, Speaker]]] = field(default_factory=dict)
    """By sentence: who spoke in it, and where the words for the speaker stand."""
    _named: dict[int, list[_Antecedent]] = field(default_factory=dict)
    """Of each sentence read so far."""
    _called: dict[str, bool] = field(default_factory=dict)
    """By name of somebody whose gender is not known: whether the first pronoun that seemed to mean it is feminine."""
    agreement: Agreement = field(init=False)
    """Which pronouns may stand for whom."""
    _types: Types = field(init=False)

    def __post_init__(self) -> None:
        genders = read_genders(list(self.readings.values()), self.mentions, self.entities)
        self.agreement = Agreement(self.entities, self.lexicon, genders)
        self._types = Types(self.entities)

    def topic(self, sentence: int) -> Speaker | None:
        """The person who is the subject of a sentence and the only one named in it."""
        self._read_to(sentence)
        people = [each for each in self._named[sentence] if each.speaker.kind is SpeakerKind.PERSON]
        if len({each.speaker.canonical for each in people}) != 1:
            return None
        return people[0].speaker if min(each.place.cost for each in people) <= SUBJECT else None

    def main_subject(self, sentence: int) -> Speaker | None:
        """The only named person who is the subject of a sentence's main clause."""
        self._read_to(sentence)
        subjects = [each for each in self._named[sentence] if each.place.cost <= MAIN_SUBJECT]
        names = {each.speaker.canonical for each in subjects}
        return subjects[0].speaker if len(names) == 1 and self._is_named(subjects[0].speaker) else None

    def people(self, sentence: int, before: Range | None, furthest: float = POSSESSIVE) -> Iterator[Speaker]:
        """The people whom a sentence names, describes or lets speak before `before`, outside of quotations.

        A subject whose kind is not known is one of them: perhaps somebody without a first name.
        `furthest`: the most that their parts of the sentence may cost, if it was parsed.
        """
        self._read_to(sentence)
        reading = self.readings.get(sentence)
        most = furthest if reading is not None and reading.scene is not None else POSSESSIVE
        for antecedent in self._of(sentence, before):
            speaker, cost = antecedent.speaker, antecedent.place.cost
            is_person = self._is_named(speaker) or self.agreement.is_unnamed(speaker)
            if cost <= most and (is_person or (cost <= SUBJECT and self._is_of_unknown_kind(speaker))):
                yield speaker

    def meant(self, word: str, source: Range, sentence: int, others: Collection[str] = frozenset()) -> Speaker | None:
        """Whom the pronoun `word` at `source` means, none of `others`; None where nothing tells."""
        self._read_to(sentence)
        costs: dict[str, tuple[float, Speaker]] = {}
        for cost, antecedent in self._all(word, source, sentence):
            key = antecedent.speaker.canonical
            if key in others:
                continue
            if key not in costs or cost < costs[key][0]:
                costs[key] = cost, antecedent.speaker
        ranked = sorted(costs.values(), key=lambda each: each[0])
        if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _MARGIN):
            only = self._only_subject(word, sentence) if word in FEMININE else None
            return only if only is not None and only.canonical not in others else None
        if ranked[0][1].kind is SpeakerKind.PERSON and word in FEMININE:
            self._called.setdefault(ranked[0][1].canonical, FEMININE[word])
        return ranked[0][1]

    def _only_subject(self, word: str, sentence: int) -> Speaker | None:
        """The only person that a sentence before it, in its paragraph or the one before, has for its subject."""
        here = self.readings.get(sentence)
        subjects_by_name: dict[str, Speaker] = {}
        for number in range(sentence - 1, max(-1, sentence - 1 - TOPIC_SENTENCES), -1):
            reading = self.readings.get(number)
            if here is None or reading is None or here.sentence.paragraph - reading.sentence.paragraph > 1:
                break
            if is_context(self.text, reading):
                subjects = (each.speaker for each in self._named[number] if each.place.cost <= SUBJECT)
                subjects_by_name.update((each.canonical, each) for each in subjects if self._is_named(each))
        only = next(iter(subjects_by_name.values())) if len(subjects_by_name) == 1 else None
        return only if only is not None and self.agreement.fits(word, only) else None

    def _is_named(self, speaker: Speaker) -> bool:
        entity = self.entities.by_name.get(speaker.canonical)
        return entity is not None and entity.kind is SpeakerKind.PERSON

    def _is_of_unknown_kind(self, speaker: Speaker) -> bool:
        entity = self.entities.by_name.get(speaker.canonical)
        return entity is not None and entity.kind is None

    def _all(self, word: str, source: Range, sentence: int) -> Iterator[tuple[float, _Antecedent]]:
        here = self.readings.get(sentence)
        for number in range(sentence, max(-1, sentence - 1 - REACH_SENTENCES), -1):
            reading = self.readings.get(number)
            if reading is None or (number < sentence and not is_context(self.text, reading)):
                continue
            away = _SENTENCE_COST * (sentence - number)
            if here is not None and reading.sentence.paragraph != here.sentence.paragraph:
                away += _PARAGRAPH_COST
            own = number == sentence and source.of(self.text).lower() in OWNERS
            for antecedent in self._of(number, source if number == sentence else None):
                if self.agreement.fits(word, antecedent.speaker) and self._is_near(word, antecedent):
                    is_own = own and antecedent.place.cost <= SUBJECT
                    yield away + self._cost(word, antecedent) - (_OWN if is_own else 0.0), antecedent

    def _is_near(self, word: str, antecedent: _Antecedent) -> bool:
        """Whether what may be a thing or a place stands where a sentence's topic does, or spoke."""
        entity = self.entities.by_name.get(antecedent.speaker.canonical)
        if entity is None or antecedent.place.cost <= SUBJECT:
            return True
        if word in FEMININE:
            return entity.kind is not None or " " in entity.canonical
        return load_gazetteer().place_of(entity.canonical) is None

    def _cost(self, word: str, antecedent: _Antecedent) -> float:
        speaker, cost = antecedent.speaker, antecedent.place.cost
        entity = self.entities.by_name.get(speaker.canonical)
        if entity is None:
            cost += _UNNAMED
        elif word == "it" and entity.kind is None:
            cost += _UNKNOWN_KIND
        elif word == "they" and entity.kind is SpeakerKind.ORGANISATION and not entity.canonical.endswith("s"):
            cost += _BODY
        elif word in FEMININE and self.agreement.gender(speaker) is None:
            called = self._called.get(speaker.canonical)
            cost += _UNKNOWN_GENDER if called is None else _OTHER_GENDER * (called != FEMININE[word])
            if entity.kind is None:
                cost += _UNKNOWN_KIND
        return cost

    def _of(self, number: int, before: Range | None) -> Iterator[_Antecedent]:
        spoke = [each for each in self.spoken.get(number, ()) if before is None or each[0].start < before.start]
        for at, speaker in spoke:
            last = speaker.canonical == spoke[-1][1].canonical
            reading = self.readings.get(number)
            asks = reading is not None and asks_somebody(reading, at)
            cost = SUBJECT if asks else MAIN_SUBJECT + _SPOKE + (0 if last else _SPOKE_BEFORE)
            yield _Antecedent(speaker, Place(at, cost))
        for antecedent in self._named[number]:
            if before is None or antecedent.place.range.end <= before.start:
                yield antecedent

    def _read_to(self, sentence: int) -> None:
        for number in range(len(self._named), sentence + 1):
            self._read(number)

    def _read(self, number: int) -> None:
        """Take in who is named in a sentence, first to last, since its pronouns stand for those before them."""
        self._named[number] = antecedents = []
        reading = self.readings.get(number)
        if reading is None:
            return
        named = []
        for mention, place in name_places(self.text, reading, self.mentions.get(number, ())):
            named.append(mention.name.range)
            speaker = self._bearer(mention)
            if speaker is not None:
                antecedents.append(_Antecedent(speaker, place))
        if reading.scene is None:
            antecedents.extend(self._pair(reading))
        antecedents.extend(self._subjects(reading, named))

    def _pair(self, reading: SentenceReading) -> Iterator[_Antecedent]:
        """The two names joined by "and" that an unparsed sentence starts with."""
        first_two = list(self.mentions.get(reading.number, ()))[:2]
        if len(first_two) < _PAIR or first_two[0].name.start != reading.sentence.range.start:
            return
        whole = Range(first_two[0].name.start, first_two[1].name.range.end)
        both = joint(self.text, whole, first_two, self.entities)
        if both is not None:
            update = {"canonical": both[0], "kind": both[1], "role": None, "organisation": None}
            yield _Antecedent(self.name(first_two[0]).model_copy(update=update), Place(whole, MAIN_SUBJECT))

    def _bearer(self, mention: Mention) -> Speaker | None:
        """Who bears a name, unless it is a place's or nobody's: not "British" of "the 2012 British team"."""
        entity = self.entities.of(mention)
        is_demonym = load_gazetteer().is_demonym(entity.canonical) and not entity.canonical.endswith("s")
        if is_demonym or (entity.kind is None and mention.name.before.isdigit()):
            return None
        if entity.kind is None and self._types.of(mention) not in ("person", "unknown"):
            return None
        return self.name(mention)

    def _subjects(self, reading: SentenceReading, named: Sequence[Range]) -> Iterator[_Antecedent]:
        """Pronouns and descriptions that are subjects of a sentence."""
        number = reading.number
        start = first_pronoun(reading, tuple(FEMININE))
        if start is not None:
            meant = self.meant(start.range.of(self.text).lower(), start.range, number)
            if meant is not None:
                yield _Antecedent(meant, start)
        for index, place in (*subject_places(reading), *object_places(reading, WRITINGS)):
            assert reading.scene is not None
            both = self._joint(reading, index) or self._together(reading, index)
            if both is not None:
                yield _Antecedent(both, place)
                continue
            if any(area.meets(place.range) for area in named):
                continue
            word = reading.scene.tree.words[index]
            meant = None
            if word in FEMININE:
                meant = self.meant(word, place.range, number)
            elif self._may_be_described(word) or is_some_of_several(reading, index, self.lexicon.source_nouns):
                meant = self.describe(reading, index)
            if meant is not None:
                yield _Antecedent(meant, place)

    def _may_be_described(self, word: str) -> bool:
        """Whether a noun is for somebody, a body or a writing that a pronoun may mean."""
        if word in WRITINGS or word in self.lexicon.organisation_nouns or is_one_person(word, self.lexicon):
            return True
        return is_plural(word) and (word in self.lexicon.source_nouns or word[:-1] in self.lexicon.occupations)

    def _joint(self, reading: SentenceReading, subject: int) -> Speaker | None:
        """Of "Ada Reyl and Lena Holt": both, whom "they" means."""
        assert reading.scene is not None
        both = self.describe(reading, subject) if reading.scene.tree.has(subject, "conj") else None
        return both if both is not None and " and " in both.canonical else None

    def _together(self, reading: SentenceReading, subject: int) -> Speaker | None:
        """Two people of whom one joins the other, whom "they" means."""
        pair = companions(reading, subject, self.mentions.get(reading.number, ()))
        if pair is None:
            return None
        canonical = f"{pair[0].canonical} and {pair[1].canonical}"
        update = {"canonical": canonical, "kind": SpeakerKind.UNNAMED, "role": None, "organisation": None}
        return self.name(pair[0]).model_copy(update=update)
