"""What is on the page of a speaker. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from services.api.names.models import FoundSpeaker, Opposed, SpeakerEvent, Statement, StatementCounts, StatementReport
from services.api.names.name_keys import entity_page, speaker_page
from services.api.pages import phrases
from services.api.pages.characters import clipped
from services.api.pages.highlight import Segment, marked
from services.api.pages.links import claim_in_event, link_to_words
from services.api.pages.name_headings import EventHeading, Link, NameHeading, event_heading, name, name_heading
from services.api.pages.numbers import count, number
from services.api.pages.stances import stance
from services.api.summaries import event_page
from services.contracts.base import Span
from services.contracts.claim import ClaimKind
from services.contracts.event_claims import SupportForm

MOST_REPORTS, MOST_OPPOSED, MOST_ROLES = 8, 2, 4
"""Of a statement, against a statement, of the speaker."""
MOST_LINES, LEAST_STATEMENTS = 150, 2
"""Lines of statements, reports and what is against them on a page, so that it stays below 150 kB; statements that each
event has nevertheless."""
MOST_TEXT, MOST_WORDING = 400, 240
"""Characters of a statement, and of another wording of it."""
FORM: dict[SupportForm, str] = {
    SupportForm.FULL: "quoted whole",
    SupportForm.CUT: "quoted in part",
    SupportForm.PARAPHRASE: "reworded",
}
_IN_PIECES = "quoted whole, in pieces"
_LEAST_WHOLE = 0.8
"""Share of the characters of a statement from which a wording is no mere piece of it."""


@dataclass(frozen=True)
class ReportView:
    """One outlet's report of a statement."""

    outlet: str
    page: str
    """The article's page, at the statement."""
    link: str | None
    """The outlet's page at the words."""
    way: str
    """Through whom it came, other than the outlet itself; empty where that is not said."""


@dataclass(frozen=True)
class WordingView:
    """One wording, and who has it."""

    form: str | None
    segments: tuple[Segment, ...]
    """Empty where it is the wording above."""
    reports: tuple[ReportView, ...]


@dataclass(frozen=True)
class OpposedView:
    """A claim that cannot hold beside the statement."""

    kind: str
    text: str
    source: Link
    page: str
    """The claim in the event."""


@dataclass(frozen=True)
class StatementView:
    """One statement."""

    claim_id: str
    page: str
    """The claim in the event."""
    stance: str | None
    """What stands before the words unless the speaker asserts them: "Denied"."""
    manner: str
    """By quotation or in other words."""
    negated: bool
    text: str
    reported: str | None
    origins: str
    wordings: tuple[WordingView, ...]
    more_reports: str | None
    opposed: tuple[OpposedView, ...]


@dataclass(frozen=True)
class EventStatements:
    """What was said in one event."""

    heading: EventHeading
    statements: tuple[StatementView, ...]
    more: str | None
    """How many statements are not shown."""
    all_claims: str
    """The page of all claims of the event."""


@dataclass(frozen=True)
class SpeakerPageView:
    """The page."""

    heading: NameHeading
    counts: str | None
    """How much there is, in a sentence; None where the name is nowhere the fullest."""
    roles: tuple[str, ...]
    entity: str | None
    """The page of what the name is named in; None where nothing names it but what it says."""
    events: tuple[EventStatements, ...]


def speaker_view(found: FoundSpeaker, *, first_page: bool, is_named: bool) -> SpeakerPageView:
    """Everything the template needs; `is_named`: whether there is a page of where the name is named."""
    heading = name_heading(found, "speakers", first_page=first_page)
    left, events = MOST_LINES, []
    for event in found.events:
        shown = _shown(event.statements, left)
        left -= sum(map(_lines, event.statements[:shown]))
        events.append(_event(event, shown, heading.name))
    roles: dict[str, str] = {}
    for statement in (statement for event in found.events for statement in event.statements):
        role = _role(statement)
        roles.setdefault(role.casefold(), role)
    return SpeakerPageView(
        heading=heading,
        counts=_counts(found.counts, found.total) if found.total else None,
        roles=tuple(filter(None, roles.values()))[:MOST_ROLES],
        entity=entity_page(found.key) if is_named else None,
        events=tuple(events),
    )


def _lines(statement: Statement) -> int:
    return 2 + min(len(statement.reports), MOST_REPORTS) + 2 * min(len(statement.opposed), MOST_OPPOSED)


