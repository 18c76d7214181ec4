"""Paragraphs of the small HTML that wires carry as a string. Pure; scripts and pictures are passed over."""

from html.parser import HTMLParser

_BLOCKS = frozenset(
    {"p", "div", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "tr", "blockquote", "section", "article"}
)
_PASSED_OVER = frozenset({"script", "style", "figure", "figcaption", "head", "noscript", "iframe", "svg"})


class _Paragraphs(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._words: list[str] = []
        self._depth_passed_over = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's
        if tag in _PASSED_OVER:
            self._depth_passed_over += 1
        if tag in _BLOCKS:
            self.end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        if tag in _PASSED_OVER and self._depth_passed_over:
            self._depth_passed_over -= 1
        if tag in _BLOCKS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._depth_passed_over:
            self._words.append(data)

    def end_paragraph(self) -> None:
        paragraph = " ".join("".join(self._words).split())
        self._words.clear()
        if paragraph:
            self.found.append(paragraph)


def html_paragraphs(html: str) -> list[str]:
    """The paragraphs of a fragment of HTML, each on one line."""
    parser = _Paragraphs()
    parser.feed(html)
    parser.close()
    parser.end_paragraph()
    return parser.found


def text_paragraphs(text: str) -> list[str]:
    """The paragraphs of plain text: its lines that are not blank."""
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
