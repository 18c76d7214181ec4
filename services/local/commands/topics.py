"""`newsweave topics`."""

import json
from typing import Any

from rich.text import Text

from services.contracts.topics import DAY_MS, TOPICS, Topic
from services.local.commands.options import DataOption, JsonOption, result_console
from services.local.discovery import running_stack
from services.local.settings import LocalSettings

EXAMPLES = (
    "newsweave topics",
    "newsweave topics --json | jq -r '.[].name'",
)


def topics(as_json: JsonOption = False, data: DataOption = None) -> None:
    """List the topics: what travels on each, from whom to whom."""
    if as_json:
        print(json.dumps([_describe(topic) for topic in TOPICS], indent=2))
        return
    console = result_console()
    for topic in TOPICS:
        console.print(*_lines(topic), sep="\n", highlight=False, soft_wrap=True)
    running = running_stack(LocalSettings(), data)
    if running is not None:
        console.print(f"\nRead along with any Kafka client at {running.urls['kafka']}, for example:", highlight=False)
        console.print(
            f"  kcat -b {running.urls['kafka']} -t {TOPICS[0].name} -C -o beginning -e", highlight=False, soft_wrap=True
        )


def _lines(topic: Topic) -> list[Text]:
    keeps = "the last value of each key" if topic.retention_ms is None else f"{topic.retention_ms // DAY_MS} days"
    internal = ", internal" if topic.internal else ""
    return [
        Text(topic.name, style="bold").append(
            f"  {topic.producer} -> {', '.join(topic.consumers)}{internal}", style="not bold"
        ),
        Text(f"  {topic.purpose}"),
        Text(f"  key {topic.key}, value {topic.value.__name__}, keeps {keeps}", style="dim"),
    ]


def _describe(topic: Topic) -> dict[str, Any]:
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
    }
