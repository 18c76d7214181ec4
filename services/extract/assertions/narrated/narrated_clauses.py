"""What the outlet itself asserts: clauses without a source that count something, date something, or tell of an event.

Taken are clauses that stand by themselves: the main clause of a sentence with its own adjuncts, a clause joined to it
that has its own subject, and a contrast to it ("…, while 40 stayed"). Not what somebody says, questions, captions,
headlines, and what the writer thinks. A clause that tells what its subject said ("Reyl accused the board of neglect")
is attributed to that subject.
"""

from collections.abc import Iterator, Sequence

from services.contracts.claim import AssertionForm
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.narrated.independence import is_somebodys, stands_alone
from services.extract.assertions.narrated.numbers_given import gives_a_number
from services.extract.assertions.narrated.prose import is_prose
from services.extract.assertions.narrated.speech_acts import speech_act_of
from services.extract.assertions.narrated.substance import HEDGES, Substance, substance_of
from services.extract.assertions.narrated.tails import core_of, without_adjunct, without_second_verb
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.assertions.unfinished import is_unfinished
from services.extract.syntax.clauses import Clause, clause_range
from services.extract.syntax.tree import SUBJECTS
from services.language.ranges import Range

MAX_NARRATED = 12
"""Of an article, unless it is long:"""
SENTENCES_EACH = 3
"""one more for each so many sentences."""
MIN_WORDS = 5
MIN_COUNTING_WORDS = 3
"""The same of a clause with a figure: "Rents rose 4%"."""
MAX_QUOTED_WORDS = 4
"""Of more quoted words than these the clause is about what somebody says."""


def find_narrated(resources: Resources, reading: SentenceReading, taken: Sequence[Range]) -> Iterator[Assertion]:
    """Assertions of the outlet in a sentence, outside of what is `taken` by other claims, in text order.

    Those that tell what their subject said are attributed, and hold a proposal for who that is, not yet the speaker.
    """
    if not is_prose(resources, reading):
        return
    assertions = list(_clauses(resources, reading, taken)) if reading.scene is not None else []
    if not all(any(assertion.range.holds(figure.range) for assertion in assertions) for figure in reading.figures):
        # "Nine people died, four of them women": a few words do not stand for a sentence that counts more.
        assertions = [assertion for assertion in assertions if _has_words(resources, assertion.range, MIN_WORDS)]
    if assertions or taken:
        yield from assertions
    elif (
        any(figure.telling for figure in reading.figures)
        and not _has_speech(resources, reading)
        and not _only_points(reading)
    ):
        area = reading.sentence.range
        if _has_words(resources, area, MIN_WORDS):
            yield Assertion(AssertionForm.NARRATED, area, (), figure=True, weight=int(Substance.FIGURE))


def _only_points(reading: SentenceReading) -> bool:
    """Whether a bare pointer is what the sentence is about: "That would exceed the peak of 1930"."""
    tree = None if reading.scene is None else reading.scene.tree
    if tree is None or tree.words[0] not in ("this", "that", "these", "those") or tree.tags[0] != "DT":
        return False
    # "That means 30 percent of them are not bound" says the latter.
    return tree.deps[0] in SUBJECTS and not tree.has(tree.heads[0], "ccomp") and ":" not in tree.words


def most_important(assertions: Sequence[Assertion], sentences: int) -> list[Assertion]:
    """Assertions in the order given, without the least important narrated ones beyond what the article may have."""
    narrated = [assertion for assertion in assertions if assertion.form is AssertionForm.NARRATED]
    most = max(MAX_NARRATED, sentences // SENTENCES_EACH)
    dropped = {
        assertion.range
        for assertion in sorted(narrated, key=lambda assertion: (-assertion.weight, assertion.range))[most:]
    }
    return [
        assertion
        for assertion in assertions
        if assertion.form is not AssertionForm.NARRATED or assertion.range not in dropped
    ]


def _has_words(resources: Resources, area: Range, fewest: int) -> bool:
    return len(area.of(resources.document.text).split(None, fewest)) >= fewest


def _has_speech(resources: Resources, reading: SentenceReading) -> bool:
    """Whether somebody, or the writer with reserve, may be said to say something in the sentence."""
    if reading.sentence.quotations:
        return True
    if reading.scene is None or not reading.has_cue:
        return False
    tree = reading.scene.tree
    return not HEDGES.isdisjoint(tree.words) or any(
        tree.words[clause.verb] in resources.lexicon.cues or tree.lemmas[clause.verb] in resources.lexicon.quote_verbs
        for clause in reading.clauses
    )


def _clauses(resources: Resources, reading: SentenceReading, taken: Sequence[Range]) -> Iterator[Assertion]:
    for clause, whole in _free_clauses(reading, taken):
        assertion = _spoken(resources, reading, clause, whole) or _narrated(resources, reading, clause, whole)
        if assertion is not None and _has_words(
            resources, assertion.range, MIN_COUNTING_WORDS if assertion.figure else MIN_WORDS
        ):
            yield assertion


def _free_clauses(reading: SentenceReading, taken: Sequence[Range]) -> Iterator[tuple[Clause, Range]]:
    """Clauses that stand by themselves and their words, less an adjunct or second verb in which other claims stand.

    Before a second verb only a number that somebody gives is worth a claim.
    """
    scene, quotations = reading.scene, reading.sentence.quotations
    assert scene is not None
    for clause in reading.clauses:
        if not stands_alone(scene.tree, clause):
            continue
        parts = [clause, without_adjunct(scene.tree, clause)]
        if any(
            candidate.head == clause.verb and gives_a_number(scene.tree, candidate) for candidate in scene.candidates
        ):
            parts.append(without_second_verb(scene.tree, clause))
        for part in parts:
            tokens = (part.first, part.end)
            whole = clause_range(scene.text, scene.masked, quotations, scene.tree.parse, tokens)
            if whole is not None and not any(whole.meets(other) for other in taken):
                yield part, whole
                break


def _spoken(resources: Resources, reading: SentenceReading, clause: Clause, whole: Range) -> Assertion | None:
    """What the clause's subject said, if the clause tells that."""
    act = speech_act_of(resources, reading, clause, whole)
    if act is None:
        return None
    quoted = tuple(quotation.inner for quotation in reading.sentence.quotations if whole.holds(quotation.inner))
    return Assertion(AssertionForm.ATTRIBUTED, whole, quoted, cue=act.cue, proposal=act)


def _narrated(resources: Resources, reading: SentenceReading, clause: Clause, whole: Range) -> Assertion | None:
    """What the outlet asserts in the clause, if that is worth a claim."""
    scene, quotations = reading.scene, reading.sentence.quotations
    assert scene is not None
    if is_somebodys(resources, scene.tree, clause):
        return None
    substance = substance_of(resources, reading, clause, whole)
    if substance is None:
        return None
    area = core_of(resources, reading, clause, whole, substance)
    if is_unfinished(scene, area):
        area = whole
    if is_unfinished(scene, area):
        return None
    quoted = tuple(quotation.inner for quotation in quotations if area.holds(quotation.inner))
    if any(len(words.of(scene.text).split()) > MAX_QUOTED_WORDS for words in quoted):
        return None
    figure = substance is Substance.FIGURE
    return Assertion(AssertionForm.NARRATED, area, quoted, figure=figure, weight=int(substance))
