"""Clauses that stand apart from the noun that they are the content of, with those it comes from in between."""

from itertools import islice

from services.extract.syntax.tree import Tree

_TOLD = frozenset((
    "intelligence", "report", "evidence", "claim", "allegation", "accusation", "rumor", "rumour", "information", "news",
    "warning", "suggestion", "indication", "assertion", "assessment", "speculation", "word",
))  # fmt: skip
"""Nouns for what is told, with a clause of "that" and those it comes "from"."""
TOLD_FORMS = _TOLD | {noun + "s" for noun in _TOLD}
"""The same, one or many."""
_STEPS = 3


def clause_apart(tree: Tree, noun: int) -> tuple[tuple[int, ...], tuple[int, int]] | None:
    """Of "an attempt to meet reports, first from Rome and then from Oslo, that …": the clause is not the attempt's.

    Tokens of the clause, and the first and last of those it comes from; None where there is no such clause.
    """
    if tree.lemmas[noun] not in _TOLD:
        return None
    for above in islice(tree.climb(noun), _STEPS):
        if tree.lemmas[above] in _TOLD:
            continue
        for clause in tree.kids(above, "acl", "relcl", "ccomp"):
            mark = next((each for each in tree.kids(clause, "mark") if tree.words[each] == "that"), None)
            if mark is None or mark < noun:
                continue
            between = range(noun + 1, mark)
            origins = [each for each in between if tree.tags[each] in ("NNP", "NNPS")]
            if "from" in tree.words[noun + 1 : mark] and origins and not any(map(tree.is_verb, between)):
                content = tuple(each for each in tree.below(clause) if each >= mark)
                return content, (origins[0], origins[-1])
    return None
