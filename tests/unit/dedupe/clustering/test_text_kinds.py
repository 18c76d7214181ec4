import numpy as np

from services.contracts.article import KindOfText, Publisher, TextKind
from services.contracts.embedded import EmbeddedArticle
from services.dedupe.clustering.decision import Decision
from services.dedupe.clustering.shard import Shard
from services.dedupe.signals.terms import TermStatistics
from tests.support.dedupe_articles import DIMENSIONS, direction, embed, make_article

DECISION = Decision.load_bundled()
STATISTICS = TermStatistics(np.empty(0, np.uint32), np.empty(0, np.uint32), 1000)
AXES = np.eye(DIMENSIONS, dtype=np.float32)
BLAST = "A gas tank exploded at a depot in Hallorn on Sunday night and hurt fourteen workers"
WHALE = "Divers freed a young whale from fishing nets off Cape Brolin after three hours of work"
WALL = "This article is for subscribers only. Log in to read on."


def sent(
    key: str,
    title: str,
    text: str,
    topic: int,
    *,
    days: float = 0.0,
    publisher: str | None = None,
    kind: TextKind | None = None,
    revision: int = 1,
) -> EmbeddedArticle:
    """An article near the axis `topic`; -1: halfway between the first two."""
    near = (AXES[0] + AXES[1]) / np.sqrt(2) if topic < 0 else AXES[topic]
    article = make_article(key, text, title=title, days=days, revision=revision).model_copy(
        update={
            "publisher": Publisher(domain=f"{publisher or key}.example"),
            "text_kind": None if kind is None else KindOfText(kind=kind, evidence="by hand"),
        }
    )
    return embed(article, direction(len(key), np.asarray(near, np.float32), 0.05))


def agglomerated(*articles: EmbeddedArticle) -> list[list[int]]:
    """Places of the articles, by event, after all were placed in this order."""
    shard = Shard(DECISION, STATISTICS)
    for one in articles:
        shard.place_article(one)
    events = [shard.event_id_of(one.extracted.article.article_id) for one in articles]
    return [[at for at, event in enumerate(events) if event == each] for each in dict.fromkeys(events)]


def test_two_stubs_stay_apart() -> None:
    one = sent("post", "Why the council fell", WALL, 2, kind=TextKind.STUB)
    other = sent("times", "Why the council fell", WALL, 2, kind=TextKind.STUB)
    assert agglomerated(one, other) == [[0], [1]]


def test_a_briefing_does_not_glue_two_events() -> None:
    both = f"Good morning. {BLAST}. {WHALE}."
    briefing = sent("post", "Monday briefing", both, -1, kind=TextKind.ROUND_UP)
    reports = [
        sent("coast", "Blast at depot in Hallorn", f"{BLAST}, the fire service said.", 0, days=0.1),
        sent("times", "Whale freed off Cape Brolin", f"{WHALE}, a biologist said.", 1, days=0.1),
        sent("herald", "Fourteen hurt in Hallorn depot blast", f"{BLAST}. Police closed the road.", 0, days=0.2),
    ]
    assert agglomerated(briefing, *reports) == [[0], [1, 3], [2]]
    assert agglomerated(*reports, briefing) == [[0, 2], [1], [3]]


def test_the_wraps_of_two_days_of_one_publisher_are_two_events() -> None:
    wrap = "Shares in Ostmark closed with banks and energy firms in the lead and the crown little changed"
    monday = sent("a", "Ostmark shares close higher on Monday", wrap, 3, publisher="post")
    tuesday = sent("b", "Ostmark shares close lower on Tuesday", wrap, 3, days=1, publisher="post")
    assert agglomerated(monday, tuesday) == [[0], [1]]


def test_two_outlets_with_one_title_on_one_day_still_merge() -> None:
    one = sent("post", "Blast at depot in Hallorn", f"{BLAST}, the fire service said.", 0)
    other = sent("times", "Blast at depot in Hallorn", f"{BLAST}. Police closed the road.", 0, days=0.2)
    assert agglomerated(one, other) == [[0, 1]]


def test_an_article_that_becomes_a_stub_leaves_its_event() -> None:
    reports = [
        sent("coast", "Blast at depot in Hallorn", f"{BLAST}, the fire service said.", 0),
        sent("herald", "Fourteen hurt in Hallorn depot blast", f"{BLAST}. Police closed the road.", 0, days=0.1),
    ]
    walled = sent("herald", "Fourteen hurt in Hallorn depot blast", WALL, 0, days=0.1, kind=TextKind.STUB, revision=2)
    shard = Shard(DECISION, STATISTICS)
    events = {shard.place_article(one).event_id for one in reports}
    assert len(events) == 1
    shard.place_article(walled)
    assert shard.event_id_of(walled.extracted.article.article_id) not in events
