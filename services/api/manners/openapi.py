"""What the OpenAPI document says beyond its routes: where keys and rates are asked for, and an example of every answer.

The examples are answers that a stack gave to the examples of requests, with the articles in `samples/`.
"""

from pathlib import Path
from typing import Any

from services.api.manners.access import needed_scope
from services.runtime.http_access import SECURITY_SCHEME, Access
from services.runtime.openapi_documents import add_answer_examples, operations
from services.runtime.problems import problem_responses

EXAMPLES_FILE = Path(__file__).with_name("examples.json")
BASIC_SCHEME = "password"
_SECURITY_SCHEMES = {
    SECURITY_SCHEME: {"type": "http", "scheme": "bearer", "description": "An API key."},
    BASIC_SCHEME: {"type": "http", "scheme": "basic", "description": "The API key as password, with any user name."},
}


def describe_manners(document: dict[str, Any], access: Access) -> None:
    """Complete the document in place."""
    for method, path, operation in operations(document):
        _describe_access(method, path, operation, access)
    add_answer_examples(document, EXAMPLES_FILE)
    if access.asks_for_keys:
        document.setdefault("components", {})["securitySchemes"] = _SECURITY_SCHEMES


def _describe_access(method: str, path: str, operation: dict[str, Any], access: Access) -> None:
    scope = needed_scope(method, path)
    if access.asks_for_keys and scope is not None:
        operation["security"] = [{SECURITY_SCHEME: []}, {BASIC_SCHEME: []}]
        operation["description"] = f"{operation.get('description', '')}\n\nNeeds the scope `{scope}`.".strip()
    for status, answer in problem_responses(*access.refusals()).items():
        operation["responses"].setdefault(str(status), answer)
