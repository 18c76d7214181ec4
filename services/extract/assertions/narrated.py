"""What the outlet itself asserts: clauses without a source that count something, date something, or tell of an event.

Taken are clauses that stand by themselves: the main clause of a sentence with its own adjuncts, a clause joined to it
that has its own subject, and a contrast to it ("…, while 40 stayed"). Not what somebody says, questions, captions,
headlines, and what the writer thinks.
"""

import re
from collections.abc import Iterator, Sequence

from services.contracts.claim import AssertionForm
from services.extract.assertions.draft import Draft
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.assertions.substance import HEDGES, Substance, counts, substance_of
from services.extract.text.clauses import Clause, clause_range
from services.extract.text.tree import Tree
from services.language.ranges import Range

MAX_NARRATED = 8
"""Of an article, unless it is long:"""
SENTENCES_EACH = 3
"""one more for each so many sentences."""
MIN_WORDS = 5
MIN_COUNTING_WORDS = 3
"""The same of a clause with a figure: "Rents rose 4%"."""
MAX_QUOTED_WORDS = 4
"""Of more quoted words than these the clause is about what somebody says."""
ATTRIBUTES = 0.3
"""Rate from which on a verb with a clause introduces what somebody says or thinks."""

_CONTRASTS = frozenset(("while", "whereas"))
_CONDITIONS = frozenset(("if", "unless"))
_READERS = frozenset(("you", "your", "yourself", "let"))
_POINTERS = frozenset((
    "this", "that", "these", "those", "which", "who", "what", "here", "one", "some", "whoever", "none", "all", "each",
    "both", "many", "others", "most", "few",
))  # fmt: skip
"""Subjects that point to another sentence if nothing hangs on them."""
_SEEMING = frozenset(("seem", "appear", "look", "feel", "tend"))
_HEARSAY = frozenset(("according", "reportedly", "allegedly"))
_ENDS = ".!\"'…"
_CAPTION = re.compile(
    r"Getty|\bAP Photo|/AP\b|\(AP\)|Reuters/|/Reuters|[Ff]ile (?:photo|image)|\bpictured\b|\bcaption\b|\bMORE\b"
    r"|\b[Pp]hoto(?:graph)?s? (?:by|taken|from|shows)\b|\bfor comment\b"
)
_CREDIT_CHARS = 80
"""At the end of a paragraph: who took the picture that it describes."""
_TAILS = frozenset(("advcl", "acl", "relcl", "appos", "npadvmod", "prep", "dep"))
"""Relations of phrases after a comma that a clause can do without."""
_BOUND_TAILS = frozenset(("if", "unless", "because", "until", "so", "though", "although", "than", "not"))
_MIN_CORE_WORDS = 6
_MIN_TAIL_WORDS = 4


def find_narrated(resources: Resources, reading: SentenceReading, taken: Sequence[Range]) -> Iterator[Draft]:
    """Assertions of the outlet in a sentence, outside of what is `taken` by other claims, in text order."""
    if not _is_prose(resources, reading):
        return
    drafts = list(_clauses(resources, reading, taken)) if reading.scene is not None else []
    if not all(any(draft.range.holds(figure.range) for draft in drafts) for figure in reading.figures):
        # "Nine people died, four of them women": a few words do not stand for a sentence that counts more.
        drafts = [draft for draft in drafts if _has_words(resources, draft.range, MIN_WORDS)]
    if drafts or taken:
        yield from drafts
    elif any(figure.telling for figure in reading.figures) and not _has_speech(resources, reading):
        area = reading.sentence.range
        if _has_words(resources, area, MIN_WORDS):
            yield Draft(AssertionForm.NARRATED, area, (), figure=True, weight=int(Substance.FIGURE))


