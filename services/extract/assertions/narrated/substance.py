"""What makes a clause of the outlet worth a claim: a figure, a date, or something that happened."""

import re
from enum import IntEnum

from services.contracts.article import Precision
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.attributions.gate import LEAD_SENTENCES
from services.extract.attributions.scene import Scene
from services.extract.syntax.clauses import Clause
from services.extract.syntax.tree import Tree
from services.extract.vocabulary.grammar import SUBJECT_PRONOUNS
from services.language.ranges import Range

MIN_NAMED_WORDS = 7
MIN_UNNAMED_WORDS = 12
"""What has neither figure, date nor event, and names nobody, says something if it is as long as this."""
MIN_BARE = 10
"""Least bare number, of a clause that does not say what it counts: "The toll rose to 40"."""

_WRITERS = frozenset(("i", "we", "me", "us", "my", "our"))
_DOUBTS = frozenset(("might", "may", "could", "can", "should", "must", "ca", "ought", "shall"))
HEDGES = frozenset(("probably", "likely", "perhaps", "maybe", "apparently", "possibly", "arguably", "hopefully"))
_PAST = frozenset(("VBD", "VBN"))
_PRESENT = frozenset(("VBZ", "VBP"))
_STATES = frozenset(("be", "have", "seem", "appear", "remain", "mean", "want", "need", "like", "feel", "look", "know"))
_FUTURE_PERFECT = frozenset(("will", "have"))
_JUDGING = frozenset(
    ("seem", "appear", "mean", "want", "need", "like", "feel", "look", "know", "deserve", "matter", "require")
)
_APPRAISALS = frozenset((
    "beginning", "blow", "disaster", "failure", "joke", "lesson", "mistake", "moment", "nightmare", "problem",
    "setback", "shame", "sign", "step", "success", "surprise", "test", "thing", "triumph", "truth",
    "victory", "win", "wonder", "assault", "insult", "reminder", "chance", "opportunity",
))  # fmt: skip
"""What the writer finds something to be: "The vote is a big step"."""
_FURNITURE = frozenset((
    "story", "article", "post", "newsletter", "column", "transcript", "photo", "photograph", "image", "picture",
    "essay", "op-ed", "version",
))  # fmt: skip
"""What pages say of themselves: "This story was updated on Monday"."""
_VOTE = re.compile(r"(?<![\d.,])\d{1,3}(?:-|–| to )\d{1,3}(?![\d.,%]|-)")
_VOTING = re.compile(r"\b(?:vot|pass|approv|reject|defeat|fail)\w*", re.IGNORECASE)
_DAY_OF_YEAR = re.compile(r"\d.*\b(?:19|20)\d\d\b")


class Substance(IntEnum):
    """Why a clause is worth a claim, more important ones higher."""

    DEED = 1
    """What somebody named did or is."""
    EVENT = 2
    """News is made of it, or it opens the article."""
    DATE = 3
    FIGURE = 4


def substance_of(resources: Resources, reading: SentenceReading, clause: Clause, area: Range) -> Substance | None:
    """What the words of a clause at `area` are worth a claim for; None if nothing."""
    assert reading.scene is not None
    tree = reading.scene.tree
    if not HEDGES.isdisjoint(tree.words[clause.first : clause.end]):
        return None
    if counts(resources, reading, area):
        return Substance.FIGURE
    if clause.subject is None or tree.deps[clause.subject] == "expl" or _points_ahead(tree, clause):
        return None
    if _is_opinion(reading, clause) or _is_caption(reading, clause, area):
        return None
    why = Substance.DATE if _is_dated(reading, clause, area) else _deed(resources, reading, clause)
    if _depends(tree, clause.subject) and (why is Substance.DEED or not _is_named_event(resources, tree, clause)):
        return None
    return why


def _points_ahead(tree: Tree, clause: Clause) -> bool:
    """Whether the clause only leads up to what follows: "Here's a little more about Ada Reyl, taken from her files"."""
    first = clause.first
    return (
        tree.words[first] == "here"
        and clause.verb == first + 1
        and (tree.lemmas[clause.verb] == "be" or tree.words[clause.verb] == "'s")
    )


def _is_named_event(resources: Resources, tree: Tree, clause: Clause) -> bool:
    """Whether the clause tells of an event in which somebody or some place is named."""
    if tree.lemmas[clause.verb] not in resources.lexicon.events or not _happens(tree, clause):
        return False
    return not _is_judgement(tree, clause) and "NNP" in tree.tags[clause.first : clause.end]


