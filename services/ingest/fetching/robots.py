"""What a robots.txt says to us (RFC 9309). Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from protego import Protego

from services.ingest.fetching.patterns import matches
from services.ingest.fetching.rights import MAX_VALUE_CHARS
from services.runtime.outbound.web_address import WebAddress

TOKEN = "newsweave"  # noqa: S105 - the product token by which groups name us
MAX_RULES = 5_000
"""Rules for us in one file: more of them would hold up the service. A file with more lets nobody in."""
_LINE_ENDS = re.compile(r"[\r\n]+")
_AGENT_KEYS = frozenset(("user-agent", "useragent", "user agent"))
_ACCESS_KEYS = frozenset(("allow", "crawl-delay", "crawl delay", "disallow", "dissallow", "dissalow", "disalow"))


@dataclass(frozen=True)
class RobotsRules:
    """The rules for us."""

    access: Protego
    """Allow, Disallow and Crawl-delay of our group alone."""
    usage: tuple[tuple[str, str], ...] = ()
    """Content-Usage: path patterns, empty for all, with preferences."""
    licence: str | None = None
    """Where the licence of the site is (RSL); the first, if it names several."""

    def allows(self, address: WebAddress) -> bool:
        """Whether an address may be asked."""
        return self.access.can_fetch(str(address), TOKEN)

    @property
    def crawl_delay_seconds(self) -> float:
        """Pause between requests."""
        return self.access.crawl_delay(TOKEN) or 0.0

    def content_usage(self, target: str) -> str | None:
        """Preferences for a path: those with the longest pattern that matches; several of one length are joined."""
        fitting = [(len(pattern), preference) for pattern, preference in self.usage if matches(pattern, target)]
        longest = max((length for length, _ in fitting), default=0)
        return ", ".join(dict.fromkeys(text for length, text in fitting if length == longest)) or None


EVERYTHING_ALLOWED = RobotsRules(Protego.parse(""))
"""The rules of a site without robots.txt."""
NOTHING_ALLOWED = RobotsRules(Protego.parse("User-agent: *\nDisallow: /"))
"""The rules of a site whose robots.txt is too much to read."""


def read_robots(content: bytes) -> RobotsRules:
    """The rules for us in a robots.txt: those of groups that name us, without any those for all.

    Protego gets our group alone. It keeps a list of rules for each agent, so that 130 KB of many agents before many
    rules took it 30 s and 1.2 GB.
    """
    lines = list(_lines(content.decode("utf-8", errors="replace").removeprefix("\ufeff")))
    named, common = _group(lines, TOKEN), _group(lines, "*")
    ours = common if named is None else named
    rules = [(key, value) for key, value in ours or [] if key in _ACCESS_KEYS]
    usage = [_usage(value) for key, value in ours or [] if key == "content-usage"]
    licences = [value for key, value in lines if key == "license" and _is_link(value)]
    if len(rules) + len(usage) > MAX_RULES:
        return NOTHING_ALLOWED
    text = "".join(f"{key}: {value}\n" for key, value in rules)
    return RobotsRules(
        access=Protego.parse(f"User-agent: *\n{text}"),
        usage=tuple(usage),
        licence=licences[0] if licences else None,
    )


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Keys in lower case with values, without comments."""
    for line in _LINE_ENDS.split(text):
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), " ".join(value.split())


def _group(lines: list[tuple[str, str]], agent: str) -> list[tuple[str, str]] | None:
    """The lines of all groups for an agent; None if there is no such group."""
    lines_of_groups: list[tuple[str, str]] | None = None
    is_ours = is_head = False
    for key, value in lines:
        if key in _AGENT_KEYS:
            is_ours = (is_head and is_ours) or _names(value, agent)
            is_head = True
            if is_ours and lines_of_groups is None:
                lines_of_groups = []
        elif key not in ("sitemap", "license"):  # these belong to no group
            is_head = False
            if is_ours and lines_of_groups is not None:
                lines_of_groups.append((key, value))
    return lines_of_groups


def _names(value: str, agent: str) -> bool:
    """A version after the token is not part of it; nor is a `*` around it, which many write."""
    return value == agent or value.lower().strip("*").partition("/")[0].strip() == agent


def _usage(value: str) -> tuple[str, str]:
    pattern, _, preference = value.partition(" ") if value.startswith("/") else ("", "", value)
    return pattern, preference[:MAX_VALUE_CHARS].strip()


def _is_link(value: str) -> bool:
    return value.startswith(("https://", "http://")) and value.isprintable() and len(value) <= MAX_VALUE_CHARS
