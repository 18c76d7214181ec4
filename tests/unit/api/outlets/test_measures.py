"""What each outlet did in one event."""

from datetime import timedelta

import pytest

from services.api.outlets.measures import OutletInEvent, outlet_rows
from services.api.outlets.outlet_keys import outlet_key, outlet_page, read_outlet_key
from services.contracts.article import UNNAMED_AGENCY, ArticleStatus, Precision, Publisher
from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event import Event, EventArticle, Origin
from services.contracts.event_claims import Figure, FigureValue, FigureVerdict
from services.contracts.quantity import Bound
from tests.unit.api.examples import GAZETTE, NOON, POST, event, member
from tests.unit.api.names.named_events import claim, speaker, support

NAMELESS = Publisher()


def at(
    article_id: str,
    publisher: Publisher,
    minutes: int | None,
    *,
    origin: str | None = None,
    precision: Precision | None = None,
    status: ArticleStatus = ArticleStatus.USABLE,
) -> EventArticle:
    """An article, published so many minutes after noon."""
    return member(article_id, publisher=publisher, origin_id=origin or f"org_{article_id}").model_copy(
        update={
            "published_at": None if minutes is None else NOON + timedelta(minutes=minutes),
            "published_precision": precision,
            "status": status,
        }
    )


def told(*articles: EventArticle, credit: str | None = None) -> Event:
    """An event with these articles; `credit`: of all its texts."""
    origins = dict.fromkeys(article.origin_id for article in articles)
    return event(articles=articles).model_copy(
        update={"origins": tuple(Origin(origin_id=one, article_ids=(), wire_credit=credit) for one in origins)}
    )


def row(told: Event, publisher: Publisher) -> OutletInEvent:
    """What an outlet did."""
    return next(one for one in outlet_rows(told) if one.key == outlet_key(publisher))


@pytest.mark.parametrize(
    ("publisher", "key"),
    [
        (GAZETTE, "corrowgazette.example"),
        (Publisher(name="Ostrell Free Press"), "ostrell-free-press"),
        (Publisher(domain="WWW.Corrow.example"), "corrow.example"),
        (Publisher(domain="<b>.example", name="B"), "<b>.example"),
        (Publisher(domain="two words.example"), "two-wordsexample"),
        (Publisher(domain="."), None),
        (Publisher(domain=f"{'x' * 1_000_000}.example"), None),
        (NAMELESS, None),
    ],
)
def test_an_outlet_stands_under_its_domain_or_else_its_name(publisher: Publisher, key: str | None) -> None:
    assert outlet_key(publisher) == key
    assert key is None or read_outlet_key(key) == key


def test_the_address_of_an_outlet_is_percent_encoded() -> None:
    assert outlet_page("<b>.example") == "/outlets/%3Cb%3E.example"


def test_an_unknown_outlet_is_not_counted() -> None:
    assert outlet_rows(told(at("a", NAMELESS, 0))) == []


# First


def firsts(*articles: EventArticle, credit: str | None = None) -> dict[str, tuple[bool, bool]]:
    """By outlet, whether it is decided who was first, and whether it was."""
    return {one.key: (one.decided, one.first) for one in outlet_rows(told(*articles, credit=credit))}


def test_the_outlet_whose_article_is_dated_before_all_others_is_first() -> None:
    assert firsts(at("a", GAZETTE, 0), at("b", POST, 5)) == {
        "corrowgazette.example": (True, True),
        "harbourpost.example": (True, False),
    }


@pytest.mark.parametrize(
    "articles",
    [
        (at("a", GAZETTE, 0), at("b", GAZETTE, 5)),
        (at("a", GAZETTE, 0), at("b", POST, 0)),
        (at("a", GAZETTE, 0), at("b", POST, 300, precision=Precision.DAY)),
        (at("a", GAZETTE, 0, precision=Precision.DAY), at("b", POST, 300)),
        (at("a", GAZETTE, 0), at("b", POST, None)),
        (at("a", GAZETTE, -12 * 60), at("b", POST, 300)),
        (at("a", GAZETTE, 0, precision=Precision.WEEK), at("b", POST, 3 * 24 * 60)),
    ],
    ids=[
        *("alone", "at one time", "the other's day alone", "its day alone", "the other undated"),
        *("at midnight, which is written for a day", "some time in its week"),
    ],
)
def test_nobody_is_first_where_times_do_not_tell(articles: tuple[EventArticle, ...]) -> None:
    assert set(firsts(*articles).values()) == {(False, False)}


def test_a_day_alone_tells_that_an_article_came_a_day_later() -> None:
    found = firsts(at("a", GAZETTE, 0), at("b", POST, 24 * 60, precision=Precision.DAY))
    assert found["corrowgazette.example"] == (True, True)


