"""The query that identifies: parameters that say what is on the page, in one order. Pure."""

from collections.abc import Callable, Iterator

from services.ingest.addresses.escapes import normal_value
from services.ingest.addresses.rules import AddressRules, ParameterRule

Parameter = tuple[str, str | None]
"""Name and value, each written one way; None: no equals sign."""


def canonical_query(query: str, path: str, rules: AddressRules) -> str:
    """The parameters that stay, by name; several of one name in their order. `path`: the canonical one."""
    pairs = list(_parameters(query))
    others = {name.lower() for name, _ in pairs}

    def stay(given: list[Parameter], chosen: Callable[[ParameterRule], bool]) -> list[Parameter]:
        applied = [rule for rule in rules.parameters if chosen(rule)]
        return [pair for pair in given if not any(_is_covered(pair, rule, others) for rule in applied)]

    firm = stay(pairs, lambda rule: not rule.soft and not rule.alone)
    kept = stay(firm, lambda rule: rule.soft)
    if not kept and rules.scripts.fullmatch(path.rpartition("/")[2]):
        kept = firm
    if len(kept) == 1:
        kept = stay(kept, lambda rule: rule.alone)
    return "&".join(name if value is None else f"{name}={value}" for name, value in sorted(kept, key=_name))


def _parameters(query: str) -> Iterator[Parameter]:
    for piece in query.split("&"):
        name, equals, value = piece.partition("=")
        if piece:
            yield normal_value(name), normal_value(value) if equals else None


def _is_covered(pair: Parameter, rule: ParameterRule, others: set[str]) -> bool:
    name, value = pair
    return rule.covers(name.lower(), (value or "").lower(), others)


def _name(pair: Parameter) -> str:
    return pair[0]
