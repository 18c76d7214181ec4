"""The client against the OpenAPI documents: all that it asks is described, and all that readers may ask is in it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.view_store import ViewStore
from services.client import calls, walks
from services.client.exchange import Call, Request, Service
from services.client.parameters import ClaimConditions, EventConditions, as_query
from services.client.walk import Walk
from services.ingest.push.app import create_app as create_ingest
from services.ingest.push.limit import ConcurrencyLimit
from services.ingest.settings import IngestSettings
from services.runtime.openapi_documents import METHODS

Json = dict[str, Any]
NOW = datetime(2026, 3, 4, tzinfo=UTC)
FEED = "for feed readers, which exist"
KEPT_FOR_PEOPLE = "whoever runs the services does it once, with `newsweave saved-searches` and `newsweave webhooks`"
OPERATORS = "for operators; `newsweave trace` and `newsweave feeds` ask it"
LEFT_OUT = {
    "api GET /events.atom": FEED,
    "api GET /events.json": FEED,
    **{
        f"api {operation}": KEPT_FOR_PEOPLE
        for operation in (
            "GET /v1/saved-searches",
            "POST /v1/saved-searches",
            "GET /v1/saved-searches/{name}",
            "PUT /v1/saved-searches/{name}",
            "DELETE /v1/saved-searches/{name}",
            "GET /v1/webhooks",
            "POST /v1/webhooks",
            "GET /v1/webhooks/{name}",
            "DELETE /v1/webhooks/{name}",
            "POST /v1/webhooks/{name}/test",
            "POST /v1/webhooks/{name}/resend",
            "POST /v1/webhooks/{name}/enable",
            "POST /v1/webhooks/{name}/disable",
            "GET /v1/webhooks/{name}/deliveries",
        )
    },
    "ingest GET /v1/articles/{article_id}/trace": OPERATORS,
    "ingest GET /v1/requests/{request_id}/trace": OPERATORS,
}
"""Operations that the client does not have, each with the reason."""

EVENT_CONDITIONS: EventConditions = dict.fromkeys(EventConditions.__annotations__, "x")  # type: ignore[assignment]
CLAIM_CONDITIONS: ClaimConditions = dict.fromkeys(ClaimConditions.__annotations__, "x")  # type: ignore[assignment]
DRAFT = {"text": "x", "title": "x", "published_at": NOW, "url": "https://a.example"}


def all_requests() -> Iterator[Request]:
    """Every request that the client can make, with every parameter that it knows."""
    listed = {"sort": "updated", "facets": "has", "fields": "event_id", "limit": 1, "cursor": "x"}
    yield calls.events(as_query({**EVENT_CONDITIONS, **listed})).request
    yield from walked(walks.events(EVENT_CONDITIONS, "updated", 1))
    yield from walked(walks.claims(CLAIM_CONDITIONS, 1))
    yield from walked(walks.event_articles("{event_id}"))
    yield from walked(walks.event_claims("{event_id}"))
    yield from walked(walks.changes("{event_id}", 1, "denial"))
    single_calls: list[Call[Any]] = [
        calls.event("{event_id}", 1, NOW),
        calls.verification("{event_id}"),
        calls.receipt("{event_id}", "{claim_id}", 1),
        calls.speaker("{key}", 1, "x"),
        calls.entity("{key}", 1, "x"),
        calls.outlet("{key}", "first", 1, "x"),
        calls.article("{article_id}"),
        calls.stored_article("{article_id}"),
        calls.membership("{article_id}"),
        calls.trace("{article_id}"),
        calls.limits(),
        calls.position(),
        calls.match(DRAFT),
        calls.match_all([DRAFT]),
        calls.check({"text": "x", "title": "x", "published_at": NOW, "event_id": "x"}),
        calls.submit([{"text": "x"}], "key", skip_bad=True),
    ]
    yield from (call.request for call in single_calls)
    stream = walks.updates(EVENT_CONDITIONS, after=None, since=NOW, change="denial", is_endless=False)
    yield stream.request()
    stream.position = "1-0"
    yield stream.request()


def walked(walk: Walk[Any, Any]) -> Iterator[Request]:
    call = walk.next_call()
    assert call is not None
    yield call.request
    continued = walk.call((("limit", "1"), ("cursor", "x")))
    yield continued.request


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[Service, Json]:
    folder: Path = tmp_path_factory.mktemp("ingest")
    settings = IngestSettings(keys_file=folder / "keys.json")
    ingest = create_ingest(settings, ConcurrencyLimit(settings.max_requests_in_flight))
    return {
        Service.API: create_app(ViewStore(Redis.from_url("redis://127.0.0.1:9"))).openapi(),
        Service.INGEST: ingest.openapi(),
    }


def operation_of(request: Request) -> str:
    return f"{request.method} {request.path.replace('%7B', '{').replace('%7D', '}')}"


def operations(document: Json) -> dict[str, Json]:
    return {
        f"{method.upper()} {path}": described
        for path, methods in document["paths"].items()
        for method, described in methods.items()
        if method in METHODS
    }


def test_everything_that_the_client_asks_is_described(documents: dict[Service, Json]) -> None:
    for request in all_requests():
        described = operations(documents[request.service]).get(operation_of(request))
        assert described is not None, operation_of(request)
        parameters = {parameter["name"].lower(): parameter for parameter in described.get("parameters", ())}
        headers = {name.lower() for name in request.headers} - {"content-type"}
        unknown = ({name for name, _ in request.query} | headers) - parameters.keys()
        assert unknown == set(), operation_of(request)


def test_every_condition_of_the_document_can_be_given(documents: dict[Service, Json]) -> None:
    given: dict[str, set[str]] = {}
    for request in all_requests():
        given.setdefault(operation_of(request), set()).update(
            {name for name, _ in request.query} | {name.lower() for name in request.headers}
        )
    described = operations(documents[Service.API])
    missing = {
        (operation, parameter["name"])
        for operation in given.keys() & described.keys()
        for parameter in described[operation].get("parameters", ())
        if parameter["in"] != "path" and parameter["name"].lower() not in given[operation]
    }
    assert missing == {
        ("GET /v1/events/stream", "last_event_id"),  # the header comes before it
        ("GET /v1/events/{event_id}", "accept-datetime"),  # `as_of` says the same
    }


def test_everything_that_readers_may_ask_is_in_the_client_or_left_out_for_a_reason(
    documents: dict[Service, Json],
) -> None:
    asked = {f"{request.service} {operation_of(request)}" for request in all_requests()}
    described = {f"{service} {name}" for service, document in documents.items() for name in operations(document)}
    assert described - asked == LEFT_OUT.keys()


def test_bodies_have_fields_that_are_described(documents: dict[Service, Json]) -> None:
    schemas = documents[Service.API]["components"]["schemas"]
    bodies = {
        operation_of(request): orjson.loads(request.body)
        for request in all_requests()
        if request.body and request.service is Service.API
    }
    assert bodies["POST /v1/check"].keys() <= schemas["CheckRequest"]["properties"].keys()
    assert bodies["POST /v1/match"]["drafts"][0].keys() == schemas["Draft"]["properties"].keys()
