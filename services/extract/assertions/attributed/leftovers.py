"""Words that the parse joins to no cue: quotations beside a verb, clauses before a cue at the end of their sentence."""

from collections.abc import Sequence
from dataclasses import replace

from services.contracts.claim import Commitment
from services.extract.assertions.attributed.trailing import Trailing, find_trailing
from services.extract.assertions.attribution import Attribution, find_source
from services.extract.attributions.scene import Scene
from services.extract.commitment.commitment import commitment_of
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import SUBJECTS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.language.ranges import Range

NEAREST_SCORE = 0.5
"""Of a verb beside a quotation whose grammar does not join the two."""


def with_nearest(scene: Scene, lexicon: Lexicon, kept: Sequence[Attribution]) -> list[Attribution]:
    """Give each full quotation that nobody owns to the quote verb that stands nearest to it."""
    owned, tree, masked = list(kept), scene.tree, scene.masked
    for quotation, stand_in in zip(masked.full, masked.stand_ins, strict=True):
        if any(attribution.area.meets(quotation.outer) for attribution in owned):
            continue
        verb = _nearest(scene, lexicon, stand_in)
        if verb is None:
            continue
        cue = scene.place(verb)
        at = next((number for number, attribution in enumerate(owned) if attribution.cue == cue), None)
        if at is not None:
            beside = () if _is_loose(scene, owned[at], quotation.outer) else owned[at].content
            content = tuple(sorted((*beside, quotation.outer)))
            area = Range(content[0].start, content[-1].end)
            if not any(area.meets(other.area) for other in owned if other is not owned[at]):
                owned[at] = replace(owned[at], content=content, quoted=True)
            continue
        candidate = Candidate(verb, "verb", tree.lemmas[verb], "none", ())
        source = find_source(scene, candidate, lexicon)
        stated = commitment_of(tree, candidate, lexicon)
        owned.append(
            Attribution(
                cue,
                source.range,
                (quotation.outer,),
                stated,
                NEAREST_SCORE,
                source.via,
                source.relayed,
                quoted=True,
                candidate=candidate,
            )
        )
    return owned


def _is_loose(scene: Scene, own: Attribution, quotation: Range) -> bool:
    """Whether words before a cue and its quotation are no clause: 'In a letter, made public, Reyl said, "…"'."""
    if not own.area.end < own.cue.start < quotation.start or own.quoted:
        return False
    return not any(scene.tree.deps[index] in SUBJECTS for index in scene.tokens_in(own.area))


def _nearest(scene: Scene, lexicon: Lexicon, stand_in: Range) -> int | None:
    """Index of the quote verb outside all quotations that stands nearest to `stand_in`, else of a verb with subject."""
    tree, masked, verbs = scene.tree, scene.masked, []
    for index, (start, end) in enumerate(zip(tree.parse.starts, tree.parse.ends, strict=True)):
        if (
            not tree.is_verb(index)
            or _only_modifies(tree, index)
            or any(other.start <= start < other.end for other in masked.stand_ins)
        ):
            continue
        quotes = tree.lemmas[index] in lexicon.quote_verbs
        if quotes or tree.has(index, "nsubj"):
            verbs.append((not quotes, min(abs(start - stand_in.end), abs(stand_in.start - end)), index))
    return min(verbs)[-1] if verbs else None


def _only_modifies(tree: Tree, verb: int) -> bool:
    """Whether a participle quotes nobody: "his alleged plan", "the city's continuing rise"."""
    return tree.tags[verb] in ("VBG", "VBN") and verb > 0 and tree.tags[verb - 1] in ("PRP$", "POS", "DT")


def with_trailing(scene: Scene, lexicon: Lexicon, kept: Sequence[Attribution]) -> list[Attribution]:
    """Give a cue at the end of its sentence what stands before it, where the parse gave it less, more or nothing."""
    trailing = find_trailing(scene, lexicon)
    if trailing is None or any(each.outer.start == trailing.content.start for each in scene.sentence.quotations):
        return list(kept)
    cue = scene.place(trailing.verb)
    own = next((attribution for attribution in kept if attribution.cue == cue), None)
    others = [attribution for attribution in kept if attribution is not own]
    given = _given(scene, trailing) if own is None or trailing.inverted else _mended(own, trailing)
    if any(other.area.meets(given.area) for other in others):
        return list(kept)
    return [*others, given]


def _given(scene: Scene, trailing: Trailing) -> Attribution:
    candidate = Candidate(trailing.verb, "verb", scene.tree.lemmas[trailing.verb], "none", ())
    return Attribution(
        scene.place(trailing.verb),
        trailing.source,
        (trailing.content,),
        Commitment.ASSERTS,
        NEAREST_SCORE,
        quoted='"' in trailing.content.of(scene.text),
        candidate=candidate,
    )


def _mended(own: Attribution, trailing: Trailing) -> Attribution:
    """The attribution of the cue with the content's right end, and with the source that stands there."""
    area = trailing.content
    if not own.area.meets(area) or own.area.end == area.end:
        return own
    mended = replace(own, content=(Range(own.area.start, area.end),))
    if own.source is not None and trailing.source.holds(own.source):
        return mended
    return replace(mended, source=trailing.source, stand_in=None, antecedent=None)
