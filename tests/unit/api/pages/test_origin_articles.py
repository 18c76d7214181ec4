from services.api.pages.article_entries import article_groups
from services.api.pages.origin_articles import find_reprints, further_words, texts_and_reprints
from services.api.pages.plots.corroboration import strip
from services.api.pages.references import References
from services.contracts.article import Publisher
from services.contracts.event import ArticleRole, EventArticle, Origin
from tests.unit.api.examples import member


def article(
    number: int, outlet: str | None, role: ArticleRole = ArticleRole.MEMBER, *, origin: int = 1
) -> EventArticle:
    return member(f"art_{number}", publisher=Publisher(name=outlet), role=role, origin_id=f"org_{origin}")


POST = article(1, "Post", ArticleRole.FOUNDER)
POST_AGAIN = article(2, "Post")
COPY = article(3, "Gazette", ArticleRole.REPRINT)
OTHER = article(4, "Mail", origin=2)


def test_a_second_article_of_an_outlet_is_no_reprint() -> None:
    assert find_reprints([POST, POST_AGAIN, OTHER]) == set()


def test_an_outlet_that_prints_its_own_text_again_reprints_it() -> None:
    assert find_reprints([POST, article(2, "Post", ArticleRole.REPRINT)]) == {"art_2"}


def test_another_outlet_with_a_version_of_a_text_reprints_it_even_if_its_article_came_in_first() -> None:
    edited, founder = article(5, "Gazette"), article(6, None, ArticleRole.FOUNDER)
    assert find_reprints([article(4, "Post"), edited, founder]) == {"art_5", "art_6"}


def test_a_reprint_whose_text_is_not_listed_is_still_one() -> None:
    assert find_reprints([COPY]) == {"art_3"}


def test_more_articles_of_an_outlet_are_no_dots_and_no_reprints() -> None:
    dots = strip(2, texts_and_reprints([POST, POST_AGAIN, COPY, OTHER]))
    assert (len(dots.filled), len(dots.hollow), dots.words) == (2, 1, "2 independent origins, 1 reprint")


def test_the_list_says_what_part_each_text_plays() -> None:
    first, second = article_groups([POST, POST_AGAIN, COPY, OTHER], (), References(), are_all=True)
    assert [entry.role for entry in first.entries] == ["the text that 1 other reprints", "own report", "reprint"]
    assert [entry.reprint_of for entry in first.entries] == [None, None, 1]
    assert (first.further, first.strip is not None) == ("1 reprint, 1 more article of the same outlet", True)
    assert ([entry.role for entry in second.entries], second.further) == (["own report"], "")


def test_reprints_are_not_counted_where_some_articles_are_not_listed() -> None:
    (group,) = article_groups([POST, COPY], (), References(), are_all=False)
    assert [entry.role for entry in group.entries] == ["a text that others reprint", "reprint"]


def test_articles_of_the_same_outlet_alone_need_no_dots() -> None:
    (group,) = article_groups([POST, POST_AGAIN], (), References(), are_all=True)
    assert (group.further, group.strip) == ("1 more article of the same outlet", None)


def test_the_agency_that_texts_credit_is_not_named_where_it_has_the_first_of_them() -> None:
    origins = [Origin(origin_id="org_1", article_ids=("art_1", "art_3"), wire_credit="Post")]
    (group,) = article_groups([POST, COPY], origins, References(), are_all=True)
    assert group.credit is None


def test_further_articles_are_counted_by_kind() -> None:
    assert [further_words(*counts) for counts in ((0, 0), (2, 0), (0, 2))] == [
        "",
        "2 reprints",
        "2 more articles of the same outlet",
    ]
