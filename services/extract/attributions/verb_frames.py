"""Verbs that could introduce what somebody says: the frame in which each stands, and the content it gives them."""

from collections.abc import Collection, Sequence
from itertools import islice

from services.extract.attributions.held_clauses import clause_of_noun, held
from services.extract.commitment.declined import is_refused
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import FINITE_TAGS, NO_CONTENT, SUBJECTS, Tree

OBJECT_PREPOSITIONS = frozenset(("of", "for", "as", "with", "to", "on", "about", "over"))
"""Prepositions whose phrase belongs to the content beside an object: "blamed X for Y"."""
_WISHES = frozenset(("want", "like", "need", "wish"))
_WHILE = frozenset(("while", "although", "though", "as", "after", "before", "when"))
"""Words before a clause that is none of what a later cue says: "While he admitted it was so, Keld noted that …"."""
_APART = frozenset((";", "--", "—"))
"""Marks between a clause and a cue that holds another."""
_RELATIVES = frozenset(("who", "which", "that"))
_EACH_TIME = frozenset(("each", "every", "whenever", "once"))
"""Words that open when something is so, which the parse may take for what is said: "said each time he came, he …"."""
_ARRIVING = frozenset(("home", "back", "aboard", "ashore"))
"""Right behind "welcomed": what is done with those who come, and nothing said."""
SUBJECT_TOO = frozenset(("seem", "appear"))
"""Verbs whose subject is part of what is held: "X seems to be so"."""


def verb_candidate(tree: Tree, verb: int) -> Candidate | None:
    """The verb in its frame; None where it introduces nothing, or another word does."""
    if _passes_on(tree, verb) or _receives(tree, verb):
        return None
    passive = tree.has(verb, "nsubjpass", "auxpass", "csubjpass")
    frame, tops = _complements(tree, verb)
    inserted = _is_inserted(tree, verb, frame)
    if inserted:
        frame, tops = "none", []
    repaired = clause_of_noun(tree, verb)
    if repaired:
        frame, content, passive = "ccomp", repaired, False
    elif inserted:
        subjects = tree.kids(verb, "nsubj")
        stray = tree.below(subjects[0]) if len(subjects) > 1 and subjects[1] < verb else []
        content = sorted({*stray, *tree.below(tree.heads[verb], [verb])})
    elif frame == "none" and not passive:
        return None
    else:
        content = below_all(tree, tops, tree.kids(verb, *NO_CONTENT))
        if frame == "ccomp":
            content = sorted({*content, *_subject_left_behind(tree, verb, tops[0])})
        if (passive and not frame.startswith("ccomp")) or tree.lemmas[verb] in SUBJECT_TOO:
            content = sorted({*content, *_subject(tree, verb)})
        if passive and frame == "none" and tree.has(verb, "agent"):
            frame = "agent"
    return Candidate(verb, "verb", tree.lemmas[verb], "pass+" + frame if passive else frame, tuple(content))


def below_all(tree: Tree, tops: Sequence[int], without: Collection[int] = ()) -> list[int]:
    """Indexes of all that hangs on any of `tops`, ascending."""
    if len(tops) == 1:
        return tree.below(tops[0], without)
    return sorted({index for top in tops for index in tree.below(top, without)})


def _subject_left_behind(tree: Tree, verb: int, clause: int) -> list[int]:
    """The subject of a clause, where the parse gave it to the cue: 'said the boat, which left at noon, "vanished"'."""
    if tree.has(clause, "mark", *SUBJECTS) or tree.lemmas[verb] == "tell":
        return []
    first = tree.below(clause)[0]
    for noun in tree.kids(verb, "nsubj", "dobj"):
        end = tree.below(noun)[-1]
        stray = noun > verb and (tree.deps[noun] == "dobj" or tree.first(verb, "nsubj") != noun)
        between = {at for phrase in tree.kids(verb, "prep", "npadvmod") for at in tree.below(phrase)}
        if stray and end < first and all(at in between or tree.words[at] in (",", '"') for at in range(end + 1, first)):
            return tree.below(noun)
    return []


def _subject(tree: Tree, verb: int) -> list[int]:
    """Tokens of the subject, unless it is a pronoun that stands for a noun before it: "which was denied"."""
    subjects = tree.kids(verb, "nsubj", "nsubjpass")
    return [index for top in subjects if tree.words[top] not in _RELATIVES for index in tree.below(top)]


def _passes_on(tree: Tree, verb: int) -> bool:
    """Whether the cue is another verb: "quoted X as saying …", "declined to confirm …"."""
    if tree.lemmas[verb] == "cite" and tree.tags[verb] == "VBG" and tree.deps[verb] in ("advcl", "acl"):
        return any(tree.has(head, "ccomp") for head in islice(tree.climb(verb), 2))
    if tree.lemmas[verb] in ("quote", "cite"):
        clauses = [clause for phrase in tree.kids(verb, "prep") for clause in tree.kids(phrase, "pcomp")]
        return any(tree.tags[clause] == "VBG" for clause in clauses)
    if tree.lemmas[verb] in _WISHES:
        return any(tree.lemmas[clause] in ("say", "tell") for clause in tree.kids(verb, "xcomp"))
    return is_refused(tree, verb)


def _receives(tree: Tree, verb: int) -> bool:
    """Whether the verb tells how somebody is received: "welcomed home three sailors"."""
    return tree.lemmas[verb] == "welcome" and not _ARRIVING.isdisjoint(tree.words[verb + 1 : verb + 2])


