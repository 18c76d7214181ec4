"""The index lists exactly the events that `matches` takes: one vocabulary for lists and for streams."""

import random
from pathlib import Path

import orjson

from benchmarks.made_events import made_event, places, vocabulary
from services.api.filters.event_filter import EventFilter
from services.api.filters.facts import facts_of
from services.api.filters.matching import matches
from services.api.filters.parsing import parse_filter
from services.api.search.event_search import EventRequest
from services.api.search.index_row import facts_of_row, unpack_row
from services.api.search.index_writer import Entry
from services.api.search.list_cursors import Sort
from services.api.search.row_making import pack_event
from services.api.search.search_index import SearchIndex
from services.api.summaries import summarise
from services.contracts.event import Event
from tests.unit.api.examples import citing, disputed, event

EVENTS: list[Event] = [*(made_event(number) for number in range(80)), disputed(), citing("art_1"), event()]
NAMES = sorted({one.name for each in EVENTS for one in each.entities if one.type == "person"})
WORDS = sorted(set(vocabulary()[:60]) & {word for each in EVENTS for one in each.claims for word in one.text.split()})


def conditions(chance: random.Random) -> list[tuple[str, str]]:
    """One condition, with a value that some of the events have."""
    name = chance.choice(NAMES)
    choices = {
        "q": chance.choice([chance.choice(WORDS), name, name.split()[1], "Port Eldrin"]),
        "publisher": chance.choice([f"outlet{chance.randrange(40)}.example", "Outlet 7", "harbourpost.example"]),
        "family": f"group {chance.randrange(40)}",
        "language": chance.choice(["en", "de"]),
        "entity": chance.choice([name.upper(), name.split()[1], chance.choice(places()[:40])]),
        "speaker": name,
        "kind": chance.choice(["quotation", "statement", "figure"]),
        "status": chance.choice(["open", "closed"]),
        "updated_since": "2026-01-01T01:00:00Z",
        "updated_until": "2026-01-01T02:00:00Z",
        "published_since": chance.choice(["2026-01-01T01:00:00Z", "2026-02-01"]),
        "published_until": "2026-01-01T01:30:00Z",
        "mentions_date": "2026",
        "min_origins": str(chance.randint(1, 3)),
        "min_publishers": str(chance.randint(1, 3)),
        "single_origin": chance.choice(["true", "false"]),
        "has": chance.choice(["contradiction", "denial", "correction", "conflicting_figure"]),
    }
    condition = chance.choice(list(choices))
    return [(chance.choice(["", "", "not_"]) + condition, choices[condition])]


async def test_the_index_lists_exactly_what_matches(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    entries = []
    for one in EVENTS:
        packed = pack_event(one)
        row = unpack_row(packed)
        assert row is not None
        assert facts_of_row(row) == facts_of(one)
        entries.append(Entry(row, packed, summarise(one).model_dump_json().encode()))
    await index.add(entries)
    await index.finish("0-0", "")
    facts = list(map(facts_of, EVENTS))
    chance = random.Random(8)
    taken = 0
    for _ in range(400):
        parameters = [pair for _ in range(chance.choice([1, 1, 2, 3])) for pair in conditions(chance)]
        event_filter = parse_filter(dict(parameters).items())
        listed = await ids_of(index, event_filter)
        expected = {one.event_id for one in facts if matches(event_filter, one)}
        assert listed == expected, parameters
        taken += bool(expected) and len(expected) < len(EVENTS)
    assert taken > 150, "most filters choose"
    index.close()


async def ids_of(index: SearchIndex, event_filter: EventFilter) -> set[str]:
    found = await index.events(EventRequest(event_filter, Sort.UPDATED, limit=1000))
    assert not found.corrected
    return {orjson.loads(one.summary)["event_id"] for one in found.events}
