import pytest

from services.api.filters.parsing import BadParameters
from services.api.front.request import given_parameters, read_front_request
from services.api.search.list_cursors import Sort


def test_empty_fields_of_a_form_and_parameters_of_other_sites_ask_for_nothing() -> None:
    sent = [("q", " ferry "), ("language", ""), ("has", "  "), ("utm_source", "mail"), ("sort", "origins")]
    assert given_parameters(sent) == [("q", "ferry"), ("sort", "origins")]


@pytest.mark.parametrize(
    ("parameters", "has_index", "sort"),
    [
        ([], True, Sort.GROWTH),
        ([], False, Sort.UPDATED),
        ([("q", "ferry")], True, Sort.RELEVANCE),
        ([("language", "en")], True, Sort.GROWTH),
        ([("sort", "published")], True, Sort.PUBLISHED),
    ],
)
def test_the_usual_order_is_by_growth_or_by_words(
    parameters: list[tuple[str, str]], has_index: bool, sort: Sort
) -> None:
    assert read_front_request(parameters, has_index=has_index).request.sort is sort


def test_an_order_by_words_without_words_is_passed_over() -> None:
    asked = read_front_request([("sort", "relevance")], has_index=True)
    assert (asked.request.sort, asked.sort) == (Sort.GROWTH, None)


def test_a_page_that_goes_on_keeps_the_order_in_which_it_began() -> None:
    cursor = "2026-03-03T12:00:00.000000Z~evt_a"
    assert read_front_request([("cursor", cursor)], has_index=True).request.sort is Sort.UPDATED
    assert read_front_request([("cursor", f"origins~3~{cursor}")], has_index=True).request.sort is Sort.ORIGINS


def test_the_address_keeps_conditions_and_order_and_leaves_out_one_that_is_named() -> None:
    given = [("q", "a b"), ("has", "denial"), ("has", "correction"), ("sort", "origins")]
    asked = read_front_request(given, has_index=True)
    assert asked.address() == "/?q=a+b&has=denial&has=correction&sort=origins"
    assert asked.address(without=("has", "denial")) == "/?q=a+b&has=correction&sort=origins"
    assert asked.address(without=("has", None)) == "/?q=a+b&sort=origins"


def test_a_value_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BadParameters, match="min_origins"):
        read_front_request([("min_origins", "many")], has_index=True)
