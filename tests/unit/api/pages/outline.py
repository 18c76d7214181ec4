"""What a rendered page is made of, for tests."""

import re
from html.parser import HTMLParser

import httpx

DATA = "application/ld+json"
"""The type of script elements that browsers do not run."""
OUR_MODULE = re.compile(r"/static/[0-9a-f]{8}/[a-z]+\.js")
VOID = {"meta", "link", "br", "img", "hr", "input"}


class Outline(HTMLParser):
    """What a page is made of. Fails where elements do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.drawn = ""
        """Texts inside SVG."""
        self.data = ""
        """Texts inside script elements."""
        self.scripts: list[str | None] = []
        """Types of script elements, but for modules of ours."""
        self.marked: list[str] = []
        self.words = ""
        self.isolated: list[bool] = []
        self.exposed: list[str] = []
        """Texts that nothing holds apart from what stands beside them."""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "script" and not OUR_MODULE.fullmatch(dict(attrs).get("src") or ""):
            self.scripts.append(dict(attrs).get("type"))
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]
        self.ids += [value for name, value in attrs if name == "id" and value]
        if tag not in VOID:
            self.open.append(tag)
            self.isolated.append(tag == "bdi" or ("dir", "auto") in attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.isolated.pop()

    def handle_data(self, data: str) -> None:
        self.words += data
        if not any(self.isolated) and "head" not in self.open:
            self.exposed.append(data)
        if self.open and self.open[-1] == "mark":
            self.marked.append(data)
        if "svg" in self.open:
            self.drawn += data
        if self.open and self.open[-1] == "script":
            self.data += data


def words(outline: Outline) -> str:
    return re.sub(r"\s+", " ", outline.words)


async def page(http: httpx.AsyncClient, path: str) -> Outline:
    answer = await http.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    outline = Outline(answer.text)
    assert outline.tags.count("h1") == 1
    assert outline.tags.count("main") == 1
    assert len(set(outline.ids)) == len(outline.ids)
    within = {link.removeprefix("#") for link in outline.links if link.startswith("#")}
    assert within <= set(outline.ids)
    return outline
