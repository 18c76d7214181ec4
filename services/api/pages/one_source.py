"""That all who report a claim have it from one source, in a sentence. Pure."""

from collections.abc import Sequence

from babel.lists import format_list

from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import ENGLISH, count, number
from services.api.pages.phrases import named_outlet
from services.contracts.claim import SpeakerKind
from services.contracts.event_claims import MergedClaim, SourceStep, Support


def one_source(claim: MergedClaim, *, are_all: bool = True) -> str | None:
    """That independent reports have it from one source.

    Such as "5 outlets report it; all have it from one speaker, Ada Reyl, 2 of them by way of Ferry Times." None where
    there is nothing to add: reprints of one report say by themselves where they come from.

    Args:
        claim: With its reports.
        are_all: Whether it has no others.
    """
    source = claim.ultimate_source
    if source is None or claim.origins == 1:
        return None
    noun = "source" if source.kind is SpeakerKind.ORGANISATION else "speaker"
    way = [words for step in source.chain if step.name != source.name and (words := _by_way(step, claim.supports))]
    by_way = f", {format_list(way, locale=ENGLISH)}" if way else ""
    return clipped(f"{_who(claim, are_all=are_all)} all have it from one {noun}, {shown(source.name)}{by_way}.")


def speaker_of_most(claim: MergedClaim, *, are_all: bool = True) -> str | None:
    """That some of the independent reports have it from one person, and others, say, from a spokesman.

    Such as "2 of 3 outlets have it from one speaker, Ada Reyl." None where all have one source (`one_source`).
    """
    speaker = claim.speaker
    if claim.ultimate_source is not None or not are_all or speaker is None or speaker.kind is not SpeakerKind.PERSON:
        return None
    same = [one for one in claim.supports if one.speaker is not None and one.speaker.canonical == speaker.canonical]
    outlets, every = _carriers(same), _carriers(claim.supports)
    if len({one.origin_id for one in same}) < 2 or outlets == every:  # noqa: PLR2004 - two have it from one
        return None
    noun = "outlets" if any(one.publisher.key for one in claim.supports) else "articles"
    said = f"{number(len(outlets))} of {number(len(every))} {noun} have it from one speaker"
    return clipped(f"{said}, {shown(speaker.canonical)}.")


def _who(claim: MergedClaim, *, are_all: bool) -> str:
    """Who reports it; not counted where only some reports are at hand."""
    if not are_all or len({support.origin_id for support in claim.supports}) < claim.origins:
        return "Those who report it"
    noun = "outlet" if any(support.publisher.key for support in claim.supports) else "article"
    return f"{count(len(_carriers(claim.supports)), noun)} report it;"


def _by_way(step: SourceStep, supports: Sequence[Support]) -> str:
    """How many name what stands between; what it publishes itself has come by no way."""
    name = shown(step.name)
    if name == name.lower():  # "by way of statement", "by way of network": nobody that a reader can look up
        return ""
    naming = [
        support
        for support in supports
        if support.article_id in step.article_ids
        and (named_outlet(support.publisher) or "").casefold() != name.casefold()
    ]
    return f"{number(len(_carriers(naming)))} of them by way of {name}" if name and naming else ""


def _carriers(supports: Sequence[Support]) -> frozenset[str]:
    return frozenset(support.publisher.key or support.article_id for support in supports)
