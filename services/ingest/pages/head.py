"""What a page's meta elements say. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from services.contracts.article import Rights

MAX_META = 1_000
"""Elements looked at: honest pages have some dozens."""
MAX_CONTENT_CHARACTERS = 2_000
"""Of one element, or of the title: what is compared is bounded, whatever a page writes there."""
_AUTHORS = (
    "author",
    "authors",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
)
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "itemprop:datepublished",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "article.published",
    "dcterms.created",
    "dc.date.issued",
    "publish-date",
    "pubdate",
    "publication_date",
    "date",
)
_MODIFIED = ("article:modified_time", "og:updated_time", "itemprop:datemodified", "lastmod", "last-modified")
_SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_TRUE, _FALSE = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})


@dataclass(frozen=True)
class Head:
    """Contents of the meta elements by name, in lower case, as written."""

    contents: Mapping[str, Sequence[str]]
    canonical: str | None
    title: str | None
    """The `title` element."""

    @property
    def authors(self) -> list[str]:
        """What stands where authors are named."""
        return self._all(_AUTHORS)

    @property
    def descriptions(self) -> list[str]:
        """How the page describes itself."""
        return self._all(_DESCRIPTIONS)

    @property
    def published(self) -> list[str]:
        """Times of publication as written, best first."""
        return self._all(_PUBLISHED)

    @property
    def modified(self) -> list[str]:
        """Times of the last change as written, best first."""
        return self._all(_MODIFIED)

    @property
    def site_names(self) -> list[str]:
        """What the site calls itself."""
        return self._all(_SITES)

    def first(self, name: str) -> str | None:
        """The first content under a name."""
        return next(iter(self.contents.get(name, ())), None)

    @property
    def rights(self) -> Rights | None:
        """Rights reserved by meta elements (W3C TDM Reservation Protocol, section 4.3); None where nothing is said."""
        value = (self.first("tdm-reservation") or "").strip().lower()
        reservation = True if value in _TRUE else False if value in _FALSE else None
        policy = (self.first("tdm-policy") or "").strip() or None
        usage = (self.first("content-usage") or "").strip() or None
        if reservation is None and policy is None and usage is None:
            return None
        return Rights(tdm_reservation=reservation, tdm_policy=policy, content_usage=usage)

    def _all(self, names: Sequence[str]) -> list[str]:
        return [content for name in names for content in self.contents.get(name, ())]


def read_head(tree: HtmlElement) -> Head:
    """The meta elements of a page, wherever they stand in it."""
    contents: dict[str, list[str]] = {}
    for name, content in _pairs(tree):
        contents.setdefault(name, []).append(content)
    links = [link.get("href") for link in tree.findall('.//head//link[@rel="canonical"]')[:1]]
    title = (tree.findtext(".//title") or "")[:MAX_CONTENT_CHARACTERS] or None
    return Head(contents, next((link.strip() for link in links if link), None), title)


def _pairs(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for count, meta in enumerate(tree.iter("meta")):
        if count >= MAX_META:
            return
        content = " ".join((meta.get("content") or "")[:MAX_CONTENT_CHARACTERS].split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = meta.get(attribute)
            if name and content:
                # Of microdata: a page has authors and days of other articles in it, too.
                yield f"{'itemprop:' if attribute == 'itemprop' else ''}{name.strip().lower()}", content
                break
