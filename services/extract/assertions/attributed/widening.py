"""Content that is no clause, made whole: "the board of neglect" becomes "Reyl accused the board of neglect".

Subject, verb and content stand in one piece where the verb has a subject of its own.
"""

from collections.abc import Iterator, Sequence

from services.extract.attributions.endings import is_stop
from services.extract.attributions.scene import Scene
from services.extract.attributions.tearing import parts_list
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, NAME_TAGS, SUBJECTS, Tree
from services.extract.vocabulary.grammar import ANONYMOUS, SAME_IN_PAST
from services.language.ranges import Range, trim

_STAND_INS = frozenset(("who", "which", "that", "what", "whom", "whose", "whoever", "whatever", "you", "this"))
"""Subjects with which a clause does not stand by itself."""
_OPEN = frozenset(("if", "unless", "whether"))
"""Marks of clauses that nobody asserts."""
_GOES_ON = frozenset(("prep", "npadvmod", "advmod", "agent", "xcomp", "dobj", "oprd", "prt", "advcl", "dative", "tmod"))
"""What belongs to the clause after its content."""
_UNFINISHED = frozenset(("what", "how", "why", "where", "when", "who", "whom", "whose", "which"))
_QUESTIONS = _UNFINISHED | {"whether", "if"}
_WANTING = frozenset((
    "insist", "demand", "recommend", "propose", "request", "ask", "order", "urge", "require", "suggest", "direct",
))  # fmt: skip
"""Verbs whose clause may be what is wanted."""
_SINGULAR = frozenset(("he", "she", "it"))
"""Subjects of "supports": "she support" is only what is wanted."""
_MOST_ASIDE = 8
"""Tokens between two dashes."""
_STEPS = 3
_OUTER_MARKS = ",;: -–—"


def is_clause(tree: Tree, content: Sequence[int]) -> bool:
    """Whether the tokens are a clause with tense and a subject of their own."""
    inside = set(content)
    for top in content:
        if (tree.heads[top] in inside and tree.heads[top] != top) or not _is_predicate(tree, top):
            continue
        if any(each in inside for each in subjects_of(tree, top)) and is_finite(tree, top):
            return tree.words[content[0]] not in _UNFINISHED
    return False


def is_wanted(tree: Tree, candidate: Candidate) -> bool:
    """Whether the clause is what somebody wants done, and nobody says that it is: "insisted that they give him a job".

    Several "give" also where all is well: but not in what was said to be so before.
    """
    past = tree.tags[candidate.head] in ("VBD", "VBN")
    return any(_is_bare(tree, verb, past=past) for verb, _ in _verbs_wanted(tree, candidate))


def is_wish(tree: Tree, candidate: Candidate) -> bool:
    """Whether the clause shows by itself that it is only wanted: "asking that she support the plan"."""
    return any(
        tree.tags[verb] == "VB" or (tree.words[subject] in _SINGULAR and _is_bare(tree, verb, past=True))
        for verb, subject in _verbs_wanted(tree, candidate)
    )


def _verbs_wanted(tree: Tree, candidate: Candidate) -> Iterator[tuple[int, int]]:
    """Verbs without an auxiliary of a content that may be wanted, each with its subject."""
    if candidate.part != "verb" or candidate.lemma not in _WANTING or not candidate.frame.startswith("ccomp"):
        return
    content = set(candidate.content)
    for top in candidate.content:
        if tree.deps[top] != "ccomp" or tree.heads[top] != candidate.head or tree.has(top, "aux"):
            continue
        helper = tree.first(top, "auxpass")
        subject = next((each for each in subjects_of(tree, top) if each in content), None)
        if subject is not None and tree.deps[subject] != "expl":
            yield top if helper is None else helper, subject


def _is_bare(tree: Tree, verb: int, *, past: bool) -> bool:
    if tree.tags[verb] == "VB" or (tree.tags[verb] == "VBP" and past and tree.words[verb] == tree.lemmas[verb]):
        return True
    return tree.tags[verb] == "VBD" and tree.words[verb] in SAME_IN_PAST


def _is_predicate(tree: Tree, index: int) -> bool:
    return tree.tags[index][0] == "V" or tree.tags[index] == "MD"


def subjects_of(tree: Tree, verb: int) -> list[int]:
    """Subjects of a verb, with those that the parse gave to its auxiliary: "The board had, on Monday, closed it"."""
    return [each for own in (verb, *tree.kids(verb, "aux", "auxpass")) for each in tree.kids(own, *SUBJECTS)]


def is_finite(tree: Tree, verb: int) -> bool:
    """Whether the verb or its auxiliary carries tense, or it is a past tense that was taken for a participle."""
    if tree.tags[verb] == "VBN" and not tree.has(verb, "aux", "auxpass"):
        return tree.deps[verb] in ("ROOT", "ccomp", "conj") and tree.has(verb, "nsubj")
    return tree.has_tense(verb)


def widened(
    scene: Scene, candidate: Candidate, content: Range, taken: Sequence[Range], predicate: int | None
) -> Range | None:
    """The clause of `predicate` with its subject and the content; None where they do not stand in one piece.

    `taken`: what other assertions of the sentence occupy; the clause keeps clear of it.
    """
    tree = scene.tree
    verb = None if predicate is None else finite_above(tree, predicate)
    if verb is None:
        return None
    subject = own_subject(tree, verb)
    if subject is None or _is_open(tree, verb) or _is_negligible(tree, candidate):
        return None
    first = first_of_subject(tree, subject)
    least = max(candidate.head, *candidate.content)
    agent = tree.first(candidate.head, "agent") or 0
    for end in (max(end_of_clause(tree, verb, candidate), least), least):
        if end <= agent:
            continue
        area = clause_range(scene, first, end, content)
        if area is not None and not any(area.meets(other) for other in taken):
            return area
    return None


