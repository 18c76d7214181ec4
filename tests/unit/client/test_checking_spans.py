"""Whether cited words stand in an article."""

from datetime import UTC, datetime

from services.client.checking_spans import check_span
from services.client.models import Quote
from services.contracts.article import Article, ArticleInput, InputKind, content_hash
from services.contracts.base import Span

TEXT = "“Nine people died,” 🚢 said Ada Lind."


def article(text: str = TEXT, hashed: str = TEXT) -> Article:
    return Article(
        article_id="art_1",
        revision=2,
        title="Ferry",
        text=text,
        fetched_at=datetime(2026, 3, 4, tzinfo=UTC),
        content_hash=content_hash("Ferry", hashed),
        input=ArticleInput(kind=InputKind.PUSH),
    )


def quote(start: int, end: int, text: str) -> Quote:
    return Quote(article_id="art_1", span=Span(start=start, end=end), text=text)


def test_words_at_their_place_in_the_published_text_are_verified() -> None:
    checked = check_span(quote(1, 17, "Nine people died"), article())
    assert (checked.verified, checked.problem, checked.revision) == (True, None, 2)
    assert check_span(quote(22, 35, "said Ada Lind"), article()).verified  # code points, not bytes


def test_other_words_are_told_with_what_stands_there() -> None:
    checked = check_span(quote(1, 17, "Five people died"), article())
    assert (checked.verified, checked.hash_matches, checked.words_match) == (False, True, False)
    assert (checked.expected, checked.found) == ("Five people died", "Nine people died")
    assert checked.problem is not None
    assert "revised" in checked.problem


def test_a_place_beyond_the_end_is_told() -> None:
    checked = check_span(quote(30, 99, "Lind"), article())
    assert (checked.verified, checked.found) == (False, None)
    assert checked.problem is not None
    assert f"the text, which has {len(TEXT)} characters" in checked.problem


def test_a_text_that_was_changed_after_it_was_hashed_verifies_nothing() -> None:
    checked = check_span(quote(1, 17, "Nine people died"), article(hashed="Another text."))
    assert (checked.verified, checked.hash_matches, checked.words_match) == (False, False, True)
    assert checked.problem == "The stored title and text are not those that were hashed."
