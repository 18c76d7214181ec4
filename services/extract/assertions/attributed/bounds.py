"""The tokens of an attributed clause, where the parse gives its content too much or too little.

A clause starts after "a statement … that" and after a time that belongs to its cue; it ends before ", while …",
", according to …" and what its source does next; the condition that it depends on stays in.
"""

from collections.abc import Iterator, Sequence

from services.extract.assertions.attributed.asides import (
    is_aside,
    is_next_deed,
    is_next_event,
    is_rebuttal,
    own_deed,
)
from services.extract.assertions.attributed.further import with_condition, with_second
from services.extract.assertions.attributed.next_deeds import does_next
from services.extract.assertions.attributed.remarks import is_outlets
from services.extract.attributions.features import top_of_tokens
from services.extract.attributions.scene import Scene
from services.extract.attributions.subjects import ADDING
from services.extract.commitment.words import DISPUTING
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import FINITE_TAGS, NAME_TAGS, SUBJECTS, Tree
from services.extract.vocabulary.grammar import CONTRASTS
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import SAYING, SPEAKING
from services.language.ranges import Range

_UTTERANCES = frozenset((
    "statement", "tweet", "tweets", "post", "posts", "letter", "memo", "interview", "report", "study", "release",
    "email", "speech", "briefing", "note", "message", "series", "ruling", "article", "interviews", "statements",
    "remarks", "comments", "video", "document", "filing", "resolution", "announcement", "warning", "weeks", "days",
    "months", "years", "reporters", "station",
))  # fmt: skip
"""Nouns that may stand between a cue and what is said: "released a statement that", "hinted for weeks that"."""
_TIMES = frozenset(("today", "yesterday", "tonight"))
_SPANS = frozenset(("week", "weekend", "month", "year", "night", "morning", "summer", "winter", "spring", "fall"))
_PARTS_OF_DAYS = frozenset(("morning", "afternoon", "evening", "night"))
_NOMINAL = NAME_TAGS | frozenset(("NN", "NNS", "DT", "JJ", "PRP$", "IN", "POS", "CD", "HYPH"))
_MOST_APPOSITION = 8
_MIN_TOKENS = 3


def within_bounds(scene: Scene, candidate: Candidate, lexicon: Lexicon) -> Candidate:
    """The candidate with the content that the clause in it is; itself where nothing is to be mended."""
    tree, content = scene.tree, candidate.content
    if candidate.part not in ("verb", "preposition") or len(content) < _MIN_TOKENS:
        return candidate
    start = _start(tree, candidate, lexicon.weekdays)
    if candidate.part == "preposition":
        start = _start_of_according(tree, candidate, lexicon)
    kept = content[start:]
    kept = with_second(tree, candidate, with_condition(tree, candidate, kept))
    end = next((at for at in _ends(scene, candidate, kept, lexicon)), None)
    if end is not None:
        kept = tuple(index for index in kept if index < end)
    if kept == content or len(kept) < _MIN_TOKENS:
        return candidate
    is_clause = (
        start > 0 and len(kept) > _MIN_TOKENS and candidate.part == "verb" and tree.words[content[start - 1]] == "that"
    )
    return candidate._replace(content=kept, frame="ccomp" if is_clause else candidate.frame)


def _start(tree: Tree, candidate: Candidate, weekdays: frozenset[str]) -> int:
    """How many tokens of the content stand before its clause."""
    content = candidate.content
    if content[0] < candidate.head:
        return 0
    behind = _behind_opening(tree, candidate)
    if behind:
        return behind
    if tree.words[content[0]] == "on" and tree.words[content[1]] in weekdays and _opens_subject(tree, content[2]):
        return 2
    first, second = content[:2]
    time = tree.words[first] in weekdays or tree.words[first] in _TIMES
    if len(content) > _MIN_TOKENS and tree.words[first] in ("this", "last", "next") and tree.words[second] in _SPANS:
        return 2 if _opens_subject(tree, content[2]) and not _opens_subject(tree, first) else 0
    if time and tree.deps[first] not in ("nsubj", "nsubjpass", "compound", "poss") and _opens_subject(tree, second):
        return 1
    return 1 if time and _is_before_a_role(tree, first) else 0


