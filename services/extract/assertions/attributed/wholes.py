"""Attributions whose content can be a claim by itself: what is no clause is widened to its subject and cue."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from services.contracts.claim import Commitment
from services.extract.assertions.attributed.conjuncts import with_conjuncts
from services.extract.assertions.attributed.quoting_clauses import (
    MOST_LONGER,
    with_quoting_verb,
    without_remark,
)
from services.extract.assertions.attributed.widening import (
    finite_above,
    is_clause,
    is_wanted,
    is_wish,
    subjects_of,
    widened,
)
from services.extract.assertions.attribution import Attribution, find_source
from services.extract.assertions.frames_without_clause import FELT, predicate_of
from services.extract.assertions.speaking import can_speak, is_deed, only_announces
from services.extract.attributions.scene import Scene
from services.extract.commitment.commitment import NOT_ASSERTED, is_for_later, negated_at
from services.extract.commitment.dismissals import dismissed_nouns
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.extract.vocabulary.grammar import CONDITIONS, REFUSING
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import SAYING_OR_SHOWING
from services.language.hearsay import ALLEGATIONS
from services.language.ranges import Range

_ATTITUDES = frozenset((
    "want", "plan", "intend", "expect", "support", "oppose", "favor", "favour", "back", "agree", "wish", "hope",
    "believe",
))  # fmt: skip
"""Verbs that, negated, still say what somebody holds: "does not support the plan"."""
_LEFT_OUT = frozenset(("mention", "discuss"))
"""Verbs whose negation only tells what somebody left out: "did not mention the cracks"."""
_WILL = frozenset(("will", "'ll", "would"))
_CONDITION_BEFORE = re.compile(r"(?:^|\W)(?:had|were|should)\s*\Z", re.IGNORECASE)
_NEAR = 100
"""Characters before a cue or a content in which such words stand."""
_DASH = re.compile(r"\s*[\u2014\u2013:-]")
_NOR_BEFORE = re.compile(r"\bnor (?:do|does|did|has|have|had) any [^,;:.\n]*\Z")
_CLAUSE_VERBS = frozenset(("say", "tell", "state", "add", "claim", "report", "promise", "pledge", "vow", "predict"))
"""Verbs behind which a clause stands, and no noun with what it is called, as behind "declared"."""
_FEWEST_OF_CLAUSE = 4
_STEPS = 4
"""Heads climbed from "comment" to the "has" of "has no plans to comment"."""


def made_whole(scene: Scene, lexicon: Lexicon, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, none of which meets another, with content made whole where it is no clause."""
    kept: list[Attribution] = []
    taken = [attribution.area for attribution in attributions]
    for number, attribution in enumerate(attributions):
        candidate = attribution.candidate
        if candidate is None or not candidate.content:
            kept.append(attribution)
            continue
        if (
            candidate.frame == "ccompL"
            and candidate.lemma not in lexicon.quote_verbs
            and _ends_at_dash(scene, attribution)
        ):
            continue  # "This is false: the mayor encouraged it": nobody is quoted
        others = [*taken[:number], *taken[number + 1 :]]
        if is_for_later(scene.tree, candidate):
            area = widened(scene, candidate, attribution.area, others, candidate.head)
            kept.extend([] if area is None else [replace(attribution, content=(area,), widened=True, source=None)])
        elif _is_claimed_clause(scene.tree, attribution, candidate):
            kept.append(replace(attribution, clause=True))
        else:
            whole = _whole(scene, lexicon, attribution, candidate, others)
            whole = _quoting(scene, lexicon, attribution, whole, others) or whole
            if whole.widened:
                whole = replace(whole, content=(without_remark(scene, whole.area),))
            if whole.widened:
                taken[number] = whole.area
            bare = not (whole.widened or whole.clause or whole.quoted)
            kept.append(replace(whole, only_wanted=True) if bare and is_wish(scene.tree, candidate) else whole)
    return with_conjuncts(scene, [attribution for attribution in kept if not _is_unasserted(scene, attribution)])


def _ends_at_dash(scene: Scene, attribution: Attribution) -> bool:
    return _DASH.match(scene.text, attribution.area.end) is not None


