"""Events as text."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from services import contracts
from services.api.summaries import summarise
from services.contracts.article import Precision, Publisher
from services.contracts.base import Span
from services.contracts.claim import Commitment
from services.contracts.event import Event
from services.contracts.event_claims import Passage, SourceDenial
from services.local.rendering import event_view, events_list

EXAMPLES = Path(next(iter(contracts.__path__))) / "examples" / "event.updated.v1"


def example(name: str) -> Event:
    found = json.loads((EXAMPLES / f"{name}.json").read_text())
    return Event.model_validate(found.get("value", found))


def plain(what: RenderableType) -> str:
    output = io.StringIO()
    Console(file=output, width=160).print(what)
    return output.getvalue()


def test_an_event_shows_its_claims_with_who_reports_them() -> None:
    event = example("contradictions")
    shown = plain(event_view(event))
    assert event.headline in shown
    for claim in event.claims:
        assert claim.text in shown
        for support in claim.supports:
            assert str(support.publisher.name) in shown


def test_an_event_shows_where_its_reports_disagree_and_the_figures() -> None:
    event = example("contradictions")
    shown = plain(event_view(event))
    for contradiction in event.contradictions:
        assert f"{contradiction.kind}: {contradiction.explanation}" in shown
    for figure in event.figures:
        assert figure.counted in shown
        assert str(figure.verdict) in shown
        for value in figure.values:
            assert value.surface in shown


def test_a_denial_that_only_points_is_no_claim_in_the_list() -> None:
    event = example("contradictions")
    first = event.claims[0]
    pointing = first.model_copy(
        update={
            "claim_id": "clm_p",
            "text": "that account",
            "commitment": Commitment.DENIES,
            "supports": first.supports,
        }
    )
    assert "that account" not in plain(event_view(event.model_copy(update={"claims": (*event.claims, pointing)})))


def test_what_is_only_alleged_is_shown_so() -> None:
    event = example("contradictions")
    (claim,) = [claim for claim in event.claims if claim.speaker is not None][:1]
    alleged = claim.model_copy(update={"cue": "alleged", "commitment": Commitment.ASSERTS})
    assert "Alleged:" not in plain(event_view(event))
    assert "Alleged:" in plain(event_view(event.model_copy(update={"claims": (alleged,)})))


def test_words_that_hold_a_quotation_are_shown_with_single_marks_inside() -> None:
    event = example("contradictions")
    first, *others = event.contradictions
    position = first.positions[0]
    words = position.passages[0].model_copy(update={"text": "the bridge \u201cwas inspected\u201d"})
    changed = position.model_copy(update={"passages": (words,)})
    contradiction = first.model_copy(update={"positions": (changed, *first.positions[1:])})
    shown = plain(event_view(event.model_copy(update={"contradictions": (contradiction, *others)})))
    assert "\u201cthe bridge \u2018was inspected\u2019\u201d" in shown


def test_an_event_shows_who_denies_what_in_the_words_of_an_article() -> None:
    event = example("contradictions")
    told = event.articles[0].article_id
    passage = Passage(article_id=told, span=Span(start=0, end=25), text="The port denied the\nleak.")
    denial = SourceDenial(source="The port", passages=(passage,), origins=1)
    shown = plain(event_view(event.model_copy(update={"denials": (denial,)})))
    assert "The port: The port denied the leak." in shown


def test_an_event_without_dates_claims_and_publishers_can_be_shown() -> None:
    shown = plain(event_view(example("undated")))
    assert "no dates" in shown
    assert "not known" in shown
    assert "0 outlets" not in shown
    assert "What is reported" not in shown


def test_a_day_is_shown_without_a_time_of_day() -> None:
    event = example("contradictions")
    article = event.articles[0]
    assert article.published_at is not None
    timed = article.published_at.strftime("%Y-%m-%d %H:%M")
    assert f"published {timed} to" in plain(event_view(event))
    dated = article.model_copy(update={"published_precision": Precision.DAY})
    shown = plain(event_view(event.model_copy(update={"articles": (dated, *event.articles[1:])})))
    assert f"published {timed[:10]} to" in shown
    assert timed not in shown


def test_a_long_event_shows_its_most_reported_claims_unless_all_are_asked_for() -> None:
    event = example("contradictions")
    first = event.claims[0]
    many = event.model_copy(
        update={"claims": tuple(first.model_copy(update={"text": f"claim number {n};"}) for n in range(40))}
    )
    assert "and 25 claims more" in plain(event_view(many))
    assert "number 39;" not in plain(event_view(many))
    assert "number 39;" in plain(event_view(many, all_claims=True))


def test_text_that_looks_like_markup_is_shown_as_it_is() -> None:
    event = example("contradictions").model_copy(update={"headline": "[red]not markup[/red] [1]"})
    assert "[red]not markup[/red] [1]" in plain(event_view(event))
    assert "[red]not markup[/red] [1]" in plain(events_list([summarise(event)]))


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.json")))
def test_every_example_can_be_listed_and_shown(name: str) -> None:
    event = example(name)
    assert event.event_id in plain(events_list([summarise(event)]))
    assert event.event_id in plain(event_view(event))


def test_an_outlet_that_is_not_known_is_called_by_its_article() -> None:
    event = example("contradictions")
    nobody = Publisher()
    unknown = event.model_copy(
        update={
            "articles": tuple(article.model_copy(update={"publisher": nobody}) for article in event.articles),
            "claims": tuple(
                claim.model_copy(
                    update={"supports": tuple(one.model_copy(update={"publisher": nobody}) for one in claim.supports)}
                )
                for claim in event.claims
            ),
        }
    )
    shown = plain(event_view(unknown))
    assert "reported by article 1" in shown
    assert "unnamed" not in shown
