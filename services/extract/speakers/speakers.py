"""From the words beside a cue to who is meant: fullest name, role, whom "he" and "the minister" stand for."""

import re
from dataclasses import dataclass, field

from services.contracts.claim import Speaker, SpeakerKind
from services.extract.names.people import Being, Cast, Mention
from services.extract.speakers.descriptions import Descriptions, joint
from services.extract.text.document import Document
from services.extract.text.grammar import HONORIFICS, POSTPONED, PRONOUNS
from services.extract.text.lexicon import Lexicon
from services.language.ranges import Range

REACH_SENTENCES = 3
"""How many sentences back a pronoun may point."""
MAX_CANONICAL_CHARS = 100
FEWEST_APPOSED = 4
"""Words of "a spokesman for police," before the name."""
_NEWS = frozenset((
    "news", "agency", "newspaper", "television", "tv", "radio", "network", "magazine", "daily", "website", "channel",
    "wire", "service",
))  # fmt: skip
"""Words after the name of a medium that do not change who is meant: "the KCNA news agency"."""
_COORDINATED = re.compile(r"[A-Z][\w'-]*,? and ")
"""A name and "and": what follows is not the whole source."""
_ARTICLES = ("the ", "a ", "an ")


@dataclass
class Speakers:
    """Resolves sources in text order, remembering who spoke last. One per article."""

    document: Document
    cast: Cast
    lexicon: Lexicon
    by_sentence: dict[int, list[Mention]] = field(default_factory=dict)
    spoken: dict[int, Speaker] = field(default_factory=dict)
    feminine: dict[str, bool] = field(default_factory=dict)
    descriptions: Descriptions = field(init=False)

    def __post_init__(self) -> None:
        self.descriptions = Descriptions(self.cast, self.by_sentence)
        for mention in self.cast.mentions:
            self.by_sentence.setdefault(mention.sentence, []).append(mention)

    def resolve(
        self, source: Range, sentence: int, pronoun: Range | None = None, antecedent: Range | None = None
    ) -> Speaker:
        """Who the words at `source` mean, remembered as a speaker; to be asked in text order.

        `pronoun`: the "who" that stands for them beside the cue, and is then the speaker's surface.
        `antecedent`: the subject of the clause around it, which is meant by a pronoun that fits it.
        """
        speaker = self._meant(source, sentence, antecedent) or self.identify(source, sentence)
        self.spoken[sentence] = speaker
        if pronoun is not None:
            return speaker.model_copy(update={"surface": pronoun.of(self.document.raw), "span": pronoun.to_span()})
        return speaker

    def _meant(self, source: Range, sentence: int, antecedent: Range | None) -> Speaker | None:
        word = source.of(self.document.text).lower()
        if antecedent is None or word not in PRONOUNS:
            return None
        wants = {"she": True, "he": False}.get(word)
        meant = self.identify(antecedent, sentence)
        if not self._fits(meant.canonical, meant.kind, wants, body=wants is None):
            return None
        return self._stand_in(source, meant, wants)

    def identify(self, source: Range, sentence: int) -> Speaker:
        """Who the words at `source` mean."""
        words = source.of(self.document.text)
        lower = words.lower()
        if lower in PRONOUNS:
            return self._pronoun(source, sentence, lower)
        several = joint(self.document.text, source, self.by_sentence.get(sentence, ()), self.cast)
        if several is not None:
            return self._speaker_at(source, *several)
        mention = self._head_mention(source, sentence)
        return self._named(source, mention) if mention else self._described(source, sentence, words)

    def _named(self, source: Range, mention: Mention) -> Speaker:
        being = self.cast.of(mention)
        return _speaker(self.document, source, being, being.kind or SpeakerKind.PERSON)

    def _head_mention(self, source: Range, sentence: int) -> Mention | None:
        """The name that the phrase is about: neither the "Karvelia" of "Karvelia's prosecutor" nor after "of"."""
        for mention in self.by_sentence.get(sentence, ()):
            name = mention.name.range
            if not source.holds(name):
                continue
            before = Range(source.start, name.start).of(self.document.text).lower().split()
            if self._is_apposed(source, mention, before):
                return mention
            if any(word in POSTPONED for word in before) or _COORDINATED.search(
                self.document.text, source.start, mention.name.start
            ):
                return None
            rest = Range(name.end, source.end).of(self.document.text).split(None, 1)
            if not rest or rest[0].lower() in POSTPONED or rest[0] == ",":
                return mention
            if mention.surface.isupper() and all(word in _NEWS for word in " ".join(rest).lower().split()):
                return mention
        return None

    def _is_apposed(self, source: Range, mention: Mention, before: list[str]) -> bool:
        """Of "a spokesman for the company, Ada Reyl": a body in common nouns has no such name, so its man has."""
        if mention.name.range.end != source.end or len(before) < FEWEST_APPOSED or not before[-1].endswith(","):
            return False
        is_person = self.cast.of(mention).kind is not SpeakerKind.ORGANISATION and len(mention.surface.split()) > 1
        return is_person and before[0] in ("a", "an") and before[-1].strip(",") in self.lexicon.organisation_nouns

    def _described(self, source: Range, sentence: int, words: str) -> Speaker:
        """A source without a name: "the minister" (perhaps known), "officials", "the transport ministry"."""
        lower = words.lower()
        head = self._head_noun(lower)
        if lower.startswith("the ") and head is not None and head not in self.lexicon.organisation_nouns:
            being = self.descriptions.by_role(lower.removeprefix("the "), head, source, sentence)
            if being is not None:
                return _speaker(self.document, source, being, SpeakerKind.PERSON)
        canonical = words
        for article in _ARTICLES:
            if lower.startswith(article):
                canonical = words[len(article) :]
        is_body = head is not None and head in self.lexicon.organisation_nouns
        kind = SpeakerKind.ORGANISATION if is_body else SpeakerKind.UNNAMED
        return self._speaker_at(source, " ".join(canonical.split())[:MAX_CANONICAL_CHARS], kind)

    def _speaker_at(self, source: Range, canonical: str, kind: SpeakerKind) -> Speaker:
        surface = source.of(self.document.raw)
        return Speaker(surface=surface, span=source.to_span(), canonical=canonical, kind=kind)

    def _head_noun(self, phrase: str) -> str | None:
        words: list[str] = []
        for word in phrase.split():
            if word in POSTPONED and words:
                break
            words.append(word.strip(",."))
        return words[-1] if words else None

    def _pronoun(self, source: Range, sentence: int, word: str) -> Speaker:
        body = word in ("it", "they")
        wants = {"she": True, "he": False}.get(word)
        for number in range(sentence, max(-1, sentence - 1 - REACH_SENTENCES), -1):
            spoke = self.spoken.get(number)
            if spoke is not None and self._fits(spoke.canonical, spoke.kind, wants, body):
                return self._stand_in(source, spoke, wants)
            being = self._subject(number, source, wants, body)
            if being is not None:
                kind = being.kind or SpeakerKind.PERSON
                return self._stand_in(source, _speaker(self.document, source, being, kind), wants)
        return self._speaker_at(source, source.of(self.document.text).lower(), SpeakerKind.UNNAMED)

    def _subject(self, number: int, source: Range, wants: bool | None, body: bool) -> Being | None:
        """The one named in sentence `number` that the pronoun fits; None where two do."""
        fitting: dict[str, Being] = {}
        for mention in self.by_sentence.get(number, ()):
            being = self.cast.of(mention)
            if mention.name.range.end > source.start:
                break
            if body and being.kind is not SpeakerKind.ORGANISATION:
                continue
            evident = being.kind is not None or len(being.canonical.split()) in (2, 3)
            if evident and self._fits(being.canonical, being.kind, wants, body):
                fitting.setdefault(being.canonical, being)
        certain = [being for being in fitting.values() if being.kind is not None]
        if len(certain) == 1:
            return certain[0]
        return next(iter(fitting.values())) if len(fitting) == 1 and not body else None

    def _fits(self, canonical: str, kind: SpeakerKind | None, wants: bool | None, body: bool) -> bool:
        if body:
            return kind is not SpeakerKind.PERSON
        if kind is SpeakerKind.ORGANISATION:
            return False
        known = self.feminine.get(canonical)
        if known is None and canonical in self.cast.beings:
            known = self.cast.beings[canonical].feminine
        return known is None or known == wants

    def _stand_in(self, source: Range, meant: Speaker, wants: bool | None) -> Speaker:
        if wants is not None:
            self.feminine.setdefault(meant.canonical, wants)
        return meant.model_copy(update={"surface": source.of(self.document.raw), "span": source.to_span()})


def _speaker(document: Document, source: Range, being: Being, kind: SpeakerKind) -> Speaker:
    role = next((role for role in being.roles if role.text.strip(".").lower() not in HONORIFICS), None)
    organisation = next((role.organisation for role in being.roles if role.organisation), None)
    return Speaker(
        surface=source.of(document.raw),
        span=source.to_span(),
        canonical=being.canonical,
        kind=kind,
        role=role.text if role else None,
        organisation=organisation,
    )
