"""Who is said to say what, from the parse of one sentence.

An attribution names the cue, the source (a noun phrase or nobody), the content, and through whom it came.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.contracts.claim import Commitment
from services.extract.assertions.attributed.bounded_ranges import bounded_ranges
from services.extract.assertions.attributed.bounds import ends_before_remark, takes_in_a_remark, within_bounds
from services.extract.assertions.attributed.content_parts import parts
from services.extract.assertions.attributed.insertions import past_insertion, with_opening_condition
from services.extract.assertions.attributed.leftovers import with_nearest, with_trailing
from services.extract.assertions.attributed.nothing_said import introduces_nothing, is_nobodys, lacks_its_object
from services.extract.assertions.attributed.tellers import answer_in, holder_of, said_before
from services.extract.assertions.attributed.wholes import made_whole
from services.extract.assertions.attribution import Attribution, find_source
from services.extract.assertions.speaking import follows_from_nothing
from services.extract.assertions.unfinished import finished
from services.extract.attributions.authors_own import is_authors_own
from services.extract.attributions.chains import is_passed_on, is_relayed
from services.extract.attributions.content import content_ranges
from services.extract.attributions.endings import better_ending
from services.extract.attributions.scene import Scene
from services.extract.attributions.scoring import Model, expit
from services.extract.attributions.stand_ins import is_told_by
from services.extract.attributions.verb_frames import SUBJECT_TOO
from services.extract.attributions.weighing import Weighed, place
from services.extract.commitment.called_false import verdict_at
from services.extract.commitment.commitment import (
    commitment_of,
    declines,
    declines_in_words,
    is_unsaid,
    negated_at,
    stand_at,
)
from services.extract.commitment.declined import Declined
from services.extract.commitment.never_said import is_never_said
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.nobody import is_nobody
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.language.hearsay import HEARSAY, PASSED_AROUND
from services.language.ranges import Range

LIKELY = 0.33
"""Least probability of an attribution."""
FAINT = 0.1
"""Candidates whose lemma and frame attribute more rarely never become likely: no look at what is around them."""
INNER_GAIN = 0.25
"""A cue inside another's content counts only if it is likelier by so much."""
DECLINED_SCORE = 0.9
"""Least probability of "declined to confirm …", whatever the counts of "confirm" say."""
STAND_SCORE = 0.5
"""The same of "denied …": who confirms or denies says so of something, though it was often no clause in the counts."""

_HEARSAY_VERBS = PASSED_AROUND | {"allege"}
"""Verbs of "it was reported that …", in base form."""


def find_attributions(scene: Scene, lexicon: Lexicon, model: Model) -> list[Attribution]:
    """Attributions of one sentence in text order; no content meets another, no cue stands in another's content."""
    kept = select(_passed_on(scene.tree, list(_likely(scene, lexicon, model))))
    owned = with_nearest(scene, lexicon, with_trailing(scene, lexicon, kept))
    return finished(scene, made_whole(scene, lexicon, sorted(owned, key=lambda attribution: attribution.area)))


