import random
from collections.abc import Iterable

import pytest

from services.contracts.base import Span
from services.contracts.claim import ArticleName, NameForm, NameLink
from services.contracts.event import EventEntity
from services.dedupe.merging.sources.entities import EventEntities
from services.language.spelling import spelling_key


def named(
    outlet: str, name: str, *others: tuple[str, NameLink], kind: str = "person", key: str | None = None
) -> tuple[str, ArticleName]:
    written = ((name, NameLink.SAME), *others)
    forms = tuple(NameForm(surface=form, span=Span(start=0, end=1), mentions=1, link=link) for form, link in written)
    return outlet, ArticleName(name=name, type=kind, key=key or spelling_key(tuple(name.split())), forms=forms)


def linked(told: Iterable[tuple[str, ArticleName]]) -> tuple[EventEntity, ...]:
    by_outlet: dict[str, list[ArticleName]] = {}
    for outlet, name in told:
        by_outlet.setdefault(outlet, []).append(name)
    entities = EventEntities()
    entities.update_articles(by_outlet)
    return entities.list_entities()


def test_a_name_has_its_spellings_with_who_uses_them() -> None:
    told = [named("herald", "Ilya Marchenkov"), named("post", "Ilya Marchenkov"), named("gazette", "Ilia Marchenkov")]
    (entity,) = linked(told)
    assert entity.name == "Ilya Marchenkov"
    assert [(variant.surface, variant.article_ids, variant.link) for variant in entity.variants] == [
        ("Ilya Marchenkov", ("herald", "post"), NameLink.SAME),
        ("Ilia Marchenkov", ("gazette",), NameLink.SPELLING),
    ]


def test_a_family_name_that_fits_two_people_is_linked_to_neither() -> None:
    told = [named("herald", "Kim Jong Gyu"), named("post", "Kim Jong Un"), named("gazette", "Kim")]
    assert {entity.name for entity in linked(told)} == {"Kim Jong Gyu", "Kim Jong Un", "Kim"}


def test_a_family_name_stays_with_the_person_whom_its_own_article_means() -> None:
    told = [named("herald", "Kim Jong Gyu", ("Kim", NameLink.PART)), named("post", "Kim Jong Un")]
    (gyu,) = [entity for entity in linked(told) if entity.name == "Kim Jong Gyu"]
    (kim,) = [variant for variant in gyu.variants if variant.surface == "Kim"]
    assert (kim.article_ids, kim.link, kim.shown_in) == (("herald",), NameLink.PART, ("herald",))


def test_a_short_name_joins_the_only_person_of_another_article_whom_it_fits() -> None:
    (entity,) = linked([named("herald", "Ada Reyl"), named("post", "Reyl", kind="unknown")])
    assert [(variant.surface, variant.link, variant.shown_in) for variant in entity.variants] == [
        ("Ada Reyl", NameLink.SAME, ()),
        ("Reyl", NameLink.PART, ()),
    ]


def test_a_kings_name_is_not_that_of_his_son() -> None:
    told = [named("herald", "Salwan"), named("post", "Faris bin Salwan"), named("gazette", "bin Salwan")]
    assert {entity.name for entity in linked(told)} == {"Salwan", "Faris bin Salwan"}


def test_initials_stand_for_the_only_given_names_that_they_fit() -> None:
    (entity,) = linked([named("herald", "A. Reyl"), named("post", "Ada Reyl")])
    assert (entity.name, [variant.link for variant in entity.variants]) == ("Ada Reyl", [NameLink.PART, NameLink.SAME])
    told = [named("herald", "A. Reyl"), named("post", "Ada Reyl"), named("gazette", "Alan Reyl")]
    assert len(linked(told)) == 3


def test_given_names_that_look_alike_are_two_people() -> None:
    told = [named("herald", "Maria Voss"), named("post", "Mario Voss"), named("gazette", "Paul Voss")]
    assert len(linked(told)) == 3


@pytest.mark.parametrize(("one", "other"), [("Marchenkov", "Marchenkow"), ("Lukashenko", "Lukashenka")])
def test_long_family_names_that_look_alike_are_one_under_one_given_name(one: str, other: str) -> None:
    assert len(linked([named("herald", f"Ilya {one}"), named("post", f"Ilya {other}")])) == 1


def test_an_acronym_joins_the_name_that_another_article_explains() -> None:
    told = [
        named("herald", "Main Road Directorate", ("DGR", NameLink.EXPLAINED), kind="organisation"),
        named("post", "DGR", kind="organisation"),
    ]
    (entity,) = linked(told)
    assert [(variant.surface, variant.link, variant.shown_in) for variant in entity.variants] == [
        ("DGR", NameLink.EXPLAINED, ("herald",)),
        ("Main Road Directorate", NameLink.SAME, ()),
    ]


def test_an_acronym_that_fits_two_names_joins_neither() -> None:
    told = [named(outlet, name, kind="organisation") for outlet, name in
            (("herald", "National Bridge Service"), ("post", "Northern Bank Society"), ("gazette", "NBS"))]  # fmt: skip
    assert len(linked(told)) == 3


def test_two_names_of_one_place_are_one_entity() -> None:
    told = [named("herald", "Kyiv", kind="place", key="UA/kyiv"), named("post", "Kiev", kind="place", key="UA/kyiv")]
    (entity,) = linked(told)
    assert [variant.surface for variant in entity.variants] == ["Kiev", "Kyiv"]


def test_the_order_of_articles_makes_no_difference() -> None:
    told = [
        named("a", "Kim Jong Gyu", ("Kim", NameLink.PART)),
        named("b", "Kim Jong Un"),
        named("c", "Kim", kind="unknown"),
        named("d", "KCNA", kind="organisation"),
        named("e", "Korean Central News Agency", kind="organisation"),
        named("f", "Kim Jong-kyu"),
    ]
    first = linked(told)
    for seed in range(5):
        assert linked(random.Random(seed).sample(told, len(told))) == first
