"""What stands beside an article by the marks that publishing systems leave: tags, roles and names of classes.

A name proves little, since an article may stand in an element called `share-content`. So what has such a name is small,
holds no headline, and all elements of a kind together hold less than a third of the page's paragraphs.
"""

import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

SMALL_CHARACTERS = 400
"""Of what goes by its name, without blanks."""
KIND_SHARE = 0.3
"""Of the page's words in paragraphs: a kind that holds more is the article."""
REST_CHARACTERS = 1_200
"""In paragraphs, without blanks: so much beside its fact boxes is an article."""
_TAGS = frozenset({"nav", "footer", "aside", "dialog", "figcaption"})
_ROLES = frozenset({"alertdialog", "banner", "complementary", "contentinfo", "dialog", "navigation", "search"})
_BLOCKS = frozenset(
    {"div", "section", "aside", "ul", "ol", "p", "span", "header", "footer", "figure", "form", "blockquote"}
)
_GROUPS = frozenset({"div", "section", "form", "fieldset"})
_CONTROLS = frozenset({"button", "form", "input", "select", "textarea"})
_NEVER_SHOWN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EMBEDDED = re.compile(r"^(?:twitter|tiktok|instagram|bluesky|reddit|imgur|mastodon|fb|text-post)-(?:\w+-)*\w+$")


def _called(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?:$|[\s_-])")


_KINDS: Mapping[str, re.Pattern[str]] = {
    "related": _called(
        r"related|recirc\w*|relacionad[ao]s?|correlat[ie]|read-?(?:more|also|next)|(?:also|reading)-?(?:read|also)|lire-aussi|leggi-anche"
        r"|lees-ook|les-ogsaa?|more-?(?:stories|news|topic|on|from|like-this)|most-?(?:read|popular|viewed)|up-next"
        r"|recommend(?:ed|ations?)|trending|popular(?:-articles)?|you-may-like|see-also|lesen-sie-auch|meist-?gelesen"
    ),
    "advertisement": _called(
        r"outbrain|taboola|sponsored|advert(?:isement|orial|ising)?|native-ad|ad-(?:container|slot|unit|wrapper)|promoted"
        r"|affiliate|(?:paid|partner)-content|revcontent|mgid|dianomi|plista|nativo"
    ),
    "offer": _called(
        r"paywall|regwall|promo(?:tion)?s?|newsletters?|nl-signup|sign-?up|subscri(?:be|ption)s?|donat(?:e|ion)s?|support-(?:us|pay)|membership|paid-barrier"
        r"|call-?to-?action|cta|app-promo|inscription|spenden"
    ),
    "author": _called(
        r"author-?(?:bio|box|info|card|about|description|profile)s?|about-?(?:the-)?authors?|bio|autor-?(?:box|info)"
        r"|autorenbox|post-author|contributor-bio|byline-bio"
    ),
    "sharing": _called(
        r"shar(?:e|ing)(?:-?(?:bar|buttons?|tools|links|icons))?|social(?:-?(?:share|media|links|bar|icons))?|sharedaddy"
        r"|addtoany\w*|addthis\w*|a2a-kit|sociable"
    ),
    "picture": _called(
        r"(?:(?:img|image|photo|media|picture|wp|video)-?)?captions?(?:-text)?|(?:photo|image|media)-?(?:credits?|legend)"
        r"|didascalia|bildunterschrift|bildnachweis|pie-?(?:de-)?foto|legende"
    ),
    "tags": _called(
        r"(?:post|article|entry|story)?-?tags?(?:-?(?:links|list|cloud))|keywords|tagged|post-categories|cat-links"
    ),
    "player": _called(r"vjs-\w+|video-js|jw-?player|jw-\w+|audio-(?:player|module)|video-player"),
    "quote": _called(r"pull-?quotes?|block-pullquote"),
    "trail": _called(r"breadcrumbs?|bread-crumbs?|pagination|toc|table-of-contents|tip-us|feedback|rating|poll"),
}
_FACTS = re.compile(
    r"fact-?box|fakta-?(?:boks|box|ruta)|info-?box|infokasten|faktenbox"
    r"|(?:^|[\s_-])fakta(?:$|[\s_-])",
    re.IGNORECASE,
)


def find_asides(
    tree: HtmlElement, text: Mapping[HtmlElement, int], paragraphs: Mapping[HtmlElement, int]
) -> list[HtmlElement]:
    """What is no part of the article by its marks, outermost elements.

    Args:
        tree: the page.
        text: characters of each element without blanks.
        paragraphs: those that stand in its paragraphs.
    """
    whole = paragraphs[tree]
    beside: list[HtmlElement] = []
    for kind, elements in _by_kind(tree, text).items():
        outermost = list(_outermost(elements))
        held = sum(paragraphs[element] for element in outermost)
        if held <= KIND_SHARE * whole or (kind == "facts" and whole - held >= REST_CHARACTERS):
            beside += outermost
    return beside


def _by_kind(tree: HtmlElement, text: Mapping[HtmlElement, int]) -> dict[str, list[HtmlElement]]:
    kinds: dict[str, list[HtmlElement]] = {}
    for element in text:
        if isinstance(element.tag, str) and element is not tree and (kind := _kind(element, text[element])):
            kinds.setdefault(kind, []).append(element)
    holding = {parent for head in tree.iter("h1", "main", "body") for parent in (head, *head.iterancestors())}
    return {kind: [element for element in elements if element not in holding] for kind, elements in kinds.items()}


def _kind(element: HtmlElement, size: int) -> str | None:
    if element.tag in _TAGS or element.get("role") in _ROLES:
        return str(element.get("role") or element.tag)
    if element.get("hidden") is not None or _NEVER_SHOWN.search(element.get("style") or ""):
        return "hidden"
    if size <= SMALL_CHARACTERS and element.tag in _GROUPS and any(child.tag in _CONTROLS for child in element):
        return "form"
    names = _CAMEL.sub("-", f"{element.get('class') or ''} {element.get('id') or ''}").lower()
    return None if names.isspace() else _kind_by_names(element.tag, names, size)


def _kind_by_names(tag: str, names: str, size: int) -> str | None:
    if tag == "blockquote" and any(map(_EMBEDDED.match, names.split())):
        return "embedded"
    if _FACTS.search(names):
        return "facts"
    is_small = tag in _BLOCKS and size <= SMALL_CHARACTERS
    return next((kind for kind, pattern in _KINDS.items() if is_small and pattern.search(names)), None)


def _outermost(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Elements that stand in none of the others."""
    known = set(elements)
    return (element for element in elements if not any(parent in known for parent in element.iterancestors()))
