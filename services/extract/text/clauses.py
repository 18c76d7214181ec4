"""Clauses of a parsed sentence: verb, subject, and the words that belong to both."""

from collections.abc import Iterator
from dataclasses import dataclass

from services.extract.text.tree import SUBJECTS, Tree

_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb with what it governs. Indexes count tokens of the parse."""

    verb: int
    subject: int | None
    """Head of its own subject; None where it shares another's or has none."""
    finite: bool
    """Whether it, or its first auxiliary, carries tense: "left", "has left", "will leave"."""
    role: str
    """The relation to what it hangs on: `ROOT`, `ccomp`, `conj`, `relcl`, …"""


def find_clauses(tree: Tree) -> Iterator[Clause]:
    """Clauses in the order of their verbs."""
    for verb in range(len(tree.words)):
        if tree.is_verb(verb) or (tree.lemmas[verb] == "be" and tree.deps[verb] not in ("aux", "auxpass")):
            helpers = tree.kids(verb, "aux", "auxpass")
            finite = any(tree.tags[each] in _FINITE for each in (verb, *helpers))
            yield Clause(verb, tree.first(verb, *SUBJECTS), finite, tree.deps[verb])
