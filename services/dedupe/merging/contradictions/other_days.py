"""Whether two claims name different days for one thing."""

import re
from itertools import product

from services.contracts.article import Precision
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.vetoes.find import find_vetoes
from services.dedupe.merging.vetoes.proposition import Proposition
from services.dedupe.merging.vetoes.veto import VetoKind
from services.dedupe.merging.vetoes.word_overlap import word_overlap_by_commoner_form
from services.language.openings import PRONOUNS

DATED_COSINE, DATED_WORDS = 0.8, 0.5
"""Cosine and share of words from which two claims that differ in nothing but their day tell one thing."""
_ORDINALS = frozenset(("first", "second", "third", "last", "next", "latest", "final"))
"""Words by which each day has a thing of its own: the first boat of Sunday, the first boat of Monday."""
_BOUNDS = re.compile(
    r"\b(?:through|until|till|since|by|before|after|from) (?:\w+ ){0,2}$|\w (?:since|before|after|following) [^.;:\n]*$"
)
"""Before a day that only bounds when something happens: "through Monday", "died after a shooting on Sunday"."""


def name_different_days_for_one_thing(report: Report, other_report: Report, cosine: float) -> bool:
    """Whether two claims differ in nothing but a day. `cosine`: of the two."""
    if cosine < DATED_COSINE or not (report.claim.dates and other_report.claim.dates):
        return False
    if not _have_different_days(report, other_report):
        return False
    if not _may_tell_one_deed(report, other_report):
        return False
    first, second = report.prepared.proposition, other_report.prepared.proposition
    return word_overlap_by_commoner_form(first, second) >= DATED_WORDS and _differ_only_in_date(first, second)


def _may_tell_one_deed(report: Report, other_report: Report) -> bool:
    """Whether both have a verb, or what does or bears it, in common, as far as they are parsed.

    A hearing of a nominee on Tuesday and the Senate's vote on him on Thursday have only the names in common.
    """
    words, other_words = _list_verbs_and_arguments(report), _list_verbs_and_arguments(other_report)
    return not words or not other_words or not words.isdisjoint(other_words)


def _list_verbs_and_arguments(report: Report) -> set[str]:
    return {
        word
        for predicate in report.claim.predicates
        for word in (predicate.lemma, predicate.subject, predicate.object)
        if word is not None and word != "be" and word not in PRONOUNS
    }


def _differ_only_in_date(proposition: Proposition, other_proposition: Proposition) -> bool:
    """Whether nothing but a date, and the speaker, keeps two claims from being one."""
    return {veto.kind for veto in find_vetoes(proposition, other_proposition)} - {VetoKind.SPEAKER} == {VetoKind.DATE}


def _have_different_days(first_report: Report, second_report: Report) -> bool:
    """Whether both name one day, which is not the same, and each day has not a thing of its own."""
    if _ORDINALS.intersection(first_report.claim_stems, second_report.claim_stems):
        return False
    surfaces = [{day.surface for day in report.claim.dates} for report in (first_report, second_report)]
    if any(len(days) > 1 for days in surfaces) or surfaces[0] == surfaces[1]:
        return False  # one word for two days: "Saturday" was read by the time of one of the articles, wrongly
    if _names_only_bound(first_report) or _names_only_bound(second_report):
        return False
    ours, theirs = (
        [day.iso for day in report.claim.dates if day.precision is Precision.DAY]
        for report in (first_report, second_report)
    )
    return bool(ours) and bool(theirs) and not any(_days_overlap(mine, yours) for mine, yours in product(ours, theirs))


def _names_only_bound(report: Report) -> bool:
    """Whether a day of a claim only bounds when it happens."""
    start, text = report.claim.span.start, report.article.text
    return any(_BOUNDS.search(text, start, day.span.start) for day in report.claim.dates)


def _days_overlap(iso_dates: str, other_iso_dates: str) -> bool:
    (start, end), (other_start, other_end) = (
        (iso.split("/")[0], iso.split("/")[-1]) for iso in (iso_dates, other_iso_dates)
    )
    return start <= other_end and other_start <= end
