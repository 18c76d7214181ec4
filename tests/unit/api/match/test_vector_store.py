"""Vectors of articles in the view: they follow the articles of events."""

import base64
import math
import struct

import pytest
from redis.asyncio import Redis

from services.api.match.vector_store import VECTOR_SETS, VectorStore
from services.api.match.vectors import day_of, decode_vector
from services.contracts.article import ArticleStatus
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.event import Counts, EventArticle
from tests.unit.api.examples import NOON, member
from tests.unit.api.view import project_changes

MODEL, OTHER_MODEL = "small@0123456789ab", "large@0123456789ab"


def encoded(*values: float) -> str:
    return base64.b64encode(struct.pack(f"<{len(values)}e", *values)).decode()


EAST, NORTH, NORTH_EAST = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.6, 0.8, 0.0)


def change(
    kind: ChangeKind,
    event_id: str,
    version: int,
    *,
    article: EventArticle,
    vector: str | None = None,
    model: str | None = MODEL,
) -> EventChange:
    return EventChange(
        event_id=event_id,
        version=version,
        previous_version=version - 1,
        place=1,
        changes=1,
        at=NOON,
        kind=kind,
        counts=Counts(articles=1, publishers=1, origins=1),
        article_id=article.article_id,
        article=None if kind == ChangeKind.ARTICLE_LEFT else article,
        lead_vector=vector,
        vector_model=model if vector else None,
    )


def joined(event_id: str, version: int, article_id: str, *values: float, model: str = MODEL) -> EventChange:
    article, vector = member(article_id), encoded(*values)
    return change(ChangeKind.ARTICLE_JOINED, event_id, version, article=article, vector=vector, model=model)


def left(event_id: str, version: int, article_id: str) -> EventChange:
    return change(ChangeKind.ARTICLE_LEFT, event_id, version, article=member(article_id))


async def near(redis: Redis, *values: float, model: str = MODEL) -> list[tuple[str, str]]:
    return [(each.event_id, each.article_id) for each in await VectorStore(redis).near(model, values, 10)]


async def test_the_nearest_articles_come_first_with_their_cosines(redis: Redis) -> None:
    changes = [joined("evt_a", 1, "art_1", *EAST), joined("evt_b", 1, "art_2", *NORTH)]
    await project_changes(redis, [*changes, joined("evt_a", 2, "art_3", *NORTH_EAST)])
    found = await VectorStore(redis).near(MODEL, NORTH, 2)
    assert [(each.event_id, each.article_id) for each in found] == [("evt_b", "art_2"), ("evt_a", "art_3")]
    assert [each.cosine for each in found] == pytest.approx([1, 0.8], abs=0.01)
    assert await VectorStore(redis).size(MODEL, 3) == 3


@pytest.mark.parametrize("place", range(3))
async def test_an_article_that_moves_is_in_its_new_event_in_whatever_order_the_two_events_are_read(
    redis: Redis, place: int
) -> None:
    # Changes of one event keep their order; those of the other may come anywhere between them.
    changes = [joined("evt_a", 1, "art_1", *EAST), left("evt_a", 2, "art_1")]
    changes.insert(place, joined("evt_b", 1, "art_1", *EAST))
    for each in changes:
        await project_changes(redis, [each])
    assert await near(redis, *EAST) == [("evt_b", "art_1")]


async def test_articles_of_an_event_that_merged_are_found_in_the_other_one(redis: Redis) -> None:
    merged = change(ChangeKind.MERGED, "evt_a", 2, article=member("art_1"))
    await project_changes(redis, [joined("evt_a", 1, "art_1", *EAST)])
    await project_changes(redis, [merged, joined("evt_b", 1, "art_1", *EAST)])
    assert await near(redis, *EAST) == [("evt_b", "art_1")]


async def test_a_withdrawn_article_is_not_found_and_a_corrected_one_at_its_new_place(redis: Redis) -> None:
    await project_changes(redis, [joined("evt_a", 1, "art_1", *EAST), joined("evt_a", 2, "art_2", *EAST)])
    gone = member("art_1").model_copy(update={"status": ArticleStatus.WITHDRAWN})
    corrected = change(ChangeKind.ARTICLE_CORRECTED, "evt_a", 4, article=member("art_2"), vector=encoded(*NORTH))
    await project_changes(redis, [change(ChangeKind.ARTICLE_WITHDRAWN, "evt_a", 3, article=gone), corrected])
    (found,) = await VectorStore(redis).near(MODEL, NORTH, 10)
    assert found.article_id == "art_2"
    assert found.cosine == pytest.approx(1, abs=0.01)


async def test_an_article_that_comes_withdrawn_has_no_vector(redis: Redis) -> None:
    gone = member("art_1").model_copy(update={"status": ArticleStatus.WITHDRAWN})
    await project_changes(redis, [change(ChangeKind.ARTICLE_JOINED, "evt_a", 1, article=gone, vector=encoded(*EAST))])
    assert await near(redis, *EAST) == []


async def test_vectors_of_two_models_are_kept_apart_and_an_article_has_one(redis: Redis) -> None:
    await project_changes(redis, [joined("evt_a", 1, "art_1", *EAST), joined("evt_a", 2, "art_2", *EAST)])
    await project_changes(redis, [joined("evt_a", 3, "art_1", 1.0, 0.0, model=OTHER_MODEL)])
    assert await near(redis, *EAST) == [("evt_a", "art_2")]
    assert await near(redis, 1.0, 0.0, model=OTHER_MODEL) == [("evt_a", "art_1")]
    assert len(await redis.smembers(VECTOR_SETS)) == 2
    await project_changes(redis, [left("evt_a", 4, "art_1"), left("evt_a", 5, "art_2")])
    assert await near(redis, *EAST) == await near(redis, 1.0, 0.0, model=OTHER_MODEL) == []


async def test_only_articles_of_some_days_can_be_asked_for(redis: Redis) -> None:
    await project_changes(redis, [joined("evt_a", 1, "art_1", *EAST)])
    day = day_of(NOON)
    assert day is not None
    store = VectorStore(redis)
    assert len(await store.near(MODEL, EAST, 10, days=(day - 1, day))) == 1
    assert await store.near(MODEL, EAST, 10, days=(day + 1, day + 9)) == []


@pytest.mark.parametrize("broken", ["???", "AAA=", encoded(0.0, 0.0), encoded(math.inf, 1.0)])
async def test_a_vector_that_is_none_is_left_out_and_what_follows_is_read(redis: Redis, broken: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode_vector(broken)
    first = change(ChangeKind.ARTICLE_JOINED, "evt_a", 1, article=member("art_1"), vector=broken)
    await project_changes(redis, [first, joined("evt_a", 2, "art_2", *EAST)])
    assert await near(redis, *EAST) == [("evt_a", "art_2")]


async def test_where_no_article_has_a_vector_none_is_near(redis: Redis) -> None:
    assert await near(redis, *EAST) == []
    assert await VectorStore(redis).size(MODEL, 3) == 0
