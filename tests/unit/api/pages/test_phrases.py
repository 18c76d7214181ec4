from datetime import UTC, datetime

import pytest
from pydantic import TypeAdapter

from services.api.pages import phrases
from services.contracts.article import Precision, Publisher
from services.contracts.base import Span
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event import Counts
from services.contracts.quantity import Bound

MOMENT = datetime(2026, 3, 3, 7, 5, tzinfo=UTC)


def speaker(**more: str) -> Speaker:
    given = {"surface": "the spokeswoman", "canonical": "Greta Hallorin", "kind": SpeakerKind.PERSON} | more
    return TypeAdapter(Speaker).validate_python({"span": Span(start=0, end=1), **given})


def test_counts_read_as_a_sentence() -> None:
    assert (
        phrases.counts_sentence(Counts(articles=7, publishers=7, origins=5))
        == "7 articles by 7 outlets, 5 independent origins"
    )
    assert (
        phrases.counts_sentence(Counts(articles=1, publishers=1, origins=1))
        == "1 article by 1 outlet, 1 independent origin"
    )
    assert phrases.counts_sentence(Counts(articles=5, publishers=0, origins=5)) == "5 articles, 5 independent origins"


def test_an_outlet_is_called_by_its_name_else_its_domain() -> None:
    assert phrases.outlet(Publisher(name="The Post", domain="post.example")) == "The Post"
    assert phrases.outlet(Publisher(domain="post.example")) == "post.example"
    assert phrases.outlet(Publisher()) == phrases.UNKNOWN_OUTLET


def test_a_speaker_is_named_in_full_with_the_role_said_once() -> None:
    assert phrases.speaker(speaker(role="spokeswoman")) == "Greta Hallorin, spokeswoman"
    assert phrases.speaker(speaker(canonical="Governor Tarrow", role="governor")) == "Governor Tarrow"
    assert phrases.speaker(speaker(role="director", organisation="St Bertil")) == "Greta Hallorin, director, St Bertil"
    in_role = speaker(role="director of St Bertil's Hospital", organisation="St Bertil")
    assert phrases.speaker(in_role) == "Greta Hallorin, director of St Bertil's Hospital"
    assert phrases.speaker(speaker(surface="officials", kind="unnamed")) == "officials"
    assert phrases.speaker(None) == phrases.NO_SOURCE


def test_a_pronoun_names_nobody() -> None:
    assert phrases.speaker(speaker(canonical="he")) == "not named (\u201che\u201d)"
    assert phrases.speaker(speaker(surface="They", kind=SpeakerKind.UNNAMED)) == "not named (\u201cThey\u201d)"


@pytest.mark.parametrize(
    ("bound", "surface", "note"),
    [
        (Bound.ABOUT, "40", "about"),
        (Bound.AT_LEAST, "more than 200", ""),
        (Bound.AT_LEAST, "At least 14", ""),
        (Bound.EXACT, "61", ""),
        (Bound.AT_MOST, "$2.1bn", "at most"),
    ],
)
def test_a_bound_is_added_only_where_the_words_do_not_say_it(bound: Bound, surface: str, note: str) -> None:
    assert phrases.bound_note(bound, surface) == note


def test_a_time_is_told_as_exactly_as_it_is_known() -> None:
    assert phrases.at(MOMENT, Precision.SECOND) == "3 March 2026, 07:05 UTC"
    assert phrases.at(MOMENT) == "3 March 2026, 07:05 UTC"
    assert phrases.at(MOMENT, Precision.DAY) == "3 March 2026"


def test_no_comma_is_shown_before_the_last_mark_of_a_claim() -> None:
    assert phrases.readable("Reyl called the plan “late,”") == "Reyl called the plan “late”"
    assert phrases.readable("The port, she said, is shut") == "The port, she said, is shut"
