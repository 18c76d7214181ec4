"""The row that an article comes in as: by HTTP, from a file, or offline. Field by field in the service's README."""

import re
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from services.contracts.article import ArticleStatus, Publisher, WireItem
from services.ingest.errors import FieldError, InvalidSubmission, LeftOut
from services.ingest.pages.limits import TooMuch, check_page
from services.ingest.text.characters import BREAKS, CONTROLS, is_blank
from services.ingest.text.rewriting import read_line
from services.ingest.timestamps import Timestamp, parse_timestamp
from services.ingest.wires.ninjs import is_ninjs, row_of_ninjs
from services.ingest.wires.status import NotForPublication
from services.runtime.validation import field_path, plain_message

MAX_TEXT_BYTES = 1_048_576
"""Of `text` in UTF-8: some 170,000 English words, well above any article, well below the largest message."""
MAX_TEXT_LINES = 20_000
"""Of `text`. Cleaning looks at each: more are no article, and would keep a processor busy for many seconds."""
MAX_HTML_BYTES = 5 * 1_048_576
"""Of `html`, in UTF-8. Its other limits: page_limits.py."""
MAX_URL_CHARS = 2_048
MAX_LINE_CHARS = 2_000
"""Of title, names and ids."""
MAX_DOMAIN_CHARS = 253
"""By RFC 1035."""
MAX_AUTHORS = 100

DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?((?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,})/?")
LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]+)?")
_CONTROL = re.compile(f"[{CONTROLS}]")
_LINE = re.compile(f"[^{BREAKS}]+")
OPENING_TAG = re.compile("<[A-Za-z]")


def _single_line(value: object) -> object:
    """A string as one line: white space runs become one space, control characters go, nothing visible becomes null."""
    if not isinstance(value, str):
        return value
    line = " ".join(_CONTROL.sub("", value).split())
    return None if is_blank(line) else line


def _words(value: object) -> object:
    """A string as one line, as it is read: without soft hyphens, with the characters that entities stand for."""
    return read_line(value) if isinstance(value, str) else value


