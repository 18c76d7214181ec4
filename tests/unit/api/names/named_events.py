"""Small events in which somebody says something, for the tests of speakers and entities."""

from collections.abc import Sequence

from services.contracts.article import Publisher
from services.contracts.base import Span
from services.contracts.claim import AttributionLink, ClaimKind, Commitment, NameLink, Speaker, SpeakerKind
from services.contracts.event import EntityVariant, Event, EventArticle, EventEntity
from services.contracts.event_claims import MergedClaim, Support, SupportForm
from tests.unit.api.examples import GAZETTE, NOON, POST, event, member

CALM = Publisher(name="Calm Daily", domain="calmdaily.example")


def speaker(name: str, kind: SpeakerKind = SpeakerKind.PERSON, role: str | None = None) -> Speaker:
    """A speaker, named at the beginning of the text."""
    return Speaker(surface=name, span=Span(start=0, end=len(name)), canonical=name, kind=kind, role=role)


def entity(name: str, *others: str, kind: str = "person") -> EventEntity:
    """A name with its forms."""
    return EventEntity(
        name=name,
        type=kind,
        variants=tuple(
            EntityVariant(surface=form, article_ids=("art",), link=NameLink.PART if number else NameLink.SAME)
            for number, form in enumerate((name, *others))
        ),
    )


def support(
    article: EventArticle, text: str, who: Speaker | None, form: SupportForm | None = None, by: str | None = None
) -> Support:
    """One report."""
    return Support(
        article_id=article.article_id,
        publisher=article.publisher,
        origin_id=article.origin_id,
        claim_id=f"clm_in_{article.article_id}",
        span=Span(start=100, end=100 + len(text)),
        text=text,
        speaker=who,
        form=form,
        attribution=(AttributionLink(name=by, kind=SpeakerKind.ORGANISATION),) if by else (),
        published_at=article.published_at,
    )


def claim(
    claim_id: str,
    text: str,
    who: Speaker | None,
    supports: Sequence[Support],
    *,
    kind: ClaimKind = ClaimKind.STATEMENT,
    commitment: Commitment = Commitment.ASSERTS,
) -> MergedClaim:
    """A merged claim."""
    return MergedClaim(
        claim_id=claim_id,
        kind=kind,
        text=text,
        speaker=who,
        cue="said" if who else None,
        commitment=commitment,
        supports=tuple(supports),
        origins=len({one.origin_id for one in supports}),
        first_reported_at=min((one.published_at for one in supports if one.published_at), default=NOON),
    )


def says(
    event_id: str,
    name: str,
    *,
    minutes: int = 0,
    kind: SpeakerKind = SpeakerKind.PERSON,
    entities: Sequence[EventEntity] = (),
    text: str = "The bridge is safe.",
) -> Event:
    """An event in which somebody says one thing, as one article reports."""
    article = member(f"art_{event_id}")
    who = speaker(name, kind)
    statement = claim(f"clm_{event_id}", text, who, [support(article, text, who)])
    return event(event_id, articles=(article,), minutes=minutes).model_copy(
        update={"claims": (statement,), "entities": tuple(entities)}
    )


def quoted() -> Event:
    """An event in which Ada Reyl is quoted by one outlet whole, by one in part, by one in its own words; Tom denies."""
    articles = (
        member("art_q1", publisher=GAZETTE, origin_id="org_1"),
        member("art_q2", publisher=POST, origin_id="org_2", url="https://harbourpost.example/bridge"),
        member("art_q3", publisher=CALM, origin_id="org_3"),
    )
    ada, tom = speaker("Ada Reyl", role="mayor"), speaker("Tom Reyl")
    words = "“The bridge is safe and it stays open.”"
    quotation = claim(
        "clm_safe",
        words,
        ada,
        [
            support(articles[0], words, ada, SupportForm.FULL, by="Meridian Press"),
            support(articles[1], "The bridge is “safe”.", ada, SupportForm.CUT),
            support(articles[2], "The bridge can be used, she said.", ada, SupportForm.PARAPHRASE),
        ],
        kind=ClaimKind.QUOTATION,
    )
    denial = claim(
        "clm_not", "The bridge is not safe.", tom, [support(articles[1], "The bridge is not safe.", tom)],
        commitment=Commitment.DENIES,
    )  # fmt: skip
    return event("evt_q", articles=articles, minutes=30).model_copy(
        update={"claims": (quotation, denial), "entities": (entity("Ada Reyl", "Reyl"), entity("Tom Reyl"))}
    )
