from datetime import date

import pytest

from services.ingest.addresses.url_date import url_day

DAY = date(2014, 4, 28)
LATEST = date(2026, 2, 11)


@pytest.mark.parametrize(
    "path",
    [
        "/2014/04/28/world/bridge.html",
        "/world/2014/04/28/bridge",
        "/2014/4/28/bridge",
        "/bridge/2014/04/28",
        "/2014/apr/28/bridge",
        "/2014/April/28/bridge",
        "/City/2014/0428/bridge",
        "/20140428/bridge",
        "/20140428-bridge.html",
        "/bridge-20140428",
        "/bridge-20140428.html",
        "/la-me-bridge-20140428-story.html",
        "/2014-04-28/bridge",
        "/2014-04-28-1408/bridge",
        "/bridge-2014-04-28",
        "/bridge_2014-04-28.html",
        "/article/2014/04/28/us-bridge-idUSBREA3R0J420140428",
        "/article/us-bridge-idUSBREA3O16720140428",
    ],
)
def test_the_day_in_an_address_is_read(path: str) -> None:
    assert url_day(f"https://courier.example{path}", latest=LATEST) == DAY


@pytest.mark.parametrize(
    ("month", "name"),
    [(1, "jan"), (2, "february"), (3, "mar"), (5, "may"), (6, "june"), (7, "jul"), (9, "sept"), (12, "dec")],
)
def test_months_are_read_by_their_names(month: int, name: str) -> None:
    assert url_day(f"https://courier.example/2014/{name}/02/bridge", latest=LATEST) == date(2014, month, 2)


@pytest.mark.parametrize(
    "path",
    [
        "/2014/04/bridge",
        "/2014/04/28-reasons-to-cross-the-bridge",
        "/2014/04/10-reasons/",
        "/2014/02/31/bridge",
        "/2014/13/01/bridge",
        "/1945/05/08/bridge",
        "/2026/02/12/bridge",
        "/20260212/bridge",
        "/2014/04/28/the-storm-of-2011-03-02",
        "/2014-04-28-2014-04-30",
        "/bridge-april-28-2014",
        "/28/04/2014/bridge",
        "/story/120140428",
        "/story/201404281",
        "/8a0f4a471d19476383e665fc20140428",
        "/2014/0431/bridge",
        "/2014/abc/28/bridge",
        "/٢٠١٤/٠٤/٢٨/bridge",
        "/bridge?date=2014-04-28",
        "/bridge#2014-04-28",
        "",
    ],
)
def test_an_address_without_one_plausible_day_gives_none(path: str) -> None:
    assert url_day(f"https://courier.example{path}", latest=LATEST) is None


def test_a_host_gives_no_day() -> None:
    assert url_day("https://2014-04-28.example/bridge", latest=LATEST) is None


def test_a_broken_address_gives_no_day() -> None:
    assert url_day("https://[courier/2014/04/28/bridge", latest=LATEST) is None


def test_one_day_named_twice_counts() -> None:
    assert url_day("https://courier.example/2014/apr/28/bridge-20140428", latest=LATEST) == DAY


def test_numbers_that_are_no_day_do_not_hide_the_day() -> None:
    assert url_day("https://courier.example/2014/4/28/20856987/bridge", latest=LATEST) == DAY
    assert url_day("https://courier.example/2014/4/28/bridge-of-1944-06-06", latest=LATEST) == DAY


def test_the_latest_day_counts_and_the_first() -> None:
    assert url_day("https://courier.example/2026/02/11/bridge", latest=LATEST) == LATEST
    assert url_day("https://courier.example/1990/01/01/bridge", latest=LATEST) == date(1990, 1, 1)
