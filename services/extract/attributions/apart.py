"""Clauses that stand apart from the noun that they are the content of, with those it comes from in between."""

from itertools import islice

from services.extract.syntax.tree import NAME_TAGS, Tree
from services.language.hearsay import FROM_SOMEWHERE

FORMS_FROM_SOMEWHERE = FROM_SOMEWHERE | {noun + "s" for noun in FROM_SOMEWHERE}
"""Nouns, one or many, for what comes "from" somebody."""
_STEPS = 3


def clause_apart(tree: Tree, noun: int) -> tuple[tuple[int, ...], tuple[int, int]] | None:
    """Of "an attempt to meet reports, first from Rome and then from Oslo, that …": the clause is not the attempt's.

    Tokens of the clause, and the first and last of those it comes from; None where there is no such clause.
    """
    if tree.lemmas[noun] not in FROM_SOMEWHERE:
        return None
    for above in islice(tree.climb(noun), _STEPS):
        if tree.lemmas[above] in FROM_SOMEWHERE:
            continue
        for clause in tree.kids(above, "acl", "relcl", "ccomp"):
            mark = next((each for each in tree.kids(clause, "mark") if tree.words[each] == "that"), None)
            if mark is None or mark < noun:
                continue
            between = range(noun + 1, mark)
            origins = [each for each in between if tree.tags[each] in NAME_TAGS]
            if "from" in tree.words[noun + 1 : mark] and origins and not any(map(tree.is_verb, between)):
                content = tuple(each for each in tree.below(clause) if each >= mark)
                return content, (origins[0], origins[-1])
    return None
