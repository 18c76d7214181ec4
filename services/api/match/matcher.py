"""Finds the event that a text is about: nearest articles, their events compared, one decision."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from services.api.draft_services import DraftServices
from services.api.match.decision import Decision
from services.api.match.profile import Profile, profile_of
from services.api.match.profile_store import ProfileStore
from services.api.match.shortlist import COMPARED_EVENTS, NEIGHBOURS, Candidate, shortlist
from services.api.match.signals import Compared, compare
from services.api.match.terms import TermCounts
from services.api.match.vector_store import VectorStore
from services.api.match.vectors import RoundedVector
from services.contracts.base import UtcDatetime
from services.contracts.drafts import TextToEmbed

OPENING_CHARS = 6_000
"""Of a text that are sent to be embedded: the vector is of title and opening."""


@dataclass(frozen=True)
class DraftText:
    """A text whose event is sought."""

    title: str | None
    text: str
    published_at: UtcDatetime | None = None
    url: str | None = None


@dataclass(frozen=True)
class TextVector:
    """Where the lead of a text points to, by a model."""

    model: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Scored:
    """An event, and how probable it is that the text is about it."""

    compared: Compared
    probability: float


class Matcher:
    """Reads the view. Every method raises TransientError when Redis does not answer."""

    def __init__(self, vectors: VectorStore, profiles: ProfileStore, decision: Decision, terms: TermCounts) -> None:
        self._vectors = vectors
        self._profiles = profiles
        self.decision = decision
        self._terms = terms

    async def rank(self, text: DraftText, vector: TextVector, without: Collection[str] = ()) -> list[Scored]:
        """Events that the text may be about, the most probable first.

        Args:
            text: The text.
            vector: Of its lead.
            without: Ids of articles that do not count.
        """
        profile = await asyncio.to_thread(profile_of, text.title, text.text, text.published_at, text.url)
        near = await self._vectors.near(vector.model, vector.values, NEIGHBOURS + len(without))
        candidates = shortlist(near, profile.day, without)
        profiles = await self._profiles.profiles(_article_ids(candidates))
        rounded = await self._rounded(vector, candidates[:COMPARED_EVENTS])
        return await asyncio.to_thread(self._decide, profile, candidates, profiles, rounded)

    async def _rounded(self, vector: TextVector, candidates: Sequence[Candidate]) -> dict[str, RoundedVector]:
        """Vectors of the articles of events that have more than one here: how near are they to each other?"""
        places = [
            (each.event_id, each.article_id) for one in candidates if len(one.articles) > 1 for each in one.articles
        ]
        found = await self._vectors.rounded(vector.model, len(vector.values), places)
        return {
            article_id: rounded for (_, article_id), rounded in zip(places, found, strict=True) if rounded is not None
        }

    def _decide(
        self,
        text: Profile,
        candidates: Sequence[Candidate],
        profiles: dict[str, Profile],
        rounded: dict[str, RoundedVector],
    ) -> list[Scored]:
        compared = compare(text, candidates, profiles, rounded, self._terms)
        scored = [Scored(each, 1.0 if each.same_url else self.decision.probability(each.signals)) for each in compared]
        return sorted(scored, key=lambda each: (-each.probability, each.compared.event_id))


async def embed_leads(services: DraftServices, texts: Sequence[DraftText]) -> list[TextVector]:
    """The vectors of some texts, in order. Raises DraftServiceError."""
    embedded = await services.embed([TextToEmbed(title=each.title, text=each.text[:OPENING_CHARS]) for each in texts])
    return [TextVector(embedded.model, values) for values in embedded.vectors]


def _article_ids(candidates: Sequence[Candidate]) -> list[str]:
    return sorted({each.article_id for candidate in candidates for each in candidate.articles})
