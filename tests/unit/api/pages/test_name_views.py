import pytest

from services.api.pages.article_index import ArticleIndex
from services.api.pages.name_views import MOST_OUTLETS, has_several_forms, name_views
from services.contracts.article import Publisher
from services.contracts.claim import NameLink
from services.contracts.event import EntityVariant, EventEntity
from tests.unit.api.examples import member

ARTICLES = tuple(member(f"art_{number}", publisher=Publisher(name=f"Outlet {number}")) for number in range(9))
INDEX = ArticleIndex(ARTICLES)
Form = tuple[str, NameLink | None, int]


def entity(name: str, *forms: Form, type_: str = "person") -> EventEntity:
    variants = (
        EntityVariant(surface=surface, link=link, article_ids=tuple(one.article_id for one in ARTICLES[:number]))
        for surface, link, number in forms
    )
    return EventEntity(name=name, type=type_, variants=tuple(variants))


def test_another_spelling_is_listed_with_who_uses_it_and_parts_of_the_name_are_not() -> None:
    marchenkov = entity(
        "Ilya Marchenkov",
        ("Ilya Marchenkov", NameLink.SAME, 2),
        ("Marchenkov", NameLink.PART, 2),
        ("Ilia Marchenkov", NameLink.SPELLING, 1),
    )
    (name,) = name_views([marchenkov], INDEX)
    assert [(variant.surface, variant.outlets) for variant in name.variants] == [
        ("Ilya Marchenkov", ("Outlet 0", "Outlet 1")),
        ("Ilia Marchenkov", ("Outlet 0",)),
    ]


@pytest.mark.parametrize(
    ("name", "form", "link"),
    [
        ("Oriane Teskel", "Teskel", NameLink.PART),
        ("Kim Hak-song", "Kim Hak Song", NameLink.SPELLING),
        ("Coast Guard", "coast guard", NameLink.SPELLING),
        ("National Bridge Service", "NBS", NameLink.ACRONYM),
        ("Washington", "D.C.", NameLink.SPELLING),
        ("Ada Reyl", "@adareyl", NameLink.EXPLAINED),
        ("Ada Reyl", "ada_reyl", NameLink.EXPLAINED),
        ("Outlet Zero", "Outlet 0", NameLink.SPELLING),
    ],
)
def test_forms_that_tell_a_reader_nothing_are_not_listed(name: str, form: str, link: NameLink) -> None:
    assert name_views([entity(name, (name, NameLink.SAME, 2), (form, link, 1))], INDEX) == ()


def test_outlets_that_write_a_form_with_other_hyphens_are_listed_under_it() -> None:
    forms: tuple[Form, ...] = (
        ("Kim Sang-duk", NameLink.SAME, 1),
        ("Kim Sang Duk", NameLink.SPELLING, 2),
        ("Tony Kim", NameLink.EXPLAINED, 1),
    )
    (name,) = name_views([entity("Kim Sang-duk", *forms)], INDEX)
    assert [(variant.surface, variant.how, variant.outlets) for variant in name.variants] == [
        ("Kim Sang-duk", "", ("Outlet 0", "Outlet 1")),
        ("Tony Kim", "as a report explains", ("Outlet 0",)),
    ]


def test_a_persons_name_without_its_middle_initial_is_a_form_of_its_own() -> None:
    forms: tuple[Form, ...] = (("Paul D. Ryan", NameLink.SAME, 1), ("Paul Ryan", NameLink.PART, 2))
    (name,) = name_views([entity("Paul D. Ryan", *forms)], INDEX)
    assert [variant.surface for variant in name.variants] == ["Paul D. Ryan", "Paul Ryan"]
    assert name_views([entity("Paul D. Ryan", *forms, type_="organisation")], INDEX) == ()


def test_only_some_outlets_are_named_and_the_others_counted() -> None:
    (name,) = name_views([entity("Ane", ("Ane", NameLink.SAME, 9), ("Åne", NameLink.SPELLING, 1))], INDEX)
    assert len(name.variants[0].outlets) == MOST_OUTLETS
    assert name.variants[0].more_outlets == 9 - MOST_OUTLETS


@pytest.mark.parametrize(("name", "form"), [("New Tessaly City", "New Tessaly"), ("Sorrel", "Sorrel Sea")])
def test_a_place_by_a_part_of_its_name_is_not_spelt_in_another_way(name: str, form: str) -> None:
    forms = (name, NameLink.SAME, 2), (form, NameLink.SPELLING, 1)
    assert name_views([entity(name, *forms, type_="place")], INDEX) == ()


def test_a_name_with_one_form_is_not_listed() -> None:
    assert name_views([entity("Ane", ("Ane", NameLink.SAME, 1))], INDEX) == ()


def test_names_that_are_only_shortened_take_no_room_from_others() -> None:
    shortened = entity("Ada Reyl", ("Ada Reyl", NameLink.SAME, 1), ("Reyl", NameLink.PART, 1))
    spelt = entity("Ada Reyl", ("Ada Reyl", NameLink.SAME, 1), ("Ada Reil", NameLink.SPELLING, 1))
    assert (has_several_forms(shortened), has_several_forms(spelt)) == (False, True)


def test_other_names_of_a_country_are_not_listed_and_those_of_a_town_are() -> None:
    britain = entity("Britain", ("Britain", NameLink.SAME, 2), ("England", NameLink.SPELLING, 1), type_="place")
    kyiv = entity("Kyiv", ("Kyiv", NameLink.SAME, 2), ("Kiev", NameLink.SPELLING, 1), type_="place")
    assert [entry.name for entry in name_views([britain, kyiv], INDEX)] == ["Kyiv"]
    assert not has_several_forms(britain)


def test_a_name_that_one_outlet_alone_writes_in_two_ways_is_not_listed() -> None:
    forms: tuple[Form, ...] = (("Ilya Marchenkov", NameLink.SAME, 1), ("Ilia Marchenkov", NameLink.SPELLING, 1))
    assert name_views([entity("Ilya Marchenkov", *forms)], INDEX) == ()
