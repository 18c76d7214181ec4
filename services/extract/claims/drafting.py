"""From what was found in a sentence to drafts of its claims, remembering who has been speaking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.contracts.claim import Speaker
from services.extract.attributions.attributions import Attribution
from services.extract.attributions.clauses import View
from services.extract.attributions.loose import (
    cue_and_source,
    introduces,
    is_presentable,
    signature,
    speaks_on,
    stands_alone,
)
from services.extract.attributions.speakers import Speakers
from services.extract.claims.claims import Draft, draft_content, quoted_words
from services.extract.figures.figures import Figure
from services.extract.text.document import Document
from services.extract.text.quotations import Quotation
from services.extract.text.ranges import Range
from services.extract.text.sentences import Sentence

MIN_FIGURE_SENTENCE_WORDS = 5


@dataclass
class _Talk:
    """Who has spoken so far, for quotations that go on."""

    paragraph: int = -1
    in_paragraph: list[Speaker] = field(default_factory=list)
    last: Speaker | None = None
    introduced: Speaker | None = None
    """Who was announced by "He said:" at the end of the paragraph before."""
    announced: Speaker | None = None

    def enter(self, paragraph: int) -> None:
        """Forget the paragraph before when a new one starts."""
        if paragraph != self.paragraph:
            self.paragraph, self.in_paragraph = paragraph, []
            self.introduced, self.announced = self.announced, None

    def heard(self, speaker: Speaker) -> None:
        """Remember who spoke."""
        self.in_paragraph.append(speaker)
        self.last = speaker


class Drafter:
    """Drafts the claims of one article, to be given its sentences in order."""

    def __init__(self, document: Document, speakers: Speakers) -> None:
        """`speakers` resolves sources, and remembers them as the drafter does."""
        self._document = document
        self._speakers = speakers
        self._talk = _Talk()

    def draft(
        self,
        number: int,
        sentence: Sentence,
        view: View,
        attributions: Sequence[Attribution],
        figures: Sequence[Figure],
    ) -> list[Draft]:
        """Claims of sentence `number`: attributed content, quotations beside it, or else the figures in it."""
        self._talk.enter(sentence.paragraph)
        drafts = list(self._attributed(sentence, attributions))
        for quotation in sentence.quotations:
            if not any(draft.range.meets(quotation.inner) for draft in drafts):
                drafts.extend(self._loose(number, view, quotation))
        presenter = introduces(view)
        if presenter is not None:
            self._talk.announced = self._speakers.resolve(presenter, number)
        if not drafts and self._is_figure_sentence(sentence, figures):
            drafts.append(Draft(range=sentence.range, quoted=(), figure=True))
        return drafts

    def _attributed(self, sentence: Sentence, attributions: Sequence[Attribution]) -> Iterator[Draft]:
        for attribution in attributions:
            speaker = self._speakers.resolve(attribution.source, attribution.sentence)
            self._talk.heard(speaker)
            area = draft_content(self._document, attribution.content, sentence.quotations)
            if area is not None:
                yield Draft(*area, speaker, attribution.cue, attribution.commitment)

    def _loose(self, number: int, view: View, quotation: Quotation) -> Iterator[Draft]:
        """A quotation that no attribution in its sentence took."""
        words = quoted_words(self._document, quotation)
        if words is None or not quotation.full:
            return
        speaker, cue = self._speaker_of_loose(number, view, quotation)
        if speaker is not None:
            self._talk.heard(speaker)
        if speaker is not None or is_presentable(self._document.text, quotation):
            yield Draft(range=words, quoted=(words,), speaker=speaker, cue=cue)

    def _speaker_of_loose(self, number: int, view: View, quotation: Quotation) -> tuple[Speaker | None, Range | None]:
        beside = cue_and_source(view, quotation)
        if beside is not None:
            cue, source = beside
            return self._speakers.resolve(source, number), cue
        signed = signature(view, quotation)
        if signed is not None:
            return self._speakers.resolve(signed, number), None
        if stands_alone(view):
            talk = self._talk
            return talk.introduced or speaks_on(quotation, talk.in_paragraph, talk.last), None
        return None, None

    def _is_figure_sentence(self, sentence: Sentence, figures: Sequence[Figure]) -> bool:
        if not any(figure.telling for figure in figures):
            return False
        text = sentence.range.of(self._document.text)
        words = text.split(None, MIN_FIGURE_SENTENCE_WORDS)
        return text[-1] in ".?!\"'…" and len(words) >= MIN_FIGURE_SENTENCE_WORDS
