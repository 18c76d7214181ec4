"""Who and what the page of an event names."""

from services.api.names.name_keys import NameKeys
from services.api.pages.name_headings import named_links
from services.contracts.article import Publisher
from services.contracts.event import Event, EventEntity
from tests.unit.api.examples import event, member
from tests.unit.api.names.named_events import claim, entity, speaker, support

ARTICLES = tuple(
    member(f"art_{number}", publisher=Publisher(name=outlet), origin_id=f"org_{number}")
    for number, outlet in enumerate(("Corrow Gazette", "Harbour Post", "Calm Daily", "Ferry Times"))
)


def in_articles(name: str, many: int, kind: str = "place") -> EventEntity:
    given = entity(name, kind=kind)
    ids = tuple(article.article_id for article in ARTICLES[:many])
    return given.model_copy(update={"variants": (given.variants[0].model_copy(update={"article_ids": ids}),)})


def named(*entities: EventEntity, given: Event | None = None) -> list[str]:
    told = (given or event(articles=ARTICLES)).model_copy(update={"entities": entities})
    return [link.words for link in named_links(NameKeys(entities), told)]


def test_what_half_of_the_articles_name_is_named_and_a_passing_mention_is_not() -> None:
    assert named(in_articles("Tessaly", 4), in_articles("Sorrel", 2), in_articles("Kuwa", 1)) == ["Tessaly", "Sorrel"]


def test_outlets_and_agencies_are_no_part_of_what_happened() -> None:
    who = speaker("Ada Reyl")
    said = claim("clm_1", "It sank.", who, [support(ARTICLES[0], "It sank.", who, by="Northern Wire")])
    given = event(articles=ARTICLES).model_copy(update={"claims": (said,)})
    bodies = (in_articles(name, 3, "organisation") for name in ("Northern Wire", "Ferry Times", "Harbour Board"))
    assert named(*bodies, given=given) == ["Harbour Board"]


def test_who_speaks_is_named_though_one_article_alone_has_them() -> None:
    who = speaker("Ada Reyl")
    given = event(articles=ARTICLES).model_copy(
        update={"claims": (claim("clm_1", "It sank.", who, [support(ARTICLES[0], "It sank.", who)]),)}
    )
    assert named(in_articles("Ada Reyl", 1, "person"), in_articles("Bo Marsh", 1, "person"), given=given) == [
        "Ada Reyl"
    ]


def test_a_time_zone_and_a_make_are_no_names_of_the_event() -> None:
    names = ("ET", "FAQ", "Russian SAM", "Serbian MiG-29", "UN", "Russian Navy")
    assert named(*(in_articles(name, 3, "organisation") for name in names)) == ["UN", "Russian Navy"]


def test_a_name_that_starts_with_a_century_is_one() -> None:
    names = ("Century Foundation", "Century City")
    assert named(*(in_articles(name, 3, "organisation") for name in names)) == list(names)
