from dataclasses import replace

import pytest

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import ArticleName, AttributionLink, ExtractedArticle, NameForm, NameLink, SpeakerKind
from services.dedupe.embedding.whole_numbers import round_to_whole_numbers
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.ultimate_source import find_ultimate_source
from services.dedupe.merging.sources.attributed import AttributedArticle
from services.dedupe.merging.sources.resolution import EventSources
from tests.support.dedupe_articles import direction, make_article, make_claim
from tests.support.reports import make_report

PLACES = {"Norway": "NO", "Oslo": "NO/oslo", "Sweden": "SE", "US": "US"}


def told(
    outlet: str,
    speaker: str | None,
    *,
    kind: SpeakerKind = SpeakerKind.PERSON,
    role: str | None = None,
    links: tuple[tuple[str, SpeakerKind], ...] = (),
    text: str = "",
    origin: str | None = None,
) -> Report:
    article = make_article(outlet, f"The bridge will close, said {speaker}. {text}")
    claim = make_claim(article, "The bridge will close", speaker=speaker)
    who = None if speaker is None else claim.speaker
    if who is not None:
        who = who.model_copy(update={"kind": kind, "role": role})
    chain = tuple(AttributionLink(name=name, kind=link) for name, link in links)
    claim = claim.model_copy(update={"speaker": who, "attribution": chain})
    return make_report(article, origin or f"org_{outlet}", claim, round_to_whole_numbers(direction(1)))


def named(article: Article, name: str, kind: str, *forms: str) -> tuple[str, ArticleName]:
    ways = tuple(
        NameForm(
            surface=form, span=Span(start=0, end=1), mentions=1, link=NameLink.SAME if form == name else NameLink.PART
        )
        for form in (name, *forms)
    )
    key = PLACES.get(name, name.casefold())
    return article.article_id, ArticleName(name=name, type=kind, key=key, forms=ways)


def sourced(
    *reports: Report, people: dict[str, tuple[str, ...]] | None = None, agency: str | None = None
) -> list[Report]:
    names = []
    for one in reports:
        text = one.article.text
        names += [named(one.article, place, "place") for place in PLACES if place in text]
        names += [
            named(one.article, name, "person", *forms)
            for name, forms in (people or {}).items()
            if any(form in text for form in (name, *forms))
        ]
        if agency is not None:
            names.append(named(one.article, agency, "organisation"))
    articles = {one.article.article_id: one.article for one in reports}
    sources = EventSources()
    sources.update_articles(
        {
            article_id: AttributedArticle(
                ExtractedArticle(
                    article=article, names=tuple(name for of, name in names if of == article_id), extractor="test"
                ),
                [one for one in reports if one.article.article_id == article_id],
            )
            for article_id, article in articles.items()
        }
    )
    waiting = {article_id: list(sources.list_sources(article_id)) for article_id in articles}
    resolved = [waiting[one.article.article_id].pop(0) for one in reports]
    return [
        replace(one, source=source.name, side=source.side, chain=source.chain)
        for one, source in zip(reports, resolved, strict=True)
    ]


def test_a_source_has_its_fullest_name_in_every_article() -> None:
    one, other = sourced(told("a", "Ada Reyl"), told("b", "Reyl"), people={"Ada Reyl": ("Reyl",)})
    assert (one.source, other.source) == ("Ada Reyl", "Ada Reyl")


def test_a_role_stands_for_the_only_person_who_has_it() -> None:
    minister = told("a", "Ada Reyl", role="Transport Minister")
    role = told("b", "the transport minister", kind=SpeakerKind.UNNAMED)
    one, other = sourced(minister, role)
    assert other.source == one.source == "Ada Reyl"
    second = told("c", "Olaf Brandt", role="transport minister")
    assert sourced(minister, role, second)[1].source is None


