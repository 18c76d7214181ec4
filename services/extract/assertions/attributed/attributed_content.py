"""Who is said to say what, from the parse of one sentence.

An attribution names the cue, the source (a noun phrase or nobody), the content, and through whom it came.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.contracts.claim import Commitment
from services.extract.assertions.attributed.bounds import (
    bounded_ranges,
    ends_before_remark,
    takes_in_a_remark,
    within_bounds,
)
from services.extract.assertions.attributed.insertions import past_insertion
from services.extract.assertions.attributed.leftovers import with_nearest, with_trailing
from services.extract.assertions.attributed.tellers import answer_in, holder_of, said_before
from services.extract.assertions.attributed.wholes import made_whole
from services.extract.assertions.attribution import Attribution, find_source
from services.extract.assertions.speaking import follows_from_nothing
from services.extract.assertions.unfinished import finished
from services.extract.attributions.authors_own import is_authors_own
from services.extract.attributions.chains import is_passed_on, is_relayed
from services.extract.attributions.content import content_ranges
from services.extract.attributions.endings import better_ending
from services.extract.attributions.frames import SUBJECT_TOO, parts
from services.extract.attributions.scene import Scene
from services.extract.attributions.scoring import Model, expit
from services.extract.attributions.sources import HEARSAY
from services.extract.attributions.stand_ins import is_told_by
from services.extract.attributions.weighing import Weighed, place
from services.extract.commitment.commitment import (
    commitment_of,
    is_untold,
    negated_at,
    stand_at,
    withholds,
    withholds_in_words,
)
from services.extract.commitment.declined import Withheld
from services.extract.commitment.words import SAYING
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range

LIKELY = 0.33
"""Least probability of an attribution."""
FAINT = 0.1
"""Candidates whose lemma and frame attribute more rarely never become likely: no look at what is around them."""
INNER_GAIN = 0.25
"""A cue inside another's content counts only if it is likelier by so much."""
WITHHELD_SCORE = 0.9
"""Least probability of "declined to confirm …", whatever the counts of "confirm" say."""
STAND_SCORE = 0.5
"""The same of "denied …": who confirms or denies says so of something, though it was often no clause in the counts."""


_THOUGHTS = frozenset((
    "idea", "notion", "suggestion", "hope", "possibility", "prospect", "chance", "risk", "theory", "thought", "belief",
    "perception", "assumption", "likelihood", "premise", "impression",
))  # fmt: skip
"""Nouns for what may be thought: without an owner nobody asserts their clause."""
_CHARGES = frozenset(("allegation", "accusation", "speculation", "contention", "insinuation"))
"""Nouns for what somebody is said to have done: without an owner, its clause is only the topic of the sentence."""
_PASSED_AROUND = frozenset(("report", "rumor", "rumour", "allege"))


def find_attributions(scene: Scene, lexicon: Lexicon, model: Model) -> list[Attribution]:
    """Attributions of one sentence in text order; no content meets another, no cue stands in another's content."""
    kept = select(_passed_on(scene.tree, list(_likely(scene, lexicon, model))))
    owned = with_nearest(scene, lexicon, with_trailing(scene, lexicon, kept))
    return finished(scene, made_whole(scene, lexicon, sorted(owned, key=lambda attribution: attribution.area)))


def _likely(scene: Scene, lexicon: Lexicon, model: Model) -> Iterator[Attribution]:
    tree = scene.tree
    placed, neighbours = place(scene, model.rates)
    for candidate, cue in placed:
        held_back = withholds(tree, candidate)
        stand = held_back.start if held_back else stand_at(tree, candidate)
        hearsay = candidate.part == "noun" and candidate.frame == "that" and candidate.lemma in HEARSAY
        hearsay = hearsay or bool(candidate.origins) or is_told_by(tree, candidate) or _is_held(tree, candidate)
        least = WITHHELD_SCORE if held_back else STAND_SCORE if stand is not None or hearsay else 0.0
        if not least and model.rates.counted(candidate.part, candidate.lemma, candidate.frame).rate < FAINT:
            continue
        outer = content_ranges(scene, candidate)
        if (
            not outer
            or _adds_to(tree, candidate)
            or _is_sentence_before(scene, candidate)
            or _only_names(tree, candidate)
            or _is_result(tree, candidate)
            or _is_second_aim(tree, candidate)
            or _says_itself(tree, candidate)
            or is_authors_own(tree, candidate)
            or follows_from_nothing(scene, candidate, scene.source_of(_holder(scene, candidate, held_back)), lexicon)
        ):
            continue
        weighed = Weighed(candidate, cue, outer, neighbours.nesting_of(candidate))
        probability = max(least, expit(model.candidates.odds(weighed.features(scene, model.rates))))
        if probability < LIKELY or (held_back is None and is_untold(tree, candidate)):
            continue
        better = better_ending(scene, candidate, outer, model)
        if better is not None and takes_in_a_remark(scene, candidate, better):
            better = None
        for part in parts(tree, candidate) if better is None else [candidate]:
            mended = within_bounds(scene, part, lexicon)
            content = bounded_ranges(scene, mended) if better is None or mended is not part else better
            if content:
                content = past_insertion(scene, lexicon, content)
                told = part if mended.frame == part.frame and not ends_before_remark(scene, part, mended) else mended
                found = _attribution(scene, lexicon, told, _Found(cue, content, probability, stand, held_back))
                if not _is_nobodys(tree, part, found.source):
                    yield found


