"""The rules by which addresses fold, read from `rules.json`: what they are about is said there, a line each."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class ParameterRule:
    """Which parameters say nothing of what is on the page."""

    names: frozenset[str]
    prefixes: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    value: re.Pattern[str] | None
    beside: frozenset[str]
    """One of these must stand in the same query; empty: no matter."""
    alone: bool
    """Only where nothing else is left of the query."""
    soft: bool
    """Not where the path names a script and nothing else would be left."""

    def covers(self, name: str, value: str, others: Collection[str]) -> bool:
        """Whether the parameter goes. All in lower case; `others`: the names in the query."""
        if not self._names(name):
            return False
        if self.value is not None and not self.value.fullmatch(value):
            return False
        return not self.beside or any(other in self.beside for other in others if other != name)

    def _names(self, name: str) -> bool:
        return (
            name in self.names
            or name.startswith(self.prefixes)
            or any(pattern.fullmatch(name) for pattern in self.patterns)
        )


@dataclass(frozen=True)
class Suffix:
    """An end of a path that names a form of the page: whole parts, or the ending of a name.

    A pattern covers the last part; what its group holds stays.
    """

    parts: tuple[str, ...]
    endings: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Prefix:
    """First parts of a path that name a form of the page, where at least so many parts follow."""

    parts: frozenset[str]
    least: int


@dataclass(frozen=True)
class HostPath:
    """A change of path on one outlet's hosts."""

    host: str
    pattern: re.Pattern[str]
    becomes: str


@dataclass(frozen=True)
class Wrapper:
    """An address that has another within: in its path (`address`), or in one of its parameters."""

    host: re.Pattern[str]
    path: re.Pattern[str]
    parameters: tuple[str, ...]


@dataclass(frozen=True)
class AddressRules:
    """All of them."""

    parameters: tuple[ParameterRule, ...]
    labels: frozenset[str]
    beginnings: tuple[str, ...]
    www: re.Pattern[str]
    same_hosts: Mapping[str, str]
    index: re.Pattern[str]
    scripts: re.Pattern[str]
    """Last parts of paths that name no article: what the query says does."""
    pages: tuple[str, ...]
    sections: frozenset[str]
    suffixes: tuple[Suffix, ...]
    within: frozenset[str]
    """Parts that name a form of the page wherever they stand."""
    identifier: re.Pattern[str]
    """A last part that names the article by itself."""
    prefixes: tuple[Prefix, ...]
    of_hosts: tuple[HostPath, ...]
    sessions: re.Pattern[str]
    session_parts: re.Pattern[str]
    wrappers: tuple[Wrapper, ...]


@cache
def shipped_rules() -> AddressRules:
    """The rules that come with the service."""
    return read_rules(json.loads(files("services.ingest.addresses").joinpath("rules.json").read_text("utf-8")))


def read_rules(data: Mapping[str, Any]) -> AddressRules:
    """The rules of a decoded `rules.json`."""
    hosts, paths, wrappers = data["hosts"], data["paths"], data["wrappers"]
    return AddressRules(
        parameters=tuple(map(_parameter, data["parameters"])),
        labels=frozenset(hosts["labels"]),
        beginnings=tuple(hosts["beginnings"]),
        www=_pattern(hosts["www"]),
        same_hosts=hosts["same"],
        index=_pattern(paths["index"]),
        scripts=_pattern(paths["scripts"]),
        pages=tuple(f".{ending}" for ending in paths["pages"]),
        sections=frozenset(paths["sections"]),
        suffixes=tuple(
            Suffix(tuple(row.get("parts", ())), tuple(row.get("endings", ())), _patterns(row))
            for row in paths["suffixes"]
        ),
        within=frozenset(paths["within"]),
        identifier=_pattern(paths["identifier"]),
        prefixes=tuple(Prefix(frozenset(row["parts"]), row["least"]) for row in paths["prefixes"]),
        of_hosts=tuple(HostPath(row["host"], re.compile(row["pattern"]), row["becomes"]) for row in paths["of_hosts"]),
        sessions=_pattern(paths["sessions"]),
        session_parts=_pattern(paths["session_parts"]),
        wrappers=tuple(map(_wrapper, [*wrappers["caches"], *wrappers["redirects"]])),
    )


def _parameter(row: Mapping[str, Any]) -> ParameterRule:
    return ParameterRule(
        names=frozenset(row.get("names", ())),
        prefixes=tuple(row.get("prefixes", ())),
        patterns=_patterns(row),
        value=_pattern(row["value"]) if "value" in row else None,
        beside=frozenset(row.get("with", ())),
        alone=row.get("alone", False),
        soft=row.get("soft", False),
    )


def _wrapper(row: Mapping[str, Any]) -> Wrapper:
    return Wrapper(_pattern(row["host"]), _pattern(row["path"]), tuple(row.get("parameters", ())))


def _patterns(row: Mapping[str, Sequence[str]]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_pattern, row.get("patterns", ())))


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.ASCII | re.DOTALL)
