"""What comes of one fetch: the words that everybody uses for it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.contracts.article import Rights


class Outcome(StrEnum):
    """How a fetch ended. Metrics, logs, lists and pages say these words and no others."""

    FETCHED = "fetched"
    """200 with a body."""
    UNCHANGED = "unchanged"
    """304: nothing new since the validators that we sent."""
    EMPTY = "empty"
    """200 without a body."""
    ACCEPTED = "accepted"
    """2xx to what we sent."""
    NOT_FOUND = "not_found"
    """404."""
    GONE = "gone"
    """410: it will not come back."""
    FORBIDDEN = "forbidden"
    """401, 402, 403, 407, 451: not for us."""
    RATE_LIMITED = "rate_limited"
    """429, or 503 with Retry-After."""
    CLIENT_ERROR = "client_error"
    """Another 4xx."""
    SERVER_ERROR = "server_error"
    """5xx."""
    TIMEOUT = "timeout"
    """It took too long to connect, to answer, or in all."""
    UNREACHABLE = "unreachable"
    """The name does not resolve, the connection fails or breaks, or TLS fails."""
    BAD_RESPONSE = "bad_response"
    """What came is not HTTP, has a status that fits no such request, or a body that is not in the encoding it names."""
    TOO_LARGE = "too_large"
    """More bytes than allowed, as sent or unpacked."""
    WRONG_TYPE = "wrong_type"
    """A content type that was not asked for."""
    TOO_MANY_REDIRECTS = "too_many_redirects"
    """More redirects than allowed, or a circle of them."""
    REFUSED_ADDRESS = "refused_address"
    """It leads to a private, loopback, link-local, metadata or otherwise internal address, or to no web address."""
    DISALLOWED = "disallowed"
    """robots.txt does not let us."""
    RIGHTS_RESERVED = "rights_reserved"
    """The site reserves the rights that we would need, and the settings say to obey."""


@dataclass(frozen=True)
class Validators:
    """What a server gave to ask later whether anything changed (RFC 9110, section 13)."""

    etag: str | None = None
    """ETag, as it came."""
    last_modified: str | None = None
    """Last-Modified, as it came."""


NO_VALIDATORS = Validators()


@dataclass(frozen=True)
class Fetched:
    """The end of one fetch. Everything but `outcome` and `url` may be missing where it did not come so far."""

    outcome: Outcome
    """How it ended."""
    url: str
    """The address that was asked for."""
    at: datetime
    """When it ended (aware, UTC)."""
    final_url: str | None = None
    """The address that answered, after redirects."""
    moved_to: str | None = None
    """Where to ask from now on: the end of the unbroken chain of permanent redirects (301, 308) from `url`."""
    status: int | None = None
    """HTTP status of the last answer."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers of the last answer, names in lower case; repeated ones joined by ", "."""
    content: bytes = b""
    """The body, unpacked."""
    content_type: str | None = None
    """Media type without parameters, in lower case."""
    charset: str | None = None
    """Charset that the content type names."""
    validators: Validators = NO_VALIDATORS
    """To send with the next fetch; those sent come back with 304."""
    retry_after_seconds: float | None = None
    """How long the server asks us to wait."""
    reason: str | None = None
    """For people: what went wrong, in one line without the body's text."""
    rights: Rights | None = None
    """What the site reserves; only of pages, and not where the settings say to ignore it."""
