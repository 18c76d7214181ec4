"""Where a content ends: the end that the parse gives it, or another that suits what follows it better.

"…, which …", "… and would not …" and "…, with …" belong to what is said or to the outlet's sentence, and the parse
often errs about which. Every other end is weighed against the parse's by what stands between the two.
"""

from collections.abc import Iterator, Sequence

from services.extract.attributions.content import ranges_of
from services.extract.attributions.features import Feature, family, top_of
from services.extract.attributions.scene import Scene
from services.extract.attributions.scoring import Model, Rates
from services.extract.attributions.tearing import Around, around_of, tears
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import DASHES, FINITE_TAGS, PUNCTUATION_TAGS, Tree
from services.language.ranges import Range

MAX_ENDS = 16
SAME = 0.8
"""Ends that share so much of the longer content are as good as each other."""
SMALL_CUT = 0.6
SURE = 1.0
"""Log odds for a cut that leaves more of the content than `SMALL_CUT`: it gains little and may lose a figure."""
_STOPS = DASHES | {",", ";", ":", "(", ")"}
_JOINTS = frozenset((
    "advcl", "relcl", "conj", "appos", "prep", "acl", "parataxis", "npadvmod", "ccomp", "dep", "advmod", "xcomp", "cc",
))  # fmt: skip
_BEFORE_TOP = frozenset(("mark", "aux", "nsubj", "nsubjpass", "advmod"))
_WORDS = frozenset((
    "that", "which", "who", "and", "but", "or", "as", "while", "when", "after", "because", "if", "though", "although",
    "since", "whether", "where", "until", "before", "than", "with", "in", "on", "for", "at", "from", "to", "by",
    "during", "including", "despite", "amid", "saying", "adding", "he", "she", "they", "it", "his", "her", "their",
    "the", "a", "an", "even", "not", "just", "rather", "so", "would", "will",
))  # fmt: skip
_CLIMB = 3
_NO_ENDING = frozenset(("none", "ccompL", "according"))


def ends(tree: Tree, candidate: Candidate) -> tuple[int, list[int]]:
    """The end that the parse gives the content, and others, as token numbers after the last token."""
    start = candidate.content[0]
    given = _trim(tree, start, candidate.content[-1] + 1)
    size = len(tree.words)
    others = {_trim(tree, start, end) for end in range(start + 1, size) if is_stop(tree, end)}
    others.add(_trim(tree, start, size))
    for joint in candidate.content[1:]:
        if tree.deps[joint] in _JOINTS:
            others.add(_trim(tree, start, tree.below(joint)[0]))
    head = candidate.head
    for _ in range(_CLIMB + 1):
        for child in tree.children[head]:
            if child >= given and child != candidate.head:
                others.add(_trim(tree, start, tree.below(child)[-1] + 1))
        if tree.heads[head] == head:
            break
        head = tree.heads[head]
    return given, sorted(end for end in others if end > start and end != given)


def is_stop(tree: Tree, index: int) -> bool:
    """Whether the token is a mark that a content may end before: no hyphen inside a word."""
    if tree.words[index] not in _STOPS:
        return False
    parse = tree.parse
    glued = 0 < index < len(tree.words) - 1 and parse.ends[index - 1] == parse.starts[index]
    return not (glued and tree.words[index][0] in "-–" and parse.ends[index] == parse.starts[index + 1])


def _trim(tree: Tree, start: int, end: int) -> int:
    while end > start and (
        tree.tags[end - 1] in PUNCTUATION_TAGS or tree.deps[end - 1] == "cc" or _joins(tree, end - 1)
    ):
        end -= 1
    return end


def _joins(tree: Tree, index: int) -> bool:
    """Whether a token is the "therefore" of "and, therefore, …", which ends nothing."""
    before = index - 1 if tree.words[index - 1] != "," else index - 2
    return tree.deps[index] == "advmod" and before > 0 and tree.deps[before] == "cc"


def other_ends(
    scene: Scene, candidate: Candidate, content: Sequence[Range], rates: Rates
) -> Iterator[tuple[tuple[Range, ...], list[Feature]]]:
    """Where the content stands with other ends than the parse's that make a difference, and what speaks for each."""
    tree = scene.tree
    if candidate.content[0] < candidate.head or candidate.part == "preposition" or family(candidate) in _NO_ENDING:
        return
    if candidate.frame == "ccomp" and _is_pieced(tree, candidate):
        return
    given, others = ends(tree, candidate)
    top = top_of(tree, candidate)
    others = [end for end in others[:MAX_ENDS] if end > top]
    if not others:
        return
    around = around_of(tree, candidate, top, given, others, rates=rates)
    start, area = candidate.content[0], _area(content)
    for end in others:
        pieces = ranges_of(scene, range(start, end))
        # Ends that make no difference to the content are none.
        if not pieces or _overlap(_area(pieces), area) > SAME or tears(tree, around, end):
            continue
        features = list(_features(tree, candidate, around, end, rates))
        if features:
            yield pieces, features


