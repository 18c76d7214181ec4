"""The standfirst of an article: the sentence or two between its headline and its first paragraph.

Extractors often leave it out, since it stands in the page's header.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from services.ingest.pages.labels import TIME_SHARE, is_boilerplate
from services.ingest.pages.two_modes import count_words, ends_sentence, line_key

LEAST_CHARACTERS, MOST_CHARACTERS = 40, 800
MAX_LOOKED_AT = 200_000
"""Characters that are compared: a standfirst comes early."""
LEAST_DESCRIPTION_KEY = 30
"""Of letters and digits: shorter descriptions ("News") stand in any text."""
OPENING_BLOCKS = 20
"""After the headline: what stands between it and the article is little."""
OPENING_WORDS = 10
FIRST_LINES = 3
"""Lines of the text, one of which ends the search: the first may be a label."""
_OPENINGS = frozenset({"div", "p"})
_BLOCKS = frozenset({"p", "h2", "h3", "h4", "div", "span", "strong"})
_INLINE = frozenset({"a", "b", "em", "i", "span", "strong", "br", "abbr", "mark", "small", "q", "wbr", "font", "u"})
_ASIDE = frozenset({"nav", "aside", "figure", "figcaption", "footer", "form", "button", "script", "style", "noscript"})
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|leadtext|intro|introtext|introduction|standfirst|dek|deck|excerpt|subtitle|subheadline"
    r"|subheading|sub[_-]?head|summary|abstract|chap(?:o|eau)|ingress|preamble|synopsis|announce(?:-text)?|manchet|underrubrik|vorspann|unterzeile"
    r"|sous-?titre|subt[ií]tulo|sottotitolo|sommario|occhiello|bajada|entradilla|copete|ondertitel|tagline)(?:$|[\s_-])",
    re.IGNORECASE,
)


def find_standfirst(tree: HtmlElement, descriptions: Sequence[str], text: str) -> str | None:
    """The standfirst, if it is not in the text; None where there is none.

    An element is one by its class, or since the page describes itself in the same words.

    Args:
        tree: the page.
        descriptions: how the page describes itself.
        text: the article without it.
    """
    described = [key for key in map(line_key, descriptions) if len(key) >= LEAST_DESCRIPTION_KEY]
    known = line_key(text)
    first = line_key(next((line for line in text.splitlines() if line.strip()), ""))
    for element in _blocks_after_headline(tree):
        words = " ".join("".join(element.itertext()).split())
        key = line_key(words)
        if key and key == first:
            return None
        if not LEAST_CHARACTERS <= len(words) <= MOST_CHARACTERS or key in known:
            continue
        if any(key in other or other in key for other in described) or _CLASS.search(_classes(element)):
            return words
    return None


def find_opening(tree: HtmlElement, text: str, titles: Sequence[str]) -> str | None:
    """A sentence between the headline and the first paragraph that the text lacks, in whatever it stands.

    Args:
        tree: the page with its headline, without what is known to be no article.
        text: the article as found.
        titles: its headline in every form, which may stand there again.
    """
    known = line_key(text)
    firsts = [line_key(line) for line in text.splitlines() if line.strip()][:FIRST_LINES]
    headlines = line_key("".join(titles))
    for element in islice(_blocks_after_headline(tree), OPENING_BLOCKS):
        words = " ".join("".join(element.itertext()).split())
        key = line_key(words)
        if key in firsts and key:
            return None
        if element.tag in _OPENINGS and _is_sentence(words) and key not in known and key not in headlines:
            return words
    return None


def _is_sentence(words: str) -> bool:
    if not LEAST_CHARACTERS <= len(words) <= MOST_CHARACTERS or not ends_sentence(words):
        return False
    parts = words.split()
    dated = sum(any(map(str.isdigit, part)) for part in parts)
    return count_words(words) >= OPENING_WORDS and dated < TIME_SHARE * len(parts) and not is_boilerplate(words)


def _blocks_after_headline(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Elements that hold words and no other block, in order, from the first `h1` on."""
    looked_at = 0
    is_after = tree.find(".//h1") is None
    for element in tree.iter():
        is_after = is_after or element.tag == "h1"
        if not is_after or element.tag not in _BLOCKS or any(child.tag not in _INLINE for child in element):
            continue
        looked_at += sum(map(len, element.itertext()))
        if looked_at > MAX_LOOKED_AT:
            return
        if not any(parent.tag in _ASIDE for parent in element.iterancestors()):
            yield element


def _classes(element: HtmlElement) -> str:
    parent = element.getparent()
    around = (parent.get("class") or "") if parent is not None and len(parent) == 1 else ""
    return f"{element.get('class') or ''} {around} {element.get('itemprop') or ''}"
