"""A value of the table of figures, as figures that give it come and go."""

import random

import pytest

from services.contracts.event_claims import FigureValue
from services.dedupe.merging.figures.counted_thing import read_counted_thing
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.figure_values import update_figure_value
from services.dedupe.merging.figures.sentence_context import read_sentence_context
from tests.support.figures import EXACT, report_with


def make_mention(number: int) -> FigureMention:
    """One of several figures of an outlet, with or without a source, a place and a day."""
    chance = random.Random(number)
    report = report_with(
        f"outlet{chance.randrange(6)}",
        "14 people were killed",
        ("14", 14, "people", EXACT),
        speaker=chance.choice((None, "Lena Voskamp", "Ilya Marchenkov")),
        days=number,
        before=chance.choice(("", "On Monday ", "Later ")),
        place=chance.choice((None, "Varn", "Varn", "Tolmar")),
        as_of=chance.choice((None, "2026-03-01", "2026-03-02")),
    )
    quantity = report.claim.quantities[0]
    context = read_sentence_context(report, quantity)
    thing = read_counted_thing(quantity, context)
    assert thing is not None
    return FigureMention(f"clm_{number % 5}", report, quantity, thing, context)


@pytest.mark.parametrize("seed", range(4))
def test_a_value_that_gains_and_loses_figures_is_the_one_that_all_of_them_make(seed: int) -> None:
    chance = random.Random(seed)
    pool = [make_mention(number) for number in range(24)]
    held: list[FigureMention] = []
    previous: tuple[list[FigureMention], FigureValue] | None = None
    for _ in range(60):
        for mention in chance.sample(pool, chance.choice((1, 1, 1, 3))):
            held = [other for other in held if other is not mention] if mention in held else [*held, mention]
        held = sorted(held or pool[:1], key=lambda mention: mention.order)
        value = update_figure_value(held, previous, is_on_top=False)
        assert value == update_figure_value(held, None, is_on_top=False)
        previous = held, value
