import pytest

from services.language.agencies import find_agency


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("AP", "ap"),
        ("The Associated Press", "ap"),
        ("Yonhap News", "yonhap"),
        ("Yonhap News Agency", "yonhap"),
        ("Agence France-Presse", "afp"),
        ("Korean Central News Agency", "kcna"),
        ("Harbour Post", None),
    ],
)
def test_the_short_and_the_long_name_of_an_agency_are_one(name: str, agency: str | None) -> None:
    assert find_agency(name) == agency
