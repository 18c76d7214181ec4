"""When submitted articles become visible in the view: what the end-to-end measurements have in common."""

from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis


@dataclass(frozen=True)
class Submitted:
    """An article that ingest has acknowledged. Times in seconds on the monotonic clock; `due`: when to be sent."""

    article_id: str
    due: float
    acknowledged: float


@dataclass(frozen=True)
class Seen:
    """A submitted article, and when the view first had it in an event."""

    submitted: Submitted
    visible: float


def visible_of(redis: Redis, article_ids: Sequence[str]) -> list[str]:
    """Those that GET /v1/articles/{id} would show with an event.

    The store is asked: thousands of HTTP requests would take the processor from what is measured.
    """
    with redis.pipeline(transaction=False) as pipe:
        for article_id in article_ids:
            pipe.exists(f"view:article:{article_id}", f"view:article-events:{article_id}")
        found = pipe.execute() if article_ids else []
    return [article_id for article_id, keys in zip(article_ids, found, strict=True) if keys == 2]  # noqa: PLR2004


def print_times(seen: Sequence[Seen]) -> None:
    """Three lines: to the acknowledgement, from there to visible, and both together."""
    acknowledged = [one.submitted.acknowledged - one.submitted.due for one in seen]
    print(_times("submit to acknowledged", acknowledged))
    print(_times("acknowledged (published) to visible", [one.visible - one.submitted.acknowledged for one in seen]))
    print(_times("submit to visible", [one.visible - one.submitted.due for one in seen]))


def _times(what: str, seconds: Sequence[float]) -> str:
    ranked = sorted(seconds)
    median, late = (ranked[min(len(ranked) - 1, int(share * len(ranked)))] for share in (0.5, 0.99))
    return f"{what}: p50 {median:.2f} s, p99 {late:.2f} s, longest {ranked[-1]:.2f} s"
