"""Places that a report opens with: a bus crash in one country is not that in another.

A place is one number: country, region and city, each 0 where it is not told. Two fit where none of these differs: a
city fits its country.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.dedupe.signals.head_names import (
    HEAD_CHARACTERS,
    blank_mojibake,
    fold_case_and_accents,
    is_name_if_capitalised,
)
from services.dedupe.signals.shared_ids import have_shared_ids
from services.language.places import load_gazetteer, load_locations

NEAR_CHARACTERS = 2_500
"""Characters of a text whose places may fit those of the other head: later ones are background."""
HEAD_PLACES, NEAR_PLACES = 8, 24
SAME_TITLE = 0.65
"""From this cosine of a title to the other lead on places do not tell: the head of a short text may name any."""
UNKNOWN_SHARE = 0.5
"""Of the rarity of both heads' names: so much is to be unknown to the other text, or the places do not tell."""
_CITY_BITS, _REGION_BITS = 12, 7
_LONGEST = 4
_SMALL_WORDS = frozenset(("and", "da", "de", "del", "do", "of", "on", "the", "upon"))
"""Written small within a name."""
_MAYBE_CAPITALISED = re.compile(r"(?<![^\W_])[^\W\d_a-z][^\W\d_]*")
_NEXT_OF_RUN = re.compile(r"(?:\. ?|[ -])([^\W\d_]+)")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")
_LAST_WORD = re.compile(r"(?<![^\W_])([^\W\d_]+) \Z")
_LONGEST_WORD = 40
"""Characters before a name in which the word before it is sought."""
_UNITED_STATES = "US"
"""Written otherwise than the word "us"."""


def list_place_ids(text: str) -> list[int]:
    """Places that a text names, in order and distinct."""
    listed, beginnings = _load_places_by_name(), _load_first_words_of_places()
    text = blank_mojibake(text)
    found: dict[int, None] = {}
    read_to = 0
    for word in _MAYBE_CAPITALISED.finditer(text):
        if word.start() < read_to or fold_case_and_accents(word[0]) not in beginnings or not word[0][0].isupper():
            continue
        for end, name in _iterate_word_runs(text, word):
            place = listed.get(name)
            if place is not None and (end > word.end() or _is_no_part_of_longer_name(text, word, place)):
                found[place] = None
                read_to = end
                break
    return list(found)


