"""`newsweave up` with a file of feeds: from an outlet's server to a page of an event."""

from pathlib import Path

import httpx
import pytest

from services.local.waiting import wait_until
from tests.support.feed_site import Path as Answer
from tests.support.feed_site import feed_site, rss_of
from tests.support.stack import newsweave, newsweave_up

SECONDS = 90.0
DAM = (
    "<p>The dam above Varn broke early on Sunday and sent a wall of water through the town, officials said.</p>"
    "<p>Mayor Mary Hall said nine people had died and forty homes in the mill quarter were swept away.</p>"
    "<p>Rescue teams searched the mud with dogs, and pumps were on their way from Orla, fire chief John Stone said.</p>"
)


@pytest.mark.timeout(300)
def test_an_item_that_an_outlet_publishes_is_part_of_an_event_page_within_one_poll(tmp_path: Path) -> None:
    with feed_site() as site:
        bridge = ("Old harbour bridge reopens", site.add_page("/bridge", "Old harbour bridge reopens"))
        site.paths["/rss"] = Answer(rss_of(bridge))
        file = tmp_path / "feeds.yaml"
        # Two seconds, whatever the feed does.
        bounds = "    min_interval_minutes: 0.03\n    max_interval_minutes: 0.03\n"
        file.write_text(f"feeds:\n  - url: {site.url}/rss\n{bounds}")
        settings = {
            "NEWSWEAVE_FEEDS_FILE": str(file),
            "NEWSWEAVE_FETCH_ALLOWED_HOSTS": "127.0.0.1",
            "NEWSWEAVE_FETCH_ALLOWED_PORTS": "*",
        }
        with newsweave_up(tmp_path / "home", **settings) as up:

            def pages() -> str:
                return httpx.get(up.running.urls["page"], trust_env=False).text

            assert wait_until(lambda: "Old harbour bridge" in pages(), within_seconds=SECONDS)
            dam = ("Valley dam breaks in the night", site.add_page("/dam", "Valley dam breaks in the night", DAM))
            polls = site.asked("/rss")
            site.paths["/rss"] = Answer(rss_of(dam, bridge))
            assert wait_until(lambda: site.answers["/dam", 200] == 1, within_seconds=SECONDS)
            assert site.asked("/rss") <= polls + 2
            assert wait_until(lambda: "Valley dam" in pages(), within_seconds=SECONDS)
            asked = site.answers["/rss", 304]
            assert wait_until(lambda: site.answers["/rss", 304] > asked, within_seconds=SECONDS)
            assert site.asked("/bridge") == 1
            said = newsweave(tmp_path / "home", "feeds", "list").stdout
            assert f"{site.url}/rss" in said
            assert "2 published" in said
