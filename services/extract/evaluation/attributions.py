"""How many annotated attributions are found, with their sources: scores over labelled articles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.contracts.claim import Claim, ClaimKind
from services.language.ranges import Range

MIN_OVERLAP = 0.5
"""From this share of overlap over union on, a claim is the annotated one."""
_DOUBLE_MARKS = frozenset('"“”„«»')


@dataclass(frozen=True)
class Labelled:
    """One attribution as annotated: pieces of content and source in text order."""

    content: tuple[Range, ...]
    source: tuple[Range, ...]
    quoted: bool
    """Whether a quote mark stands in the content."""

    @property
    def outer(self) -> Range:
        """From the first piece's start to the last one's end."""
        return Range(self.content[0].start, self.content[-1].end)


@dataclass
class Tally:
    """Counts for one kind of claim or attribution."""

    found: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        """Right ones among all; 0 of none."""
        return self.right / self.found if self.found else 0.0

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.right:,} of {self.found:,})"


@dataclass
class ClaimScores:
    """Counts over all articles scored so far."""

    articles: int = 0
    claims: Tally = field(default_factory=Tally)
    """Quotations and claims with a cue or a speaker, and how many match an annotated attribution (precision)."""
    labelled: Tally = field(default_factory=Tally)
    """Annotated attributions with content, and how many are matched (recall)."""
    quoted: Tally = field(default_factory=Tally)
    """Those with a quote mark in the content."""
    sources: Tally = field(default_factory=Tally)
    """Matches whose attribution has a source, and how many claims name it."""
    kinds: dict[ClaimKind, Tally] = field(default_factory=dict)
    """Precision by kind of claim."""
    kind_sources: dict[ClaimKind, Tally] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        precision, recall = self.claims.share, self.labelled.share
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def as_dict(self) -> dict[str, Any]:
        """The figures under plain names."""
        return {
            "articles": self.articles,
            "f1": self.f1,
            "precision": self.claims.share,
            "recall": self.labelled.share,
            "quoted_recall": self.quoted.share,
            "source_accuracy": self.sources.share,
            "kinds": {
                kind.value: {"precision": tally.share, "source_accuracy": self.kind_sources[kind].share}
                for kind, tally in sorted(self.kinds.items())
            },
        }

    def add(self, claims: Iterable[Claim], labels: Sequence[Labelled]) -> None:
        """Count one article."""
        attributed = [claim for claim in claims if _is_attributed(claim)]
        matches = match([Range(claim.span.start, claim.span.end) for claim in attributed], labels)
        self.articles += 1
        self.claims.found += len(attributed)
        self.claims.right += len(matches)
        self.labelled.found += len(labels)
        self.labelled.right += len(matches)
        self.quoted.found += sum(label.quoted for label in labels)
        self.quoted.right += sum(labels[number].quoted for number in matches.values())
        for index, claim in enumerate(attributed):
            kind = self.kinds.setdefault(claim.kind, Tally())
            kind_sources = self.kind_sources.setdefault(claim.kind, Tally())
            kind.found += 1
            if index not in matches:
                continue
            kind.right += 1
            label = labels[matches[index]]
            if label.source:
                for tally in (self.sources, kind_sources):
                    tally.found += 1
                    tally.right += _names_source(claim, label)


def _is_attributed(claim: Claim) -> bool:
    return claim.kind is ClaimKind.QUOTATION or claim.cue is not None or claim.speaker is not None


def match(claims: Sequence[Range], labels: Sequence[Labelled]) -> dict[int, int]:
    """Pair claims with attributions one to one, the best overlaps first.

    An attribution in several pieces counts as its outer range or any one piece, whichever the claim fits best.

    Returns:
        Index of the attribution by index of the claim.
    """
    pairs = [
        (-shared, number, index)
        for number, label in enumerate(labels)
        for index, claim in enumerate(claims)
        if (shared := overlap(claim, label)) >= MIN_OVERLAP
    ]
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, index in sorted(pairs):
        if index not in matches and number not in taken:
            matches[index] = number
            taken.add(number)
    return matches


def read_labels(annotations: Sequence[Mapping[str, Any]], text: str) -> list[Labelled]:
    """Attributions of a labelled row, `[{content: [{spans: [[start, end]]}], source: …}]`; without content: none.

    Raises:
        KeyError, TypeError, ValueError: The annotations do not have this form.
    """
    labels = []
    for annotation in annotations:
        content = _pieces(annotation.get("content") or ())
        if content:
            quoted = any(_DOUBLE_MARKS & set(piece.of(text)) for piece in content)
            labels.append(Labelled(content, _pieces(annotation.get("source") or ()), quoted))
    return labels


def _pieces(parts: Sequence[Mapping[str, Any]]) -> tuple[Range, ...]:
    spans = [(int(start), int(end)) for part in parts for start, end in part["spans"]]
    return tuple(Range(*span) for span in sorted(spans) if span[0] < span[1])


def overlap(claim: Range, label: Labelled) -> float:
    """Overlap over union in characters; of content in several pieces: with its outer range or any piece."""
    return max(overlap_over_union(claim, area) for area in (label.outer, *label.content))


def overlap_over_union(one: Range, other: Range) -> float:
    """Characters that two ranges share, among those of both; 0 where they do not meet."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return 0.0
    return shared / (one.end - one.start + other.end - other.start - shared)


def _names_source(claim: Claim, label: Labelled) -> bool:
    if claim.speaker is None:
        return False
    words = Range(claim.speaker.span.start, claim.speaker.span.end)
    return any(words.meets(piece) for piece in label.source)
