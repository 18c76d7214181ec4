"""Rights that a site reserves in ways that machines read. Pure.

TDM Reservation Protocol (W3C, headers and tdmrep.json), Content-Usage (IETF drafts aipref-attach and aipref-vocab), and
licences of RSL 1.0 (`License:` in robots.txt).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from services.ingest.fetching.patterns import matches

MAX_RULES = 1_000
"""Rules of a tdmrep.json that are read."""
MAX_VALUE_CHARS = 2_048
_OUR_USES = ("ai-output", "bots")
"""Categories that what we do is in, the narrower first: the first with a preference decides. We train nothing."""
_PREFERENCE = re.compile(r"([a-z*][a-z0-9_.*-]*)\s*=\s*([yn])(?![\w.*-])")


@dataclass(frozen=True)
class Rights:
    """What was found. None: nothing was said."""

    tdm_reservation: bool | None = None
    """Whether rights of text and data mining are reserved."""
    tdm_policy: str | None = None
    """Address of the terms under which they can be had."""
    content_usage: str | None = None
    """Preferences as written, such as `bots=n, search=y`; several statements joined by ", "."""
    licence: str | None = None
    """Address of the site's licence (RSL)."""


@dataclass(frozen=True)
class TdmRule:
    """One rule of a tdmrep.json."""

    location: str
    reservation: bool
    policy: str | None


def read_tdmrep(content: bytes) -> tuple[TdmRule, ...]:
    """The rules of a tdmrep.json in their order; none of a file that is not one."""
    try:
        rows = orjson.loads(content)
    except orjson.JSONDecodeError:
        return ()
    read = (_rule(row) for row in rows[:MAX_RULES]) if isinstance(rows, list) else ()
    return tuple(rule for rule in read if rule is not None)


def tdm_rights(rules: tuple[TdmRule, ...], target: str) -> Rights:
    """What a tdmrep.json says of a path: the first rule that matches counts."""
    for rule in rules:
        if matches(rule.location, target):
            return Rights(tdm_reservation=rule.reservation, tdm_policy=rule.policy)
    return Rights()


def rights_of(site: Rights, headers: Mapping[str, str]) -> Rights:
    """The rights in an answer: what its headers say goes before the site's tdmrep.json, and adds to its robots.txt."""
    reservation = _reservation(headers.get("tdm-reservation"))
    said = [text for text in (site.content_usage, _text(headers.get("content-usage"))) if text]
    return Rights(
        tdm_reservation=site.tdm_reservation if reservation is None else reservation,
        tdm_policy=site.tdm_policy if reservation is None else _link(headers.get("tdm-policy")),
        content_usage=", ".join(dict.fromkeys(said)) or None,
        licence=site.licence,
    )


def reserved(rights: Rights) -> str | None:
    """Why an article may not be used without asking, in words; None if nothing says so.

    A licence counts: its terms are not read, so it is not known that they allow what we do.
    """
    if rights.tdm_reservation:
        return "rights of text and data mining are reserved"
    if rights.content_usage:
        # Of several statements the most restrictive counts.
        said = _PREFERENCE.findall(rights.content_usage)
        for use in _OUR_USES:
            values = {value for name, value in said if name == use}
            if values:
                if "n" in values:
                    return f"Content-Usage says {use}=n"
                break
    return "the site has a licence whose terms are not known" if rights.licence else None


def _rule(row: object) -> TdmRule | None:
    if not isinstance(row, dict):
        return None
    location, reservation = row.get("location"), _reservation(row.get("tdm-reservation"))
    if not isinstance(location, str) or len(location) > MAX_VALUE_CHARS or reservation is None:
        return None
    return TdmRule(location, reservation, _link(row.get("tdm-policy")))


def _reservation(value: object) -> bool | None:
    """0 and 1 are the values; all others are as if nothing was said. Repeated headers reserve if one of them does."""
    values = {part.strip() for part in str(value).split(",")}
    if isinstance(value, bool) or not values <= {"0", "1"}:
        return None
    return "1" in values


def _text(value: object) -> str | None:
    fits = isinstance(value, str) and value.isprintable() and len(value) <= MAX_VALUE_CHARS
    return value.strip() or None if isinstance(value, str) and fits else None


def _link(value: object) -> str | None:
    text = _text(value)
    return text if text and text.startswith(("https://", "http://")) else None
