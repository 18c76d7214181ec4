"""Claims of sentences, read as `/v1/check` reads drafts."""

from services.api.check.proposition import Proposition, proposition_of
from services.api.draft_models import Draft
from services.api.drafts import article_of
from services.contracts.claim import Claim
from services.extract.extraction import extract
from tests.unit.api.examples import NOON


def claim_of(text: str) -> Claim:
    """The only claim of a sentence."""
    draft = Draft.model_validate({"text": text, "published_at": NOON.isoformat()})
    (claim,) = extract(article_of(draft, NOON), every_sentence=True).claims
    return claim


def read(text: str) -> Proposition:
    """What it says."""
    return proposition_of(claim_of(text))
