"""What speaks for and against an assertion being a claim: named numbers for a logistic model.

Names are those of `data/acceptance.json`; a feature without a weight there counts nothing. Classes of verbs are
features, not law: a list that is too narrow costs a little, not every claim of a verb that it lacks.
"""

from collections.abc import Iterator

from services.contracts.claim import AssertionForm
from services.extract.acceptance.grammar import Grammar
from services.extract.acceptance.verb_classes import VerbClasses
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.attributions.features import Feature, family
from services.extract.attributions.scoring import logit
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree

_WORDS = (2, 3, 4, 5, 7, 9, 12, 16, 24, 40)
"""A span is said to have at least so many words."""
_FRONT = 3
"""Sentences that open an article."""
_PRONOUNS = frozenset(("he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those", "who", "which"))
_FIRST_WORDS = frozenset((
    "a", "about", "against", "all", "and", "any", "as", "at", "because", "but", "by", "for", "from", "he", "her", "him",
    "his", "how", "i", "if", "in", "it", "its", "no", "not", "of", "on", "one", "our", "she", "some", "that", "the",
    "their", "them", "there", "they", "this", "to", "us", "we", "what", "when", "where", "whether", "which", "while",
    "who", "why", "with", "you", "your",
))  # fmt: skip


def features(
    resources: Resources, reading: SentenceReading, assertion: Assertion, grammar: Grammar | None, classes: VerbClasses
) -> Iterator[Feature]:
    """Features of one assertion, its speaker resolved. `grammar`: of its span; None where it was not parsed."""
    yield "form " + assertion.form, 1.0
    yield from _span(resources, reading, assertion)
    yield from _speaker(assertion)
    proposal, scene = assertion.proposal, reading.scene
    if scene is None or grammar is None:
        yield "not parsed", 1.0
        return
    yield from _grammar(scene.tree, grammar, assertion.form)
    if assertion.form is AssertionForm.NARRATED:
        yield from _narrated(reading, assertion, grammar, classes)
    if proposal is not None:
        yield "widened", float(proposal.widened)
        yield f"widened {proposal.widened} clause {proposal.clause}", 1.0
    if proposal is not None and proposal.candidate is not None:
        yield "odds of the attribution", logit(proposal.score)
        yield from _cue(scene.tree, proposal, proposal.candidate, grammar, classes)


def _span(resources: Resources, reading: SentenceReading, assertion: Assertion) -> Iterator[Feature]:
    text, area = resources.document.text, assertion.range
    words = area.of(text).split()
    for least in _WORDS:
        if len(words) < least:
            break
        yield f"words from {least}", 1.0
    quoted = sum(part.end - part.start for part in assertion.quoted)
    share = min(1.0, quoted / (area.end - area.start))
    yield "quoted share", share
    if share > 0.95:  # noqa: PLR2004
        yield "all quoted", 1.0
        yield "quoted words", min(len(words), 12) / 12
        yield "quotation starts upper case" if words[0][:1].isupper() else "quotation starts lower case", 1.0
    yield "several quoted", float(len(assertion.quoted) > 1)
    first = words[0].lower().strip("\"',.")
    yield "first " + (first if first in _FIRST_WORDS else "upper" if words[0][:1].isupper() else "other"), 1.0
    yield "question mark", float(area.of(text).rstrip("\"' ").endswith("?") or text[area.end : area.end + 1] == "?")
    yield "after " + _mark_after(text, area.end), 1.0
    yield "front", float(reading.number < _FRONT)
    whole = reading.sentence.range
    yield "share of sentence", min(1.0, (area.end - area.start) / max(1, whole.end - whole.start))
    yield "figure", float(any(area.holds(figure.range) and figure.telling for figure in reading.figures))
    yield "date", float(any(area.holds(named.range) for named in reading.dates))


def _mark_after(text: str, end: int) -> str:
    following = text[end : end + 2].strip(" ")[:1]
    return "word" if following.isalnum() else following or "nothing"


