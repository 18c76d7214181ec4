"""What the API document says of `POST /v1/articles` beyond its types."""

from typing import Any

from services.ingest.body import JSON_TYPE, NDJSON_TYPES
from services.ingest.submission import Submission

DESCRIPTION = """Submit one article, or many.

The answer comes after the broker has acknowledged every article: what is answered with 202 is not lost. A request is
taken as a whole or not at all; when one row has a fault, nothing of the request is published, and the answer names
each faulty line and field. The same content submitted again is the same revision; changed content or a changed
`status` is the next revision of the article, found by its `url`."""

_EXAMPLE = {
    "url": "https://courier.example/2031/03/bridge-reopens",
    "publisher": {"name": "Harbour Courier", "domain": "courier.example"},
    "title": "Old harbour bridge reopens to traffic",
    "text": 'The old harbour bridge reopened on Monday. "It is safe," said engineer Ada Lind.',
    "published_at": "2031-03-03T07:30:00Z",
}


def request_body() -> dict[str, Any]:
    """The OpenAPI `requestBody` with both forms."""
    row = Submission.model_json_schema()
    # "Exactly one of text and html" as JSON Schema says it; null is the same as absent.
    row["oneOf"] = [{"required": ["text"]}, {"required": ["html"]}]
    row["properties"]["text"] = row["properties"]["text"]["anyOf"][0] | {
        "minLength": 1,
        "description": row["properties"]["text"]["description"],
    }
    row["properties"]["html"] = row["properties"]["html"]["anyOf"][0] | {
        "minLength": 1,
        "description": row["properties"]["html"]["description"],
    }
    lines = {"type": "string", "description": "JSON Lines: one object of the application/json form on each line."}
    return {
        "required": True,
        "content": {
            JSON_TYPE: {"schema": row, "example": _EXAMPLE},
            **{media_type: {"schema": lines} for media_type in NDJSON_TYPES},
        },
    }
