"""What we make of our own values without validation is what validation would make of them."""

from dataclasses import FrozenInstanceError
from typing import Any

import orjson
import pytest
from pydantic import TypeAdapter, ValidationError

from services.contracts.base import CompactContract, Contract, Span, trusted
from services.contracts.claim import (
    EntityMention,
    ExtractedArticle,
    NameForm,
    NameLink,
    Predicate,
    Speaker,
    SpeakerKind,
)
from services.extract.extraction import extract
from services.language.ranges import Range
from tests.unit.extract.articles import article

SPAN = {"start": 3, "end": 9}


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Span, SPAN),
        (EntityMention, {"name": "Ada", "type": "person", "span": Span(**SPAN), "canonical": "Ada Reyl"}),
        (NameForm, {"surface": "Ada", "span": Span(**SPAN), "mentions": 2, "link": NameLink.PART}),
        (
            Speaker,
            {
                "surface": "Ada",
                "span": Span(**SPAN),
                "canonical": "Ada Reyl",
                "kind": SpeakerKind.PERSON,
                "role": None,
                "organisation": None,
            },
        ),
        (
            Predicate,
            {
                "lemma": "sign",
                "span": Span(**SPAN),
                "negated": True,
                "modal": None,
                "subject": "mayor",
                "subject_span": Span(**SPAN),
                "object": None,
                "object_span": None,
                "under": None,
                "main": True,
            },
        ),
    ],
)
def test_what_is_trusted_equals_what_is_validated(
    model: type[Contract | CompactContract], values: dict[str, Any]
) -> None:
    made, validated = trusted(model, values), model(**values)
    written = TypeAdapter(model).dump_json(made)
    assert made == validated
    assert hash(made) == hash(validated)
    assert written == TypeAdapter(model).dump_json(validated)
    assert list(values) == list(orjson.loads(written))
    assert made.model_copy(update={}) == validated
    with pytest.raises((ValidationError, FrozenInstanceError)):
        setattr(made, next(iter(values)), None)


@pytest.mark.parametrize("area", [Range(3, 3), Range(4, 3), Range(-1, 3)])
def test_an_empty_or_reversed_range_is_still_no_span(area: Range) -> None:
    with pytest.raises(ValidationError):
        area.to_span()


def test_an_extracted_article_passes_the_validation_that_its_readers_do() -> None:
    text = "Mayor Ada Reyl said 40 people left Karvelia on 3 May. She did not say why. “We will sign,” Reyl added."
    extracted = extract(article(text))
    assert extracted.claims
    wire = extracted.model_dump_json()
    assert ExtractedArticle.model_validate_json(wire) == extracted
    assert ExtractedArticle.model_validate(extracted.model_dump()).model_dump_json() == wire
