"""Builds a sentence that says who affirms something, and who does not."""

from collections.abc import Sequence
from dataclasses import replace

from services.contracts.claim import Claim
from services.dedupe.merging.claims.claim_similarity import is_phrase_claim
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.claims.stance import Stance
from services.dedupe.merging.contradictions.denial_targets import is_disavowal
from services.dedupe.merging.contradictions.positions import continue_sentence, join_names, source_name
from services.dedupe.merging.contradictions.report_stances import ReportStance
from services.dedupe.merging.contradictions.told_words import end_small, is_quoted, tell_words
from services.language.case import begin_sentence
from services.language.openings import PRONOUNS
from services.language.quotation_marks import quote

SAID_TOO = 0.75
"""Share of the words of a report from which the canonical wording says what it says."""
_VERBS = {
    Stance.CONFIRMS: "confirmed",
    Stance.ASSERTS: "said",
    Stance.OPPOSES: "said",
    Stance.DENIES: "denied",
    Stance.DECLINES: "declined to confirm",
}


def needs_cue_verb(report: Report) -> bool:
    """Whether its words say nothing without the verb before them: "blamed the crew" does not, "said" adds nothing."""
    return is_phrase_claim(report) and (report.claim.cue or "").endswith("ed")


def build_explanation(affirming_stances: Sequence[ReportStance], answering_stances: Sequence[ReportStance]) -> str:
    """One sentence: who affirms it in what words, who says otherwise, who denies it, who declines to confirm it."""
    answered = {answer.report.article.article_id for answer in answering_stances}
    # What is answered in its own article is quoted from there, unless the canonical wording says it too.
    own = [
        affirming
        for affirming in affirming_stances
        if affirming.report.article.article_id in answered
        and not _says_too(affirming.group.canonical, affirming.report)
    ]
    parts = [_tell_side([*own, *(other for other in affirming_stances if other not in own)], in_own_words=bool(own))]
    otherwise: dict[str, list[ReportStance]] = {}
    for answer in _list_answers_in_words(affirming_stances, answering_stances):
        otherwise.setdefault(answer.group.claim_id, []).append(answer)
    denials = {
        source_name(answer.report): answer for answer in reversed(answering_stances) if answer.stance is Stance.DENIES
    }
    parts += [_tell_version(answers, list(denials.values())) for answers in otherwise.values()]
    quoted = {source_name(answer.report) for answers in otherwise.values() for answer in answers}
    for stance in (Stance.DENIES, Stance.DECLINES):
        answers = [answer for answer in answering_stances if answer.stance is stance]
        if stance is Stance.DENIES:
            # Who is quoted with other words has denied it by that, or stands before the words of its head of sales.
            answers = [answer for answer in answers if quoted.isdisjoint(_name_deniers(answer))]
        if answers:
            parts.append(f"{_join_source_names(answers)} {_VERBS[stance]} it")
    first, *others = parts
    return "; ".join((begin_sentence(first), *map(continue_sentence, others))) + "."


def _tell_version(report_stances: Sequence[ReportStance], denials: Sequence[ReportStance]) -> str:
    """What is said instead, behind who denied it if that is somebody else: "The bank denied it, and Osgood said …"."""
    names = {source_name(one.report) for one in report_stances}
    versions = {one.report.key for one in report_stances}
    others = [
        denial
        for denial in denials
        if denial.version is not None and denial.version.key in versions and source_name(denial.report) not in names
    ]
    said = _tell_side(report_stances)
    return f"{_join_source_names(others)} {_VERBS[Stance.DENIES]} it, and {continue_sentence(said)}" if others else said


def _name_deniers(denial: ReportStance) -> set[str]:
    """The name of who denies, and of who is quoted with what the denier says instead."""
    return {source_name(report) for report in (denial.report, denial.version) if report is not None}


def _list_answers_in_words(
    affirming_stances: Sequence[ReportStance], answering_stances: Sequence[ReportStance]
) -> list[ReportStance]:
    """The answers that are told in their words: of a disavowal and words about something else the disavowal.

    "He had no part in it" answers the police; "My client called the fire brigade", which is said with it, does not.
    """
    disavowals = [answer for answer in answering_stances if is_disavowal(answer.report)]
    who_disavows = {source_name(answer.report) for answer in disavowals}
    affirmed = frozenset[str]().union(*(affirming.report.content_stems for affirming in affirming_stances))
    versions = [
        answer
        for answer in answering_stances
        if answer.stance is Stance.OPPOSES
        and (source_name(answer.report) not in who_disavows or affirmed & answer.report.content_stems)
    ]
    told = {source_name(answer.report) for answer in versions}
    return [*versions, *(answer for answer in disavowals if source_name(answer.report) not in told)]


def _says_too(canonical: Report, report: Report) -> bool:
    """Whether a canonical wording has most words of a report."""
    words = report.content_stems
    return len(words & canonical.content_stems) >= SAID_TOO * len(words)


def _tell_side(report_stances: Sequence[ReportStance], *, in_own_words: bool = False) -> str:
    """Who says something in what words; the words alone, where they say themselves who says it.

    Args:
        report_stances: Of one side, at least one.
        in_own_words: In those of the first report, not in the canonical wording.
    """
    first = report_stances[0]
    report = first.report if in_own_words or first.stance is Stance.CONFIRMS else first.group.canonical
    claim = report.claim
    if first.stance is not Stance.CONFIRMS and _names_own_speaker(claim):
        if claim.speaker is None or claim.speaker.surface.casefold() not in PRONOUNS:
            return quote(claim.text) if is_quoted(claim) else end_small(claim.text)
        # "It accused the port" tells nobody who: the name stands before the verb.
        _, _, words_said = claim.text.partition(claim.cue or "")
        return f"{_join_source_names(report_stances)} {claim.cue} {end_small(words_said)}"
    verb = _choose_verb(first, report)
    if is_quoted(claim):  # Who is told to say the same has not said these words.
        report_stances = [one for one in report_stances if is_quoted(one.report.claim)]
        report_stances = report_stances or [replace(first, report=report)]
    return f"{_join_source_names(report_stances)} {verb} {tell_words(report, verb)}"


def _names_own_speaker(claim: Claim) -> bool:
    """Whether a claim is a whole clause with its speaker and its cue: "the port has been accused by Reyl of theft"."""
    if claim.speaker is None or not claim.cue:
        return False
    return claim.speaker.surface in claim.text and claim.cue in claim.text


def _choose_verb(report_stance: ReportStance, report: Report) -> str:
    """What the source does, in the verb of the report that is quoted where the words need it."""
    if is_disavowal(report):
        return _VERBS[Stance.ASSERTS]
    needs_own = report_stance.stance is Stance.ASSERTS and needs_cue_verb(report)
    return (report.claim.cue or "") if needs_own else _VERBS[report_stance.stance]


def _join_source_names(report_stances: Sequence[ReportStance]) -> str:
    """Names of the sources, each once for the whole event."""
    names: dict[str, str] = {}
    for answer in sorted(report_stances, key=lambda answer: answer.report.order):
        name = source_name(answer.report)
        names.setdefault(answer.report.source or name, name)
    return join_names(list(names.values()))