def _is_claimed_clause(tree: Tree, attribution: Attribution, candidate: Candidate) -> bool:
    """Whether the content is a clause, and not one that somebody only wants to be so.

    Also where quoted words kept the parse from reading it as one: 'said all "traces" point to the harbour'.
    """
    if is_clause(tree, candidate.content):
        return not is_wanted(tree, candidate)
    reported = candidate.frame == "ccomp" and candidate.lemma in _CLAUSE_VERBS and attribution.quoted
    first = next((each for each in candidate.content if tree.words[each] != '"'), candidate.head)
    whole = first > candidate.head and tree.tags[first][0] not in "VM"
    return reported and whole and len(candidate.content) >= _FEWEST_OF_CLAUSE


def _is_unasserted(scene: Scene, attribution: Attribution) -> bool:
    """Whether it is a condition ("and had the council not banned cars") or what nobody says ("nor does any critic").

    Or what holds only on a condition that stands before it, and that nobody is said to name.
    """
    cue, start = attribution.cue.start, attribution.area.start
    if _tells_of_noun(scene, attribution):
        return True
    if attribution.source is None and _has_condition_before(scene, attribution):
        return True
    if _NOR_BEFORE.search(scene.text, max(0, cue - _NEAR), cue) is not None:
        return True
    return attribution.widened and _CONDITION_BEFORE.search(scene.text, max(0, start - _NEAR), start) is not None


def _tells_of_noun(scene: Scene, attribution: Attribution) -> bool:
    """Whether its clause only says which noun before it is meant: "one of the few times | Reyl has criticised it"."""
    tree, inside = scene.tree, scene.tokens_in(attribution.area)
    first, before = inside.start, inside.start - 1
    full = any(attribution.area.holds(quotation.outer) for quotation in scene.masked.full)
    if first < 1 or full or not attribution.area.holds(attribution.cue):
        return False
    verb = next((head for head in tree.climb(first) if tree.is_verb(head)), None)
    if not any(tree.tags[at][0] == "V" for at in range(before)):
        return False  # "The thinker Ada Reyl offered a game": no clause stands before it
    if verb is None or tree.tags[before][:2] != "NN" or verb not in inside or not _is_subject_of(tree, first, verb):
        return False
    if tree.deps[verb] == "relcl":
        return tree.heads[verb] <= before
    joined = tree.deps[verb] == "conj" and tree.heads[verb] < before
    return joined and not any(tree.tags[at] == "CC" for at in range(tree.heads[verb] + 1, first))


def _is_subject_of(tree: Tree, first: int, verb: int) -> bool:
    return any(tree.below(subject)[0] == first for subject in subjects_of(tree, verb))


def _has_condition_before(scene: Scene, attribution: Attribution) -> bool:
    """Whether "If …," stands before its clause."""
    candidate, tree = attribution.candidate, scene.tree
    verb = None if candidate is None or candidate.part != "verb" else finite_above(tree, candidate.head)
    if verb is None:
        return False
    clauses = (clause for clause in tree.kids(verb, "advcl") if scene.place(clause).end <= attribution.area.start)
    return any(tree.words[mark] in CONDITIONS for clause in clauses for mark in tree.kids(clause, "mark"))


def _whole(
    scene: Scene, lexicon: Lexicon, attribution: Attribution, candidate: Candidate, others: Sequence[Range]
) -> Attribution:
    tree = scene.tree
    full = any(quotation.outer in attribution.content for quotation in scene.masked.full)
    negated = negated_at(tree, candidate) is not None
    if full:
        return attribution
    if attribution.commitment in NOT_ASSERTED and not _says_it_itself(attribution, candidate, negated):
        return _with_its_denial(scene, attribution, candidate, others)
    predicate = candidate.head if is_wanted(tree, candidate) else predicate_of(tree, candidate)
    area = widened(scene, candidate, attribution.area, others, predicate)
    if area is None:
        return attribution
    reports = attribution.commitment is Commitment.REPORTS
    commitment = Commitment.REPORTS if reports else Commitment.ASSERTS
    above = _teller_of(tree, candidate)
    if above is not None:
        cue, teller = scene.place(above.head), find_source(scene, above, lexicon).range
        return replace(attribution, content=(area,), clause=True, cue=cue, source=teller, commitment=commitment)
    announced = only_announces(tree, candidate) and not attribution.quoted
    source = attribution.source if not announced and _is_sourced(scene, lexicon, candidate, negated) else None
    return replace(attribution, content=(area,), widened=True, source=source, commitment=commitment)