def _is_before_a_role(tree: Tree, day: int) -> bool:
    """Whether a day stands before a person's role and name: "said Tuesday deputy master Otto Keld should go"."""
    following, name = day + 1, day + 1
    while name < len(tree.words) - 1 and tree.tags[name] == "NN":
        name += 1
    is_role = name > following and tree.tags[name] == "NNP" and tree.words[following] not in _PARTS_OF_DAYS
    subject = next((top for top in (name, *tree.climb(name)) if tree.deps[top] in SUBJECTS), None)
    return is_role and subject is not None and tree.tags[subject] == "NNP" and tree.below(subject)[0] == day


def _behind_opening(tree: Tree, candidate: Candidate) -> int:
    """Place of what follows "that", or "citing the law," at the start of the content; 0 if neither stands there."""
    content = candidate.content
    if tree.lemmas[content[0]] != "cite" or tree.tags[content[0]] != "VBG":
        mark = _mark_inside(tree, candidate)
        return mark + 1 if mark else 0
    end = tree.below(content[0])[-1]
    return next((place + 1 for place, index in enumerate(content) if index > end and tree.words[index] == ","), 0)


def _start_of_according(tree: Tree, candidate: Candidate, lexicon: Lexicon) -> int:
    """How many tokens of the content are the source's: "According to the chief, Paul Arden, two homes burned".

    Of a source at the end: how many stand before the last semicolon.
    """
    content = candidate.content
    if content[0] < candidate.head:
        places = range(len(content))
        return max((place + 1 for place in places[:-1] if tree.words[content[place]] == ";"), default=0)
    to = tree.first(candidate.head, "prep")
    source = tree.first(candidate.head if to is None else to, "pobj")
    first = next((place for place, index in enumerate(content) if tree.words[index] != ","), 0)
    end = next((place for place in range(first, len(content)) if tree.words[content[place]] == ","), 0)
    if source is None or not first < end <= first + _MOST_APPOSITION or end + 1 >= len(content):
        return 0
    words = content[first:end]
    if any(tree.tags[index] not in _NOMINAL for index in words) or tree.tags[content[end + 1]][0] in "VM":
        return 0
    named = all(tree.tags[index] in NAME_TAGS for index in words)
    role = any(tree.lemmas[index] in lexicon.titles | lexicon.source_nouns for index in (*words, source))
    wanted = named if tree.tags[source] in ("NN", "NNS") else tree.tags[source] in NAME_TAGS and not named
    return end + 1 if wanted and role else 0


def _mark_inside(tree: Tree, candidate: Candidate) -> int:
    """Place in the content of the "that" of "a statement (saying) that it is so"; 0 if there is none.

    Who "rejected a report that it is so" has said the contrary, of the report.
    """
    content = candidate.content
    if candidate.lemma in DISPUTING:
        return 0
    for place, index in enumerate(content):
        if tree.words[index] == "that" and tree.deps[index] == "mark" and place:
            clause = tree.heads[index]
            before = content[:place]
            uttered = any(tree.words[each] in _UTTERANCES for each in before) or candidate.lemma in SPEAKING
            whole = tree.has_tense(clause) and tree.has(clause, *SUBJECTS) and tree.below(clause)[-1] >= content[-1] - 1
            plain = not any(tree.tags[each] in FINITE_TAGS for each in before)
            return place if uttered and whole and plain else 0
        if _opens_misread(tree, candidate, place):
            return place
    return 0


