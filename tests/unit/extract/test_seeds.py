"""Five real reports against a sheet of all that is to be found in them; see tests/support/seeds.py."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from services.contracts.claim import AttributionLink, Claim, Commitment, DateMention, Speaker
from services.contracts.quantity import Bound, Quantity
from services.dedupe.merging.claims.open_dates import (
    complete_claim_dates,
    complete_date_mention,
    find_median_publication_day,
)
from services.extract.dates.dates import find_dates, reference_day
from services.extract.text.document import read_document
from services.extract.text.quotations import find_quotations
from services.extract.text.sentences import split_sentences
from services.extract.text.sentencex_splitter import split_with_sentencex
from services.extract.vocabulary.lexicon import load_lexicon
from tests.support.seeds import Place, Seed, one_name, seeds, sheet

pytestmark = pytest.mark.seeds

FEWEST_STATEMENTS = 29
SAME_SPAN = 0.5
COMMITMENTS = {
    "asserts": Commitment.ASSERTS,
    "alleges": Commitment.ASSERTS,  # whoever accuses says that it is so
    "denies": Commitment.DENIES,
    "declines to confirm": Commitment.DECLINES_TO_CONFIRM,
    "conditional": Commitment.CONDITIONAL,
}
CONFIRMS = ("confirm", "acknowledg", "admi", "conced")
PEOPLE = {"troops": "soldiers"}
"""Words of the sheet for what the reports call otherwise."""


def told(kind: str) -> list[tuple[Seed, dict[str, Any]]]:
    return [(seeds()[wanted["article"]], wanted) for wanted in sheet()[kind]]


def overlap(one: Place, other: Place) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def is_source(seed: Seed, speaker: Speaker | None, wanted: dict[str, Any]) -> bool:
    if speaker is None:
        return False
    place = wanted.get("source_span")
    return one_name(speaker.canonical, wanted["source"]) or (
        place is not None and overlap(seed.place(speaker.span), tuple(place)) > 0
    )


def passes_by(chain: Iterable[AttributionLink], wanted: dict[str, Any]) -> bool:
    names = [link.name for link in chain]
    return all(any(one_name(name, via) or via in name for name in names) for via in wanted.get("via", ()))


def likeness(seed: Seed, claim: Claim, wanted: dict[str, Any]) -> float:
    """How much of a statement's span a claim shares.

    The sheet's span is the content alone. Where that is no clause ("the board of neglect"), a claim takes in who says
    it and the verb as well ("Reyl accused the board of neglect"): the hull of source and content counts too.
    """
    start, end = wanted["span"]
    source_start, source_end = wanted.get("source_span", wanted["span"])
    hull = min(start, source_start), max(end, source_end)
    place = seed.place(claim.span)
    return max(overlap(place, (start, end)), overlap(place, hull))


def best(seed: Seed, wanted: dict[str, Any]) -> Claim:
    return max(seed.extracted.claims, key=lambda claim: likeness(seed, claim, wanted))


def at(seed: Seed, place: Iterable[int]) -> str:
    start, end = place
    return seed.text[start:end]


def test_every_quotation_is_found_with_its_speaker_and_through_whom_it_came() -> None:
    wrong = []
    for seed, wanted in told("quotations"):
        found = [claim for claim in seed.extracted.claims if tuple(wanted["span"]) in seed.quoted(claim)]
        speakers = [claim.speaker.canonical for claim in found if claim.speaker is not None]
        chains = [claim.attribution for claim in found]
        right = len(speakers) == 1 and one_name(speakers[0], wanted["speaker"])
        if not right or not passes_by(chains[0], wanted):
            wrong.append((wanted, speakers, chains))
    assert wrong == []


def test_statements_are_found_with_their_sources_and_what_is_found_has_the_right_commitment() -> None:
    missed: list[tuple[Any, ...]] = []
    wrong = []
    for seed, wanted in told("statements"):
        claim = best(seed, wanted)
        if likeness(seed, claim, wanted) < SAME_SPAN:
            missed.append((wanted, claim.text))
            continue
        if not is_source(seed, claim.speaker, wanted) or not passes_by(claim.attribution, wanted):
            missed.append((wanted, claim.speaker, claim.attribution))
        if (claim.commitment, claim.negated) != (COMMITMENTS[wanted["commitment"]], wanted["negated"]):
            wrong.append((wanted, claim.commitment, claim.negated))
    assert wrong == []
    assert len(sheet()["statements"]) - len(missed) >= FEWEST_STATEMENTS, missed


def days_of_seeds() -> list[date]:
    published = (seed.extracted.article.published_at for seed in seeds().values())
    return sorted(moment.date() for moment in published if moment is not None)


def test_every_figure_is_found_with_its_source() -> None:
    day = find_median_publication_day(days_of_seeds())
    wrong = []
    for seed, wanted in told("figures"):
        found = [
            (claim, quantity)
            for claim in seed.extracted.claims
            for quantity in complete_claim_dates(claim, day).quantities
            if overlap(seed.place(quantity.span), tuple(wanted["span"])) == 1
        ]
        if [is_right_figure(seed, *pair, wanted) for pair in found] != [True]:
            wrong.append((wanted, found))
    assert wrong == []


def is_right_figure(seed: Seed, claim: Claim, quantity: Quantity, wanted: dict[str, Any]) -> bool:
    increment = wanted["bound"] == "additional"
    bound = Bound.EXACT if increment else Bound(wanted["bound"])
    return (
        (quantity.low, quantity.high, quantity.bound) == (wanted["low"], wanted["high"], bound)
        and quantity.increment == increment
        and counts(quantity, wanted["counted"])
        and quantity.as_of == wanted.get("as_of", quantity.as_of)
        and is_figure_source(seed, claim, wanted)
        and passes_by(claim.attribution, wanted)
    )


def is_figure_source(seed: Seed, claim: Claim, wanted: dict[str, Any]) -> bool:
    if is_source(seed, claim.speaker, wanted):
        return True
    names = wanted["source"].replace(" and ", ", ").split(", ")
    return len(names) > 1 and claim.speaker is not None and all(name in claim.speaker.canonical for name in names)


def counts(quantity: Quantity, wanted: str) -> bool:
    """Whether the counted noun is the sheet's, or the article's own word for it."""
    noun = wanted.rsplit(maxsplit=1)[-1]
    return quantity.counted is not None and quantity.counted.rsplit(maxsplit=1)[-1] in (noun, PEOPLE.get(noun))


def test_every_date_is_read() -> None:
    day = find_median_publication_day(days_of_seeds())
    assert day is not None
    wrong = []
    for seed, wanted in told("dates"):
        mention = dates_of(seed).get(tuple(wanted["span"]))
        # An undated article leaves the year or week to the event.
        dated = seed.extracted.article.published_at is not None
        full = mention if mention is None or dated else complete_date_mention(mention, day)
        if full is None or (full.iso, full.precision) != (wanted["iso"], wanted["precision"]):
            wrong.append((wanted, mention))
    assert wrong == []


def test_a_claim_that_covers_a_date_lists_it() -> None:
    for seed, wanted in told("dates"):
        for claim in seed.extracted.claims:
            if overlap(seed.place(claim.span), tuple(wanted["span"])) > 0:
                assert tuple(wanted["span"]) in [seed.place(mention.span) for mention in claim.dates]


def dates_of(seed: Seed) -> dict[Place, DateMention]:
    """All dates of a file, those outside claims and in its residue included."""
    document = read_document(seed.text)
    sentences = split_sentences(document, find_quotations(document), load_lexicon(), split_with_sentencex)
    reference = reference_day(seed.extracted.article)
    return {
        (named.range.start, named.range.end): named.mention
        for sentence in sentences
        for named in find_dates(document, sentence.range, reference)
    }


def test_who_confirms_is_told_from_who_leaves_it_open() -> None:
    def stands(wanted: dict[str, Any]) -> list[Claim]:
        seed = seeds()[wanted["article"]]
        return [claim for claim in seed.extracted.claims if overlap(seed.place(claim.span), tuple(wanted["span"])) > 0]

    for wanted in sheet()["polarity"]["affirms"]:
        (claim,) = stands(wanted)
        assert claim.commitment is Commitment.ASSERTS
        assert claim.cue is not None
        assert any(stem in claim.cue.lower() for stem in CONFIRMS)
    for wanted in sheet()["polarity"]["withholds"]:
        assert [claim.commitment for claim in stands(wanted)] == [Commitment.DECLINES_TO_CONFIRM]


def test_no_claim_comes_from_residue() -> None:
    for seed, residue in told("residue"):
        for claim in seed.extracted.claims:
            places = seed.quoted(claim) | {seed.place(quantity.span) for quantity in claim.quantities}
            assert max(overlap(place, tuple(residue["span"])) for place in places) == 0


def test_every_name_is_one_with_all_its_forms_in_each_report() -> None:
    for wanted in sheet()["names"]:
        for seed in seeds().values():
            forms = {form for form, articles in wanted["forms"].items() if seed.name in articles}
            found = [name for name in seed.extracted.names if forms & {form.surface for form in name.forms}]
            assert len(found) == (1 if forms else 0), (wanted, found)
            for name in found:
                assert {form.surface for form in name.forms} == forms
                assert name.type == wanted["kind"]
