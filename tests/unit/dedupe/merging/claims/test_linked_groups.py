"""What is linked around the claims that have changed makes the same groups as linking all claims of an event."""

import random

import pytest

from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.grouping import ClaimGroups
from services.dedupe.merging.claims.report import Report
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

CLAIMS = 3
"""Of each article."""


class ComparedByChance(ClaimSimilarity):
    """Takes claims for one by chance, and often two pairs for equally probable: the same pair always alike."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._seed = seed

    def is_worth_comparing(self, report: Report, other_report: Report) -> bool:
        return True

    def fails_quick_merge_check(self, report: Report, other_report: Report) -> bool:
        return self._draw("check", report, other_report) < 0.05

    def same_claim_probability(self, report: Report, other_report: Report, ranks: tuple[int, int]) -> float:
        return round(0.6 + 0.4 * self._draw("same", report, other_report), 1 + self._seed % 2)

    def has_merge_veto(self, report: Report, other_report: Report) -> bool:
        return self._draw("veto", report, other_report) < 0.1

    def _draw(self, of: str, report: Report, other_report: Report) -> float:
        first, second = sorted((report.key, other_report.key))
        return random.Random(f"{self._seed} {of} {first} {second}").random()


def article_of(number: int) -> list[Report]:
    chance = random.Random(number)
    texts = [f"The {number} boats of harbour {number} sank on day {at}" for at in range(CLAIMS)]
    article = make_article(f"outlet{number}", "\n".join(texts), days=chance.randrange(6))
    return [
        make_report(
            article,
            f"org_{number}",
            make_claim(article, text),
            round_to_whole_numbers(direction(chance.randrange(99), direction(1), spread=0.4)),
        )
        for text in texts
    ]


@pytest.mark.parametrize("seed", range(8))
def test_an_event_that_grows_and_shrinks_has_the_groups_of_all_its_claims_linked_at_once(seed: int) -> None:
    chance = random.Random(seed)
    articles = {number: article_of(number) for number in range(24)}
    growing, held, joined = ClaimGroups(ComparedByChance(seed)), set[int](), 0
    for _ in range(40):
        if chance.random() < 0.7 or len(held) < 3:
            held.add(chance.randrange(24))
        else:
            held.remove(chance.choice(sorted(held)))
        reports = [one for number in sorted(held) for one in articles[number]]
        groups = growing.update_groups(reports)
        whole = ClaimGroups(ComparedByChance(seed)).update_groups(reports)
        assert [group.reports for group in groups] == [group.reports for group in whole]
        joined += sum(len(group.reports) > 2 for group in groups)
    assert joined > 40
