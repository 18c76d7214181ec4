"""A text whose values are listed and may grow: a value that is added breaks no reader, unlike one of an enumeration."""

import ast
import inspect
import textwrap
from dataclasses import dataclass
from enum import Enum, StrEnum

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

KNOWN_VALUES = "x-known-values"
"""Annotation of such a text: from each value that there is now to its meaning."""


@dataclass(frozen=True)
class OpenValues:
    """Annotates a `str` with the enumeration of the values that there are now."""

    values: type[StrEnum]

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The schema of the text, with its values and what they mean."""
        return handler(core) | {KNOWN_VALUES: member_docstrings(self.values)}


def member_docstrings(enum: type[Enum]) -> dict[str, str]:
    """Meaning of each value of `enum` that has one: the string that stands below the member in its source."""
    body = ast.parse(textwrap.dedent(inspect.getsource(enum))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    for statement, following in zip(body.body, body.body[1:], strict=False):
        match statement, following:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str() as docstring)),
            ):
                found[str(enum[name].value)] = inspect.cleandoc(docstring)
    return found
