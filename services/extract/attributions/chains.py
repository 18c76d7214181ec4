"""Through whom words came to the outlet: "told KCNA", "citing military intelligence", "in a statement carried by …"."""

from collections.abc import Iterator, Sequence

from services.extract.attributions.scene import Scene
from services.extract.attributions.sources import source_range
from services.extract.attributions.subjects import quoting_participle
from services.extract.syntax.candidate import Candidate
from services.extract.syntax.tree import NAME_TAGS, Tree
from services.extract.vocabulary.lexicon import Lexicon
from services.extract.vocabulary.saying import RELAYED
from services.language.agencies import MEDIA_BY_NAME
from services.language.ranges import Range

_RELAYING = frozenset((
    "carry", "publish", "quote", "cite", "report", "release", "broadcast", "relay", "share", "post", "air", "run",
))  # fmt: skip
_SPOKEN = frozenset((
    "interview", "statement", "comment", "remark", "response", "speech", "message", "report", "letter", "briefing",
    "article", "dispatch", "editorial", "commentary", "address",
))  # fmt: skip
_SPOKEN_BEFORE = frozenset(("statement", "comment", "remark", "claim", "response", "announcement", "message"))
"""Nouns for what somebody has just been told to have said."""
_CITING = frozenset(("cite", "quote", "reference"))
_REPORTING = frozenset(("report", "say", "write"))
MEDIA = frozenset((
    "report", "reports", "media", "agency", "newspaper", "newspapers", "outlet", "outlets", "news", "broadcaster",
    "television", "tv", "radio", "paper", "website", "press", "tabloid", "channel", "magazine", "daily", "times",
    "post", "network",
))  # fmt: skip
"""Nouns for those who pass on what others say."""

_LONGEST_TITLE = 8
"""Tokens from the mark before the title of a programme to its noun."""
_PAPERS = frozenset((
    "document", "datum", "data", "record", "transcript", "filing", "email", "figure", "image", "footage", "interview",
))  # fmt: skip


def is_medium(tree: Tree, noun: int) -> bool:
    """Whether the noun passes on what others say."""
    return tree.words[noun] in MEDIA or tree.words[noun] in MEDIA_BY_NAME


def is_paper(tree: Tree, noun: int) -> bool:
    """Whether a noun is for what a medium reads, and nobody who speaks."""
    return tree.lemmas[noun] in _PAPERS


def is_passed_on(tree: Tree, outer: Candidate, inner: Candidate) -> bool:
    """Whether a medium reports what somebody said: "Reuters reported that the minister said …"."""
    if inner.part != "verb" or inner.lemma not in RELAYED:
        return False
    if outer.part == "preposition":
        return _is_source_medium(tree, outer) and tree.heads[outer.head] == inner.head and tree.has(inner.head, "nsubj")
    if outer.part != "verb" or outer.lemma not in _REPORTING:
        return False
    medium, speaker = tree.first(outer.head, "nsubj"), tree.first(inner.head, "nsubj")
    joined = tree.heads[inner.head] == outer.head and tree.deps[inner.head] == "ccomp"
    return joined and medium is not None and speaker is not None and is_medium(tree, medium)


def _is_source_medium(tree: Tree, according: Candidate) -> bool:
    """Whether the source after "according to" is a medium, or is called one: "tech site Orla Wire"."""
    to = tree.first(according.head, "prep")
    noun = tree.first(according.head if to is None else to, "pobj")
    if noun is None:
        return False
    return is_medium(tree, noun) or any(tree.words[each] in MEDIA for each in tree.kids(noun, "compound", "nmod"))


def is_relayed(tree: Tree, outer: Candidate, inner: Candidate) -> bool:
    """Whether a medium reports what others are the source of: "the Herald reports that …, according to two clerks"."""
    if outer.part != "preposition" or inner.part != "verb" or inner.lemma != "report" or inner.frame != "ccomp":
        return False
    medium = tree.first(inner.head, "nsubj")
    named = medium is not None and (is_medium(tree, medium) or tree.tags[medium] in NAME_TAGS)
    return named and tree.heads[outer.head] == inner.head and inner.head < inner.content[0] < outer.head


def relayer_of(scene: Scene, lexicon: Lexicon) -> Range | None:
    """Of "This statement, reported by KCNA, comes amid …": who passed on what the last source said."""
    masked, tree = scene.masked, scene.tree
    if " by " not in masked.text or not any(noun in masked.text for noun in _SPOKEN_BEFORE):
        return None
    for noun, lemma in enumerate(tree.lemmas):
        if lemma not in _SPOKEN_BEFORE or tree.deps[noun] not in ("nsubj", "nsubjpass"):
            continue
        if not any(tree.words[each] in ("this", "the", "these") for each in tree.kids(noun, "det")):
            continue
        for clause in tree.kids(noun, "acl", "relcl"):
            by = tree.first(clause, "agent") if tree.lemmas[clause] in _RELAYING else None
            relayer = None if by is None else tree.first(by, "pobj")
            if relayer is not None:
                return source_range(tree, masked, relayer, lexicon)
    return None