def finite_above(tree: Tree, verb: int) -> int | None:
    """The verb with tense of "has threatened to veto", "is expected to refuse to sign"."""
    for _ in range(_STEPS):
        if is_finite(tree, verb):
            return verb
        if tree.deps[verb] not in ("xcomp", "acomp") or tree.has(tree.heads[verb], "dobj"):
            return None  # "led the council to oppose it": not what the subject holds
        verb = tree.heads[verb]
    return None


def own_subject(tree: Tree, verb: int) -> int | None:
    """The subject before a verb that can stand in a claim; None for "who" and the like."""
    subject = tree.first(verb, "nsubj", "nsubjpass", "expl")
    if subject is None or subject > verb or tree.words[subject] in _STAND_INS:
        return None
    return subject


def first_of_subject(tree: Tree, subject: int) -> int:
    """First token of the subject; of "In a tweet President Reyl …", where the parse takes both for one, "President"."""
    first = tree.below(subject)[0]
    if first == 0 or tree.deps[first - 1] != "prep" or tree.tags[subject] not in NAME_TAGS:
        return first
    while subject - 1 >= first and tree.tags[subject - 1] in NAME_TAGS:
        subject -= 1
    return subject


def _is_open(tree: Tree, verb: int) -> bool:
    """Whether the clause is a condition, a question, or what another verb only names ("how X attacked Y")."""
    marks = {tree.words[each] for each in tree.kids(verb, "mark", "advmod") if each < verb}
    if not marks.isdisjoint(_OPEN) or tree.deps[verb] in ("csubj", "relcl"):
        return True
    return tree.words[tree.below(verb)[0]] in _UNFINISHED


def _is_negligible(tree: Tree, candidate: Candidate) -> bool:
    """Whether the content says nothing by itself: "criticised it", "decided how to go", "asked not to be named"."""
    if ANONYMOUS.intersection(tree.words[each] for each in candidate.content):
        return True
    words = [each for each in candidate.content if tree.tags[each] not in ("PRP", "DT", ".", ",")]
    return (not words and candidate.frame.endswith("dobj")) or tree.words[candidate.content[0]] in _QUESTIONS


def end_of_clause(tree: Tree, verb: int, candidate: Candidate) -> int:
    """Last token of the clause: its content, and what follows without a mark."""
    last = max(candidate.head, *candidate.content)
    while last > candidate.head and tree.words[last] in (",", ";", ":"):
        last -= 1
    while last + 1 < len(tree.words):
        follows = last + 1
        behind = _behind_aside(tree, follows)
        if behind is not None:
            return _end_of_phrase(tree, behind)
        if is_stop(tree, follows) or tree.tags[follows] in ("CC", "."):
            break
        top = follows
        while tree.heads[top] not in (verb, candidate.head) and tree.heads[top] > last and tree.heads[top] != top:
            top = tree.heads[top]
        if tree.heads[top] not in (verb, candidate.head) or tree.deps[top] not in _GOES_ON:
            break
        end = tree.below(top)[-1]
        stops = (each for each in range(follows, end + 1) if is_stop(tree, each))
        cut = next((each for each in stops if not parts_list(tree, each, end + 1)), end + 1)
        last = cut - 1
        if cut <= end or last < follows:
            break
    return last


def _behind_aside(tree: Tree, dash: int) -> int | None:
    """First token behind two dashes where the clause goes on: "shut the port – "for good" – in May"; None elsewhere."""
    if not _is_dash(tree, dash):
        return None
    until = range(dash + 2, min(dash + 2 + _MOST_ASIDE, len(tree.words) - 1))
    closing = next((index for index in until if _is_dash(tree, index)), None)
    return None if closing is None or tree.tags[closing + 1] not in ("IN", "TO") else closing + 1


def _is_dash(tree: Tree, index: int) -> bool:
    return tree.words[index] in DASHES and is_stop(tree, index)


def _end_of_phrase(tree: Tree, first: int) -> int:
    """Last token before the next mark."""
    end = first
    while end + 1 < len(tree.words) and not is_stop(tree, end + 1) and tree.tags[end + 1] != ".":
        end += 1
    return end


def clause_range(scene: Scene, first: int, last: int, content: Range) -> Range | None:
    """Characters from the subject to the end, with whole quotations and whole brackets only."""
    while last > first and scene.tree.deps[last] in ("cc", "punct"):
        last -= 1
    text, start, end = scene.text, scene.place(first).start, max(scene.place(last).end, content.end)
    if start > content.start:
        return None
    for quotation in scene.sentence.quotations:
        outer = quotation.outer
        if outer.start < start < outer.end or (outer.start == start - 1 and outer.end < end):
            start = outer.start
        if outer.start < end < outer.end:
            end = outer.end
    area = trim(text, start, end, right=_OUTER_MARKS)
    if area is None or _is_lopsided(text, area):
        return None
    return area


def _is_lopsided(text: str, area: Range) -> bool:
    words = area.of(text)
    return words.count("(") != words.count(")")
