"""The row that an article comes in as: by HTTP, from a file, or offline. Field by field in the service's README."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic.dataclasses import dataclass

from services.contracts.article import ArticleStatus, Precision, Publisher
from services.ingest.errors import FieldError, InvalidSubmission

MAX_TEXT_BYTES = 1_048_576
"""Of `text` in UTF-8: some 170,000 English words, well above any article, well below the largest message."""
MAX_HTML_BYTES = 5 * 1_048_576
MAX_URL_CHARS = 2_048
MAX_LINE_CHARS = 2_000
"""Of title, names and ids."""
MAX_DOMAIN_CHARS = 253
"""By RFC 1035."""
MAX_AUTHORS = 100
YEARS = range(1800, 2200)
"""Publication years we believe."""

_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_TIME = re.compile(r"\d{4}-?\d{2}-?\d{2}[T ]\d{2}.*")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,})/?")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]+)?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")


@dataclass(frozen=True)
class Moment:
    """A time, and how exactly it is known."""

    at: datetime
    precision: Precision


def parse_moment(value: object) -> Moment | None:
    """Read an ISO 8601 time or date.

    A time without an offset is taken as UTC; a date alone is midnight UTC with precision `day`.

    Raises:
        ValueError: it is neither, or its year is out of `YEARS`.
    """
    if value is None or value == "":
        return None
    if isinstance(value, Moment):
        return value
    text = value.strip() if isinstance(value, str) else ""
    try:
        moment = _read_moment(text)
    except (ValueError, OverflowError) as error:
        raise ValueError("give an ISO 8601 time such as 2024-10-26T09:30:00Z, or a date such as 2024-10-26") from error
    if moment.at.year not in YEARS:
        raise ValueError(f"the year must lie from {YEARS.start} to {YEARS.stop - 1}")
    return moment


def _read_moment(text: str) -> Moment:
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return Moment(datetime(day.year, day.month, day.day, tzinfo=UTC), Precision.DAY)
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    at = datetime.fromisoformat(text)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return Moment(at, Precision.SECOND)


def _single_line(value: object) -> object:
    """A string as one line: white space runs become one space, control characters go, empty becomes null."""
    if not isinstance(value, str):
        return value
    return " ".join(_CONTROL.sub("", value).split()) or None


def _identifier(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _single_line(value)


def _publisher(value: object) -> object:
    """A publisher from an object, a name or a domain."""
    if isinstance(value, str):
        line = _single_line(value)
        if line is None:
            return None
        domain = _domain(str(line))
        value = {"domain": domain} if domain else {"name": line}
    if not isinstance(value, dict):
        return value
    fields: dict[str, Any] = {name: _single_line(value.get(name)) or None for name in ("name", "domain", "family")}
    if isinstance(fields["domain"], str):
        domain = _domain(fields["domain"])
        if domain is None:
            raise ValueError("domain: give a host name such as news.example")
        fields["domain"] = domain
    if any(isinstance(field, str) and len(field) > MAX_LINE_CHARS for field in fields.values()):
        raise ValueError(f"at most {MAX_LINE_CHARS:,} characters for each of name, domain and family")
    return fields if any(fields.values()) else None


def _domain(text: str) -> str | None:
    match = _DOMAIN.fullmatch(text) if len(text) <= MAX_DOMAIN_CHARS else None
    return match[1].lower() if match else None


def _authors(value: object) -> object:
    """A list of names from a list or one name; empty names go."""
    if value is None or isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        return value
    if len(value) > MAX_AUTHORS:  # before each of them could become an error
        raise ValueError(f"at most {MAX_AUTHORS} names")
    return tuple(line for line in map(_single_line, value) if line is not None)


def _language(value: object) -> object:
    if value is None or value == "":
        return None
    match = _LANGUAGE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError("give a two-letter ISO 639-1 code such as en")
    return match[1].lower()


def check_url(url: str) -> str:
    """Let a web address through.

    Raises:
        ValueError: not http(s), no host, spaces inside, or a password, which must not be published.
    """
    message = "give a web address such as https://news.example/2024/10/report"
    try:
        parts = urlsplit(url)
        host, secret = parts.hostname, parts.username is not None or parts.password is not None
        _ = parts.port
    except ValueError as error:
        raise ValueError(message) from error
    if secret:
        raise ValueError("leave user name and password out of the address: it is published")
    if parts.scheme.lower() not in {"http", "https"} or not host or " " in url:
        raise ValueError(message)
    return url


def _limited(limit_bytes: int) -> AfterValidator:
    def check(text: str) -> str:
        size = len(text.encode())
        if size > limit_bytes:
            raise ValueError(f"{size:,} bytes in UTF-8; the limit is {limit_bytes:,}")
        if not text.strip():
            raise ValueError("is empty")
        return text

    return AfterValidator(check)


_TIME_SCHEMA = WithJsonSchema(
    {
        "anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, {"type": "null"}],
        "description": "ISO 8601. Without an offset: UTC. A date alone: known to the day.",
    }
)
_TEXT_OR_NULL: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_PUBLISHER_SCHEMA = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "description": "A name, or a domain."},
            {"type": "object", "properties": dict.fromkeys(("name", "domain", "family"), _TEXT_OR_NULL)},
            {"type": "null"},
        ],
        "description": "Who published it. Default: the domain of `url`.",
    }
)
_STATUS_SCHEMA = WithJsonSchema({"type": "string", "enum": [status.value for status in ArticleStatus]})

Line = Annotated[str, Field(max_length=MAX_LINE_CHARS)]
OptionalTime = Annotated[Moment | None, BeforeValidator(parse_moment), _TIME_SCHEMA]


class Submission(BaseModel):
    """One article as submitted: exactly one of `text` and `html`, all else optional. Other fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    id: Annotated[Line | None, BeforeValidator(_identifier)] = None
    """The sender's own id. It is not kept: `article_id` derives from `url`, else from the content."""
    url: Annotated[
        Annotated[str, Field(max_length=MAX_URL_CHARS), AfterValidator(check_url)] | None,
        BeforeValidator(_single_line),
    ] = None
    """Where it was published. Submissions with one address, tracking parameters aside, are one article."""
    publisher: Annotated[Publisher | None, BeforeValidator(_publisher), _PUBLISHER_SCHEMA] = None
    title: Annotated[Line | None, BeforeValidator(_single_line)] = None
    text: Annotated[str, _limited(MAX_TEXT_BYTES)] | None = None
    """Plain text, paragraphs on lines of their own; at most 1 MiB. Page residue in it is found and left out."""
    html: Annotated[str, _limited(MAX_HTML_BYTES)] | None = None
    """The page instead of the text; at most 5 MiB. Missing fields are read from it."""
    published_at: OptionalTime = None
    fetched_at: OptionalTime = None
    """When the article was fetched. Default: now."""
    authors: Annotated[
        tuple[Line, ...],
        BeforeValidator(_authors),
        WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}),
    ] = ()
    language: Annotated[str | None, BeforeValidator(_language)] = None
    """ISO 639-1 code. Default: found from the text."""
    status: Annotated[ArticleStatus, _STATUS_SCHEMA] = ArticleStatus.USABLE
    """Send `corrected` or `withdrawn` with the same address to revise an article."""

    @model_validator(mode="after")
    def _one_body(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("give exactly one of text and html")
        return self


def parse_submission(row: object) -> Submission:
    """Read one row, e.g. a decoded JSON object.

    Raises:
        InvalidSubmission: naming every field that is wrong.
    """
    if not isinstance(row, dict):
        raise InvalidSubmission.of("", 'an article is a JSON object, such as {"text": "..."}')
    try:
        return Submission.model_validate(row)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        raise InvalidSubmission(
            [
                FieldError(
                    ".".join(str(part) for part in fault["loc"]) or "text",  # the only rule on the whole row
                    fault["msg"].removeprefix("Value error, "),
                )
                for fault in faults
            ]
        ) from error
