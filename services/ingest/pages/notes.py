"""Notes of the newsroom between an article's paragraphs, by how they are set.

They are in italics or bold as a whole: who wrote the article, what else the site has, an offer. What language they are
in does not matter.
"""

from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from services.ingest.pages.two_modes import line_key
from services.ingest.text.corrections import find_correction

NOTE_CHARACTERS = 500
SET_SHARE = 0.95
"""Of a paragraph's letters and digits: so many in italics or bold are all of it."""
LEAST_PLAIN = 3
"""Paragraphs beside the notes that are set as usual: where there are fewer, the article is set so."""
STANDFIRSTS = 1
"""Paragraphs at the beginning that may be set so, as the article's standfirst."""
_ITALICS = frozenset({"em", "i"})
_SET = frozenset({"em", "i", "strong", "b"})


def find_notes(tree: HtmlElement) -> list[HtmlElement]:
    """Paragraphs that are notes. Corrections are none."""
    return [note for family in _families(tree) for note in _notes(family) if not find_correction(None, _text(note))]


def _families(tree: HtmlElement) -> Iterable[list[HtmlElement]]:
    """Paragraphs with words, those in one element together."""
    families: dict[HtmlElement, list[HtmlElement]] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and _text(paragraph):
            families.setdefault(parent, []).append(paragraph)
    return families.values()


def _notes(family: Sequence[HtmlElement]) -> list[HtmlElement]:
    """Those in italics at the end; elsewhere those in italics or bold with a link, or that lead to what follows."""
    plain = [at for at, paragraph in enumerate(family) if not _is_set(paragraph, _SET)]
    if len(plain) < LEAST_PLAIN:
        return []
    return [
        paragraph
        for at, paragraph in enumerate(family)
        if (at > plain[-1] and _is_set(paragraph, _ITALICS)) or (at >= STANDFIRSTS and _leads_elsewhere(paragraph))
    ]


def _leads_elsewhere(paragraph: HtmlElement) -> bool:
    text = _text(paragraph)
    if len(text) > NOTE_CHARACTERS:
        return False
    if paragraph.find(".//a") is not None:
        return _is_set(paragraph, _SET)
    return text.endswith((":", "：")) and _is_set(paragraph, _ITALICS)


def _is_set(paragraph: HtmlElement, tags: frozenset[str]) -> bool:
    """Whether the text stands in such elements, all of it but a few characters."""
    every = len(line_key(_text(paragraph)))
    outermost = (element for element in paragraph.iter(*tags) if element.getparent().tag not in tags)
    return every > 0 and sum(len(line_key(_text(element))) for element in outermost) >= SET_SHARE * every


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
