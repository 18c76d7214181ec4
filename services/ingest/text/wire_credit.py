"""Which news agency a text credits: in its dateline, its by-line, its lines of credit or its end. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from services.contracts.article import UNNAMED_AGENCY
from services.ingest.text.characters import squeeze
from services.language.agencies import CREDITED_NAMES
from services.language.case import lower_case

OPENING_LINES = 8
CLOSING_LINES = 4
MAX_CREDIT_CHARS = 200
MAX_CONTRIBUTED_CHARS = 500
"""Such lines name all who contributed and where they were."""
MAX_AGENCY_CHARS = 60

_BY_NAME = {name.casefold(): agency for name, agency in CREDITED_NAMES.items()}
_NAMES = "|".join(re.escape(name) for name in sorted(CREDITED_NAMES, key=len, reverse=True))
_UNNAMED = r"(?:news )?agenc(?:y|ies)(?: reports)?|wires?(?: services?)?(?: reports)?|news services?"
_ANY = rf"(?:the )?(?:{_NAMES}|{_UNNAMED})"
_AGENCIES = rf"(?P<agency>{_ANY})(?:(?:, | and |, and | & | ?/ ?).{{2,100}})?"
"""One agency or more, of which the first counts."""
_AGENCY_WORD = re.compile(r"\b(?:Press|Presse|News|Agency|Wire|Newswire|Service|Agencies)\b")
_PLACE = r"[A-Z][\w.'/ -]{1,60}(?:, [\w.' -]{2,40}){0,3}"
_STAFF = r"(?:staff(?: writers?)?|writers?|reporters?|correspondents?|journalists?|photographers?)"

_DATELINE = re.compile(
    rf"(?:{_PLACE}[,:]? ?(?:- ?)?)?\((?P<agency>[A-Z][\w&.' -]{{1,{MAX_AGENCY_CHARS}}})\) ?(?:[-:]|$)"
)
_CAPITALS_DATELINE = re.compile(r"[A-Z][A-Z.' -]{2,40}(?:, [\w.' -]{2,40}){0,3} ?\((?P<agency>[A-Z]{2,6})\) ?[-:]")
_BARE_DATELINE = re.compile(rf"(?:[A-Z][A-Z.' -]{{2,40}}[,:] ?)?(?P<agency>{_NAMES}) - ")
_BY_LINES = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        rf"(?:(?:by|from) )?(?P<agency>{_ANY})(?: {_STAFF}| news)?",
        # "By Ada Lind, The Associated Press"; "/AP" is how pictures are credited.
        rf"by [^.!?/]{{2,80}}?(?:, | [|-] | of | for )(?P<agency>(?:the )?(?:{_NAMES}))(?: {_STAFF})?",
        rf"(?:by )?(?:our )?(?:{_STAFF}|[\w ]{{2,30}} desk) (?:and|&|with) (?P<agency>{_ANY})",
    )
)
_MARKS = r"[-*•( ]*"
_THIS = r"(?:to|for|in) (?:this|the) \w+"
_MATERIAL = r"(?:material|information|reporting|content)"
_INPUT_LINES = tuple(
    re.compile(_MARKS + rule + r"\.?\)?", re.IGNORECASE)
    for rule in (
        (
            rf"(?:with )?(?:additional )?(?:inputs?|files?|reports?|copy|{_MATERIAL}) (?:from|by) {_AGENCIES}"
            rf"(?: (?:was|were) used {_THIS})?"
        ),
        rf"(?:with )?(?:additional )?inputs? (?:from|by) (?P<agency>.{{2,{MAX_AGENCY_CHARS}}}?)",
        rf"this \w+ (?:contains|includes|used|uses) {_MATERIAL} from {_AGENCIES}",
        (
            r"this \w+ (?:is|was) (?:based|compiled) in part (?:on|from) "
            rf"(?P<agency>{_ANY})(?: {_MATERIAL}| reports)?(?: and .*)?"
        ),
    )
)
"""Lines that say that the outlet's own text has something from an agency."""
_CREDIT_LINES = tuple(
    re.compile(_MARKS + rule + r"\.?\)?", re.IGNORECASE)
    for rule in (
        rf"sources? ?(?:by|:|-) ?{_AGENCIES}",
        rf"(?P<agency>{_ANY}) ?",
        (
            r"this \w+ (?:is|was) (?:based|compiled) (?:on|from) "
            rf"(?P<agency>{_ANY})(?: {_MATERIAL}| reports)?(?: and .*)?"
        ),
        rf"(?:©|\(c\)|copyright)[ ©]*(?:\d{{4}} )?(?P<agency>(?:the )?(?:{_NAMES}))\. all rights reserved(?:\. .*)?",
    )
)
_CONTRIBUTED = tuple(
    re.compile(rule, re.IGNORECASE)
    for rule in (
        (
            rf"(?:.*?[\s(*])??(?P<agency>{_NAMES}|wire services)(?:'s?)?(?: {_STAFF}\b.*)?(?:,? and .*|, .*)? "
            rf"(?:also )?contributed(?: reporting)?(?: {_THIS})?(?: from .*)?\.?\)?\.?"
        ),
        rf"contributing: (?:.*?\W)??(?P<agency>{_NAMES})\b.*",
    )
)
_OWN_WRITERS = re.compile(
    rf"(?:.*[.!?] )?(?:the )?(?P<agency>{_NAMES})(?:'s?)? {_STAFF}\b.*\bcontributed(?: reporting)?\b.*",
    re.IGNORECASE,
)
"""So an agency ends its own report; "The Associated Press contributed" ends another outlet's."""
_IN_CLOSING = rf"\((?P<inputs>(?i:with (?:inputs?|files?|reports?) from) )?(?P<agency>{_ANY})\)"
_CLOSING = re.compile(rf".*[.!?\"'] ?(?:{_IN_CLOSING}|- ?(?P<agency2>{_NAMES}))\.?")


