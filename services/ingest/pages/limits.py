"""Whether a page is too much to parse, by one pass over its source. Pure.

The costs of a parser grow with the square of some counts (attributes of one tag, children of one element), so these
are bounded before it runs. The pass is no parser. It knows quoted attributes, comments, scripts and style sheets, and
the end tags that people leave out most often; it does not repair what a browser repairs, so its depth and its children
are close to the parser's and not the same. What a page hides from it costs at most the time limit of a page worker.

The pass is linear: every expression is possessive or has one way to match, and the place only moves forward.
"""

import re
from collections import Counter

MAX_TAGS = 50_000
"""Opening and closing ones, by `<`: the longest honest pages that we saw (a book on one page) have some 28,000."""
MAX_TAG_ATTRIBUTES = 250
"""Of one tag. Honest pages have a dozen; libxml2 compares them pair by pair."""
MAX_ATTRIBUTES = 250_000
"""Of all tags. Honest: 42,000."""
MAX_CHILDREN = 10_000
"""Elements directly inside one element. Honest: 7,000."""
MAX_LINKS = 25_000
"""Honest: 12,300."""
MAX_LINKS_TOGETHER = 2_000
"""Links directly inside one element, such as a paragraph. Honest: some hundreds."""
MAX_DEPTH = 1_000
"""Of nested elements. Honest: 20 to 50. libxml2 gives up at 256."""

_START = re.compile(r"<(?:(!--)|(/?)([A-Za-z][^\s/>]*+))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+)?)?""",
)
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"],
)
_TERMS = frozenset({"dd", "dt", "p"})
_CELLS = frozenset({"td", "th", "p"})
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"thead", "tbody", "tfoot"}
_ENDS_BEFORE = {
    "dd": _TERMS,
    "dt": _TERMS,
    "li": frozenset({"li", "p"}),
    "option": frozenset({"option"}),
    "p": frozenset({"p"}),
    "td": _CELLS,
    "th": _CELLS,
    "tr": _ROWS,
    "thead": _GROUPS,
    "tbody": _GROUPS,
    "tfoot": _GROUPS,
}
"""Which open elements end, without an end tag, where an element of this name begins."""


class TooMuch(Exception):  # noqa: N818 - a fact about the page
    """The page passes a limit. The text names it."""


def check_page(source: str) -> None:
    """Let a page through that is cheap enough to parse.

    Raises:
        TooMuch: it passes one of the limits above.
    """
    tags = source.count("<")
    if tags > MAX_TAGS:
        raise TooMuch(f"{tags:,} tags; the limit is {MAX_TAGS:,}")
    elements = _Elements()
    attributes = place = 0
    while start := _START.search(source, place):
        comment, closing, name = start.groups()
        if comment:
            place = _after(source.find("-->", start.start() + 2), 3, source)  # `<!-->` is a whole comment
            continue
        name = name.lower()
        count, place = _skip_attributes(source, start.end())
        attributes += count
        _bound(attributes, MAX_ATTRIBUTES, "attributes")
        if closing:
            elements.end(name)
            continue
        elements.begin(name)
        if name in _RAW_END:
            end = _RAW_END[name].search(source, place)
            place = end.start() if end else len(source)


def _after(place: int, length: int, source: str) -> int:
    return place + length if place >= 0 else len(source)


def _skip_attributes(source: str, place: int) -> tuple[int, int]:
    """The number of attributes from `place` on, and where they end: at the tag's `>`, or at the end of the page."""
    count = 0
    while attribute := _ATTRIBUTE.match(source, place):
        count += 1
        _bound(count, MAX_TAG_ATTRIBUTES, "attributes in one tag")
        place = attribute.end()
    return count, place


def _bound(count: int, limit: int, what: str) -> None:
    if count > limit:
        raise TooMuch(f"more than {limit:,} {what}")


class _Elements:
    """The open elements, each with the number of its children and of the links among these."""

    def __init__(self) -> None:
        self._links = 0
        self._open: list[tuple[str, list[int]]] = [("", [0, 0])]
        self._names: Counter[str] = Counter()

    def begin(self, name: str) -> None:
        """An element begins.

        Raises:
            TooMuch: one more than a limit allows.
        """
        ended = _ENDS_BEFORE.get(name, frozenset())
        while self._open[-1][0] in ended:
            self._pop()
        if name == "a":
            self.end(name)  # there are no links inside links
        counts = self._open[-1][1]
        counts[0] += 1
        _bound(counts[0], MAX_CHILDREN, "elements in one element")
        if name == "a":
            counts[1] += 1
            self._links += 1
            _bound(counts[1], MAX_LINKS_TOGETHER, "links in one paragraph or other element")
            _bound(self._links, MAX_LINKS, "links")
        if name not in _VOID:
            self._open.append((name, [0, 0]))
            self._names[name] += 1
            _bound(len(self._open), MAX_DEPTH, "elements inside each other")

    def end(self, name: str) -> None:
        """The innermost element of this name ends, and all inside it; nothing ends when none is open."""
        if self._names[name]:
            while self._pop() != name:
                pass

    def _pop(self) -> str:
        name, _ = self._open.pop()
        self._names[name] -= 1
        return name
