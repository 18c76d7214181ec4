"""One form for the addresses of one page; the pairs stand in tests/data/addresses."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ingest.addresses.canonical_url import canonical_url, outlet_domain, unwrapped

PAIRS = [json.loads(line) for line in Path("tests/data/addresses/pairs.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair["fold"]], ids=lambda pair: pair["b"])
def test_two_addresses_of_one_article_have_one_canonical_form(pair: dict[str, str]) -> None:
    assert canonical_url(pair["a"]) == canonical_url(pair["b"]) is not None


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if not pair["fold"]], ids=lambda pair: pair["b"])
def test_addresses_of_two_articles_stay_apart(pair: dict[str, str]) -> None:
    assert canonical_url(pair["a"]) != canonical_url(pair["b"])


@pytest.mark.parametrize("address", sorted({pair[side] for pair in PAIRS for side in "ab"}))
def test_the_canonical_form_of_a_canonical_form_is_itself(address: str) -> None:
    canonical = canonical_url(address)
    assert canonical is None or canonical_url(canonical) == canonical


@given(st.text(max_size=80))
def test_any_text_has_a_canonical_form_or_none(text: str) -> None:
    for address in (text, f"https://coast.example/{text}", f"https://{text}.example/"):
        canonical = canonical_url(address)
        assert canonical is None or canonical.startswith("https://")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "coast.example/n/1",
        "ftp://coast.example/n/1",
        "mailto:desk@coast.example",
        "https://reader:secret@coast.example/n/1",
        "https://coast.example:port/n/1",
        "https://coast..example/n/1",
        "https://coast .example/n/1",
        "https://coast.example\\@quay.example/n/1",
        "https://coast.com&sol;story&num;.quay.com/a",
    ],
)
def test_what_is_not_a_web_address_has_no_canonical_form(address: str) -> None:
    assert canonical_url(address) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://amp.cnn.com/cnn/2031/03/05/world/dam", "https://www.cnn.com/2031/03/05/world/dam/index.html"),
        ("https://www.reuters.com/article/amp/idUSKCN1AB2CD", "https://www.reuters.com/article/us-dam-idUSKCN1AB2CD"),
        ("https://amp.usatoday.com/amp/3456789001", "https://www.usatoday.com/story/news/2031/03/05/dam/3456789001/"),
        ("https://abcnews.go.com/amp/US/dam/story?id=123", "https://abcnews.go.com/US/story?id=123"),
        (
            "https://m.timesofindia.com/city/varn/dam/amp_articleshow/123.cms",
            "https://timesofindia.indiatimes.com/articleshow/123.cms",
        ),
        (
            "https://www.dailymail.co.uk/news/article-123/amp/Dam.html",
            "https://www.dailymail.co.uk/news/article-123/Dam.html",
        ),
        ("https://m.coast.example/n/dam-1234-amp.html", "https://www.coast.example/n/dam-1234.html"),
        ("https://coast.example/n/dam/amp.html", "https://coast.example/n/dam"),
        ("https://coast.example/n/dam-a-99-druck.html", "https://coast.example/n/dam-a-99.html"),
        ("https://coast.example/n/dam%20", "https://coast.example/n/dam"),
    ],
)
def test_outlets_whose_forms_are_known_have_rules_of_their_own(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other) is not None


@pytest.mark.parametrize(
    "address",
    [
        "http://http://www.coast.example/n/1",
        "http://https//coast.example/n/1",
        "https:/coast.example/n/1",
        "//coast.example/n/1",
        "https://coast.example:/n/1",
    ],
)
def test_beginnings_that_were_mistyped_are_put_right(address: str) -> None:
    assert canonical_url(address) == "https://coast.example/n/1"


@pytest.mark.parametrize("name", ["ref", "source", "from", "via", "cid"])
def test_what_may_name_an_article_stays_where_nothing_else_does(name: str) -> None:
    script = "https://coast.example/article.php"
    assert canonical_url(f"{script}?{name}=dam-breaks") != canonical_url(f"{script}?{name}=mill-closes")
    page = "https://coast.example/2031/03/dam-breaks"
    assert canonical_url(f"{page}?{name}=share-button") == canonical_url(page)
    assert canonical_url(f"{page}?{name}=ab1234") != canonical_url(page) or name == "via"


def test_the_rules_of_one_outlet_leave_others_alone() -> None:
    assert canonical_url("https://dw.com/en/slug/a-12") == "https://dw.com/en/a-12"
    assert canonical_url("https://coast.example/en/slug/a-12") == "https://coast.example/en/slug/a-12"


@pytest.mark.parametrize("address", ["https://[2001:db8::1]:8080/n/1", "http://192.0.2.7/n/1", "http://localhost/n/1"])
def test_numbers_and_names_without_a_dot_stand_as_they_are(address: str) -> None:
    assert canonical_url(address) == address.replace("http://", "https://")


def test_a_cache_is_unwrapped_only_where_an_address_is_within() -> None:
    assert unwrapped("https://www.google.com/amp/s/coast.com/n/1") == "https://coast.com/n/1"
    assert unwrapped("https://www.google.com/url?sa=t&url=https%3A%2F%2Fcoast.com%2Fn%2F1") == "https://coast.com/n/1"
    assert (
        unwrapped("https://www.google.com/url?q=javascript:alert(1)")
        == "https://www.google.com/url?q=javascript:alert(1)"
    )
    assert unwrapped("https://coast.com/amp/s/quay.com/n/1") == "https://coast.com/amp/s/quay.com/n/1"


def test_a_cache_is_not_the_outlet_whose_page_it_holds() -> None:
    assert outlet_domain("https://www.google.com/amp/s/coast.com/n/1") == "google.com"
    assert outlet_domain("https://www.bbc.co.uk/news/1") == "bbc.com"
