import pytest

from services.dedupe.merging.names import entities
from services.dedupe.merging.reports import Report, report, same_name, whole_numbers
from tests.support.dedupe_articles import direction, make_article, make_claim


def spoken(outlet: str, speaker: str) -> Report:
    article = make_article(outlet, f"The ship was safe, said {speaker}.")
    claim = make_claim(article, "The ship was safe", speaker=speaker)
    return report(article, f"org_{outlet}", claim, whole_numbers(direction(1)))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ilya Marchenkov", "Ilia Marchenkov", True),
        ("Ilya Marchenkov", "Marchenkov", True),
        ("Kim Jong Gyu", "Kim Jong-kyu", True),
        ("Kim Jong Gyu", "Kim Jong Un", False),
        ("Ilya Marchenkov", "Greta Hallorin", False),
        ("Jos\u00e9 Orzan", "Jose Orzan", True),
        ("", "Orzan", True),
    ],
)
def test_forms_of_one_name(one: str, other: str, expected: bool) -> None:
    assert same_name(one, other) is expected
    assert same_name(other, one) is expected


def test_a_name_has_its_spellings_with_who_uses_them() -> None:
    reports = [
        spoken("herald", "Ilya Marchenkov"),
        spoken("post", "Ilya Marchenkov"),
        spoken("gazette", "Ilia Marchenkov"),
    ]
    (entity,) = entities(reports)
    assert entity.name == "Ilya Marchenkov"
    assert [(variant.surface, len(variant.article_ids)) for variant in entity.variants] == [
        ("Ilya Marchenkov", 2),
        ("Ilia Marchenkov", 1),
    ]


def test_a_family_name_that_fits_two_people_is_linked_to_neither() -> None:
    reports = [spoken("herald", "Kim Jong Gyu"), spoken("post", "Kim Jong Un"), spoken("gazette", "Kim")]
    assert {entity.name for entity in entities(reports)} == {"Kim Jong Gyu", "Kim Jong Un", "Kim"}
