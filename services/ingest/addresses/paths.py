"""The path that identifies: without index files and the forms of one page (AMP, print, telephones). Pure."""

from services.ingest.addresses.escapes import normal_path
from services.ingest.addresses.rules import AddressRules, Suffix


def canonical_path(path: str, host: str, rules: AddressRules) -> str:
    """The path that stands for `path` on this (canonical) host; empty for the front page."""
    parts = [_unpadded(part) for part in _resolved(normal_path(rules.sessions.sub("", path)))]
    parts = [part for part in parts if part and not rules.session_parts.fullmatch(part)]
    if parts and rules.index.fullmatch(parts[-1]):
        parts.pop()
    parts = _without_ending(_without_suffixes(_without_ending(parts, rules), rules), rules)
    parts = _without_prefix(_without_forms_within(parts, rules), rules)
    if parts and rules.identifier.fullmatch(parts[-1]):
        parts = [parts[-1].lower()]
    whole = "".join(f"/{part}" for part in parts)
    for rule in rules.of_hosts:
        if host == rule.host or host.endswith(f".{rule.host}"):
            whole = rule.pattern.sub(rule.becomes, whole)
    return whole


def _unpadded(part: str) -> str:
    """Without the spaces that were copied along."""
    while part.endswith("%20"):
        part = part.removesuffix("%20")
    return part


def _resolved(path: str) -> list[str]:
    """The parts of a path, without empty ones and dots."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return parts


def _without_prefix(parts: list[str], rules: AddressRules) -> list[str]:
    for rule in rules.prefixes:
        if parts and parts[0].lower() in rule.parts and len(parts) > rule.least:
            return parts[1:]
    return parts


def _without_forms_within(parts: list[str], rules: AddressRules) -> list[str]:
    """Without `amp` before the last part, unless it is the name of a section (`/tag/amp/page/2`)."""
    return [
        part
        for number, part in enumerate(parts)
        if number == len(parts) - 1
        or part.lower() not in rules.within
        or (number > 0 and parts[number - 1].lower() in rules.sections)
    ]


def _without_suffixes(parts: list[str], rules: AddressRules) -> list[str]:
    """Each form once, however they are nested. A section may be called amp or print: `/tag/amp` stays."""
    for suffix in (*rules.suffixes, *rules.suffixes):
        shorter = _without_suffix(parts, suffix)
        if shorter and shorter[-1].lower() not in rules.sections:
            parts = shorter
    return parts


def _without_suffix(parts: list[str], suffix: Suffix) -> list[str]:
    for known in suffix.parts:
        wanted = known.split("/")
        if [part.lower() for part in parts[-len(wanted) :]] == wanted:
            return parts[: -len(wanted)]
    for pattern in suffix.patterns:
        match = pattern.fullmatch(parts[-1]) if parts else None
        if match is not None:
            return [*parts[:-1], *(group for group in match.groups() if group)]
    return parts


def _without_ending(parts: list[str], rules: AddressRules) -> list[str]:
    """The name of a file without `.html`, and without what names a form of it (`.amp.html`)."""
    if not parts:
        return parts
    name = _cut(parts[-1], rules.pages)
    for suffix in rules.suffixes:
        name = _cut(name, suffix.endings)
    return [*parts[:-1], _cut(name, rules.pages)]


def _cut(name: str, endings: tuple[str, ...]) -> str:
    lowered = name.lower()
    for ending in endings:
        if lowered.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name
