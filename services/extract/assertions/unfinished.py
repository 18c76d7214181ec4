"""Spans that stop before what they need: a subject's verb, a verb's complement, what something is compared with."""

from collections.abc import Sequence
from dataclasses import replace

from services.extract.assertions.attribution import Attribution
from services.extract.attributions.endings import is_stop
from services.extract.attributions.scene import Scene
from services.extract.syntax.tree import Tree
from services.language.ranges import Range, trim

_NEEDED = frozenset(("dobj", "attr", "acomp", "oprd", "xcomp", "pobj", "pcomp"))
"""Relations of what a word in the span needs right behind it."""
_SUBJECT = frozenset(("nsubj", "nsubjpass"))
_HANGING = frozenset(("aux", "auxpass", "det", "poss", "case", "compound", "amod", "nummod"))
"""Relations of words that belong to a word behind them."""
_OPENERS = frozenset(("IN", "TO", "DT", "PRP$", "CC"))
"""Tags of words that nothing ends with, unless a mark follows."""
_COMPARING = frozenset(("as", "than"))
_COMPARED = frozenset(("same", "as", "so", "such", "more", "less", "fewer", "rather", "other"))
_OPENING = frozenset(("CC", "WRB", "WDT", "WP", "RB", "``", ":"))
"""Tags of words behind which a subject starts."""
_POINTERS = frozenset(("this", "that", "these", "those", "all", "both", "some", "any", "each", "another", "so"))
_FEWEST = 5
_OUTER_MARKS = ",;: -–—.\n"


def is_unfinished(scene: Scene, area: Range) -> bool:
    """Whether the words right behind the span belong to it."""
    inside = scene.tokens_in(area)
    after = inside.stop
    if not len(inside) or after >= len(scene.tree.words):
        return False
    if any(name.start < area.end < name.end for name in scene.names):
        return True
    return _needs(scene.tree, inside, after)


def finished(scene: Scene, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions; one that stops too early goes on to the next mark, or is left out where it cannot."""
    kept: list[Attribution] = []
    for number, attribution in enumerate(attributions):
        area = attribution.area
        if len(attribution.content) != 1 or _is_quotation(scene, area) or not is_unfinished(scene, area):
            kept.append(attribution)
            continue
        others = [other.area for other in (*attributions[:number], *attributions[number + 1 :])]
        shorter = _without_opener(scene, area)
        if shorter is not None:
            kept.append(replace(attribution, content=(shorter,)))
            continue
        longer = None if _is_garden_path(scene, area) else _up_to_mark(scene, area)
        if longer is not None and not longer.meets(attribution.cue) and not any(map(longer.meets, others)):
            kept.append(replace(attribution, content=(longer,)))
        elif area.holds(attribution.cue) or _is_bare_relative(scene, area):
            kept.append(attribution)
    return kept


def _is_quotation(scene: Scene, area: Range) -> bool:
    return any(quotation.outer.end >= area.end > quotation.outer.start for quotation in scene.sentence.quotations)


def _needs(tree: Tree, inside: range, after: int) -> bool:
    if any(tree.heads[index] >= after and tree.deps[index] in _HANGING for index in inside) or _hangs(tree, after):
        return True
    top = _top_behind(tree, after)
    if any(child in inside for child in tree.kids(top, *_SUBJECT)) and top not in inside:
        return True
    if tree.below(top)[0] < after or is_stop(tree, after):
        return False
    if tree.deps[top] in _NEEDED and tree.heads[top] in inside:
        return True
    if _opens_relative(tree, top):
        return True
    compares = tree.words[after] in _COMPARING and tree.heads[top] in inside
    return compares and any(_is_compared(tree, index) for index in (*inside[-4:], tree.heads[top]))


def _is_bare_relative(scene: Scene, area: Range) -> bool:
    """Whether a clause of the span's last noun stands right behind it: "had no idea | the statement was coming"."""
    after = scene.tokens_in(area).stop
    return _opens_relative(scene.tree, _top_behind(scene.tree, after))


def _opens_relative(tree: Tree, verb: int) -> bool:
    if tree.deps[verb] != "relcl" or not tree.has(verb, *_SUBJECT):
        return False
    clause = tree.below(verb)
    return clause[0] == tree.heads[verb] + 1 and not any(tree.tags[each][0] == "W" for each in clause)


def _hangs(tree: Tree, after: int) -> bool:
    """Whether the last word opens what follows: "only released after | the council cleared it"."""
    last = after - 1
    if tree.tags[last] == "CC":
        return True
    opens = tree.tags[last] in _OPENERS and tree.words[last] not in _POINTERS
    return opens and tree.tags[after] != "CC" and (tree.tags[after][0].isalpha() or tree.tags[after] == "``")


def _is_compared(tree: Tree, index: int) -> bool:
    return tree.words[index] in _COMPARED or tree.tags[index] in ("JJR", "RBR")


def _top_behind(tree: Tree, after: int) -> int:
    """The word on which the phrase hangs that starts right behind a span: of "will be free" it is "be"."""
    top = after
    while tree.heads[top] > top or (tree.heads[top] >= after and tree.heads[top] != top):
        top = tree.heads[top]
    return top


def _without_opener(scene: Scene, area: Range) -> Range | None:
    """The span without the word behind its last comma that opens another: "it is late, with | Keld said"."""
    tree, inside = scene.tree, scene.tokens_in(area)
    if len(inside) < _FEWEST or tree.words[inside[-2]] != "," or not _hangs(tree, inside.stop):
        return None
    return Range(area.start, scene.place(inside[-3]).end)


def _is_garden_path(scene: Scene, area: Range) -> bool:
    """Whether the verb behind is of a longer subject: "insisting that we know Keld and Reyl | is a mistake"."""
    tree, inside = scene.tree, scene.tokens_in(area)
    subjects = (child for child in tree.kids(_top_behind(tree, inside.stop), *_SUBJECT) if child in inside)
    first = next((tree.below(subject)[0] for subject in subjects), inside.start)
    if first <= inside.start:
        return False
    opens = tree.tags[first - 1] in _OPENING or tree.deps[first - 1] == "mark"
    return not (opens or is_stop(tree, first - 1))


def _up_to_mark(scene: Scene, area: Range) -> Range | None:
    """The span up to the next mark behind it."""
    tree, after = scene.tree, scene.tokens_in(area).stop
    end = next((index for index in range(after, len(tree.words)) if is_stop(tree, index)), len(tree.words))
    longer = trim(scene.text, area.start, scene.place(end - 1).end, right=_OUTER_MARKS)
    torn = longer is None or any(
        quotation.outer.start < longer.end < quotation.outer.end for quotation in scene.sentence.quotations
    )
    return None if torn else longer
