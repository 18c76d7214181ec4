"""`newsweave explain`."""

import json
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer
from rich.table import Table

from services.contracts.event import Event, Membership
from services.local.commands.lookup import look_up
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, result_console

EXAMPLES = (
    "newsweave explain art_1872c203893ef2e8b649",
    "newsweave explain art_1872c203893ef2e8b649 --json | jq .membership.signals",
    "newsweave explain evt_00cb0aa61a85bdfac1d4",
)

IdArgument = Annotated[
    str,
    typer.Argument(metavar="ID", help="Id of an article, as `newsweave show EVENT --json` lists it, or of an event."),
]
_EVENT_PREFIX = "evt_"


def explain(
    asked_id: IdArgument, as_json: JsonOption = False, url: ApiUrlOption = None, data: DataOption = None
) -> None:
    """Say why an article is in its event, or why an event is not one with the nearest other.

    Of an article: score, threshold, every signal, the nearest other event and what spoke against it, the model. A score
    is the article's affinity to the event when it was placed, from 0 to 1; from the threshold on it joins. Of an event:
    the nearest other event, and what merged, split and moved.
    """
    tell = _tell_event if asked_id.startswith(_EVENT_PREFIX) else _tell_article
    tell(asked_id, as_json=as_json, url=url, data=data)


def _tell_event(event_id: str, *, as_json: bool, url: str | None, data: Path | None) -> None:
    path = f"/v1/events/{quote(event_id, safe='')}"
    _, found = look_up(path, f"there is no event {event_id}", url=url, data=data)
    if as_json:
        told = {key: found.get(key) for key in ("event_id", "version", "headline", "nearest", "lineage")}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    event = Event.model_validate(found)
    console = result_console()
    for line in event_sentences(event):
        console.print(line, markup=False, highlight=False)


def _tell_article(article_id: str, *, as_json: bool, url: str | None, data: Path | None) -> None:
    path = f"/v1/articles/{quote(article_id, safe='')}/membership"
    _, found = look_up(path, f"no event has an article {article_id}", url=url, data=data)
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    console = result_console()
    console.print(
        f"{found['article_id']} is in {found['event_id']}: {found['headline']}", markup=False, highlight=False
    )
    for line in sentences(Membership.model_validate(found["membership"])):
        console.print(line, markup=False, highlight=False)
    signals = Table("signal", "value", box=None)
    for name, value in found["membership"]["signals"].items():
        signals.add_row(name, f"{value:.4f}")
    if signals.row_count:
        console.print("Against the member that fits best:", highlight=False)
        console.print(signals)


def sentences(membership: Membership) -> list[str]:
    """The decision in words."""
    needed = f"{membership.threshold:.2f} is needed to join"
    if membership.score is None:
        told = [f"It founded the event: no other event fitted well enough ({needed})."]
    else:
        told = [f"It fits with {membership.score:.3f}; {needed}."]
    nearest = membership.nearest
    told_again = nearest is not None and nearest.event_id == membership.runner_up
    if membership.runner_up is not None and membership.runner_up_score is not None and not told_again:
        told.append(f"Runner-up: {membership.runner_up} with {membership.runner_up_score:.3f}.")
    if nearest is not None:
        told.append(nearest.sentence)
    told.append(f"Decided by {membership.model}.")
    return told


def event_sentences(event: Event) -> list[str]:
    """What an event is, and why it is not one with another."""
    told = [f"{event.event_id}: {event.headline}"]
    told.append(event.nearest.sentence if event.nearest else "No other event came near when its articles came.")
    return told + [f"{entry.kind.capitalize()}: {entry.reason}" for entry in event.lineage]
