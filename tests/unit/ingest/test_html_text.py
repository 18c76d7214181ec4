import logging
from datetime import date

import pytest

from services.ingest.pages.html_text import read_page


@pytest.mark.parametrize(
    "html", ["<html></html>", "<p>\x00</p>", "plain words", "<html><body><div></div></body></html>"]
)
def test_fault_15_the_libraries_log_nothing_of_a_page_without_an_article(
    html: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert read_page(html, today=date(2031, 3, 3)) is None
    assert caplog.messages == []
