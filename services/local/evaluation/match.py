"""How well texts find their events: labelled articles in a view, each of them matched as if it were not there."""

import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from redis.asyncio import Redis

from services.api.match.matcher import DraftText, Matcher, Scored, TextVector
from services.api.match.profile import profile_of
from services.api.match.profile_store import put_profile
from services.api.match.vector_store import write_vectors
from services.api.match.vectors import ArticleVector, day_of
from services.contracts.article import Article
from services.local.evaluation.pairs import Share

PORTION_ARTICLES = 200


@dataclass(frozen=True)
class LabelledArticle:
    """An article, its event as labelled, and the vector of its lead."""

    article: Article
    event: str
    vector: TextVector

    @property
    def text(self) -> DraftText:
        """As it would be sent to be matched: without its address, which would give it away."""
        return DraftText(self.article.title, self.article.text, self.article.published_at)


@dataclass(frozen=True)
class Attempt:
    """An article matched with its event there, or without."""

    labelled: LabelledArticle
    event_is_there: bool
    ranked: Sequence[Scored]

    def is_right(self, threshold: float) -> bool:
        """Whether the answer is the labelled event; where that is not there, none."""
        matched = self.ranked[0].compared.event_id if self._is_match(threshold) else None
        return matched == (self.labelled.event if self.event_is_there else None)

    @property
    def ranks_first(self) -> bool:
        """Whether its event is the most probable one, whatever the threshold."""
        return bool(self.ranked) and self.ranked[0].compared.event_id == self.labelled.event

    def _is_match(self, threshold: float) -> bool:
        return bool(self.ranked) and self.ranked[0].probability >= threshold


@dataclass(frozen=True)
class MatchScores:
    """Shares of attempts that came out right."""

    first: Share
    """Of articles whose event is there, those for which it is the most probable."""
    found: Share
    """Of these, those that are said to be about it."""
    abstained: Share
    """Of articles whose event is not there, those that are said to be about none."""

    def as_dict(self) -> dict[str, float | int]:
        """The figures under plain names."""
        return {
            "with_event": self.found.whole,
            "top_1": self.first.value,
            "found": self.found.value,
            "without_event": self.abstained.whole,
            "abstained": self.abstained.value,
        }


def is_held_out(event: str) -> bool:
    """Whether an event is in the part that nothing is fitted to: two in five, by its label alone."""
    return int(hashlib.sha256(event.encode()).hexdigest(), 16) % 5 < 2  # noqa: PLR2004 - two in five


async def lay_in(redis: Redis, articles: Sequence[LabelledArticle]) -> None:
    """Put the articles into a view, each in its labelled event."""
    for start in range(0, len(articles), PORTION_ARTICLES):
        async with redis.pipeline(transaction=False) as pipe:
            for labelled in articles[start : start + PORTION_ARTICLES]:
                article, vector = labelled.article, labelled.vector
                kept = ArticleVector(vector.model, vector.values, day_of(article.published_at))
                write_vectors(pipe, labelled.event, {article.article_id: kept}, (), ())
                put_profile(pipe, article.article_id, profile_of(article.title, article.text, article.published_at))
            await pipe.execute()


async def attempts(
    matcher: Matcher, articles: Sequence[LabelledArticle], chosen: Iterable[LabelledArticle]
) -> AsyncIterator[Attempt]:
    """Each chosen article matched twice: itself left out, and with it all others of its event."""
    members = _by_event(articles)
    for labelled in chosen:
        of_event = members[labelled.event]
        if len(of_event) > 1:
            ranked = await matcher.rank(labelled.text, labelled.vector, {labelled.article.article_id})
            yield Attempt(labelled, True, ranked)
        yield Attempt(labelled, False, await matcher.rank(labelled.text, labelled.vector, set(of_event)))


def score(found: Sequence[Attempt], threshold: float) -> MatchScores:
    """How many came out right."""
    there = [attempt for attempt in found if attempt.event_is_there]
    away = [attempt for attempt in found if not attempt.event_is_there]
    return MatchScores(
        first=_share(attempt.ranks_first for attempt in there),
        found=_share(attempt.is_right(threshold) for attempt in there),
        abstained=_share(attempt.is_right(threshold) for attempt in away),
    )


def _by_event(articles: Iterable[LabelledArticle]) -> Mapping[str, list[str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for labelled in articles:
        members[labelled.event].append(labelled.article.article_id)
    return members


def _share(outcomes: Iterator[bool]) -> Share:
    listed = list(outcomes)
    return Share(sum(listed), len(listed))
