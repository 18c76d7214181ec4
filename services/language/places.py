"""Places by their names, and words for who comes from where. From `data/places.json`, derived from GeoNames."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


@dataclass(frozen=True)
class Gazetteer:
    """Well-known places. Names in lower case without accents."""

    places: Mapping[str, str]
    """Key of the place by name: two names with one key are one place (Kyiv, Kiev)."""
    demonyms: Mapping[str, str]
    """Country code by word: `ukrainian`."""

    def place_of(self, name: str) -> str | None:
        """The key of the place that a name names, if it is a known one."""
        return self.places.get(_plain(name))

    def country_of(self, name: str) -> str | None:
        """The code of the country that a name or demonym tells of: "Ukraine", "Kyiv", "Ukrainian"."""
        plain = _plain(name)
        place = self.places.get(plain)
        return self.demonyms.get(plain) if place is None else place.partition("/")[0] or None

    def is_demonym(self, name: str) -> bool:
        """Whether a name says where somebody comes from ("North Korean")."""
        return _plain(name) in self.demonyms

    def names_of_countries(self) -> dict[str, list[str]]:
        """Words that name a country, and after them those for who comes from there, by the country's code."""
        words: dict[str, list[str]] = {}
        for name, country in (*self.places.items(), *self.demonyms.items()):
            if name.isalpha() and "/" not in country:
                words.setdefault(country, []).append(name)
        return words


class Location(NamedTuple):
    """Where a place is. Empty where it is not told: all of a country, or of a region."""

    country: str
    region: str = ""
    """Code, of countries whose regions are told apart."""
    city: str = ""
    """Its name, the same for two names of one city."""


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package. Read once."""
    data = _read()
    return Gazetteer(
        places={name: key for key, names in data["places"].items() for name in names},
        demonyms={word: country for country, words in data["demonyms"].items() for word in words},
    )


@cache
def load_locations() -> Mapping[str, Location]:
    """Where a name is, without doubt: of countries, regions and some 10,000 cities, and of demonyms. Read once.

    Names are in lower case without accents, their words parted by one blank, without other marks.
    """
    data = _read()
    # Another spelling of a located city is that city: Kiev is Kyiv.
    names = {name: names[0] for names in data["places"].values() for name in names}
    found: dict[str, Location] = {}
    for at, listed in data["located"].items():
        country, region, in_city = _parted(at)
        for name in listed.split("|"):
            found[name] = Location(country, region, names.get(name, name) if in_city else "")
    for listed in data["places"].values():
        known = [found[name] for name in listed if name in found]
        if known and known[0].city:
            found |= {name: known[0] for name in map(_words, listed) if name not in found}
    for country, words in data["demonyms"].items():
        found |= dict.fromkeys(words, Location(country))
    return found


def _parted(at: str) -> tuple[str, str, bool]:
    """Country, region, and whether it holds the names of cities: "PE", "US/TX", "PE/", "US/TX/"."""
    country, _, region = at.rstrip("/").partition("/")
    return country, region, at.endswith("/")


def _words(name: str) -> str:
    return " ".join("".join(letter if letter.isalpha() else " " for letter in name).split())


def _read() -> Any:
    return json.loads((files("services.language") / "data" / "places.json").read_text(encoding="utf-8"))


def _plain(name: str) -> str:
    if name.isascii():
        return name.lower()
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
