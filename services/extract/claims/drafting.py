"""From what was found in a sentence to drafts of its claims, remembering who has been speaking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from services.contracts.claim import AttributionLink, Speaker, SpeakerKind
from services.extract.acceptance.acceptance import is_accepted
from services.extract.assertions.attributed import Attribution, find_attributions
from services.extract.assertions.draft import Draft, Form
from services.extract.assertions.narrated import find_narrated
from services.extract.assertions.quoted import announcer, is_presentable, label, signature, speaks_on, stands_alone
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.attributions.chains import carrier_of
from services.extract.claims.claims import MIN_WORDS, draft_content, quoted_words
from services.extract.speakers.speakers import Speakers
from services.extract.text.quotations import Quotation
from services.extract.text.sentences import Sentence
from services.language.ranges import Range

CARRIED_SENTENCES = 12
"""How far a statement goes on that was said to have come through an agency."""
_ELSEWHERE = frozenset(("told", "tweeted", "wrote", "posted", "testified", "tells", "writes"))
"""Cues of words said on another occasion."""
MAX_JOINED = 20
"""Quotations that may go on with one claim."""


@dataclass
class _Talk:
    """Who has spoken so far, for quotations that go on."""

    paragraph: int = -1
    in_paragraph: list[Speaker] = field(default_factory=list)
    quoted: Speaker | None = None
    """Who was quoted last in the paragraph."""
    last: Speaker | None = None
    introduced: Speaker | None = None
    """Who was announced by "He said:" at the end of the paragraph before."""
    announced: Speaker | None = None
    spoke_in: int | None = None
    """Number of the paragraph that the last speaker spoke in."""
    carried: dict[str, tuple[int, tuple[AttributionLink, ...]]] = field(default_factory=dict)
    """By speaker: number of the last sentence that says through whom the speaker's words came, and through whom."""
    open: bool = False
    """Whether quoted sentences that follow in the paragraph go on with the last claim."""

    def enter(self, paragraph: int) -> None:
        """Forget the paragraph before when a new one starts."""
        if paragraph != self.paragraph:
            self.paragraph, self.in_paragraph, self.open = paragraph, [], False
            self.quoted = None
            self.introduced, self.announced = self.announced, None

    def heard(self, speaker: Speaker) -> None:
        """Remember who spoke."""
        self.in_paragraph.append(speaker)
        self.last = speaker
        self.spoke_in = self.paragraph


