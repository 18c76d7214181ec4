from services.api.pages.one_source import one_source, speaker_of_most
from services.contracts.article import Publisher
from services.contracts.claim import SpeakerKind
from services.contracts.event_claims import MergedClaim, SourceStep, UltimateSource
from tests.unit.api.examples import disputed

OUTLETS = ("Post", "Gazette", "Reuters")


def claim(*steps: tuple[str, tuple[int, ...]], kind: SpeakerKind = SpeakerKind.PERSON) -> MergedClaim:
    """A claim of three outlets that goes back to the last of these; each step is named by the articles given."""
    given = disputed().claims[2]
    supports = tuple(
        given.supports[0].model_copy(
            update={"article_id": f"art_{at}", "origin_id": f"org_{at}", "publisher": Publisher(name=name)}
        )
        for at, name in enumerate(OUTLETS)
    )
    chain = tuple(
        SourceStep(name=name, kind=kind, article_ids=tuple(f"art_{at}" for at in articles)) for name, articles in steps
    )
    source = UltimateSource(name=steps[-1][0], kind=kind, chain=chain)
    return given.model_copy(update={"supports": supports, "origins": 3, "ultimate_source": source})


def test_outlets_that_quote_one_person_have_it_from_one_speaker() -> None:
    assert one_source(claim(("Ada Reyl", (0, 1, 2)))) == (
        "3 outlets report it; all have it from one speaker, Ada Reyl."
    )


def test_who_has_it_through_somebody_else_is_counted() -> None:
    through = claim(("Ferry Times", (0, 1)), ("Ada Reyl", (0, 1, 2)))
    assert one_source(through) == (
        "3 outlets report it; all have it from one speaker, Ada Reyl, 2 of them by way of Ferry Times."
    )


def test_a_kind_of_text_is_no_way_that_a_reader_could_look_up() -> None:
    assert one_source(claim(("statement", (0, 1)), ("Ada Reyl", (0, 1, 2)))) == (
        "3 outlets report it; all have it from one speaker, Ada Reyl."
    )


def test_an_agency_has_its_own_report_by_no_way() -> None:
    assert one_source(claim(("Reuters", (2,)), ("Ada Reyl", (0, 1, 2)))) == (
        "3 outlets report it; all have it from one speaker, Ada Reyl."
    )


def test_a_body_is_a_source_and_not_a_speaker() -> None:
    given = claim(("the port", (0, 1, 2)), kind=SpeakerKind.ORGANISATION)
    assert one_source(given) == "3 outlets report it; all have it from one source, the port."


def test_outlets_are_not_counted_where_only_some_reports_are_at_hand() -> None:
    given = claim(("Ada Reyl", (0, 1, 2))).model_copy(update={"origins": 40})
    assert one_source(given) == "Those who report it all have it from one speaker, Ada Reyl."


def test_one_report_and_its_reprints_need_no_words() -> None:
    given = claim(("Ada Reyl", (0, 1, 2)))
    assert one_source(given.model_copy(update={"origins": 1})) is None
    assert one_source(given.model_copy(update={"ultimate_source": None})) is None


def with_speakers(*names: str) -> MergedClaim:
    given = claim(("Ada Reyl", (0, 1, 2)))
    assert given.speaker is not None
    supports = tuple(
        support.model_copy(update={"speaker": given.speaker.model_copy(update={"canonical": name})})
        for support, name in zip(given.supports, names, strict=True)
    )
    said = given.speaker.model_copy(update={"canonical": "Ada Reyl", "kind": SpeakerKind.PERSON})
    return given.model_copy(update={"speaker": said, "supports": supports, "ultimate_source": None})


def test_where_one_outlet_has_it_from_a_spokesman_the_others_are_counted() -> None:
    given = with_speakers("Ada Reyl", "Ada Reyl", "a spokesman for Ada Reyl")
    assert speaker_of_most(given) == "2 of 3 outlets have it from one speaker, Ada Reyl."
    assert speaker_of_most(given, are_all=False) is None
    assert speaker_of_most(with_speakers("Ada Reyl", "clerks", "a spokesman")) is None
    assert speaker_of_most(claim(("Ada Reyl", (0, 1, 2)))) is None
