"""Lists of the api in parts that fit: every row once, although an answer can have fewer than were asked for."""

from collections.abc import AsyncIterator, Sequence

import pytest

from services.client.async_client import AsyncNewsweave
from services.mcp.answers import Item, ToolAnswer
from services.mcp.context import LIST_MOVED, ListPart, ListReader, ToolContext, part_of_list
from services.mcp.evidence import Evidence, Links
from services.mcp.fitting import LEAST_TOKENS
from services.mcp.readable import Marks

LONG = "word " * 100
AT_ONCE = 40


class RowsOfApi:
    """A list of numbered rows, whose cursor is the number of the last row that was given."""

    def __init__(self, count: int, *, most_at_once: int = AT_ONCE) -> None:
        self.rows = [f"row_{number}" for number in range(count)]
        self.asked: list[int] = []
        self.made = 0
        self._most_at_once = most_at_once

    @property
    def reader(self) -> ListReader[str]:
        return ListReader(self.fetch, str, self.items, AT_ONCE)

    async def fetch(self, limit: int, after: str | None) -> ListPart[str]:
        self.asked.append(limit)
        begin = 0 if after is None else int(after)
        end = begin + min(limit, self._most_at_once)
        return ListPart(self.rows[begin:end], str(end) if end < len(self.rows) else None, len(self.rows))

    async def items(self, rows: Sequence[str]) -> Sequence[Item]:
        self.made += len(rows)
        return [Item(kind="row", id=row, says=LONG) for row in rows]


class ShuffledRows(RowsOfApi):
    """Its first two rows change places before the second request."""

    async def fetch(self, limit: int, after: str | None) -> ListPart[str]:
        part = await super().fetch(limit, after)
        if len(self.asked) == 1:
            self.rows[:2] = self.rows[1::-1]
        return part


@pytest.fixture
async def context() -> AsyncIterator[ToolContext]:
    async with AsyncNewsweave() as client:
        yield ToolContext(client, Evidence(Links("http://api.example")), Marks("12ab"), LEAST_TOKENS)


async def walked(context: ToolContext, rows: RowsOfApi) -> list[ToolAnswer]:
    """All answers that cursors lead to."""
    answers = [await part_of_list(context, ToolAnswer(about=Item(kind="list")), rows.reader, None)]
    while answers[-1].next is not None:
        head = ToolAnswer(about=Item(kind="list"))
        answers.append(await part_of_list(context, head, rows.reader, answers[-1].next))
    return answers


@pytest.mark.parametrize("most_at_once", [1, 2, 7, AT_ONCE])
async def test_every_row_comes_once_and_what_is_left_out_is_counted(context: ToolContext, most_at_once: int) -> None:
    rows = RowsOfApi(23, most_at_once=most_at_once)
    answers = await walked(context, rows)
    assert len(answers) > 3
    assert [item.id for answer in answers for item in answer.items] == rows.rows
    given = 0
    for answer in answers:
        given += len(answer.items)
        assert answer.left_out == len(rows.rows) - given
        assert answer.notes == ()


async def test_items_are_made_of_the_rows_that_were_read_first_alone(context: ToolContext) -> None:
    rows = RowsOfApi(AT_ONCE)
    await part_of_list(context, ToolAnswer(about=Item(kind="list")), rows.reader, None)
    assert (len(rows.asked), rows.made) == (2, AT_ONCE)


async def test_a_list_that_moves_meanwhile_is_noted(context: ToolContext) -> None:
    rows = ShuffledRows(AT_ONCE)
    answer = await part_of_list(context, ToolAnswer(about=Item(kind="list")), rows.reader, None)
    assert answer.notes == (LIST_MOVED,)
    assert [item.id for item in answer.items][:2] == ["row_0", "row_1"]


class StuckRows(RowsOfApi):
    """Whoever asks for few rows gets none, and the place that was asked for."""

    async def fetch(self, limit: int, after: str | None) -> ListPart[str]:
        part = await super().fetch(limit, after)
        return part if limit == AT_ONCE else ListPart([], after or "0", part.total)


async def test_a_list_that_leads_nowhere_is_left(context: ToolContext) -> None:
    rows = StuckRows(AT_ONCE)
    answer = await part_of_list(context, ToolAnswer(about=Item(kind="list")), rows.reader, None)
    assert answer.notes == (LIST_MOVED,)
    assert len(rows.asked) <= 3
