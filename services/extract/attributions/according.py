"""What "according to" gives to its source."""

from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.language.hearsay import PASSED_AROUND

_OF_ANYBODY = frozenset(("information", "material", "details"))
"""Nouns that do not say who is the source."""


def according(tree: Tree, index: int) -> Candidate | None:
    """The sentence less the phrase."""
    if not tree.has(index, "prep", "pobj", "pcomp") or tree.heads[index] == index:
        return None
    if _names_nobody(tree, index):
        return _said_around(tree, index)
    phrase = set(tree.below(index))
    *above, top = tree.climb(index)
    if any(tree.deps[each] == "relcl" for each in above):
        return None  # "people who according to the council are poor"
    reported = _reported_before(tree, min(phrase))
    if reported is not None:
        return Candidate(index, "preposition", "according", "according", tuple(tree.below(reported)))
    content = [each for each in tree.below(top) if each not in phrase]
    after = max(phrase) + 1
    joint = after + 1 if tree.words[after : after + 1] == (",",) else after
    if content[0] < index and joint < len(tree.words) and tree.words[joint] == "but" and _has_clause(tree, joint):
        content = [each for each in content if each < index]  # "…, according to the council, but they expected …"
    return Candidate(index, "preposition", "according", "according", tuple(content))


def _names_nobody(tree: Tree, index: int) -> bool:
    """Whether it is "according to information that was gathered", of no one."""
    to = tree.first(index, "prep")
    noun = tree.first(index if to is None else to, "pobj")
    if noun is None or tree.words[noun] not in _OF_ANYBODY:
        return False
    return not tree.has(noun, "poss", "compound") and not any(
        tree.words[each] in ("from", "by") for each in tree.below(noun)
    )


def _said_around(tree: Tree, index: int) -> Candidate | None:
    """Of "It fell, according to information from the wreck, an aide told the Herald": what the aide told, if any."""
    verb = tree.heads[index]
    if tree.lemmas[verb] not in ("say", "tell") or verb < index or not tree.has(verb, "nsubj"):
        return None
    content = tuple(each for each in tree.below(tree.heads[verb], [verb]) if each < index)
    return Candidate(verb, "verb", tree.lemmas[verb], "none", content)


def _reported_before(tree: Tree, start: int) -> int | None:
    """Of "this goes with reports that the dam failed, according to the council": the clause, which is all of it."""
    last = start - 2 if tree.words[start - 1 : start] == (",",) else start - 1
    for clause in range(max(0, last), 0, -1):
        noun = tree.heads[clause]
        if tree.deps[clause] in ("acl", "ccomp", "relcl") and tree.lemmas[noun] in PASSED_AROUND and noun < clause:
            inside = tree.below(clause)
            marked = tree.words[inside[0]] == "that"
            return clause if marked and last in inside and start not in inside else None
    return None


def _has_clause(tree: Tree, joint: int) -> bool:
    """Whether a "but" joins a clause with a subject of its own."""
    clauses = (each for each in tree.kids(tree.heads[joint], "conj") if each > joint)
    return any(tree.has(clause, "nsubj", "nsubjpass") for clause in clauses)
