"""What the API document says beyond the types of routes: bodies of `POST /v1/articles`, keys, examples of answers."""

from pathlib import Path
from typing import Any

from services.contracts.article import MAX_VERSION
from services.ingest.push.body import JSON_TYPE, NDJSON_TYPES
from services.ingest.push.idempotency import HEADER, KEY_PATTERN
from services.ingest.submission import (
    DOMAIN,
    LANGUAGE,
    MAX_AUTHORS,
    MAX_DOMAIN_CHARS,
    MAX_HTML_BYTES,
    MAX_LINE_CHARS,
    MAX_TEXT_BYTES,
    MAX_URL_CHARS,
    OPENING_TAG,
    Submission,
)
from services.ingest.text.characters import INVISIBLE
from services.ingest.timestamps import YEARS
from services.runtime.http_access import SECURITY_SCHEME
from services.runtime.openapi_documents import add_answer_examples, operations

EXAMPLES_FILE = Path(__file__).with_name("examples.json")

DESCRIPTION = """Submit one article, or many.

The answer comes after the broker has acknowledged every article: what is answered as accepted is not lost. A request is
taken as a whole or not at all: when one row has a fault, nothing of the request is published, and the answer names
each faulty line and field. With `on_error=skip` the good rows are published, and the answer says of each row what
became of it. Bodies may be compressed (`Content-Encoding: gzip` or `zstd`); limits count what they unpack to.

The same content submitted again is the same revision; changed content or a changed `status` is the next revision of
the article, found by its `url`."""

EXAMPLE_ARTICLE_ID = "art_bbee862c45c7efcb2731"
"""Of the article that the body of the example submits."""
EXAMPLE_REQUEST_ID = "req_5d0c1f2a9b7e46380c1d"
_EXAMPLE = {
    "url": "https://courier.example/2031/03/bridge-reopens",
    "publisher": {"name": "Harbour Courier", "domain": "courier.example"},
    "title": "Old harbour bridge reopens to traffic",
    "text": 'The old harbour bridge reopened on Monday. "It is safe," said engineer Ada Lind.',
    "published_at": "2031-03-03T07:30:00Z",
}


URL_PATTERN = r"^[Hh][Tt][Tt][Pp][Ss]?://[\w.-]*\w(?::[0-9]{1,4})?(?:[/?#]\S*)?$"
"""The addresses that clients send; also taken are ports up to 65535, IPv6 and other characters in hosts."""
_NULL = {"type": "null"}
_EMPTY = {"type": "string", "maxLength": 0}
"""Counts as absent, as null does."""
_VISIBLE = f"[^{INVISIBLE}]"
_YEAR = f"^(?:{'|'.join(str(century) for century in range(YEARS.start // 100, YEARS.stop // 100))})[0-9]{{2}}-"
_LINE = {"type": "string", "maxLength": MAX_LINE_CHARS}
_DOMAIN = {"type": "string", "maxLength": MAX_DOMAIN_CHARS, "pattern": f"^{DOMAIN.pattern}$"}
_TIME = {
    "anyOf": [
        {"type": "string", "format": "date-time", "pattern": _YEAR},
        {"type": "string", "format": "date", "pattern": _YEAR},
        _EMPTY,
        _NULL,
    ]
}
_FIELDS: dict[str, dict[str, Any]] = {
    "id": {"anyOf": [_LINE, {"type": "integer"}, _NULL]},
    "url": {
        "anyOf": [{"type": "string", "maxLength": MAX_URL_CHARS, "pattern": URL_PATTERN}, _EMPTY, _NULL],
    },
    "publisher": {
        "anyOf": [
            _LINE | {"description": "A name, or a domain."},
            {
                "type": "object",
                "properties": {
                    "name": {"anyOf": [_LINE, _NULL]},
                    "domain": {"anyOf": [_DOMAIN, _EMPTY, _NULL]},
                    "family": {"anyOf": [_LINE, _NULL]},
                },
            },
            _NULL,
        ]
    },
    "title": {"anyOf": [_LINE, _NULL]},
    "text": {"anyOf": [{"type": "string", "maxLength": MAX_TEXT_BYTES, "pattern": _VISIBLE}, _NULL]},
    "html": {
        "anyOf": [
            {
                "type": "string",
                "maxLength": MAX_HTML_BYTES,
                "pattern": OPENING_TAG.pattern,
                "contentMediaType": "text/html",
            },
            _NULL,
        ]
    },
    "published_at": _TIME,
    "fetched_at": _TIME,
    "authors": {
        "anyOf": [
            {"type": "array", "items": {"anyOf": [_LINE, _NULL]}, "maxItems": MAX_AUTHORS},
            _LINE,
            _NULL,
        ]
    },
    "credit": {"anyOf": [_LINE, _NULL]},
    "embargoed_until": _TIME,
    "wire": {
        "anyOf": [
            {
                "type": "object",
                "properties": {
                    "guid": {"type": "string", "maxLength": MAX_LINE_CHARS, "pattern": _VISIBLE},
                    "version": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": MAX_VERSION}, _NULL]},
                    "urgency": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 9}, _NULL]},
                    "slug": {"anyOf": [_LINE, _NULL]},
                    "dateline": {"anyOf": [_LINE, _NULL]},
                },
                "required": ["guid"],
            },
            _NULL,
        ]
    },
    "language": {"anyOf": [{"type": "string", "pattern": f"^{LANGUAGE.pattern}$"}, _EMPTY, _NULL]},
}
"""What is taken, before it is read: a blank line is absent, one author may stand without a list."""


def header_parameters() -> list[dict[str, Any]]:
    """The OpenAPI `parameters` that are headers."""
    return [
        {
            "name": HEADER,
            "in": "header",
            "required": False,
            "description": "Of the sender's own making, such as a UUID, in quotes or without. The same request sent "
            "again with the same key gets the answer of the first one; another request with it gets 422, and 409 as "
            "long as the first one is worked on. Only success is kept.",
            "schema": {"type": "string", "pattern": KEY_PATTERN},
        }
    ]


def complete(document: dict[str, Any]) -> None:
    """Add to the document, in place: how a client shows its key, if any operation asks for one; examples of answers."""
    if any("security" in operation for _, _, operation in operations(document)):
        schemes = document.setdefault("components", {}).setdefault("securitySchemes", {})
        schemes[SECURITY_SCHEME] = {"type": "http", "scheme": "bearer"}
    add_answer_examples(document, EXAMPLES_FILE)


def request_body() -> dict[str, Any]:
    """The OpenAPI `requestBody` with both forms."""
    row = Submission.model_json_schema()
    row.pop("$defs", None)  # a reference to it would point out of the row
    for name, schema in _FIELDS.items():
        described = {key: row["properties"][name][key] for key in ("description",) if key in row["properties"][name]}
        row["properties"][name] = schema | described
    # "Exactly one of text and html"; null is the same as absent.
    row["oneOf"] = [{"required": [name], "properties": {name: {"type": "string"}}} for name in ("text", "html")]
    lines = {"type": "string", "description": "JSON Lines: one object of the application/json form on each line."}
    return {
        "required": True,
        "content": {
            JSON_TYPE: {"schema": row, "example": _EXAMPLE},
            **{media_type: {"schema": lines} for media_type in NDJSON_TYPES},
        },
    }
