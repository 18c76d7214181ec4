"""Small files of sites, remembered for a while."""

import asyncio
from contextlib import suppress

from services.ingest.fetching.site_files import BASE_BYTES, Loaded, SiteFiles


class Web:
    """Counts what is asked for, and answers when it is let."""

    def __init__(self, size: int = 0) -> None:
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self.seconds = 0.0
        self.size = size

    async def load(self, origin: str) -> Loaded[str]:
        self.asked.append(origin)
        await self.open.wait()
        return Loaded(origin.upper(), 60, self.size)

    def now(self) -> float:
        return self.seconds


async def test_a_file_is_asked_for_again_when_its_time_is_over() -> None:
    web = Web()
    files = SiteFiles(web.load, max_bytes=10**6, now=web.now)
    assert [await files.get("a"), await files.get("a")] == ["A", "A"]
    web.seconds = 60
    await files.get("a")
    assert web.asked == ["a", "a"]


async def test_the_files_used_last_are_kept_within_the_bytes_given() -> None:
    web = Web(size=1000)
    files = SiteFiles(web.load, max_bytes=2 * (1000 + BASE_BYTES), now=web.now)
    for origin in ("a", "b", "a", "c", "a", "b"):
        await files.get(origin)
    assert web.asked == ["a", "b", "c", "b"]


async def test_whoever_gives_up_leaves_the_file_to_the_others() -> None:
    web = Web()
    web.open.clear()
    files = SiteFiles(web.load, max_bytes=10**6, now=web.now)
    first, second = asyncio.create_task(files.get("a")), asyncio.create_task(files.get("a"))
    await asyncio.sleep(0)
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    web.open.set()
    assert await second == "A"
    assert web.asked == ["a"]