@pytest.mark.parametrize(
    ("described", "kind", "source"),
    [
        ("spokesman for the Harbour Ministry", SpeakerKind.UNNAMED, "Harbour Ministry"),
        ("a harbour ministry spokeswoman", SpeakerKind.UNNAMED, "Harbour Ministry"),
        ("ministry's spokesman", SpeakerKind.UNNAMED, "Harbour Ministry"),
        ("harbour ministry", SpeakerKind.ORGANISATION, "Harbour Ministry"),
        ("spokesman for the roads ministry", SpeakerKind.UNNAMED, None),
        ("spokesman for Ada Reyl", SpeakerKind.UNNAMED, None),
        ("ministry official", SpeakerKind.UNNAMED, None),
    ],
)
def test_a_spokesman_without_a_name_is_one_source_with_the_body(
    described: str, kind: SpeakerKind, source: str | None
) -> None:
    one, other = told("a", "Harbour Ministry", kind=SpeakerKind.ORGANISATION), told("b", described, kind=kind)
    resolved = sourced(one, other, agency="Harbour Ministry")
    assert [report.source for report in resolved] == ["Harbour Ministry", source]


def test_a_role_with_its_place_stands_for_the_only_one_who_has_it_and_speaks_there() -> None:
    chief = told("a", "Ada Reyl", role="fire chief")
    described = told("b", "Varn's fire chief", kind=SpeakerKind.UNNAMED)
    assert sourced(chief, described)[1].source is None
    speaks = told("b", "Ada Reyl")
    assert [one.source for one in sourced(chief, described, speaks)] == ["Ada Reyl"] * 3
    assert sourced(chief, described, speaks, told("c", "Olaf Brandt", role="fire chief"))[1].source is None


@pytest.mark.parametrize(
    ("named", "described", "text", "source"),
    [
        ("Varn tourist board", "tourist board", "The beach of Varn is shut.", "Varn tourist board"),
        ("Varn tourist board", "tourist board", "The beach is shut.", "tourist board"),
        ("Varn roads ministry", "roads ministry", "The beach of Varn is shut.", "roads ministry"),
        ("Varn tourist board", "board", "The beach of Varn is shut.", "board"),
    ],
)
def test_a_body_that_is_described_is_the_only_one_that_others_name_so(
    named: str, described: str, text: str, source: str
) -> None:
    one = told("a", named, kind=SpeakerKind.ORGANISATION)
    other = told("b", described, kind=SpeakerKind.ORGANISATION, text=text)
    assert [report.source for report in sourced(one, other)] == [named, source]
    third = told("c", f"Orla {described}", kind=SpeakerKind.ORGANISATION)
    assert sourced(one, other, third)[1].source == described


@pytest.mark.parametrize("people", [("Ada Reyl", "Ada M. Reyl"), ("Ada M. Reyl", "Ada Reyl")])
def test_a_middle_initial_makes_no_other_person(people: tuple[str, str]) -> None:
    one, other = sourced(told("a", people[0]), told("b", people[1]), people=dict.fromkeys(people, ()))
    assert (one.source, other.source) == ("Ada M. Reyl", "Ada M. Reyl")


def test_two_middle_initials_are_two_people_and_neither_is_the_one_without() -> None:
    names = ["Ada M. Reyl", "Ada K. Reyl", "Ada Reyl"]
    told_by = [told(outlet, name) for outlet, name in zip("abc", names, strict=True)]
    assert [one.source for one in sourced(*told_by, people=dict.fromkeys(names, ()))] == names


def test_father_and_son_are_two_people() -> None:
    names = ["Carl Dent", "Carl Dent Jr", "Carl Dent Sr"]
    told_by = [told(outlet, name) for outlet, name in zip("abc", names, strict=True)]
    assert [one.source for one in sourced(*told_by, people=dict.fromkeys(names, ()))] == names
    son, called_so = sourced(told("a", "Carl Dent Jr"), told("b", "Dent Jr"), people={"Carl Dent Jr": ("Dent Jr",)})
    assert (son.source, called_so.source) == ("Carl Dent Jr", "Carl Dent Jr")


@pytest.mark.parametrize(
    ("role", "described", "source"),
    [
        ("Norwegian Prime Minister", "Norway's prime minister", "Ada Reyl"),
        ("Norway's prime minister", "the Norwegian prime minister", "Ada Reyl"),
        ("Norwegian Prime Minister", "Norway's health minister", None),
        ("Norwegian Prime Minister", "Sweden's prime minister", None),
        ("Florida Governor", "Texas governor", None),
        ("Florida Governor", "U.S. governor", None),
    ],
)
def test_a_role_is_one_with_a_country_or_its_demonym(role: str, described: str, source: str | None) -> None:
    named_one = told("a", "Ada Reyl", role=role)
    assert sourced(named_one, told("b", described, kind=SpeakerKind.UNNAMED))[1].source == source


