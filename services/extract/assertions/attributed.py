"""Who is said to say what, from the parse of one sentence.

An attribution names the cue, the source (a noun phrase or nobody), the content, and through whom it came.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.contracts.claim import Commitment
from services.extract.assertions.bounds import bounded_ranges, speaks_on, within_bounds
from services.extract.assertions.trailing import find_trailing
from services.extract.assertions.widening import is_clause, widened
from services.extract.attributions.chains import cited_by, find_links, is_carried, is_medium
from services.extract.attributions.content import Scene, content_ranges
from services.extract.attributions.endings import better_ending
from services.extract.attributions.frames import parts
from services.extract.attributions.scoring import Model, expit
from services.extract.attributions.sources import (
    HEARSAY,
    antecedent_of,
    person_of,
    relative_of,
    source_of,
    source_range,
)
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
from services.extract.text.candidate import Candidate
from services.extract.text.lexicon import Lexicon
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
NEAREST_SCORE = 0.5
"""Of a verb beside a quotation whose grammar does not join the two."""


@dataclass(frozen=True)
class Attribution:
    """One content with its cue and source. Ranges count characters of the article."""

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    commitment: Commitment
    score: float
    """Probability that it is one."""
    via: tuple[Range, ...] = ()
    """Through whom it came, nearest to the outlet first."""
    carried: bool = False
    """Whether the sentence tells who carried the words, as an agency does."""
    quoted: bool = False
    """Whether a quote mark stands in the content."""
    stand_in: Range | None = None
    """The relative pronoun that stands for the source beside the cue."""
    antecedent: Range | None = None
    """For a pronoun: the subject of the clause around the one it stands in."""
    takes_a_stand: bool = False
    """Whether it confirms, denies or declines to: then a single word can say what."""
    candidate: Candidate | None = None
    """The cue in its frame."""
    widened: bool = False
    """Whether the content was no clause, and now has the cue and its subject in it."""
    clause: bool = False
    """Whether the content is a clause with tense and a subject of its own."""

    @property
    def area(self) -> Range:
        """From the first piece of the content to its last."""
        return Range(self.content[0].start, self.content[-1].end)


def find_attributions(scene: Scene, lexicon: Lexicon, model: Model) -> list[Attribution]:
    """Attributions of one sentence in text order; no content meets another, no cue stands in another's content."""
    kept = select(list(_likely(scene, lexicon, model)))
    kept = _with_trailing(scene, lexicon, kept)
    whole = _made_whole(scene, _with_nearest(scene, lexicon, kept))
    return sorted(whole, key=lambda attribution: attribution.area)


def _likely(scene: Scene, lexicon: Lexicon, model: Model) -> Iterator[Attribution]:
    tree = scene.tree
    for candidate, cue, nesting in place(scene, model.rates):
        held_back = withholds(tree, candidate)
        stand = held_back.start if held_back else stand_at(tree, candidate)
        hearsay = candidate.part == "noun" and candidate.frame == "that" and candidate.lemma in HEARSAY
        hearsay = hearsay or bool(candidate.origins)
        least = WITHHELD_SCORE if held_back else STAND_SCORE if stand is not None or hearsay else 0.0
        if not least and model.rates.counted(candidate.part, candidate.lemma, candidate.frame).rate < FAINT:
            continue
        outer = content_ranges(scene, candidate)
        if not outer:
            continue
        weighed = Weighed(candidate, cue, outer, nesting)
        probability = max(least, expit(model.candidates.odds(weighed.features(scene, model.rates))))
        if probability < LIKELY or (held_back is None and is_untold(tree, candidate)):
            continue
        better = better_ending(scene, candidate, outer, model)
        for part in parts(tree, candidate) if better is None else [candidate]:
            mended = within_bounds(scene, part, lexicon.weekdays)
            content = bounded_ranges(scene, mended) if better is None or mended is not part else better
            if content:
                yield _attribution(scene, lexicon, part, _Found(cue, content, probability, stand, held_back))


@dataclass(frozen=True)
class _Found:
    """What is known of an attribution before its source is asked for."""

    cue: Range
    content: tuple[Range, ...]
    score: float
    stand: int | None
    held_back: Withheld | None


