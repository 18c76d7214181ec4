"""A text that was run into one line, in the lines of the page it is from."""

from collections.abc import Iterator

from lxml.html import HtmlElement

from services.ingest.pages.two_modes import line_key

_INLINE = frozenset(
    {
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
            "label",
            "mark",
        ),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    }
)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head"})


def in_lines(text: str, tree: HtmlElement, body: str | None) -> str:
    """The text in lines, where it is one line that `body` or the page has in several; else as it is."""
    if "\n" in text.strip():
        return text
    key = line_key(text)
    if body and line_key(body) == key:
        return body
    lines = [line for line in block_lines(tree) if line_key(line) and line_key(line) in key]
    return "\n".join(lines) if line_key("".join(lines)) == key else text


def block_lines(tree: HtmlElement) -> Iterator[str]:
    """What stands in the page, a block a line."""
    parts: list[str] = []
    for text in _texts(tree):
        if text is None:
            if line := " ".join("".join(parts).split()):
                yield line
            parts = []
        else:
            parts.append(text)
    if line := " ".join("".join(parts).split()):
        yield line


def _texts(element: HtmlElement) -> Iterator[str | None]:
    """What stands in the page, in order; None where a block begins or ends."""
    waiting: list[HtmlElement | str | None] = [element]
    while waiting:
        node = waiting.pop()
        if node is None or isinstance(node, str):
            yield node
            continue
        if not isinstance(node.tag, str) or node.tag in _UNSEEN:
            continue
        edge = () if node.tag in _INLINE else (None,)
        inside: list[HtmlElement | str | None] = [*edge, node.text or ""]
        for child in node:
            inside += (child, child.tail or "")
        waiting.extend(reversed([*inside, *edge]))
