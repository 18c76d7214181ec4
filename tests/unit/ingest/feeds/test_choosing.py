"""Which items of a feed are new, which have changed, and what is remembered of them."""

from collections.abc import Sequence
from datetime import timedelta

from services.contracts.article import Precision
from services.ingest.feeds.choosing import (
    MAX_CHANGED,
    Choice,
    Seen,
    choose,
    forgotten,
    keyed,
    most_seen,
    remembered,
)
from services.ingest.feeds.feed import Item
from services.ingest.feeds.pending import NO_ARTICLE, RETRY_MINUTES, due_again
from services.ingest.fetching.fetched import Outcome
from services.ingest.timestamps import Timestamp
from tests.unit.ingest.feeds.cases import AT


def item(number: int, **fields: object) -> Item:
    given: dict[str, object] = {
        "title": f"Item {number}",
        "url": f"https://courier.example/{number}",
        "guid": f"urn:{number}",
        "published_at": Timestamp(AT - timedelta(hours=number), Precision.SECOND),
    }
    return Item(**(given | fields))  # type: ignore[arg-type]


def chosen(items: Sequence[Item], before: Sequence[Item] = (), cap: int = 100, **more: object) -> Choice:
    seen = remembered(keyed(before), 1)
    return choose(keyed(items), seen, set(), cap=cap, at=AT, **more)  # type: ignore[arg-type]


def titles(choice: Choice) -> list[str | None]:
    return [one.item.title for one in choice.new]


def test_new_items_come_the_oldest_first() -> None:
    assert titles(chosen([item(1), item(2), item(3)], [item(2)])) == ["Item 3", "Item 1"]


def test_of_too_many_new_items_the_newest_are_taken() -> None:
    choice = chosen([item(number) for number in range(10)], cap=3)
    assert titles(choice) == ["Item 2", "Item 1", "Item 0"]
    assert (choice.left_out, choice.count_of_new) == (7, 10)


def test_an_item_with_another_id_or_another_address_is_known() -> None:
    before = [item(1), item(2)]
    now = [item(1, guid="other"), item(2, url="https://courier.example/other")]
    assert titles(chosen(now, before)) == []


def test_an_address_with_a_tracking_parameter_is_the_same_address() -> None:
    now = item(1, guid=None, url="https://courier.example/1?utm_source=rss")
    assert titles(chosen([now], [item(1, guid=None)])) == []


def test_ids_that_all_items_share_tell_nothing() -> None:
    before = [item(1, guid="N/A"), item(2, guid="N/A")]
    assert titles(chosen([*before, item(3, guid="N/A")], before)) == ["Item 3"]


def test_addresses_that_all_items_share_tell_nothing() -> None:
    home = {"url": "https://courier.example/", "guid": None}
    before = [item(1, **home), item(2, **home)]
    assert titles(chosen([item(3, **home), *before], before)) == ["Item 3"]


def test_an_item_that_stands_there_twice_is_one() -> None:
    assert len(keyed([item(1), item(1), item(2)])) == 2


def test_an_item_that_says_something_else_has_changed_and_another_time_is_no_change() -> None:
    before = [item(1), item(2)]
    retitled = item(1, title="Other")
    redated = item(2, published_at=Timestamp(AT, Precision.SECOND))
    choice = chosen([retitled, redated], before)
    assert [one.item for one in choice.changed] == [retitled]
    assert [one.item for one in choice.known] == [redated]


def test_a_feed_that_changes_all_its_items_each_time_costs_a_few() -> None:
    before = [item(number) for number in range(50)]
    choice = chosen([item(number, title=f"{number} comments") for number in range(50)], before)
    assert len(choice.changed) == MAX_CHANGED


def test_changes_beyond_those_that_are_taken_at_a_time_come_with_the_next_poll() -> None:
    count = MAX_CHANGED + 3
    seen = remembered(keyed([item(number) for number in range(count)]), 1)
    now = keyed([item(number, title=f"UPDATE {number}") for number in range(count)])
    first = choose(now, seen, set(), cap=100, at=AT)
    seen |= remembered((*first.changed, *first.known), 2)
    second = choose(now, seen, set(), cap=100, at=AT)
    assert (len(first.changed), len(second.changed), len(second.known)) == (MAX_CHANGED, 3, MAX_CHANGED)


def test_items_older_than_the_entry_wants_are_left_out_and_counted_once() -> None:
    items = [item(1), item(100)]
    choice = chosen(items, newest_days=2.0)
    assert titles(choice) == ["Item 1"]
    assert len(choice.too_old) == 1


def test_items_whose_pages_are_waited_for_are_neither_new_nor_known() -> None:
    (waiting,) = keyed([item(1)])
    choice = choose([waiting], {}, {waiting.keys[0]}, cap=10, at=AT)
    assert choice == Choice()


def test_what_left_the_feed_first_is_forgotten_first_and_nothing_that_is_in_it() -> None:
    current = remembered(keyed([item(number) for number in range(5)]), 9)
    seen = {f"old{number:05}": Seen("x", number % 7) for number in range(most_seen(5))} | current
    gone = forgotten(seen, current, 5)
    assert len(gone) == len(current)
    assert {seen[key].day for key in gone} == {0}
    assert not forgotten(current, current, 5)


def test_a_page_is_tried_again_later_and_later_and_then_given_up() -> None:
    waits = [due_again(Outcome.TIMEOUT, tries, AT) for tries in range(1, 7)]
    assert waits == [*(AT + timedelta(minutes=minutes) for minutes in RETRY_MINUTES), None]


def test_a_page_that_another_try_does_not_change_is_given_up_sooner() -> None:
    assert due_again(Outcome.FORBIDDEN, 1, AT) is None
    assert [due_again(NO_ARTICLE, tries, AT) is None for tries in (1, 2, 3)] == [False, False, True]
