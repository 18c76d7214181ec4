"""What an event cites: every place in its document where a span of an article stands, with the words there. Pure.

It walks the document instead of naming the contract's fields, so that a field that is added later is covered too, as
long as it keeps to what all of them keep to:

- A span is an object with the whole numbers `start` and `end`.
- Its words stand beside it: those of `span` in `text` or `surface`, those of `x_span` in `x`. A span without
  words, such as those in a list of spans, cites a range.
- Its article is told by the nearest object around it: by `article_id`; else it is one of `article_ids`, or of the
  articles of `supports`, since a merged claim's figures, dates and speaker come from one of its supports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_WORDS = ("text", "surface")


@dataclass(frozen=True, slots=True)
class Citation:
    """A span that the event gives, and what is said to stand there."""

    path: str
    """Where in the event: `claims[3].supports[0].span`."""
    article_ids: tuple[str, ...]
    """Whose text it counts in: one of these."""
    start: int
    end: int
    words: str | None
    """What stands at the span; null: only that it lies in the text is said."""


def citations(event: Mapping[str, Any]) -> list[Citation]:
    """All that the JSON of an event cites, in the order in which it stands there."""
    return list(_within(event, "", ()))


def unattested(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Wordings of merged claims that stand in none of their supports: (path, words)."""
    for at, claim in enumerate(event["claims"]):
        attested = [support["text"] for support in claim["supports"]]
        wordings = [("text", claim["text"]), *((f"variants[{no}]", text) for no, text in enumerate(claim["variants"]))]
        for name, words in wordings:
            if not any(words in text for text in attested):
                yield f"claims[{at}].{name}", words


def dangling(event: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Sides of contradictions that are no claim of the event, and so cite nothing: (path, id)."""
    known = {claim["claim_id"] for claim in event["claims"]}
    for at, contradiction in enumerate(event["contradictions"]):
        for number, side in enumerate(contradiction["sides"]):
            if side not in known:
                yield f"contradictions[{at}].sides[{number}]", side


def _within(node: Any, path: str, article_ids: tuple[str, ...]) -> Iterator[Citation]:
    if isinstance(node, dict):
        article_ids = _articles(node) or article_ids
        for name, value in node.items():
            yield from _at(value, f"{path}.{name}" if path else name, article_ids, _words(node, name))
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from _at(value, f"{path}[{position}]", article_ids, None)


def _at(value: Any, path: str, article_ids: tuple[str, ...], words: str | None) -> Iterator[Citation]:
    if _is_span(value):
        yield Citation(path, article_ids, value["start"], value["end"], words)
    else:
        yield from _within(value, path, article_ids)


def _is_span(value: Any) -> bool:
    return isinstance(value, dict) and all(type(value.get(side)) is int for side in ("start", "end"))


def _words(node: Mapping[str, Any], name: str) -> str | None:
    names = _WORDS if name == "span" else (name.removesuffix("_span"),)
    return next((node[each] for each in names if isinstance(node.get(each), str)), None)


def _articles(node: Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(node.get("article_id"), str):
        return (node["article_id"],)
    if isinstance(node.get("article_ids"), list):
        return tuple(node["article_ids"])
    supports = node.get("supports")
    if isinstance(supports, list):
        return tuple(dict.fromkeys(support["article_id"] for support in supports))
    return ()
