"""What pairs of figures must have in common, kept while figures come and go."""

import random

from services.dedupe.merging.figures.counted_thing import read_counted_thing
from services.dedupe.merging.figures.figure_mention import FigureMention
from services.dedupe.merging.figures.required_overlaps import RequiredOverlaps
from services.dedupe.merging.figures.same_thing import required_word_overlap
from services.dedupe.merging.figures.sentence_context import read_sentence_context
from tests.support.figures import EXACT, report_with


def make_mention(number: int) -> FigureMention:
    """A count of people to whom one of several things happened."""
    count, done = 10 + number % 7, ("killed", "injured", "arrested")[number % 3]
    report = report_with(
        f"outlet{number}", f"{count} people were {done}", (str(count), count, "people", EXACT), near=number % 4
    )
    quantity = report.claim.quantities[0]
    context = read_sentence_context(report, quantity)
    thing = read_counted_thing(quantity, context)
    assert thing is not None
    return FigureMention("clm_1", report, quantity, thing, context)


def test_each_pair_has_its_own_share_however_many_figures_come_and_go() -> None:
    chance = random.Random(5)
    mentions = [make_mention(number) for number in range(48)]
    overlaps = RequiredOverlaps(several_names=False)
    shares = set()
    for count in (10, 40, 5, 48, 0, 30):
        held = sorted(chance.sample(range(len(mentions)), count))
        overlaps.forget_all_but([mentions[number] for number in held])
        for one, other in ((one, other) for one in held for other in held if one < other):
            share = overlaps.find_share(mentions[one], mentions[other])
            assert share == required_word_overlap(mentions[one], mentions[other], several_names=False)
            shares.add(share)
    assert len(shares) > 1
