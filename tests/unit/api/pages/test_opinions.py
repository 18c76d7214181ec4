"""Opinion pieces among the articles of an event: who reads the page sees which they are."""

from services.api.pages.event_page import event_page
from services.api.pages.rendering import Pages
from services.api.pages.structured_data import structured_data
from services.contracts.article import TextKind
from services.contracts.event import Event, Omitted
from tests.unit.api.examples import GAZETTE, POST, event, member
from tests.unit.api.names.named_events import claim, speaker, support

REPORT = member("art_report", publisher=GAZETTE)
COMMENT = member("art_comment", publisher=POST, origin_id="org_2").model_copy(update={"text_kind": TextKind.OPINION})


def commented() -> Event:
    """A report and a comment that share a claim; the comment has one of its own."""
    mayor = speaker("Ada Reyl")
    shared, own = "The port stays closed.", "The port was never safe."
    claims = (
        claim("clm_shared", shared, mayor, [support(article, shared, mayor) for article in (REPORT, COMMENT)]),
        claim("clm_own", own, mayor, [support(COMMENT, own, mayor)]),
    )
    return event(articles=(REPORT, COMMENT)).model_copy(update={"claims": claims})


def words(given: Event) -> str:
    return " ".join(Pages().fragment("event.html", event=event_page(given, "evt_a")).split())


def test_the_page_counts_opinion_pieces_where_it_knows_all_articles() -> None:
    given = commented()
    assert event_page(given, "evt_a").counts.endswith("; 1 opinion piece")
    assert "opinion" not in event_page(event(articles=(REPORT,)), "evt_a").counts
    part = given.model_copy(update={"omitted": Omitted(articles=2)})
    assert "opinion" not in event_page(part, "evt_a").counts


def test_a_report_of_a_claim_says_where_it_is_an_opinion_piece() -> None:
    view = event_page(commented(), "evt_a")
    (shared,) = view.corroborated
    assert [(report.outlet, report.opinion) for report in shared.reports] == [
        (GAZETTE.name, False),
        (POST.name, True),
    ]
    (group,) = view.single
    assert group.opinion
    assert words(commented()).count('<span class="aside">(opinion)</span>') == 2


def test_who_alone_reports_a_claim_is_not_called_the_first() -> None:
    text = words(commented())
    shared, own = text[text.index('id="clm_shared"') :], text[text.index('id="clm_own"') :]
    assert "<span>first 3 March 2026, 12:00 UTC</span>" in shared[: shared.index("</li>")]
    assert "<span>reported 3 March 2026, 12:00 UTC</span>" in own[: own.index("</li>")]


def test_the_page_says_that_an_opinion_piece_counts_as_an_origin() -> None:
    assert "An opinion piece is written by itself, too, and counts as an origin" in words(commented())


def test_machines_are_told_which_article_is_an_opinion_piece() -> None:
    types = {node["@id"]: node["@type"] for node in structured_data(commented())["@graph"]}
    assert types["/articles/art_report"] == "NewsArticle"
    assert types["/articles/art_comment"] == "OpinionNewsArticle"
