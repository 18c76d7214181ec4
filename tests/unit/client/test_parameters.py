"""What callers give, as query parameters."""

from datetime import UTC, date, datetime

import pytest

from services.api.filters.event_filter import EventFilter
from services.api.search.claim_filter import ClaimFilter
from services.client.parameters import ClaimConditions, EventConditions, as_query


def test_values_are_written_as_the_services_read_them() -> None:
    moment = datetime(2026, 3, 4, 16, 5, tzinfo=UTC)
    given = {"q": ["ferry", "boat"], "single_origin": False, "min_origins": 2, "updated_since": moment}
    assert as_query(given | {"published_since": date(2026, 3, 1), "saved": None, "has": ()}) == (
        ("q", "ferry"),
        ("q", "boat"),
        ("single_origin", "false"),
        ("min_origins", "2"),
        ("updated_since", "2026-03-04T16:05:00+00:00"),
        ("published_since", "2026-03-01"),
    )


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="updated_since: give a time with its offset"):
        as_query({"updated_since": datetime(2026, 3, 4)})  # noqa: DTZ001 - that is the point


def test_what_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError, match="min_origins: give a text"):
        as_query({"min_origins": object()})


def test_the_conditions_are_those_of_the_service() -> None:
    assert EventConditions.__annotations__.keys() == EventFilter.model_fields.keys() | {"saved"}
    assert ClaimConditions.__annotations__.keys() == ClaimFilter.model_fields.keys()