def test_who_prints_an_agency_first_is_not_first_with_a_text_of_its_own() -> None:
    found = firsts(at("a", GAZETTE, 0), at("b", POST, 5), credit="Meridian Press")
    assert set(found.values()) == {(True, False)}


def test_an_agency_is_first_with_its_own_text() -> None:
    agency = Publisher(name="Meridian Press", domain="meridian.example")
    found = firsts(at("a", agency, 0, origin="o"), at("b", POST, 5, origin="o"), credit="MERIDIAN PRESS")
    assert found == {"meridian.example": (True, True), "harbourpost.example": (True, False)}


# Texts of others


def test_a_reprint_counts_as_a_text_of_the_outlet_that_had_it_first() -> None:
    found = told(at("a", GAZETTE, 0, origin="o"), at("b", POST, 5, origin="o"), at("c", POST, 6))
    assert (row(found, POST).copies, row(found, POST).articles) == (1, 2)
    assert row(found, POST).copied == (("harbourpost.example", "Corrow Gazette", "corrowgazette.example", 1),)
    assert row(found, GAZETTE).copies == 0


def test_what_an_outlet_prints_again_of_itself_is_its_own() -> None:
    assert row(told(at("a", POST, 0, origin="o"), at("b", POST, 5, origin="o")), POST).copies == 0


@pytest.mark.parametrize(
    ("credit", "name"), [("Meridian Press", "Meridian Press"), (UNNAMED_AGENCY, "an agency that is not named")]
)
def test_a_text_that_credits_an_agency_is_the_agencys(credit: str, name: str) -> None:
    assert row(told(at("a", POST, 0), credit=credit), POST).copied == (("harbourpost.example", name, None, 1),)


def test_an_agency_that_only_contributed_has_not_written_the_text() -> None:
    own = at("a", POST, 0).model_copy(update={"wire_credit": "Meridian Press", "wire_contributed": True})
    assert row(told(own, credit="Meridian Press"), POST).copied == ()
    written = own.model_copy(update={"wire_contributed": False})
    assert row(told(written), POST).copied == (("harbourpost.example", "Meridian Press", None, 1),)


def test_an_agency_that_is_an_outlet_of_the_event_is_named_by_its_key() -> None:
    agency = Publisher(name="Meridian Press", domain="meridian.example")
    found = told(at("a", agency, 0, origin="o"), at("b", POST, 5, origin="o"), credit="Meridian Press")
    assert row(found, POST).copied == (("harbourpost.example", "Meridian Press", "meridian.example", 1),)


# Claims, corrections, figures


def test_claims_with_a_named_source_are_counted_of_all_claims_of_the_outlet() -> None:
    post, gazette = at("a", POST, 0), at("b", GAZETTE, 5)
    officials: Speaker = speaker("officials", SpeakerKind.UNNAMED)
    claims = (
        claim("clm_1", "One.", speaker("Ada Reyl"), [support(post, "One.", speaker("Ada Reyl"))]),
        claim("clm_2", "Two.", officials, [support(post, "Two.", officials), support(gazette, "Two.", None)]),
        claim("clm_3", "Three.", None, [support(post, "Three.", None)]),
    )
    found = told(post, gazette).model_copy(update={"claims": claims})
    assert (row(found, POST).claims, row(found, POST).named) == (3, 1)
    assert (row(found, GAZETTE).claims, row(found, GAZETTE).named) == (1, 0)


def test_corrections_and_withdrawals_are_counted() -> None:
    found = told(at("a", POST, 0, status=ArticleStatus.CORRECTED), at("b", POST, 1, status=ArticleStatus.WITHDRAWN))
    assert (row(found, POST).corrected, row(found, POST).withdrawn) == (1, 1)


def value(number: float, article: str, minutes: int, **more: object) -> FigureValue:
    """A value that one article gives."""
    return FigureValue(
        surface=str(number), value=number, low=number, high=number, bound=Bound.EXACT, claim_ids=("clm",),
        article_ids=(article,), origins=1, first_reported_at=NOON + timedelta(minutes=minutes),
    ).model_copy(update=more)  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "superseded"), [(FigureVerdict.SUPERSEDED, (1, 0)), (FigureVerdict.CONFLICTING, (0, 0))]
)
def test_a_value_is_superseded_where_the_event_says_that_a_newer_one_replaced_it(
    verdict: FigureVerdict, superseded: tuple[int, int]
) -> None:
    values = (value(9, "a", 0), value(14, "b", 60), value(2, "a", 0, increment=True))
    figure = Figure(counted="people killed", values=values, verdict=verdict)
    found = told(at("a", POST, 0), at("b", GAZETTE, 60)).model_copy(update={"figures": (figure,)})
    assert (row(found, POST).superseded, row(found, GAZETTE).superseded) == superseded
    assert (row(found, POST).figures, row(found, GAZETTE).figures) == (1, 1)
