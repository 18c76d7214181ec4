"""What "according to" gives to its source."""

from services.extract.text.candidate import Candidate
from services.extract.text.tree import Tree


def according(tree: Tree, index: int) -> Candidate | None:
    """The sentence less the phrase."""
    if not tree.has(index, "prep", "pobj", "pcomp") or tree.heads[index] == index:
        return None
    phrase = set(tree.below(index))
    *above, top = tree.climb(index)
    if any(tree.deps[each] == "relcl" for each in above):
        return None  # "people who according to the council are poor"
    content = [each for each in tree.below(top) if each not in phrase]
    after = max(phrase) + 1
    joint = after + 1 if tree.words[after : after + 1] == (",",) else after
    if content[0] < index and joint < len(tree.words) and tree.words[joint] == "but" and _has_clause(tree, joint):
        content = [each for each in content if each < index]  # "…, according to the council, but they expected …"
    return Candidate(index, "preposition", "according", "according", tuple(content))


def _has_clause(tree: Tree, joint: int) -> bool:
    """Whether a "but" joins a clause with a subject of its own."""
    clauses = (each for each in tree.kids(tree.heads[joint], "conj") if each > joint)
    return any(tree.has(clause, "nsubj", "nsubjpass") for clause in clauses)
