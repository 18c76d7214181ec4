"""Adapter of trafilatura: the article in an HTML page."""

import logging
from dataclasses import dataclass
from datetime import date

import trafilatura
from trafilatura.settings import Document
from trafilatura.utils import decode_file

from services.ingest.addresses.url_date import EARLIEST

# They log several lines for each page that they find nothing in. The refusal says so already, in a line of ours.
for _library in ("courlan", "htmldate", "trafilatura"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True)
class Page:
    """What a page says of itself. `published_on` is known to the day; `url` is its canonical link."""

    text: str
    title: str | None
    published_on: date | None
    authors: tuple[str, ...]
    url: str | None
    site_name: str | None


def decode_html(content: bytes) -> str:
    """Characters of a page, by its declared or guessed encoding."""
    return str(decode_file(content))


def read_page(html: str, *, today: date) -> Page | None:
    """Find the article; None when the page holds none.

    Args:
        html: the page's source.
        today: the day it was fetched. Later dates in it are not publication dates.
    """
    tree = trafilatura.load_html(html)
    if tree is None:
        return None
    has_link = any(link.get("href") for link in tree.findall('.//head//link[@rel="canonical"]')[:1])
    # deduplicate stays off: it remembers texts of earlier pages, so that a result would depend on them.
    found = trafilatura.bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        deduplicate=False,
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,  # guesses from any number on the page
            "deferred_url_extractor": True,  # what the page says goes before its address
            "min_date": EARLIEST.isoformat(),
            "max_date": today.isoformat(),
        },
    )
    if not isinstance(found, Document) or not found.text:
        return None
    return Page(
        text=found.text,
        title=found.title or None,
        published_on=date.fromisoformat(found.date) if found.date else None,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        # Without such a link trafilatura takes the base of relative addresses, or the page in another language.
        url=(found.url or None) if has_link else None,
        site_name=found.sitename or None,
    )