def _shown(statements: Sequence[Statement], lines: int) -> int:
    """How many of the statements so many lines hold, and `LEAST_STATEMENTS` in any case."""
    taken = accumulate(map(_lines, statements))
    return sum(at < LEAST_STATEMENTS or total <= lines for at, total in enumerate(taken))


def _counts(counts: StatementCounts, events: int) -> str:
    parts = [
        (counts.quotations, count(counts.quotations, "quotation")),
        (counts.denials, count(counts.denials, "denial")),
        (counts.unconfirmed, f"{number(counts.unconfirmed)} not confirmed or not said"),
        (counts.conditional, f"{number(counts.conditional)} on a condition"),
    ]
    among = ", ".join(words for times, words in parts if times)
    whole = f"{count(counts.statements, 'statement')} in {count(events, 'event')}"
    return f"{whole}, among them {among}" if among else whole


def _role(statement: Statement) -> str:
    parts = [statement.role or "", statement.organisation or ""]
    if parts[1].casefold() in parts[0].casefold():
        parts.pop()
    return name(", ".join(filter(None, parts)))


def _event(event: SpeakerEvent, shown: int, heading: str) -> EventStatements:
    more = len(event.statements) - shown + event.more_statements
    return EventStatements(
        heading=event_heading(event, heading),
        statements=tuple(_statement(statement, event.event_id) for statement in event.statements[:shown]),
        more=count(more, "more statement") if more else None,
        all_claims=f"{event_page(event.event_id)}/claims",
    )


def _statement(statement: Statement, event_id: str) -> StatementView:
    more = max(0, len(statement.reports) - MOST_REPORTS) + statement.more_reports
    first = statement.first_reported_at
    return StatementView(
        claim_id=statement.claim_id,
        page=claim_in_event(event_id, statement.claim_id),
        stance=stance(statement.commitment, statement.kind, statement.text, statement.cue),
        manner="by quotation" if statement.kind is ClaimKind.QUOTATION else "in outlets’ words",
        negated=statement.negated,
        text=clipped(statement.text, MOST_TEXT),
        reported=phrases.at(first) if first else None,
        origins=count(statement.origins, "independent origin"),
        wordings=_wordings(statement),
        more_reports=count(more, "more report") if more else None,
        opposed=tuple(_opposed(opposed, event_id) for opposed in statement.opposed[:MOST_OPPOSED]),
    )


def _wordings(statement: Statement) -> tuple[WordingView, ...]:
    """Who has which wording, that of the statement itself first."""
    by_words: dict[tuple[SupportForm | None, str], list[StatementReport]] = {}
    ordered = sorted(statement.reports[:MOST_REPORTS], key=lambda report: report.text != statement.text)
    for report in ordered:
        by_words.setdefault((report.form, report.text), []).append(report)
    return tuple(
        WordingView(
            form=_form(form, text, statement.text),
            segments=() if text == statement.text else _segments(reports[0]),
            reports=tuple(map(_report, reports)),
        )
        for (form, text), reports in by_words.items()
    )


def _form(form: SupportForm | None, wording: str, statement: str) -> str | None:
    if form is SupportForm.FULL and len(wording) < _LEAST_WHOLE * len(statement):
        return _IN_PIECES
    return FORM[form] if form else None


def _segments(report: StatementReport) -> tuple[Segment, ...]:
    """The wording, the words of the quotation that it gives in part marked."""
    start = report.span.start
    inner: Sequence[Span] = ()
    if report.form is SupportForm.CUT:
        inner = [
            Span(start=words.start - start, end=words.end - start) for words in report.words if report.span.holds(words)
        ]
    return marked(clipped(report.text, MOST_WORDING), inner)


def _report(report: StatementReport) -> ReportView:
    outlet = name(phrases.outlet(report.publisher))
    return ReportView(
        outlet=outlet,
        page=report.page,
        link=link_to_words(report.url, report.text),
        way=", from ".join(relay for relay in map(name, report.relayed_by[:3]) if relay not in ("", outlet)),
    )


def _opposed(opposed: Opposed, event_id: str) -> OpposedView:
    source = name(opposed.source) or phrases.NO_SOURCE
    return OpposedView(
        kind=phrases.CONTRADICTION[opposed.kind],
        text=clipped(opposed.text, MOST_WORDING),
        source=Link(source, speaker_page(opposed.speaker_key) if opposed.speaker_key else None),
        page=claim_in_event(event_id, opposed.claim_id),
    )