def most_important(drafts: Sequence[Draft], sentences: int) -> list[Draft]:
    """Drafts in the order given, without the least important narrated ones beyond what an article so long may have."""
    narrated = [draft for draft in drafts if draft.form is AssertionForm.NARRATED]
    most = max(MAX_NARRATED, sentences // SENTENCES_EACH)
    dropped = {draft.range for draft in sorted(narrated, key=lambda draft: (-draft.weight, draft.range))[most:]}
    return [draft for draft in drafts if draft.form is not AssertionForm.NARRATED or draft.range not in dropped]


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


def _clauses(resources: Resources, reading: SentenceReading, taken: Sequence[Range]) -> Iterator[Draft]:
    scene, quotations = reading.scene, reading.sentence.quotations
    assert scene is not None
    for clause in reading.clauses:
        if not _stands_alone(resources, scene.tree, clause):
            continue
        whole = clause_range(scene.text, scene.masked, quotations, scene.tree.parse, (clause.first, clause.end))
        if whole is None or any(whole.meets(other) for other in taken):
            continue
        substance = substance_of(resources, reading, clause, whole)
        if substance is None:
            continue
        area = _core(resources, reading, clause, whole, substance)
        quoted = tuple(quotation.inner for quotation in quotations if area.holds(quotation.inner))
        fewest = MIN_COUNTING_WORDS if substance is Substance.FIGURE else MIN_WORDS
        if not _has_words(resources, area, fewest):
            continue
        if any(len(each.of(scene.text).split()) > MAX_QUOTED_WORDS for each in quoted):
            continue
        yield Draft(AssertionForm.NARRATED, area, quoted, figure=substance is Substance.FIGURE, weight=int(substance))


def _is_prose(resources: Resources, reading: SentenceReading) -> bool:
    """Whether the sentence is one of the running text."""
    document, sentence = resources.document, reading.sentence
    text = sentence.range.of(document.text)
    if text[-1] not in _ENDS or text[0].islower() or _CAPTION.search(text) is not None:
        return False
    end = document.paragraphs[sentence.paragraph].end
    return _CAPTION.search(document.text, max(sentence.range.end, end - _CREDIT_CHARS), end) is None


def _stands_alone(resources: Resources, tree: Tree, clause: Clause) -> bool:
    """Whether a clause can be understood, and is the outlet's own, without the rest of its sentence."""
    subject = clause.subject
    if not clause.finite or not clause.has_own_subject or subject is None or not _is_independent(tree, clause):
        return False
    if tree.lemmas[clause.verb] in _SEEMING:
        return False
    if any(tree.words[index] in _READERS for index in range(clause.first, clause.end)):
        return False
    if tree.words[subject] in _POINTERS and not any(
        tree.tags[each][0] == "N" for each in tree.below(subject) if each != subject
    ):
        return False
    return not _is_somebodys(resources, tree, clause)


def _is_independent(tree: Tree, clause: Clause) -> bool:
    """Whether a clause is the main one, joined to the main one, or in contrast to it."""
    at = clause.verb
    for head in (*tree.climb(at), None):
        if head is None:
            return True
        role = tree.deps[at]
        if role == "advcl":
            marks = [mark for mark in tree.kids(at, "mark") if tree.words[mark] in _CONTRASTS]
            if not marks or head > at or tree.words[marks[0] - 1] != ",":
                return False
        elif not (role == "conj" and tree.tags[head][0] == "V") and not (
            role == "ccomp" and at < head and ";" in tree.words[at:head]
        ):
            return False
        at = head
    return True


def _is_somebodys(resources: Resources, tree: Tree, clause: Clause) -> bool:
    """Whether somebody is said to say or to hold something in the clause, or it depends on a condition."""
    lexicon = resources.lexicon
    for index in range(clause.first, clause.end):
        if tree.words[index] in _HEARSAY:
            return True
        if tree.tags[index][0] != "V":
            continue
        if tree.words[index] in lexicon.cues and (
            tree.deps[index] == "parataxis" or tree.has(index, "ccomp", "parataxis")
        ):
            return True
        if tree.deps[index] == "advcl" and any(tree.words[mark] in _CONDITIONS for mark in tree.kids(index, "mark")):
            return True
    lemma = tree.lemmas[clause.verb]
    if lemma in lexicon.quote_verbs and lemma not in lexicon.events:
        return True
    rates = resources.model.rates
    return tree.has(clause.verb, "ccomp") and rates.counted("verb", lemma, "ccomp").rate > ATTRIBUTES


def _core(resources: Resources, reading: SentenceReading, clause: Clause, whole: Range, substance: Substance) -> Range:
    """The clause without a long phrase after a comma that it can do without, unless that has its figure or date."""
    scene = reading.scene
    assert scene is not None
    tree = scene.tree
    for comma in range(clause.verb + 2, clause.end - _MIN_TAIL_WORDS):
        if tree.words[comma] != "," or not _is_tail(tree, clause, comma + 1):
            continue
        tokens = (clause.first, comma)
        area = clause_range(scene.text, scene.masked, reading.sentence.quotations, tree.parse, tokens)
        if area is None or len(area.of(scene.text).split(None, _MIN_CORE_WORDS)) < _MIN_CORE_WORDS:
            continue
        if 3 * (area.end - area.start) > 2 * (whole.end - whole.start):
            return whole
        if substance is Substance.FIGURE and not counts(resources, reading, area):
            continue
        if substance is Substance.DATE and not any(area.holds(named.range) for named in reading.dates):
            continue
        return area
    return whole


def _is_tail(tree: Tree, clause: Clause, first: int) -> bool:
    """Whether the tokens from `first` to the clause's end are phrases that it can do without."""
    for index in range(first, clause.end):
        head = tree.heads[index]
        if first <= head < clause.end or tree.deps[index] == "punct":
            continue
        if tree.deps[index] not in _TAILS or head < clause.first:
            return False
        if any(tree.words[each] in _BOUND_TAILS for each in tree.kids(index, "mark", "advmod", "neg", "preconj")):
            return False
    if tree.words[first] in _BOUND_TAILS or tree.tags[first] in ("CD", "NNP", "CC"):
        return False
    return not any(first <= tree.heads[index] < clause.end for index in range(clause.first, first - 1))
