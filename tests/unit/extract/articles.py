"""Articles to extract from, and short ways to look at what came out."""

from datetime import UTC, date, datetime

from services.contracts.article import Article, ArticleInput, ArticleStatus, InputKind
from services.contracts.claim import AssertionForm, Claim, ClaimKind
from services.contracts.quantity import Quantity
from services.extract.assertions.assertion import Assertion
from services.extract.assertions.reading import Resources, SentenceReading
from services.extract.extraction import extract
from services.extract.figures.figures import find_figures
from services.extract.text.document import read_document
from services.extract.vocabulary.lexicon import load_lexicon
from services.language.ranges import Range

FETCHED = datetime(2031, 3, 3, 12, 0, tzinfo=UTC)


def article(text: str, status: ArticleStatus = ArticleStatus.USABLE) -> Article:
    return Article(
        article_id="art_0123456789abcdef0123",
        revision=2,
        text=text,
        fetched_at=FETCHED,
        content_hash="f00dfeedf00dfeedf00d",
        input=ArticleInput(kind=InputKind.PUSH),
        status=status,
    )


def claims_of(text: str) -> tuple[Claim, ...]:
    return extract(article(text)).claims


class Everything:
    """Takes every assertion for a claim, to see what is proposed."""

    def accepts(self, resources: Resources, reading: SentenceReading, assertion: Assertion) -> bool:
        """Always."""
        return True


def proposed(text: str) -> tuple[Claim, ...]:
    """Claims as they would be if acceptance dropped none."""
    return extract(article(text), acceptance=Everything()).claims


def only_proposed(text: str) -> Claim:
    claims = proposed(text)
    assert len(claims) == 1, [claim.text for claim in claims]
    return claims[0]


def proposed_speech(text: str) -> list[tuple[str | None, str]]:
    """Speaker and words of what is proposed as somebody's, or as quoted."""
    return [
        (claim.speaker.canonical if claim.speaker else None, claim.text)
        for claim in proposed(text)
        if claim.form is not AssertionForm.NARRATED
    ]


def proposed_speakers(text: str) -> list[str | None]:
    return [claim.speaker.canonical if claim.speaker else None for claim in proposed(text)]


def only_claim(text: str) -> Claim:
    claims = claims_of(text)
    assert len(claims) == 1, [claim.text for claim in claims]
    return claims[0]


def texts(text: str, kind: ClaimKind | None = None) -> list[str]:
    return [claim.text for claim in claims_of(text) if kind is None or claim.kind is kind]


def speakers(text: str) -> list[str | None]:
    return [claim.speaker.canonical if claim.speaker else None for claim in claims_of(text)]


def quantities(text: str) -> list[Quantity]:
    figures = find_figures(read_document(text), Range(0, len(text)), load_lexicon())
    return [figure.quantity for figure in figures]


def dated_quantities(text: str, reference: date) -> list[Quantity]:
    """With the day of publication."""
    at = datetime(reference.year, reference.month, reference.day, tzinfo=UTC)
    claims = extract(article(text).model_copy(update={"published_at": at})).claims
    return [quantity for claim in claims for quantity in claim.quantities]


def only_quantity(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, [quantity.surface for quantity in found]
    return found[0]