def _opens_misread(tree: Tree, candidate: Candidate, place: int) -> bool:
    """Whether "that" opens what is said after "insisted in a series of tweets", taken for a relative pronoun."""
    index = candidate.content[place]
    if not place or tree.words[index] != "that" or candidate.lemma not in SAYING or candidate.frame == "dobj":
        return False
    between = any(tree.tags[each][0] == "V" for each in candidate.content[:place])
    opens = index + 1 < len(tree.words) and tree.tags[index + 1] in ("DT", "PRP", "PRP$", "EX", "NNP")
    return tree.words[index - 1] in _UTTERANCES and opens and not between and tree.deps[index] in ("dobj", "mark")


def _opens_subject(tree: Tree, index: int) -> bool:
    """Whether a subject starts at the token."""
    for top in (index, *tree.climb(index)):
        if tree.deps[top] in SUBJECTS:
            return tree.below(top)[0] == index
    return False


def _ends(scene: Scene, candidate: Candidate, content: Sequence[int], lexicon: Lexicon) -> Iterator[int]:
    """Tokens before which the clause ends, if anywhere, the first of all first."""
    tree = scene.tree
    top = top_of_tokens(tree, content)
    leading = candidate.part == "preposition" and candidate.head < content[0]
    inside = set(content)
    joint = own_deed(tree, candidate, top, lexicon)
    for index in content[1:]:
        word, before = tree.words[index], tree.words[index - 1]
        if index <= top and not leading:
            continue
        if (
            (leading and before == ";")
            or (before == "," and index > top and _stands_apart(tree, candidate, index, word))
            or (index > top and _is_outlets(scene, candidate, top, index))
        ):
            yield index - 1
        elif (
            index == joint
            or (before in (",", '"') and _introduces_quotation(tree, index))
            or does_next(tree, candidate, top, index, inside, lexicon=lexicon)
            or is_next_deed(tree, top, index, inside)
            or is_next_event(tree, candidate, top, index)
            or is_aside(tree, top, index)
            or is_rebuttal(tree, top, index, lexicon)
        ):
            yield index


def takes_in_a_remark(scene: Scene, candidate: Candidate, content: Sequence[Range]) -> bool:
    """Whether another end for the content would take in what the outlet adds behind it."""
    top, area = top_of_tokens(scene.tree, candidate.content), Range(content[0].start, content[-1].end)
    further = (index for index in scene.tokens_in(area) if index > max(top, candidate.content[-1]))
    return any(_is_outlets(scene, candidate, top, index) for index in further)


def _is_outlets(scene: Scene, candidate: Candidate, top: int, index: int) -> bool:
    """Whether what starts at a token after a mark is the outlet's, and no quoted words."""
    return is_outlets(scene.tree, candidate, top, index) and not scene.sentence.is_quoted(scene.place(index))


def ends_before_remark(scene: Scene, candidate: Candidate, mended: Candidate) -> bool:
    """Whether a candidate's content was cut before what the outlet adds."""
    top = top_of_tokens(scene.tree, mended.content)
    following = [index for index in candidate.content if index > mended.content[-1]]
    return any(is_outlets(scene.tree, candidate, top, index) for index in following[:2])


def _stands_apart(tree: Tree, candidate: Candidate, index: int, word: str) -> bool:
    """Whether what starts at a token after a comma is no longer the clause."""
    if word == "according":
        return index != candidate.head
    return (word in CONTRASTS and tree.has(tree.heads[index], *SUBJECTS)) or speaks_on(tree, index)


def _introduces_quotation(tree: Tree, index: int) -> bool:
    """Whether the cue of a quotation behind it starts here: "won by "a mile," adding, "I know"."""
    is_cue = tree.tags[index] == "VBG" and tree.lemmas[index] in SPEAKING | ADDING
    return is_cue and tree.words[index + 1 : index + 3] in ((",", '"'), (":", '"'))


def speaks_on(tree: Tree, index: int) -> bool:
    """Whether ", telling reporters that …" of the source starts here, and not of the one it speaks of."""
    return (
        tree.tags[index] == "VBG"
        and tree.deps[index] == "advcl"
        and tree.lemmas[index] in SPEAKING | {"cite"}
        and tree.has(index, "ccomp", "dobj")
    )
