"""Clauses of a parsed sentence: verb, subject, and one range of words for each.

A clause starts after the conjunction or "that" that joins it to its sentence, and ends before final marks, before an
independent clause that is joined to it ("…, and the mayor left") and before a contrast ("…, while the mayor stayed").
What is inserted in it stays in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.extract.syntax.masking import Masked
from services.extract.syntax.parsing import Parse
from services.extract.syntax.tree import FINITE_TAGS, PUNCTUATION_TAGS, SUBJECTS, Tree
from services.extract.text.quotations import Quotation
from services.extract.vocabulary.grammar import CONTRASTS
from services.language.ranges import Range, trim

_NO_CLAUSE = frozenset(("amod", "acomp", "compound", "nmod", "prep", "aux", "auxpass", "punct"))
"""Relations of words that look like verbs and head no clause: "injured people", "including"."""
_LEADING = frozenset(("cc", "mark", "punct", "preconj"))
_OUTER_MARKS = ",;:-–— "


class Clause(NamedTuple):
    """One verb with what it governs. Indexes count tokens of the parse."""

    verb: int
    subject: int | None
    """Head of its subject; of a second verb without one, the first verb's: "The mayor came and left"."""
    has_own_subject: bool
    finite: bool
    """Whether it, or its first auxiliary, carries tense: "left", "has left", "will leave"."""
    role: str
    """The relation to what it hangs on: `ROOT`, `ccomp`, `conj`, `relcl`, …"""
    first: int
    end: int
    """Its tokens are [first, end): without "that" before it and marks after it, with conjuncts of its own subject."""


def find_clauses(tree: Tree) -> Iterator[Clause]:
    """Clauses in the order of their verbs. Takes time in proportion to the sentence."""
    verbs = [verb for verb, role in enumerate(tree.deps) if tree.tags[verb][0] == "V" and role not in _NO_CLAUSE]
    extents = _extents(tree)
    bounds: dict[int, tuple[int, int]] = {}
    for verb in reversed(verbs):
        bounds[verb] = _bounds(tree, verb, extents, bounds)
    known: dict[int, Clause] = {}
    resumed = {later: verb for verb in verbs if (later := _resumed_by(tree, verb, verbs, extents)) is not None}
    for verb in verbs:
        role = tree.deps[verb]
        if verb in resumed:
            opening = known[resumed[verb]]
            clause = known[verb] = Clause(verb, opening.subject, True, True, role, opening.first, bounds[verb][1])
            yield clause
            continue
        subject = tree.first(verb, *SUBJECTS)
        finite = _is_finite(tree, verb)
        shared = known.get(tree.heads[verb]) if role == "conj" and subject is None else None
        if shared is not None:
            finite = finite or (shared.finite and tree.tags[verb] in ("VB", "VBN"))
        whose = shared.subject if shared is not None else subject
        finite = finite and verb not in resumed.values()
        clause = known[verb] = Clause(verb, whose, subject is not None, finite, role, *bounds[verb])
        yield clause


def _resumed_by(tree: Tree, verb: int, verbs: Sequence[int], extents: Sequence[tuple[int, int]]) -> int | None:
    """The verb with tense behind a participle that the parse took for one: "a builder invited to speak | will be free".

    It has no subject of its own, and no mark nor "and" stands before it.
    """
    if tree.tags[verb] != "VBN" or tree.has(verb, "aux", "auxpass") or not tree.has(verb, "nsubj"):
        return None
    for later in verbs:
        helpers = tree.kids(later, "aux", "auxpass")
        if (
            later <= verb
            or not helpers
            or tree.has(later, *SUBJECTS)
            or tree.heads[later] not in (verb, tree.heads[verb])
        ):
            continue
        before = helpers[0] - 1
        behind = max((extents[each][1] for each in tree.children[verb] if each < helpers[0]), default=verb)
        joined = tree.deps[before] in ("cc", "punct")
        if tree.tags[helpers[0]] in FINITE_TAGS and before == max(behind, verb) and not joined:
            return later
    return None


