"""Pages in the layouts that news sites use: invented articles, with the right text marked in `tests/data/page_layouts`.

What stands between {{ and }} is a line of the article; the marks are taken away before the page is read.
"""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from services.ingest.build import first_revision
from services.ingest.submission import parse_submission

LAYOUTS = sorted(Path("tests/data/page_layouts").glob("*.html"))
_OWN = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_the_article_of_a_layout_is_read_without_what_stands_around_it(path: Path) -> None:
    marked = path.read_text(encoding="utf-8")
    right = [" ".join(unescape(re.sub("<[^<>]*>", "", line)).split()) for line in _OWN.findall(marked)]
    html = marked.replace("{{", "").replace("}}", "")
    submission = parse_submission({"html": html, "url": "https://news.example/a"})
    article = first_revision(submission, fetched_at=datetime(2031, 3, 3, tzinfo=UTC))
    assert [line.removeprefix("- ") for line in article.text.splitlines() if line] == right
