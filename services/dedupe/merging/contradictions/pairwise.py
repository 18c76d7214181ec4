"""Finds in what two claims contradict: they say the opposite, name other days, or give one quotation to two speakers.

All claims of an event are about one thing, so similarity proves nothing: what one source affirms and another negates
must be said of the same subject, and a denial must deny those very words.
"""

import re
from dataclasses import dataclass
from typing import Self

from services.contracts.event_claims import ContradictionKind
from services.dedupe.merging.claims.claim_similarity import are_two_named_persons
from services.dedupe.merging.claims.quotation_matching import align_quotations
from services.dedupe.merging.claims.report import Report, has_same_source
from services.dedupe.merging.contradictions.direct_negation import (
    asserts_or_negates,
    has_any_negation,
    is_direct_negation,
)
from services.dedupe.merging.contradictions.other_days import name_different_days_for_one_thing
from services.language.source_names import is_spokesperson

SAME_QUOTATION, FEWEST_QUOTED = 0.9, 8
"""Share of the shorter quotation's words in the longer, and how many there must be, to be one quotation."""
_SHARE_OF_PEOPLE = re.compile(
    r"\d|%|\b(?:percent|per cent|majority|minority|plurality|most|half|thirds?|quarters?|fifths?|many|some|few(?:er)?"
    r"|voters|respondents|those polled)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ContradictionPrefilter:
    """What of one claim shows whether it can contradict another at all: most pairs need no closer look.

    Attributes:
        negative: Whether it denies or negates anything.
        asserts: Whether it says that something is so or is not so, and does not only deny what others say.
        parsed: Whether its predicates are known.
        dated: Whether it names days.
        quotes: Whether it is a quotation long enough to be known again, with who says it.
    """

    negative: bool
    asserts: bool
    parsed: bool
    dated: bool
    quotes: bool

    @classmethod
    def of(cls, report: Report) -> Self:
        """Read them off a claim."""
        return cls(
            negative=has_any_negation(report),
            asserts=asserts_or_negates(report),
            parsed=bool(report.claim.predicates),
            dated=bool(report.claim.dates),
            quotes=report.claim.cue is not None and len(report.quoted_words) >= FEWEST_QUOTED,
        )

    def may_clash(self, other_signs: "ContradictionPrefilter") -> bool:
        """Whether two claims with these signs may contradict each other."""
        return (
            self._may_be_opposite(other_signs)
            or (self.dated and other_signs.dated)
            or (self.quotes and other_signs.quotes)
        )

    def _may_be_opposite(self, other_signs: "ContradictionPrefilter") -> bool:
        """Whether one may assert what the other negates: what `is_direct_negation` asks first."""
        if self.parsed is not other_signs.parsed or not (self.asserts and other_signs.asserts):
            return False
        negated_on_one_side = self.negative is not other_signs.negative
        return negated_on_one_side or (self.parsed and self.negative)


def classify_contradiction(report: Report, other_report: Report, cosine: float) -> ContradictionKind | None:
    """Return in what two claims exclude each other; None: they do not, or it is not clear.

    Args:
        report: A claim.
        other_report: A claim of the same event, which may clash with it by the signs of both.
        cosine: Of the two.
    """
    if _is_quotation_of_two_speakers(report, other_report):
        return ContradictionKind.ATTRIBUTION
    if has_same_source(report, other_report):
        return None
    if _is_by_share_of_people(report) and _is_by_share_of_people(other_report):
        return None  # one part of the voters thinks so, another does not
    # Reading propositions costs most: what can be decided without them comes first.
    if is_direct_negation(report, other_report, cosine):
        return ContradictionKind.POLARITY
    if name_different_days_for_one_thing(report, other_report, cosine):
        return ContradictionKind.DATE
    return None


def _is_by_share_of_people(report: Report) -> bool:
    speaker = report.claim.speaker
    return speaker is not None and _SHARE_OF_PEOPLE.search(speaker.surface) is not None


def _is_quotation_of_two_speakers(report: Report, other_report: Report) -> bool:
    """One quotation, two persons whose names have nothing in common, and neither of whom it names."""
    # Who only stands below a quotation may have passed it on, and so may all whom one text names.
    if report.claim.cue is None or other_report.claim.cue is None:
        return False
    if min(len(report.quoted_words), len(other_report.quoted_words)) < FEWEST_QUOTED:
        return False
    if not are_two_named_persons(report, other_report):
        return False
    if _speaks_for_body(report) and _speaks_for_body(other_report):
        return False
    if _names_other_speaker(report, other_report) or _names_other_speaker(other_report, report):
        return False
    shorter, longer = sorted((report.quoted_stems, other_report.quoted_stems), key=lambda stems: (len(stems), stems))
    return align_quotations(shorter, longer).shared >= SAME_QUOTATION * len(shorter)


def _speaks_for_body(report: Report) -> bool:
    """Whether its speaker gives out what a body says: a statement of a company is sent by several."""
    speaker = report.claim.speaker
    return speaker is not None and is_spokesperson(speaker.role or "")


def _names_other_speaker(report: Report, other_report: Report) -> bool:
    """Whether one's article names the other's speaker anywhere."""
    speaker = other_report.claim.speaker
    return speaker is not None and speaker.canonical.split()[-1] in report.article.text
