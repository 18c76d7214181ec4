"""What is on the page of one article. Pure."""

from dataclasses import dataclass

from services.api.names.name_keys import NameKeys, speaker_page
from services.api.outlets.outlet_keys import outlet_key, outlet_page
from services.api.pages import phrases
from services.api.pages.article_entries import unknown_note
from services.api.pages.characters import shown
from services.api.pages.condition_words import language_name
from services.api.pages.highlight import Segment, paragraphs
from services.api.pages.links import article_url, outside_link
from services.api.pages.moments import machine_time
from services.api.pages.reasons import Reason, reason
from services.api.pages.references import References
from services.api.pages.stances import stance
from services.api.summaries import event_page
from services.contracts.article import Article, DateSource, PublishedNote, RemovedBlock
from services.contracts.claim import ArticleName, AssertionForm, Claim, ExtractedArticle
from services.contracts.event import EntityVariant, EventEntity, Membership


@dataclass(frozen=True)
class ClaimNote:
    """One claim in the list beside the text."""

    number: int
    claim_id: str
    kind: str
    text: str
    speaker: str
    speaker_page: str | None
    """The speaker's page; None where the name does not tell who it is."""
    sourced: bool
    """Whether a source is named."""
    narrated: bool
    """Whether it is the outlet's own."""
    says: str
    """How the source says it: the cue."""
    stance: str | None
    """How far the source stands behind it, unless it asserts it."""
    attribution: str | None


@dataclass(frozen=True)
class ArticlePage:
    """One article: its text with claims marked, and where it came from."""

    title: str
    outlet: str | None
    outlet_page: str | None
    link: str | None
    json_url: str
    event_page: str | None
    published_iso: str | None
    published: str | None
    unknown: str | None
    """What is not known of outlet, title and date, in a sentence."""
    authors: tuple[str, ...]
    facts: tuple[str, ...]
    warning: str | None
    """Why a reader should be careful: corrected or withdrawn."""
    language: str | None
    paragraphs: list[list[Segment]]
    claims: tuple[ClaimNote, ...]
    no_claims: str
    """Why there are none, if there are none."""
    removed: tuple[RemovedBlock, ...]
    reason: Reason | None
    """Why it is in its event; None while it is in none."""


@dataclass(frozen=True)
class NamesOfArticle:
    """Keys of the names in it that can have pages."""

    speakers: frozenset[str]
    outlet: str | None


def names_of_article(extracted: ExtractedArticle) -> NamesOfArticle:
    """Of who speaks in it, and of who published it."""
    keys = NameKeys(map(_entity, extracted.names))
    speakers = (keys.speaker(claim.speaker) for claim in extracted.claims)
    return NamesOfArticle(
        frozenset(known.key for known in speakers if known is not None and known.full),
        outlet_key(extracted.article.publisher),
    )


def article_page(
    extracted: ExtractedArticle,
    event_id: str | None,
    membership: Membership | None = None,
    linked: NamesOfArticle | None = None,
) -> ArticlePage:
    """Everything the template needs.

    Args:
        extracted: The article with its claims.
        event_id: Its event; None: it is in none.
        membership: Why it is there, where that is known.
        linked: Those of its names that have pages; None: not known, so all are linked.
    """
    article, keys = extracted.article, NameKeys(map(_entity, extracted.names))
    linked = linked or names_of_article(extracted)
    outlet = phrases.named_outlet(article.publisher)
    claims = sorted(extracted.claims, key=lambda claim: (claim.span.start, claim.span.end, claim.claim_id))
    return ArticlePage(
        title=phrases.title(article.title),
        outlet=outlet,
        outlet_page=outlet_page(linked.outlet) if linked.outlet else None,
        link=outside_link(article.url),
        json_url=article_url(article.article_id),
        event_page=event_page(event_id) if event_id else None,
        published_iso=machine_time(article.published_at, article.published_precision) if article.published_at else None,
        published=phrases.at(article.published_at, article.published_precision) if article.published_at else None,
        unknown=unknown_note([article]),
        authors=tuple(filter(None, map(shown, article.authors))),
        facts=_facts(article),
        warning=phrases.ARTICLE_STATUS[article.status],
        language=article.language,
        paragraphs=paragraphs(article.text, [claim.span for claim in claims]),
        claims=tuple(
            _note(number, claim, outlet, keys, linked.speakers) for number, claim in enumerate(claims, start=1)
        ),
        no_claims=_explain_no_claims(article.language),
        removed=article.removed_blocks,
        reason=None if membership is None else reason(membership, References()),
    )


def _entity(name: ArticleName) -> EventEntity:
    """A name of the article, as events have them."""
    variants = tuple(EntityVariant(surface=form.surface, article_ids=()) for form in name.forms)
    return EventEntity(name=name.name, type=name.type, variants=variants)


def _explain_no_claims(language: str | None) -> str:
    if language is None or language == "en":
        return "No claim was found in this text."
    return f"This text is in {language_name(language)}. Claims are found in English texts only."


def _facts(article: Article) -> tuple[str, ...]:
    facts = [
        f"Came {phrases.INPUT[article.input.kind]} on {phrases.at(article.fetched_at)}",
        f"revision {article.revision}",
    ]
    if article.published_source is DateSource.ADDRESS:
        facts.append("publication day read from its address")
    if article.published_note is PublishedNote.AFTER_ARRIVAL:
        facts.append("dated after it came: not relied on")
    if article.published_given and article.published_note is None:
        facts.append(f"dated {phrases.at(article.published_given)}: not relied on")
    if article.status_reason:
        facts.append(f"its publisher says: {shown(article.status_reason)}")
    if article.text_kind:
        facts.append(f"kind of text: {phrases.TEXT_KIND[article.text_kind.kind]}")
    if article.wire_credit:
        facts.append(f"credits {article.wire_credit}")
    return tuple(facts)


def _note(number: int, claim: Claim, outlet: str | None, keys: NameKeys, linked: frozenset[str]) -> ClaimNote:
    known = keys.speaker(claim.speaker)
    before = stance(claim.commitment, claim.kind, claim.text, claim.cue)
    return ClaimNote(
        number=number,
        claim_id=claim.claim_id,
        kind=phrases.CLAIM_KIND[claim.kind],
        text=claim.text,
        speaker=phrases.speaker(claim.speaker),
        speaker_page=speaker_page(known.key) if known is not None and known.key in linked else None,
        sourced=claim.speaker is not None,
        narrated=claim.form is AssertionForm.NARRATED,
        says=f"“{claim.cue}”" if claim.cue else "",
        stance=before,
        attribution=phrases.attribution(claim.attribution, outlet),
    )