def are_relayers(tree: Tree, links: Sequence[int]) -> bool:
    """Whether the links passed a statement on, "carried by KCNA", "KCNA quoted": not "told Reuters", one occasion."""
    return bool(links) and all(
        tree.deps[link] == "nsubj" or tree.words[tree.heads[link]] in ("by", "through", "via") for link in links
    )


def cited_by(tree: Tree, verb: int) -> int | None:
    """Whom "…, citing military intelligence, said" cites."""
    subjects = tree.kids(verb, "nsubj")
    for top in (verb, *subjects):
        for child in tree.kids(top, "advcl", "acl", "prep"):
            if tree.lemmas[child] in _CITING or tree.words[child] == "referencing":
                return tree.first(child, "dobj", "pobj")
    return None


def outlet_of(tree: Tree, link: int) -> int:
    """Of 'told CNN's "State of the Union"': CNN, whose programme it is; of any other link the link itself."""
    mark = next((at for at in range(link, max(0, link - _LONGEST_TITLE), -1) if tree.words[at] == '"'), 0)
    is_owned = mark > 1 and tree.words[mark - 1] == "'s" and tree.tags[mark - 2] in NAME_TAGS
    return mark - 2 if is_owned else link


def find_links(tree: Tree, candidate: Candidate, source: int | None) -> Iterator[int]:
    """Nouns of the chain between the source and the outlet, nearest to the source first."""
    head = candidate.head
    if candidate.part == "preposition":
        cited = next((child for child in tree.kids(head, "advcl", "prep") if tree.lemmas[child] in _CITING), None)
        if cited is not None:
            yield from tree.kids(cited, "dobj", "pobj")
        return
    if candidate.part != "verb":
        return
    if candidate.lemma == "tell":
        yield from (noun for noun in tree.kids(head, "dobj", "dative") if tree.tags[noun] == "NNP")
    if tree.deps[head] == "pcomp" and tree.words[tree.heads[head]] == "as":
        yield from _quoting(tree, tree.heads[tree.heads[head]], source)
    if candidate.lemma == "speak" or tree.deps[head] == "advcl":
        yield from _through(tree, head)
    for top in _occasions(tree, head, source):
        yield from _relayers(tree, top)
        if top != head and tree.lemmas[top] == "speak":
            yield from _through(tree, top)


def _quoting(tree: Tree, governor: int, source: int | None) -> Iterator[int]:
    """Who quotes: of "the Herald quoted X as saying", "X was quoted by the Herald as saying"."""
    for verb in (governor, tree.heads[governor], tree.heads[tree.heads[governor]]):
        if tree.lemmas[verb] in _CITING and tree.has(verb, "agent"):
            yield from (noun for by in tree.kids(verb, "agent") for noun in tree.kids(by, "pobj"))
            return
    taken = quoting_participle(tree, governor)
    if taken is not None and taken > 0 and tree.tags[taken - 1] == "NNP":
        yield taken - 1
        return
    yield from (noun for noun in tree.kids(governor, "nsubj") if noun != source)


def _occasions(tree: Tree, head: int, source: int | None) -> list[int]:
    """What the relayer may hang on: the cue, the clause around "…, saying that", the source."""
    tops = [head, *tree.kids(head, "advcl")]
    if tree.deps[head] == "advcl":
        governor = tree.heads[head]
        tops.extend((governor, *tree.kids(governor, "dobj")))
    return tops if source is None else [*tops, source]


def _through(tree: Tree, verb: int) -> Iterator[int]:
    for phrase in tree.kids(verb, "prep"):
        if tree.words[phrase] in ("through", "via"):
            yield from tree.kids(phrase, "pobj")


def _relayers(tree: Tree, top: int) -> Iterator[int]:
    """Of "in a statement carried by KCNA", "in an interview with Reuters"."""
    for phrase in tree.kids(top, "prep"):
        if tree.words[phrase] not in ("in", "by", "during", "to", "with"):
            continue
        for noun in tree.kids(phrase, "pobj"):
            if tree.lemmas[noun] not in _SPOKEN:
                continue
            for clause in tree.kids(noun, "acl", "relcl"):
                if tree.lemmas[clause] in _RELAYING:
                    for by in tree.kids(clause, "agent"):
                        yield from tree.kids(by, "pobj")
            for other in tree.kids(noun, "prep"):
                wanted = ("with", "to") if tree.lemmas[noun] == "interview" else ("by", "from", "to")
                if tree.words[other] in wanted:
                    hearers = tree.kids(other, "pobj")
                    yield from (each for each in hearers if tree.tags[each] == "NNP" or tree.words[each] in MEDIA)
