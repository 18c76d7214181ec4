"""Which people, organisations and places an article names, and by which forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.claim import ArticleName, NameLink
from services.extract.extraction import extract
from services.language.spelling import spelling_key
from tests.unit.extract.articles import article, only_claim


def names(text: str) -> dict[str, ArticleName]:
    return {name.name: name for name in extract(article(text)).names}


def forms(name: ArticleName) -> dict[str, NameLink]:
    return {form.surface: form.link for form in name.forms}


def test_a_person_has_the_short_forms_that_fit_nobody_else() -> None:
    found = names("Roads Minister Ada Reyl came to Tarn. Reyl spoke. The crowd cheered Reyl.")
    reyl = found["Ada Reyl"]
    assert (reyl.type, forms(reyl)) == ("person", {"Ada Reyl": NameLink.SAME, "Reyl": NameLink.PART})
    assert [form.mentions for form in reyl.forms] == [1, 2]


def test_a_family_name_that_two_people_bear_is_linked_to_neither() -> None:
    found = names("Gen. Park Jin Ho met Park Min Seo at the gate. Later Park left, and Park Jin Ho stayed.")
    assert set(found) == {"Park Jin Ho", "Park Min Seo", "Park"}


def test_a_title_that_only_one_of_them_bears_tells_two_people_of_one_name_apart() -> None:
    found = names("Mayor Ada Reyl met Judge Tom Reyl. The crowd cheered when Mayor Reyl spoke.")
    assert forms(found["Ada Reyl"]) == {"Ada Reyl": NameLink.SAME, "Reyl": NameLink.PART}


def test_two_forms_with_and_without_a_middle_initial_are_one_person() -> None:
    found = names("Mayor Ada M. Reyl spoke, and Ada Reyl left with Tom Brandt. The crowd cheered Reyl.")
    assert any("Reyl" in forms(name) for name in found.values() if len(name.forms) > 1)


@pytest.mark.parametrize(
    ("text", "full", "short", "link"),
    [
        ("The National Bridge Service (NBS) came.", "National Bridge Service", "NBS", NameLink.EXPLAINED),
        ("The National Bridge Service spoke. The NBS left.", "National Bridge Service", "NBS", NameLink.ACRONYM),
        ("The Main Road Directorate, better known as the DGR, spoke. The DGR left.", "Main Road Directorate", "DGR",
         NameLink.EXPLAINED),
        ("The mayor met Kim Seo-gyu. Officials say Kim Seo Kyu left, and Kim Seo-gyu did not.", "Kim Seo-gyu",
         "Kim Seo Kyu", NameLink.SPELLING),
    ],
)  # fmt: skip
def test_a_short_or_other_form_stands_for_the_full_one(text: str, full: str, short: str, link: NameLink) -> None:
    assert forms(names(text)[full])[short] is link


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The ferry was sold to 21st Century Ferries, its rival.", "21st Century Ferries"),
        ("21st Century Ferries bought the boat in May.", "21st Century Ferries"),
        ("The money came from the Century Foundation in Varn.", "Century Foundation"),
    ],
)
def test_a_name_with_a_century_has_its_ordinal(text: str, name: str) -> None:
    assert name in names(text)
    assert [other for other in names(text) if "Century" in other] == [name]


def test_a_century_that_is_a_time_is_no_name() -> None:
    assert list(names("In the 21st Century ferries are slow, Ada Reyl said.")) == ["Ada Reyl"]


def test_a_form_is_written_as_in_the_text() -> None:
    found = names("Mayor Ada M. Reyl came. The crowd cheered Ada M. Reyl.")
    assert list(forms(found["Ada M. Reyl"])) == ["Ada M. Reyl"]


def test_a_party_and_a_state_in_brackets_are_no_name_of_the_person() -> None:
    found = names("They met Sen. Ada Reyl (R-NY) and then R-NY voters.")
    assert list(forms(found["Ada Reyl"])) == ["Ada Reyl"]


def test_the_before_a_campaign_does_not_make_a_person_a_body() -> None:
    assert names("They joined the Reyl campaign at noon.")["Reyl"].type != "organisation"


def test_two_names_of_one_known_place_are_one() -> None:
    (place,) = names("The train left Kyiv. What was Kiev then, they say, is Kyiv now.").values()
    assert (place.type, place.key, set(forms(place))) == ("place", "UA/kyiv", {"Kyiv", "Kiev"})


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The train left France at noon.", "France", "place"),
        ("They fished in the Lenn River at noon.", "Lenn River", "place"),
        ("They asked the Lenn Port Authority for leave.", "Lenn Port Authority", "organisation"),
        ("They asked the Lenn People's Army for leave.", "Lenn People's Army", "organisation"),
        ("They met President Park Un at noon.", "Park Un", "person"),
        ("They liked the Blue Lantern a lot.", "Blue Lantern", "organisation"),
    ],
)
def test_a_name_has_a_type(text: str, name: str, kind: str) -> None:
    assert names(text)[name].type == kind


def test_a_word_for_where_people_come_from_is_no_name() -> None:
    assert names("They met North Korean and French soldiers in the West.") == {}


def test_a_claim_lists_its_names_as_written_with_their_full_forms() -> None:
    claim = only_claim("Roads Minister Ada Reyl came. Tom Brandt said that Reyl had left France.")
    assert [(entity.name, entity.canonical, entity.type) for entity in claim.entities] == [
        ("Reyl", "Ada Reyl", "person"),
        ("France", "France", "place"),
    ]
    assert all(entity.span.of("Roads Minister Ada Reyl came. Tom Brandt said that Reyl had left France.") == entity.name
               for entity in claim.entities)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelensky", "Zelenskyy"),
        ("Zelenskiy", "Zelenskyi"),
        ("Jong Gyu", "Jong-kyu"),
        ("José Müller", "Jose Mueller"),
        ("Ilya", "Ilia"),
        ("Qaddafi", "Kaddafi"),
        ("Medvedev", "Medvedeff"),
        ("O'Neill", "ONeill"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert spelling_key(tuple(one.split())) == spelling_key(tuple(other.split()))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Maria", "Mario"), ("Jong Un", "Jong Gyu"), ("Paul", "Paula"), ("Jason", "Mason"), ("Iran", "Iraq")],
)
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert spelling_key(tuple(one.split())) != spelling_key(tuple(other.split()))


def test_a_short_first_name_shares_the_key_of_its_full_form() -> None:
    short, full = names("Mayor Doug Reyl came to Tarn."), names("Mayor Douglas Reyl came to Tarn.")
    assert short["Doug Reyl"].key == full["Douglas Reyl"].key


@given(st.text(max_size=40))
def test_any_word_has_a_key_that_is_its_own_key_again(word: str) -> None:
    key = spelling_key((word,))
    assert spelling_key((key,)).split() == spelling_key(tuple(key.split())).split()


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Nobody spoke of Karen Voss, who had come.", "Karen Voss", "person"),
        ("Those were the Karen Voss payments of last year.", "Karen Voss", "person"),
        ("They crossed the Karen Voss Bridge at night.", "Karen Voss Bridge", "place"),
        ("They studied at Karen Voss University for years.", "Karen Voss University", "organisation"),
        ("They asked anchor Karen Voss and Republican Peter Reyl.", "Peter Reyl", "person"),
        ("They were led by Otto van Reyl all night.", "Otto van Reyl", "person"),
    ],
)
def test_a_common_first_name_tells_a_person(text: str, name: str, kind: str) -> None:
    assert names(text)[name].type == kind


@pytest.mark.parametrize("word", ["Republican", "Muslims", "R-Ohio", "Kurdish"])
def test_what_people_are_is_no_name(word: str) -> None:
    assert names(f"They met the {word} voters of Corrow at night.").keys() == {"Corrow"}


def test_a_house_is_not_short_for_another_house() -> None:
    assert set(names("The White House spoke. Then the House met, and the White House waited.")) == {
        "White House",
        "House",
    }


def test_a_headline_names_only_what_the_text_names_too() -> None:
    text = (
        "Voss Bridge Service Closes Port Eldrin Roads After Storm\nThe Voss Bridge Service shut roads in Port Eldrin."
    )
    assert set(names(text)) == {"Voss Bridge Service", "Port Eldrin"}
