import pytest

from services.contracts.article import Publisher
from services.ingest.addresses.canonical_url import canonical_url, publisher_domain
from services.ingest.identity import article_id, message_id

ADDRESS = "https://courier.example/2031/03/bridge"


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/2031/03/bridge",
        "http://courier.example/2031/03/bridge",
        "https://www.courier.example/2031/03/bridge/",
        "https://COURIER.example:443/2031/03/bridge?utm_source=feed&utm_medium=rss",
        "https://courier.example/2031//03/bridge?fbclid=abc#comments",
        "  https://courier.example/2031/03/bridge ".strip(),
    ],
)
def test_addresses_of_one_page_have_one_canonical_form(url: str) -> None:
    assert canonical_url(url) == ADDRESS


@pytest.mark.parametrize(
    "url",
    [
        "https://courier.example/2031/03/Bridge",
        "https://courier.example/2031/03/bridge?id=2",
        "https://courier.example:8443/2031/03/bridge",
        "https://live.courier.example/2031/03/bridge",
    ],
)
def test_addresses_of_other_pages_stay_apart(url: str) -> None:
    assert canonical_url(url) != ADDRESS


def test_the_order_of_parameters_does_not_matter() -> None:
    assert canonical_url("https://a.example/x?b=2&a=1") == canonical_url("https://a.example/x?a=1&b=2")


@pytest.mark.parametrize("url", ["courier", "javascript:alert(1)", "https://", "http://[::1"])
def test_what_is_no_web_address_has_no_canonical_form(url: str) -> None:
    assert canonical_url(url) is None


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://edition.courier.com/a", "courier.com"),
        ("https://www.courier.co.uk/a", "courier.co.uk"),
        ("https://www.courier.example/a", "courier.example"),
        ("http://localhost:8000/a", "localhost"),
    ],
)
def test_the_publisher_is_the_registered_domain(url: str, domain: str) -> None:
    assert publisher_domain(url) == domain


def test_an_article_with_an_address_keeps_its_id_when_all_else_changes() -> None:
    first = article_id(ADDRESS, Publisher(name="Courier"), "Bridge reopens", "Text one.")
    assert first == article_id(ADDRESS, Publisher(name="Other"), None, "Text two.")
    assert first.startswith("art_")
    assert len(first) == len("art_") + 20


def test_without_an_address_publisher_title_and_text_make_the_id() -> None:
    courier = Publisher(domain="courier.example")
    base = article_id(None, courier, "Bridge reopens", "Text.")
    assert base == article_id(None, Publisher(name="The Courier", domain="courier.example"), "Bridge reopens", "Text.")
    others = [
        article_id(None, Publisher(name="Other"), "Bridge reopens", "Text."),
        article_id(None, courier, None, "Text."),
        article_id(None, courier, "Bridge reopens", "Text!"),
        article_id(None, courier, "Bridge", "reopens\x1fText."),
    ]
    assert base not in others


def test_a_message_is_known_by_article_and_revision() -> None:
    assert message_id("art_1", 2) == "art_1.2"