def find_article_place_ids(title: str | None, text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Places of the head, and those near it, which hold them: as many as are kept."""
    head = [*list_place_ids(title or ""), *list_place_ids(text[:HEAD_CHARACTERS])]
    near = [*head, *list_place_ids(text[:NEAR_CHARACTERS])]
    return _first_distinct_places(head, HEAD_PLACES), _first_distinct_places(near, NEAR_PLACES)


def mask_by_places(article_row: Any, other_rows: Any, title_cosines: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of `other_rows` tell of another happening than the only row in `article_row`, by the places of their heads.

    That is so where both heads name places, none fits one of the other text, at least half of the heads' names are
    unknown to the other text, and no quotation is shared. Titles that are like the other lead speak against it.
    """
    own = article_row[0]
    excluded: NDArray[np.bool_] = (other_rows["head_places"][:, 0] > 0) & (own["head_places"][0] > 0)
    excluded &= title_cosines < SAME_TITLE
    at = np.flatnonzero(excluded)
    if len(at) == 0:
        return excluded
    both = other_rows[at]
    fits = _mask_compatible_places(both["near_places"], own["head_places"]) | _mask_compatible_places(
        both["head_places"], own["near_places"]
    )
    unknown = _share_of_unknown_names(own, both) >= UNKNOWN_SHARE
    excluded[at] = ~fits & unknown & ~have_shared_ids(both["quoted"], own["quoted"])
    return excluded


def list_place_names(place_ids: NDArray[np.uint32], max_count: int) -> list[str]:
    """Places in words, the first of them; none that another of them lies in. A 0 is none."""
    known = [place for place in place_ids.tolist() if place]
    exact = [place for place in known if not any(_contains_place(place, other) for other in known if other != place)]
    return [_capitalise_place_name(_load_names_by_place()[place]) for place in exact[:max_count]]


@cache
def place_numbering_checksum() -> int:
    """A number that changes with what the numbers of places mean, as it does when the gazetteer gains a place."""
    return zlib.crc32(repr(sorted(_load_places_by_name().items())).encode())


def _contains_place(place: int, other_place: int) -> bool:
    """Whether `other_place` lies in `place`."""
    for bits in (_CITY_BITS, _CITY_BITS + _REGION_BITS):
        if place & ((1 << bits) - 1) == 0 and place >> bits == other_place >> bits:
            return True
    return False


def _capitalise_place_name(name: str) -> str:
    words = [word if word in _SMALL_WORDS else word.capitalize() for word in name.split()]
    return " ".join([words[0].capitalize(), *words[1:]])


def _mask_compatible_places(place_rows: NDArray[np.uint32], own_places: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Which rows of `place_rows` hold a place that fits one of `own_places`; a 0 is none."""
    ours = own_places[own_places > 0][None, None, :]
    theirs = place_rows[:, :, None]
    fits = theirs > 0
    for shift, bits in ((0, _CITY_BITS), (_CITY_BITS, _REGION_BITS), (_CITY_BITS + _REGION_BITS, 8)):
        mine, yours = ((side >> shift) & ((1 << bits) - 1) for side in (ours, theirs))
        fits = fits & ((mine == yours) | (mine == 0) | (yours == 0))
    return np.asarray(fits.any(axis=(1, 2)), np.bool_)


def _share_of_unknown_names(own_row: Any, other_rows: Any) -> NDArray[np.float64]:
    """Share of the rarity of both heads' names that is in names unknown to the other text; 0 without names."""
    ours = (other_rows["known_names"][:, None, :] == own_row["head_names"][None, :, None]).any(axis=2)
    theirs = (other_rows["head_names"][:, :, None] == own_row["known_names"][None, None, :]).any(axis=2)
    mine, yours = own_row["head_rarities"].astype(np.float64), other_rows["head_rarities"].astype(np.float64)
    whole = mine.sum() + yours.sum(axis=1)
    unknown = (mine * ~ours).sum(axis=1) + (yours * ~theirs).sum(axis=1)
    share: NDArray[np.float64] = np.divide(unknown, whole, out=np.zeros(len(whole)), where=whole > 0)
    return share


def _iterate_word_runs(text: str, first_word: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Words in a row from `first_word` on, the longest run first, with where they end."""
    if first_word[0] == _UNITED_STATES:
        yield first_word.end(), "u s"
        return
    ends, run = [first_word.end()], [fold_case_and_accents(first_word[0])]
    while len(run) < _LONGEST and (following := _NEXT_OF_RUN.match(text, ends[-1])) is not None:
        ends.append(following.end())
        run.append(fold_case_and_accents(following[1]))
    for size in range(len(run), 0, -1):
        yield ends[size - 1], " ".join(run[:size])


def _is_no_part_of_longer_name(text: str, word: re.Match[str], place: int) -> bool:
    """Whether a city's name is no part of a person's or a club's: no other name stands at its side."""
    if not place & ((1 << _CITY_BITS) - 1):
        return True
    before = _LAST_WORD.search(text, max(0, word.start() - _LONGEST_WORD), word.start())
    after = _NEXT_WORD.match(text, word.end())
    return not any(side is not None and _is_name_but_no_place(side[1]) for side in (before, after))


def _is_name_but_no_place(word: str) -> bool:
    return (
        word[0].isupper()
        and is_name_if_capitalised(fold_case_and_accents(word))
        and fold_case_and_accents(word) not in _load_places_by_name()
    )


def _first_distinct_places(places: list[int], max_count: int) -> NDArray[np.uint32]:
    return np.array(list(dict.fromkeys(places))[:max_count], np.uint32)


@cache
def _load_places_by_name() -> dict[str, int]:
    """Places by name, as numbers."""
    locations = load_locations()
    countries = _assign_numbers({at.country for at in locations.values()})
    regions = _assign_numbers({f"{at.country}/{at.region}" for at in locations.values() if at.region})
    cities: dict[tuple[str, str], dict[str, int]] = {}
    listed: dict[str, int] = {}
    for name, (country, region, city) in sorted(locations.items()):
        within = cities.setdefault((country, region), {})
        number = within.setdefault(city, len(within) + 1) if city else 0
        whole = countries[country] << _REGION_BITS | regions.get(f"{country}/{region}", 0)
        listed[name] = whole << _CITY_BITS | number
    return listed


@cache
def _load_names_by_place() -> dict[int, str]:
    """The fullest name of each place; what is said of who comes from there only if there is no other."""
    adjectives = load_gazetteer().demonyms
    found: dict[int, str] = {}
    for name, place in _load_places_by_name().items():
        found[place] = max(name, found.get(place, name), key=lambda one: (one not in adjectives, len(one), one))
    return found


@cache
def _load_first_words_of_places() -> frozenset[str]:
    """First words of the names of places."""
    return frozenset((*(name.split(" ")[0] for name in _load_places_by_name()), fold_case_and_accents(_UNITED_STATES)))


def _assign_numbers(names: set[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(sorted(names), 1)}
