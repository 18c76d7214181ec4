"""`newsweave verify`."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import typer

from services.api.pages.numbers import count
from services.api.verification import ArticleVerification, Mismatch, Verdict, Verification
from services.contracts.event import EventStatus
from services.local.commands.lookup import look_up
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, result_console
from services.local.commands.show import EventArgument

EXAMPLES = (
    "newsweave verify evt_00cb0aa61a85bdfac1d4",
    "newsweave verify evt_00cb0aa61a85bdfac1d4 --json | jq '.articles[] | select(.verdict != \"verified\")'",
    "newsweave events --json | jq -r '.events[].event_id' | while read id; do newsweave verify $id || break; done",
)

_MOST_CHARS = 100
"""Of a wording that differs; `--json` has it whole."""


def verify(
    event_id: EventArgument, as_json: JsonOption = False, url: ApiUrlOption = None, data: DataOption = None
) -> None:
    """Prove every span of an event against the stored text of its article.

    The wordings of claims, what is quoted, speakers, figures, dates, the sides of a contradiction and the sentences of
    the summary stand at spans of articles. This takes the stored text of each article, computes its hash anew, and
    compares the words at every span, character by character.

    Each article is one of these:

    verified: its text is the one that was hashed, and has the event's words at every span.

    mismatch: it differs. Below it stands where, what the event says, and what the article says.

    outdated: stored is another revision than the event shows. Ask again in a few seconds; a closed event stays so.

    missing: no text of it is stored, as after a rebuild of the view for articles older than a week.

    Exit code 0: every span of every article is verified. 1: something is not, or there is no such event.
    """
    path = f"/v1/events/{quote(event_id, safe='')}/verification"
    _, answer = look_up(path, f"there is no event {event_id}", url=url, data=data)
    found = Verification.model_validate(answer)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        console = result_console()
        if found.event_id != event_id:
            console.print(f"{event_id} was merged into {found.event_id}.", style="yellow", highlight=False)
        for line in sentences(found):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    if not found.verified:
        raise typer.Exit(1)


def sentences(found: Verification) -> Iterator[str]:
    """The result in words: a line for each article, below it what is wrong there, and the sum."""
    for article in found.articles:
        yield f"{article.verdict:<9} {article.article_id}  {_told(article)}"
        yield from _differences(article.mismatches)
    if found.mismatches:
        yield "not in any article"
        yield from _differences(found.mismatches)
    if any(article.verdict is Verdict.OUTDATED for article in found.articles):
        closed = found.status is EventStatus.CLOSED
        yield "The event is closed and takes no revisions." if closed else "The event may catch up: ask again soon."
    right = sum(article.verdict is Verdict.VERIFIED for article in found.articles)
    spans = f"{found.spans_verified:,} of {count(found.spans, 'span')}"
    articles = f"{right:,} of {count(len(found.articles), 'article')}"
    yield f"{found.event_id} version {found.version}: {spans} verified, {articles}."


def _told(article: ArticleVerification) -> str:
    match article.verdict:
        case Verdict.MISSING:
            return "no text of it is stored"
        case Verdict.OUTDATED:
            return f"the event shows revision {article.revision}, stored is {article.stored_revision}"
        case _:
            return f"revision {article.stored_revision}, {count(article.spans, 'span')} right"


def _differences(mismatches: tuple[Mismatch, ...]) -> Iterator[str]:
    for each in mismatches:
        place = f" [{each.span.start}, {each.span.end})" if each.span else ""
        yield f"  {each.path}{place}: {each.problem}"
        for name, words in (("expected", each.expected), ("found", each.found)):
            if words is not None:
                yield f"    {name:<8} {_shown(words)}"


def _shown(words: str) -> str:
    shown = json.dumps(words, ensure_ascii=False)  # in quote marks and on one line
    return shown if len(shown) <= _MOST_CHARS else f"{shown[:_MOST_CHARS]}…"
