"""Sentences beside the sample events: what the articles report, deny, replace, and do not say."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.api.check.event_reports import EventReports
from services.api.check.models import CheckedClaim, Status
from services.api.draft_models import Draft
from services.dedupe.embedding.factory import load_embedder
from services.dedupe.embedding.model_files import MODEL_NAME
from services.local.offline_check import check_text, reports_by_file

SAMPLES = Path(__file__).parents[4] / "samples"
FERRY, FIRE, VOTE = "port-eldrin-ferry", "sorrel-vale-wildfire", "belmara-vote-dispute"


@pytest.fixture(scope="module")
def reports() -> Mapping[str, EventReports]:
    embedder = load_embedder("openvino", MODEL_NAME, None, threads=1)
    return reports_by_file(SAMPLES, datetime(2026, 4, 1, tzinfo=UTC), embedder)


def check(reports: EventReports, text: str) -> CheckedClaim:
    draft = Draft(text=text, published_at=reports.event.updated_at)
    (found,) = check_text(draft, reports)
    return found


def test_what_several_origins_report_is_reported_with_the_words_of_each(reports: Mapping[str, EventReports]) -> None:
    found = check(reports[VOTE], "The act redraws 46 of the country's 120 districts.")
    assert (found.status, found.origins) == (Status.REPORTED, 2)
    assert len({passage.article_id for passage in found.passages}) == 2
    assert all("46" in passage.text for passage in found.passages)
    assert "2 independent origins" in found.explanation


def test_what_one_origin_reports_has_a_single_source(reports: Mapping[str, EventReports]) -> None:
    found = check(reports[FERRY], "Shares in Tolmar fell 31% in Sundmark.")
    assert (found.status, found.origins) == (Status.SINGLE_SOURCE, 1)


WORDS_OF_THE_MINISTER = "The bow door was not fully closed when the ship left the quay, and the crew knew it"


def test_words_given_to_who_said_them_are_reported_though_others_deny_the_matter(
    reports: Mapping[str, EventReports],
) -> None:
    found = check(reports[FERRY], f'"{WORDS_OF_THE_MINISTER}," said Ilya Marchenkov.')
    assert found.status is Status.REPORTED
    assert found.origins > 1
    assert not found.denials
    assert any("Marchenkov" in name for name in found.said_by)


def test_the_same_told_as_a_fact_is_denied_by_those_who_say_otherwise(reports: Mapping[str, EventReports]) -> None:
    found = check(reports[FERRY], f"{WORDS_OF_THE_MINISTER}.")
    assert found.status is Status.DENIED
    assert any("Tolmar" in (denial.source or "") for denial in found.denials)
    assert all(denial.passages for denial in found.denials)
    assert found.origins > 1
    assert found.root_source == "Ilya Marchenkov"


def test_words_given_to_somebody_else_are_not_reported(reports: Mapping[str, EventReports]) -> None:
    found = check(reports[FERRY], f'"{WORDS_OF_THE_MINISTER}," said Adela Korvin.')
    assert found.status is Status.NOT_REPORTED
    assert not found.denials


def test_an_amount_that_has_been_replaced_is_superseded_by_the_newer_one(reports: Mapping[str, EventReports]) -> None:
    found = check(reports[FIRE], "The wildfire killed one man and destroyed 34 homes in Sorrel Vale on Saturday night.")
    assert found.status is Status.SUPERSEDED
    newer = [amount for amount in found.other_amounts if amount.newer]
    assert {amount.surface for amount in newer} == {"38", "41"}
    assert all(amount.passages for amount in newer)


def test_an_amount_that_nobody_gives_is_not_reported_and_the_reports_is_named(
    reports: Mapping[str, EventReports],
) -> None:
    found = check(reports[FERRY], "The ferry was carrying 320 passengers and crew.")
    assert found.status is Status.NOT_REPORTED
    assert [(amount.surface, amount.newer) for amount in found.other_amounts] == [("230", False)]
    assert "230" in found.explanation


def test_an_amount_of_what_reports_count_otherwise_is_told_with_all_that_they_give(
    reports: Mapping[str, EventReports],
) -> None:
    found = check(reports[FERRY], "Officials said 82 people were hurt in the capsizing.")
    assert found.status is Status.NOT_REPORTED
    assert {amount.surface for amount in found.other_amounts} == {"about 40", "58", "61", "75"}
    assert "Reports give" in found.explanation


def test_an_amount_of_something_else_is_told_with_no_amounts(reports: Mapping[str, EventReports]) -> None:
    assert not check(reports[FERRY], "The rescue service sent 82 people to the scene.").other_amounts


def test_amounts_on_which_sources_disagree_are_told_beside_it(reports: Mapping[str, EventReports]) -> None:
    found = check(reports[VOTE], "About 3,000 people gathered outside the chamber in Vesper, police said.")
    assert found.status is Status.REPORTED
    assert [(amount.surface, amount.newer) for amount in found.other_amounts] == [("Some 10,000", False)]


def test_the_articles_of_one_event_say_nothing_of_another(reports: Mapping[str, EventReports]) -> None:
    pairs = (*zip(list(reports), list(reports)[1:], strict=False), (FERRY, FIRE))
    for name, other in pairs:
        for claim in reports[name].event.claims[::4]:
            for found in check_text(Draft(text=claim.text), reports[other]):
                assert found.status is Status.NOT_REPORTED, (claim.text, found.explanation)
