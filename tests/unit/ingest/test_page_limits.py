"""Pages that are too much are refused by one cheap pass over their source."""

import contextlib
import random
import time

import pytest

from services.ingest.pages.limits import (
    MAX_CHILDREN,
    MAX_DEPTH,
    MAX_LINKS,
    MAX_LINKS_TOGETHER,
    MAX_TAG_ATTRIBUTES,
    MAX_TAGS,
    TooMuch,
    check_page,
)
from services.ingest.submission import MAX_HTML_BYTES

LONGEST_SECONDS = 2.0
"""For any source of the largest size: the slowest takes 0.1 s on an idle core; a pass that is not linear, minutes."""

TEXT = "Some words of an article. "


def reason(source: str) -> str:
    with pytest.raises(TooMuch) as refused:
        check_page(source)
    return str(refused.value)


def wide_tag(attributes: int) -> str:
    return "<p " + " ".join(f"a{number}=1" for number in range(attributes)) + f">{TEXT}"


def test_fault_1_a_page_of_300_000_attributes_in_one_tag_is_refused_at_once() -> None:
    source = f"<html><body>{wide_tag(300_000)}</body></html>"
    started = time.process_time()
    assert reason(source) == "more than 250 attributes in one tag"
    assert time.process_time() - started < LONGEST_SECONDS


@pytest.mark.parametrize("value", ["", "=1", "= '>'", '="a > b"', " = x/y"])
def test_attributes_are_counted_in_every_way_of_writing_them(value: str) -> None:
    check_page(f"<p {f' a{value}' * MAX_TAG_ATTRIBUTES}>{TEXT}" * 3)
    assert reason(f"<p {f' a{value}' * (MAX_TAG_ATTRIBUTES + 1)}>{TEXT}") == "more than 250 attributes in one tag"


def test_attributes_are_counted_over_all_tags() -> None:
    tag = f"<p {'a ' * MAX_TAG_ATTRIBUTES}>"
    check_page(tag * 1_000)
    assert reason(tag * 1_001) == "more than 250,000 attributes"


def test_fault_9_a_page_of_24_000_links_in_one_paragraph_is_refused() -> None:
    link = "<a href='/x'>word</a> "
    assert reason(f"<p>{link * 24_000}</p>") == "more than 2,000 links in one paragraph or other element"
    check_page(f"<p>{link * MAX_LINKS_TOGETHER}</p>" * 2)


def test_links_are_counted_over_all_paragraphs() -> None:
    paragraph = f"<p>{'<a>' * 100}</p>"
    check_page(f"<div>{paragraph * (MAX_LINKS // 100)}</div>")
    assert reason(f"<div>{paragraph * (MAX_LINKS // 100)}</div><a>") == "more than 25,000 links"


@pytest.mark.parametrize("child", ["<b>x</b>", "<br>", "<p>x", "<p>x</p>", "<img src='/a'>", "<li>x", "<b/></b>"])
def test_an_element_of_too_many_children_is_refused(child: str) -> None:
    check_page(f"<div>{child * MAX_CHILDREN}</div><div>{child}</div>")
    assert reason(f"<div>{child * (MAX_CHILDREN + 1)}</div>") == "more than 10,000 elements in one element"


@pytest.mark.parametrize("tag", ["div", "b", "CustomName"])
def test_elements_nested_too_deep_are_refused(tag: str) -> None:
    check_page(f"<{tag}>" * (MAX_DEPTH - 1) + "x" + f"</{tag.lower()}>" * (MAX_DEPTH - 1))
    assert reason(f"<{tag}>" * (MAX_DEPTH + 1)) == "more than 1,000 elements inside each other"


def test_a_page_of_too_many_tags_is_refused() -> None:
    assert reason("<p>x</p>" * (MAX_TAGS // 2) + "<p>") == "50,001 tags; the limit is 50,000"


@pytest.mark.parametrize(
    "rows",
    [
        "<table>" + "<tr><td>1<td><p>2" * 3_000 + "</table>",
        "<table>" + "<tbody><tr><th>1<td>2" * 3_000 + "</table>",
        "<ul>" + "<li>one<p>two" * 3_000 + "</ul>",
        "<dl>" + "<dt>one<dd>two" * 3_000 + "</dl>",
        "<select>" + "<option>one" * 3_000 + "</select>",
        "<p>one<br>" * 3_000,
        "<a name=x><p>one" * 1_500,
        "<p>one</b></i></p>" * 3_000,
    ],
)
def test_end_tags_that_people_leave_out_make_no_depth(rows: str) -> None:
    check_page(f"<html><body><div>{rows}</div></body></html>")


@pytest.mark.parametrize("holder", ["<script>{}</script>", "<STYLE media=x>{}</style >", "<!-- {} -->"])
def test_scripts_style_sheets_and_comments_are_not_read_as_tags(holder: str) -> None:
    code = "if (a<b && c) { " + "x = y + z; " * 1_000 + "}"
    check_page("<p>" + holder.format(code) + TEXT)
    assert "attributes" in reason("<p>" + holder.format(code) + wide_tag(251))


@pytest.mark.parametrize(
    ("start", "again"),
    [
        ("", "<"),
        ("<a ", '"'),
        ("<a b=", "'\""),
        ("<a b='", "x"),
        ("", "<a"),
        ("<a b", " "),
        ("<a b=", " "),
        ("<a ", "="),
        ("<a ", "/"),
        ("<a ", "b = "),
        ("<", "a"),
        ("<!--", "-"),
        ("<!--", "x>"),
        ("<script>", "</scrip"),
        ("<!--" * 49_000, "x"),
        ("<script>" * 49_000, "x"),
        ("<b>" * 900 + "</i>" * 48_000, "x"),
        ("<b></b>" * 9_900 + "</b>" * 20_000, " "),
        ("", "\n"),
        ("", "\x00"),
    ],
)
def test_the_pass_is_quick_whatever_the_source(start: str, again: str) -> None:
    source = (start + again * (MAX_HTML_BYTES // len(again)))[:MAX_HTML_BYTES]
    started = time.process_time()
    with contextlib.suppress(TooMuch):
        check_page(source)
    assert time.process_time() - started < LONGEST_SECONDS


def test_the_pass_comes_to_an_end_on_anything() -> None:
    some = random.Random(7)
    parts = [
        "<",
        ">",
        "/",
        "=",
        '"',
        "'",
        " ",
        "a",
        "<a",
        "</a>",
        "<p ",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<br>",
    ]
    for _ in range(300):
        check_page("".join(some.choices(parts, k=60)))
