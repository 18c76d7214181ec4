"""Two processes of the api's http role over one view answer alike after one was killed and has built its index anew."""

from collections.abc import Iterator

import httpx
import pytest
from redis.asyncio import Redis

from benchmarks.made_events import made_event
from services.api.search.list_cursors import read_list_cursor
from services.api.updates.update_log import UpdateLog
from services.local.service_process import ServiceProcess
from tests.support.brokers import running_redis
from tests.support.polling import eventually, eventually_async
from tests.support.replicas import MERGED_OF, QUERIES, running_replicas, second_version
from tests.unit.api.view import project_events

EVENTS = 60
READY_SECONDS = 60.0
Answers = dict[str, bytes]


@pytest.fixture
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_redis(tmp_path_factory.mktemp("redis")) as store:
        yield store.url


@pytest.fixture
def replicas(redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[ServiceProcess]]:
    """Two processes that serve one view."""
    with running_replicas(redis_url, tmp_path_factory.mktemp("api")) as started:
        yield started


class Updates:
    """Changes of the view, a few at a time: what becomes of events, and events that are new."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._turn = 0

    async def write(self) -> None:
        """The next few: one changes its content or is merged, one moves to the top, one is new."""
        at = self._turn
        self._turn += 1
        moved, version = 1 + MERGED_OF * (at % 8), 2 + at // 8
        batch = [made_event(moved, version, minutes=1000 + at), made_event(EVENTS + at)]
        if at < EVENTS and at % MERGED_OF != 1:
            batch.append(second_version(at))
        await project_events(self._redis, batch)


async def is_up_to_date(client: httpx.AsyncClient, redis: Redis) -> bool:
    """Whether its index is as far as the update log."""
    following = (await client.get("/v1/events?limit=1")).json()["next"]
    return following is not None and read_list_cursor(following).position == await UpdateLog(redis).head()


async def answers_of(client: httpx.AsyncClient, redis: Redis, *more: str) -> Answers:
    """What a replica answers once it knows all that was written."""
    await eventually_async(lambda: is_up_to_date(client, redis), what="the index is up to date")
    answers = {}
    for query in (*QUERIES, *more):
        answer = await client.get(query)
        assert answer.status_code == 200, answer.text
        answers[query] = answer.content
    return answers


def have_rows(answers: Answers) -> bool:
    """Whether each of them lists something."""
    return all(b'"event_id":' in body for body in answers.values())


async def test_replicas_answer_alike_after_one_is_killed_while_events_change_and_has_built_its_index_anew(
    redis_url: str, replicas: list[ServiceProcess]
) -> None:
    lasting, killed = replicas
    for process in replicas:
        await eventually(process.is_ready, seconds=READY_SECONDS, what=f"{process.url} is ready")
    async with (
        Redis.from_url(redis_url) as redis,
        httpx.AsyncClient(base_url=lasting.url, trust_env=False, timeout=30) as here,
        httpx.AsyncClient(base_url=killed.url, trust_env=False, timeout=30) as there,
    ):
        await project_events(redis, [made_event(number) for number in range(EVENTS)])
        updates = Updates(redis)
        before = await answers_of(here, redis)
        assert before == await answers_of(there, redis)
        assert have_rows(before)
        walk = (await there.get("/v1/events?limit=20")).json()["next"]

        for _ in range(10):
            await updates.write()
        assert killed.child is not None
        killed.child.kill()
        for _ in range(10):
            await updates.write()
        killed.launch()

        async def ready_while_events_change() -> bool:
            await updates.write()
            assert (await here.get("/v1/events")).status_code == 200
            return killed.is_ready()

        await eventually_async(ready_while_events_change, seconds=READY_SECONDS, what="it is back")
        await updates.write()
        continued = f"/v1/events?limit=100&cursor={walk}"
        after = await answers_of(here, redis, continued)
        assert after == await answers_of(there, redis, continued)
        assert have_rows(after)
        assert before["/v1/events"] != after["/v1/events"]
