"""From the words beside a cue to who is meant: fullest name, role, whom "he" and "the minister" stand for."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from weakref import proxy

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.assertions.reading import SentenceReading
from services.extract.attributions.sources import source_range
from services.extract.names.people import Entities, Entity, Mention, is_of_a_body
from services.extract.speakers.antecedents import meant_by_who
from services.extract.speakers.bearers import head_mention, is_somebodys_office
from services.extract.speakers.behind_roles import describes_people
from services.extract.speakers.bodies import bodies_before, central_bank, full_name
from services.extract.speakers.descriptions import Descriptions
from services.extract.speakers.joint_sources import joint
from services.extract.speakers.making import described_speaker, named_speaker, stand_in, without_article
from services.extract.speakers.named_in_content import named_before, named_behind
from services.extract.speakers.pronouns import OWNERS, Pronouns
from services.extract.speakers.senders import sender_in
from services.extract.speakers.short_names import ShortNames
from services.extract.speakers.source_ends import is_branch, is_station, whole_source
from services.extract.speakers.topics import Topics
from services.extract.speakers.unnamed import another_like, described_before
from services.extract.text.document import Document
from services.extract.vocabulary.grammar import PRONOUNS
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.nouns import (
    NOBODY,
    SENT,
    WRITINGS,
    head_noun,
    is_anonymous,
    is_one_person,
    may_speak,
    uncapitalised,
)
from services.language.ranges import Range

MAX_CANONICAL_CHARS = 100
_ANOTHER = "another"
_TWO = frozenset(("both", "the two", "the pair", "the couple"))
_OF_JUDGES = frozenset(("majority", "unanimous", "court", "court's", "judge's", "appeals"))
"""Before a decision that says why it was taken."""


@dataclass
class Speakers:
    """Resolves sources in text order, remembering who spoke. One per article."""

    document: Document
    entities: Entities
    lexicon: Lexicon
    readings: Sequence[SentenceReading] = ()
    """Of the whole article, in order: what pronouns are resolved by."""
    by_sentence: dict[int, list[Mention]] = field(default_factory=dict)
    descriptions: Descriptions = field(init=False)
    pronouns: Pronouns = field(init=False)
    _topics: Topics = field(init=False)
    _short_names: ShortNames = field(init=False)

    def __post_init__(self) -> None:
        for mention in self.entities.mentions:
            self.by_sentence.setdefault(mention.sentence, []).append(mention)
        starts = {reading.number: reading.sentence.range.start for reading in self.readings}
        self.descriptions = Descriptions(self.entities, self.by_sentence, starts)
        readings = {reading.number: reading for reading in self.readings}
        # Not bound methods: the two would hold each other, and with them all of the article until the garbage
        # collector comes.
        own = proxy(self)
        self.pronouns = Pronouns(
            self.document.text,
            self.entities,
            self.lexicon,
            readings,
            self.by_sentence,
            lambda reading, noun: own._subject(reading, noun),  # noqa: SLF001, PLW0108, own._subject would hold us
            lambda mention: own._bearer(mention),  # noqa: SLF001, PLW0108
        )
        self._topics = Topics(self.pronouns, self.descriptions)
        self._short_names = ShortNames(
            self.document.text, self.entities, self.by_sentence, self.pronouns.agreement.gender_of
        )

    def resolve(
        self,
        source: Range,
        sentence: int,
        pronoun: Range | None = None,
        antecedent: Range | None = None,
        content: Sequence[Range] = (),
    ) -> Speaker | None:
        """Who the words at `source` mean, remembered as a speaker; None for what cannot speak, as "I" and "the virus".

        To be asked in text order.
        `pronoun`: the "who" that stands for them beside the cue, and is then the speaker's surface.
        `antecedent`: the subject of the clause around it, which is meant by a pronoun that fits it.
        `content`: what they say; who is named in it is nobody whom a pronoun outside of it means.
        """
        before, behind = self._named_in(content, source, sentence)
        others = before | behind
        if pronoun is not None:
            source = meant_by_who(self.document.text, source, self.by_sentence.get(sentence, ()), self.entities)
        if not self._can_speak(source, sentence):
            return None
        speaker = self._around(source, sentence, antecedent, others)
        if speaker is None or speaker.canonical in before:
            nearest = self.identify(source, sentence, others)
            nobody = nearest.canonical.lower() in PRONOUNS
            # Who alone is named may tell of himself: "Keld was poor, he wrote".
            speaker = (speaker or self.identify(source, sentence, others - before)) if nobody else nearest
        self.pronouns.spoken.setdefault(sentence, []).append((source, speaker))
        if pronoun is not None:
            return speaker.model_copy(update={"surface": pronoun.of(self.document.raw), "span": pronoun.to_span()})
        return speaker

    def _people(self, mentions: Iterable[Mention]) -> frozenset[str]:
        """The people among mentions, by their canonical names."""
        return frozenset(
            mention.canonical
            for mention in mentions
            if self.entities.of(mention).kind is SpeakerKind.PERSON
            and not is_of_a_body(self.document.text, mention.name)
        )

    def _named_in(
        self, content: Sequence[Range], source: Range, sentence: int
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Which people are named in what a source says: before it, and behind it."""
        reading, mentions = self._reading(sentence), self.by_sentence.get(sentence, ())
        if reading is None:
            return frozenset(), frozenset()
        before = named_before(self.document.text, reading, mentions, source, content)
        return self._people(before), self._people(named_behind(self.document.text, reading, mentions, source, content))

    def topic(self, sentence: int, paragraph: int) -> Speaker | None:
        """The one person that a sentence of a paragraph names, and has for its subject; None for any other sentence."""
        reading = self._reading(sentence)
        if reading is None or reading.sentence.paragraph != paragraph:
            return None
        return self.pronouns.topic(sentence)

    def main_subject(self, sentence: int, paragraph: int) -> Speaker | None:
        """The person of whom a sentence of a paragraph tells, whoever else it names."""
        reading = self._reading(sentence)
        if reading is None or reading.scene is None or reading.sentence.paragraph != paragraph:
            return None
        return self.pronouns.main_subject(sentence)

    def is_quoted(self, area: Range, sentence: int) -> bool:
        """Whether words of a sentence stand between quote marks."""
        reading = self._reading(sentence)
        return reading is not None and reading.sentence.is_quoted(area)

    def _reading(self, sentence: int) -> SentenceReading | None:
        return self.readings[sentence] if 0 <= sentence < len(self.readings) else None

    def _can_speak(self, source: Range, sentence: int) -> bool:
        lower = source.of(self.document.text).lower()
        if lower in OWNERS:
            return True
        if lower in NOBODY:
            return False
        noun = head_noun(lower)
        named = any(source.holds(mention.name.range) for mention in self.by_sentence.get(sentence, ()))
        is_ruling = noun == "decision" and not _OF_JUDGES.isdisjoint(lower.split())
        return noun is not None and (named or is_ruling or lower in PRONOUNS or may_speak(noun, self.lexicon))

    def _around(
        self, source: Range, sentence: int, antecedent: Range | None, others: Collection[str]
    ) -> Speaker | None:
        """The subject around a pronoun, where that fits it."""
        word = source.of(self.document.text).lower()
        word = OWNERS.get(word, word)
        if antecedent is None or word not in PRONOUNS:
            return None
        meant = self.identify(antecedent, sentence, others)
        return stand_in(self.document, source, meant) if self.pronouns.agreement.fits(word, meant) else None

    def identify(self, source: Range, sentence: int, others: Collection[str] = frozenset()) -> Speaker:
        """Who the words at `source` mean. `others`: names of those whom a pronoun there does not mean."""
        source = whole_source(self.document.text, source, self.by_sentence.get(sentence, ()))
        if source.of(self.document.text)[1:].endswith("'s"):
            source = Range(source.start, source.end - 2)
        words = source.of(self.document.text)
        lower = OWNERS.get(words.lower(), words.lower())
        if lower in PRONOUNS:
            meant = self.pronouns.meant(lower, source, sentence, others)
            unknown = described_speaker(self.document, source, lower, SpeakerKind.UNNAMED)
            return unknown if meant is None else stand_in(self.document, source, meant)
        if lower in _TWO:
            meant = self.pronouns.meant("they", source, sentence)
            if meant is not None and " and " in meant.canonical:
                return stand_in(self.document, source, meant)
        if lower == _ANOTHER:
            return described_speaker(
                self.document, source, another_like(sentence, self.pronouns.spoken) or lower, SpeakerKind.UNNAMED
            )
        return self._phrase(source, sentence, words)

    def _phrase(self, source: Range, sentence: int, words: str) -> Speaker:
        """Who a source means that is no pronoun."""
        several = joint(self.document.text, source, self.by_sentence.get(sentence, ()), self.entities)
        if several is not None:
            return described_speaker(self.document, source, *several)
        inside = [mention for mention in self.by_sentence.get(sentence, ()) if source.holds(mention.name.range)]
        mention = head_mention(self.document.text, source, inside, self.entities, self.lexicon)
        if (
            is_station(words)
            or is_branch(words)
            or (mention and is_somebodys_office(self.document.text, source, mention, self.lexicon))
        ):
            return described_speaker(self.document, source, without_article(words), SpeakerKind.ORGANISATION)
        if mention is None or describes_people(mention, self.entities):
            return self._described(source, sentence, words)
        return self._named(source, mention)

    def _named(self, source: Range, mention: Mention) -> Speaker:
        entity = self._short_names.bearer(mention, self.pronouns.spoken)
        return named_speaker(self.document, source, entity, entity.kind or SpeakerKind.PERSON)

    def _described(self, source: Range, sentence: int, words: str) -> Speaker:
        """A source without a name: "the minister" (perhaps known), "officials", "the transport ministry"."""
        lower = words.lower().replace("vice-", "vice ")
        head = head_noun(lower)
        known = (
            head is not None
            and " and " not in lower
            and (is_one_person(head, self.lexicon) or head.endswith("-year-old"))
            and not self._wants_no_name(source, sentence)
        )
        if lower.startswith("the ") and head in WRITINGS:
            before = described_before(lower.removeprefix("the "), sentence, self.pronouns.spoken, lambda _: False)
            before = before or (self._sender(head, source, sentence) if lower == f"the {head}" else None)
            if before is not None:
                return stand_in(self.document, source, before)
        if lower.startswith("the ") and head is not None and known:
            entity = self.descriptions.by_role(lower.removeprefix("the "), head, source, sentence)
            named = partial(self._names, entity)
            unnamed = described_before(lower.removeprefix("the "), sentence, self.pronouns.spoken, named)
            if unnamed is not None:
                return stand_in(self.document, source, unnamed)
            if entity is not None:
                return named_speaker(self.document, source, entity, SpeakerKind.PERSON)
            topic = self._topics.called(lower.removeprefix("the "), head, source, sentence)
            if topic is not None:
                return stand_in(self.document, source, topic)
        canonical = uncapitalised(" ".join(without_article(words).split()), self.document.text, self.lexicon)
        is_body = head is not None and head in self.lexicon.organisation_nouns
        if is_body and lower == f"the {head}":
            bodies = bodies_before(source, sentence, self.entities, self.by_sentence, self.pronouns.spoken)
            canonical = full_name(self.document.text, source, canonical, bodies) or canonical
        if head == "bank":
            canonical = central_bank(canonical, self.entities.by_name) or canonical
        kind = SpeakerKind.ORGANISATION if is_body else SpeakerKind.UNNAMED
        return described_speaker(self.document, source, canonical[:MAX_CANONICAL_CHARS], kind)

    def _sender(self, writing: str, source: Range, sentence: int) -> Speaker | None:
        """Who sent what "the statement" at `source` is, as its own sentence or the one before tells."""
        for number in (sentence, sentence - 1):
            reading = self._reading(number)
            noun = None if reading is None or writing not in SENT else sender_in(reading, writing, source.start)
            if reading is not None and noun is not None:
                return self._subject(reading, noun)
        return None

    def _names(self, entity: Entity | None, sentence: int) -> bool:
        """Whether a sentence names somebody."""
        return entity is not None and any(
            self.entities.of(each) is entity for each in self.by_sentence.get(sentence, ())
        )

    def _wants_no_name(self, source: Range, sentence: int) -> bool:
        reading = self._reading(sentence)
        return reading is not None and is_anonymous(self.document.text, source, reading.sentence.range.end)

    def _bearer(self, mention: Mention) -> Speaker:
        return self._named(mention.name.range, mention)

    def _subject(self, reading: SentenceReading, noun: int) -> Speaker | None:
        """Whom the description with its noun at a token of a parsed sentence means."""
        scene = reading.scene
        if scene is None:
            return None
        return self.identify(source_range(scene.tree, scene.masked, noun, self.lexicon), reading.number)
