"""`limits`: what Newsweave cannot tell, and what this client may ask."""

from services.mcp.answers import Item, ToolAnswer
from services.mcp.arguments import NoArguments
from services.mcp.context import ToolContext
from services.mcp.event_items import facts

LIMITS = {
    "coverage": "Newsweave knows only the articles that were fetched or sent to it. An event, a denial or a report "
    "that it does not find may still exist. Texts behind paywalls, pictures and broadcasts are mostly missing.",
    "claims": "Claims are found by rules and a learned threshold: some are missed, some are cut too short or too long. "
    "Attribution can be wrong where a text names several speakers. Read the words at the span before you rely on them.",
    "events": "Which articles tell one event is decided by similarity with a threshold: an event can be split in two, "
    "or have an article that is about something else. Similar happenings of the same days are the hardest.",
    "contradictions": "Newsweave looks for four kinds, within one event: values of one count that exclude each other, "
    "a statement and its denial, the same words given to two speakers, and two dates of one thing. It does not look "
    "for other disagreements. It misses many real contradictions, and some that it shows are two sides of one thing. "
    "Items of kind `denial` are sentences of one side; they often do not say whom it contradicts.",
    "origins": "Texts that share long stretches count as one origin. Two outlets that rewrite one unnamed source in "
    "their own words count as two: `origins` is no proof of independence.",
    "truth": "Newsweave says who reports what, never whether it is true. Outlets are not rated.",
    "names": "Across events speakers are matched by full name alone: namesakes stand together, one person under two "
    "names stands apart.",
    "languages": "English is read best. Other languages are grouped into events, with fewer claims or none.",
    "quotations": "Long quotations are cut here, and characters that cannot be seen are left out: the span and the "
    "link lead to the exact words.",
}
"""In words, by what they are about. How often each happens is measured in docs/quality.md of the repository."""


async def limits(context: ToolContext, _arguments: NoArguments) -> ToolAnswer:
    """What to keep in mind, and how many requests are left."""
    service = await context.client.limits()
    requests = service.requests
    return ToolAnswer(
        about=Item(
            kind="limits",
            says="What Newsweave cannot tell.",
            facts=facts(
                address=context.links.address,
                requests_left=requests.remaining if requests else None,
                requests_window_seconds=requests.window_seconds if requests else None,
            ),
        ),
        items=tuple(Item(kind=kind, says=words) for kind, words in LIMITS.items()),
    )
