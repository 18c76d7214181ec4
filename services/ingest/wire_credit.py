"""Which news agency a text credits, from its dateline, its credit lines or its end. Pure."""

import re
from collections.abc import Iterator, Sequence

from services.ingest.characters import squeeze

OPENING_LINES = 8
CLOSING_LINES = 4
MAX_CREDIT_CHARS = 200
MAX_AGENCY_CHARS = 60

_KNOWN = {
    "AP": "AP",
    "Associated Press": "AP",
    "AFP": "AFP",
    "Agence France-Presse": "AFP",
    "Reuters": "Reuters",
    "Thomson Reuters": "Reuters",
    "UPI": "UPI",
    "United Press International": "UPI",
    "Bloomberg": "Bloomberg",
    "Xinhua": "Xinhua",
    "TASS": "TASS",
    "Interfax": "Interfax",
    "dpa": "dpa",
    "EFE": "EFE",
    "ANSA": "ANSA",
    "Kyodo": "Kyodo",
    "Kyodo News": "Kyodo",
    "Yonhap": "Yonhap",
    "ANI": "ANI",
    "PTI": "PTI",
    "IANS": "IANS",
    "PA Media": "PA Media",
    "Anadolu Agency": "Anadolu Agency",
}
_BY_NAME = {name.casefold(): agency for name, agency in _KNOWN.items()}
_NAMES = "|".join(re.escape(name) for name in sorted(_KNOWN, key=len, reverse=True))
_AGENCY_WORD = re.compile(r"\b(?:Press|Presse|News|Agency|Wire|Newswire|Service|Agencies)\b")
_PLACE = r"[A-Z][\w.' -]{1,40}(?:, [\w.' -]{2,40}){0,3}"

_DATELINE = re.compile(rf"(?:{_PLACE}[,:]? ?)?\((?P<agency>[A-Z][\w&.' -]{{1,{MAX_AGENCY_CHARS}}})\) ?(?:[-:]|$)")
_CAPITALS_DATELINE = re.compile(r"[A-Z][A-Z.' -]{2,40}(?:, [\w.' -]{2,40}){0,3} ?\((?P<agency>[A-Z]{2,6})\) ?[-:]")
_BARE_DATELINE = re.compile(rf"(?:[A-Z][A-Z.' -]{{2,40}}[,:] ?)?(?P<agency>{_NAMES}) - ")
_CREDIT_LINES = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"\(?(?:with )?(?:additional )?inputs? (?:from|by) (?P<agency>.{{2,{MAX_AGENCY_CHARS}}}?)\.?\)?",
        rf"sources? ?(?:by|:|-) ?(?P<agency>{_NAMES}|agencies|wire|wires)",
        rf"[-(]* ?(?P<agency>{_NAMES}|agencies) ?\)?",
        rf"by (?:the )?(?P<agency>{_NAMES})",
        rf"this \w+ (?:contains|includes) (?:material|information|reporting) from (?:the )?(?P<agency>{_NAMES})\.?",
        rf".*\b(?P<agency>{_NAMES}) contributed to this \w+\.?|contributing: .*\b(?P<agency2>{_NAMES})",
    )
)
_CLOSING = re.compile(rf".*[.!?\"'] ?(?:\((?P<agency>{_NAMES})\)|- ?(?P<agency2>{_NAMES}))\.?")


def wire_credit(text: str) -> str | None:
    """The agency credited, in its usual short name where it is a known one; `agencies` when unnamed; else None.

    Looks at the dateline ("KYIV (Meridian Press) -"), then at whole lines of credit ("With inputs from ..."), then
    at the end ("... he said. (AFP)"). An agency that is quoted as a source in the running text is not credited.
    """
    lines = [squeeze(line) for line in text.splitlines() if line.strip()]
    return next(_candidates(lines), None)


def is_dateline(line: str) -> bool:
    """Whether a line opens with a place and an agency."""
    return next(_datelines([line]), None) is not None


def _candidates(lines: Sequence[str]) -> Iterator[str]:
    yield from _datelines(lines[:OPENING_LINES])
    for line in lines:
        if len(line) <= MAX_CREDIT_CHARS:
            yield from (_short(match) for rule in _CREDIT_LINES if (match := rule.fullmatch(line)))
    for line in reversed(lines[-CLOSING_LINES:]):
        if match := _CLOSING.fullmatch(line):
            yield _short(match)


def _datelines(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        if match := _DATELINE.match(line):
            agency = match["agency"]
            # "Sen. X (D-Va.) -" looks the same: an unknown name must sound like an agency.
            if agency.casefold() in _BY_NAME or _AGENCY_WORD.search(agency):
                yield _short(match)
        for rule in (_CAPITALS_DATELINE, _BARE_DATELINE):
            if match := rule.match(line):
                yield _short(match)


def _short(match: re.Match[str]) -> str:
    groups = match.groupdict()
    agency = str(groups["agency"] or groups["agency2"]).strip()
    agency = re.sub(r"^the ", "", agency, flags=re.IGNORECASE)
    return _BY_NAME.get(agency.casefold(), "agencies" if agency.casefold() in {"agencies", "wire", "wires"} else agency)
