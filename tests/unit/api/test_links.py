import pytest

from services.api.pages.links import article_page, outside_link


@pytest.mark.parametrize("url", ["https://a.example/x?y=1#z", "http://a.example", "https://a.example/é"])
def test_web_addresses_become_links(url: str) -> None:
    assert outside_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.example/x",
        "/relative",
        "https:",
        "https://",
        "http://[broken",
        "https://a.example/\u202egpj.exe",
    ],
)
def test_anything_else_does_not(url: str | None) -> None:
    assert outside_link(url) is None


def test_an_id_stays_one_segment_of_its_path() -> None:
    assert article_page("../a?b#c", 'x"y') == "/articles/..%2Fa%3Fb%23c#x%22y"
