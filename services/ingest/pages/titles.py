"""The headline of a page, out of the places that name it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAX_NAME_WORDS = 6
"""A site's name behind a headline is short."""
_SEPARATOR = re.compile(r"\s+(?:[|–—·•»«~⁄-]|--|::?)\s+|\s*[|｜ㅣ：»]\s*|(?<=[^\x00-\u024f])-(?=[^\x00-\u024f])")
_OPENING = re.compile(r"(.{2,60}?)\s*[:|\u2013\u2014-]\s+(\S.*)$")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class TitlePlaces:
    """What each place says, as written, or None."""

    open_graph: str | None = None
    structured: str | None = None
    """The headline of JSON-LD."""
    twitter: str | None = None
    heading: str | None = None
    """The first `h1`."""
    element: str | None = None
    """The `title` element."""

    @property
    def written(self) -> list[str]:
        """All that are given."""
        places = (self.open_graph, self.structured, self.twitter, self.heading, self.element)
        return [line for place in places if (line := " ".join((place or "").split()))]


def find_title(places: TitlePlaces, site_names: Sequence[str]) -> str | None:
    """The headline without the name of the site; None where no place gives one.

    JSON-LD has the publisher's headline; what is written for those who share the page is often another one, and the
    `title` element is written for search engines.

    Args:
        places: what each place says.
        site_names: what the site is called, its host among them.
    """
    for title in (places.structured, places.open_graph, places.twitter, places.heading, places.element):
        line = " ".join((title or "").split())
        if line and not _is_name(line, site_names):
            whole = _without_kicker(_uncut(line, places), places.open_graph)
            return _without_site(whole, places.written, site_names)
    return None


def _without_kicker(title: str, shorter: str | None) -> str:
    """The headline without what stands before its colon, where another place leaves that out."""
    line = " ".join((shorter or "").split())
    return line if line and re.fullmatch(rf".{{2,80}}: ?{re.escape(line)}", title) else title


def _uncut(title: str, places: TitlePlaces) -> str:
    """The headline as the page's heading and another place both have it, where they go on."""
    longer = _key(places.heading or "")
    agreed = longer in {_key(place or "") for place in (places.structured, places.element)}
    return " ".join((places.heading or "").split()) if agreed and longer.startswith(_key(title)) else title


def _without_site(title: str, others: Sequence[str], site_names: Sequence[str]) -> str:
    for start, end in reversed([match.span() for match in _SEPARATOR.finditer(title)]):
        head, tail = title[:start].strip(), title[end:].strip()
        is_elsewhere = any(_key(other) == _key(head) for other in others)
        if head and (is_elsewhere or (len(tail.split()) <= MAX_NAME_WORDS and _is_name(tail, site_names))):
            return _without_site(head, others, site_names)
    opening = _OPENING.match(title)
    return opening[2] if opening and _is_name(opening[1], site_names) else title


def _is_name(words: str, site_names: Sequence[str]) -> bool:
    key = _key(words)
    return bool(key) and any(key in keys for keys in map(_name_keys, site_names))


def _name_keys(name: str) -> Iterator[str]:
    """The forms of a site's name: "www.coast-daily.example" is also "Coast Daily"."""
    yield _key(name)
    yield _key(name.removeprefix("www."))
    yield _key(name.removeprefix("www.").rsplit(".", 1)[0])


def _key(words: str) -> str:
    return "".join(_WORD.findall(words.casefold()))