def _quoting(
    scene: Scene, lexicon: Lexicon, attribution: Attribution, whole: Attribution, others: Sequence[Range]
) -> Attribution | None:
    """The attribution with the verb of its quoted words, where it was not made whole or grew too long for them."""
    full = any(quotation.outer in attribution.content for quotation in scene.masked.full)
    candidate, content, area = attribution.candidate, attribution.area, whole.area
    if not attribution.quoted or full or candidate is None or whole.clause:
        return None
    if whole.widened and (whole.source is None or area.end - area.start <= MOST_LONGER * (content.end - content.start)):
        return None
    return with_quoting_verb(scene, lexicon, attribution, candidate, others)


def _with_its_denial(
    scene: Scene, attribution: Attribution, candidate: Candidate, others: Sequence[Range]
) -> Attribution:
    """The attribution with who denies or declines what; itself where its content only points at what was said.

    Of "rejected the claim that …" the clause alone: it is what is denied.
    """
    tree = scene.tree
    declines = attribution.commitment is Commitment.DECLINES_TO_CONFIRM
    objects = tree.kids(candidate.head, "dobj") if candidate.frame == "dobj" else ()
    for noun in (*objects, *dismissed_nouns(tree, candidate.head)):
        if tree.lemmas[noun] in ALLEGATIONS and not declines:
            clause = _clause_of(scene, noun, attribution.area.end)
            return attribution if clause is None else replace(attribution, content=(clause,), clause=True)
    heads = [candidate.head, *islice(tree.climb(candidate.head), _STEPS if declines else 0)]
    holder = next((each for each in heads if tree.has(each, "nsubj", "nsubjpass")), candidate.head)
    area = widened(scene, candidate, attribution.area, others, holder)
    if area is None:
        return attribution
    if declines and candidate.lemma in _LEFT_OUT and holder == candidate.head:
        return replace(attribution, content=(area,), widened=True, source=None, commitment=Commitment.ASSERTS)
    return replace(attribution, content=(area,), widened=True)


def _clause_of(scene: Scene, noun: int, end: int) -> Range | None:
    """The clause with "that" of a noun, up to `end`."""
    tree = scene.tree
    for clause in tree.kids(noun, "acl", "ccomp"):
        mark = next((each for each in tree.kids(clause, "mark") if tree.words[each] == "that"), None)
        if mark is not None and mark + 1 < len(tree.words) and scene.place(mark + 1).start < end:
            return Range(scene.place(mark + 1).start, end)
    return None


def _teller_of(tree: Tree, candidate: Candidate) -> Candidate | None:
    """The cue that the whole clause is the content of: the "found" of "a poll found that voters blame the mayor"."""
    predicate = predicate_of(tree, candidate)
    verb = None if predicate is None else finite_above(tree, predicate)
    if verb is None or tree.deps[verb] != "ccomp":
        return None
    head = tree.heads[verb]
    telling = (
        tree.lemmas[head] in SAYING_OR_SHOWING and head < verb and tree.has(head, "nsubj") and not tree.has(head, "neg")
    )
    return Candidate(head, "verb", tree.lemmas[head], "ccomp", tuple(tree.below(verb))) if telling else None


def _says_it_itself(attribution: Attribution, candidate: Candidate, negated: bool) -> bool:
    """Whether the words that take it back stand in the claim once it is widened: "refused to sell"."""
    if attribution.takes_a_stand or attribution.commitment is Commitment.DECLINES_TO_CONFIRM:
        return False
    return negated or (candidate.lemma in REFUSING and candidate.frame == "xcomp")


def _is_sourced(scene: Scene, lexicon: Lexicon, candidate: Candidate, negated: bool) -> bool:
    """Whether the subject speaks for the claim; the outlet does in "the crisis threatens to", "did not condemn"."""
    tree = scene.tree
    if is_deed(tree, candidate):
        return False
    if negated and candidate.lemma not in _ATTITUDES:
        return False
    if any(tree.tags[each] == "MD" and tree.words[each] not in _WILL for each in tree.kids(candidate.head, "aux")):
        return False
    if candidate.frame.startswith("pass+") and candidate.lemma not in FELT and not tree.has(candidate.head, "agent"):
        return False
    noun = scene.source_of(candidate)
    return noun is not None and (can_speak(tree, noun, lexicon) or scene.is_named(noun))
