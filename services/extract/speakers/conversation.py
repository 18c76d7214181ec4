"""Who has spoken so far in an article: who goes on speaking, and through whom the words came."""

from dataclasses import dataclass, field

from services.contracts.claim import AttributionLink, Speaker, SpeakerKind
from services.extract.assertions.attribution import Attribution
from services.extract.speakers.speakers import Speakers
from services.extract.text.document import Document
from services.extract.text.quotations import Quotation
from services.language.ranges import Range

RELAYED_SENTENCES = 12
"""How far a statement goes on that was said to have come through an agency."""
ONLY_SPEAKER_PARAGRAPHS = 3
"""How far quoted paragraphs may be from the words of the only one who has spoken so far."""
_ELSEWHERE = frozenset(("told", "tweeted", "wrote", "posted", "testified", "tells", "writes"))
"""Cues of words said on another occasion."""

Chain = tuple[AttributionLink, ...]


@dataclass
class Conversation:
    """Remembers who spoke, to be told of an article's sentences in order. One per article."""

    document: Document
    speakers: Speakers
    open: bool = False
    """Whether quoted sentences that follow in the paragraph go on with the last claim."""
    paragraph: int = -1
    _in_paragraph: Speaker | None = None
    """Who spoke last in the paragraph."""
    _quoted: Speaker | None = None
    """Who was quoted last in the paragraph."""
    _last: Speaker | None = None
    _heard: set[str] = field(default_factory=set)
    """Names of all who spoke."""
    _spoke_in: int | None = None
    """Number of the paragraph that the last speaker spoke in."""
    _unknown_in: int | None = None
    """Number of the last paragraph that quotes somebody who is not known: what goes on from it is nobody else's."""
    introduced: Speaker | None = None
    """Who was announced by "He said:" at the end of the paragraph before."""
    _announced: Speaker | None = None
    _relayed: dict[str, tuple[int, Chain]] = field(default_factory=dict)
    """By speaker: number of the last sentence that says through whom the speaker's words came, and through whom."""

    def enter(self, paragraph: int) -> None:
        """Forget the paragraph before when a new one starts."""
        if paragraph != self.paragraph:
            self.paragraph, self._in_paragraph, self._quoted, self.open = paragraph, None, None, False
            self.introduced, self._announced = self._announced, None

    def hear(self, speaker: Speaker) -> None:
        """Remember who spoke."""
        self._in_paragraph = self._last = speaker
        self._heard.add(speaker.canonical)
        self._spoke_in = self.paragraph

    def announce(self, source: Range, sentence: int) -> None:
        """Remember that the next paragraph quotes whom the words at `source` mean."""
        self._announced = self.speakers.resolve(source, sentence)

    def attribute(self, attribution: Attribution, sentence: int) -> tuple[Speaker | None, Chain]:
        """Who says what an attribution holds, and through whom it came."""
        speaker, source = None, attribution.source
        # Nobody speaks from inside what is said.
        if source is not None and not self.speakers.is_quoted(source, sentence):
            speaker = self.speakers.resolve(
                source, sentence, attribution.stand_in, attribution.antecedent, attribution.content
            )
            if speaker is not None:
                self.hear(speaker)
            if attribution.quoted:
                self._quoted = speaker
        return speaker, self._chain(attribution, speaker, sentence)

    def goes_on(self, quotation: Quotation, sentence: int, paragraph: int) -> Speaker | None:
        """Who speaks in a sentence that is quoted words alone; None where nobody spoke or was named just before."""
        speaker = self.introduced or self._quoted or self._in_paragraph
        if speaker is None and quotation.continues and self._unknown_in != paragraph - 1:
            speaker = self._last
        if speaker is None:
            speaker = self.speakers.topic(sentence - 1, paragraph)
            if speaker is not None:
                return speaker
        # A paragraph of quoted words alone goes on with who spoke in the one before, the only speaker some later too.
        reach = ONLY_SPEAKER_PARAGRAPHS if len(self._heard) == 1 else 1
        follows = self._spoke_in is not None and paragraph - self._spoke_in <= reach
        speaker = self._last if speaker is None and follows else speaker
        if speaker is None and self._unknown_in != paragraph - 1:
            subject = self.speakers.main_subject(sentence - 1, paragraph - 1)
            names_itself = subject is not None and subject.canonical.split()[-1] in quotation.inner.of(
                self.document.text
            )
            speaker = None if names_itself else subject
        if speaker is None:
            self._unknown_in = paragraph
        return speaker

    def relay(self, speaker: Speaker, relayer: Range, sentence: int) -> Chain:
        """The chain of what `speaker` said last, and goes on to say, through the words at `relayer`."""
        chain = (self._link(relayer, sentence),)
        if speaker.kind is not SpeakerKind.UNNAMED:
            self._relayed[speaker.canonical] = sentence, chain
        return chain

    def _chain(self, attribution: Attribution, speaker: Speaker | None, sentence: int) -> Chain:
        """Through whom the words came; those that go on with a relayed statement came through its relayer."""
        chain = tuple(self._link(words, sentence) for words in attribution.via)
        if speaker is None or speaker.kind is SpeakerKind.UNNAMED:
            return chain
        if attribution.relayed:
            self._relayed[speaker.canonical] = sentence, chain
        elif chain or attribution.cue.of(self.document.text).lower() in _ELSEWHERE:
            self._relayed.pop(speaker.canonical, None)
        at, relayers = self._relayed.get(speaker.canonical, (-RELAYED_SENTENCES - 1, ()))
        return relayers if not chain and sentence - at <= RELAYED_SENTENCES else chain

    def _link(self, words: Range, sentence: int) -> AttributionLink:
        named = self.speakers.identify(words, sentence)
        return AttributionLink(name=named.canonical, kind=named.kind, span=named.span, surface=named.surface)