def _likely(scene: Scene, lexicon: Lexicon, model: Model) -> Iterator[Attribution]:
    tree = scene.tree
    placed, neighbours = place(scene, model.rates)
    unsaid: set[int] = set()
    for candidate, cue in placed:
        declined = declines(tree, candidate)
        stand = declined.start if declined else stand_at(tree, candidate)
        hearsay = candidate.part == "noun" and candidate.frame == "that" and candidate.lemma in HEARSAY
        hearsay = hearsay or bool(candidate.origins) or is_told_by(tree, candidate) or _is_held(tree, candidate)
        least = DECLINED_SCORE if declined else STAND_SCORE if stand is not None or hearsay else 0.0
        if not least and model.rates.counted(candidate.part, candidate.lemma, candidate.frame).rate < FAINT:
            continue
        outer = content_ranges(scene, candidate)
        noun = scene.source_of(_holder(scene, candidate, declined))
        if (
            not outer
            or candidate.head in unsaid
            or introduces_nothing(tree, candidate)
            or is_authors_own(tree, candidate)
            or follows_from_nothing(scene, candidate, noun, lexicon)
        ):
            continue
        nobody = noun is not None and is_nobody(tree, noun)
        if declined is None and (nobody or is_never_said(tree, candidate) or lacks_its_object(tree, candidate)):
            # Of "no sign that Keld wants to go" Keld says nothing either.
            unsaid.update(candidate.content if candidate.frame != "none" else ())
            continue
        weighed = Weighed(candidate, cue, outer, neighbours.nesting_of(candidate))
        probability = max(least, expit(model.candidates.odds(weighed.features(scene, model.rates))))
        if probability < LIKELY or (declined is None and is_unsaid(tree, candidate)):
            continue
        better = better_ending(scene, candidate, outer, model)
        if better is not None and takes_in_a_remark(scene, candidate, better):
            better = None
        for part in parts(tree, candidate) if better is None else [candidate]:
            mended = within_bounds(scene, part, lexicon)
            content = bounded_ranges(scene, mended) if better is None or mended is not part else better
            if content:
                content = past_insertion(scene, lexicon, with_opening_condition(scene, part, content))
                alike = mended.frame == part.frame and mended.content[0] >= part.content[0]
                is_same = alike and not ends_before_remark(scene, part, mended)
                proposal = _Proposal(cue, content, probability, stand, declined)
                attribution = _attribution(scene, lexicon, part if is_same else mended, proposal)
                if not is_nobodys(tree, part, attribution.source):
                    yield attribution


def _holder(scene: Scene, candidate: Candidate, declined: Declined | None) -> Candidate:
    """The cue whose subject the content belongs to: of "has no plans to comment" it is "has"."""
    if declined is None:
        return holder_of(scene, candidate)
    return candidate._replace(head=declined.holder, lemma=scene.tree.lemmas[declined.holder], frame="none")


def _passed_on(tree: Tree, attributions: list[Attribution]) -> list[Attribution]:
    """What a medium only passes on is its speaker's: the medium stands in the chain."""
    for outer in attributions:
        for inner in attributions:
            ends_alike = inner.area.end == outer.area.end and outer.area.holds(inner.cue)
            if not ends_alike or outer.source is None or outer.candidate is None or inner.candidate is None:
                continue
            if is_relayed(tree, outer.candidate, inner.candidate) and inner.source is not None:
                joined = replace(outer, content=inner.content, via=(inner.source, *outer.via), relayed=True)
                return [joined if each is outer else each for each in attributions if each is not inner]
            if is_passed_on(tree, outer.candidate, inner.candidate):
                joined = replace(inner, via=(outer.source, *inner.via), relayed=True)
                return [joined if each is inner else each for each in attributions if each is not outer]
    return attributions


def _is_told_of_subject(scene: Scene, candidate: Candidate, source: Range | None, content: Sequence[Range]) -> bool:
    """Whether the source is only the subject of what is told, a part of the content."""
    tree = scene.tree
    subject = tree.first(candidate.head, *SUBJECTS)
    of_subject = candidate.lemma in SUBJECT_TOO or candidate.frame.startswith("pass+")
    if source is None or subject is None or not of_subject or not source.holds(scene.place(subject)):
        return False
    return any(piece.holds(source) for piece in content)


@dataclass(frozen=True)
class _Proposal:
    """What is known of an attribution before its source is asked for."""

    cue: Range
    content: tuple[Range, ...]
    score: float
    stand: int | None
    declined: Declined | None


def _is_held(tree: Tree, candidate: Candidate) -> bool:
    """Whether a court or somebody else holds that something is so: "the court held that the tax was legal"."""
    that = bool(candidate.content) and tree.words[candidate.content[0]] == "that"
    return that and candidate.lemma == "hold" and candidate.frame == "ccomp" and tree.has(candidate.head, "nsubj")