def _attribution(scene: Scene, lexicon: Lexicon, candidate: Candidate, found: _Found) -> Attribution:
    text, tree, cue, held_back = scene.text, scene.tree, found.cue, found.held_back
    commitment = commitment_of(tree, candidate, lexicon)
    holder, full = candidate, [piece for piece in found.content if piece.of(text)[0] == '"']
    if held_back is not None and not full:
        commitment = Commitment.DECLINES_TO_CONFIRM
        holder = replace(candidate, head=held_back.holder, lemma=tree.lemmas[held_back.holder], frame="none")
    elif commitment is Commitment.ASSERTS and any(withholds_in_words(piece.of(text)) for piece in full):
        commitment = Commitment.DECLINES_TO_CONFIRM
    opening = negated_at(tree, candidate) if found.stand is None else found.stand
    if opening is not None:
        if found.stand is None and found.content[0].holds(scene.place(opening)):
            commitment = Commitment.ASSERTS  # the content says the negation itself: "it does not appear to be so"
        cue = Range(min(cue.start, scene.place(opening).start), cue.end)
    if speaks_on(tree, candidate.head) and tree.deps[tree.heads[candidate.head]] == "ccomp":
        first = tree.heads[tree.heads[candidate.head]]  # "said it failed, telling reporters": who said tells
        holder = replace(candidate, head=first, lemma=tree.lemmas[first], frame="ccomp")
    source = _source(scene, holder, lexicon)
    if source.range is None and candidate.part == "noun" and candidate.lemma in HEARSAY:
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


@dataclass(frozen=True)
class _Source:
    """The source of a content and the chain from the outlet to it."""

    range: Range | None
    via: tuple[Range, ...]
    carried: bool = False
    stand_in: Range | None = None
    antecedent: Range | None = None


def _source(scene: Scene, candidate: Candidate, lexicon: Lexicon) -> _Source:
    tree, masked = scene.tree, scene.masked
    noun = source_of(tree, candidate)
    links = list(dict.fromkeys(find_links(tree, candidate, noun)))
    carried = is_carried(tree, links)
    if candidate.part == "verb":
        cited = cited_by(tree, candidate.head)
        if cited is not None and noun is not None and is_medium(tree, noun):
            links, noun = [noun, *links], cited
        elif cited is not None:
            links.append(cited)

    def place(index: int | None) -> Range | None:
        return None if index is None else source_range(tree, masked, index, lexicon)

    via = tuple(source_range(tree, masked, link, lexicon) for link in reversed(links) if link != noun)
    if noun is None:
        return _Source(None, via, carried)
    if candidate.origins:
        first, last = candidate.origins[0], candidate.origins[-1]
        whole = Range(scene.place(first).start, scene.place(last).end)
        return _Source(whole, via, carried)
    pronoun = relative_of(tree, candidate, noun)
    stand_in = None if pronoun is None else scene.place(pronoun)
    if pronoun is not None and tree.words[pronoun] == "who":
        head = person_of(tree, noun, lexicon)
        if head != noun:
            words = Range(scene.place(head).start, scene.place(noun).end)
            return _Source(words, via, carried, stand_in, place(antecedent_of(tree, candidate)))
    return _Source(place(noun), via, carried, stand_in, place(antecedent_of(tree, candidate)))


def select(found: Sequence[Attribution]) -> list[Attribution]:
    """The likelier of those that meet, the outer of those that nest unless it is much weaker."""
    ranked = sorted(found, key=lambda attribution: (-attribution.score, attribution.cue))
    dropped: set[Range] = set()
    for inner in ranked:
        for other in ranked:
            if inner is other or inner.cue == other.cue or inner.cue in dropped or other.cue in dropped:
                continue
            if other.area.holds(inner.cue) and not inner.area.holds(other.cue):
                weaker = other.score < inner.score - INNER_GAIN
                dropped.add(other.cue if weaker else inner.cue)
    kept: list[Attribution] = []
    for one in ranked:
        if one.cue not in dropped and not any(one.area.meets(other.area) for other in kept):
            kept.append(one)
    return kept


