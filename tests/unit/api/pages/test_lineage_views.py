from services.api.pages.lineage_views import MOST_STEPS, LineageView, lineage_view
from services.api.pages.references import References
from services.contracts.event import Event, LineageEntry
from tests.unit.api.examples import NEAREST, disputed, event

OTHER = "evt_00cb0aa61a85bdfac1d4"


def lineage(given: Event) -> LineageView:
    view = lineage_view(given, References(headlines={OTHER: "Ferry capsizes"}))
    assert view is not None
    return view


def test_steps_come_latest_first_and_lead_to_the_other_event_once() -> None:
    entries = (
        LineageEntry(kind="merge", event_id=OTHER, reason=f"Took up {OTHER}: both fit together."),
        LineageEntry(kind="split", event_id=OTHER, reason="Two articles were split off."),
    )
    view = lineage(disputed().model_copy(update={"lineage": entries}))
    assert [(step.kind, step.other_page) for step in view.steps] == [("Split", f"/events/{OTHER}"), ("Merged", None)]
    assert "".join(piece.text for piece in view.steps[1].reason) == "Took up “Ferry capsizes”: both fit together."


def test_only_the_latest_steps_are_shown_and_the_others_counted() -> None:
    entries = tuple(LineageEntry(kind="move", event_id=OTHER, reason=str(number)) for number in range(MOST_STEPS + 3))
    view = lineage(disputed().model_copy(update={"lineage": entries}))
    assert (len(view.steps), view.earlier) == (MOST_STEPS, 3)
    assert view.steps[0].reason[0].text == str(MOST_STEPS + 2)


def test_the_nearest_event_is_named() -> None:
    view = lineage(disputed().model_copy(update={"nearest": NEAREST}))
    assert view.nearest is not None
    assert view.nearest.other_page == "/events/evt_near"


def test_one_article_that_nothing_came_near_needs_no_words() -> None:
    assert lineage_view(event(), References()) is None
