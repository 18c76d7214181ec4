"""Every example is a message that its topic could carry, to the byte."""

import base64
import json
import math
import re
import struct
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from services.contracts.asyncapi import header_schema
from services.contracts.change_kinds import ChangeKind
from services.contracts.changed import EventChange
from services.contracts.embedded import EmbeddedArticle
from services.contracts.envelope import Envelope
from services.contracts.open_values import member_docstrings
from services.contracts.topics import (
    ARTICLE_EMBEDDED,
    CLAIMS_EXTRACTED,
    EVENT_CHANGED,
    EVENT_UPDATED,
    TOPICS,
    Topic,
)

Json = dict[str, Any]

CONTRACTS = Path(__file__).resolve().parents[2] / "services" / "contracts"
EXAMPLES = CONTRACTS / "examples"
TOPIC_BY_NAME = {topic.name: topic for topic in TOPICS}
FILES = sorted(EXAMPLES.glob("*/*.json"))

each_example = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")


def read(path: Path) -> Json:
    example: Json = json.loads(path.read_text(encoding="utf-8"))
    return example


def values(topic: Topic) -> Iterator[Any]:
    """The decoded values of a topic's examples."""
    for path in FILES:
        if path.parent.name == topic.name:
            yield topic.value.model_validate(read(path)["value"])


def test_every_topic_has_examples_and_every_example_a_topic() -> None:
    counts = {topic.name: len(list((EXAMPLES / topic.name).glob("*.json"))) for topic in TOPICS}
    assert {folder.name for folder in EXAMPLES.iterdir()} == set(counts)
    assert min(counts.values()) >= 2


@each_example
def test_an_example_has_headers_key_and_value(path: Path) -> None:
    assert list(read(path)) == ["headers", "key", "value"]


@each_example
def test_an_example_value_comes_back_from_its_model_unchanged(path: Path) -> None:
    """Also shows that it has no unknown field (the model would drop it) and leaves no default out."""
    value = json.dumps(read(path)["value"])
    model = TOPIC_BY_NAME[path.parent.name].value.model_validate_json(value, strict=True)
    assert json.dumps(json.loads(model.model_dump_json())) == value


@each_example
def test_an_example_value_fits_the_published_schema(path: Path) -> None:
    schema = read(CONTRACTS / "schemas" / f"{path.parent.name}.json")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read(path)["value"])


@each_example
def test_an_example_key_is_the_field_that_the_topic_names(path: Path) -> None:
    example = read(path)
    field_names = TOPIC_BY_NAME[path.parent.name].key.split(".")
    assert example["key"] == reduce(lambda value, name: value[name], field_names, example["value"])


@each_example
def test_an_example_has_the_headers_of_its_envelope(path: Path) -> None:
    example = read(path)
    topic = TOPIC_BY_NAME[path.parent.name]
    headers = example["headers"]
    Draft202012Validator(header_schema()).validate(headers)
    envelope = Envelope.model_validate({name.removeprefix("ce_"): value for name, value in headers.items()})
    assert [(name, value.decode()) for name, value in envelope.to_headers()] == list(headers.items())
    assert (envelope.type, envelope.subject) == (topic.name, example["key"])
    assert envelope.source == f"newsweave/{topic.producer}"


def test_all_that_is_said_to_stand_at_a_span_stands_there() -> None:
    for extracted in values(CLAIMS_EXTRACTED):
        text = extracted.article.text
        for claim in extracted.claims:
            assert all(claim.span.holds(quoted) for quoted in claim.quoted)
            marked = [*claim.quantities, *claim.dates, *([claim.speaker] if claim.speaker else [])]
            assert [found.span.of(text) for found in marked] == [found.surface for found in marked]
            assert [link.span and link.span.of(text) for link in claim.attribution] == [
                link.surface for link in claim.attribution
            ]
            assert [found.span.of(text) for found in claim.entities] == [found.name for found in claim.entities]


def test_vectors_are_little_endian_float16_of_length_one() -> None:
    for value in values(ARTICLE_EMBEDDED):
        assert isinstance(value, EmbeddedArticle)
        for vector in filter(None, (value.lead_vector, value.title_vector, *value.claim_vectors)):
            packed = base64.b64decode(vector, validate=True)
            numbers = struct.unpack(f"<{len(packed) // 2}e", packed)
            assert math.hypot(*numbers) == pytest.approx(1, abs=0.002)


def test_an_event_refers_only_to_what_it_holds() -> None:
    for event in values(EVENT_UPDATED):
        articles = {article.article_id for article in event.articles}
        origins = {origin.origin_id for origin in event.origins}
        claims = {claim.claim_id for claim in event.claims}
        assert event.counts.articles == len(articles)
        assert event.counts.origins == len(origins)
        assert {article.origin_id for article in event.articles} == origins
        assert {id_ for origin in event.origins for id_ in origin.article_ids} == articles
        for claim in event.claims:
            assert {support.article_id for support in claim.supports} <= articles
            assert claim.origins == len({support.origin_id for support in claim.supports})
            assert claim.text in {support.text for support in claim.supports}
        assert {side for contradiction in event.contradictions for side in contradiction.sides} <= claims
        assert {id_ for figure in event.figures for value in figure.values for id_ in value.claim_ids} <= claims


def test_the_examples_show_the_hard_cases() -> None:
    events = list(values(EVENT_UPDATED))
    assert any(event.merged_into for event in events)
    assert any(event.first_published_at is None for event in events)
    assert {contradiction.kind for event in events for contradiction in event.contradictions} >= {"polarity", "figure"}
    assert any(len(claim.supports) > claim.origins for event in events for claim in event.claims)


def test_every_kind_of_change_has_an_example_with_the_parts_that_it_is_said_to_have() -> None:
    changes = {change.kind: change for change in values(EVENT_CHANGED)}
    assert set(changes) == set(ChangeKind)
    for kind, meaning in member_docstrings(ChangeKind).items():
        promised = re.findall(r"`(\w+)`", meaning.partition("Has ")[2].partition(";")[0])
        for part in (name for name in promised if name in EventChange.model_fields):
            assert getattr(changes[kind], part) not in (None, (), ""), (kind, part)