def _with_nearest(scene: Scene, lexicon: Lexicon, kept: Sequence[Attribution]) -> list[Attribution]:
    """Give each full quotation that nobody owns to the quote verb that stands nearest to it."""
    found, tree, masked = list(kept), scene.tree, scene.masked
    for quotation, stand_in in zip(masked.full, masked.stand_ins, strict=True):
        if any(attribution.area.meets(quotation.outer) for attribution in found):
            continue
        verb = _nearest(scene, lexicon, stand_in)
        if verb is None:
            continue
        cue = scene.place(verb)
        at = next((number for number, attribution in enumerate(found) if attribution.cue == cue), None)
        if at is not None:
            content = tuple(sorted((*found[at].content, quotation.outer)))
            area = Range(content[0].start, content[-1].end)
            if not any(area.meets(other.area) for other in found if other is not found[at]):
                found[at] = replace(found[at], content=content, quoted=True)
            continue
        candidate = Candidate(verb, "verb", tree.lemmas[verb], "none", ())
        source = _source(scene, candidate, lexicon)
        stated = commitment_of(tree, candidate, lexicon)
        found.append(
            Attribution(
                cue,
                source.range,
                (quotation.outer,),
                stated,
                NEAREST_SCORE,
                source.via,
                source.carried,
                quoted=True,
                candidate=candidate,
            )
        )
    return found


def _with_trailing(scene: Scene, lexicon: Lexicon, kept: Sequence[Attribution]) -> list[Attribution]:
    """Give a cue at the end of its sentence what stands before it, where the parse gave it less, more or nothing."""
    trailing = find_trailing(scene, lexicon)
    if trailing is None:
        return list(kept)
    cue, area = scene.place(trailing.verb), trailing.content
    own = next((attribution for attribution in kept if attribution.cue == cue), None)
    if own is None:
        if any(attribution.area.meets(area) for attribution in kept):
            return list(kept)
        candidate = Candidate(trailing.verb, "verb", scene.tree.lemmas[trailing.verb], "none", ())
        quoted = '"' in area.of(scene.text)
        added = Attribution(
            cue, trailing.source, (area,), Commitment.ASSERTS, NEAREST_SCORE, quoted=quoted, candidate=candidate
        )
        return [*kept, added]
    if not own.area.meets(area) or own.area.end == area.end:
        return list(kept)
    start = own.area.start if own.area.start < area.end else area.start
    mended = replace(own, content=(Range(start, area.end),))
    if own.source is None or not trailing.source.holds(own.source):
        mended = replace(mended, source=trailing.source, stand_in=None, antecedent=None)
    return [mended if attribution is own else attribution for attribution in kept]


def _made_whole(scene: Scene, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Widen content that is no clause to its subject and cue, clear of all other content."""
    taken = [attribution.area for attribution in found]
    for number, attribution in enumerate(found):
        candidate = attribution.candidate
        if candidate is None or not candidate.content:
            yield attribution
            continue
        if is_clause(scene.tree, candidate.content):
            yield replace(attribution, clause=True)
            continue
        others = [*taken[:number], *taken[number + 1 :]]
        full = any(quotation.outer in attribution.content for quotation in scene.masked.full)
        area = None if full else widened(scene, candidate, attribution.area, others)
        if area is None:
            yield attribution
            continue
        taken[number] = area
        yield replace(attribution, content=(area,), widened=True)


def _nearest(scene: Scene, lexicon: Lexicon, stand_in: Range) -> int | None:
    """Index of the quote verb outside all quotations that stands nearest to `stand_in`, else of a verb with subject."""
    tree, masked, verbs = scene.tree, scene.masked, []
    for index, (start, end) in enumerate(zip(tree.parse.starts, tree.parse.ends, strict=True)):
        if not tree.is_verb(index) or any(other.start <= start < other.end for other in masked.stand_ins):
            continue
        quotes = tree.lemmas[index] in lexicon.quote_verbs
        if quotes or tree.has(index, "nsubj"):
            verbs.append((not quotes, min(abs(start - stand_in.end), abs(stand_in.start - end)), index))
    return min(verbs)[-1] if verbs else None
