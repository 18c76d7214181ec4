"""What the head of an answer says. Pure."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from services.ingest.fetching.ended import FetchEnded
from services.ingest.fetching.fetched import Outcome, Validators

MAX_HEADERS = 256
"""Lines in a head. Honest servers send some thirty; bytes are bounded by the HTTP library (100 KiB)."""
MAX_VALIDATOR_CHARS = 1024
MAX_RETRY_AFTER_SECONDS = 30 * 24 * 3600.0
"""A server that asks for more gets this."""
REDIRECTS = frozenset((301, 302, 303, 307, 308))
SAME_METHOD_REDIRECTS = frozenset((307, 308))
"""After the others a POST would become a GET."""
PERMANENT_REDIRECTS = frozenset((301, 308))
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_MAX_DIGITS = 10
_WITH_BODY = frozenset((HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION))
_BY_STATUS: Mapping[int, Outcome] = {
    204: Outcome.EMPTY,
    205: Outcome.EMPTY,
    304: Outcome.UNCHANGED,
    401: Outcome.FORBIDDEN,
    402: Outcome.FORBIDDEN,
    403: Outcome.FORBIDDEN,
    404: Outcome.NOT_FOUND,
    407: Outcome.FORBIDDEN,
    410: Outcome.GONE,
    429: Outcome.RATE_LIMITED,
    451: Outcome.FORBIDDEN,
}
_BY_CLASS: Mapping[int, Outcome] = {4: Outcome.CLIENT_ERROR, 5: Outcome.SERVER_ERROR}


@dataclass(frozen=True)
class Head:
    """Status and headers of one answer."""

    status: int
    """The status."""
    headers: Mapping[str, str]
    """Names in lower case; repeated ones joined by ", "."""

    @staticmethod
    def of(status: int, raw: Iterable[tuple[bytes, bytes]]) -> "Head":
        """The head from what the HTTP library gives.

        Raises:
            FetchEnded: it has too many lines.
        """
        joined: dict[str, str] = {}
        for number, (raw_name, raw_value) in enumerate(raw, start=1):
            if number > MAX_HEADERS:
                raise FetchEnded(Outcome.BAD_RESPONSE, f"more than {MAX_HEADERS} headers")
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return Head(status, joined)

    @property
    def location(self) -> str | None:
        """Where a redirect leads; None if the answer is not a redirect."""
        location = self.headers.get("location") if self.status in REDIRECTS else None
        if location is None:
            return None
        try:  # not allowed, but browsers follow: raw UTF-8
            return location.encode("latin-1").decode()
        except UnicodeDecodeError:
            return location

    @property
    def content_type(self) -> str | None:
        """Media type in lower case, without parameters; None where there is none that can be read."""
        named = self.headers.get("content-type", "").partition(";")[0].strip().lower()
        return named if _MEDIA_TYPE.fullmatch(named) else None

    @property
    def charset(self) -> str | None:
        """Charset that the content type names."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1] if match else None

    @property
    def content_length(self) -> int | None:
        """Bytes of the body, as the server says."""
        length = self.headers.get("content-length", "")
        return int(length) if length.isascii() and length.isdigit() and len(length) <= 2 * _MAX_DIGITS else None

    @property
    def validators(self) -> Validators:
        """What to send with the next fetch."""
        return usable(Validators(self.headers.get("etag"), self.headers.get("last-modified")))

    def retry_after_seconds(self, now: datetime) -> float | None:
        """How long the server asks us to wait from `now` on, at most 30 days; None if it does not ask."""
        text = self.headers.get("retry-after")
        if not text:
            return None
        if text.isascii() and text.isdigit():
            return min(float(text[:_MAX_DIGITS]), MAX_RETRY_AFTER_SECONDS)
        try:
            moment = parsedate_to_datetime(text)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return min(max((moment - now).total_seconds(), 0.0), MAX_RETRY_AFTER_SECONDS)
        except (ValueError, TypeError, OverflowError):
            return None

    @property
    def failure(self) -> Outcome | None:
        """How the fetch ended by the status alone; None if the body has to be looked at."""
        if self.status in _WITH_BODY:
            return None
        if self.status == HTTPStatus.SERVICE_UNAVAILABLE and "retry-after" in self.headers:
            return Outcome.RATE_LIMITED
        return _BY_STATUS.get(self.status) or _BY_CLASS.get(self.status // 100, Outcome.BAD_RESPONSE)

    @property
    def is_success(self) -> bool:
        """Any 2xx."""
        return self.status // 100 == HTTPStatus.OK // 100

    def accepted(self, media_types: Collection[str]) -> bool:
        """Whether the content type is one of these; `text/*` takes all texts, an answer without a type is taken."""
        named = self.content_type
        if not media_types or named is None:
            return True
        return named in media_types or f"{named.partition('/')[0]}/*" in media_types or "*/*" in media_types


def usable(validators: Validators) -> Validators:
    """Those of the validators that can be sent as they came: short, one line of ASCII."""

    def kept(value: str | None) -> str | None:
        fits = value and len(value) <= MAX_VALIDATOR_CHARS and value.isascii() and value.isprintable()
        return value if fits else None

    return Validators(kept(validators.etag), kept(validators.last_modified))
