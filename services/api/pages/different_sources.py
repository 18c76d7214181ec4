"""That outlets name different sources for the same words, in a sentence. Pure."""

from babel.lists import format_list

from services.api.pages.characters import clipped, shown
from services.api.pages.numbers import ENGLISH
from services.api.pages.phrases import named_outlet
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event_claims import MergedClaim, Support, SupportForm
from services.language.openings import PRONOUNS
from services.language.source_names import (
    are_surely_different_bodies,
    are_surely_different_persons,
    is_of_other_reports,
    read_inner_source,
)

MOST_NAMED = 12
"""Sources of one claim that are compared."""


def different_sources(claim: MergedClaim) -> str | None:
    """Who names whom for words that all quote, where these are surely different persons or bodies; None elsewhere."""
    if claim.ultimate_source is not None or claim.origins == 1:
        return None
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
    persons = [name.kind is SpeakerKind.PERSON for name in (speaker, other_speaker)]
    if all(persons):
        return are_surely_different_persons(speaker.canonical, other_speaker.canonical)
    return not any(persons) and are_surely_different_bodies(speaker.canonical, other_speaker.canonical)
