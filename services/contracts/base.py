"""What every contract shares: immutability, aware UTC times, character spans."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

CONTRACT_CONFIG = ConfigDict(
    extra="ignore",
    use_attribute_docstrings=True,
    # Defaults are written too, and the schema promises it: readers need not guess a missing field.
    json_schema_serialization_defaults_required=True,
)


class Contract(BaseModel):
    """Base of all models that travel: immutable, and tolerant of fields that a newer producer adds."""

    model_config = CONTRACT_CONFIG | ConfigDict(frozen=True)


class CompactContract:
    """Base of contracts of which an event holds thousands: fields in slots take less than half of a model's memory.

    They are dataclasses of pydantic: read and written as fields of models, with `model_copy`, and without `model_dump`.
    """

    __slots__: tuple[str, ...] = ()

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """The same with other values for some fields, which are not validated."""
        made = object.__new__(type(self))
        for name in self.__slots__:
            object.__setattr__(made, name, update[name] if name in update else getattr(self, name))
        return made


C = TypeVar("C", bound="Contract | CompactContract")


def _to_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


UtcDatetime = Annotated[AwareDatetime, AfterValidator(_to_utc)]
"""A moment with its offset, kept in UTC. A time without an offset is refused: we do not guess."""


def trusted(model: type[C], values: dict[str, Any]) -> C:
    """An instance of what we computed ourselves, as validation would give it, in a third of the time.

    For what is made hundreds of times an article; what comes from outside is validated.

    Args:
        model: Its class.
        values: Of every field, in the order in which the class declares them: that is the order on the wire.
    """
    made = model.__new__(model)
    put = object.__setattr__
    if isinstance(made, CompactContract):
        for name, value in values.items():
            put(made, name, value)
        return made
    put(made, "__dict__", values)
    put(made, "__pydantic_fields_set__", set(values))
    put(made, "__pydantic_extra__", None)
    put(made, "__pydantic_private__", None)
    return made


_WITH_PARTS = (tuple, Contract, CompactContract)
_SHARED_SETS: dict[frozenset[str], set[str]] = {}


def share_field_sets(value: Any) -> None:
    """Let models that were given the same fields share the set of their names, for what is kept long.

    A set of its own takes two fifths of the memory of a small model. Contracts are frozen and copies copy the set, so
    nobody changes it.

    Args:
        value: A model, or a tuple of any depth; everything in it shares too.
    """
    if isinstance(value, tuple):
        for part in value if not value or isinstance(value[0], _WITH_PARTS) else ():  # not through lists of ids
            share_field_sets(part)
    elif isinstance(value, Contract) and share_own_field_set(value):
        for part in vars(value).values():
            if isinstance(part, _WITH_PARTS):
                share_field_sets(part)
    elif isinstance(value, CompactContract) and not isinstance(value, Span):  # of which there are most
        for name in value.__slots__:
            part = getattr(value, name)
            if isinstance(part, _WITH_PARTS):
                share_field_sets(part)


def share_own_field_set(model: Contract) -> bool:
    """Do it for a model alone; whether it had a set of its own. If not, what is in it shares already."""
    own = model.__pydantic_fields_set__
    names = frozenset(own)
    shared = _SHARED_SETS.get(names) or _SHARED_SETS.setdefault(names, set(names))
    object.__setattr__(model, "__pydantic_fields_set__", shared)
    return shared is not own


@dataclass(frozen=True, slots=True, kw_only=True, config=CONTRACT_CONFIG)
class Span(CompactContract):
    """Half-open range [start, end) of characters (Unicode code points) in an article's `text`."""

    start: int = Field(ge=0)
    """Offset of the first character."""
    end: int = Field(ge=0)
    """Offset after the last character."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"an empty or reversed span: [{self.start}, {self.end})")
        return self

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end
