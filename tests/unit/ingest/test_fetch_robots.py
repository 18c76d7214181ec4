"""What robots.txt and the files about rights say."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.article import Rights
from services.ingest.fetching.patterns import matches
from services.ingest.fetching.rights import read_tdmrep, reserved, rights_of, tdm_rights
from services.ingest.fetching.robots import RobotsRules, read_robots
from services.runtime.outbound.web_address import AddressRules

WEB = AddressRules(ports=frozenset((80, 443)))


def allows(rules: RobotsRules, path: str) -> bool:
    return rules.allows(WEB.read(f"https://desk.example{path}"))


@pytest.mark.parametrize(
    ("text", "allowed", "disallowed"),
    [
        ("", ["/", "/a"], []),
        ("User-agent: *\nDisallow: /\n", ["/robots.txt"], ["/", "/a"]),
        ("User-agent: *\nDisallow:\n", ["/", "/a"], []),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", ["/", "/a/b/c"], ["/a", "/a/c"]),
        ("User-agent: *\nDisallow: /*.pdf$\n", ["/x.pdf?y"], ["/x.pdf"]),
        ("user-agent: NewsWeave\ndisallow: /ours\n\nUser-agent: *\nDisallow: /\n", ["/", "/a"], ["/ours"]),
        ("User-agent: newsweave/2.0\nDisallow: /ours\n", ["/a"], ["/ours"]),
        ("User-agent: newsweaver\nDisallow: /\n", ["/a"], []),
        ("User-agent: other\nUser-agent: *\nDisallow: /both\n", ["/a"], ["/both"]),
        ("User-agent: *\nUser-agent: other\nDisallow: /both\n", ["/a"], ["/both"]),
        ("User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /a\n", ["/"], ["/a"]),
        (
            "User-agent: *\nDisallow: /a\nUser-agent: other\nDisallow: /b\nUser-agent: *\nDisallow: /c",
            ["/b"],
            ["/a", "/c"],
        ),
        ("\ufeffUser-agent: * # all\r\rDisallow: /a # secret\r\n", ["/"], ["/a"]),
        ("<!doctype html><p>User-agent: *</p><p>Disallow: /</p>", ["/"], []),
        ("User-agent: *\nSitemap: https://desk.example/s.xml\nDisallow: /a\n", ["/"], ["/a"]),
        (
            "License: https://desk.example/l.xml\nUser-agent: newsweave\nLicense: x\nUser-agent: b\nDisallow: /a",
            ["/"],
            ["/a"],
        ),
    ],
)
def test_the_rules_for_us_are_kept(text: str, allowed: list[str], disallowed: list[str]) -> None:
    rules = read_robots(text.encode())
    assert [path for path in allowed if not allows(rules, path)] == []
    assert [path for path in disallowed if allows(rules, path)] == []


@pytest.mark.parametrize(("value", "seconds"), [("5", 5), ("0.5", 0.5), ("x", 0), ("-3", 0), ("inf", 0), ("nan", 0)])
def test_a_crawl_delay_is_a_number_of_seconds(value: str, seconds: float) -> None:
    assert read_robots(f"User-agent: *\nCrawl-delay: {value}\n".encode()).crawl_delay_seconds == seconds


def test_preferences_of_the_longest_path_count() -> None:
    rules = read_robots(
        b"User-agent: *\nContent-Usage: bots=n\nContent-Usage: /open/ bots=y, train-ai=n\nAllow: /\n"
        b"Content-Usage: /open/ search=y\nUser-agent: other\nContent-Usage: bots=y\n"
    )
    assert rules.content_usage("/news") == "bots=n"
    assert rules.content_usage("/open/a") == "bots=y, train-ai=n, search=y"
    assert read_robots(b"").content_usage("/") is None


def test_a_licence_is_the_whole_sites() -> None:
    text = b"License: not-a-link\nUser-agent: other\nLicense: https://desk.example/license.xml\n"
    assert read_robots(text).licence == "https://desk.example/license.xml"
    assert read_robots(b"User-agent: *\nAllow: /\n").licence is None


@given(st.binary(max_size=3000), st.text(max_size=300))
def test_any_bytes_are_read(content: bytes, text: str) -> None:
    for robots in (content, text.encode(), b"User-agent: *\nDisallow: " + content, b"User-agent: *\n" + text.encode()):
        rules = read_robots(robots)
        allows(rules, "/a?b=c")
        rules.content_usage("/a")
        assert rules.crawl_delay_seconds >= 0
    read_tdmrep(content)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{number}\n" for number in range(15_000))
        + "".join(f"Disallow: /{number}\n" for number in range(15_000)),
        "User-agent: *\n" + "".join(f"Disallow: /{number}\n" for number in range(40_000)),
        "User-agent: *\n" + "Disallow: /" + "*a" * 250_000,
        "User-agent: *\n" + "Disallow: /*a*a*a*a*a*a*a*b$\n" * 4_900,
        "User-agent: *\n" * 30_000 + "Disallow: /a\n",
        ":" * 500_000,
        "\n" * 500_000,
    ],
)
def test_files_made_to_take_long_do_not(text: str) -> None:
    content = text.encode()[: 512 * 1024]
    began = time.process_time()
    rules = read_robots(content)
    allows(rules, "/" + "a" * 4000)
    assert time.process_time() - began < 2


def test_a_file_with_more_rules_than_are_read_lets_nobody_in() -> None:
    text = "User-agent: *\n" + "".join(f"Disallow: /{number}\n" for number in range(6_000))
    assert not allows(read_robots(text.encode()), "/free")


@pytest.mark.parametrize(
    ("pattern", "target", "expected"),
    [
        *(("/", "/a", True), ("", "/a", True), ("/a", "/b", False), ("/a$", "/a", True), ("/a$", "/ab", False)),
        *(("/*.jpg", "/x/y.jpg?z", True), ("/*.jpg$", "/x/y.jpg?z", False), ("/a*b*c", "/axbxc", True)),
        *(
            ("/a*b*c", "/axcxb", False),
            ("*", "/a", True),
            ("/a*a$", "/a", False),
            ("/a**b", "/ab", True),
            ("/*$", "/x", True),
        ),
    ],
)
def test_patterns_are_prefixes_with_wildcards(pattern: str, target: str, expected: bool) -> None:
    assert matches(pattern, target) is expected


def test_the_first_rule_of_a_tdmrep_file_that_matches_counts() -> None:
    rows = [
        {"location": "/free/", "tdm-reservation": 0},
        {"location": "/news/*", "tdm-reservation": 1, "tdm-policy": "https://desk.example/policy"},
        {"location": "/", "tdm-reservation": 1},
        {"location": "/bad", "tdm-reservation": 2},
        {"location": 3, "tdm-reservation": 1},
        "nonsense",
    ]
    rules = read_tdmrep(json.dumps(rows).encode())
    assert tdm_rights(rules, "/free/a") == Rights(tdm_reservation=False)
    assert tdm_rights(rules, "/news/a") == Rights(tdm_reservation=True, tdm_policy="https://desk.example/policy")
    assert tdm_rights(rules, "/other") == Rights(tdm_reservation=True)
    assert tdm_rights((), "/other") == Rights()


@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"<html>", b"[" * 100_000, b"[[1]]", b'[{"location": "/"}]'])
def test_a_file_that_is_no_tdmrep_says_nothing(content: bytes) -> None:
    assert read_tdmrep(content) == ()


def test_headers_go_before_the_sites_tdmrep_file_and_add_to_its_preferences() -> None:
    site = Rights(
        tdm_reservation=True, tdm_policy="https://desk.example/p", content_usage="bots=y", licence="https://l"
    )
    assert rights_of(site, {}) == site
    found = rights_of(site, {"tdm-reservation": "0", "content-usage": "train-ai=n"})
    assert found == Rights(tdm_reservation=False, content_usage="bots=y, train-ai=n", licence="https://l")
    assert rights_of(Rights(), {"tdm-reservation": "1", "tdm-policy": "javascript:x"}) == Rights(tdm_reservation=True)
    assert rights_of(Rights(), {"tdm-reservation": "2"}) == Rights()


@pytest.mark.parametrize(
    ("rights", "is_reserved"),
    [
        (Rights(), False),
        (Rights(tdm_reservation=False), False),
        (Rights(tdm_reservation=True), True),
        (Rights(content_usage="train-ai=n, search=n"), False),
        (Rights(content_usage="bots=n"), True),
        (Rights(content_usage="bots=n, ai-output=y"), False),
        (Rights(content_usage="bots=y, ai-output=n;p=1"), True),
        (Rights(content_usage="bots=y, bots=n"), True),
        (Rights(content_usage="nobots=n, xai-output=n"), False),
        (Rights(licence="https://desk.example/license.xml"), True),
    ],
)
def test_what_keeps_us_from_using_an_article(rights: Rights, is_reserved: bool) -> None:
    assert (reserved(rights) is not None) is is_reserved
