import pytest

from services.api.conditional import etag_matches, prefers_html


@pytest.mark.parametrize("header", ['"7-ab"', 'W/"7-ab"', '"1", "7-ab"', "*", ' "7-ab" '])
def test_a_client_that_has_this_version_is_recognised(header: str) -> None:
    assert etag_matches(header, '"7-ab"')


@pytest.mark.parametrize("header", [None, "", '"6-ab"', "7-ab"])
def test_a_client_without_this_version_is_not(header: str | None) -> None:
    assert not etag_matches(header, '"7-ab"')


@pytest.mark.parametrize(
    "accept",
    [
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html",
        "application/json;q=0.5, text/html",
    ],
)
def test_browsers_get_pages(accept: str) -> None:
    assert prefers_html(accept)


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "application/json",
        "application/json, text/html",
        "application/problem+json, text/html;q=0.1",
        "text/html;q=0",
        "text/html;q=x",
    ],
)
def test_programs_get_json(accept: str | None) -> None:
    assert not prefers_html(accept)
