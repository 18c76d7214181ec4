"""The query that identifies: parameters that say what is on the page, in one order. Pure."""

from collections.abc import Iterator

from services.ingest.addresses.escapes import normal_value
from services.ingest.addresses.rules import AddressRules


def canonical_query(query: str, rules: AddressRules) -> str:
    """The parameters that stay, by name; several of one name in their order."""
    pairs = list(_parameters(query))
    others = {name.lower() for name, _ in pairs}
    kept = [(name, value) for name, value in pairs if not _goes(name, value, others, rules, alone=False)]
    if len(kept) == 1:
        kept = [(name, value) for name, value in kept if not _goes(name, value, others, rules, alone=True)]
    return "&".join(name if value is None else f"{name}={value}" for name, value in sorted(kept, key=_name))


def _parameters(query: str) -> Iterator[tuple[str, str | None]]:
    for piece in query.split("&"):
        name, equals, value = piece.partition("=")
        if piece:
            yield normal_value(name), normal_value(value) if equals else None


def _goes(name: str, value: str | None, others: set[str], rules: AddressRules, *, alone: bool) -> bool:
    lowered = name.lower()
    return any(rule.covers(lowered, (value or "").lower(), others) for rule in rules.parameters if rule.alone is alone)


def _name(pair: tuple[str, str | None]) -> str:
    return pair[0]
