"""What sources dispute, which is not where reports differ."""

from collections.abc import Sequence

import pytest

from services.api.pages.article_index import ArticleIndex
from services.api.pages.event_page import event_page
from services.api.pages.plots.claim_matrix import Cell, claim_matrix
from services.api.pages.rendering import Pages
from services.api.syndication.entries import entry_of
from services.contracts.claim import Commitment
from services.contracts.event import Event, Omitted
from services.contracts.event_claims import Contradiction, ContradictionKind, Position
from tests.unit.api.examples import GAZETTE, NOON, POST, event, member
from tests.unit.api.names.named_events import CALM, claim, speaker, support

OUTLETS = {
    name: member(f"art_{name}", publisher=publisher, origin_id=f"org_{name}")
    for name, publisher in (("gazette", GAZETTE), ("post", POST), ("calm", CALM))
}


def accused(accusing: Sequence[str], denying: Sequence[str], *, denier: str | None = "Tolmar Works") -> Event:
    """An event in which some outlets report an accusation, and some its denial."""
    auditor, works = speaker("Ada Reyl"), speaker(denier) if denier else None
    words, denial = "The works hid the cracks.", "The works hid nothing."
    claims = (
        claim("clm_says", words, auditor, [support(OUTLETS[name], words, auditor) for name in accusing]),
        claim(
            "clm_denies",
            denial,
            works,
            [support(OUTLETS[name], denial, works) for name in denying],
            commitment=Commitment.DENIES,
        ),
    )
    contradiction = Contradiction(
        kind=ContradictionKind.POLARITY,
        sides=("clm_says", "clm_denies"),
        positions=(
            Position(claim_id="clm_says", says="says so", source="Ada Reyl"),
            Position(claim_id="clm_denies", says="denies", source=denier),
        ),
        explanation="Ada Reyl said “The works hid the cracks.”; Tolmar Works denied it.",
    )
    return event(articles=tuple(OUTLETS.values())).model_copy(
        update={"claims": claims, "contradictions": (contradiction,)}
    )


def words(given: Event) -> str:
    return " ".join(Pages().fragment("event.html", event=event_page(given, "evt_a")).split())


@pytest.mark.parametrize(
    ("accusing", "denying"),
    [(["gazette"], ["gazette"]), (["gazette", "post"], ["gazette"]), (["post"], ["post", "calm"])],
)
def test_a_denial_beside_the_accusation_is_what_sources_dispute(accusing: list[str], denying: list[str]) -> None:
    view = event_page(accused(accusing, denying), "evt_a")
    assert (len(view.disagreements), len(view.disputed), view.differs) == (0, 1, False)


def test_what_sources_dispute_has_a_heading_of_its_own() -> None:
    text = words(accused(["gazette", "post"], ["gazette"]))
    assert '<h2 id="differ">What sources dispute</h2>' in text
    assert "Where reports differ" not in text.split("</header>", 1)[1].split("<footer", 1)[0]


def test_reports_that_have_one_side_each_differ() -> None:
    for accusing, denying in ((["gazette"], ["post"]), (["gazette", "post"], ["post", "calm"])):
        view = event_page(accused(accusing, denying), "evt_a")
        assert (len(view.disagreements), len(view.disputed), view.differs) == (1, 0, True)
    assert '<h2 id="differ">Where reports differ</h2>' in words(accused(["gazette"], ["post"]))


def test_an_outlet_that_says_otherwise_in_its_own_words_differs() -> None:
    view = event_page(accused(["gazette"], ["gazette"], denier=None), "evt_a")
    assert (len(view.disagreements), len(view.disputed)) == (1, 0)


def test_who_leaves_the_denial_out_does_not_differ_in_the_table() -> None:
    def cells(given: Event) -> set[Cell]:
        matrix = claim_matrix(given, {"clm_says", "clm_denies"}, ArticleIndex(given.articles))
        assert matrix is not None
        return {cell for row in matrix.rows for cell in row.cells}

    assert Cell.DIFFERS not in cells(accused(["gazette", "post"], ["gazette"]))
    assert Cell.DIFFERS in cells(accused(["gazette"], ["post"]))


def test_an_entry_of_a_feed_keeps_what_sources_dispute_apart_too() -> None:
    def written(given: Event) -> tuple[str, str]:
        entry = entry_of(given, NOON)
        return entry.summary, Pages().fragment("feed_entry.html", entry=entry, base="")

    summary, text = written(accused(["gazette", "post"], ["gazette"]))
    assert summary.endswith("; sources dispute 1 point.")
    assert "<h2>What sources dispute</h2>" in text
    assert "Where reports differ" not in text
    summary, text = written(accused(["gazette"], ["post"]))
    assert summary.endswith("; reports differ in 1 point.")
    assert "<h2>Where reports differ</h2>" in text
    assert "What sources dispute" not in text


def test_an_entry_of_a_feed_counts_disagreements_that_its_snapshot_lacks_apart() -> None:
    given = accused(["gazette"], ["post"]).model_copy(update={"omitted": Omitted(contradictions=1)})
    entry = entry_of(given, NOON)
    assert entry.summary.endswith("; reports differ in 1 point; 1 more disagreement.")
    assert "1 more disagreement is not listed here." in Pages().fragment("feed_entry.html", entry=entry, base="")


def test_the_page_promises_nothing_where_it_marks_no_difference() -> None:
    text = words(event(articles=tuple(OUTLETS.values())))
    assert "It marks none here, which does not mean that they agree." in text
    assert text.count("Newsweave marks a difference") == 1
