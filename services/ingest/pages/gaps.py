"""Paragraphs and subheadings that extractors lose between others of the same element.

Extractors judge each block by itself, and leave one out for a link or a word in the name of its class. What stands
between two paragraphs of the article, in the same element, and is a sentence or a heading, is the article's.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from services.ingest.pages.two_modes import count_words, ends_sentence, line_key

LEAST_KNOWN = 3
"""Paragraphs of an element that the text has."""
SENTENCE_WORDS = 8
HEADING_WORDS = 16
MAX_LOST = 200
"""Paragraphs and headings of the page that are looked at."""
MAX_LOST_SHARE = 0.5
"""Of an element's blocks: where the text lacks more, they were left out for a reason."""
STEPS_UP = 3
"""From a paragraph or heading to the element that holds the article, where each has an element of its own."""
_BLOCKS = frozenset({"p", "h2", "h3", "h4"})


def fill_gaps(text: str, tree: HtmlElement) -> str:
    """The text with what it lacks between its lines, in the order of the page.

    Args:
        text: paragraphs one a line.
        tree: the page, without what is known to be no article.
    """
    lines = text.splitlines()
    at_line = {key: at for at, line in reversed(list(enumerate(lines))) if (key := line_key(line))}
    # A paragraph with line breaks in it stands on lines of its own: it is known as what they are together.
    known = "".join(map(line_key, lines))
    after: dict[int, list[str]] = {}
    lost = (paragraph for blocks in _families(tree) for paragraph in _lost(blocks, at_line))
    for at, words in islice(lost, MAX_LOST):
        if line_key(words) not in known:
            after.setdefault(at, []).append(words)
    if not after:
        return text
    return "\n".join(paragraph for at, line in enumerate(lines) for paragraph in (line, *after.get(at, ())))


def _families(tree: HtmlElement) -> Iterable[list[tuple[str, str]]]:
    """Tags and words of the paragraphs and headings in one element, or in elements that are called the same."""
    families: dict[object, list[tuple[str, str]]] = {}
    paragraph: HtmlElement | None = None
    for block in tree.iter(*_BLOCKS):
        beside = block
        if block.tag == "p":
            paragraph = block
        elif paragraph is not None and _is_alone(block) and _are_near(block, paragraph):
            beside = paragraph
        parent = beside.getparent()
        if parent is not None:
            family = (parent.tag, parent.get("class")) if parent.get("class") else parent
            families.setdefault(family, []).append((block.tag, _words(block)))
    return families.values()


def _words(block: HtmlElement) -> str:
    """The block's text on one line; a line break parts words."""
    nodes = block.xpath("descendant::text() | descendant::br")
    return " ".join("".join(node if isinstance(node, str) else " " for node in nodes).split())


def _is_alone(heading: HtmlElement) -> bool:
    """Whether its element holds nothing else: it heads what comes after that."""
    parent = heading.getparent()
    return parent is not None and len(parent) == 1 and not (parent.text or heading.tail or "").strip()


def _are_near(block: HtmlElement, other: HtmlElement) -> bool:
    """Whether the element that holds the block with all around it holds the other, too."""
    while (parent := block.getparent()) is not None and len(parent) == 1:
        block = parent
    return parent is not None and parent in islice(other.iterancestors(), STEPS_UP)


def _lost(blocks: Sequence[tuple[str, str]], at_line: dict[str, int]) -> Iterator[tuple[int, str]]:
    """Lines after which words of the element are lacking, with the words."""
    places = [at_line.get(line_key(words)) for _, words in blocks]
    known = [at for at, place in enumerate(places) if place is not None and blocks[at][0] == "p"]
    if len(known) < LEAST_KNOWN:
        return
    inside = range(known[0], known[-1])
    lost = [at for at in inside if places[at] is None and _is_own(*blocks[at])]
    if len(lost) > MAX_LOST_SHARE * len(inside):
        return
    place = 0
    for at in inside:
        here = places[at]
        if here is not None:
            place = here
        elif at in lost:
            yield place, blocks[at][1]


def _is_own(tag: str, words: str) -> bool:
    if tag == "p":
        return count_words(words) >= SENTENCE_WORDS and ends_sentence(words)
    return bool(line_key(words)) and count_words(words) <= HEADING_WORDS