def _holder(scene: Scene, candidate: Candidate, held_back: Withheld | None) -> Candidate:
    """The cue whose subject the content belongs to: of "has no plans to comment" it is "has"."""
    if held_back is None:
        return holder_of(scene, candidate)
    return candidate._replace(head=held_back.holder, lemma=scene.tree.lemmas[held_back.holder], frame="none")


def _passed_on(tree: Tree, found: list[Attribution]) -> list[Attribution]:
    """What a medium only passes on is its speaker's: the medium stands in the chain."""
    for outer in found:
        for inner in found:
            ends_alike = inner.area.end == outer.area.end and outer.area.holds(inner.cue)
            if not ends_alike or outer.source is None or outer.candidate is None or inner.candidate is None:
                continue
            if is_relayed(tree, outer.candidate, inner.candidate) and inner.source is not None:
                relayed = replace(outer, content=inner.content, via=(inner.source, *outer.via), carried=True)
                return [relayed if each is outer else each for each in found if each is not inner]
            if is_passed_on(tree, outer.candidate, inner.candidate):
                carried = replace(inner, via=(outer.source, *inner.via), carried=True)
                return [carried if each is inner else each for each in found if each is not outer]
    return found


def _is_told_of_subject(scene: Scene, candidate: Candidate, source: Range | None, content: Sequence[Range]) -> bool:
    """Whether the source is only the subject of what is told, a part of the content."""
    tree = scene.tree
    subject = tree.first(candidate.head, *SUBJECTS)
    of_subject = candidate.lemma in SUBJECT_TOO or candidate.frame.startswith("pass+")
    if source is None or subject is None or not of_subject or not source.holds(scene.place(subject)):
        return False
    return any(piece.holds(source) for piece in content)


@dataclass(frozen=True)
class _Found:
    """What is known of an attribution before its source is asked for."""

    cue: Range
    content: tuple[Range, ...]
    score: float
    stand: int | None
    held_back: Withheld | None


def _is_nobodys(tree: Tree, candidate: Candidate, source: Range | None) -> bool:
    """Whether nobody is said to assert it: "the idea that …", "hopes that …" of no one, "left in the hope that …"."""
    if candidate.part == "noun" and candidate.lemma in _CHARGES and candidate.frame == "that":
        governor = tree.heads[candidate.head]
        pointed = any(tree.tags[each] == "DT" for each in tree.kids(governor, *SUBJECTS))
        owned = tree.has(candidate.head, "poss") or (tree.deps[candidate.head] == "dobj" and not pointed)
        return source is None or not owned
    if candidate.part != "noun" or candidate.lemma not in _THOUGHTS or candidate.frame not in ("that", "is"):
        return False
    aim = candidate.lemma == "hope" and tree.words[tree.heads[candidate.head]] == "in"
    return aim or source is None


def _is_sentence_before(scene: Scene, candidate: Candidate) -> bool:
    """Whether the content is only what a semicolon parts from the cue: "The dam was safe; Keld disagreed"."""
    tree, last = scene.tree, candidate.content[-1]
    if candidate.frame != "ccompL" or last + 1 >= candidate.head:
        return False
    return ";" in tree.words[last : candidate.head]


def _adds_to(tree: Tree, candidate: Candidate) -> bool:
    """Whether something is added to something, and nothing said: "adding to the strain, the port was shut"."""
    return candidate.lemma == "add" and tree.words[candidate.head + 1 : candidate.head + 2] == ("to",)


def _is_result(tree: Tree, candidate: Candidate) -> bool:
    """Whether the content is what comes of it: "so well known that …", or "saying" tells it: "is quoted as saying"."""
    if candidate.frame == "pass+prep:as":
        return any(tree.lemmas[each] in SAYING and tree.deps[each] == "pcomp" for each in candidate.content)
    before = tree.words[max(0, candidate.head - 2) : candidate.head]
    return "so" in before and tree.words[candidate.content[0]] == "that"


