"""A server of thousands of feeds that fill up as simulated time goes by. A process of its own.

    python -m benchmarks.feed_server --feeds 10000

It prints its port. `GET /clock/SECONDS` moves its time on and answers how many connections are open, and the most that
were. `GET /feed/N` is a feed: its items, their times and how it compares versions depend on N alone.
"""

import argparse
import asyncio
import hashlib
import math

START = 1_930_000_000
"""When simulated time begins, in seconds since 1970."""
HISTORY_SECONDS = 14 * 24 * 3600
_SHOWN = 20
"""Items in a feed, the newest first."""
_PARAGRAPH = (
    "<p>The council of place {place} decided on Monday to repair bridge {bridge}, engineer Ada Lind said. Work begins "
    "in spring and takes about {weeks} weeks, and lorries have to go around by the valley road until then.</p>"
)


def luck(*parts: object) -> float:
    """A number from 0 to 1 that depends on `parts` alone."""
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:6]) / 2**48


def gap_seconds(feed: int) -> float:
    """The mean time between two items.

    10 to 60 minutes for a tenth of the feeds, up to six hours for three tenths, up to four days for the rest.
    """
    kind, where = luck("kind", feed), luck("gap", feed)
    low, high = (600, 3_600) if kind < 0.1 else (3_600, 21_600) if kind < 0.4 else (21_600, 345_600)  # noqa: PLR2004
    return float(low * (high / low) ** where)


def item_times(feed: int, until: float) -> list[float]:
    """When the feed's items were published, up to `until`; times as of `START`. At random, at its own rate."""
    times, at, number = [], START - HISTORY_SECONDS + gap_seconds(feed) * luck("first", feed), 0
    while at <= until:
        times.append(at)
        number += 1
        at += -gap_seconds(feed) * math.log(1 - 0.999 * luck("wait", feed, number))
    return times


def validators_of(feed: int) -> str:
    """How the feed's server compares versions: `etag`, `last_modified`, or `none`."""
    kind = luck("validators", feed)
    return "etag" if kind < 0.7 else "last_modified" if kind < 0.9 else "none"  # noqa: PLR2004


class Feeds:
    """What the server says now."""

    def __init__(self, feeds: int) -> None:
        self.now = float(START)
        self.open = self.most_open = 0
        end = START + 48 * 3600
        self._times = [item_times(feed, end) for feed in range(feeds)]

    def answer(self, feed: int, headers: dict[str, str]) -> bytes:
        """The bytes of the answer to a request for a feed."""
        count = sum(1 for at in self._times[feed] if at <= self.now)
        etag, modified = f'"{feed}-{count}"', f"version {count}"
        kind = validators_of(feed)
        is_same = (kind == "etag" and headers.get("if-none-match") == etag) or (
            kind == "last_modified" and headers.get("if-modified-since") == modified
        )
        lines = {"etag": f"ETag: {etag}\r\n", "last_modified": f"Last-Modified: {modified}\r\n", "none": ""}[kind]
        if is_same:
            return f"HTTP/1.1 304 Not Modified\r\n{lines}\r\n".encode()
        body = self._body(feed, count)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    def _body(self, feed: int, count: int) -> bytes:
        items = "".join(self._item(feed, number) for number in range(count, max(0, count - _SHOWN), -1))
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<channel><title>Outlet {feed}</title><link>https://outlet{feed}.example/</link>{items}</channel></rss>"
        ).encode()

    def _item(self, feed: int, number: int) -> str:
        at = self._times[feed][number - 1]
        url = f"https://outlet{feed}.example/{number}"
        text = _PARAGRAPH.format(place=feed, bridge=number, weeks=number % 40 + 2) * 3
        said = (
            f"<title>Bridge {number} of place {feed} to be repaired</title><description>Bridge {number}.</description>"
        )
        found = f"<link>{url}</link><guid>{url}</guid><pubDate>{int(at)}</pubDate>"
        return f"<item>{said}{found}<content:encoded><![CDATA[{text}]]></content:encoded></item>"


async def serve(feeds: Feeds, port: int) -> None:
    """Answer until the process ends."""

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        feeds.open += 1
        feeds.most_open = max(feeds.most_open, feeds.open)
        try:
            while True:
                first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                what, _, number = first.split(" ")[1].strip("/").partition("/")
                if what == "clock":
                    feeds.now = float(number)
                    body = f"{feeds.open} {feeds.most_open}".encode()
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
                else:
                    writer.write(feeds.answer(int(number), headers))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            feeds.open -= 1
            writer.close()

    server = await asyncio.start_server(client, "0.0.0.0", port)  # all of 127.0.0.0/8
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=10_000, help="how many")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    options = parser.parse_args()
    asyncio.run(serve(Feeds(options.feeds), options.port))


if __name__ == "__main__":
    main()
