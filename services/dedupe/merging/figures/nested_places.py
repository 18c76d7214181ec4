"""Whether one of two places is the other, or lies inside it, as far as the gazetteer knows."""

from collections.abc import Iterable, Mapping
from itertools import product

from services.language.places import Location, load_locations


def have_nested_places(places: Iterable[tuple[str, ...]], other_places: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of these places, given as words, holds one of the others: a country its city."""
    return any(_is_same_or_inside(place, other_place) for place, other_place in product(places, other_places))


def _is_same_or_inside(place: tuple[str, ...], other_place: tuple[str, ...]) -> bool:
    locations = load_locations()
    first, second = (_locate(" ".join(words), locations) for words in (place, other_place))
    if first is None or second is None or first.country != second.country:
        return False
    return all(not one or not other or one == other for one, other in zip(first[1:], second[1:], strict=True))


def _locate(name: str, locations: Mapping[str, Location]) -> Location | None:
    return locations.get(name) or locations.get(name.removesuffix(" city"))
