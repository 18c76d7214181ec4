"""Settings come from NEWSWEAVE_ and the field's name, with units, and say what they mean."""

import pytest
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from services.api.settings import ApiSettings
from services.dedupe.settings import DedupeSettings
from services.extract.settings import ExtractSettings
from services.ingest.settings import IngestSettings
from services.runtime.settings import RuntimeSettings

ALL = [RuntimeSettings, IngestSettings, ExtractSettings, DedupeSettings, ApiSettings]
UNITS = (
    "_seconds",
    "_ms",
    "_bytes",
    "_bytes_per_second",
    "_messages",
    "_rows",
    "_articles",
    "_vectors",
    "_days",
    "_port",
    "_share",
    "_threads",
)
COUNTS = {
    "max_streams",
    "topic_partitions",
    "topic_replication",
    "max_requests_in_flight",
    "max_page_requests_in_flight",
    "max_connections",
    "page_workers",
    "max_idempotency_keys",
    "ask_concurrency",
    "fetch_concurrency",
    "fetch_host_concurrency",
    "fetch_max_redirects",
    "feed_concurrency",
    "feed_max_items",
}


@pytest.mark.parametrize("settings", ALL)
def test_every_setting_is_described_and_every_number_names_its_unit(settings: type[BaseSettings]) -> None:
    for name, field in settings.model_fields.items():
        assert field.description, name
        if field.annotation in {int, float}:
            assert name.endswith(UNITS) or name in COUNTS, name


@pytest.mark.parametrize("settings", ALL)
def test_a_setting_is_read_from_newsweave_and_its_name(
    settings: type[RuntimeSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSWEAVE_MAX_BATCH_MESSAGES", "7")
    monkeypatch.setenv("NEWSWEAVE_TOPIC_PREFIX", "staging.")
    monkeypatch.setenv("NEWSWEAVE_SOMETHING_OF_ANOTHER_SERVICE", "x")
    told = settings()
    assert (told.max_batch_messages, told.topic_prefix) == (7, "staging.")


def test_the_services_have_ports_of_their_own() -> None:
    assert [settings().http_port for settings in ALL[1:]] == [8001, 8002, 8003, 8000]


@pytest.mark.parametrize(
    ("name", "value"),
    [("RETRY_SECONDS", "-1"), ("MAX_BATCH_MESSAGES", "0"), ("FAILURE_SHARE", "1.1"), ("LOG_LEVEL", "LOUD")],
)
def test_a_value_out_of_range_is_refused_by_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"NEWSWEAVE_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        RuntimeSettings()
