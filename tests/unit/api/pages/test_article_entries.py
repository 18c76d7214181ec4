import pytest

from services.api.pages import phrases
from services.api.pages.article_entries import article_entries, article_groups, unknown_note
from services.api.pages.references import References
from services.contracts.article import Publisher, TextKind
from services.contracts.event import EventArticle, Origin
from tests.unit.api.examples import disputed, member


def bare(article_id: str) -> EventArticle:
    return member(article_id, publisher=Publisher(), title=None, url=None).model_copy(update={"published_at": None})


def test_reprints_stand_under_the_first_article_of_their_origin_and_keep_their_numbers() -> None:
    articles = disputed().articles
    origins = [Origin(origin_id="org_1", article_ids=("art_1", "art_3"), wire_credit="NRA")]
    groups = article_groups(articles, origins, References(), are_all=True)
    assert [[entry.number for entry in group.entries] for group in groups] == [[1, 3], [2]]
    assert [group.credit for group in groups] == ["NRA", None]
    assert [group.strip.words if group.strip else None for group in groups] == [
        "1 independent origin, 1 reprint",
        None,
    ]


def test_what_is_not_known_of_any_article_is_said_once() -> None:
    assert unknown_note([bare("art_1"), bare("art_2")]) == "The outlet, title and date of these articles are not known."
    assert unknown_note([bare("art_1")]) == "The outlet, title and date of this article are not known."
    untitled = [member(name, title=None) for name in ("art_1", "art_2")]
    assert unknown_note(untitled) == "The title of these articles is not known."


def test_what_is_not_known_of_some_articles_is_counted() -> None:
    articles = [member("art_1"), member("art_2", title="\u200b"), member("art_3", publisher=Publisher())]
    assert unknown_note(articles) == (
        "The outlet of 1 of 3 articles is not known. The title of 1 of 3 articles is not known."
    )


def test_nothing_is_said_where_all_is_known() -> None:
    assert unknown_note(disputed().articles) is None
    assert unknown_note([]) is None


def test_an_article_that_is_no_plain_report_says_what_it_is() -> None:
    opinion = member("art_1").model_copy(update={"text_kind": TextKind.OPINION})
    first, second = article_entries([opinion, member("art_2", origin_id="org_2")], References(), are_all=True)
    assert (first.role, first.text_kind, second.role, second.text_kind) == ("opinion", None, "own report", None)


@pytest.mark.parametrize(
    ("changes", "role"),
    [
        ({"wire_credit": "NRA", "wire_contributed": True}, "own report with material from NRA"),
        ({"wire_credit": "NRA"}, "credited to NRA"),
        ({"wire_credit": "corrow gazette"}, "own report"),
        (
            {"wire_credit": "NRA", "wire_contributed": True, "text_kind": TextKind.OPINION},
            "opinion with material from NRA",
        ),
        ({}, "own report"),
    ],
)
def test_an_agency_that_wrote_a_text_is_told_from_one_that_contributed(changes: dict[str, object], role: str) -> None:
    (entry,) = article_entries([member("art_1").model_copy(update=changes)], References(), are_all=True)
    assert entry.role == role


def test_the_credit_of_an_origin_is_not_told_again_beside_that_of_an_article() -> None:
    credited = member("art_1").model_copy(update={"wire_credit": "NRA"})
    origins = [Origin(origin_id="org_1", article_ids=("art_1", "art_2"), wire_credit="NRA")]
    (group,) = article_groups([credited, member("art_2")], origins, References(), are_all=True)
    assert group.credit is None
    assert [entry.role for entry in group.entries] == ["credited to NRA", "own report"]


def test_every_kind_of_text_has_words() -> None:
    assert set(phrases.TEXT_KIND) == set(TextKind)
