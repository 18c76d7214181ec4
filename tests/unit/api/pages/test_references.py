from services.api.pages.article_index import ArticleIndex
from services.api.pages.characters import MOST_TEXT_CHARACTERS
from services.api.pages.references import Piece, References, named_events
from services.contracts.event import ArticleRole, LineageEntry
from tests.unit.api.examples import NEAREST, event, member

EVENT = "evt_00cb0aa61a85bdfac1d4"
ARTICLE = "art_1872c203893ef2e8b649"


def test_ids_give_way_to_names_that_lead_there() -> None:
    references = References(ArticleIndex([member(ARTICLE)]), {EVENT: "Ferry capsizes"})
    assert references.pieces(f"Took up {EVENT}: {ARTICLE} fits (0.5).") == (
        Piece("Took up "),
        Piece("“Ferry capsizes”", f"/events/{EVENT}"),
        Piece(": "),
        Piece("article 1 (Corrow Gazette)", f"/articles/{ARTICLE}"),
        Piece(" fits (0.5)."),
    )


def test_what_is_not_known_by_name_still_leads_there() -> None:
    assert References().pieces(f"{EVENT} and {ARTICLE}") == (
        Piece("another event", f"/events/{EVENT}"),
        Piece(" and "),
        Piece("an article", f"/articles/{ARTICLE}"),
    )


def test_what_is_no_id_stays_as_it_is_and_a_long_sentence_is_cut() -> None:
    assert References().pieces("evt_other and art_1") == (Piece("evt_other and art_1"),)
    (piece,) = References().pieces("a " * MOST_TEXT_CHARACTERS)
    assert len(piece.text) <= MOST_TEXT_CHARACTERS + 1


def test_all_events_that_a_page_names_are_found_once() -> None:
    given = event(articles=(member("art_1", role=ArticleRole.MEMBER), member("art_2", role=ArticleRole.MEMBER)))
    entry = LineageEntry(kind="merge", event_id="evt_taken", reason="")
    assert named_events(given.model_copy(update={"nearest": NEAREST, "lineage": (entry,)})) == [
        "evt_taken",
        "evt_near",
        "evt_other",
    ]
