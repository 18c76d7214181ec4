"""How many claims careful readers accept: scores against verdicts on claims of the same articles.

A reader judged each claim of an article `good` or gave the worst of its faults, and named important assertions that no
claim covers. Claims found now are compared with those verdicts; a claim that nobody judged counts for neither side.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.contracts.claim import ClaimKind, Commitment
from services.extract.evaluation.attributions import overlap_over_union
from services.language.ranges import Range

SAME_CLAIM = 0.9
"""From this overlap over union on, with one speaker and one commitment, a claim has the verdict of the judged one."""
STILL_THERE = 0.5
"""From this overlap over union on, a judged good claim is kept, and a missed assertion found.

A good claim is kept as well where a claim of the same speaker holds all of it: its subject and verb were added.
"""
GOOD = "good"
_WORD = re.compile(r"\w+")
_SAY_NOTHING = frozenset(("the", "a", "an", "of", "and", "mr", "mrs", "ms", "dr"))


@dataclass(frozen=True)
class FoundClaim:
    """A claim as found now, at its place in the text as given."""

    range: Range
    kind: ClaimKind
    speaker: str | None
    """The fullest form of the name."""
    surface: str | None
    """The speaker as written."""
    commitment: Commitment


@dataclass(frozen=True)
class JudgedClaim:
    """A claim that a reader judged."""

    range: Range
    speaker: str | None
    commitment: Commitment
    verdict: str
    """`good`, or its worst fault: `fragment`, `wrong_span`, `wrong_speaker`, …"""


@dataclass
class JudgedArticle:
    """What readers said of one article's claims."""

    claims: list[JudgedClaim] = field(default_factory=list)
    missed: list[Range] = field(default_factory=list)
    """Important assertions that no judged claim covers."""

    def verdict_on(self, claim: FoundClaim) -> str | None:
        """The verdict on the judged claim that this one is; None where nobody judged it."""
        same = [judged for judged in self.claims if _is_same(judged, claim)]
        if not same:
            return None
        return max(same, key=lambda judged: overlap_over_union(judged.range, claim.range)).verdict


def _is_same(judged: JudgedClaim, claim: FoundClaim) -> bool:
    return (
        judged.commitment is claim.commitment
        and overlap_over_union(judged.range, claim.range) >= SAME_CLAIM
        and names_speaker(claim, judged.speaker)
    )


def names_speaker(claim: FoundClaim, speaker: str | None) -> bool:
    """Whether `speaker` is the claim's: both None, or one name holds all words of the other."""
    if speaker is None or claim.speaker is None:
        return speaker is claim.speaker
    if speaker in (claim.speaker, claim.surface):
        return True
    wanted, given = _words(speaker), _words(claim.speaker)
    return bool(wanted and given) and (wanted <= given or given <= wanted)


def _words(name: str) -> set[str]:
    return set(_WORD.findall(name.lower())) - _SAY_NOTHING


@dataclass
class VerdictScores:
    """Counts over all articles scored so far."""

    articles: int = 0
    claims: int = 0
    """Found now."""
    unjudged: Counter[ClaimKind] = field(default_factory=Counter)
    """Found now without a verdict, by kind."""
    verdicts: dict[ClaimKind, Counter[str]] = field(default_factory=dict)
    """Verdicts on those found now, by kind."""
    good: int = 0
    """Judged good."""
    kept: int = 0
    """Judged good, and still there."""
    missed: int = 0
    """Named by readers as missed."""
    found: int = 0
    """Named as missed, and found now."""

    @property
    def accepted(self) -> float:
        """Good ones among the claims with a verdict; 0 of none."""
        judged = sum(counts.total() for counts in self.verdicts.values())
        return sum(counts[GOOD] for counts in self.verdicts.values()) / judged if judged else 0.0

    def add(self, claims: Sequence[FoundClaim], judged: JudgedArticle) -> None:
        """Count one article: its claims of now against what readers said of it."""
        self.articles += 1
        self.claims += len(claims)
        for claim in claims:
            verdict = judged.verdict_on(claim)
            if verdict is None:
                self.unjudged[claim.kind] += 1
            else:
                self.verdicts.setdefault(claim.kind, Counter())[verdict] += 1
        good = [claim for claim in judged.claims if claim.verdict == GOOD]
        self.good += len(good)
        self.kept += sum(any(_is_kept(each, claim) for claim in claims) for each in good)
        self.missed += len(judged.missed)
        self.found += sum(
            any(overlap_over_union(area, claim.range) >= STILL_THERE for claim in claims) for area in judged.missed
        )

    def as_dict(self) -> dict[str, Any]:
        """The figures under plain names."""
        return {
            "articles": self.articles,
            "claims": self.claims,
            "accepted": self.accepted,
            "kept": self.kept / self.good if self.good else 0.0,
            "found": self.found / self.missed if self.missed else 0.0,
            "good": self.good,
            "missed": self.missed,
            "unjudged": self.unjudged.total(),
            "kinds": {
                kind.value: {"unjudged": self.unjudged[kind], **self.verdicts.get(kind, Counter())}
                for kind in sorted({*self.verdicts, *self.unjudged})
            },
        }


def _is_kept(judged: JudgedClaim, claim: FoundClaim) -> bool:
    there = claim.range.holds(judged.range) or overlap_over_union(judged.range, claim.range) >= STILL_THERE
    return there and names_speaker(claim, judged.speaker)


def read_judged(rows: Iterable[Mapping[str, Any]]) -> dict[str, JudgedArticle]:
    """What readers said, by id of the article.

    Args:
        rows: {"articles": [id], "claims": [{"article", "start", "end", "speaker", "commitment", "verdict"}],
            "missed": [{"article", "start", "end"}]}. Rows of one event add to each other.

    Raises:
        KeyError, TypeError, ValueError: A row does not have this form.
    """
    judged: dict[str, JudgedArticle] = {}
    for row in rows:
        for article in row["articles"]:
            judged.setdefault(str(article), JudgedArticle())
        for claim in row["claims"]:
            judged[str(claim["article"])].claims.append(
                JudgedClaim(_range(claim), claim["speaker"], Commitment(claim["commitment"]), str(claim["verdict"]))
            )
        for missed in row.get("missed", ()):
            judged[str(missed["article"])].missed.append(_range(missed))
    return judged


def _range(place: Mapping[str, Any]) -> Range:
    return Range(int(place["start"]), int(place["end"]))
