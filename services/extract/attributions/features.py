"""What speaks for and against a candidate being an attribution: named numbers for a logistic model.

Counts of lemma and frame come first (`scoring.Rates`); the rest is what stands around the cue. Names are those of
`data/attribution_weights.json`; a feature without a weight there counts nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from services.extract.attributions.scoring import Rates
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import FINITE_TAGS, Tree

Feature = tuple[str, float]
WELL_KNOWN = 5
"""Counts from which on a lemma's rate in a frame is worth about as much as all else."""
_LENGTHS = (("up to 1", -1), ("up to 2", -2), ("up to 4", -4), ("from 8", 8), ("from 16", 16), ("from 30", 30))
"""Content by its number of words: at most (negative) or at least so many."""
_PRONOUNS = frozenset(("PRP", "WP", "WDT", "DT", "PRP$"))
_FIRST_WORDS = frozenset((
    "that", "to", "if", "whether", "how", "what", "why", "for", "it", "him", "her", "them", "himself", "a", "the",
    "his", "their", "its", "no", "any", "not", "this", "those", "an", "more", "us", "me", "who", "where", "when",
    "about", "i", "you", "we",
))  # fmt: skip


class Nesting(NamedTuple):
    """Rates of the other candidates of a sentence, by how they lie to one."""

    inside: float = 0.0
    """Highest rate of those in its content."""
    same_end: float = 0.0
    """The same of those whose content ends where its own does."""
    complement: float = 0.0
    """The same of those of them that hang on it: the "support" of "voiced support for"."""
    around: float = 0.0
    """Highest rate of those in whose content it stands."""
    governor: float = 0.0
    """Rate of the one it hangs on."""


@dataclass(frozen=True)
class Neighbours:
    """The candidates of one sentence, and how they lie to each other."""

    tree: Tree
    candidates: Sequence[Candidate]
    rates: Rates

    @cached_property
    def _others(self) -> list[tuple[Candidate, float, frozenset[int]]]:
        """With their rates and the tokens of their contents."""
        counted = self.rates.counted
        return [
            (each, counted(each.part, each.lemma, each.frame).rate, frozenset(each.content)) for each in self.candidates
        ]

    def nesting_of(self, one: Candidate) -> Nesting:
        """How the others lie to one of the candidates."""
        heads, held = self.tree.heads, frozenset(one.content)
        inside = same_end = complement = around = governor = 0.0
        for other, rate, tokens in self._others:
            if other.head == heads[one.head]:
                governor = rate
            if other is one:
                continue
            if other.head in held and one.head not in tokens:
                inside = max(inside, rate)
                if other.content[-1] == one.content[-1]:
                    same_end = max(same_end, rate)
                    if heads[other.head] == one.head:
                        complement = max(complement, rate)
            elif one.head in tokens and other.head not in held:
                around = max(around, rate)
        return Nesting(inside, same_end, complement, around, governor)


def family(candidate: Candidate) -> str:
    """The frame without its preposition and voice."""
    return _family(candidate.frame)


@lru_cache(maxsize=4096)
def _family(frame: str) -> str:
    return frame.removeprefix("pass+").split(":")[0]


def top_of(tree: Tree, candidate: Candidate) -> int:
    """The token of the content that all of it hangs on."""
    return top_of_tokens(tree, candidate.content)


def top_of_tokens(tree: Tree, content: Sequence[int]) -> int:
    """The token that all of some tokens hang on."""
    heads, inside = tree.heads, set(content)
    return next((index for index in content if heads[index] == index or heads[index] not in inside), content[0])


def features(
    tree: Tree, candidate: Candidate, source: int | None, rates: Rates, nesting: Nesting, *, quoted: bool, full: bool
) -> list[Feature]:
    """Features of one candidate.

    Args:
        tree: The sentence it stands in.
        candidate: With content.
        source: The noun that the content belongs to.
        rates: Counts of lemmas and frames.
        nesting: How the sentence's other candidates lie to it.
        quoted: Whether a quote mark stands in its content.
        full: Whether a full quotation is (a piece of) its content.
    """
    return [
        *_counted(candidate, rates),
        *_around(tree, candidate),
        *_source(tree, candidate, source),
        *_content(tree, candidate),
        ("quote mark", float(quoted)),
        ("full quotation", float(full)),
        ("candidate inside", nesting.inside),
        ("candidate with the same end", nesting.same_end),
        ("candidate as complement", nesting.complement),
        ("candidate around", nesting.around),
        ("candidate as governor", nesting.governor),
    ]


def _counted(candidate: Candidate, rates: Rates) -> Iterator[Feature]:
    part, lemma, frame = candidate.part, candidate.lemma, candidate.frame
    counted = rates.counted(part, lemma, frame)
    odds, seen = counted.odds, counted.seen
    yield "odds of lemma in frame", odds
    yield "odds of lemma in frame, well known", odds * seen / (seen + WELL_KNOWN)
    yield "odds of lemma and frame", counted.prior_odds
    yield "odds of lemma", counted.lemma_odds
    yield "odds of frame", counted.frame_odds
    yield "new lemma", float(not counted.known_lemma)
    yield "part " + part, 1.0
    yield f"frame {part} {frame}", 1.0


def _around(tree: Tree, candidate: Candidate) -> Iterator[Feature]:
    head = candidate.head
    dep, governor = tree.deps[head], tree.heads[head]
    yield "dep " + dep, 1.0
    yield f"dep {dep} {family(candidate)}", 1.0
    for child in tree.children[head]:
        relation = tree.deps[child]
        if relation == "aux":
            yield "aux " + (tree.tags[child] if tree.tags[child] in ("MD", "TO") else tree.lemmas[child]), 1.0
        elif relation == "neg":
            yield "negated", 1.0
        elif relation in ("mark", "advmod") and child < head:
            yield "before " + tree.words[child], 1.0
    if governor != head and any(tree.tags[each] == "MD" for each in tree.kids(governor, "aux")):
        yield "under modal", 1.0


def _source(tree: Tree, candidate: Candidate, source: int | None) -> Iterator[Feature]:
    if source is None:
        yield "no source", 1.0
        return
    tag = tree.tags[source]
    yield "source " + (tree.words[source] if tag in _PRONOUNS else tag), 1.0
    yield "source is own subject", float(tree.heads[source] == candidate.head)
    yield "distance of source", min(abs(candidate.head - source), 12) / 4


def _content(tree: Tree, candidate: Candidate) -> Iterator[Feature]:
    content, frame = candidate.content, family(candidate)
    size = len(content)
    for name, bound in _LENGTHS:
        if (size <= -bound) if bound < 0 else (size >= bound):
            yield "length " + name, 1.0
    first = tree.words[content[0]]
    if first in _FIRST_WORDS:
        yield "starts with " + first, 1.0
    tag = tree.tags[top_of(tree, candidate)]
    yield "top " + tag, 1.0
    yield f"top {tag[:2]} {frame}", 1.0
    tags = {tree.tags[index] for index in content}
    yield "finite verb", float(not tags.isdisjoint(FINITE_TAGS))
    yield "modal", float("MD" in tags)
    yield "distance of content", min(abs(content[0] - candidate.head), 10) / 5
