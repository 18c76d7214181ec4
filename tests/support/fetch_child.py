"""Fetches addresses in a process of its own and tells what memory that took: `python -m tests.support.fetch_child`.

Reads settings and addresses as JSON from standard input; writes outcomes and memory as JSON to standard output.
"""

import asyncio
import json
import sys
from pathlib import Path

from services.ingest.fetching.fetcher import open_fetcher
from services.ingest.fetching.settings import FetchSettings
from services.runtime.clock import SystemClock


def most_resident() -> int:
    """The most bytes of memory that the process has had so far. `getrusage` would count its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(line.split()[1]) * 1024


async def fetch_all(settings: FetchSettings, warm_up: str, urls: list[str]) -> dict[str, object]:
    async with open_fetcher(settings, SystemClock()) as fetcher:
        await fetcher.fetch(warm_up)  # what every fetch takes once: modules, certificates, threads
        before = most_resident()
        ends = await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    return {"outcomes": [end.outcome for end in ends], "before": before, "most": most_resident()}


if __name__ == "__main__":
    given = json.load(sys.stdin)
    found = asyncio.run(fetch_all(FetchSettings(**given["settings"]), given["warm_up"], given["urls"]))
    json.dump(found, sys.stdout)
