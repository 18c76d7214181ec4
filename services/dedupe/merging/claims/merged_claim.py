"""A merged claim as published: its canonical wording, and every article that supports it, and how."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, repeat
from operator import attrgetter, is_not

from services.contracts.base import share_field_sets, share_own_field_set
from services.contracts.claim import Commitment, Speaker
from services.contracts.event_claims import MergedClaim, Support, SupportForm, UltimateSource
from services.dedupe.kept_order import KeptOrder
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.quoted_supports import find_support_form, join_pieces
from services.dedupe.merging.claims.report import Report, find_speaker_label, is_full_quotation
from services.dedupe.merging.claims.ultimate_source import find_ultimate_source
from services.dedupe.merging.shared_parts import SharedParts
from services.dedupe.same_objects import are_same_objects, begins_with_same_objects, list_different_objects
from services.language.pointers import says_something

_TEXT, _PUBLISHED_AT = attrgetter("text"), attrgetter("published_at")
_OFTEN_EQUAL = ("span", "text", "speaker", "cue", "attribution", "words")
"""What supports in the same words mostly have in common, reprints nearly always."""


@dataclass(frozen=True, slots=True)
class _PublishedClaim:
    """A merged claim, what it is published from, and the supports of its reports, one by one."""

    group: ClaimGroup
    supports: Sequence[Support]
    claim: MergedClaim

    def supports_by_report(self) -> dict[int, Support]:
        """The support of each report, by the identity of that."""
        return dict(zip(map(id, self.group.reports), self.supports, strict=True))


class MergedClaims:
    """The published claims of one event; the same objects for groups and reports that are as they were.

    Attributes:
        pointers: Ids of denials that only point ("denied the report").
    """

    def __init__(self) -> None:
        """Set up, empty."""
        self.pointers: set[str] = set()
        self._published: dict[ClaimGroup, _PublishedClaim] = {}
        self._in_order = KeptOrder[MergedClaim]()
        self._shared_parts = SharedParts()
        """One support of each text: the others share what is equal to its own."""

    def update_claims(self, changes: GroupChanges) -> tuple[MergedClaim, ...]:
        """Publish the groups that are new, and return all published claims in publication order."""
        before: dict[str, _PublishedClaim] = {}
        for group in changes.gone:
            published = before[group.claim_id] = self._published.pop(group)
            self._in_order.remove(group.order, published.claim)
            self.pointers.discard(group.claim_id)
        for group in changes.new:
            published = self._published[group] = self._publish_group(group, before.pop(group.claim_id, None))
            claim = published.claim
            self._in_order.add(group.order, claim)
            if not says_something(claim.text, is_denial=claim.commitment is Commitment.DENIES):
                self.pointers.add(claim.claim_id)
        for published in before.values():
            self._release_supports(published.supports)
        return tuple(self._in_order.values)

    def _publish_group(self, group: ClaimGroup, previous: _PublishedClaim | None) -> _PublishedClaim:
        if previous is not None and previous.group.canonical is not group.canonical:
            self._release_supports(previous.supports)
            previous = None
        before = () if previous is None else previous.group.reports
        gone, new = list_different_objects(before, group.reports)
        supports = self._update_supports(group, previous)
        joined = join_pieces(group, supports)
        if previous is not None and not gone:
            claim = _extend_merged_claim(previous.claim, new, group, joined)
        else:
            claim = _build_merged_claim(group, joined)
        share_field_sets(claim.ultimate_source)
        share_own_field_set(claim)
        # Of most nothing is joined: they are kept once.
        return _PublishedClaim(group, claim.supports if are_same_objects(claim.supports, supports) else supports, claim)

    def _update_supports(self, group: ClaimGroup, previous: _PublishedClaim | None) -> list[Support]:
        """The supports of a group. `previous`: what it was, with the same canonical report."""
        if previous is not None and begins_with_same_objects(group.reports, previous.group.reports):
            new = group.reports[len(previous.supports) :]
            return [*previous.supports, *(self._build_support(report, group.canonical) for report in new)]
        known = {} if previous is None else previous.supports_by_report()
        supports = [
            known.pop(id(report)) if id(report) in known else self._build_support(report, group.canonical)
            for report in group.reports
        ]
        self._release_supports(known.values())
        return supports

    def _release_supports(self, supports: Iterable[Support]) -> None:
        """Take back that some supports are published."""
        for support in supports:
            self._shared_parts.release(support.text)

    def _build_support(self, report: Report, canonical_report: Report) -> Support:
        """The published form of a report."""
        claim = report.claim
        form, words = find_support_form(report, canonical_report) if is_full_quotation(canonical_report) else (None, ())
        support = Support(
            article_id=report.article.article_id,
            publisher=report.article.publisher,
            origin_id=report.origin_id,
            claim_id=claim.claim_id,
            span=claim.span,
            text=claim.text,
            speaker=claim.speaker,
            cue=claim.cue,
            attribution=claim.attribution,
            commitment=claim.commitment,
            form=form,
            words=words,
            published_at=report.article.published_at,
        )
        like = self._shared_parts.share(claim.text, support)
        if like is not support:
            equal = {
                name: getattr(like, name) for name in _OFTEN_EQUAL if getattr(like, name) == getattr(support, name)
            }
            support = support.model_copy(update=equal)
        share_field_sets(support)
        return support


def _extend_merged_claim(
    claim: MergedClaim, new_reports: Sequence[Report], group: ClaimGroup, supports: Sequence[Support]
) -> MergedClaim:
    """The published form of a group that has some reports more, and the same canonical one."""
    texts = [report.claim.text for report in new_reports]
    dates = [claim.first_reported_at, *(report.article.published_at for report in new_reports)]
    return claim.model_copy(
        update={
            "variants": _sort_variants({*claim.variants, *texts} - {claim.text}),
            "supports": tuple(supports),
            "origins": group.origin_count,
            "ultimate_source": _find_source_of_group(group, supports),
            "first_reported_at": min(filter(None, dates), default=None),
        }
    )


def _build_merged_claim(group: ClaimGroup, supports: Sequence[Support]) -> MergedClaim:
    """The published form of a group of reports."""
    claim = group.canonical.claim
    dates = filter(None, map(_PUBLISHED_AT, supports))
    return MergedClaim(
        claim_id=group.claim_id,
        kind=claim.kind,
        form=claim.form,
        text=claim.text,
        speaker=_build_speaker(group.canonical),
        cue=claim.cue,
        commitment=claim.commitment,
        negated=claim.negated,
        variants=_sort_variants(set(map(_TEXT, supports)) - {claim.text}),
        quantities=claim.quantities,
        dates=claim.dates,
        supports=tuple(supports),
        origins=group.origin_count,
        ultimate_source=_find_source_of_group(group, supports),
        first_reported_at=min(dates, default=None),
    )


def _sort_variants(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (-len(text), text)))


def _find_source_of_group(group: ClaimGroup, supports: Sequence[Support]) -> UltimateSource | None:
    quoting: set[str] = set()
    if is_full_quotation(group.canonical):  # else no support has a form
        quoting = {one.article_id for one in supports if one.form in (SupportForm.FULL, SupportForm.CUT)}
    others = compress(group.reports, map(is_not, group.reports, repeat(group.canonical)))
    return find_ultimate_source((group.canonical, *others), quoting)


def _build_speaker(report: Report) -> Speaker | None:
    """The speaker of the canonical report, under the label that the event has for it."""
    speaker, label = report.claim.speaker, find_speaker_label(report)
    if speaker is None or label is None or label == speaker.canonical:
        return speaker
    return speaker.model_copy(update={"canonical": label})
