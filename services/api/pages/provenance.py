"""How many stand behind an event: its outlets, their independent origins, the sources that all go back to. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.api.pages import phrases
from services.api.pages.characters import shown
from services.api.pages.claim_views import carrier
from services.api.pages.numbers import count
from services.api.pages.plots.corroboration import Strip, strip
from services.contracts.event import Event
from services.contracts.event_claims import MergedClaim

MOST_SOURCES = 8


@dataclass(frozen=True)
class SharedSource:
    """A source that every report of some claims goes back to."""

    name: str
    claims: int
    """Claims of several outlets that go back to it."""
    outlets: int
    """Outlets that report any of them."""


@dataclass(frozen=True)
class Provenance:
    """The line under the headline, and what it means."""

    sentence: str
    strip: Strip
    shared: str | None
    """How many claims several outlets report, and how many of these go back to one source; None: no such claim."""
    sources: tuple[SharedSource, ...]
    """Those of most claims first."""
    more_sources: int


def provenance(event: Event) -> Provenance:
    """Of the whole event, as far as it is known."""
    shared = [claim for claim in event.claims if len({carrier(support) for support in claim.supports}) > 1]
    sources = _sources(shared)
    sentence = phrases.counts_sentence(event.counts)
    if sources:
        sentence += f", {count(len(sources), 'source')} that several {_carriers(event)} rely on"
    return Provenance(
        sentence=sentence,
        strip=strip(event.counts.origins, ((article.origin_id, article.article_id) for article in event.articles)),
        shared=_shared_sentence(shared, _carriers(event)),
        sources=sources[:MOST_SOURCES],
        more_sources=max(0, len(sources) - MOST_SOURCES),
    )


def _sources(claims: Sequence[MergedClaim]) -> tuple[SharedSource, ...]:
    by_name: dict[str, list[MergedClaim]] = {}
    for claim in claims:
        name = shown(claim.ultimate_source.name) if claim.ultimate_source else ""
        if name:
            by_name.setdefault(name, []).append(claim)
    sources = (
        SharedSource(name, len(own), len({carrier(support) for claim in own for support in claim.supports}))
        for name, own in by_name.items()
    )
    return tuple(sorted(sources, key=lambda source: (-source.claims, -source.outlets, source.name)))


def _carriers(event: Event) -> str:
    return "outlets" if event.counts.publishers else "articles"


def _shared_sentence(shared: Sequence[MergedClaim], carriers: str) -> str | None:
    if not shared:
        return None
    of_one_source = sum(claim.ultimate_source is not None for claim in shared)
    back = "goes back to one source" if of_one_source == 1 else "go back to one source each"
    return f"Several {carriers} report {count(len(shared), 'claim')}; {of_one_source} of them {back}."