def _identifier(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _single_line(value)


def _publisher(value: object) -> object:
    """A publisher from an object, a name or a domain."""
    if isinstance(value, str):
        line = _words(value)
        if line is None:
            return None
        domain = _domain(str(line))
        value = {"domain": domain} if domain else {"name": line}
    if not isinstance(value, dict):
        return value
    fields: dict[str, Any] = {name: _words(value.get(name)) for name in ("name", "domain", "family")}
    if isinstance(fields["domain"], str):
        domain = _domain(fields["domain"])
        if domain is None:
            raise ValueError("domain: give a host name such as news.example")
        fields["domain"] = domain
    if any(isinstance(field, str) and len(field) > MAX_LINE_CHARS for field in fields.values()):
        raise ValueError(f"at most {MAX_LINE_CHARS:,} characters for each of name, domain and family")
    return fields if any(field is not None for field in fields.values()) else None


def _domain(text: str) -> str | None:
    match = DOMAIN.fullmatch(text) if len(text) <= MAX_DOMAIN_CHARS else None
    return match[1].lower() if match else None


def _authors(value: object) -> object:
    """A list of names from a list or one name; empty names go."""
    if value is None or isinstance(value, str):
        value = [value]
    if not isinstance(value, list | tuple):
        return value
    if len(value) > MAX_AUTHORS:  # before each of them could become an error
        raise ValueError(f"at most {MAX_AUTHORS} names")
    return tuple(line for line in map(_words, value) if line is not None)


def _language(value: object) -> object:
    if value is None or value == "":
        return None
    match = LANGUAGE.fullmatch(value) if isinstance(value, str) else None
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


def _check_size(text: str, limit_bytes: int) -> None:
    size = len(text.encode())
    if size > limit_bytes:
        raise ValueError(f"{size:,} bytes in UTF-8; the limit is {limit_bytes:,}")
    if is_blank(text):
        raise ValueError("is empty")


def _check_text(text: str) -> str:
    _check_size(text, MAX_TEXT_BYTES)
    lines = sum(1 for _ in _LINE.finditer(text))
    if lines > MAX_TEXT_LINES:
        raise ValueError(f"{lines:,} lines; the limit is {MAX_TEXT_LINES:,}")
    return text


def _check_html(html: str) -> str:
    _check_size(html, MAX_HTML_BYTES)
    if not OPENING_TAG.search(html):
        raise ValueError("is not a page: it has no tag; send plain words as text")
    try:
        check_page(html)
    except TooMuch as error:
        raise ValueError(str(error)) from error
    return html


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


def _wire(value: object) -> object:
    """An item of a wire from an object; texts on one line each."""
    if not isinstance(value, dict):
        return value
    fields = {name: _words(entry) for name, entry in value.items()}
    if any(isinstance(entry, str) and len(entry) > MAX_LINE_CHARS for entry in fields.values()):
        raise ValueError(f"at most {MAX_LINE_CHARS:,} characters for each of its fields")
    return fields


Line = Annotated[str, Field(max_length=MAX_LINE_CHARS)]
OptionalTime = Annotated[Timestamp | None, BeforeValidator(parse_timestamp), _TIME_SCHEMA]


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
    title: Annotated[Line | None, BeforeValidator(_words)] = None
    text: Annotated[str, AfterValidator(_check_text)] | None = None
    """Plain text, paragraphs on lines of their own; at most 1 MiB. Boilerplate in it is found and left out."""
    html: Annotated[str, AfterValidator(_check_html)] | None = None
    """The page instead of the text; at most 5 MiB. Missing fields are read from it."""
    published_at: OptionalTime = None
    fetched_at: OptionalTime = None
    """When the article was fetched. Default, and latest: now."""
    authors: Annotated[
        tuple[Line, ...],
        BeforeValidator(_authors),
        WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}),
    ] = ()
    language: Annotated[str | None, BeforeValidator(_language)] = None
    """ISO 639-1 code. Default: found from the text."""
    status: Annotated[ArticleStatus, _STATUS_SCHEMA] = ArticleStatus.USABLE
    """Send `corrected` or `withdrawn` with the same address to revise an article."""
    pasted: StrictBool = False
    """Whether `text` is pasted from a page with its first lines: title, by-line, time and outlet are read from them
    where they are not given."""
    credit: Annotated[Line | None, BeforeValidator(_words)] = None
    """The agency that the sender credits. Default: found in the text."""
    wire: Annotated[WireItem | None, BeforeValidator(_wire)] = None
    """For an item of a wire: the agency's own id and version of it, its urgency, slug and dateline."""
    embargoed_until: OptionalTime = None
    """When it may be published. Before that it is refused."""

    @model_validator(mode="after")
    def _one_body(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("give exactly one of text and html")
        return self


def plain_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row with our own fields, also for an item of ninjs.

    Raises:
        LeftOut: as `parse_submission`.
    """
    if not is_ninjs(row):
        return row
    try:
        return row_of_ninjs(row)
    except NotForPublication as error:
        raise LeftOut.of("", str(error)) from error


def parse_submission(row: object) -> Submission:
    """Read one row, e.g. a decoded JSON object; an item of ninjs is one too.

    Raises:
        InvalidSubmission: naming every field that is wrong.
        LeftOut: an item of a wire that its agency does not want published, or that is no text.
    """
    if not isinstance(row, dict):
        raise InvalidSubmission.of("", 'an article is a JSON object, such as {"text": "..."}')
    row = plain_row(row)
    try:
        return Submission.model_validate(row)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        raise InvalidSubmission(
            [
                FieldError(
                    field_path(fault["loc"]) or "text",  # the only rule on the whole row
                    plain_message(fault),
                )
                for fault in faults
            ]
        ) from error
