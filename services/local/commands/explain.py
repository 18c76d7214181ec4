"""`newsweave explain`."""

import json
from typing import Annotated
from urllib.parse import quote

import typer
from rich.table import Table

from services.contracts.event import Membership
from services.local.commands.lookup import look_up
from services.local.commands.options import ApiUrlOption, DataOption, JsonOption, result_console

EXAMPLES = (
    "newsweave explain art_0b6f2d9c51e84a7730fd",
    "newsweave explain art_0b6f2d9c51e84a7730fd --json | jq .membership.signals",
)

ArticleArgument = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="Id of an article, as `newsweave show EVENT --json` lists it.")
]


def explain(
    article_id: ArticleArgument, as_json: JsonOption = False, url: ApiUrlOption = None, data: DataOption = None
) -> None:
    """Say why an article is in its event: score, threshold, every signal, the runner-up, the model.

    A score is the article's affinity to the event when it was placed, from 0 to 1; from the threshold on it joins.
    """
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
    if membership.runner_up is not None and membership.runner_up_score is not None:
        told.append(f"Runner-up: {membership.runner_up} with {membership.runner_up_score:.3f}.")
    told.append(f"Decided by {membership.model}.")
    return told
