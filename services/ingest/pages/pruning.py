"""What is taken out of a page's tree before its article is looked for: other people's words, and links elsewhere.

Extractors weigh blocks against each other: what is gone before can neither win nor hide in the article. Every pass is
linear in the page.
"""

import re

from lxml.html import HtmlElement

from services.ingest.pages.asides import find_asides
from services.ingest.pages.notes import find_notes
from services.ingest.pages.two_modes import ends_sentence

LINK_SHARE = 0.8
"""A paragraph, heading or list with so much of its text in links leads elsewhere."""
LIST_LINK_SHARE = 0.2
"""A list does where every item is short and has a link, and links have so much of its text."""
LIST_ITEM_CHARACTERS = 150
"""Of such an item, on average, without blanks."""
LABEL_CHARACTERS = 30
"""What stands beside a link in a paragraph is its label ("Read more:") up to here."""
COMMENTS_SHARE = 0.4
"""Of the page's words in paragraphs. What is called comments and holds more is the page."""
CARD_LINK_SHARE = 0.5
"""Of a headline with its teaser: some stand twice there, once for those who do not see the link."""
CARD_CHARACTERS = 400
"""Of a linked headline with its teaser."""
CARD_SHARE = 0.3
"""Of the page's words in paragraphs: what has more is a short article, whose headline links to itself."""
HEADLINE_CHARACTERS = 400
"""Of an `h1`, without blanks: one with more holds the article."""
HEADING_CHARACTERS = 80
"""Of what stands over a list of links, without blanks."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LINKED = frozenset({"p", "h1", *_HEADINGS, "ul", "ol"})
_LISTS = frozenset({"ul", "ol"})
_NAMED = frozenset({"div", "section", "aside", "ul", "ol", "dialog", "form"})
_CARDS = frozenset({"a", "article", "aside", "div", "figure", "header", "li", "section"})
_CONSENT = re.compile(
    r"(?:^|[\s_-])(?:gdpr|cookies?(?:[_-]?(?:banner|notice|consent|bar|dialog|wall))?|consent)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CONSENT_WORDS = re.compile(r"cookies?|consent|privacy|partners|datenschutz|confidentialit|privacidad", re.IGNORECASE)
CONSENT_START = 2_000
"""Characters of a consent dialog in which it says what it is."""
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments(?:[_-]?\w+)?|comment[_-]\w+|comentarios|kommentare|commentaires|commenti|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)


class _Lengths:
    """Characters of each element without blanks: all, those in links, and those in paragraphs."""

    def __init__(self, tree: HtmlElement) -> None:
        self.text: dict[HtmlElement, int] = {}
        self.links: dict[HtmlElement, int] = {}
        self.paragraphs: dict[HtmlElement, int] = {}
        for element in reversed(list(tree.iter())):  # children before their parents
            if not isinstance(element.tag, str) or element.tag in {"script", "style", "noscript", "template"}:
                self.text[element] = self.links[element] = self.paragraphs[element] = 0
                continue
            text = _visible(element.text) + sum(self.text[child] + _visible(child.tail) for child in element)
            self.text[element] = text
            self.links[element] = text if element.tag == "a" else sum(self.links[child] for child in element)
            self.paragraphs[element] = text if element.tag == "p" else sum(self.paragraphs[child] for child in element)

    def leads_elsewhere(self, element: HtmlElement) -> bool:
        """Whether a paragraph, heading or list is links and not much else."""
        text, links = self.text[element], self.links[element]
        if not links:
            return False
        if links >= LINK_SHARE * text:
            return True
        if element.tag in _LISTS:
            items = _items(element)
            is_short = text <= LIST_ITEM_CHARACTERS * len(items)
            return is_short and links >= LIST_LINK_SHARE * text and all(self.links[item] for item in items)
        label = (element.text or "").rstrip()
        return element.tag == "p" and text - links <= LABEL_CHARACTERS and label.endswith((":", "|"))


def prune(tree: HtmlElement) -> None:
    """Take away what is links, what stands beside the article by its marks, and notes of the newsroom."""
    lengths = _Lengths(tree)
    whole = lengths.paragraphs[tree]
    for element in lengths.text:
        if not isinstance(element.tag, str) or element is tree:
            continue
        if element.tag in _HEADINGS and (card := _card(element, lengths, whole)) is not None:
            _drop(card)
        elif element.tag in _LINKED and lengths.leads_elsewhere(element):
            if element.tag in _LISTS:
                _drop_heading(element, lengths)
            _drop(element)
        elif _is_button(element, lengths) or _is_notice(element, lengths, whole):
            _drop(element)
    for element in (*find_asides(tree, lengths.text, lengths.paragraphs), *find_notes(tree)):
        _drop(element)


def drop_headline(tree: HtmlElement) -> None:
    """Take away the only `h1`: the headline is known by itself, and its kicker would stand before it in the text."""
    headings = list(tree.iter("h1"))
    if len(headings) == 1 and _visible("".join(headings[0].itertext())) <= HEADLINE_CHARACTERS:
        _drop(headings[0])


def _items(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if child.tag == "li"]


def _is_button(element: HtmlElement, lengths: _Lengths) -> bool:
    """Whether it is one short item that is no sentence: a list lists nothing then, and asks for something."""
    if element.tag not in _LISTS:
        return False
    is_short = len(_items(element)) == 1 and lengths.text[element] <= HEADING_CHARACTERS
    return is_short and not ends_sentence("".join(element.itertext()))


def _is_notice(element: HtmlElement, lengths: _Lengths, whole: int) -> bool:
    if element.tag not in _NAMED:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _COMMENTS.search(names):
        return lengths.paragraphs[element] <= COMMENTS_SHARE * whole
    return _CONSENT.search(names) is not None and _asks_for_consent(element)


def _asks_for_consent(element: HtmlElement) -> bool:
    if next(element.iter("h1", "article", "main"), None) is not None:
        return False
    start, size = [], 0
    for text in element.itertext():
        start.append(text)
        size += len(text)
        if size > CONSENT_START:
            break
    return _CONSENT_WORDS.search(" ".join(start)) is not None


def _is_in_link(element: HtmlElement) -> bool:
    parent = element.getparent()
    return parent is not None and (
        parent.tag == "a" or (parent.getparent() is not None and parent.getparent().tag == "a")
    )


def _card(heading: HtmlElement, lengths: _Lengths, whole: int) -> HtmlElement | None:
    """A linked headline with what stands with it, such as its picture and teaser; None where it is not linked."""
    is_link = lengths.leads_elsewhere(heading) or _is_in_link(heading)
    card = heading
    while (parent := card.getparent()) is not None and parent.tag in _CARDS:
        if lengths.text.get(parent, 0) > CARD_CHARACTERS or lengths.paragraphs[parent] > CARD_SHARE * whole:
            break
        card = parent
    if is_link or (card is not heading and lengths.links[heading] >= CARD_LINK_SHARE * max(1, lengths.text[heading])):
        return card
    return None


def _drop_heading(element: HtmlElement, lengths: _Lengths) -> None:
    """Take away the heading right over a list of links."""
    before = element.getprevious()
    if before is None or (element.getprevious().tail or "").strip():
        return
    is_short = before.tag in {"p", *_HEADINGS} and lengths.text.get(before, 0) <= HEADING_CHARACTERS
    if is_short and not ends_sentence("".join(before.itertext())):
        _drop(before)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _visible(text: str | None) -> int:
    return len("".join(text.split())) if text else 0