def _is_pieced(tree: Tree, candidate: Candidate) -> bool:
    """Whether the content was put together from what the parse had parted: all of it belongs there."""
    inside = set(candidate.content)
    loose = [each for each in candidate.content if tree.heads[each] not in inside and tree.deps[each] != "punct"]
    return len(loose) > 1


def better_ending(
    scene: Scene, candidate: Candidate, content: Sequence[Range], model: Model
) -> tuple[Range, ...] | None:
    """The content with the end that suits it best; None where that is the parse's."""
    best, chosen = 0.0, None
    base = _area(content)
    for pieces, features in other_ends(scene, candidate, content, model.rates):
        odds = model.endings.odds(features)
        if odds <= best:
            continue
        area = _area(pieces)
        if area.end < base.end and odds < SURE and _overlap(area, base) > SMALL_CUT:
            continue
        best, chosen = odds, pieces
    return chosen


def _area(pieces: Sequence[Range]) -> Range:
    return Range(pieces[0].start, pieces[-1].end)


def _overlap(one: Range, other: Range) -> float:
    shared = max(0, min(one.end, other.end) - max(one.start, other.start))
    return shared / (one.end - one.start + other.end - other.start - shared)


def _features(tree: Tree, candidate: Candidate, around: Around, end: int, rates: Rates) -> Iterator[Feature]:
    """What stands between another end and the one that the parse gives; nothing if that is punctuation alone."""
    top, given = around.top, around.given
    low, high = min(end, given), max(end, given)
    first = low
    passed = []
    while first < high and (tree.tags[first] in PUNCTUATION_TAGS or tree.deps[first] == "cc"):
        passed.append(tree.words[first])
        first += 1
    if first == high:
        return
    side = "cut " if end < given else "add "
    for name, value in (
        *_shape(tree, candidate, top, (low, high), end),
        *_opening(tree, first, passed),
        *_region(tree, candidate, top, (first, high)),
        ("rate of cue", rates.counted(candidate.part, candidate.lemma, candidate.frame).rate),
        ("cue", float(any(first <= index < high for index in around.cues))),
    ):
        yield side + name, value


def _shape(tree: Tree, candidate: Candidate, top: int, bounds: tuple[int, int], end: int) -> Iterator[Feature]:
    low, high = bounds
    start = candidate.content[0]
    yield "", 1.0
    yield f"keeps {min(int(6 * (low - start) / (high - start)), 5)}/6", 1.0
    yield "frame " + family(candidate), 1.0
    yield "part " + candidate.part, 1.0
    yield "top " + tree.tags[top], 1.0
    yield "commas", float(min(tree.words[start:low].count(","), 3))
    yield "end of sentence", float(_trim(tree, start, len(tree.words)) == end)


def _opening(tree: Tree, first: int, passed: Sequence[str]) -> Iterator[Feature]:
    word = tree.words[first]
    yield "opens with " + (word if word in _WORDS else tree.tags[first]), 1.0
    yield "after " + (passed[0] if passed else "nothing"), 1.0
    if len(passed) > 1:
        yield "then " + passed[-1], 1.0


def _region(tree: Tree, candidate: Candidate, content_top: int, bounds: tuple[int, int]) -> Iterator[Feature]:
    """What the words between two bounds are, and what they hang on."""
    first, high = bounds
    frame = family(candidate)
    loose = [index for index in range(first, high) if not first <= tree.heads[index] < high]
    tops = [index for index in loose if tree.deps[index] not in ("punct", "cc")] or [first]
    top = tops[0]
    dep, head = tree.deps[top], tree.heads[top]
    place = _place(candidate, head, first)
    yield "tops", float(min(len(tops), 4) - 1)
    yield "dep " + dep, 1.0
    yield f"dep {dep} {frame}", 1.0
    yield "tag " + tree.tags[top][:2], 1.0
    yield "hangs on " + place, 1.0
    yield f"hangs on {place} {dep}", 1.0
    if head == content_top:
        yield "hangs on top " + dep, 1.0
    for child in tree.children[top]:
        relation, word = tree.deps[child], tree.words[child]
        if first <= child < top and relation in _BEFORE_TOP:
            yield f"{relation} {word if relation in ('mark', 'aux') or word in _WORDS else tree.tags[child]}", 1.0
    modals = _modals(tree, top)
    if modals:
        yield "same modal", 1.0 if modals & _modals(tree, content_top) else -1.0
    yield "finite verb", float(any(tree.tags[index] in FINITE_TAGS for index in range(first, high)))
    yield "quote mark", float(any(tree.tags[index] in ("''", "``") for index in range(first, high)))


def _place(candidate: Candidate, head: int, first: int) -> str:
    """Where what follows hangs: on the cue, in the content, or before or after it."""
    if head == candidate.head:
        return "cue"
    start = candidate.content[0]
    return "content" if start <= head < first else "before" if head < start else "after"


def _modals(tree: Tree, verb: int) -> set[str]:
    return {tree.words[index] for index in tree.kids(verb, "aux") if tree.tags[index] == "MD"}