@dataclass(frozen=True)
class WireCredit:
    """The agency that a text credits."""

    agency: str
    """In its usual short name where it is a known one; `UNNAMED_AGENCY`."""
    contributed: bool = False
    """Whether it only contributed to the outlet's own text."""


def wire_credit(text: str, authors: Sequence[str] = ()) -> WireCredit | None:
    """The agency credited; None: none.

    Looks at the dateline ("KYIV (Meridian Press) -"), then at the by-line, in the text or among `authors`, then at
    whole lines of credit ("Source: ..."), then at the end ("... he said. (AFP)"), then at lines that credit it with
    a part ("With inputs from ..."). Of several the first named counts. Neither an agency that is quoted in the running
    text is credited, nor one whose picture is shown.
    """
    lines = [squeeze(line) for line in text.splitlines() if line.strip()]
    squeezed = [squeeze(author) for author in authors]
    if (agency := next(_candidates(lines, squeezed), None)) is not None:
        return WireCredit(agency)
    inputs = chain(_matches(lines, _INPUT_LINES, MAX_CREDIT_CHARS), _inputs_at_end(lines))
    contributors = _matches(_of_contributors(lines), _CONTRIBUTED, MAX_CONTRIBUTED_CHARS)
    agency = next(chain(inputs, contributors), None)
    return None if agency is None else WireCredit(agency, contributed=True)


def is_dateline(line: str) -> bool:
    """Whether a line opens with a place and an agency."""
    return next(_datelines([line]), None) is not None


def _candidates(lines: Sequence[str], authors: Sequence[str]) -> Iterator[str]:
    """Agencies that have written the text."""
    yield from _datelines(lines[:OPENING_LINES])
    yield from _matches((*authors, *lines[:OPENING_LINES]), _BY_LINES, MAX_CREDIT_CHARS)
    yield from _matches(lines, _CREDIT_LINES, MAX_CREDIT_CHARS)
    yield from _matches(_of_contributors(lines), (_OWN_WRITERS,), MAX_CONTRIBUTED_CHARS)
    for line in reversed(lines[-CLOSING_LINES:]):
        if (match := _CLOSING.fullmatch(line)) and not _gives_inputs(match):
            yield _short(match)


def _inputs_at_end(lines: Sequence[str]) -> Iterator[str]:
    for line in reversed(lines[-CLOSING_LINES:]):
        if (match := _CLOSING.fullmatch(line)) and _gives_inputs(match):
            yield _short(match)


def _gives_inputs(match: re.Match[str]) -> bool:
    return match["inputs"] is not None


def _of_contributors(lines: Iterable[str]) -> Iterator[str]:
    """The lines with the word that all rules on contributors ask for: to try these on every line costs most of all."""
    return (line for line in lines if len(line) <= MAX_CONTRIBUTED_CHARS and "contribut" in lower_case(line))


def _matches(lines: Iterable[str], rules: Sequence[re.Pattern[str]], longest: int) -> Iterator[str]:
    for line in lines:
        if len(line) <= longest:
            yield from (_short(match) for rule in rules if (match := rule.fullmatch(line)))


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
    if re.fullmatch(_UNNAMED, agency, re.IGNORECASE):
        return UNNAMED_AGENCY
    return _BY_NAME.get(agency.casefold(), agency)
