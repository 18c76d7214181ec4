"""How widely something is reported as a row of dots: filled for an independent origin, hollow for a reprint. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.api.pages.numbers import count

MOST_DOTS = 14
_EDGE = 6
_REPRINT_STEP = 10
_ORIGIN_STEP = 14


@dataclass(frozen=True)
class Strip:
    """The dots, each origin with its reprints after it, and the same in words. Places are in pixels from the left."""

    filled: tuple[int, ...]
    hollow: tuple[int, ...]
    width: int
    further: int
    """Dots that are not drawn."""
    words: str
    """Such as "2 independent origins, 1 reprint"."""


def strip(origins: int, reports: Iterable[tuple[str, str]], *, are_all: bool = True) -> Strip:
    """The strip of a claim, of a group of articles or of an event.

    Args:
        origins: How many independent origins there are. Where it is more than `reports` has, those are not all
            reports: the further origins are drawn without reprints, and reprints are not counted in words.
        reports: (origin id, outlet or article) of each report, in order; one that comes again is drawn once.
        are_all: Whether there are no others: if not, reprints are not counted in words either.
    """
    carriers: dict[str, dict[str, None]] = {}
    for origin_id, carrier in reports:
        carriers.setdefault(origin_id, {})[carrier] = None
    unlisted = max(0, origins - len(carriers))
    reprints = sum(len(group) - 1 for group in carriers.values())
    is_origin = [place == 0 for group in carriers.values() for place in range(len(group))] + [True] * unlisted
    places: list[int] = []
    for filled in is_origin[:MOST_DOTS]:
        places.append(places[-1] + (_ORIGIN_STEP if filled else _REPRINT_STEP) if places else _EDGE)
    drawn = list(zip(places, is_origin, strict=False))
    words = [count(origins, "independent origin")]
    if reprints and are_all and not unlisted:
        words.append(count(reprints, "reprint"))
    return Strip(
        filled=tuple(place for place, filled in drawn if filled),
        hollow=tuple(place for place, filled in drawn if not filled),
        width=max(places, default=0) + _EDGE,
        further=len(is_origin) - len(drawn),
        words=", ".join(words),
    )
