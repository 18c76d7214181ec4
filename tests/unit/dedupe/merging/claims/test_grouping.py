import random

import pytest

from services.contracts.claim import Claim, ClaimKind, Commitment
from services.contracts.quantity import Bound
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.claim_group import ClaimGroup
from services.dedupe.merging.claims.claim_similarity import ClaimSimilarity
from services.dedupe.merging.claims.group_changes import GroupChanges
from services.dedupe.merging.claims.grouping import group_claims
from services.dedupe.merging.claims.merged_claim import MergedClaims
from services.dedupe.merging.claims.report import Report
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

QUOTE = "The bow door was not fully closed when the ship left the quay, and the crew knew it"
NEAR = direction(1)


def told(
    outlet: str,
    text: str,
    *,
    kind: ClaimKind = ClaimKind.STATEMENT,
    days: float | None = 0.0,
    origin: str | None = None,
    quoted: str | None = None,
    speaker: str | None = None,
    figures: tuple[tuple[str, float, str | None, Bound], ...] = (),
    commitment: Commitment = Commitment.ASSERTS,
    negated: bool = False,
) -> Report:
    """A claim that is the whole text of an article; all vectors are close to each other."""
    article = make_article(outlet, f"{text} {speaker or ''}.", days=days)
    claim: Claim = make_claim(
        article,
        text,
        kind=kind,
        quoted=quoted,
        speaker=speaker,
        figures=figures,
        commitment=commitment,
        negated=negated,
    )
    vector = round_to_whole_numbers(direction(len(text), NEAR, 0.1))
    return make_report(article, origin or f"org_{outlet}", claim, vector)


def groups(*reports: Report) -> list[list[str]]:
    return [[one.article.publisher.name or "" for one in group.reports] for group in group_claims(reports)]


def quote(outlet: str, text: str, *, days: float = 0.0, speaker: str | None = "Ilya Marchenkov") -> Report:
    return told(outlet, text, kind=ClaimKind.QUOTATION, days=days, speaker=speaker)


def dead(outlet: str, surface: str, value: float) -> Report:
    text = f"{surface} people were killed when the ferry capsized off Port Eldrin"
    return told(outlet, text, figures=((surface, value, "people", Bound.EXACT),))


def test_one_quotation_in_three_outlets_is_one_claim() -> None:
    cut = "not fully closed when the ship left the quay"
    found = group_claims([quote("post", QUOTE, days=2), quote("herald", QUOTE), quote("courier", cut, days=1)])
    assert len(found) == 1
    merged = MergedClaims().update_claims(GroupChanges(new=[found[0]]))[0]
    assert merged.text == QUOTE
    assert [support.publisher.name for support in merged.supports] == ["Herald", "Courier", "Post"]
    assert merged.variants == (cut,)
    assert merged.claim_id == merged.supports[0].claim_id
    assert merged.origins == 3
    assert merged.first_reported_at == merged.supports[0].published_at


def test_a_sentence_that_quotes_in_part_supports_the_quotation_whose_words_are_canonical() -> None:
    part = "was not fully closed when the ship left the quay"
    sentence = told("courier", f"Tolmar rejects a claim that the door {part} on Tuesday evening at all", quoted=part)
    found = group_claims([sentence, quote("herald", QUOTE)])
    assert len(found) == 1
    assert MergedClaims().update_claims(GroupChanges(new=[found[0]]))[0].text == QUOTE


def test_a_fragment_of_two_words_proves_nothing() -> None:
    assert len(groups(quote("herald", QUOTE), quote("post", "the crew"))) == 2


def test_reprints_do_not_corroborate() -> None:
    text = "The ferry had passed a safety inspection in November"
    found = group_claims([told("herald", text, origin="org_1"), told("post", text, origin="org_1")])
    assert MergedClaims().update_claims(GroupChanges(new=[found[0]]))[0].origins == 1


def test_statements_with_the_same_meaning_merge() -> None:
    one = told("herald", "The ferry had passed a safety inspection in November", speaker="Ilya Marchenkov")
    other = told("post", "In November the ferry passed an inspection of its safety", speaker="Ilya Marchenkov")
    assert len(groups(one, other)) == 1


def test_a_quotation_told_in_the_outlet_s_words_is_supported_by_them() -> None:
    told_again = told(
        "post", "the bow door was not closed when the ship left, as the crew knew", speaker="Ilya Marchenkov"
    )
    (group,) = group_claims([quote("herald", QUOTE), told_again])
    assert MergedClaims().update_claims(GroupChanges(new=[group]))[0].text == QUOTE


def test_a_translation_of_a_quotation_in_other_words_is_that_quotation() -> None:
    other = "The crew knew that the bow door was not closed as the ship was leaving the quay"
    assert len(groups(quote("herald", QUOTE), quote("post", other))) == 1


