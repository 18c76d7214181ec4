"""Elements of a page that are called its author's name, where neither structured data nor meta elements name one."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

MAX_LOOKED_AT = 20_000
"""Elements. Honest pages name their author early."""
MAX_CHARACTERS = 120
"""Of a name with what stands around it."""
MAX_BYLINES = 5
MAX_CALLED_SO = 100
"""Elements by whose names they may be by-lines."""
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|byl|autor|auteur|autore|writer|skribent|forfatter)(?:s|[_-]{1,2}names?|name)?(?:$|[\s_-])",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"comment|bio|avatar|figure|caption|related|sidebar|footer|share", re.IGNORECASE)
_OTHER_TAGS = frozenset({"figure", "footer", "aside", "nav", "form"})


def find_bylines(tree: HtmlElement) -> list[str]:
    """What stands in such elements, those that are declared (`rel`, `itemprop`) first."""
    declared: list[str] = []
    named: list[str] = []
    called = 0
    for count, element in enumerate(tree.iter("a", "span", "div", "p", "address", "li", "h4", "strong", "meta")):
        if count > MAX_LOOKED_AT:
            break
        is_declared = element.get("rel") == "author" or "author" in (element.get("itemprop") or "").split()
        if is_declared or _CLASS.search(element.get("class") or ""):
            called += 1
            if words := _words(element):
                (declared if is_declared else named).append(words)
            if called >= MAX_CALLED_SO:
                break
    return [*declared, *named][:MAX_BYLINES]


def _words(element: HtmlElement) -> str | None:
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        parts.append(text)
        size += len(text.strip())
        if size > MAX_CHARACTERS:
            return None
    line = " ".join("".join(parts).split())
    return line if line and not _is_others(element) else None


def _is_others(element: HtmlElement) -> bool:
    return any(
        parent.tag in _OTHER_TAGS or _OTHERS.search(f"{parent.get('class') or ''} {parent.get('id') or ''}")
        for parent in _around(element)
    )


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    yield element
    for count, parent in enumerate(element.iterancestors()):
        if parent.tag in {"body", "main", "article"} or count > MAX_BYLINES:
            return
        yield parent
