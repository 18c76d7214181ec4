from services.api.pages.provenance import MOST_SOURCES, provenance
from services.contracts.claim import SpeakerKind
from services.contracts.event import Counts, Event
from services.contracts.event_claims import MergedClaim, SourceStep, UltimateSource
from tests.unit.api.examples import disputed


def going_back_to(claim: MergedClaim, name: str) -> MergedClaim:
    step = SourceStep(name=name, kind=SpeakerKind.ORGANISATION, article_ids=("art_1",))
    source = UltimateSource(name=name, kind=SpeakerKind.ORGANISATION, chain=(step,))
    return claim.model_copy(update={"ultimate_source": source})


def with_sources(event: Event, *names: str) -> Event:
    door = event.claims[2]
    claims = (going_back_to(door.model_copy(update={"claim_id": f"clm_{at}"}), name) for at, name in enumerate(names))
    return event.model_copy(update={"claims": (door, *claims)})


def test_the_line_counts_outlets_origins_and_the_sources_behind_them() -> None:
    view = provenance(with_sources(disputed(), "Coast guard", "Coast guard", "Port"))
    assert view.sentence == ("3 articles by 3 outlets, 2 independent origins, 2 sources that several outlets rely on")
    assert [(source.name, source.claims, source.outlets) for source in view.sources] == [
        ("Coast guard", 2, 3),
        ("Port", 1, 3),
    ]
    assert view.shared == "Several outlets report 4 claims; 3 of them go back to one source each."


def test_sources_are_not_counted_where_none_is_known() -> None:
    view = provenance(disputed())
    assert view.sentence == "3 articles by 3 outlets, 2 independent origins"
    assert view.shared == "Several outlets report 2 claims; 0 of them go back to one source each."
    alone = disputed().model_copy(update={"claims": disputed().claims[1:2]})
    assert provenance(alone).shared is None


def test_outlets_that_nobody_names_are_not_counted() -> None:
    event = with_sources(disputed(), "Port").model_copy(update={"counts": Counts(articles=3, publishers=0, origins=2)})
    view = provenance(event)
    assert view.sentence == "3 articles, 2 independent origins, 1 source that several articles rely on"


def test_many_sources_are_counted_and_some_listed() -> None:
    view = provenance(with_sources(disputed(), *(f"Source {number:02}" for number in range(MOST_SOURCES + 2))))
    assert (len(view.sources), view.more_sources) == (MOST_SOURCES, 2)
    assert f"{MOST_SOURCES + 2} sources" in view.sentence
