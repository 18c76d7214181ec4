"""The one shape of all answers: items, each with the words it goes back to, where they stand and links to them. Pure.

Fields that begin with `quoted_` hold words of others: of articles, outlets, speakers. All else is Newsweave's own.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Fact = str | int | float | bool
Span = Annotated[tuple[int, int], WithJsonSchema({"type": "array", "items": {"type": "integer"}})]
Facts = Annotated[dict[str, Fact], WithJsonSchema({"type": "object"})]
_DROPPED = frozenset(("title", "default", "minLength", "maxLength"))


class Output(BaseModel):
    """Base of what tools answer."""

    model_config = ConfigDict(frozen=True)


class Source(Output):
    """An article that words are from."""

    quoted_outlet: str | None = None
    published_at: str | None = None
    link: str
    """Our page of the article."""
    quoted_url: str | None = None


class Words(Output):
    """Words of an article."""

    quoted_text: str
    article_id: str
    span: Span
    """[start, end) in the article's text, in code points."""
    link: str
    """The claim on our page, or the article."""


class Item(Output):
    """One claim, event, change, figure, article."""

    kind: str
    id: str | None = None
    quoted_title: str | None = None
    quoted_by: str | None = None
    """Who said it."""
    quoted_note: str | None = None
    """Our sentence, with names from articles."""
    says: str | None = None
    """Our own words."""
    facts: Facts = Field(default_factory=dict)
    words: tuple[Words, ...] = ()
    also: tuple[str, ...] = ()
    """Further articles that report it."""
    more: int = 0
    """Further reports."""
    link: str | None = None
    quoted_url: str | None = None


Sources = Annotated[
    dict[str, Source],
    WithJsonSchema(
        {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}}}
    ),
]


class ToolAnswer(Output):
    """What a tool answers."""

    about: Item
    items: tuple[Item, ...] = ()
    sources: Sources = Field(default_factory=dict)
    """By article_id."""
    left_out: int = 0
    """Items after these."""
    left_out_at_least: bool = False
    """There are more than left_out."""
    next: str | None = None
    """Give as cursor to get what is left out."""
    notes: tuple[str, ...] = ()


def compact(output: Output) -> dict[str, Any]:
    """As JSON, without what says nothing: nulls, empty lists and zeros that are the default."""
    return output.model_dump(mode="json", exclude_defaults=True)


def input_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of what a tool takes, with descriptions. Bounds that nobody meets by chance are left out."""
    schema: dict[str, Any] = _stripped(model.model_json_schema(), _DROPPED)
    return schema


def output_schema() -> dict[str, Any]:
    """The JSON schema of what every tool answers. Every client reads it once a tool, so its words stand elsewhere."""
    schema: dict[str, Any] = _stripped(ToolAnswer.model_json_schema(), _DROPPED | {"description"})
    return schema


def _stripped(schema: Any, dropped: frozenset[str], *, names: bool = False) -> Any:
    """`names`: whether the keys of `schema` are names of fields, which may be called `title`."""
    if isinstance(schema, list):
        return [_stripped(part, dropped) for part in schema]
    if not isinstance(schema, dict):
        return schema
    unwanted = dropped | {"description"} if "properties" in schema else dropped  # the docstring of the class
    kept = {
        key: _stripped(value, dropped, names=key in {"properties", "$defs"} and not names)
        for key, value in schema.items()
        if names or key not in unwanted
    }
    return kept if names else _without_null(kept)


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """What may be null is left out instead, so its schema need not say so."""
    match schema.get("anyOf"):
        case [dict() as only, {"type": "null"}]:
            return only | {key: value for key, value in schema.items() if key != "anyOf"}
    return schema
