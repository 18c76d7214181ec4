"""Query parameters to filters."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from services.api.filters.event_filter import CONDITIONS, EVERY_EVENT, EventFilter
from services.api.filters.facts import facts_of
from services.api.filters.matching import matches
from services.api.filters.openapi import EXAMPLES, filter_parameters
from services.api.filters.parsing import PARAMETERS, BadParameters, as_parameters, parse_filter
from services.api.filters.values import Has
from services.api.filters.words import fold_name
from services.api.search.claim_filter import parse_claim_filter
from services.contracts.claim import ClaimKind
from services.contracts.event import EventStatus
from tests.unit.api.examples import event

DAY = datetime(2026, 3, 4, tzinfo=UTC)


def fault(*parameters: tuple[str, str], others: tuple[str, ...] = ()) -> tuple[str, str]:
    """Parameter and message of the one fault."""
    with pytest.raises(BadParameters) as caught:
        parse_filter(parameters, others)
    (found,) = caught.value.faults
    return found.parameter, found.message


def test_without_parameters_the_filter_asks_for_nothing() -> None:
    assert parse_filter([]) == EVERY_EVENT
    assert parse_filter([]).is_empty


def test_a_list_is_repeated_or_has_commas() -> None:
    repeated = parse_filter([("publisher", "a.example"), ("publisher", "b.example")])
    assert repeated == parse_filter([("publisher", "a.example, b.example")])
    assert repeated.publisher == ("a.example", "b.example")


def test_of_parameters_without_end_that_are_unknown_a_hundred_are_named() -> None:
    with pytest.raises(BadParameters) as caught:
        parse_filter([(f"unknown_{number}", "1") for number in range(10_000)])
    assert [fault.parameter for fault in caught.value.faults] == [f"unknown_{number}" for number in range(100)]
    assert len(str(caught.value)) < 200_000


def test_of_values_without_end_that_are_wrong_a_hundred_are_named() -> None:
    with pytest.raises(BadParameters) as caught:
        parse_filter([("publisher", "_," * 10_000)])
    assert len(caught.value.faults) <= 100


@pytest.mark.parametrize("parameter", ["q", "not_q"])
@pytest.mark.parametrize("text", ["\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0301", "?!"])
def test_words_to_search_for_must_have_a_letter_or_digit(parameter: str, text: str) -> None:
    with pytest.raises(BadParameters) as caught:
        parse_filter([(parameter, text)])
    assert [fault.parameter for fault in caught.value.faults] == [parameter]


def test_a_filter_that_has_commas_in_names_takes_the_same_events_when_it_is_written_as_parameters() -> None:
    event_filter = EventFilter(q=("ferry, capsized",), entity=("Reyl, Ada",), not_publisher=("Sun, The",))
    read = parse_filter(as_parameters(event_filter))
    assert read.q == event_filter.q
    assert [fold_name(name) for name in (*read.entity, *read.not_publisher)] == ["reyl ada", "sun the"]


def test_a_saved_filter_without_words_takes_no_event() -> None:
    wordless = EventFilter.model_construct(q=("\u0301",))  # saved before it was refused
    assert not matches(wordless, facts_of(event()))


@pytest.mark.parametrize("parse", [parse_filter, parse_claim_filter])
def test_no_more_words_are_searched_for_than_thirty(parse: Callable[[list[tuple[str, str]]], object]) -> None:
    words = [str(number) for number in range(100, 130)]
    for given in ([" ".join(words)], words):
        assert parse([("q", text) for text in given])
    with pytest.raises(BadParameters) as caught:
        parse([("q", " ".join(words)), ("not_q", "more")])
    assert "at most 30 words" in str(caught.value)


def test_commas_part_no_words_to_search_for() -> None:
    assert parse_filter([("q", "ferry, capsized"), ("q", "Reyl")]).q == ("ferry, capsized", "Reyl")


def test_every_parameter_is_read() -> None:
    given = [
        ("q", "ferry"),
        ("kind", "quotation,figure"),
        ("status", "open"),
        ("language", "EN"),
        ("has", "denial"),
        ("not_has", "correction"),
        ("updated_since", "2026-03-04"),
        ("published_until", "2026-03-04"),
        ("not_updated_until", "2026-03-04T01:00:00+01:00"),
        ("mentions_date", "2026-03,2026-03-01/2026-03-07"),
        ("min_origins", "2"),
        ("not_min_publishers", "3"),
        ("single_origin", "false"),
        ("not_entity", "Ada Reyl"),
    ]
    assert parse_filter(given) == EventFilter(
        q=("ferry",),
        kind=(ClaimKind.QUOTATION, ClaimKind.FIGURE),
        status=(EventStatus.OPEN,),
        language=("en",),
        has=(Has.DENIAL,),
        not_has=(Has.CORRECTION,),
        updated_since=DAY,
        published_until=DAY.replace(hour=23, minute=59, second=59, microsecond=999_999),
        not_updated_until=DAY,
        mentions_date=("2026-03", "2026-03-01/2026-03-07"),
        min_origins=2,
        not_min_publishers=3,
        single_origin=False,
        not_entity=("Ada Reyl",),
    )


def test_a_filter_written_as_parameters_is_read_as_the_same_filter() -> None:
    values = {name: value if isinstance(value, list) else [value] for name, value in EXAMPLES.items()}
    given = [(name, str(part).lower() if part is True else str(part)) for name in values for part in values[name]]
    given += [(f"not_{name}", value) for name, value in given]
    event_filter = parse_filter(given)
    assert {name for name, _ in as_parameters(event_filter)} == set(PARAMETERS)
    assert parse_filter(as_parameters(event_filter)) == event_filter
    assert EventFilter.model_validate_json(event_filter.model_dump_json()) == event_filter


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("publishers", "publisher"),
        ("notpublisher", "not_publisher"),
        ("lang", "language"),
        ("updated_after", "updated_until"),
    ],
)
def test_an_unknown_parameter_is_answered_with_the_nearest(given: str, meant: str) -> None:
    assert fault((given, "x")) == (given, f"there is no such parameter: did you mean {meant}?")


def test_the_nearest_parameter_may_be_one_of_the_address() -> None:
    assert fault(("limt", "5"), others=("limit",)) == ("limt", "there is no such parameter: did you mean limit?")


def test_a_parameter_like_no_other_is_answered_with_all() -> None:
    parameter, message = fault(("zzz", "x"))
    assert parameter == "zzz"
    assert message.startswith("there is no such parameter: there are q, publisher, family,")


@pytest.mark.parametrize(
    ("parameter", "value", "message"),
    [
        ("kind", "quotations", "there is no 'quotations': did you mean quotation?"),
        ("status", "x", "there is no 'x': there are open, closed, merged"),
        ("has", "denials", "there is no 'denials': did you mean denial?"),
        ("min_origins", "two", "give a whole number from 1 in plain digits"),
        ("min_origins", "0", "give a whole number from 1 in plain digits"),
        ("single_origin", "yes", "give true or false"),
        ("publisher", " , ", "give a value"),
        (
            "updated_since",
            "2026-03-04T16:00:00",
            "give a time with its offset, such as 2026-03-04T16:00:00Z, or a date, such as 2026-03-04",
        ),
        (
            "updated_since",
            "yesterday",
            "give a time with its offset, such as 2026-03-04T16:00:00Z, or a date, such as 2026-03-04",
        ),
        (
            "mentions_date",
            "2026-02-30",
            "give a date, a month, a year or an interval start/end, such as 2026-03-04 or 2026-03",
        ),
    ],
)
def test_a_wrong_value_is_answered_with_what_is_right(parameter: str, value: str, message: str) -> None:
    assert fault((parameter, value)) == (parameter, message)
    assert fault((f"not_{parameter}", value)) == (f"not_{parameter}", message)


def test_a_single_value_is_given_once() -> None:
    assert fault(("min_origins", "1"), ("min_origins", "2")) == ("min_origins", "give it once")


def test_a_text_without_a_word_is_refused() -> None:
    assert fault(("q", "?!"))[0] == "q"


def test_all_faults_are_named_at_once() -> None:
    with pytest.raises(BadParameters) as caught:
        parse_filter([("kind", "x"), ("status", "y")])
    assert [found.parameter for found in caught.value.faults] == ["kind", "status"]


def test_the_openapi_document_describes_every_parameter() -> None:
    parameters = filter_parameters()
    assert [parameter["name"] for parameter in parameters] == list(PARAMETERS)
    assert len(parameters) == 2 * len(CONDITIONS)
    assert all(parameter["description"] for parameter in parameters)