def _is_second_aim(tree: Tree, candidate: Candidate) -> bool:
    """Whether the cue only goes on with what is to be done: "took it to include parents but to exclude uncles"."""
    if candidate.frame != "dobj" or candidate.lemma in SAYING or tree.deps[candidate.head] != "conj":
        return False
    return all(
        any(tree.tags[each] == "TO" for each in tree.kids(verb, "aux"))
        for verb in (candidate.head, tree.heads[candidate.head])
    )


def _is_held(tree: Tree, candidate: Candidate) -> bool:
    """Whether a court or somebody else holds that something is so: "the court held that the tax was legal"."""
    that = bool(candidate.content) and tree.words[candidate.content[0]] == "that"
    return that and candidate.lemma == "hold" and candidate.frame == "ccomp" and tree.has(candidate.head, "nsubj")


def _says_itself(tree: Tree, candidate: Candidate) -> bool:
    """Whether the object says what it says in words of its own: "released a letter that says he is well"."""
    if candidate.part != "verb" or candidate.frame != "dobj" or candidate.lemma in SAYING:
        return False
    says = (clause for each in tree.kids(candidate.head, "dobj") for clause in tree.kids(each, "relcl"))
    return any(tree.lemmas[clause] == "say" and tree.has(clause, "ccomp") for clause in says)


def _only_names(tree: Tree, candidate: Candidate) -> bool:
    """Whether the cue stands in its own content: "called for an end to what it described as an attack"."""
    content = candidate.content
    return candidate.head in content and tree.words[content[0]] == "what"


def _attribution(scene: Scene, lexicon: Lexicon, candidate: Candidate, found: _Found) -> Attribution:
    text, tree, cue, held_back = scene.text, scene.tree, found.cue, found.held_back
    commitment = commitment_of(tree, candidate, lexicon)
    holder, full = candidate, [piece for piece in found.content if piece.of(text)[0] == '"']
    if held_back is not None and not full:
        commitment = Commitment.DECLINES_TO_CONFIRM
        holder = _holder(scene, candidate, held_back)
    elif commitment is Commitment.ASSERTS and any(withholds_in_words(piece.of(text)) for piece in full):
        commitment = Commitment.DECLINES_TO_CONFIRM
    opening = negated_at(tree, candidate) if found.stand is None else found.stand
    if opening is not None:
        if found.stand is None and found.content[0].holds(scene.place(opening)):
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
    source = find_source(scene, holder, lexicon)
    if _is_told_of_subject(scene, candidate, source.range, found.content):
        source = replace(source, range=None)  # "the virus seems to spread": nobody is said to have said so
    if source.range is None and _is_hearsay(candidate):
        commitment = Commitment.REPORTS
    return Attribution(
        cue,
        source.range,
        found.content,
        commitment,
        found.score,
        source.via,
        source.carried,
        any('"' in piece.of(text) for piece in found.content),
        source.stand_in,
        source.antecedent,
        takes_a_stand=found.stand is not None,
        candidate=candidate,
    )


def _is_hearsay(candidate: Candidate) -> bool:
    """Of "reports that …", "it was reported that …"."""
    if candidate.part == "noun":
        return candidate.lemma in HEARSAY
    return candidate.frame == "pass+ccomp" and candidate.lemma in _PASSED_AROUND


def _tells_all(outer: Attribution, inner: Attribution) -> bool:
    """Whether who is named after "according to" tells what somebody feels or wants: "He was hopeful, according to"."""
    one, other = outer.candidate, inner.candidate
    return one is not None and one.part == "preposition" and other is not None and other.part == "adjective"


def select(found: Sequence[Attribution]) -> list[Attribution]:
    """The likelier of those that meet, the outer of those that nest unless it is much weaker."""
    ranked = sorted(found, key=lambda attribution: (-attribution.score, attribution.cue))
    dropped: set[Range] = set()
    for inner in ranked:
        for other in ranked:
            if inner is other or inner.cue == other.cue or inner.cue in dropped or other.cue in dropped:
                continue
            if other.area.holds(inner.cue) and not inner.area.holds(other.cue):
                weaker = other.score < inner.score - INNER_GAIN and not _tells_all(other, inner)
                dropped.add(other.cue if weaker else inner.cue)
    kept: list[Attribution] = []
    for one in ranked:
        if one.cue not in dropped and not any(one.area.meets(other.area) for other in kept):
            kept.append(one)
    return kept
