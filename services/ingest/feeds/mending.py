"""Makes XML of what outlets send as XML: without a document type, with entities that it knows, well-formed. Pure.

Entities are replaced before anything is parsed, so that none can unfold into more than a few characters.
"""

import re
from html import unescape

from services.ingest.feeds.feed import NotAFeed, UnsafeFeed

MAX_ENTITIES = 300
"""That a feed may declare itself: some declare all of HTML's."""
MAX_MARKS = 600_000
"""Tags and entities of a feed. A sitemap of 50,000 addresses, as many as it may have, has 500,000 at most."""
ROOTS = ("rss", "rdf", "feed", "urlset", "sitemapindex")
"""Names of the first element of a feed, in lower case."""
_ROOT = re.compile(rf"<(?:[A-Za-z_][\w.-]*:)?({'|'.join(ROOTS)})(?=[\s/>])", re.IGNORECASE)
_BEGINNING = re.compile(rf"<\?xml\s|{_ROOT.pattern}", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([^\s>\[]+)[^>\[]*(\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"\s*")
_PROLOGUE = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+)?(?:html|head|body|script|div|meta|title)[\s/>]", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]*)\s+(?:"([^"%<]{0,16})"|'([^'%<]{0,16})')\s*>""")
_CHARACTER = re.compile(r"[^&]*|&#x?[0-9a-fA-F]{1,6};")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ODD = re.compile(
    r"(?P<whole><!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z))"
    r"|&(?:\#(?P<number>[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|(?P<name>[A-Za-z][A-Za-z0-9]{0,31});)?"
    r"|(?P<less><(?![A-Za-z_/]))"
    r"|<(?P<void>br|hr|wbr|img)(?P<rest>\s[^<>]*)?>",
    re.DOTALL | re.IGNORECASE,
)
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*(?=[\s/>=])")
_DECLARED_PREFIX = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
_LAST_ITEM = re.compile(r"</(?:[\w.-]+:)?(?:item|entry|url|sitemap)\s*>", re.IGNORECASE)


def mend(text: str) -> tuple[str, bool]:
    """The document from its first element on, safe to parse, and whether something stood before its beginning.

    Raises:
        NotAFeed: there is no first element of a feed.
        UnsafeFeed: it declares entities that stand for more than a character or two, or has more than `MAX_MARKS`.
    """
    if text.count("<") + text.count("&") > MAX_MARKS:
        raise UnsafeFeed(f"has more than {MAX_MARKS:,} tags and entities")
    start, doctype, leading = _beginning(text)
    declared = _entities(doctype)
    body = _ILLEGAL.sub("", text[start:])
    return _with_prefixes(_ODD.sub(lambda odd: _as_xml(odd, declared), body)), leading


def whole_items(text: str) -> str:
    """A document that breaks off, cut after its last whole item; any other as it is."""
    root = _ROOT.match(text)
    assert root is not None
    name = text[1 : root.end()].strip()
    ends = [match.end() for match in _LAST_ITEM.finditer(text)]
    if not ends or re.search(rf"</{re.escape(name)}\s*>", text[ends[-1] :], re.IGNORECASE):
        return text
    channel = "</channel>" if re.search(r"<channel[\s>]", text[: ends[0]]) and name.lower() == "rss" else ""
    return f"{text[: ends[-1]]}{channel}</{name}>"


def _beginning(text: str) -> tuple[int, str, bool]:
    """Where the first element begins, the document type before it, and whether what stands before it is no XML."""
    position, doctype, leading = 0, "", False
    while True:
        position = _end(_SPACE, text, position)
        if _ROOT.match(text, position):
            return position, doctype, leading
        declaration = _DOCTYPE.match(text, position)
        if declaration and declaration[1].lower() != "html":
            doctype, position = declaration[0], declaration.end()
            continue
        after = max(_end(_PROLOGUE, text, position), position)
        if after > position:
            position = after
            continue
        if text[position : position + len("<!doctype")].lower() == "<!doctype" and not declaration:
            raise UnsafeFeed("its document type does not end")
        beginning = _BEGINNING.search(text, position + 1)
        if declaration or beginning is None or text[position : position + len("<html")].lower() == "<html":
            raise NotAFeed(_what_else(text[position:]))
        position, leading = beginning.start(), True


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else -1


def _what_else(text: str) -> str:
    if not text.strip():
        return "is empty"
    if _PAGE.match(text):
        return "is a page (HTML), not a feed"
    if text.startswith("<"):
        return "is XML, but no feed"
    return "is neither XML nor JSON"


def _entities(doctype: str) -> dict[str, str]:
    """What the document type declares, if all of it is harmless."""
    count = len(re.findall("<!ENTITY", doctype, re.IGNORECASE))
    if not count:
        return {}
    declared = {name: in_double or in_single for name, in_double, in_single in _ENTITY.findall(doctype)}
    harmless = all(_CHARACTER.fullmatch(value) for value in declared.values())
    if count > MAX_ENTITIES or len(_ENTITY.findall(doctype)) != count or not harmless:
        raise UnsafeFeed("declares entities that stand for more than characters")
    return {name: unescape(value) for name, value in declared.items()}


def _as_xml(odd: re.Match[str], declared: dict[str, str]) -> str:
    """What stands for one thing that XML does not know, or not like this."""
    whole: str | None = odd["whole"]
    if whole is not None:
        # An unclosed section would swallow the rest: it is closed where the document ends.
        return whole if not whole.startswith("<![CDATA[") or whole.endswith("]]>") else whole + "]]>"
    if odd["less"]:
        return "&lt;"
    if odd["void"]:
        return odd[0] if odd[0].endswith("/>") else f"{odd[0][:-1]}/>"
    if odd["name"] in _OF_XML:
        return odd[0]
    # Numbers go by HTML, too: many write those of Windows-1252. What is no entity stands for itself.
    return _escaped(declared.get(odd["name"]) or unescape(odd[0]))


def _escaped(text: str) -> str:
    return _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _with_prefixes(text: str) -> str:
    """The same with every prefix declared that it uses."""
    used = set(_PREFIX.findall(text)) - set(_DECLARED_PREFIX.findall(text)) - {"xml", "xmlns"}
    if not used:
        return text
    root = _ROOT.match(text)
    assert root is not None
    added = "".join(
        f' xmlns:{prefix}="{_NAMESPACES.get(prefix.lower(), f"urn:undeclared:{prefix}")}"' for prefix in sorted(used)
    )
    return text[: root.end()] + added + text[root.end() :]
