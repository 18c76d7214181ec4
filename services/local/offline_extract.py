"""`newsweave extract`: the claims of articles, at offsets into the text as it was given. Pure."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from services.contracts.article import Article
from services.contracts.base import Span
from services.contracts.claim import Claim, Predicate, Speaker
from services.extract.extraction import extract
from services.ingest.cleaning import CleanText, clean


def extract_claims(article: Article, text: str) -> list[dict[str, Any]]:
    """Claims of `article`, as plain data for JSON.

    Args:
        article: What ingest makes of the text.
        text: The text as it was given, page residue and all: `start` and `end` count its characters, and each
            claim's `text` is `text[start:end]`. A claim that has words of residue in its middle there, such as a
            headline glued into its sentence, is left out: those are not its words.
    """
    given = _Given(text, clean(text))
    return [given.claim(claim) for claim in extract(article).claims if not given.holds_residue(claim.span)]


class _Given:
    """The way back from the clean text to the text as given."""

    def __init__(self, text: str, cleaned: CleanText) -> None:
        self._text = text
        self._cleaned = cleaned

    def holds_residue(self, span: Span) -> bool:
        """Whether words that are not the article's stand within a span of the clean text, where it was given."""
        place = self._place(span)
        kept = [piece for piece in self._cleaned.kept if piece[0] < place["end"] and place["start"] < piece[1]]
        gaps = (self._text[one[1] : other[0]] for one, other in pairwise(kept))
        return any(character.isalnum() for gap in gaps for character in gap)

    def claim(self, claim: Claim) -> dict[str, Any]:
        told = claim.model_dump(mode="json", exclude={"claim_id", "extractor"})
        span = self._place(claim.span)
        return {
            "kind": told.pop("kind"),
            **span,
            "text": self._at(span),
            "speaker": self._speaker(claim.speaker),
            "form": told.pop("form"),
            "cue": told.pop("cue"),
            "quoted": [self._place(span) for span in claim.quoted],
            "commitment": told.pop("commitment"),
            "negated": told.pop("negated"),
            "sentence": self._place(claim.sentence) if claim.sentence else None,
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
            "predicate": {"lemma": main.lemma, "negated": main.negated, "modal": main.modal, **self._place(main.span)},
            "object": self._head(main.object_span),
        }

    def _head(self, span: Span | None) -> dict[str, Any] | None:
        if span is None:
            return None
        place = self._place(span)
        return {"text": self._at(place), **place}

    def _speaker(self, speaker: Speaker | None) -> dict[str, Any] | None:
        if speaker is None:
            return None
        span = self._place(speaker.span)
        return {
            "surface": self._at(span),
            **span,
            "canonical": speaker.canonical,
            "kind": speaker.kind.value,
            "role": speaker.role,
            "organisation": speaker.organisation,
        }

    def _moved(self, item: dict[str, Any], span: Span | None) -> dict[str, Any]:
        """`item` with its place in the text as given instead of its span."""
        place = self._place(span) if span is not None else {}
        return {name: value for name, value in item.items() if name != "span"} | place

    def _place(self, span: Span) -> dict[str, int]:
        start, end = self._cleaned.original_span(span.start, span.end)
        return {"start": start, "end": end}

    def _at(self, place: dict[str, int]) -> str:
        return self._text[place["start"] : place["end"]]
