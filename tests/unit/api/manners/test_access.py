"""Who may read where others can reach the service, and how often."""

import base64
from pathlib import Path

import httpx
import pytest
from redis.asyncio import Redis

from services.api.app import create_app
from services.api.manners.access import needed_scope
from services.api.settings import ApiSettings
from services.api.view_store import ViewStore
from services.runtime.api_keys import Scope
from services.runtime.http_access import KeysMissing
from tests.unit.api.manners.clients import client_of, key, shown, write_key_file

READER, WRITER, SUBMITTER = 1, 2, 3
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def keys_file(tmp_path: Path) -> Path:
    write_key_file(tmp_path / "keys.json", Scope.EVENTS_READ, Scope.SEARCHES_WRITE, Scope.ARTICLES_WRITE)
    return tmp_path / "keys.json"


@pytest.fixture
def exposed(redis: Redis, keys_file: Path) -> httpx.AsyncClient:
    return client_of(redis, http_host="0.0.0.0", keys_file=keys_file, rate_limit_requests=5)


async def test_on_loopback_nobody_is_asked_for_a_key_and_nothing_is_counted(http: httpx.AsyncClient) -> None:
    answer = await http.get("/v1/events")
    assert answer.status_code == 200
    assert "ratelimit" not in answer.headers


@pytest.mark.parametrize("path", ["/v1/events", "/v1/articles/art_a", "/", "/events/evt_a", "/nothing/here"])
async def test_elsewhere_everything_that_reads_needs_a_key(exposed: httpx.AsyncClient, path: str) -> None:
    answer = await exposed.get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="newsweave", Basic realm="newsweave", charset="UTF-8"'
    assert "newsweave keys add" in answer.json()["detail"]


async def test_what_says_how_to_show_a_key_needs_none(exposed: httpx.AsyncClient) -> None:
    for path in ("/openapi.json", "/docs", "/static/newsweave.css"):
        assert (await exposed.get(path)).status_code == 200, path


async def test_a_key_with_the_scope_reads_and_is_told_what_is_left(exposed: httpx.AsyncClient) -> None:
    answer = await exposed.get("/v1/events", headers=shown(READER))
    assert answer.status_code == 200
    assert answer.headers["ratelimit-policy"] == '"requests";q=5;w=60'
    assert answer.headers["ratelimit"] == '"requests";r=4;t=60'


async def test_a_key_without_the_scope_is_told_which_one_it_lacks(exposed: httpx.AsyncClient) -> None:
    answer = await exposed.get("/v1/events", headers=shown(SUBMITTER))
    assert answer.status_code == 403
    assert answer.json()["detail"] == "This key does not have the scope events:read."
    assert 'scope="events:read"' in answer.headers["www-authenticate"]


async def test_people_log_in_with_the_key_as_password_and_are_told_so_on_a_page(exposed: httpx.AsyncClient) -> None:
    refused = await exposed.get("/", headers=BROWSER)
    assert (refused.status_code, refused.headers["content-type"]) == (401, "text/html; charset=utf-8")
    assert "give the key as the password" in refused.text
    credentials = base64.b64encode(f"anna:{key(READER)}".encode()).decode()
    assert (await exposed.get("/", headers=BROWSER | {"Authorization": f"Basic {credentials}"})).status_code == 200


@pytest.mark.parametrize("credentials", ["", "x", "====", "\u00ff", base64.b64encode(b"\xff").decode(), "bm9uZQ=="])
async def test_credentials_that_are_not_valid_are_no_key(exposed: httpx.AsyncClient, credentials: str) -> None:
    answer = await exposed.get("/v1/events", headers=[(b"Authorization", f"Basic {credentials}".encode())])
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_above_the_quota_a_client_is_told_when_to_come_again(exposed: httpx.AsyncClient) -> None:
    statuses = [(await exposed.get("/v1/events", headers=shown(READER))).status_code for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    answer = await exposed.get("/v1/events", headers=shown(READER))
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.json()["detail"] == "More than 5 requests within 60 s."
    # Who shows a wrong key is counted by address, and by nobody else's.
    assert (await exposed.get("/v1/events", headers=shown(9))).status_code == 401


async def test_limits_say_what_the_client_may_do(exposed: httpx.AsyncClient) -> None:
    await exposed.get("/v1/events", headers=shown(READER))
    answer = await exposed.get("/v1/limits", headers=shown(READER))
    limits = answer.json()
    assert limits["keys_required"] is True
    assert limits["key"] == {"id": "00000001", "name": "key 1", "scopes": ["events:read"]}
    assert limits["requests"]["limit"] == 5
    assert limits["requests"]["remaining"] == 3
    assert limits["connections"] == {"total": 500, "for_one_address": 375}
    assert limits["page_size"] == {"default": 20, "most": 100}
    assert limits["streams"]["resume_days"] == 7
    assert limits["webhooks"]["tries"] == 10
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers


async def test_on_loopback_limits_say_that_there_are_none(http: httpx.AsyncClient) -> None:
    limits = (await http.get("/v1/limits")).json()
    assert (limits["keys_required"], limits["key"], limits["requests"]) == (False, None, None)


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/v1/events", Scope.EVENTS_READ),
        ("POST", "/v1/match", Scope.EVENTS_READ),
        ("GET", "/v1/saved-searches", Scope.EVENTS_READ),
        ("GET", "/v1/saved-searches/fires", Scope.EVENTS_READ),
        ("POST", "/v1/saved-searches", Scope.SEARCHES_WRITE),
        ("DELETE", "/v1/saved-searches/fires", Scope.SEARCHES_WRITE),
        ("GET", "/v1/webhooks/whk_1/deliveries", Scope.SEARCHES_WRITE),
        ("POST", "/v1/webhookss", Scope.EVENTS_READ),
        ("GET", "/healthz", None),
        ("GET", "/static/newsweave.css", None),
        ("GET", "/staticx", Scope.EVENTS_READ),
    ],
)
def test_what_a_request_needs_is_decided_by_its_method_and_path(method: str, path: str, scope: Scope | None) -> None:
    assert needed_scope(method, path) is scope


def test_without_keys_the_app_is_not_made_and_says_what_to_do(redis: Redis, tmp_path: Path) -> None:
    settings = ApiSettings(http_host="0.0.0.0", keys_file=tmp_path / "none.json")
    with pytest.raises(KeysMissing, match=r"has no key\. Whoever reaches it.*newsweave keys add.*NEWSWEAVE_EXPOSED=no"):
        create_app(ViewStore(redis), settings)
