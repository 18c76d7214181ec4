"""What in a new schema breaks the readers of a topic that were built against the old one.

A reader validates each message with the schema it was built from and ignores fields that it does not know. So it
keeps working exactly when every value that the new schema allows is one that the old schema allows too, and when
every field it could count on is still there. Therefore

- broken: a field removed; a field no longer always present; a type changed or widened (null included); a value
  added to an enumeration; a limit loosened (`minimum` lowered, `maxItems` raised), since the old reader refuses
  what lies beyond it; a format or pattern dropped or replaced;
- harmless: a field added; a type narrowed; a limit tightened; a value of an enumeration no longer used; any change
  of titles, descriptions, defaults and examples. (Defaults are always written: no reader fills them in.)

Where inclusion cannot be decided (two patterns, a keyword unknown here), a difference counts as broken.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from services.contracts.json_schema import Schema, definition_name

ANNOTATIONS = {"$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples", "deprecated"}
COMPARED = {"type", "enum", "const", "properties", "required", "additionalProperties", "propertyNames", "items"}
LOWER_LIMITS = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}
UPPER_LIMITS = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
JSON_TYPES = ("array", "boolean", "null", "number", "object", "string")


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """Changes from `old` to `new` that break readers built from `old`: a line each, in the order of the old schema.

    A line starts with the place: `Claim.speaker` is the field `speaker` of the definition `Claim`, `Claim.quoted[]`
    any item of its array, `Membership.signals{}` any value of its mapping. A change of a definition that is used in
    several places is named once.

    Raises:
        LookupError: a `$ref` does not point into its own schema.
    """
    comparison = _Comparison(old, new)
    found = comparison.changes(str(old.get("title", "value")), old, new, frozenset())
    return list(dict.fromkeys(found))


def advice(topic_name: str) -> str:
    """What to do about a breaking change of the topic `topic_name` (`<subject>.<fact>.v<major>`)."""
    stem, _, major = topic_name.rpartition(".v")
    return (
        f"Keep the old shape and add new fields beside it, or publish a new topic {stem}.v{int(major) + 1} beside "
        f"{topic_name}: deploy the consumers of the new topic first, then its producer, and end the old topic when "
        "nobody reads it any more."
    )


_Pairs = frozenset[tuple[int, int]]
"""Pairs of an old and a new node, by identity: nodes of the two schemas live as long as the comparison."""


class _Branch(NamedTuple):
    """One alternative of a schema: no reference, no union, at most one type."""

    name: str
    schema: Schema


class _Comparison:
    """Walks two schemas at once.

    `active` holds the pairs of nodes being compared further up: meeting a pair again means that a definition holds
    itself, and adds nothing to what is compared already.
    """

    def __init__(self, old_root: Schema, new_root: Schema) -> None:
        self._old_root = old_root
        self._new_root = new_root

    def changes(self, path: str, old: object, new: object, active: _Pairs) -> Iterator[str]:
        pair = (id(old), id(new))
        if pair in active:
            return
        active |= {pair}
        path = definition_name(new) or path
        old_branches = list(_branches(self._old_root, old))
        new_branches = list(_branches(self._new_root, new))
        strange = []
        for branch in new_branches:
            closest = self._closest(path, old_branches, branch, active)
            if closest is None:
                strange.append(branch)
            else:
                yield from closest
        if strange:
            told = _told(strange)
            if len(strange) == len(new_branches):
                yield f"{path}: was {_told(old_branches)}, is now {told}"
            else:
                yield f"{path}: may now also be {told}"

    def _closest(self, path: str, old: Sequence[_Branch], new: _Branch, active: _Pairs) -> list[str] | None:
        """What breaks when `new` is read as the branch of `old` that suits best; null if none has its type."""
        suiting = [branch for branch in old if _type(new.schema) in _types_read_as(branch.schema)]
        # A definition under its old name is the same thing, even where another one needs fewer changes.
        namesakes = [branch for branch in suiting if branch.name == new.name]
        place = new.name or path
        found = [
            list(self._branch_changes(place, branch.schema, new.schema, active)) for branch in namesakes or suiting
        ]
        return min(found, key=len) if found else None

    def _branch_changes(self, path: str, old: Schema, new: Schema, active: _Pairs) -> Iterator[str]:
        yield from _value_changes(path, old, new)
        yield from self._field_changes(path, old, new, active)
        yield from self._mapping_changes(path, old, new, active)
        if "items" in old:
            yield from self.changes(f"{path}[]", old["items"], new.get("items", True), active)
        yield from self._other_changes(path, old, new)

    def _field_changes(self, path: str, old: Schema, new: Schema, active: _Pairs) -> Iterator[str]:
        new_fields = new.get("properties", {})
        for name, field in old.get("properties", {}).items():
            if name not in new_fields:
                yield f"{path}.{name}: the field is removed"
                continue
            if name in old.get("required", ()) and name not in new.get("required", ()):
                yield f"{path}.{name}: the field is no longer always present"
            yield from self.changes(f"{path}.{name}", field, new_fields[name], active)

    def _mapping_changes(self, path: str, old: Schema, new: Schema, active: _Pairs) -> Iterator[str]:
        """Fields that have no name in the old schema, where it says anything of them."""
        if "propertyNames" in old:
            yield from self.changes(f"{path}{{}}", old["propertyNames"], new.get("propertyNames", True), active)
        rest = old.get("additionalProperties", True)
        if rest is True:
            return
        yield from self.changes(f"{path}{{}}", rest, new.get("additionalProperties", True), active)
        for name, field in new.get("properties", {}).items():
            if name not in old.get("properties", {}):
                yield from self.changes(f"{path}.{name}", rest, field, active)

    def _other_changes(self, path: str, old: Schema, new: Schema) -> Iterator[str]:
        """Keywords that can only be compared as they stand. One that only `new` has narrows it: harmless."""
        same_definitions = self._old_root.get("$defs") == self._new_root.get("$defs")
        for keyword, value in old.items():
            if keyword in ANNOTATIONS | COMPARED | LOWER_LIMITS | UPPER_LIMITS or keyword.startswith("x-"):
                continue
            if keyword not in new:
                yield f"{path}: {keyword} {value!r} is gone"
            elif new[keyword] != value or ("$ref" in repr(value) and not same_definitions):
                yield f"{path}: {keyword} was {value!r}, is now {new[keyword]!r}"


def _value_changes(path: str, old: Schema, new: Schema) -> Iterator[str]:
    old_values, new_values = _allowed_values(old), _allowed_values(new)
    if old_values is not None:
        if new_values is None:
            yield f"{path}: any value is allowed now, not only {_listed(old_values)}"
        else:
            added = [value for value in new_values if value not in old_values]
            if added:
                yield f"{path}: the value {_listed(added)} is added"
    for limit in sorted((LOWER_LIMITS | UPPER_LIMITS) & old.keys()):
        if limit not in new:
            yield f"{path}: the limit {limit} {old[limit]} is gone"
        elif new[limit] < old[limit] if limit in LOWER_LIMITS else new[limit] > old[limit]:
            yield f"{path}: the limit {limit} was {old[limit]}, is now {new[limit]}"


def _branches(root: Schema, node: object, name: str = "") -> Iterator[_Branch]:
    """The alternatives that `node` stands for: references followed, unions and lists of types taken apart."""
    if node is True:
        node = {}
    if not isinstance(node, Mapping):  # `false` allows nothing
        return
    beside = {key: value for key, value in node.items() if key not in {"$ref", "anyOf", "oneOf", "type"}}
    if "$ref" in node:
        target = _pointed_at(root, node["$ref"])
        yield from _branches(root, {**target, **beside}, definition_name(node))
    elif "anyOf" in node or "oneOf" in node:
        for option in node.get("anyOf") or node["oneOf"]:
            for branch in _branches(root, option, name):
                yield _Branch(branch.name, {**beside, **branch.schema})
    elif isinstance(node.get("type"), str):
        yield _Branch(name, node)
    else:
        for json_type in node.get("type", JSON_TYPES):
            yield _Branch(name, {**beside, "type": json_type})


def _pointed_at(root: Schema, reference: str) -> Schema:
    if not reference.startswith("#"):
        raise LookupError(f"{reference!r} points out of the schema: inline it under $defs")
    node: Any = root
    for step in reference.removeprefix("#").split("/")[1:]:
        node = node[step.replace("~1", "/").replace("~0", "~")]
    result: Schema = node
    return result


def _type(schema: Schema) -> str:
    return str(schema["type"])


def _types_read_as(schema: Schema) -> set[str]:
    """Types of values that a reader of `schema` takes: every integer is a number."""
    return {"number", "integer"} if _type(schema) == "number" else {_type(schema)}


def _allowed_values(schema: Schema) -> list[object] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _listed(values: Sequence[object]) -> str:
    return ", ".join(f"`{value}`" for value in values)


def _told(branches: Sequence[_Branch]) -> str:
    return " or ".join(dict.fromkeys(branch.name or _type(branch.schema) for branch in branches)) or "nothing"
