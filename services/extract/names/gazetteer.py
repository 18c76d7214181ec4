"""Places by their names, and words for who comes from where. From `data/places.json`, derived from GeoNames."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Gazetteer:
    """Names in lower case without accents."""

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


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package. Read once."""
    data = json.loads((files("services.extract") / "data" / "places.json").read_text(encoding="utf-8"))
    return Gazetteer(
        places={name: key for key, names in data["places"].items() for name in names},
        demonyms={word: country for country, words in data["demonyms"].items() for word in words},
    )


def _plain(name: str) -> str:
    if name.isascii():
        return name.lower()
    letters = unicodedata.normalize("NFKD", name.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
