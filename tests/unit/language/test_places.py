import re

from services.language.places import Location, load_gazetteer, load_locations


def test_the_gazetteer_knows_each_name_once() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer.place_of("Bogotá") == gazetteer.place_of("Bogota") == "CO/bogota"
    assert gazetteer.place_of("Nowhere at all") is None
    assert not set(gazetteer.places) & set(gazetteer.demonyms)


def test_a_country_is_told_by_its_name_its_cities_and_its_people() -> None:
    gazetteer = load_gazetteer()
    assert {gazetteer.country_of(name) for name in ("Ukraine", "Kyiv", "Ukrainian")} == {"UA"}
    assert gazetteer.country_of("Baltic Sea") is None
    assert gazetteer.is_demonym("North Korean")


def test_a_name_is_located_by_country_region_and_city() -> None:
    locations = load_locations()
    assert locations["peru"] == locations["peruvian"] == Location("PE")
    assert locations["texas"] == Location("US", "TX")
    assert locations["austin"] == Location("US", "TX", "austin")


def test_two_names_of_one_city_are_one_place() -> None:
    locations = load_locations()
    assert locations["kiev"] == locations["kyiv"]
    assert locations["bombay"] == locations["mumbai"]
    assert locations["kiev"] != locations["kharkiv"]


def test_names_of_two_places_that_are_both_in_the_news_are_not_located() -> None:
    assert not {"georgia", "jersey", "niger", "columbus"} & set(load_locations())


def test_located_names_are_plain_words() -> None:
    odd = [name for name in load_locations() if not re.fullmatch(r"[^\W\d_A-Z]+( [^\W\d_A-Z]+)*", name)]
    assert odd == []