class Drafter:
    """Drafts the claims of one article, to be given its sentences in order."""

    def __init__(self, resources: Resources, speakers: Speakers) -> None:
        """`speakers` resolves sources, and remembers them as the drafter does."""
        self._resources = resources
        self._document = resources.document
        self._speakers = speakers
        self._talk = _Talk()
        self._last_number = 0
        self.drafts: list[Draft] = []
        """So far."""

    def read(self, reading: SentenceReading) -> None:
        """Draft the claims of a sentence: attributed content, quotations beside it, what the outlet itself asserts."""
        sentence, number = reading.sentence, reading.number
        resources = self._resources
        self._talk.enter(sentence.paragraph)
        cued = reading.scene if reading.has_cue else None
        proposals = [] if cued is None else find_attributions(cued, resources.lexicon, resources.model)
        alone = stands_alone(self._document.text, sentence)
        turn = alone and label(self._document.text, sentence.quotations[0]) is not None
        if alone and not turn and not proposals and self._joined(sentence):
            return
        carrier = carrier_of(reading.scene, resources.lexicon) if reading.scene else None
        if carrier is not None:
            self._carry_back(carrier, number)
        drafts = list(self._attributed(number, sentence, proposals))
        attributed = tuple(drafts)
        for quotation in sentence.quotations:
            # Only against those, for quotations do not meet each other, and a sentence may have any number of them.
            if not any(draft.range.meets(quotation.inner) for draft in attributed):
                drafts.extend(self._loose(reading, quotation, alone=alone))
        announced = announcer(reading.scene, resources.lexicon) if reading.scene else None
        if announced is not None:
            self._talk.announced = self._speakers.resolve(announced, number)
        drafts = [draft for draft in drafts if is_accepted(resources, reading, draft)]
        taken = [draft.range for draft in drafts]
        narrated = find_narrated(resources, reading, taken)
        drafts.extend(draft for draft in narrated if is_accepted(resources, reading, draft))
        self._talk.open = bool(drafts) and (bool(attributed) or alone)
        self.drafts.extend(sorted(drafts, key=lambda draft: draft.range))
        if drafts:
            self._last_number = number

    def _joined(self, sentence: Sentence) -> bool:
        """Whether quoted sentences go on with the last claim, which then takes them in."""
        words = [each for quotation in sentence.quotations if (each := quoted_words(self._document, quotation))]
        if not self._talk.open or not words or not self.drafts:
            return False
        last = self.drafts[-1]
        if len(last.quoted) + len(words) > MAX_JOINED or not last.quoted:
            return False
        self.drafts[-1] = replace(last, range=Range(last.range.start, words[-1].end), quoted=(*last.quoted, *words))
        return True

    def _attributed(self, number: int, sentence: Sentence, attributions: Sequence[Attribution]) -> Iterator[Draft]:
        for attribution in attributions:
            fewest = 1 if attribution.takes_a_stand else MIN_WORDS
            area = draft_content(self._document, attribution.content, sentence.quotations, fewest)
            if area is None:
                continue
            speaker = None
            if attribution.source is not None:
                speaker = self._speakers.resolve(
                    attribution.source, number, attribution.stand_in, attribution.antecedent
                )
                self._talk.heard(speaker)
                if attribution.quoted:
                    self._talk.quoted = speaker
            chain = self._chain(attribution, speaker, number)
            yield Draft(Form.ATTRIBUTED, *area, speaker, attribution.cue, attribution.commitment, chain, attribution)

    def _chain(self, attribution: Attribution, speaker: Speaker | None, number: int) -> tuple[AttributionLink, ...]:
        """Through whom the words came; those that go on with a carried statement came through its carrier."""
        chain = tuple(self._link(words, number) for words in attribution.via)
        if speaker is None or speaker.kind is SpeakerKind.UNNAMED:
            return chain
        carried = self._talk.carried
        if attribution.carried:
            carried[speaker.canonical] = number, chain
        elif chain or attribution.cue.of(self._document.text).lower() in _ELSEWHERE:
            carried.pop(speaker.canonical, None)
        at, carriers = carried.get(speaker.canonical, (-CARRIED_SENTENCES - 1, ()))
        return carriers if not chain and number - at <= CARRIED_SENTENCES else chain

    def _carry_back(self, carrier: Range, number: int) -> None:
        """The last claim, if its source spoke just before, and what goes on with it, came through `carrier`."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.speaker is None or last.attribution or number - self._last_number > 1:
            return
        chain = (self._link(carrier, number),)
        self.drafts[-1] = replace(last, attribution=chain)
        if last.speaker.kind is not SpeakerKind.UNNAMED:
            self._talk.carried[last.speaker.canonical] = number, chain

    def _link(self, words: Range, number: int) -> AttributionLink:
        named = self._speakers.identify(words, number)
        return AttributionLink(name=named.canonical, kind=named.kind, span=named.span, surface=named.surface)

    def _loose(self, reading: SentenceReading, quotation: Quotation, *, alone: bool) -> Iterator[Draft]:
        """A quotation that no attribution in its sentence took."""
        words = quoted_words(self._document, quotation)
        if words is None or not quotation.full:
            return
        turn = label(self._document.text, quotation) if alone else None
        if turn is None:
            speaker = self._speaker_of_loose(reading, quotation, alone=alone)
        else:
            speaker, words = self._speakers.resolve(turn[0], reading.number), Range(turn[1], words.end)
        if speaker is not None:
            self._talk.heard(speaker)
        if speaker is not None or is_presentable(self._document.text, quotation):
            yield Draft(Form.QUOTED, words, (words,), speaker)

    def _speaker_of_loose(self, reading: SentenceReading, quotation: Quotation, *, alone: bool) -> Speaker | None:
        signed = signature(self._document.text, quotation, reading.names)
        if signed is not None:
            return self._speakers.resolve(signed, reading.number)
        if alone:
            talk = self._talk
            speaker = talk.introduced or talk.quoted or speaks_on(quotation, talk.in_paragraph, talk.last)
            # A paragraph of quoted words alone goes on with who spoke in the one before.
            follows = talk.spoke_in is not None and reading.sentence.paragraph - talk.spoke_in <= 1
            return talk.last if speaker is None and follows else speaker
        return None
