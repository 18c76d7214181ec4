"""Which claims of single origins the page has, and under which articles."""

from services.api.pages.claim_shares import in_turns, speakers_together
from services.api.pages.event_page import event_page
from services.api.pages.rendering import Pages
from services.api.pages.shown_part import MOST_CLAIMS_OF_SMALL, shown_part
from services.contracts.base import Span
from services.contracts.claim import AssertionForm, ClaimKind, Commitment
from services.contracts.event import Event, EventArticle
from services.contracts.event_claims import MergedClaim
from tests.unit.api.examples import POST, event, member
from tests.unit.api.names.named_events import claim, speaker, support

OLD, NEW = member("art_old", origin_id="org_1"), member("art_new", origin_id="org_2", publisher=POST)


def single(article: EventArticle, start: int, who: str | None = None, claim_id: str = "") -> MergedClaim:
    """A claim that one article makes `start` characters from its beginning."""
    said = speaker(who) if who else None
    words = f"Words at {start}."
    report = support(article, words, said).model_copy(update={"span": Span(start=start, end=start + len(words))})
    return claim(claim_id or f"clm_{article.article_id}_{start:06}", words, said, [report])


def ids(claims: list[MergedClaim]) -> list[str]:
    return [each.claim_id for each in claims]


def big(old: int = 80, new: int = 40) -> Event:
    claims = [single(OLD, 100 * at) for at in range(old)] + [single(NEW, 100 * at) for at in range(new)]
    return event(articles=(OLD, NEW)).model_copy(update={"claims": tuple(claims)})


def test_articles_take_turns_each_with_what_stands_nearest_to_its_lead() -> None:
    claims = [single(OLD, 900), single(OLD, 10), single(OLD, 400), single(NEW, 700), single(NEW, 20)]
    taken = list(in_turns(claims, ["art_new", "art_old"]))
    assert [(each.supports[0].article_id, each.supports[0].span.start) for each in taken] == [
        ("art_new", 20),
        ("art_old", 10),
        ("art_new", 700),
        ("art_old", 400),
        ("art_old", 900),
    ]


def test_an_outlets_own_words_count_as_news_at_the_top_of_its_article_alone() -> None:
    narrated = {"form": AssertionForm.NARRATED}
    top, deep = (single(OLD, start).model_copy(update=narrated) for start in (100, 3_000))
    amount = single(OLD, 3_500).model_copy(update={**narrated, "kind": ClaimKind.FIGURE})
    said = single(OLD, 5_000, "Ada Reyl")
    assert ids(list(in_turns([deep, said, amount, top], []))) == ids([top, amount, said, deep])


def test_claims_of_one_speaker_stand_under_each_other() -> None:
    claims = [
        single(OLD, 10, "Ada Reyl"),
        single(OLD, 20, "Bo Marsh"),
        single(OLD, 30),
        single(OLD, 40, "Ada Reyl"),
        single(OLD, 50),
    ]
    starts = [each.supports[0].span.start for each in speakers_together(claims)]
    assert starts == [10, 40, 20, 30, 50]


def test_each_article_has_its_share_of_a_page_that_has_no_room_for_all() -> None:
    shown = shown_part(big())
    of_article = [each.supports[0].article_id for each in shown.claims]
    assert len(of_article) == MOST_CLAIMS_OF_SMALL
    assert of_article.count("art_new") == of_article.count("art_old") == MOST_CLAIMS_OF_SMALL // 2
    assert max(each.supports[0].span.start for each in shown.claims) == 100 * (MOST_CLAIMS_OF_SMALL // 2 - 1)


def test_an_article_that_has_few_claims_leaves_its_room_to_others() -> None:
    of_article = [each.supports[0].article_id for each in shown_part(big(new=3)).claims]
    assert (of_article.count("art_new"), of_article.count("art_old")) == (3, MOST_CLAIMS_OF_SMALL - 3)


def test_the_page_lists_them_under_their_articles_the_newest_first() -> None:
    view = event_page(big(old=20, new=2), "evt_a")
    assert [(group.outlet, group.number, len(group.claims), len(group.folded)) for group in view.single] == [
        ("The Harbour Post", 2, 2, 0),
        ("Corrow Gazette", 1, 6, 14),
    ]
    text = " ".join(Pages().fragment("event.html", event=view).split())
    assert '<h3><a href="#article-2"><bdi>The Harbour Post</bdi></a>' in text
    assert "14 more claims" in text


def test_a_single_claim_is_not_folded() -> None:
    (group,) = event_page(big(old=13, new=0), "evt_a").single
    assert (len(group.claims), len(group.folded)) == (13, 0)


def test_what_a_source_leaves_open_stands_behind_what_others_say_and_is_no_statement() -> None:
    refused = single(OLD, 10, "Bo Marsh").model_copy(update={"commitment": Commitment.DECLINES_TO_CONFIRM})
    shown = event(articles=(OLD,)).model_copy(update={"claims": (refused, single(OLD, 20, "Ada Reyl"))})
    (of_article,) = event_page(shown, "evt_a").single
    assert [(claim.text, claim.kind) for claim in of_article.claims] == [
        ("Words at 20.", "statement"),
        ("Words at 10.", "left open"),
    ]