def _complements(tree: Tree, verb: int) -> tuple[str, list[int]]:
    """The verb's frame and the tops of the content's subtrees."""
    clauses = held(tree, verb)
    before = [clause for clause in clauses if clause < verb]
    if before and _is_inverted(tree, verb) and all(tree.has(each, *SUBJECTS) for each in clauses):
        return "ccompL", before
    after = [clause for clause in clauses if clause > verb]
    if after:
        joined = [
            clause
            for clause in clauses
            if clause > verb or not (_is_apart(tree, clause, verb) or tree.words[tree.below(clause)[0]] in _WHILE)
        ]
        return "ccomp", _with_its_rest(tree, after, joined)
    if clauses:
        return "ccompL", clauses
    objects = [index for index in tree.kids(verb, "dobj") if index > verb]
    open_clauses = [index for index in tree.kids(verb, "xcomp") if index > verb]
    if tree.lemmas[verb] == "call":
        called = [each for on in tree.kids(verb, "prep") if tree.words[on] == "on" for each in tree.kids(on, "pobj")]
        # "Called on X to go": the parse often takes "to go" for a purpose.
        open_clauses = open_clauses or [clause for each in called for clause in _called_to(tree, verb, each)]
        open_clauses = open_clauses or [
            clause for clause in tree.kids(verb, "advcl") if _is_called_for(tree, verb, clause)
        ]
    if open_clauses and tree.lemmas[verb] == "call":
        return "dobj+xcomp" if objects else "xcomp", [*objects, *called, *open_clauses]
    if open_clauses:
        return ("dobj+xcomp", [*objects, *open_clauses]) if objects else ("xcomp", open_clauses)
    return _objects(tree, verb, objects)


def _is_apart(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a mark parts a clause from a later cue that holds another: "It is old -- Keld said it leaks"."""
    marks = [index for index in range(clause, verb) if tree.words[index] in _APART]
    return bool(marks) and tree.tags[marks[-1] + 1] != "WDT"  # "— which is to say, it has warned …"


def _with_its_rest(tree: Tree, after: Sequence[int], joined: Sequence[int]) -> list[int]:
    """The first clause after a verb and those of `joined` before it, with what the parse parted from it.

    "Said that A, that B"; "said … the plan and its costs" and "are public"; "said each time he came" and ", he left".
    """
    first = after[0]
    kept = [clause for clause in joined if clause <= first or _is_marked(tree, clause)]
    second = after[1] if len(after) > 1 else None
    if second is None or second in kept:
        return kept
    end, start = tree.below(first)[-1], tree.below(second)[0]
    if tree.has(second, *SUBJECTS):
        belongs = tree.words[tree.below(first)[0]] in _EACH_TIME and "," in tree.words[end : end + 2]
    else:
        belongs = start == end + 1 and tree.tags[start] in FINITE_TAGS
    return sorted({*kept, second}) if belongs else kept


def _is_inverted(tree: Tree, verb: int) -> bool:
    """Whether who says it stands behind all that is said: "…, says Otto Keld, whose book is called “It Will Rain.”"."""
    subject = tree.first(verb, "nsubj")
    return subject is not None and subject > verb and tree.words[verb - 1] in (",", '"')


def _called_to(tree: Tree, verb: int, called: int) -> list[int]:
    """The infinitive right behind who is called on."""
    follows = tree.below(called)[-1] + 1
    return [
        clause
        for clause in tree.kids(verb, "advcl")
        if tree.below(clause)[0] == follows and any(tree.tags[each] == "TO" for each in tree.kids(clause, "aux"))
    ]


def _is_called_for(tree: Tree, verb: int, clause: int) -> bool:
    """Of "called for the board to be sacked"."""
    first = tree.below(clause)[0]
    to = any(tree.tags[each] == "TO" for each in tree.kids(clause, "aux"))
    return to and first == verb + 1 and tree.words[first] == "for" and tree.has(clause, *SUBJECTS)


def _is_marked(tree: Tree, clause: int) -> bool:
    return any(tree.words[index] == "that" for index in tree.kids(clause, "mark"))


def _objects(tree: Tree, verb: int, objects: list[int]) -> tuple[str, list[int]]:
    """The frame of a verb without a clause."""
    named = [index for index in tree.kids(verb, "oprd") if index > verb]
    phrases = [index for index in tree.kids(verb, "prep") if index > verb and len(tree.children[index]) > 0]
    if objects:
        return _beside_object(tree, objects, named, phrases)
    if named:
        return "oprd", named
    phrases = [phrase for phrase in phrases if tree.has(phrase, "pobj", "pcomp")]
    if phrases:
        return "prep:" + tree.words[phrases[0]], tree.kids(phrases[0], "pobj", "pcomp")
    for dep in ("acomp", "attr"):
        complements = [index for index in tree.kids(verb, dep) if index > verb]
        if complements:
            return dep, complements
    return "none", []


def _beside_object(tree: Tree, objects: list[int], named: list[int], phrases: list[int]) -> tuple[str, list[int]]:
    """The frame of a verb with an object: "called X a fraud", "blamed X for Y"."""
    if named:
        return "dobj+oprd", [*objects, *named]
    beside = [phrase for phrase in phrases if tree.words[phrase] in OBJECT_PREPOSITIONS and phrase > objects[-1]]
    if not beside:
        return "dobj", objects
    chosen = next((phrase for phrase in beside if tree.words[phrase] == "as"), beside[0])
    return "dobj+prep:" + tree.words[chosen], [*objects, chosen]


def _is_inserted(tree: Tree, verb: int, frame: str) -> bool:
    """Whether the clause that the verb stands in, like "he said", is inserted into what is said."""
    if frame != "none" and not frame.startswith("prep"):
        return False
    if tree.deps[verb] != "advcl":
        return tree.deps[verb] in ("parataxis", "dep")
    return any(tree.words[index] == "as" for index in tree.kids(verb, "mark", "advmod"))
