"""Replicas of the api's http role as processes, and what they are asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.made_events import made_event, people, vocabulary
from services.contracts.event import Event, EventStatus
from services.local.ports import free_port
from services.local.service_process import ServiceProcess
from tests.support.brokers import running_broker

STOP_SECONDS = 10.0
MERGED_OF = 7
"""Every so many events the second version is a merger."""
QUERIES = (
    "/v1/events",
    "/v1/events?limit=7",
    "/v1/events?sort=published&limit=100",
    "/v1/events?sort=origins&limit=100",
    "/v1/events?sort=growth&limit=100",
    "/v1/events?q=police&limit=100",
    f"/v1/events?q={people()[0].split()[1]}",
    f"/v1/events?q={people()[1].split()[1]}x",
    f"/v1/events?q={vocabulary()[60]}+{vocabulary()[3]}",
    "/v1/events?q=police&sort=updated&not_q=court&limit=100",
    "/v1/events?publisher=outlet0.example&not_has=denial&facets=publisher,entity,speaker,has,kind",
    "/v1/events?min_origins=2&fields=event_id,counts&facets=family",
    "/v1/events?single_origin=true&kind=quotation&facets=language,status",
    "/v1/events?published_since=2026-01-01T01:00:00Z&not_min_publishers=3&sort=published",
    "/v1/claims",
    "/v1/claims?limit=100&q=people",
    f"/v1/claims?q={people()[1].split()[1]}x",
    f"/v1/claims?speaker={people()[0]}",
    "/v1/claims?commitment=denies&min_origins=1&limit=50",
    "/v1/claims?kind=quotation&not_publisher=outlet0.example&published_until=2026-01-01T01:30:00Z",
)
"""Each has an answer where the first sixty made-up events are in the view, some of them by `second_version`."""


@contextmanager
def running_replicas(redis_url: str, folder: Path) -> Iterator[list[ServiceProcess]]:
    """Two processes that serve one view, launched; killed at the end of the block."""
    with running_broker("embedded", folder / "broker") as broker:
        environment = {
            "NEWSWEAVE_ROLES": "http",
            "NEWSWEAVE_KAFKA_BOOTSTRAP_SERVERS": broker.bootstrap_servers,
            "NEWSWEAVE_KAFKA_IDEMPOTENCE": "false",
            "NEWSWEAVE_TOPIC_PARTITIONS": "1",
            "NEWSWEAVE_REDIS_URL": redis_url,
        }
        started = [
            ServiceProcess(
                "api", port=free_port(), log=folder / f"{name}.log", environment=environment, stop_seconds=STOP_SECONDS
            )
            for name in ("one", "other")
        ]
        for process in started:
            process.launch()
        try:
            yield started
        finally:
            for process in started:
                if process.child is not None:
                    process.child.stop()


def second_version(number: int) -> Event:
    """An event changed: another's content under its id, or merged."""
    base = made_event(number)
    if number % MERGED_OF == 0:
        merged = {"version": 2, "status": EventStatus.MERGED, "merged_into": made_event(1).event_id}
        return base.model_copy(update=merged | {"articles": (), "claims": (), "entities": ()})
    return made_event(number + 1000).model_copy(update={"event_id": base.event_id, "version": 2})
