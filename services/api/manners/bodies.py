"""Bodies of requests: JSON, read strictly and within a bound.

Not FastAPI's own reading: that takes `"1"` and `true` for numbers and numbers for times, and bodies of any size.
"""

from http import HTTPStatus
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from services.api.errors import Refused
from services.runtime.problems import field_errors

M = TypeVar("M", bound=BaseModel)
MOST_BYTES = 64 * 1024
JSON = "application/json"


async def read_json(request: Request, model: type[M], *, most_bytes: int = MOST_BYTES) -> M:
    """The body as a model.

    Raises:
        Refused: it is larger (413), is not called JSON (415), or is not valid (422, with the fields).
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON:
        detail = f"Send the body as JSON, with `Content-Type: {JSON}`."
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not JSON", detail)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most_bytes:
            detail = f"The body has more than {most_bytes:,} bytes."
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large", detail)
    try:
        return model.model_validate_json(bytes(body), strict=True)
    except ValidationError as error:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "The request is not valid",
            "Correct the fields named in `errors` and send the request again.",
            errors=field_errors([{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]),
        ) from error


def body_of(model: type[BaseModel], example: Any) -> dict[str, Any]:
    """The OpenAPI `requestBody` of a model."""
    schema = model.model_json_schema()
    inlined = _inlined(schema, schema.pop("$defs", {}))
    return {"requestBody": {"required": True, "content": {JSON: {"schema": inlined, "example": example}}}}


def _inlined(node: Any, definitions: dict[str, Any]) -> Any:
    """A schema without references: one into itself would point out of it in a larger document."""
    if isinstance(node, dict):
        if "$ref" in node:
            named = definitions[str(node["$ref"]).rpartition("/")[2]]
            return _inlined({**named, **{name: part for name, part in node.items() if name != "$ref"}}, definitions)
        return {name: _inlined(part, definitions) for name, part in node.items()}
    return [_inlined(part, definitions) for part in node] if isinstance(node, list) else node
