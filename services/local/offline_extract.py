"""`newsweave extract`: the claims of articles, at offsets into the text as it was given. Pure."""

from collections.abc import Sequence
from typing import Any

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import Claim, Predicate, Speaker
from services.extract.extraction import extract
from services.local.given_text import GivenText


def extract_claims(article: Article, text: str) -> list[dict[str, Any]]:
    """Claims of `article`, as plain data for JSON.

    Args:
        article: What ingest makes of the text.
        text: The text as it was given, boilerplate and all: `start` and `end` count its characters, and each
            claim's `text` is `text[start:end]`. A claim that has words of boilerplate in its middle there, such as a
            headline glued into its sentence, is left out: those are not its words.
    """
    given = GivenText(text)
    claims = _Claims(given)
    return [claims.claim(claim) for claim in extract(article).claims if not given.holds_boilerplate(claim.span)]


class _Claims:
    """Writes claims at their places in the text as given."""

    def __init__(self, given: GivenText) -> None:
        self._given = given

    def claim(self, claim: Claim) -> dict[str, Any]:
        told = claim.model_dump(mode="json", exclude={"claim_id", "extractor"})
        span = self._given.place(claim.span)
        return {
            "kind": told.pop("kind"),
            **span,
            "text": self._given.words(span),
            "speaker": self._speaker(claim.speaker),
            "form": told.pop("form"),
            "cue": told.pop("cue"),
            "quoted": [self._given.place(span) for span in claim.quoted],
            "commitment": told.pop("commitment"),
            "negated": told.pop("negated"),
            "sentence": self._given.place(claim.sentence) if claim.sentence else None,
            **self._main_clause(claim.predicates),
            **{
                part: [
                    self._moved(item, found.span) for item, found in zip(told[part], getattr(claim, part), strict=True)
                ]
                for part in ("quantities", "dates", "entities")
            },
            "attribution": [
                self._moved(item, link.span) for item, link in zip(told["attribution"], claim.attribution, strict=True)
            ],
        }

    def _main_clause(self, predicates: Sequence[Predicate]) -> dict[str, dict[str, Any] | None]:
        """Heads of the main clause: the first predicate that hangs on nothing in the claim, its subject and object."""
        main = next((predicate for predicate in predicates if predicate.main), None)
        if main is None:
            return {"subject": None, "predicate": None, "object": None}
        return {
            "subject": self._head(main.subject_span),
            "predicate": {
                "lemma": main.lemma,
                "negated": main.negated,
                "modal": main.modal,
                **self._given.place(main.span),
            },
            "object": self._head(main.object_span),
        }

    def _head(self, span: Span | None) -> dict[str, Any] | None:
        if span is None:
            return None
        place = self._given.place(span)
        return {"text": self._given.words(place), **place}

    def _speaker(self, speaker: Speaker | None) -> dict[str, Any] | None:
        if speaker is None:
            return None
        span = self._given.place(speaker.span)
        return {
            "surface": self._given.words(span),
            **span,
            "canonical": speaker.canonical,
            "kind": speaker.kind.value,
            "role": speaker.role,
            "organisation": speaker.organisation,
        }

    def _moved(self, item: dict[str, Any], span: Span | None) -> dict[str, Any]:
        """`item` with its place in the text as given instead of its span."""
        place = self._given.place(span) if span is not None else {}
        return {name: value for name, value in item.items() if name != "span"} | place