def _speaker(assertion: Assertion) -> Iterator[Feature]:
    speaker = assertion.speaker
    if speaker is None:
        source = assertion.proposal is not None and assertion.proposal.source is not None
        yield f"speaker none {assertion.form} {'of a source' if source else ''}", 1.0
        return
    yield f"speaker {speaker.kind}", 1.0
    yield f"speaker {speaker.kind} {assertion.form}", 1.0
    surface = speaker.surface.lower()
    if surface in _PRONOUNS:
        yield "speaker pronoun " + surface, 1.0
        yield "speaker pronoun unresolved", float(speaker.canonical.lower() == surface)
    words = len(speaker.surface.split())
    yield "speaker words", min(words, 12) / 12
    yield "speaker lower case", float(speaker.surface[:1].islower())


def _grammar(tree: Tree, grammar: Grammar, form: AssertionForm) -> Iterator[Feature]:
    """What the words of the span are to each other."""
    yield f"shape {grammar.shape}", 1.0
    yield f"shape {grammar.shape} {form}", 1.0
    if grammar.top is not None:
        yield "top tag " + tree.tags[grammar.top], 1.0
        yield "top dep " + tree.deps[grammar.top], 1.0
    if grammar.subject is not None:
        yield "subject pronoun", float(tree.words[grammar.subject] in _PRONOUNS)
        yield "subject " + tree.tags[grammar.subject], 1.0
    yield "tops", float(min(grammar.tops, 4))


def _narrated(
    reading: SentenceReading, assertion: Assertion, grammar: Grammar, classes: VerbClasses
) -> Iterator[Feature]:
    """What the rest of the sentence makes of a clause of the outlet."""
    scene = reading.scene
    assert scene is not None
    tree, area, whole = scene.tree, assertion.range, reading.sentence.range
    yield f"substance {assertion.weight}", 1.0
    yield "cue in the sentence", float(reading.has_cue)
    yield "quotation in the sentence", float(bool(reading.sentence.quotations))
    yield "starts the sentence", float(area.start == whole.start)
    yield "ends the sentence", float(area.end >= whole.end - 2)
    if grammar.top is not None:
        for name in classes.of(tree.lemmas[grammar.top]):
            yield "narrates " + name, 1.0
        yield "narrated " + tree.tags[grammar.top], 1.0
        for each in tree.kids(grammar.top, "aux"):
            yield "narrated aux " + (tree.words[each] if tree.tags[each] == "MD" else tree.lemmas[each]), 1.0
        yield "narrated negated", float(tree.has(grammar.top, "neg"))
        yield "narrated passive", float(tree.has(grammar.top, "nsubjpass"))
        for relation in ("advcl", "ccomp", "xcomp", "relcl", "conj", "acomp", "attr", "dobj"):
            yield "narrated with " + relation, float(tree.has(grammar.top, relation))


def _cue(
    tree: Tree, proposal: Attribution, candidate: Candidate, grammar: Grammar, classes: VerbClasses
) -> Iterator[Feature]:
    frame = family(candidate)
    head = candidate.head
    part = candidate.part
    yield "part " + part, 1.0
    yield f"frame {part} {frame}", 1.0
    yield f"frame {part} {candidate.frame}", 1.0
    names = classes.of(candidate.lemma) if part == "verb" else (part,)
    for name in names:
        yield f"class {name}", 1.0
        yield f"class {name} {frame}", 1.0
        yield f"class {name} {grammar.shape}", 1.0
    yield "cue " + tree.deps[head], 1.0
    yield "cue " + tree.tags[head], 1.0
    if tree.has(head, "neg"):
        yield "cue negated", 1.0
    for each in tree.kids(head, "aux"):
        yield "cue aux " + (tree.tags[each] if tree.tags[each] in ("MD", "TO") else tree.lemmas[each]), 1.0
    yield "cue passive", float(candidate.frame.startswith("pass+"))
    yield "cue before content", float(proposal.cue.start < proposal.area.start)
    yield "stands", float(proposal.takes_a_stand)
    yield "commitment " + proposal.commitment, 1.0
    yield "no source", float(proposal.source is None)
    for relation in ("nsubj", "nsubjpass"):
        for subject in tree.kids(head, relation):
            yield f"source {relation} {tree.tags[subject]}", 1.0
            yield "source before cue", float(subject < head)