def test_a_vaguer_report_of_one_assertion_is_that_assertion() -> None:
    vague = told("post", "People were killed when the ferry capsized off Port Eldrin")
    assert len(groups(dead("herald", "14", 14), vague)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (dead("herald", "14", 14), dead("post", "20", 20)),
        (
            told("herald", "The door of the ferry was closed when it left"),
            told("post", "The door of the ferry was not closed when it left"),
        ),
        (
            told("herald", "The company left the door of the ferry open"),
            told("post", "The company left the door of the ferry open then", commitment=Commitment.DENIES),
        ),
        (
            told("herald", "The ferry was safe in every respect", speaker="Ilya Marchenkov"),
            told("post", "The ferry was safe in every way", speaker="Greta Hallorin"),
        ),
    ],
    ids=["figures", "negation", "denial", "speakers"],
)
def test_similar_claims_that_differ_in_a_slot_stay_apart(one: Report, other: Report) -> None:
    assert len(groups(one, other)) == 2
    similarity = ClaimSimilarity()
    assert similarity.fails_quick_merge_check(one, other) or similarity.has_merge_veto(one, other)
    assert similarity.fails_quick_merge_check(other, one) or similarity.has_merge_veto(other, one)


def test_a_name_spelt_in_two_ways_is_no_veto() -> None:
    found = groups(quote("herald", QUOTE), quote("post", QUOTE, speaker="Ilia Marchenkov"))
    assert found == [["Herald", "Post"]]


def test_the_same_figure_merges_across_wordings() -> None:
    one = dead("herald", "14", 14)
    text = "Fourteen people died when the ferry capsized off Port Eldrin"
    other = told("post", text, figures=(("Fourteen", 14, "people", Bound.EXACT),))
    assert len(groups(one, other)) == 1


def cabins(outlet: str, text: str, *values: tuple[str, float, Bound], days: float, origin: str | None = None) -> Report:
    figures = tuple((word, value, "cabins", bound) for word, value, bound in values)
    return told(outlet, text, days=days, figures=figures, origin=origin)


@pytest.mark.parametrize(
    ("text", "numbers", "is_shown"),
    [
        ("74 holiday cabins around all of Lantern Bay have burned down", [("74", 74, Bound.EXACT)], False),
        ("70 holiday cabins around all of Lantern Bay have burned down", [("70", 70, Bound.EXACT)], True),
        (
            "Some 70 holiday cabins and 2 staff cabins around Lantern Bay have burned",
            [("Some 70", 70, Bound.ABOUT), ("2", 2, Bound.EXACT)],
            True,
        ),
    ],
    ids=["another number", "the same number", "one number more"],
)
def test_a_claim_of_one_origin_is_shown_in_the_longest_words_whose_numbers_the_first_report_supports(
    text: str, numbers: list[tuple[str, float, Bound]], is_shown: bool
) -> None:
    first = "Some 70 holiday cabins around Lantern Bay have burned"
    one = cabins("herald", first, ("Some 70", 70, Bound.ABOUT), days=0, origin="org_herald")
    (group,) = group_claims([one, cabins("post", text, *numbers, days=1, origin="org_herald")])
    assert group.canonical.claim.text == (text if is_shown else first)


SHORT = "The electoral act passed the chamber on Friday"
DETAILED = "The electoral act passed the chamber on Friday while a green lamp glowed at the desk of an absent deputy"


def test_a_claim_of_two_origins_is_shown_without_the_details_that_one_of_them_adds() -> None:
    (group,) = group_claims([told("herald", DETAILED, days=0), told("post", SHORT, days=1)])
    assert group.canonical.claim.text == SHORT


def test_details_that_most_origins_add_are_shown() -> None:
    reports = [told("herald", SHORT, days=0), told("post", DETAILED, days=1), told("times", f"{DETAILED}.", days=2)]
    (group,) = group_claims(reports)
    assert group.canonical.claim.text.removesuffix(".") == DETAILED


def test_words_that_a_second_origin_prints_as_well_are_shown() -> None:
    reports = [told("herald", SHORT, days=0), told("post", DETAILED, days=1), told("times", DETAILED, days=2)]
    (group,) = group_claims(reports)
    assert group.canonical.claim.text == DETAILED


@pytest.mark.parametrize("opening", ["It passed", "That it passed", "It’s passed"])
def test_a_clause_that_names_its_subject_is_shown_before_one_with_a_pronoun(opening: str) -> None:
    one = told("herald", DETAILED, days=0)
    other = told("post", SHORT.replace("The electoral act passed", opening), days=1)
    (group,) = group_claims([one, other])
    assert group.canonical.claim.text == DETAILED


def test_a_bridge_does_not_join_what_is_vetoed() -> None:
    one, other = dead("herald", "14", 14), dead("post", "20", 20)
    both = told(
        "courier",
        "14 people were killed when the ferry capsized off Port Eldrin, later 20",
        figures=(("14", 14, "people", Bound.EXACT), ("20", 20, "people", Bound.EXACT)),
    )
    assert all(
        not ({"Herald", "Post"} <= {one.article.publisher.name for one in group.reports})
        for group in group_claims([one, both, other])
    )


def test_groups_do_not_depend_on_the_order_of_claims() -> None:
    reports = [quote(f"outlet{n}", QUOTE, days=n % 3) for n in range(4)]
    reports += [dead(f"paper{n}", str(10 + n % 2), 10 + n % 2) for n in range(4)]
    expected: list[ClaimGroup] = group_claims(reports)
    for seed in range(5):
        shuffled = random.Random(seed).sample(reports, len(reports))
        again = MergedClaims().update_claims(GroupChanges(new=group_claims(shuffled)))
        assert again == MergedClaims().update_claims(GroupChanges(new=expected))


def test_no_claims_give_no_groups() -> None:
    assert group_claims([]) == []
