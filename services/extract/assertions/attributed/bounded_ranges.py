"""Where the tokens of an attributed clause stand in the article, less the cue and what the outlet puts around it."""

from services.extract.attributions.content import content_ranges
from services.extract.attributions.scene import Scene
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import Tree
from services.extract.vocabulary.saying import SPEAKING
from services.language.ranges import Range, trim

_MIN_QUOTED = 4
_AFTERWARDS = frozenset(("while", "as", "when", "after", "during"))


def bounded_ranges(scene: Scene, candidate: Candidate) -> tuple[Range, ...]:
    """Where the content stands, without what is not the clause's."""
    pieces = content_ranges(scene, candidate)
    if len(pieces) != 1:
        return pieces
    area = _without_cue(scene, candidate, _without_lone_bracket(scene.text, pieces[0]))
    area = _with_opening(scene, candidate, area)
    return _quotation_within(scene, candidate, area) or (area,)


def _without_lone_bracket(text: str, area: Range) -> Range:
    """The range after a bracket that closes what was opened before it: "CNN) The mayor left"."""
    closes, opens = text.find(")", *area), text.find("(", *area)
    if closes < 0 or 0 <= opens < closes:
        return area
    return trim(text, closes + 1, area.end, left=" -–—:,") or area


def _with_opening(scene: Scene, candidate: Candidate, area: Range) -> Range:
    """The range with the phrase before it at the start of the sentence, which dates or places it.

    "Of the 40 hurt, 12 remain in hospital, Reyl said": the parse takes the phrase for one of "said".
    """
    tree, start = scene.tree, scene.sentence.range.start
    if candidate.part != "verb" or scene.place(candidate.head).start < area.start or scene.masked.full:
        return area
    first = next(iter(scene.tokens_in(area)), 0)
    if not first > 1 or tree.words[first - 1] != "," or scene.place(0).start != start:
        return area
    phrases = [each for each in tree.kids(candidate.head, "prep", "npadvmod", "advmod") if each < first]
    covered = {at for phrase in phrases for at in tree.below(phrase)}
    if any(at not in covered and tree.words[at] != "," for at in range(first)):
        return area
    return Range(start, area.end)


def _quotation_within(scene: Scene, candidate: Candidate, area: Range) -> tuple[Range, ...]:
    """The quotation that the outlet leads up to, or goes on after, inside the range; empty where there is none.

    'He defended the plan: "It works."', '… tweeting "It works."', '"It works" while leaving the hall'.
    """
    text, tree = scene.text, scene.tree
    for quotation in scene.sentence.quotations:
        outer = quotation.outer
        if not area.holds(outer):
            continue
        if outer.start == area.start:
            words = text[outer.end : area.end].split(None, 1)
            said = len(outer.of(text).split()) >= _MIN_QUOTED and bool(words) and words[0] in _AFTERWARDS
            return (outer,) if said else ()
        if quotation not in scene.masked.full or outer.end < area.end - 1:
            continue
        before = text[area.start : outer.start].rstrip()
        last = max((at for at in range(len(tree.words)) if scene.place(at).end <= outer.start), default=0)
        led = before.endswith(":") or (before.isascii() and tree.lemmas[last] in SPEAKING and last != candidate.head)
        return (outer,) if led else ()
    return ()


def _without_cue(scene: Scene, candidate: Candidate, area: Range) -> Range:
    """The range without "…, a spokesman said a day after" at its end."""
    tree, cue = scene.tree, scene.place(candidate.head)
    if candidate.part != "verb" or not area.holds(cue):
        return area
    subject = tree.first(candidate.head, "nsubj")
    if subject is None or subject > candidate.head or not _is_mark(tree, tree.below(subject)[0] - 1):
        return area
    start = tree.below(subject)[0]
    own = set(tree.below(candidate.head))
    after = [index for index in candidate.content if index > candidate.head]
    goes_on = any(index not in own or tree.words[index] in (",", "that") for index in after)
    if goes_on or scene.place(start - 1).start <= area.start:
        return area
    return trim(scene.text, area.start, scene.place(start - 1).start, right=" ,;:-–—") or area


def _is_mark(tree: Tree, index: int) -> bool:
    return index > 0 and tree.words[index] in (",", "--", "—", "–")
