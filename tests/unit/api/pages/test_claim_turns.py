from services.api.pages.claim_turns import in_turn
from services.api.pages.claim_views import ClaimView, Report
from services.api.pages.event_page import event_page
from tests.unit.api.examples import disputed


def view(claim_id: str, *numbers: int | None) -> ClaimView:
    (given, *_) = event_page(disputed(), "evt_d").uncorroborated
    reports = tuple(Report("Post", "/articles/art_1", number, None) for number in numbers)
    return ClaimView(**{**vars(given), "claim_id": claim_id, "reports": reports})


def test_each_article_has_a_claim_in_each_round_in_the_order_of_the_articles() -> None:
    claims = [view("a1", 1), view("a2", 1), view("a3", 1), view("b1", 2), view("c1", 3, 1), view("c2", 3)]
    assert [claim.claim_id for claim in in_turn(claims)] == ["a1", "b1", "c1", "a2", "c2", "a3"]


def test_articles_that_are_not_listed_come_last() -> None:
    claims = [view("x1", None), view("y1"), view("a1", 1), view("a2", 1)]
    assert [claim.claim_id for claim in in_turn(claims)] == ["a1", "x1", "a2", "y1"]