def clause_range(
    text: str, masked: Masked, quotations: Sequence[Quotation], parse: Parse, tokens: tuple[int, int]
) -> Range | None:
    """Where `tokens`, first and end, of a sentence's parse stand in `text`; None if nothing but marks is left.

    Whole quotations only, and no bracket without its twin: what follows an opening one that is not closed is left out.
    """
    first, end = tokens
    if first >= end:
        return None
    area = trim(text, masked.start(parse.starts[first]), masked.end(parse.ends[end - 1]), right=_OUTER_MARKS)
    if area is None:
        return None
    start, stop = area
    for quotation in quotations:
        outer = quotation.outer
        if outer.start < start < outer.end:
            start = outer.start
        if outer.start < stop < outer.end:
            stop = outer.end
    return _within_brackets(text, start, stop)


def _within_brackets(text: str, start: int, end: int) -> Range | None:
    if text.find("(", start, end) < 0 and text.find(")", start, end) < 0:
        return Range(start, end)
    opened = []
    for at in range(start, end):
        if text[at] == "(":
            opened.append(at)
        elif text[at] == ")":
            if not opened:
                return trim(text, start, at, right=_OUTER_MARKS)
            opened.pop()
    if not opened:
        return Range(start, end)
    if len(opened) == 1 and text.startswith(")", end):
        return Range(start, end + 1)
    return trim(text, start, opened[0], right=_OUTER_MARKS)


def _is_finite(tree: Tree, verb: int) -> bool:
    if tree.tags[verb] in FINITE_TAGS:
        return True
    helpers = tree.kids(verb, "aux", "auxpass")
    if not helpers:  # the tagger takes "filed" for a participle now and then; participles have no subject
        return tree.tags[verb] == "VBN" and tree.has(verb, "nsubj")
    return any(tree.tags[helper] in FINITE_TAGS for helper in helpers)


def _extents(tree: Tree) -> list[tuple[int, int]]:
    """First and last token of what hangs on each token, itself included."""
    size = len(tree.words)
    low, high = list(range(size)), list(range(size))
    order = [index for index in range(size) if tree.heads[index] == index]
    for index in order:
        order += tree.children[index]
    for index in reversed(order):
        head = tree.heads[index]
        low[head] = min(low[head], low[index])
        high[head] = max(high[head], high[index])
    return list(zip(low, high, strict=True))


def _bounds(
    tree: Tree, verb: int, extents: Sequence[tuple[int, int]], known: Mapping[int, tuple[int, int]]
) -> tuple[int, int]:
    """First token of a verb's clause, and the one after its last. `known`: the bounds of verbs that follow."""
    first, last = verb, verb
    limit = len(tree.words)
    for child in tree.children[verb]:
        low, high = extents[child]
        if child < verb:
            if not _stands_before(tree, child, high):
                first = min(first, low)
        elif low >= limit:
            break
        elif _is_next_clause(tree, child):
            limit = low
        elif tree.deps[child] not in ("parataxis", "punct"):
            last = max(last, known[child][1] - 1 if tree.deps[child] == "conj" and child in known else high)
    first = _skip_leading(tree, first, verb)
    end = min(last + 1, limit)
    while end > verb + 1 and _is_trailing(tree, end - 1):
        end -= 1
    return first, max(end, verb + 1)


def _stands_before(tree: Tree, child: int, high: int) -> bool:
    """Whether a child is an independent clause before a semicolon: "The mayor left; the council stayed"."""
    if tree.deps[child] not in ("ccomp", "parataxis") or high + 1 >= len(tree.words):
        return False
    return ";" in (tree.words[high], tree.words[high + 1])


def _is_next_clause(tree: Tree, child: int) -> bool:
    """Whether a child after the verb is a clause that goes on by itself."""
    if tree.deps[child] == "conj":
        # "40 were killed and hundreds more hurt", "… and two dozen were hurt": cannot be understood apart.
        subject = tree.first(child, *SUBJECTS)
        return subject is not None and tree.tags[subject] != "CD" and _is_finite(tree, child)
    if tree.deps[child] != "advcl":
        return False
    return any(tree.words[mark] in CONTRASTS for mark in tree.kids(child, "mark"))


def _skip_leading(tree: Tree, first: int, verb: int) -> int:
    while first < verb:
        own = tree.heads[first] == verb
        joins = tree.deps[first] in _LEADING or (tree.tags[first] == "WRB" and tree.deps[first] == "advmod")
        if not (own and joins) and tree.tags[first] not in (",", ":", "."):
            break
        first += 1
    return first


def _is_trailing(tree: Tree, index: int) -> bool:
    return tree.tags[index] in PUNCTUATION_TAGS or tree.deps[index] == "cc"
