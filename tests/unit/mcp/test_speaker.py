"""What somebody said, in parts that fit: nothing is left out without a word."""

from collections.abc import Callable
from typing import Any

import pytest

from services.contracts.event import Event
from services.mcp.context import LIST_MOVED
from services.mcp.fitting import LEAST_TOKENS
from tests.support.big_view import big_view
from tests.support.speaker_parts import speaker_event, speaker_json, statement
from tests.support.tool_answers import content_of, text_of

Models = Callable[..., Any]
NAME = "Ilya Marchenkov"
PATH = "/v1/speakers/Ilya%20Marchenkov"
WORDS = "The harbour was closed before the ferry left. " * 9
LISTED, UNLISTED = 12, 5


def two_parts(event: Event) -> Callable[[dict[str, str]], dict[str, Any]]:
    """Three events in two parts; of each the api leaves statements out."""
    said = [
        speaker_event(
            event, [statement(event, f"clm_{number}.{place}", WORDS) for place in range(LISTED)], unlisted=UNLISTED
        )
        for number in range(3)
    ]
    total = 3 * (LISTED + UNLISTED)

    def body(asked: dict[str, str]) -> dict[str, Any]:
        if "cursor" in asked:
            return speaker_json(event, said[2:], name=NAME, statements=total, alone=4)
        return speaker_json(event, said[:2], name=NAME, statements=total, alone=4, following="2026-01-01~evt_2")

    return body


async def test_all_statements_are_reached_and_those_that_cannot_be_are_counted(models: Models) -> None:
    event = big_view(6, 6)
    parts: list[dict[str, Any]] = []
    async with models(event, bodies={PATH: two_parts(event)}) as client:
        cursor: dict[str, str] = {}
        while not parts or "next" in parts[-1]:
            arguments = {"name": NAME, "max_tokens": LEAST_TOKENS} | cursor
            parts.append(content_of(await client.call_tool("speaker", arguments)))
            cursor = {"cursor": parts[-1].get("next", "")}
    items = [item for part in parts for item in part["items"]]
    assert [item["id"] for item in items if item["kind"] == "statement"] == [
        f"clm_{number}.{place}" for number in range(3) for place in range(LISTED)
    ]
    assert [item["kind"] for item in items[-2:]] == ["other_name", "event_of_name_alone"]
    notes = [note for part in parts for note in part.get("notes", ())]
    assert [int(note.split()[0]) for note in notes if "statements of these events are not listed" in note] == [5, 5, 5]
    assert "3 further events have the name alone: `search` with the name has them." in notes
    assert LIST_MOVED not in notes
    left = len(items)
    for part in parts:
        left -= len(part["items"])
        unlisted_to_come = part.get("left_out", 0) - left
        assert 0 <= unlisted_to_come <= 3 * UNLISTED
        assert (part.get("left_out", 0) > 0) == ("next" in part)


async def test_a_list_that_moved_between_two_answers_is_noted(models: Models) -> None:
    event = big_view(6, 6)
    async with models(event, bodies={PATH: two_parts(event)}) as client:
        answer = await client.call_tool("speaker", {"name": NAME, "cursor": "3~3~clm_9.9~"})
    assert LIST_MOVED in content_of(answer)["notes"]


@pytest.mark.parametrize("alone", [1, 40])
async def test_names_that_may_be_meant_are_all_reached(models: Models, alone: int) -> None:
    event = big_view(6, 6)
    body = speaker_json(event, [], name="Marchenkov", statements=0, alone=alone)
    async with models(event, bodies={"/v1/speakers/Marchenkov": body}) as client:
        answer = await client.call_tool("speaker", {"name": "Marchenkov"})
    content = content_of(answer)
    assert [item["kind"] for item in content["items"]] == ["other_name", "event_of_name_alone"]
    assert ("39 further events have the name alone" in text_of(answer)) == (alone == 40)


@pytest.mark.parametrize("cursor", ["3~3", "x~1~clm_1~", "1~1~⟧~", "~~~"])
async def test_a_cursor_of_another_tool_is_refused(models: Models, cursor: str) -> None:
    async with models(big_view(3, 3)) as client:
        answer = await client.call_tool("speaker", {"name": NAME, "cursor": cursor})
    assert answer.is_error
    assert "give the `next` of an answer of this tool" in text_of(answer)
