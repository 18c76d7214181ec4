"""Names of classes that would hide an article from extractors.

An extractor takes out what is called `embed` or `share`, also where a site calls every other paragraph of its articles
so. Elements of one name that hold much of the page are its article, whatever they are called.
"""

import re

from lxml.html import HtmlElement

from services.ingest.pages.two_modes import line_key

ARTICLE_SHARE = 0.2
"""Of the letters and digits in paragraphs: what elements of one name hold of an article, and more."""
_MISLEADING = re.compile(
    r"attachment|author|banner|blur|button|comment|consent|cookie|embed|expand|footer|hidden|icon|menu|meta|modal|nav"
    r"|newsletter|obfuscat|option|overlay|paid|premium|promo|rating|related|share|sharing|side-?bar|slide|social|sponsor"
    r"|tags|widget|yin|bar\b|bio\b",
    re.IGNORECASE,
)


def drop_misleading_names(tree: HtmlElement) -> None:
    """Take such names from paragraphs, and from what they stand in."""
    held: dict[tuple[str, str], int] = {}
    named: dict[tuple[str, str], list[HtmlElement]] = {}
    whole = 0
    for paragraph in tree.iter("p"):
        size = len(line_key("".join(paragraph.itertext())))
        whole += size
        for element in (paragraph, paragraph.getparent()):
            if element is not None and _MISLEADING.search(names := element.get("class") or ""):
                held[element.tag, names] = held.get((element.tag, names), 0) + size
                named.setdefault((element.tag, names), []).append(element)
    for key, elements in named.items():
        if held[key] >= ARTICLE_SHARE * whole:
            for element in elements:
                element.attrib.pop("class", None)