def _attribution(scene: Scene, lexicon: Lexicon, candidate: Candidate, proposal: _Proposal) -> Attribution:
    text, tree, cue, declined = scene.text, scene.tree, proposal.cue, proposal.declined
    commitment = commitment_of(tree, candidate, lexicon)
    holder, full = candidate, [piece for piece in proposal.content if piece.of(text)[0] == '"']
    if declined is not None and not full:
        commitment = Commitment.DECLINES_TO_CONFIRM
        holder = _holder(scene, candidate, declined)
    elif commitment is Commitment.ASSERTS and any(declines_in_words(piece.of(text)) for piece in full):
        commitment = Commitment.DECLINES_TO_CONFIRM
    opening = negated_at(tree, candidate) if proposal.stand is None else proposal.stand
    if opening is not None:
        if proposal.stand is None and proposal.content[0].holds(scene.place(opening)):
            commitment = Commitment.ASSERTS  # the content says the negation itself: "it does not appear to be so"
        cue = Range(min(cue.start, scene.place(opening).start), cue.end)
    answer = answer_in(scene, lexicon, full[0]) if full and commitment is Commitment.DECLINES_TO_CONFIRM else None
    if answer is not None:
        cue, commitment = scene.place(answer), Commitment.ASSERTS  # "would not answer, only replying: …"
    other = holder_of(scene, candidate)
    if other is not candidate:
        holder = other
    if said_before(tree, candidate) is not None:
        cue = scene.place(holder.head)
    cue = _with_verdict(scene, candidate, cue, proposal.content)
    source = find_source(scene, holder, lexicon)
    if _is_told_of_subject(scene, candidate, source.range, proposal.content):
        source = replace(source, range=None)  # "the virus seems to spread": nobody is said to have said so
    if source.range is None and _is_hearsay(candidate):
        commitment = Commitment.REPORTS
    return Attribution(
        cue,
        source.range,
        proposal.content,
        commitment,
        proposal.score,
        source.via,
        source.relayed,
        any('"' in piece.of(text) for piece in proposal.content),
        source.stand_in,
        source.antecedent,
        takes_a_stand=proposal.stand is not None,
        candidate=candidate,
    )


def _with_verdict(scene: Scene, candidate: Candidate, cue: Range, content: Sequence[Range]) -> Range:
    """The cue with the words outside of its content by which the outlet calls that false: "falsely claimed"."""
    verdict = verdict_at(scene.tree, candidate)
    if verdict is None:
        return cue
    words = Range(scene.place(verdict[0]).start, scene.place(verdict[1]).end)
    if any(piece.meets(words) for piece in content):
        return cue
    return Range(min(cue.start, words.start), max(cue.end, words.end))


def _is_hearsay(candidate: Candidate) -> bool:
    """Of "reports that …", "it was reported that …"."""
    if candidate.part == "noun":
        return candidate.lemma in HEARSAY
    return candidate.frame == "pass+ccomp" and candidate.lemma in _HEARSAY_VERBS


def _tells_all(outer: Attribution, inner: Attribution) -> bool:
    """Whether who is named after "according to" tells what somebody feels or wants: "He was hopeful, according to"."""
    around, within = outer.candidate, inner.candidate
    return around is not None and around.part == "preposition" and within is not None and within.part == "adjective"


def select(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The likelier of those that meet, the outer of those that nest unless it is much weaker."""
    ranked = sorted(attributions, key=lambda attribution: (-attribution.score, attribution.cue))
    dropped: set[Range] = set()
    for inner in ranked:
        for other in ranked:
            if inner is other or inner.cue == other.cue or inner.cue in dropped or other.cue in dropped:
                continue
            if other.area.holds(inner.cue) and not inner.area.holds(other.cue):
                weaker = other.score < inner.score - INNER_GAIN and not _tells_all(other, inner)
                dropped.add(other.cue if weaker else inner.cue)
    kept: list[Attribution] = []
    for attribution in ranked:
        if attribution.cue not in dropped and not any(attribution.area.meets(other.area) for other in kept):
            kept.append(attribution)
    return kept
