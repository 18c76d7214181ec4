"""What a receipt says of one report: the check, and why it fails."""

from services.api.receipts.receipt import ClaimReceipt, claim_receipts
from services.contracts.article import Article
from services.contracts.event import Event
from tests.unit.api.examples import CLAIMS, NOON, TEXT, citing, extracted


def receipt(event: Event, *articles: Article) -> ClaimReceipt:
    (made,) = claim_receipts(event, event.claims[:1], {article.article_id: article for article in articles})
    return made


def test_a_text_with_the_words_at_the_span_and_the_hash_of_then_is_verified() -> None:
    article = extracted("art_1").article
    made = receipt(citing("art_1"), article)
    (report,) = made.reports
    assert (made.verified, made.reports_verified) == (True, 1)
    assert (report.verdict, report.problem) == ("verified", None)
    assert (report.text, TEXT[report.span.start : report.span.end]) == (CLAIMS[0], CLAIMS[0])
    assert (report.received_at, report.content_hash) == (NOON, article.content_hash)
    assert made.page == "/events/evt_c@1#clm_dead"


def test_a_receipt_leads_to_the_words_here_and_at_the_outlet() -> None:
    (report,) = receipt(citing("art_1"), extracted("art_1").article).reports
    assert report.page == "/articles/art_1#clm_dead_art_1"
    words = "Nine%20people%20died%2C%20the%20port%20said."
    assert report.outlet_url == f"https://corrowgazette.example/ferry#:~:text={words}"


def test_a_text_that_is_no_longer_kept_cannot_be_verified() -> None:
    (report,) = receipt(citing("art_1")).reports
    assert report.verdict == "missing"
    assert report.problem == "Not verifiable: the text is no longer kept."
    assert (report.stored_revision, report.received_at, report.content_hash) == (None, None, None)


def test_of_a_later_revision_it_is_said_whether_the_words_still_stand_there() -> None:
    same = extracted("art_1", 2).article
    other = extracted("art_1", 2, text=f"Corrected. {TEXT}").article
    for article, there in ((same, "has the same words"), (other, "does not have these words")):
        (report,) = receipt(citing("art_1"), article).reports
        assert (report.verdict, report.revision, report.stored_revision) == ("outdated", 1, 2)
        assert report.problem == (
            f"Not verifiable: the text of revision 1 is no longer kept. Revision 2 {there} at this place."
        )


def test_a_text_that_was_changed_is_found_by_its_hash_and_other_words_by_themselves() -> None:
    kept = extracted("art_1").article
    changed = kept.model_copy(update={"text": TEXT.replace("Nine", "Four")})
    assert receipt(citing("art_1"), changed).reports[0].problem == (
        "The stored title and text are not those that were published: their hash differs."
    )
    other = extracted("art_1", text=TEXT.replace("Nine", "Four"), claims=()).article
    made = receipt(citing("art_1"), other)
    assert not made.verified
    assert made.reports[0].problem == "The stored text has other words at this place."


def test_one_report_that_fails_does_not_hide_those_that_do_not() -> None:
    made = receipt(citing("art_1", "art_2"), extracted("art_1").article)
    assert [report.verdict for report in made.reports] == ["verified", "missing"]
    assert (made.verified, made.reports_verified) == (False, 1)
