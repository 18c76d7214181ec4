"""What a request's headers ask for: an answer only if it changed, and a page rather than JSON. Pure."""

from dataclasses import dataclass


def etag_matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has this representation already. `etag` is quoted; comparison is weak.

    Source: RFC 9110 §13.1.2, https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
    """
    if if_none_match is None:
        return False
    known = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in known or etag.removeprefix("W/") in known


@dataclass(frozen=True)
class _Range:
    """One entry of an Accept header."""

    media: str
    quality: float


def prefers_html(accept: str | None) -> bool:
    """Whether a page serves this client better than JSON: HTML is named, and no JSON is rated as high.

    `*/*` alone (curl, most libraries) means JSON; browsers name text/html.
    Source: RFC 9110 §12.5.1
    """
    ranges = [_range(entry) for entry in (accept or "").split(",")]
    html = max((r.quality for r in ranges if r.media in {"text/html", "application/xhtml+xml"}), default=0.0)
    json = max((r.quality for r in ranges if r.media.endswith(("/json", "+json"))), default=0.0)
    return html > 0 and html > json


def _range(entry: str) -> _Range:
    media, *parameters = (part.strip().lower() for part in entry.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = _quality(value.strip())
    return _Range(media, quality)


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