def test_a_last_name_that_two_have_is_that_of_the_one_with_its_role() -> None:
    people: dict[str, tuple[str, ...]] = {"Ada Reyl": (), "Olaf Reyl": (), "Reyl": ()}
    minister, son = told("a", "Ada Reyl", role="Transport Minister"), told("b", "Olaf Reyl")
    short = [told("c", "Reyl", role="transport minister"), told("d", "Reyl")]
    assert [one.source for one in sourced(minister, son, *short, people=people)] == [
        "Ada Reyl",
        "Olaf Reyl",
        "Ada Reyl",
        "Reyl",
    ]
    both = told("b", "Olaf Reyl", role="transport minister")
    assert sourced(minister, both, *short, people=people)[2].source == "Reyl"


def test_a_country_and_its_capital_are_one_source() -> None:
    one, other = sourced(
        told("a", "Norway", kind=SpeakerKind.ORGANISATION), told("b", "Oslo", kind=SpeakerKind.ORGANISATION)
    )
    assert one.source == other.source == "NO"


@pytest.mark.parametrize(
    ("speaker", "role", "text", "side"),
    [
        ("Norway's foreign ministry", None, "", "NO"),
        ("Norwegian officials", None, "", "NO"),
        ("Ada Reyl", "Swedish President", "", "SE"),
        ("Ada Reyl", "minister for Swedish affairs", "", None),
        (
            "Ada Reyl",
            None,
            "The king of Norway met Ada Reyl. Sweden is far away from all of it, as everybody knows.",
            "NO",
        ),
        ("Ada Reyl", None, "Norway and Sweden asked Ada Reyl.", None),
        ("Norway and Western governments", None, "", None),
        ("Ada Reyl", None, "Ada Reyl told us that all of us had heard of it.", None),
    ],
    ids=["name", "demonym", "role begins with it", "role ends with it", "near it", "two near it", "joined", "us"],
)
def test_the_side_of_a_source_is_the_country_that_it_speaks_for(
    speaker: str, role: str | None, text: str, side: str | None
) -> None:
    kind = SpeakerKind.PERSON if speaker == "Ada Reyl" else SpeakerKind.ORGANISATION
    (one,) = sourced(told("a", speaker, kind=kind, role=role, text=text))
    assert one.side == side


def test_five_outlets_that_cite_one_agency_are_one_source() -> None:
    wire = (("the state agency NRA", SpeakerKind.ORGANISATION),)
    reports = sourced(*(told(outlet, None, links=wire) for outlet in "abcde"), agency="NRA")
    found = find_ultimate_source(reports)
    assert found is not None
    assert (found.name, len(found.chain), len(found.chain[0].article_ids)) == ("NRA", 1, 5)


def test_the_furthest_source_is_the_speaker_with_the_agency_on_the_way() -> None:
    wire = (("NRA", SpeakerKind.ORGANISATION),)
    one, other = sourced(told("a", "Ada Reyl", links=wire), told("b", "Ada Reyl"))
    found = find_ultimate_source([one, other])
    assert found is not None
    assert found.name == "Ada Reyl"
    assert [(step.name, len(step.article_ids)) for step in found.chain] == [("NRA", 1), ("Ada Reyl", 2)]


def test_a_state_is_the_source_of_those_who_speak_for_it() -> None:
    ministry = told("a", "Norway's foreign ministry", kind=SpeakerKind.ORGANISATION)
    found = find_ultimate_source(sourced(ministry, told("b", "Norway", kind=SpeakerKind.ORGANISATION)))
    assert found is not None
    assert [step.name for step in found.chain] == ["Norway's foreign ministry", "Norway"]
    second = told("b", "Norway's foreign minister", kind=SpeakerKind.ORGANISATION)
    assert find_ultimate_source(sourced(ministry, second)) is None


