"""Which events a filter takes."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from services.api.filters.event_filter import CONDITIONS, EventFilter
from services.api.filters.facts import EventFacts, facts_of
from services.api.filters.matching import matches
from services.api.filters.openapi import EXAMPLES
from services.api.filters.parsing import parse_filter
from services.contracts.article import ArticleStatus, Precision, Publisher
from services.contracts.base import Span
from services.contracts.claim import Commitment, DateMention, Speaker, SpeakerKind
from services.contracts.event import EntityVariant, Event, EventEntity, EventStatus
from tests.unit.api.examples import NOON, disputed, event, member, pointing_denial

SPAN = Span(start=0, end=1)


def claiming(**changes: object) -> Event:
    """The event that outlets disagree about, its first claim changed."""
    base = disputed()
    claims = (base.claims[0].model_copy(update=changes), *base.claims[1:])
    return base.model_copy(update={"claims": claims})


def takes(found: Event, **given: str) -> bool:
    """Whether the filter of these parameters takes the event; its negation must do the opposite."""
    facts = facts_of(found)
    taken = matches(parse_filter(list(given.items())), facts)
    negated = [
        matches(parse_filter([(f"not_{name}", value)]), facts)
        for name, value in given.items()
        if not name.startswith("not_")
    ]
    if len(given) == 1 and negated:
        assert negated == [not taken]
    return taken


def test_the_empty_filter_takes_every_event() -> None:
    assert matches(EventFilter(), facts_of(event()))


@pytest.mark.parametrize("words", ["ferry", "FERRIES", "ferry capsized", "capsizing ferry", "eldrin", "brought ashore"])
def test_words_are_searched_in_any_order_and_inflection(words: str) -> None:
    assert takes(disputed(), q=words)


@pytest.mark.parametrize("words", ["train", "ferry train", "bus"])
def test_all_words_must_be_there(words: str) -> None:
    assert not takes(disputed(), q=words)


def test_stop_words_need_not_be_there() -> None:
    assert takes(disputed(), q="what was the ferry of") is False
    assert takes(disputed(), q="the ferry of")


def test_of_several_queries_any_suffices() -> None:
    assert matches(parse_filter([("q", "train"), ("q", "ferry")]), facts_of(disputed()))


def test_a_name_is_searched_in_all_spellings_that_sound_alike() -> None:
    reyl = EventEntity(
        name="Volodymyr Zelenskyy", type="person", variants=(EntityVariant(surface="Zelenskyy", article_ids=("a",)),)
    )
    named = disputed().model_copy(update={"entities": (reyl,)})
    assert takes(named, q="Zelensky")
    assert takes(named, q="zelenskiy")
    assert not takes(named, q="Zelenka")


def test_a_claim_is_searched_in_all_its_wordings() -> None:
    assert takes(claiming(variants=("Fourteen passengers drowned.",)), q="drowned passengers")


def test_a_publisher_is_found_by_domain_or_name() -> None:
    assert takes(disputed(), publisher="harbourpost.example")
    assert takes(disputed(), publisher="www.harbourpost.example")
    assert takes(disputed(), publisher="the harbour post")
    assert takes(disputed(), publisher="elsewhere.example,Northgate Daily")
    assert not takes(disputed(), publisher="harbour")


def test_a_family_is_found_by_its_name() -> None:
    owned = event(articles=(member("art_1", publisher=Publisher(name="Post", family="Harbour Média")),))
    assert takes(owned, family="harbour media")
    assert not takes(owned, family="Post")


def test_an_entity_is_found_by_every_variant_without_case_and_accents() -> None:
    assert takes(disputed(), entity="ilia márchenkov")
    assert takes(disputed(), entity="Ilya Marchenkov")
    assert not takes(disputed(), entity="Marchenko")


def test_a_speaker_is_found_by_every_variant() -> None:
    assert takes(disputed(), speaker="Ilia Marchenkov")
    assert not takes(disputed(), speaker="Marta Selwick")


def test_a_pronoun_or_an_unnamed_source_is_no_speaker() -> None:
    officials = Speaker(surface="officials", span=SPAN, canonical="officials", kind=SpeakerKind.UNNAMED)
    assert not takes(claiming(speaker=officials), speaker="officials")
    she = Speaker(surface="she", span=SPAN, canonical="Ada Reyl", kind=SpeakerKind.PERSON)
    assert takes(claiming(speaker=she), speaker="Ada Reyl")
    assert not takes(claiming(speaker=she), speaker="she")


def test_kind_status_and_language() -> None:
    assert takes(disputed(), kind="statement,figure")
    assert not takes(disputed(), kind="quotation")
    assert takes(disputed(), status="open")
    assert not takes(event(status=EventStatus.CLOSED), status="open")
    assert takes(disputed(), language="en,de")
    assert not takes(disputed(), language="de")


def test_times_include_their_bound() -> None:
    changed = event(minutes=30)
    assert takes(changed, updated_since="2026-03-03T12:30:00Z")
    assert not takes(changed, updated_since="2026-03-03T12:30:01Z")
    assert takes(changed, updated_until="2026-03-03T12:30:00Z")
    assert not takes(changed, updated_until="2026-03-03T12:29:59Z")
    assert takes(changed, updated_until="2026-03-03")
    assert takes(changed, updated_since="2026-03-03")


def test_published_asks_whether_the_event_reaches_into_the_time() -> None:
    long = event().model_copy(update={"last_published_at": NOON + timedelta(days=3)})
    assert takes(long, published_since="2026-03-05")
    assert takes(long, published_until="2026-03-03")
    assert not takes(long, published_until="2026-03-02")
    assert not takes(long, published_since="2026-03-07")


def test_an_undated_event_meets_only_the_negation() -> None:
    undated = event().model_copy(update={"first_published_at": None, "last_published_at": None})
    assert not takes(undated, published_since="1990-01-01")
    assert takes(undated, not_published_since="1990-01-01")


@pytest.mark.parametrize(
    ("iso", "asked", "expected"),
    [
        ("2026-03-04", "2026-03-04", True),
        ("2026-03-04", "2026-03", True),
        ("2026-03", "2026-03-04", False),
        ("2026-03", "2026", True),
        ("2026-03-01/2026-03-03", "2026-02-20/2026-03-10", True),
        ("2026-03-01/2026-03-03", "2026-03-02", False),
        ("XXXX-03-04", "2026", False),
    ],
)
def test_a_date_is_mentioned_where_it_lies_within_the_days_asked_for(iso: str, asked: str, expected: bool) -> None:
    mention = DateMention(iso=iso, precision=Precision.DAY, surface="then", span=SPAN)
    assert takes(claiming(dates=(mention,)), mentions_date=asked) is expected


def test_counts_of_origins_and_publishers() -> None:
    assert takes(disputed(), min_origins="2")
    assert not takes(disputed(), min_origins="3")
    assert takes(disputed(), min_publishers="3")
    assert not takes(disputed(), min_publishers="4")
    assert takes(event(), single_origin="true")
    assert takes(disputed(), single_origin="false")
    assert not takes(disputed(), single_origin="true")


def test_what_an_event_has() -> None:
    assert takes(disputed(), has="contradiction")
    assert takes(disputed(), has="conflicting_figure")
    assert not takes(disputed(), has="denial")
    assert not takes(disputed(), has="correction")
    assert takes(disputed(), has="denial,contradiction")
    assert takes(claiming(commitment=Commitment.DENIES), has="denial")
    corrected = member("art_1").model_copy(update={"status": ArticleStatus.CORRECTED})
    assert takes(event(articles=(corrected,)), has="correction")
    assert not takes(event(), has="contradiction")


def test_a_denial_that_only_points_is_one_though_it_is_no_claim() -> None:
    denied = disputed().model_copy(update={"denials": (pointing_denial(),)})
    assert takes(denied, has="denial")


def test_contradictions_that_a_snapshot_leaves_out_count() -> None:
    found = event()
    assert takes(
        found.model_copy(update={"omitted": found.omitted.model_copy(update={"contradictions": 1})}),
        has="contradiction",
    )


def test_different_parameters_must_all_hold() -> None:
    assert takes(disputed(), q="ferry", publisher="harbourpost.example", min_origins="2")
    assert not takes(disputed(), q="ferry", publisher="harbourpost.example", min_origins="3")
    assert not takes(disputed(), q="ferry", not_publisher="harbourpost.example")


def test_every_condition_has_a_test() -> None:
    facts: EventFacts = facts_of(event())
    shown: Mapping[str, object] = EXAMPLES
    for name in CONDITIONS:
        value = shown[name]
        texts = value if isinstance(value, list) else [str(value).lower() if value is True else str(value)]
        only = parse_filter([(name, text) for text in texts])
        negated = parse_filter([(f"not_{name}", text) for text in texts])
        assert matches(only, facts) is not matches(negated, facts), name
