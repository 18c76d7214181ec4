"""The accepted assertions of an article, sentence by sentence, remembering who has been speaking."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from services.contracts.claim import AssertionForm, Speaker, SpeakerKind
from services.extract.acceptance.acceptance import Acceptance
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.attributed.attributed_content import find_attributions
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.interrupted import without_boilerplate
from services.extract.assertions.narrated.narrated_clauses import find_narrated
from services.extract.assertions.quoted.block import Block
from services.extract.assertions.quoted.blocks import find_blocks
from services.extract.assertions.quoted.quotation_speakers import (
    announced_author,
    announcer,
    is_presentable,
    is_title,
    label,
    signature,
    stands_alone,
)
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.assertions.spans import MIN_WORDS, claim_span, is_all_quoted, quoted_words
from services.extract.attributions.chains import relayer_of
from services.extract.claims.unattributed import Unattributed, speaker_of_rest
from services.extract.names.people import Mention
from services.extract.speakers.conversation import Conversation
from services.extract.speakers.speakers import Speakers
from services.extract.text.quotations import Quotation
from services.extract.text.sentences import Sentence
from services.language.ranges import Range, SpanIndex

MAX_JOINED = 20
"""Quotations that may go on with one claim."""


class ArticleReader:
    """Finds the assertions of one article that become claims, to be given its sentences in order."""

    def __init__(self, resources: Resources, speakers: Speakers, acceptance: Acceptance) -> None:
        """`speakers` resolves sources, and remembers who spoke."""
        self._acceptance = acceptance
        self._resources = resources
        self._document = resources.document
        self._speakers = speakers
        self._talk = Conversation(resources.document, speakers)
        self._last_number = 0
        self._interviewee: tuple[Speaker | None] | None = None
        """Who gives the answers of an interview; None until there is one."""
        self._nobodys: set[Range] = set()
        """Blocks that are read as any text, for nobody is known to have said them."""
        self._blocks = SpanIndex(find_blocks(resources.document, resources.lexicon), lambda block: block.extent)
        self._unattributed = Unattributed()
        self._removed = SpanIndex(resources.document.removed, lambda area: area)
        self.assertions: list[Assertion] = []
        """So far."""

    def read(self, reading: SentenceReading) -> None:
        """Take in what a sentence asserts: attributed content, quotations beside it, what the outlet says itself."""
        sentence, number = reading.sentence, reading.number
        resources = self._resources
        self._talk.enter(sentence.paragraph)
        self._unattributed.enter(reading)
        if self._read_blocks(reading):
            return
        cued = reading.scene if reading.has_cue else None
        proposals = [] if cued is None else find_attributions(cued, resources.lexicon, resources.model)
        alone = stands_alone(self._document.text, sentence)
        turn = alone and label(self._document.text, sentence.quotations[0]) is not None
        if alone and not turn and not proposals and self._joined(sentence):
            self._unattributed.wait(reading, ())
            return
        relayer = relayer_of(reading.scene, resources.lexicon) if reading.scene else None
        if relayer is not None:
            self._relay_back(relayer, number)
        assertions = list(self._attributed(number, sentence, proposals))
        attributed = tuple(assertions)
        for quotation in sentence.quotations:
            # Only against those, for quotations do not meet each other, and a sentence may have any number of them.
            if not any(assertion.range.meets(quotation.inner) for assertion in attributed):
                assertions.extend(self._unattributed_quotation(reading, quotation, alone=alone))
        announced = announcer(reading.scene, resources.lexicon) if reading.scene else None
        announced = announced or announced_author(self._document.text, sentence, reading.names)
        if announced is not None:
            self._talk.announce(announced, number)
        self._name_after(reading, assertions)
        if alone:
            self._unattributed.wait(reading, assertions)
        assertions = list(self._accepted(reading, assertions))
        taken = [assertion.range for assertion in assertions]
        narrated = self._with_speakers(find_narrated(resources, reading, taken), number)
        assertions.extend(self._accepted(reading, narrated))
        self._talk.open = bool(assertions) and (bool(attributed) or alone)
        in_order = sorted(assertions, key=lambda assertion: assertion.range)
        self.assertions += [replace(assertion, sentence=sentence.range) for assertion in in_order]
        if assertions:
            self._last_number = number

    def _name_after(self, reading: SentenceReading, assertions: Sequence[Assertion]) -> None:
        """Give quotations before the sentence their speaker, if it tells who said them."""
        speaker = speaker_of_rest(reading, assertions)
        certain = speaker is not None and speaker.kind is not SpeakerKind.UNNAMED
        if speaker is None:
            name = self._unattributed.speaker_named(self._document.text, reading)
            speaker = None if name is None else self._speakers.resolve(name.range, reading.number)
        if speaker is None:
            return
        for before, assertion in self._unattributed.attribute(certain=certain):
            known = [at for at, each in enumerate(self.assertions) if each.range.start == assertion.range.start]
            if known:
                self.assertions[known[-1]] = replace(self.assertions[known[-1]], speaker=speaker)
            else:
                kept = self._accepted(before, [replace(assertion, speaker=speaker)])
                self.assertions.extend(replace(each, sentence=before.sentence.range) for each in kept)

    def _accepted(self, reading: SentenceReading, assertions: Iterable[Assertion]) -> Iterator[Assertion]:
        for assertion in assertions:
            clean = without_boilerplate(self._document.text, self._removed, reading, assertion)
            if clean is not None and self._acceptance.accepts(self._resources, reading, clean):
                yield clean

    def _with_speakers(self, assertions: Iterable[Assertion], number: int) -> Iterator[Assertion]:
        """The assertions, with who speaks in those that tell what somebody said, less those of unknown speakers."""
        for assertion in assertions:
            if assertion.proposal is None:
                yield assertion
                continue
            speaker, chain = self._talk.attribute(assertion.proposal, number)
            if speaker is not None:
                yield replace(assertion, speaker=speaker, attribution=chain)

    def _read_blocks(self, reading: SentenceReading) -> bool:
        """Take in the blocks that start or are signed in the sentence; whether it stands in one, and is read then."""
        blocks = list(self._blocks.meeting(reading.sentence.range))
        for block in blocks:
            place = block.speaker or block.extent
            if not reading.sentence.range.start <= place.start < reading.sentence.range.end:
                continue
            speaker = self._speaker_of_block(block, reading.number)
            if speaker is None and not block.certain:
                self._nobodys.add(block.extent)
            if speaker is None or not block.words:
                continue
            self._talk.hear(speaker)
            whole = Range(block.words[0].start, block.words[-1].end)
            assertion = Assertion(AssertionForm.QUOTED, whole, block.words, speaker, block.cue)
            asks = whole.of(self._document.text)[-1] == "?"
            if (block.labelled and not asks) or self._acceptance.accepts(self._resources, reading, assertion):
                self.assertions.append(replace(assertion, sentence=reading.sentence.range))
                self._last_number = reading.number
        self._talk.open = self._talk.open and not blocks
        return any(block.extent not in self._nobodys for block in blocks)

    def _speaker_of_block(self, block: Block, number: int) -> Speaker | None:
        if block.speaker is not None:
            return self._speakers.resolve(block.speaker, number)
        if block.answers:
            if self._interviewee is None:
                mentions = self._speakers.entities.mentions
                before = (mention for mention in mentions if mention.name.range.end <= block.extent.start)
                self._interviewee = (self._only(before),)
            return self._interviewee[0]
        return self._talk.introduced if block.announced else None

    def _only(self, mentions: Iterable[Mention]) -> Speaker | None:
        mention = self._speakers.entities.only_person(mentions)
        return None if mention is None else self._speakers.identify(mention.name.range, mention.sentence)

    def _joined(self, sentence: Sentence) -> bool:
        """Whether quoted sentences go on with the last claim, which then takes them in.

        Not with one that also has words of the outlet: 'the wait was "a shame" for all. "We will open."' are two.
        """
        if not self._talk.open or not self.assertions or len(sentence.quotations) > MAX_JOINED:
            return False
        words = [each for quotation in sentence.quotations if (each := quoted_words(self._document, quotation))]
        if not words:
            return False
        last = self.assertions[-1]
        if len(last.quoted) + len(words) > MAX_JOINED or not is_all_quoted(last.range, last.quoted):
            return False
        self.assertions[-1] = replace(last, range=Range(last.range.start, words[-1].end), quoted=(*last.quoted, *words))
        return True

    def _attributed(self, number: int, sentence: Sentence, attributions: Sequence[Attribution]) -> Iterator[Assertion]:
        for attribution in attributions:
            fewest = 1 if attribution.takes_a_stand else MIN_WORDS
            area = claim_span(self._document, attribution.content, sentence.quotations, fewest)
            if area is None:
                continue
            speaker, chain = self._talk.attribute(attribution, number)
            form, cue, commitment = AssertionForm.ATTRIBUTED, attribution.cue, attribution.commitment
            yield Assertion(form, *area, speaker, cue, commitment, chain, attribution)

    def _relay_back(self, relayer: Range, number: int) -> None:
        """The last claim, if its source spoke just before, and what goes on with it, came through `relayer`."""
        last = self.assertions[-1] if self.assertions else None
        if last is None or last.speaker is None or last.attribution or number - self._last_number > 1:
            return
        self.assertions[-1] = replace(last, attribution=self._talk.relay(last.speaker, relayer, number))

    def _unattributed_quotation(
        self, reading: SentenceReading, quotation: Quotation, *, alone: bool
    ) -> Iterator[Assertion]:
        """A quotation that no attribution in its sentence took."""
        words = quoted_words(self._document, quotation) if quotation.full else None
        if words is None:
            return
        turn = label(self._document.text, quotation) if alone else None
        if turn is None:
            speaker = self._speaker_of_unattributed(reading, quotation, alone=alone)
        else:
            speaker, words = self._speakers.resolve(turn[0], reading.number), Range(turn[1], words.end)
        if speaker is not None:
            self._talk.hear(speaker)
        presentable = is_presentable(self._document.text, quotation, alone=alone)
        if presentable or (speaker is not None and not is_title(words.of(self._document.text).split())):
            yield Assertion(AssertionForm.QUOTED, words, (words,), speaker)

    def _speaker_of_unattributed(
        self, reading: SentenceReading, quotation: Quotation, *, alone: bool
    ) -> Speaker | None:
        signed = signature(self._document.text, quotation, reading.names)
        if signed is not None:
            return self._speakers.resolve(signed, reading.number)
        return self._talk.goes_on(quotation, reading.number, reading.sentence.paragraph) if alone else None
