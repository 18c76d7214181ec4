"""What an event knows of its claims while it grows makes the same groups as the same claims taken at once."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from services.contracts.article import Article
from services.contracts.claim import Claim, ClaimKind, Commitment
from services.contracts.quantity import Bound
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims import neighbours
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.grouping import ClaimGroups, group_claims
from services.dedupe.merging.claims.report import Report
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

QUOTATIONS = (
    "The bow door was not fully closed when the ship left the quay, and the crew knew it",
    "The bow door was not fully closed when the ship left the quay",
    "not fully closed when the ship left the quay, and the crew knew it",
    "We will find whoever left the harbour gates open that night",
    "whoever left the harbour gates open that night",
    "Nobody in the village was told that the sluice had been left open",
)
STATEMENTS = (
    "The ferry had passed a safety inspection in November",
    "In November the ferry passed an inspection of its safety",
    "The ferry passed its safety inspection in late November",
    "14 people were killed when the ferry capsized off Port Eldrin",
    "Fourteen people died when the ferry capsized off Port Eldrin",
    "20 people were killed when the ferry capsized off Port Eldrin",
    "The dam burst on Monday and the village was flooded",
    "The village was flooded when the dam burst on Monday",
    "The council will meet the insurers in spring",
)
IN_PART = (
    ("Tolmar denies that the door was not fully closed when the ship left the quay", "not fully closed when the ship"),
    ("many saw an open bow door at the quay", "bow door"),
    ("the mayor asked who had left the harbour gates open", "harbour gates open"),
)
PEOPLE = (None, "Ilya Marchenkov", "Greta Hallorin", "Marchenkov")
FIGURES = {"14": ("14", 14.0, "people", Bound.EXACT), "20": ("20", 20.0, "people", Bound.EXACT)}


def article_of(number: int, revision: int) -> tuple[Report, ...]:
    """The claims of an article that chance makes; those of another revision are others."""
    chance = random.Random(f"{number} {revision}")
    said = sorted(chance.sample(QUOTATIONS, 2))
    if said[1].startswith(said[0]):  # one place, one claim
        del said[0]
    told = [(text, None) for text in chance.sample(STATEMENTS, 3)] + chance.sample(IN_PART, 1)
    person = chance.choice(PEOPLE)
    article = make_article(
        f"outlet{number}",
        "\n".join([*said, *(text for text, _ in told), person or ""]),
        days=number % 5,
        revision=revision,
    )
    claims = [make_claim(article, text, kind=ClaimKind.QUOTATION, speaker=person) for text in said]
    for text, quoted in told:
        figures = [figure for surface, figure in FIGURES.items() if text.startswith(surface)]
        commitment = chance.choice((Commitment.ASSERTS, Commitment.ASSERTS, Commitment.DENIES))
        claims.append(
            make_claim(
                article, text, quoted=quoted, figures=figures, commitment=commitment, speaker=chance.choice(PEOPLE)
            )
        )
    return tuple(_report(article, claim) for claim in claims)


def _report(article: Article, claim: Claim) -> Report:
    about = direction(len(claim.text) % 3, direction(1), spread=0.6)
    vector = direction(hash_of(claim.text), about, spread=0.3)
    one = make_report(article, "org_1", claim, round_to_whole_numbers(vector))
    return labelled(one, claim.speaker.canonical if claim.speaker else None, None)


def hash_of(text: str) -> int:
    return sum(ord(letter) * at for at, letter in enumerate(text, start=1))


def labelled(one: Report, source: str | None, side: str | None) -> Report:
    return replace(one, source=source, side=side)


def shown(groups: Sequence[ClaimGroup]) -> list[tuple[list[str], str]]:
    return [([one.key for one in group.reports], group.canonical.key) for group in groups]


def steps(seed: int, count: int) -> list[dict[int, tuple[Report, ...]]]:
    """What an event holds, step by step: articles come, go, are revised, and sources turn out to be others."""
    chance = random.Random(seed)
    held: dict[int, tuple[Report, ...]] = {}
    found = []
    for step in range(count):
        kind = chance.random()
        if kind < 0.6 or not held:
            number = chance.randrange(40)
            held = {**held, number: article_of(number, 1)}
        elif kind < 0.7:
            held = {number: one for number, one in held.items() if number != chance.choice(sorted(held))}
        elif kind < 0.85:
            number = chance.choice(sorted(held))
            held = {**held, number: article_of(number, step + 2)}
        else:
            old, new = chance.choice(PEOPLE), chance.choice(PEOPLE)
            side = chance.choice((None, "NO", "SE"))
            held = {
                number: tuple(one if one.source != old else labelled(one, new, side) for one in reports)
                for number, reports in held.items()
            }
        found.append(held)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_an_event_that_grows_shrinks_and_changes_has_the_groups_of_its_claims(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Few, so that lists of the nearest run over, and short.
    monkeypatch.setattr(neighbours, "NEAREST", 4)
    monkeypatch.setattr(neighbours, "KEPT", 6)
    growing = ClaimGroups()
    for held in steps(seed, 30):
        reports = [one for reports in held.values() for one in reports]
        random.Random(seed).shuffle(reports)
        assert shown(growing.update_groups(reports)) == shown(group_claims(reports))


@pytest.mark.parametrize("seed", range(4))
def test_changes_tell_which_groups_and_reports_are_other_objects(seed: int) -> None:
    growing = ClaimGroups()
    listed = list[ClaimGroup]()
    said: dict[str, set[int]] = {}
    for held in [*steps(seed, 20), {}, *steps(seed, 1)]:
        groups = growing.update_groups([one for reports in held.values() for one in reports])
        changes = growing.changes
        assert set(changes.gone) <= set(listed)
        assert not set(changes.new) & set(listed)
        assert set(groups) == set(listed) - set(changes.gone) | set(changes.new)
        for changed in changes.by_claim:
            of_claim = said.setdefault(changed.claim_id, set())
            of_claim -= set(map(id, changed.gone_reports))
            of_claim |= set(map(id, changed.new_reports))
        assert {group.claim_id: set(map(id, group.reports)) for group in groups} == {
            claim_id: reports for claim_id, reports in said.items() if reports
        }
        listed = groups


def test_articles_make_the_same_groups_in_whatever_order_they_come() -> None:
    articles = [article_of(number, 1) for number in range(12)]
    expected = shown(group_claims([one for reports in articles for one in reports]))
    assert any(len(keys) > 2 for keys, _ in expected)
    for seed in range(4):
        order = random.Random(seed).sample(range(12), 12)
        growing = ClaimGroups()
        for upto in range(1, 13):
            found = growing.update_groups([one for at in order[:upto] for one in articles[at]])
        assert shown(found) == expected


def test_a_group_that_an_article_does_not_touch_is_the_same_object() -> None:
    articles = [article_of(number, 1) for number in range(12)]
    growing = ClaimGroups()
    before = growing.update_groups([one for reports in articles[:11] for one in reports])
    after = growing.update_groups([one for reports in articles for one in reports])
    new = {one.key for one in articles[11]}
    kept = {id(group) for group in before}
    untouched = [group for group in after if new.isdisjoint(one.key for one in group.reports)]
    assert sum(id(group) in kept for group in untouched) > len(untouched) / 2
    assert growing.update_groups([one for reports in articles for one in reports]) == after
    assert all(
        one is other
        for one, other in zip(
            growing.update_groups([one for reports in articles for one in reports]), after, strict=True
        )
    )


def test_a_report_whose_origin_changes_stands_in_its_group_as_it_is_now() -> None:
    articles = [article_of(number, 1) for number in range(4)]
    growing = ClaimGroups()
    growing.update_groups([one for reports in articles for one in reports])
    moved = [[replace(one, origin_id="org_2") for one in articles[0]], *articles[1:]]
    found = growing.update_groups([one for reports in moved for one in reports])
    told = {one.key: one.origin_id for group in found for one in group.reports}
    assert all(told[one.key] == "org_2" for one in articles[0])


def test_claims_with_one_id_are_kept_apart() -> None:
    first, other, third = article_of(1, 1), article_of(2, 1), article_of(3, 1)
    growing = ClaimGroups()
    for reports in ([*first, *other], [*first, *first[:2], *other], [*first, *other], [*other, *third]):
        assert shown(growing.update_groups(reports)) == shown(group_claims(reports))


def test_what_a_reprint_tells_is_read_no_second_time() -> None:
    class Counting(ClaimSimilarity):
        def fails_quick_merge_check(self, one: Report, other: Report) -> bool:
            asked.append(one)
            return super().fails_quick_merge_check(one, other)

    asked: list[Report] = []
    growing = ClaimGroups(Counting())
    first, other = article_of(1, 1), article_of(2, 1)
    growing.update_groups([*first, *other])
    assert asked
    asked.clear()
    reprint = make_article("reprint", first[0].article.text, days=6)
    claims = [one.claim.model_copy(update={"claim_id": f"clm_reprint_{at}"}) for at, one in enumerate(first)]
    again = [
        labelled(make_report(reprint, "org_1", claim, one.vector), one.source, one.side)
        for one, claim in zip(first, claims, strict=True)
    ]
    found = growing.update_groups([*first, *other, *again])
    assert asked == []
    assert sum(len(group.reports) for group in found) == len(first) + len(other) + len(again)