def _deed(resources: Resources, reading: SentenceReading, clause: Clause) -> Substance | None:
    """What a clause without figure and date is worth a claim for."""
    assert reading.scene is not None
    tree = reading.scene.tree
    named = "NNP" in tree.tags[clause.first : clause.end]
    happens = _happens(tree, clause)
    leads = named and reading.number < LEAD_SENTENCES
    if happens and (leads or tree.lemmas[clause.verb] in resources.lexicon.events):
        return Substance.EVENT
    long = clause.end - clause.first >= (MIN_NAMED_WORDS if named else MIN_UNNAMED_WORDS)
    return Substance.DEED if (named or happens) and long and not _is_judgement(tree, clause) else None


def counts(resources: Resources, reading: SentenceReading, area: Range) -> bool:
    """Whether a number in the words at `area` counts or measures something, or tells how a vote went."""
    text = resources.document.text
    for figure in reading.figures:
        quantity = figure.quantity
        bare = quantity.unit is None and quantity.value >= MIN_BARE and quantity.surface[0].isdigit()
        if area.holds(figure.range) and (figure.telling or bare):
            return True
    vote = _VOTE.search(text, area.start, area.end)
    return vote is not None and _VOTING.search(text, area.start, area.end) is not None


def _depends(tree: Tree, subject: int) -> bool:
    """Whether a subject is understood from another sentence: "they", "their attempts"."""
    if tree.words[subject] in SUBJECT_PRONOUNS:
        return True
    return any(tree.tags[each] == "PRP$" for each in tree.kids(subject, "poss"))


def _is_opinion(reading: SentenceReading, clause: Clause) -> bool:
    """Whether the clause is what the writer thinks or guesses, or about the page itself."""
    assert reading.scene is not None
    scene, tree = reading.scene, reading.scene.tree
    words = {
        word
        for index, word in enumerate(tree.words[clause.first : clause.end], clause.first)
        if (word in _WRITERS or word == "anonymity") and not _is_of_a_name(scene, index, clause.first)
    }
    if not words.isdisjoint(_WRITERS):
        return True
    if any(tree.words[helper] in _DOUBTS for helper in tree.kids(clause.verb, "aux")):
        return True
    return (clause.subject is not None and tree.lemmas[clause.subject] in _FURNITURE) or "anonymity" in words


def _is_of_a_name(scene: Scene, index: int, first: int) -> bool:
    """Whether a word belongs to a name, as "Our" does in the middle of a clause that starts at `first`."""
    start = scene.masked.start(scene.tree.parse.starts[index])
    return scene.tree.tags[index] == "NNP" or (index > first and scene.text[start] == "O")


def _is_judgement(tree: Tree, clause: Clause) -> bool:
    """Whether the clause says how something is, seems or ought to be, rather than what it is or does."""
    if any(tree.lemmas[each] in _APPRAISALS for each in tree.kids(clause.verb, "attr")):
        return True
    return tree.lemmas[clause.verb] in _JUDGING or tree.has(clause.verb, "acomp", "ccomp", "csubj")


def _is_dated(reading: SentenceReading, clause: Clause, area: Range) -> bool:
    """Whether a date belongs to the clause's own verb, rather than to a clause inside it."""
    assert reading.scene is not None
    scene, tree = reading.scene, reading.scene.tree
    starts = {named.range.start for named in reading.dates if area.holds(named.range)}
    if not starts:
        return False
    parse, start_of = tree.parse, scene.masked.start
    placed = ((index, start_of(parse.starts[index])) for index in range(clause.first, clause.end))
    return any(start in starts and _verb_of(tree, index) == clause.verb for index, start in placed)


def _is_caption(reading: SentenceReading, clause: Clause, area: Range) -> bool:
    """Whether the clause shows what a picture shows: in the present, with the day and the year."""
    assert reading.scene is not None
    tree, verb = reading.scene.tree, clause.verb
    if tree.lemmas[verb] != "see" and (tree.tags[verb] not in _PRESENT or tree.lemmas[verb] in _STATES):
        return False
    dates = [named.mention for named in reading.dates if area.holds(named.range)]
    return any(date.precision is Precision.DAY and _DAY_OF_YEAR.search(date.surface) for date in dates)


def _verb_of(tree: Tree, index: int) -> int:
    """The verb that a word belongs to; of a second verb with the same subject, or of an infinitive: the first."""
    for above in tree.climb(index):
        if tree.tags[above][0] != "V" or tree.deps[above] in ("amod", "compound", "prep", "xcomp"):
            continue
        if tree.deps[above] == "conj" and not tree.has(above, "nsubj", "nsubjpass"):
            continue
        return above
    return index


def _happens(tree: Tree, clause: Clause) -> bool:
    """Whether the clause tells of something that was done, has been done, is being done, or will be."""
    verb = clause.verb
    if tree.lemmas[verb] in _STATES or tree.has(verb, "neg"):
        return False
    helpers = {tree.words[helper] for helper in tree.kids(verb, "aux", "auxpass")}
    if helpers >= _FUTURE_PERFECT:
        return False
    return tree.tags[verb] in _PAST or "will" in helpers or tree.tags[verb] == "VBG"
