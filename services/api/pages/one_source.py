"""That all who report a claim have it from one source, or whom each names for its words, in a sentence. Pure."""

from collections.abc import Sequence

from babel.lists import format_list

from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import ENGLISH, count, number
from services.api.pages.phrases import named_outlet
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event_claims import MergedClaim, SourceStep, Support, SupportForm
from services.language.openings import PRONOUNS
from services.language.source_names import (
    are_surely_different_bodies,
    are_surely_different_persons,
    is_of_other_reports,
    read_inner_source,
)

MOST_NAMED = 12
"""Sources of one claim that are held against each other."""


def one_source(claim: MergedClaim, *, are_all: bool = True) -> str | None:
    """That independent reports have it from one source.

    Or that they name different sources for the same words.

    Such as "5 outlets report it; all have it from one speaker, Ada Reyl, 2 of them by way of Ferry Times." None where
    there is nothing to add: reprints of one report say by themselves where they come from.

    Args:
        claim: With its reports.
        are_all: Whether it has no others.
    """
    source = claim.ultimate_source
    if claim.origins == 1:
        return None
    if source is None:
        return _different_sources(claim)
    noun = "source" if source.kind is SpeakerKind.ORGANISATION else "speaker"
    way = [words for step in source.chain if step.name != source.name and (words := _by_way(step, claim.supports))]
    by_way = f", {format_list(way, locale=ENGLISH)}" if way else ""
    return clipped(f"{_who(claim, are_all=are_all)} all have it from one {noun}, {shown(source.name)}{by_way}.")


def _different_sources(claim: MergedClaim) -> str | None:
    """Who names whom for words that all quote, where these are surely different persons or bodies."""
    named: dict[str, tuple[Speaker, dict[str, None]]] = {}
    for support in claim.supports:
        outlet, speaker = named_outlet(support.publisher), _quoted_speaker(support)
        if speaker is not None and outlet is not None:
            key = speaker.canonical.casefold().removeprefix("the ")
            named.setdefault(key, (speaker, {}))[1][outlet] = None
    given = list(named.values())[:MOST_NAMED]
    differing = [
        (speaker.canonical, tuple(outlets))
        for speaker, outlets in given
        if any(_are_different(speaker, other) and set(outlets) != set(others) for other, others in given)
    ]
    if len(differing) < 2:  # noqa: PLR2004 - two sources
        return None
    who = [f"{shown(name)} ({format_list(outlets, locale=ENGLISH)})" for name, outlets in differing]
    return clipped(f"Outlets name different sources for these words: {format_list(who, locale=ENGLISH)}.")


def _quoted_speaker(support: Support) -> Speaker | None:
    """Who said the words that a report quotes, as it calls them; None where it quotes none or only points."""
    speaker = support.speaker
    if speaker is None or support.form not in (SupportForm.FULL, SupportForm.CUT):
        return None
    if is_of_other_reports(speaker.canonical):
        inner = read_inner_source(support.text)
        return speaker.model_copy(update={"canonical": inner, "surface": inner}) if inner is not None else None
    return None if speaker.surface.casefold() in PRONOUNS else speaker


def _are_different(speaker: Speaker, other_speaker: Speaker) -> bool:
    persons = [one.kind is SpeakerKind.PERSON for one in (speaker, other_speaker)]
    if all(persons):
        return are_surely_different_persons(speaker.canonical, other_speaker.canonical)
    return not any(persons) and are_surely_different_bodies(speaker.canonical, other_speaker.canonical)


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
