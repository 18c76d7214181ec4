from rich.console import Console

from benchmarks.assign import measure


def test_reports_of_made_up_events_join_them_and_are_told_what_they_are_nearest_to() -> None:
    figures = measure(live=400, placed=60, console=Console(quiet=True))
    assert figures.joined_right > 0.8
    assert 0 < figures.median <= figures.late


def test_one_event_may_have_most_of_the_live_articles() -> None:
    figures = measure(live=400, placed=40, console=Console(quiet=True), one_event=250)
    assert 0 < figures.median <= figures.late
