"""From what was found in a sentence to drafts of its claims, remembering who has been speaking."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from services.contracts.claim import AssertionForm, Speaker, SpeakerKind
from services.extract.acceptance.acceptance import Acceptance
from services.extract.assertions.attributed.attributed_content import find_attributions
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.draft import Draft
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
from services.extract.assertions.spans import MIN_WORDS, draft_content, is_all_quoted, quoted_words
from services.extract.attributions.chains import carrier_of
from services.extract.claims.unattributed import Unattributed, speaker_of_rest
from services.extract.names.people import Mention
from services.extract.speakers.conversation import Conversation
from services.extract.speakers.speakers import Speakers
from services.extract.text.quotations import Quotation
from services.extract.text.sentences import Sentence
from services.language.ranges import Range, SpanIndex

MAX_JOINED = 20
"""Quotations that may go on with one claim."""


class Drafter:
    """Drafts the claims of one article, to be given its sentences in order."""

    def __init__(self, resources: Resources, speakers: Speakers, acceptance: Acceptance) -> None:
        """`speakers` resolves sources, and remembers them as the drafter does."""
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
        self.drafts: list[Draft] = []
        """So far."""

    def read(self, reading: SentenceReading) -> None:
        """Draft the claims of a sentence: attributed content, quotations beside it, what the outlet itself asserts."""
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
        announced = announced or announced_author(self._document.text, sentence, reading.names)
        if announced is not None:
            self._talk.announce(announced, number)
        self._name_after(reading, drafts)
        if alone:
            self._unattributed.wait(reading, drafts)
        drafts = list(self._accepted(reading, drafts))
        taken = [draft.range for draft in drafts]
        narrated = self._with_speakers(find_narrated(resources, reading, taken), number)
        drafts.extend(self._accepted(reading, narrated))
        self._talk.open = bool(drafts) and (bool(attributed) or alone)
        self.drafts.extend(
            replace(draft, sentence=sentence.range) for draft in sorted(drafts, key=lambda draft: draft.range)
        )
        if drafts:
            self._last_number = number

    def _name_after(self, reading: SentenceReading, drafts: Sequence[Draft]) -> None:
        """Give quotations before the sentence their speaker, if it tells who said them."""
        speaker = speaker_of_rest(reading, drafts)
        certain = speaker is not None and speaker.kind is not SpeakerKind.UNNAMED
        if speaker is None:
            name = self._unattributed.speaker_named(self._document.text, reading)
            speaker = None if name is None else self._speakers.resolve(name.range, reading.number)
        if speaker is None:
            return
        for before, draft in self._unattributed.attribute(certain=certain):
            known = [at for at, each in enumerate(self.drafts) if each.range.start == draft.range.start]
            if known:
                self.drafts[known[-1]] = replace(self.drafts[known[-1]], speaker=speaker)
            else:
                kept = self._accepted(before, [replace(draft, speaker=speaker)])
                self.drafts.extend(replace(each, sentence=before.sentence.range) for each in kept)

    def _accepted(self, reading: SentenceReading, drafts: Iterable[Draft]) -> Iterator[Draft]:
        for draft in drafts:
            clean = without_boilerplate(self._document.text, self._removed, reading, draft)
            if clean is not None and self._acceptance.accepts(self._resources, reading, clean):
                yield clean

    def _with_speakers(self, drafts: Iterable[Draft], number: int) -> Iterator[Draft]:
        """The drafts, with the speakers of those that tell what somebody said; less those whose speaker is unknown."""
        for draft in drafts:
            if draft.proposal is None:
                yield draft
                continue
            speaker, chain = self._talk.attribute(draft.proposal, number)
            if speaker is not None:
                yield replace(draft, speaker=speaker, attribution=chain)

    def _read_blocks(self, reading: SentenceReading) -> bool:
        """Draft the blocks that start or are signed in the sentence; whether it stands in a block, and is read then."""
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
            draft = Draft(AssertionForm.QUOTED, whole, block.words, speaker, block.cue)
            asks = whole.of(self._document.text)[-1] == "?"
            if (block.labelled and not asks) or self._acceptance.accepts(self._resources, reading, draft):
                self.drafts.append(replace(draft, sentence=reading.sentence.range))
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
        if not self._talk.open or not self.drafts or len(sentence.quotations) > MAX_JOINED:
            return False
        words = [each for quotation in sentence.quotations if (each := quoted_words(self._document, quotation))]
        if not words:
            return False
        last = self.drafts[-1]
        if len(last.quoted) + len(words) > MAX_JOINED or not is_all_quoted(last.range, last.quoted):
            return False
        self.drafts[-1] = replace(last, range=Range(last.range.start, words[-1].end), quoted=(*last.quoted, *words))
        return True

    def _attributed(self, number: int, sentence: Sentence, attributions: Sequence[Attribution]) -> Iterator[Draft]:
        for attribution in attributions:
            fewest = 1 if attribution.takes_a_stand else MIN_WORDS
            area = draft_content(self._document, attribution.content, sentence.quotations, fewest)
            if area is None:
                continue
            speaker, chain = self._talk.attribute(attribution, number)
            form, cue, commitment = AssertionForm.ATTRIBUTED, attribution.cue, attribution.commitment
            yield Draft(form, *area, speaker, cue, commitment, chain, attribution)

    def _carry_back(self, carrier: Range, number: int) -> None:
        """The last claim, if its source spoke just before, and what goes on with it, came through `carrier`."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.speaker is None or last.attribution or number - self._last_number > 1:
            return
        self.drafts[-1] = replace(last, attribution=self._talk.carry(last.speaker, carrier, number))

    def _loose(self, reading: SentenceReading, quotation: Quotation, *, alone: bool) -> Iterator[Draft]:
        """A quotation that no attribution in its sentence took."""
        words = quoted_words(self._document, quotation) if quotation.full else None
        if words is None:
            return
        turn = label(self._document.text, quotation) if alone else None
        if turn is None:
            speaker = self._speaker_of_loose(reading, quotation, alone=alone)
        else:
            speaker, words = self._speakers.resolve(turn[0], reading.number), Range(turn[1], words.end)
        if speaker is not None:
            self._talk.hear(speaker)
        presentable = is_presentable(self._document.text, quotation, alone=alone)
        if presentable or (speaker is not None and not is_title(words.of(self._document.text).split())):
            yield Draft(AssertionForm.QUOTED, words, (words,), speaker)

    def _speaker_of_loose(self, reading: SentenceReading, quotation: Quotation, *, alone: bool) -> Speaker | None:
        signed = signature(self._document.text, quotation, reading.names)
        if signed is not None:
            return self._speakers.resolve(signed, reading.number)
        return self._talk.goes_on(quotation, reading.number, reading.sentence.paragraph) if alone else None
