from services.api.pages.article_index import ArticleIndex
from services.api.pages.name_views import MOST_OUTLETS, name_views
from services.contracts.article import Publisher
from services.contracts.claim import NameLink
from services.contracts.event import EntityVariant, EventEntity
from tests.unit.api.examples import member

ARTICLES = tuple(member(f"art_{number}", publisher=Publisher(name=f"Outlet {number}")) for number in range(9))
INDEX = ArticleIndex(ARTICLES)


def entity(name: str, *forms: tuple[str, NameLink | None, int]) -> EventEntity:
    variants = (
        EntityVariant(surface=surface, link=link, article_ids=tuple(one.article_id for one in ARTICLES[:number]))
        for surface, link, number in forms
    )
    return EventEntity(name=name, type="person", variants=tuple(variants))


def test_another_spelling_is_listed_with_who_uses_it_and_parts_of_the_name_once() -> None:
    marchenkov = entity(
        "Ilya Marchenkov",
        ("Ilya Marchenkov", NameLink.SAME, 2),
        ("Marchenkov", NameLink.PART, 2),
        ("Ilia Marchenkov", NameLink.SPELLING, 1),
    )
    (name,) = name_views([marchenkov], INDEX).spelt
    assert [(variant.surface, variant.outlets) for variant in name.variants] == [
        ("Ilya Marchenkov", ("Outlet 0", "Outlet 1")),
        ("Ilia Marchenkov", ("Outlet 0",)),
    ]
    assert name.shortened == ("Marchenkov",)


def test_a_name_that_is_only_shortened_is_told_without_outlets() -> None:
    names = name_views(
        [entity("Oriane Teskel", ("Oriane Teskel", NameLink.SAME, 4), ("Teskel", NameLink.PART, 1))], INDEX
    )
    assert (names.spelt, names.shortened) == ((), (("Teskel", "Oriane Teskel"),))


def test_initials_are_said_to_be_initials() -> None:
    (name,) = name_views(
        [
            entity(
                "National Bridge Service", ("National Bridge Service", NameLink.SAME, 1), ("NBS", NameLink.ACRONYM, 1)
            )
        ],
        INDEX,
    ).spelt
    assert [variant.how for variant in name.variants] == ["", "initials"]


def test_only_some_outlets_are_named_and_the_others_counted() -> None:
    (name,) = name_views([entity("A", ("A", NameLink.SAME, 9), ("Å", NameLink.SPELLING, 1))], INDEX).spelt
    assert len(name.variants[0].outlets) == MOST_OUTLETS
    assert name.variants[0].more_outlets == 9 - MOST_OUTLETS


def test_names_with_one_form_are_not_listed() -> None:
    names = name_views([entity("A", ("A", NameLink.SAME, 1))], INDEX)
    assert (names.spelt, names.shortened) == ((), ())
