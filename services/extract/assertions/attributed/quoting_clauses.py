"""Content with quoted words that is no clause, made whole: 'called the plan a "disgrace"', 'vowed to "fight on"'.

Whatever verb introduces quoted words says something with them, if its subject can speak.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from services.extract.assertions.attributed.widening import (
    clause_range,
    end_of_clause,
    finite_above,
    first_of_subject,
    is_finite,
    own_subject,
)
from services.extract.assertions.attribution import Attribution
from services.extract.assertions.frames_without_clause import predicate_of
from services.extract.assertions.speaking import can_speak, is_deed
from services.extract.attributions.scene import Scene
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range

MOST_LONGER = 2
"""A clause may be so many times as long as what it says; beyond, it goes without its subject."""
LIKELY_ENOUGH = 0.5
"""Least probability of an attribution whose cue is not known to say something with such content."""
_DASH = re.compile(r" ?[-–—―]{1,2} ")
_HELPERS = ("aux", "auxpass", "neg", "advmod")
_NAMING = frozenset(("call", "dub", "name", "label", "brand", "term", "nickname", "describe"))
_POINTING = frozenset(("it", "them", "him", "her", "this", "that"))
_MOST_SUBJECT = 3
"""Words of a subject that a clause with an adverb at its start is given."""
_STEPS = 3


def without_remark(scene: Scene, area: Range) -> Range:
    """The range without what the outlet adds after a dash: 'called it a "disgrace" - a word that he often uses'."""
    inside = [quotation.outer for quotation in scene.sentence.quotations if area.holds(quotation.outer)]
    if not inside or _DASH.match(scene.text, inside[-1].end, area.end) is None:
        return area
    return Range(area.start, inside[-1].end)


def with_quoting_verb(
    scene: Scene, lexicon: Lexicon, attribution: Attribution, candidate: Candidate, others: Sequence[Range]
) -> Attribution | None:
    """The attribution with the verb that introduces its quoted words, and its subject where it is short; else None.

    `others`: areas of the sentence's other attributions, which the clause keeps clear of.
    """
    tree, content = scene.tree, attribution.area
    noun = scene.source_of(candidate)
    likely = attribution.score >= LIKELY_ENOUGH or _directs(tree, candidate)
    if not likely and predicate_of(tree, candidate) is None:
        return None
    if attribution.source is None or noun is None or not (can_speak(tree, noun, lexicon) or scene.is_named(noun)):
        return None
    areas = [area for area in _areas(scene, candidate, content) if not any(area.meets(other) for other in others)]
    short = (area for area in areas if area.end - area.start <= MOST_LONGER * (content.end - content.start))
    verb = _verb_of(tree, candidate)
    needs_all = _aims_at_more(tree, candidate) or (verb is not None and points_at_object(tree, verb))
    longest = areas[:1] if needs_all else []
    area = next(iter(longest), None) or next(short, areas[-1] if areas else None)
    area = None if area is None else _with_subject_before(scene, area, areas)
    source = None if is_deed(tree, candidate) else attribution.source
    return None if area is None else replace(attribution, content=(area,), widened=True, source=source)


def _with_subject_before(scene: Scene, area: Range, areas: Sequence[Range]) -> Range:
    """The clause with its subject, if that is a few words and an adverb follows it: 'Reyl even called it a "farce"'."""
    if scene.tree.tags[scene.tokens_in(area).start] != "RB":
        return area
    longer = (other for other in areas if other.end == area.end and other.start < area.start)
    return next((other for other in longer if len(scene.text[other.start : area.start].split()) <= _MOST_SUBJECT), area)


def _aims_at_more(tree: Tree, candidate: Candidate) -> bool:
    """Whether an infinitive right behind the content says what it comes to: 'took "ties" to include parents'."""
    follows = candidate.content[-1] + 1
    return (
        follows < len(tree.words) and tree.tags[follows] == "TO" and tree.heads[tree.heads[follows]] == candidate.head
    )


def _directs(tree: Tree, candidate: Candidate) -> bool:
    """Whether somebody is told to do something: "told the crowd at the gate to 'go home'"."""
    if candidate.lemma != "tell" or candidate.frame != "dobj":
        return False
    orders = (each for each in tree.kids(candidate.head, "advcl", "xcomp") if each > candidate.head)
    return any(tree.tags[aux] == "TO" for order in orders for aux in tree.kids(order, "aux"))


def _areas(scene: Scene, candidate: Candidate, content: Range) -> Iterator[Range]:
    """The clause with its subject and without, each with what follows the content and without, longest first."""
    tree = scene.tree
    verb = _verb_of(tree, candidate)
    if verb is None or scene.place(verb).start > content.start or _lacks_object(tree, verb, candidate):
        return
    above = finite_above(tree, verb)
    holder = verb if above is None else above
    subject = own_subject(tree, holder)
    starts = [] if subject is None else [first_of_subject(tree, subject)]
    helpers = [each for each in tree.kids(holder, *_HELPERS) if each < holder and (subject is None or each > subject)]
    if above is not None or tree.tags[verb] == "VBG":
        starts.append(min((holder, *helpers)))
    governor = _governor(tree, verb)
    if governor is not None:
        starts.insert(0, governor)
    last = max(candidate.head, *candidate.content)
    for first in starts:
        for end in (max(last, end_of_clause(tree, holder, candidate)), last):
            area = clause_range(scene, first, end, content)
            if area is not None:
                yield area


def points_at_object(tree: Tree, verb: int) -> bool:
    """Whether a participle speaks of what its governor names: ", calling it a "disgrace""."""
    objects = tree.kids(verb, "dobj", "nsubj")
    behind_mark = verb > 0 and tree.words[verb - 1] == ","
    return tree.tags[verb] == "VBG" and behind_mark and any(tree.words[each] in _POINTING for each in objects)


def _governor(tree: Tree, verb: int) -> int | None:
    """First token of the clause on which such a participle hangs."""
    head = tree.heads[verb]
    if not points_at_object(tree, verb) or tree.deps[verb] != "advcl" or not is_finite(tree, head):
        return None
    subject = own_subject(tree, head)
    return None if subject is None else first_of_subject(tree, subject)


def _lacks_object(tree: Tree, verb: int, candidate: Candidate) -> bool:
    """Whether what is called so stands outside: "what she called a "rant"", "a blast that Reyl described as"."""
    if any(
        tree.tags[each][0] == "W" and tree.deps[each] not in SUBJECTS for each in tree.children[verb] if each < verb
    ):
        return True
    names = tree.lemmas[verb] in _NAMING and not tree.has(verb, "oprd", "xcomp", "ccomp", "prep")
    if candidate.frame == "dobj" and tree.deps[verb] == "relcl" and names:
        return True  # "a ship that experts call a "tub""
    if candidate.part != "verb" or candidate.frame.startswith(("dobj", "pass+")):
        return False
    if candidate.frame == "oprd" and not tree.has(verb, "dobj", "ccomp"):
        return True
    return tree.deps[verb] == "relcl" and not any(tree.tags[each][0] == "W" for each in tree.kids(verb, *SUBJECTS))


def _verb_of(tree: Tree, candidate: Candidate) -> int | None:
    """The cue, or the verb over it: the "voiced" of "voiced support for"."""
    heads = [candidate.head, *islice(tree.climb(candidate.head), _STEPS)]
    return next((each for each in heads if tree.is_verb(each)), None)
