"""Clauses of the outlet that tell what somebody said by saying it: accused, announced, called, ruled.

The attribution model weighs words that introduce a content; these have no content beside them that is a clause, and
their subject, verb and object are one claim of who speaks.
"""

from services.contracts.claim import Commitment
from services.extract.assertions.attribution import Attribution, find_source
from services.extract.assertions.frames_without_clause import predicate_of
from services.extract.assertions.narrated.numbers_given import gives_a_number
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.assertions.speaking import can_speak, is_inferred
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.clauses import Clause
from services.extract.syntax.nobody import is_nobody
from services.extract.syntax.tree import Tree
from services.extract.vocabulary.grammar import ANONYMOUS
from services.language.ranges import Range

_SCORE = 0.9
"""Subject, verb and object tell who says what, whatever the counts of the object alone say."""
_WITH_OBJECT = frozenset((
    "describe", "float", "echo", "rule", "liken", "highlight", "recount", "outline", "cite", "mention",
    "declare", "announce", "condemn", "defend",
))  # fmt: skip
"""Verbs of saying with an object, beside those whose frames attribute."""
_WITH_PREPOSITION = frozenset((("refer", "to"), ("point", "to"), ("comment", "on"), ("rule", "on")))
_DEEDS = frozenset((
    "plan", "threaten", "refuse", "decline", "agree", "offer", "decide", "intend", "choose", "aim", "commit", "opt",
    "volunteer", "press", "push", "order", "require", "direct", "challenge", "attack", "invite", "honor", "celebrate",
    "expect", "view", "see", "fear", "attribute", "want", "hope", "wish", "prefer", "consider", "charge",
    "appeal", "sure", "certain", "ready", "prepared",
))  # fmt: skip
"""Words for what is done, or is so, as often as said: the outlet tells of it."""
_PERSONAL = frozenset(("he", "she", "it", "they"))
"""Pronouns that give numbers; of other words of theirs the outlet tells."""
_PRONOUNS = frozenset(("it", "that", "this", "them", "him", "her", "so"))


def speech_act_of(resources: Resources, reading: SentenceReading, clause: Clause, area: Range) -> Attribution | None:
    """The attribution to its own subject, or to who is behind its passive, of a clause that tells what was said.

    `area`: its words, which are the content. None for any other clause.
    """
    scene = reading.scene
    assert scene is not None
    tree, verb = scene.tree, clause.verb
    open_ended = any(tree.tags[each] == "MD" for each in tree.kids(verb, "aux"))
    if open_ended or tree.lemmas[verb] in _DEEDS or tree.has(verb, "neg", "ccomp"):
        return None
    for candidate in scene.candidates:
        if (
            not _tells(tree, candidate, verb)
            or _receives(resources, tree, verb)
            or not clause.first <= candidate.content[0] < clause.end
        ):
            continue
        noun = scene.source_of(candidate)
        if noun is None or not clause.first <= noun < clause.end:
            return None
        if not _speaks(resources, reading, noun) and not (
            tree.words[noun] in _PERSONAL and gives_a_number(tree, candidate)
        ):
            return None
        source = find_source(scene, candidate, resources.lexicon)
        return Attribution(
            scene.place(verb),
            source.range,
            (area,),
            Commitment.ASSERTS,
            _SCORE,
            source.via,
            source.relayed,
            stand_in=source.stand_in,
            antecedent=source.antecedent,
            candidate=candidate,
            widened=True,
        )
    return None


def _speaks(resources: Resources, reading: SentenceReading, noun: int) -> bool:
    """Whether the noun, no pronoun, names who can say something."""
    scene = reading.scene
    assert scene is not None
    if scene.tree.tags[noun] == "PRP":
        return False
    if is_nobody(scene.tree, noun):
        return False  # "no official has urged", "few have urged": the outlet's own words
    return can_speak(scene.tree, noun, resources.lexicon) or scene.is_named(noun)


def _receives(resources: Resources, tree: Tree, verb: int) -> bool:
    """Whether people are welcomed, rather than something: "welcomed three sailors", not "welcomed the ruling"."""
    guests = tree.kids(verb, "dobj") if tree.lemmas[verb] == "welcome" else ()
    return any(can_speak(tree, guest, resources.lexicon) for guest in guests)


def _tells(tree: Tree, candidate: Candidate, verb: int) -> bool:
    """Whether the candidate tells what the verb's subject says."""
    if verb not in (candidate.head, tree.heads[candidate.head]) or _is_outlets(tree, candidate, verb):
        return False
    words = {tree.words[index] for index in candidate.content}
    if words <= _PRONOUNS or words & ANONYMOUS:
        return False
    if predicate_of(tree, candidate) == verb:
        return True
    if candidate.head != verb or candidate.part != "verb" or candidate.frame.startswith("pass+"):
        return False
    if candidate.lemma in _WITH_OBJECT:
        return candidate.frame.startswith(("dobj", "oprd"))
    of_something = (candidate.lemma, candidate.frame.removeprefix("prep:")) in _WITH_PREPOSITION
    return of_something or gives_a_number(tree, candidate)


def _is_outlets(tree: Tree, candidate: Candidate, verb: int) -> bool:
    """Whether the outlet tells of what somebody does or has in mind: "has made the decision", "is clearly eager to"."""
    decides = candidate.lemma == "decision" and tree.lemmas[verb] in ("make", "take", "have", "reverse")
    return decides or candidate.lemma in _DEEDS or is_inferred(tree, candidate)
