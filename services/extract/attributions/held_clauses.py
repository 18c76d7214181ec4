"""Clauses that a verb introduces although the parse hangs them elsewhere, and those that only seem to be its own."""

from services.extract.attributions.subjects_beside import subject_of_participle
from services.extract.syntax.tree import FINITE_TAGS, SUBJECTS, Tree
from services.extract.vocabulary.grammar import CONCEDING
from services.extract.vocabulary.saying import SAYING

_RULING = frozenset(("rule", "find", "hold", "agree", "announce", "say", "argue", "conclude", "testify", "warn"))
"""Verbs that introduce the clause with "that" behind them, whatever stands between."""
_REPORTING = frozenset(("report", "record", "register"))
"""Verbs whose object may be taken for a clause: "reported its highest case count"."""


def held(tree: Tree, verb: int) -> list[int]:
    """The clauses that a verb introduces, also one that a phrase parts from it: "ruled 5-4, with two away, that"."""
    clauses = [clause for clause in tree.kids(verb, "ccomp") if not _is_of_another(tree, verb, clause)]
    if clauses:
        first = tree.below(clauses[0])[0]
        objects = [each for each in tree.kids(verb, "dobj") if verb < each < first]
        joined = tree.deps[first - 1] == "cc" and tree.words[first] != "that" and tree.has(clauses[0], *SUBJECTS)
        return clauses[1:] if objects and joined else clauses  # "warned them of it and the school was shut"
    if tree.lemmas[verb] not in _RULING:
        return []
    return [
        clause
        for clause in tree.kids(verb, "advcl")
        if clause > verb and tree.words[tree.below(clause)[0] - 1 : tree.below(clause)[0] + 1] == (",", "that")
    ]


def clause_of_noun(tree: Tree, verb: int) -> list[int]:
    """Tokens of the clause of a cue that was taken for a participle of its subject: "The army reported that …".

    Or of the clause whose subject was taken for a participle's object: "a statement confirming Keld will leave".
    """
    noun = tree.heads[verb]
    if tree.deps[verb] != "acl":
        return []
    if tree.deps[noun] == "dobj":
        return _clause_of_participle(tree, verb, tree.heads[noun])
    if tree.deps[noun] not in ("nsubj", "nsubjpass"):
        return []
    clause = tree.heads[noun]
    mark = next((index for index in tree.kids(clause, "mark") if tree.words[index] == "that"), None)
    if mark is None or mark < verb:
        return []
    return [index for index in tree.below(clause) if index >= mark]


def _clause_of_participle(tree: Tree, participle: int, above: int) -> list[int]:
    """Tokens of the clause that the parse gave to the verb above a participle's noun, and its subject to neither."""
    for clause in (*tree.kids(above, "ccomp"), tree.heads[above]):
        if clause > participle and _participle_before(tree, clause) == participle:
            subject = tree.kids(participle, "dobj")[-1]
            behind = [index for index in tree.below(clause) if index > subject]
            return [*range(tree.below(subject)[0], subject + 1), *behind]
    return []


def _is_of_another(tree: Tree, verb: int, clause: int) -> bool:
    """Whether a clause is not the verb's: "the pact that Reyl announced that calls for"; or no clause at all."""
    subject = tree.first(clause, "nsubj")
    if subject is None:
        return _participle_before(tree, clause) is not None
    if clause < verb and any(tree.words[mark] in CONCEDING and mark > clause for mark in tree.kids(verb, "mark")):
        return True  # "Both deny it (though Keld claims that …)"
    if clause < verb:
        return subject_of_participle(tree, verb) == subject
    named = any(tree.tags[each][0] == "W" for each in tree.kids(verb, "dobj") if each < verb)
    if named and tree.deps[verb] == "relcl" and tree.tags[subject] == "WDT":
        return True
    bare = tree.tags[clause] == "VB" and tree.tags[subject] == "NN" and not tree.has(clause, "aux", "mark")
    return bare and subject == clause - 1 and tree.lemmas[verb] in _REPORTING


def _participle_before(tree: Tree, clause: int) -> int | None:
    """The participle whose object is a clause's subject: "a statement confirming Keld | will leave"; else None."""
    helpers = tree.kids(clause, "aux", "auxpass")
    if not helpers or helpers[0] == 0 or tree.tags[helpers[0]] not in FINITE_TAGS or tree.has(clause, *SUBJECTS):
        return None
    noun = helpers[0] - 1
    verb = tree.heads[noun]
    is_object = tree.deps[noun] == "dobj" and tree.tags[verb] == "VBG" and tree.deps[verb] == "acl"
    return verb if is_object and tree.lemmas[verb] in SAYING else None