def test_words_that_all_quote_have_one_speaker_whom_no_report_names() -> None:
    site = (("Ferry Times", SpeakerKind.ORGANISATION),)
    clerk = told("a", "the former clerk", kind=SpeakerKind.UNNAMED)
    reports = sourced(clerk, told("b", "a dockworker", kind=SpeakerKind.UNNAMED, links=site))
    quoting = [report.article.article_id for report in reports]
    found = find_ultimate_source(reports, quoting)
    assert found is not None
    assert (found.name, found.kind) == ("the former clerk", SpeakerKind.UNNAMED)
    assert [(step.name, len(step.article_ids)) for step in found.chain] == [
        ("Ferry Times", 1),
        ("the former clerk", 2),
    ]
    assert find_ultimate_source(reports, quoting[:1]) is None
    reports = sourced(clerk, told("b", "company", kind=SpeakerKind.ORGANISATION))
    found = find_ultimate_source(reports, [report.article.article_id for report in reports])
    assert found is not None
    assert (found.name, found.kind) == ("the former clerk", SpeakerKind.UNNAMED)


def test_words_that_all_quote_are_those_of_the_person_whom_one_report_names() -> None:
    ferries = told("a", "Tolmar Ferries", kind=SpeakerKind.ORGANISATION)
    reports = sourced(ferries, told("b", "Ada Reyl"), told("c", "officials", kind=SpeakerKind.UNNAMED))
    found = find_ultimate_source(reports, [report.article.article_id for report in reports])
    assert found is not None
    assert (found.name, found.kind, len(found.chain)) == ("Ada Reyl", SpeakerKind.PERSON, 1)


def test_words_that_outlets_give_to_two_bodies_have_no_one_source() -> None:
    council = told("a", "the Harbour Wardens' Council", kind=SpeakerKind.ORGANISATION)
    spokesperson = told("b", "a national counter-smuggling spokesperson", kind=SpeakerKind.UNNAMED)
    reports = sourced(council, spokesperson)
    assert find_ultimate_source(reports, [report.article.article_id for report in reports]) is None
    reports = sourced(council, told("b", "a later report", kind=SpeakerKind.ORGANISATION))
    assert find_ultimate_source(reports, [report.article.article_id for report in reports]) is None
    reports = sourced(council, told("b", "the council", kind=SpeakerKind.UNNAMED))
    assert find_ultimate_source(reports, [report.article.article_id for report in reports]) is not None


def test_words_that_two_persons_say_have_no_one_speaker() -> None:
    reports = sourced(told("a", "Ada Reyl"), told("b", "Olaf Brandt"))
    assert find_ultimate_source(reports, [report.article.article_id for report in reports]) is None


@pytest.mark.parametrize(
    "reports",
    [
        [told("a", "Ada Reyl"), told("b", "Olaf Brandt")],
        [told("a", "officials", kind=SpeakerKind.UNNAMED), told("b", "officials", kind=SpeakerKind.UNNAMED)],
        [told(outlet, None, links=(("agencies", SpeakerKind.ORGANISATION),)) for outlet in "ab"],
        [told("a", "Ada Reyl")],
    ],
    ids=["two speakers", "nobody by name", "unnamed agencies", "one article"],
)
def test_claims_without_one_common_source_have_none(reports: list[Report]) -> None:
    assert find_ultimate_source(sourced(*reports)) is None


def test_the_order_of_articles_makes_no_difference_to_sources() -> None:
    wire = (("NRA", SpeakerKind.ORGANISATION),)
    told_by = [told("a", "Ada Reyl", links=wire), told("b", "Ada Reyl"), told("c", "Reyl", links=wire)]
    forwards = sourced(*told_by, people={"Ada Reyl": ("Reyl",)})
    backwards = sourced(*reversed(told_by), people={"Ada Reyl": ("Reyl",)})
    assert [(one.source, one.side, one.chain) for one in forwards] == [
        (one.source, one.side, one.chain) for one in reversed(backwards)
    ]


def test_a_state_that_all_quote_is_called_as_reports_call_it() -> None:
    body = SpeakerKind.ORGANISATION
    words = '"The bridge will close"'
    named_by_one = sourced(told("a", "France", kind=body, text=words), told("b", "France", kind=body, text=words))
    ultimate = find_ultimate_source([replace(report, source="FR", side="FR") for report in named_by_one])
    assert ultimate is not None
    assert ultimate.name == "France"


def test_a_claim_without_speaker_has_no_source() -> None:
    (one,) = sourced(told("a", None))
    assert (one.source, one.side, one.chain) == (None, None, ())
