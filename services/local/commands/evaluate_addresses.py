"""`newsweave evaluate addresses`."""

import json
from collections.abc import Iterator
from typing import Annotated

import orjson
import typer

from services.local.commands.offline_options import InArgument
from services.local.commands.options import JsonOption, result_console
from services.local.errors import UserError
from services.local.evaluation.addresses import AddressScores, Pair, score
from services.local.offline import read_lines

ShowOption = Annotated[bool, typer.Option("--show", help="List the pairs that come out wrong.")]


def addresses(source: InArgument, *, show: ShowOption = False, as_json: JsonOption = False) -> None:
    """Compare the canonical forms of the addresses of each pair: how many fold, and how many stay apart, as they must.

    Reads rows {"a", "b", "fold"}, also "kind" and "held" (kept from whoever made the rules).
    """
    pairs = list(_pairs(source))
    parts = {"all": pairs, "held": [pair for pair in pairs if pair.held]}
    scores = {name: score(part) for name, part in parts.items()}
    if as_json:
        print(json.dumps({name: _plain(found) for name, found in scores.items()}, indent=2))
        return
    console = result_console()
    for name, found in scores.items():
        console.print(f"{name:<5} {_told(found)}", highlight=False, markup=False)
    if show:
        for pair in scores["all"].wrong:
            wanted = "must fold" if pair.fold else "must stay apart"
            console.print(f"{wanted}: {pair.kind}: {pair.a} {pair.b}", highlight=False, markup=False, soft_wrap=True)


def _pairs(source: str) -> Iterator[Pair]:
    for number, line in read_lines(source):
        try:
            yield Pair.of_row(orjson.loads(line))
        except (orjson.JSONDecodeError, KeyError, AttributeError, TypeError) as error:
            raise UserError(f"{source}:{number}: not a pair of addresses with a, b and fold ({error})") from error


def _plain(scores: AddressScores) -> dict[str, int]:
    return {name: getattr(scores, name) for name in ("fold", "folded", "apart", "kept_apart")}


def _told(scores: AddressScores) -> str:
    return (
        f"folded {scores.folded} of {scores.fold} that must ({_share(scores.folded, scores.fold)}); "
        f"kept apart {scores.kept_apart} of {scores.apart} ({_share(scores.kept_apart, scores.apart)})"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"
