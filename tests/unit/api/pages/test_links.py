import pytest

from services.api.pages.links import article_at_words, article_page, link_to_words, outside_link


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


PAGE = "https://a.example/x"


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("Nine people died", "text=Nine%20people%20died"),
        ("“The door was open,” she said.", "text=The%20door%20was%20open%2C%E2%80%9D%20she%20said."),
        ("a well-known, A&B claim", "text=a%20well%2Dknown%2C%20A%26B%20claim"),
        (
            "The bow door was not fully closed when the ship left the quay, and the crew knew it",
            "text=The%20bow%20door%20was,the%20crew%20knew%20it",
        ),
        (
            "First paragraph ends.\n\nSecond one ends here now.",
            "text=First%20paragraph%20ends.,one%20ends%20here%20now.",
        ),
    ],
)
def test_an_outlets_page_is_linked_at_the_words_by_a_text_fragment(words: str, directive: str) -> None:
    assert link_to_words(PAGE, words) == f"{PAGE}#:~:{directive}"


def test_a_text_fragment_keeps_the_fragment_of_the_address_and_replaces_a_directive_in_it() -> None:
    assert link_to_words(f"{PAGE}#part", "Nine died") == f"{PAGE}#part:~:text=Nine%20died"
    assert link_to_words(f"{PAGE}#:~:text=other", "Nine died") == f"{PAGE}#:~:text=Nine%20died"


@pytest.mark.parametrize("words", ["", " \n ", "“”", "x" * 1_000_000])
def test_words_that_cannot_be_named_leave_the_address_alone(words: str) -> None:
    assert link_to_words(PAGE, words) == PAGE


def test_only_addresses_of_the_web_get_a_text_fragment() -> None:
    assert link_to_words("javascript:alert(1)", "Nine died") is None
    assert link_to_words(None, "Nine died") is None


def test_our_page_of_an_article_is_linked_at_words_that_are_no_claim() -> None:
    assert article_at_words("art_1", "A ferry capsized.") == "/articles/art_1#:~:text=A%20ferry%20capsized."
    assert article_at_words("art_1", "“”") == "/articles/art_1"
