"""`newsweave topics`."""

import asyncio
import json
import logging
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from services.contracts.topics import DAY_MS, TOPICS, Topic
from services.local.commands.options import DataOption, JsonOption, progress_console, result_console
from services.local.discovery import running_stack
from services.local.folder import RunningStack
from services.local.settings import LocalSettings
from services.runtime.backlog import Backlog, backlogs
from services.runtime.errors import TransientError
from services.runtime.settings import RuntimeSettings

EXAMPLES = (
    "newsweave topics",
    "newsweave topics --json | jq '.[] | {name, backlogs}'",
)

_LOOK_SECONDS = 15.0
"""Longest look into the broker: without an answer the topics are listed all the same."""


def topics(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List the topics: what travels on each, from whom to whom; of a running stack also how much, and what waits."""
    running = running_stack(LocalSettings(), data)
    found = _backlogs(running) if running is not None else None
    if as_json:
        print(json.dumps([_describe(topic, found) for topic in TOPICS], indent=2))
        return
    console = result_console()
    for topic in TOPICS:
        console.print(*_lines(topic, found), sep="\n", highlight=False, soft_wrap=True)
    if running is not None:
        broker = running.urls["kafka"]
        console.print(f"\nRead along with a Kafka client at {broker}; the README has one in Python.", highlight=False)


def _backlogs(running: RunningStack) -> list[Backlog] | None:
    """How far the consumers of a stack are; null, with a remark, when its broker does not answer."""
    settings = RuntimeSettings(kafka_bootstrap_servers=running.urls["kafka"], kafka_security_protocol="PLAINTEXT")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it would say, the remark says

    async def look() -> list[Backlog]:
        async with asyncio.timeout(_LOOK_SECONDS):
            return await backlogs(settings)

    try:
        return asyncio.run(look())
    except (TransientError, TimeoutError):
        progress_console().print(
            f"The broker at {settings.kafka_bootstrap_servers} does not answer: no numbers.", highlight=False
        )
        return None


def _lines(topic: Topic, found: Sequence[Backlog] | None) -> list[Text]:
    keeps = "the last value of each key" if topic.retention_ms is None else f"{topic.retention_ms // DAY_MS} days"
    internal = ", internal" if topic.internal else ""
    lines = [
        Text(topic.name, style="bold").append(
            f"  {topic.producer} -> {', '.join(topic.consumers)}{internal}", style="not bold"
        ),
        Text(f"  {topic.purpose}"),
        Text(f"  key {topic.key}, value {topic.value.__name__}, keeps {keeps}", style="dim"),
    ]
    here = _of(topic, found)
    if here:
        waiting = ", ".join(f"{each.service} has {each.waiting:,} waiting" for each in here)
        lines.append(Text(f"  {here[0].messages:,} messages; {waiting}"))
    return lines


def _describe(topic: Topic, found: Sequence[Backlog] | None) -> dict[str, Any]:
    return {
        "name": topic.name,
        "key": topic.key,
        "value": topic.value.__name__,
        "producer": topic.producer,
        "consumers": list(topic.consumers),
        "retention_ms": topic.retention_ms,
        "internal": topic.internal,
        "purpose": topic.purpose,
        "dead_letters": [topic.dead_letters(service) for service in topic.consumers],
        # Null: no stack runs here, or its broker does not answer.
        "backlogs": None
        if found is None
        else [
            {"service": each.service, "messages": each.messages, "waiting": each.waiting} for each in _of(topic, found)
        ],
    }


def _of(topic: Topic, found: Sequence[Backlog] | None) -> list[Backlog]:
    return [each for each in found or () if each.topic == topic.name]
