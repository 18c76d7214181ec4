"""Which hosts and origins may send requests, and which headers every answer has."""

import httpx
import pytest
from fastapi import FastAPI
from pydantic import ValidationError

from services.runtime.http_guard import SECURITY_HEADERS, HttpGuard
from services.runtime.problems import install_problem_handlers
from services.runtime.settings import RuntimeSettings

OURS = [
    "127.0.0.1",
    "127.0.0.1:8000",
    "localhost:1",
    "LOCALHOST",
    "[::1]:8000",
    "[::1]",
    "10.0.0.7:8000",
    "news.example.",
]
FOREIGN = [
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "localhost@evil.example",
    "evil.example@localhost",
    "localhost/.evil.example",
    "localhost:80x",
    "[::1",
    "",
    "0.0.0.0",
    "sub.news.example",
    "team.example",
]


def client(**settings: str) -> httpx.AsyncClient:
    app = FastAPI(redirect_slashes=False)
    install_problem_handlers(app)

    @app.get("/")
    async def read() -> str:
        return "read"

    @app.post("/")
    async def write() -> str:
        return "written"

    @app.get("/bug")
    async def bug() -> str:
        raise RuntimeError

    guarded = HttpGuard(app, RuntimeSettings.model_validate(settings))
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(guarded, raise_app_exceptions=False), base_url="http://127.0.0.1"
    )


@pytest.mark.parametrize("host", OURS)
async def test_loopback_the_address_listened_on_and_the_names_set_are_served(host: str) -> None:
    async with client(http_host="10.0.0.7", trusted_hosts="news.example, *.team.example") as http:
        assert (await http.get("/", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
async def test_a_foreign_host_is_refused_with_the_setting_that_would_allow_it(host: str) -> None:
    async with client(http_host="0.0.0.0", trusted_hosts="news.example,*.team.example,") as http:
        answer = await http.get("/", headers={"Host": host})
    assert (answer.status_code, answer.headers["content-type"]) == (421, "application/problem+json")
    assert "NEWSWEAVE_TRUSTED_HOSTS" in answer.json()["detail"]


async def test_two_hosts_in_one_request_are_refused() -> None:
    async with client() as http:
        answer = await http.get("/", headers=[("Host", "127.0.0.1"), ("Host", "127.0.0.1")])
    assert answer.status_code == 421


async def test_a_name_below_a_trusted_domain_is_served() -> None:
    async with client(trusted_hosts="*.team.example") as http:
        assert (await http.get("/", headers={"Host": "a.b.team.example:80"})).status_code == 200


async def test_a_star_switches_both_checks_off() -> None:
    async with client(trusted_hosts="*") as http:
        answer = await http.post("/", headers={"Host": "evil.example", "Origin": "null"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1.evil.example", "evil.example", ""]
)
async def test_a_page_of_another_site_may_not_write(origin: str) -> None:
    async with client() as http:
        answer = await http.post("/", headers={"Origin": origin})
        assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
        assert "NEWSWEAVE_TRUSTED_HOSTS" in answer.json()["detail"]
        # Reading is left to the browser, which hands the answer to no other site.
        assert (await http.get("/", headers={"Origin": origin})).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://localhost:3000"}, {"Origin": "https://127.0.0.1"}])
async def test_programs_and_our_own_pages_may_write(headers: dict[str, str]) -> None:
    async with client() as http:
        assert (await http.post("/", headers=headers)).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/nothing", {}, 404),
        ("DELETE", "/", {}, 405),
        ("GET", "/bug", {}, 500),
        ("GET", "/", {"Host": "evil.example"}, 421),
        ("POST", "/", {"Origin": "null"}, 403),
    ],
)
async def test_every_answer_has_the_security_headers(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    async with client() as http:
        answer = await http.request(method, path, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["*.", "https://news.example", "news.example:8443", "[::1]:80", "*.*.example", "a b"])
def test_a_setting_that_could_trust_nobody_or_everybody_by_mistake_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="names without scheme and port"):
        RuntimeSettings(trusted_hosts=f"api,{name}")


def test_names_addresses_and_all_below_a_name_may_be_trusted() -> None:
    for name in (
        "*",
        "api",
        "news.example.",
        "*.news.example",
        "192.0.2.1",
        "2001:db8::1",
        "[2001:db8::1]",
        " api , ,",
    ):
        assert RuntimeSettings(trusted_hosts=name).trusted_hosts == name
