"""The source that all reports of a merged claim go back to: five outlets that cite one agency have one source."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, groupby, islice
from operator import attrgetter

from services.contracts.claim import Speaker, SpeakerKind
from services.contracts.event_claims import SourceStep, UltimateSource
from services.dedupe.merging.claims.report import Report
from services.dedupe.merging.size_limits import MOST_COMPARED
from services.language.openings import PRONOUNS
from services.language.source_names import are_surely_different_bodies, is_of_other_reports

_ARTICLE_ID, _SOURCE, _SIDE, _CHAIN = map(attrgetter, ("prepared.article.article_id", "source", "side", "chain"))
_Chain = tuple[tuple[str, SpeakerKind], ...]
"""The sources of a report, from its outlet on."""
_ArticleChain = tuple[str, _Chain]
"""The id of an article, and the chain of one of its reports."""


def find_ultimate_source(reports: Sequence[Report], quoting: Collection[str] = ()) -> UltimateSource | None:
    """Return the source that all reports go back to, with the sources on the way to it.

    That is their speaker if all have the same; or the state for which all speakers speak, if a report names it as the
    source; else the furthest agency or other intermediary that all name; else whoever said the words that all quote,
    by whatever name. None for a claim of one article alone.

    Args:
        reports: Of one merged claim, the one with the canonical wording first, the others in publication order.
        quoting: Ids of the articles that quote its words.
    """
    if not quoting and _has_article_without_source(reports):
        return None
    articles = dict.fromkeys(map(_ARTICLE_ID, reports))
    if len(articles) < 2:  # noqa: PLR2004 - of one article
        return None
    counts = Counter(_list_chains(reports))  # of a claim with a thousand reports few are others
    named: dict[str, SpeakerKind] = {}
    for chain in sorted(counts, key=lambda chain: -len(chain)):
        named |= {name: kind for name, kind in chain if name not in named}
    furthest_first = _furthest_sources_first(counts)
    by = _list_articles_by_source(reports, articles, counts)
    last = next((name for name in furthest_first if by[name].keys() == articles.keys()), None)
    if last is None:
        return _find_quoted_speaker(reports) if articles.keys() <= set(quoting) else None
    # Some articles leave out who passed it on; the others show the way.
    before = {name for chain in counts for name in _names_up_to(chain, last)}
    way = [name for name in reversed(furthest_first) if name in before]
    return UltimateSource(
        name=_display_name(last, reports),
        kind=named[last],
        chain=tuple(
            SourceStep(name=_display_name(name, reports), kind=named[name], article_ids=tuple(by[name])) for name in way
        ),
    )


def _has_article_without_source(reports: Sequence[Report]) -> bool:
    """Whether no report of some article names anybody: then nobody is named by all.

    The others come in publication order behind the first, so those of one article stand beside each other.
    """
    first_id, has_first_source = _ARTICLE_ID(reports[0]), _has_source(reports[0])
    for article_id, of_article in groupby(islice(reports, 1, None), _ARTICLE_ID):
        has_source = any(map(_has_source, of_article))
        if article_id == first_id:
            has_first_source |= has_source
        elif not has_source:
            return True
    return not has_first_source


def _has_source(report: Report) -> bool:
    return bool(report.chain) or report.source is not None


def _find_quoted_speaker(reports: Sequence[Report]) -> UltimateSource | None:
    """Return whoever said the words that all reports quote, named or not; None where they name different ones."""
    speakers = [report.claim.speaker for report in reports]
    persons, bodies = (
        {report.source for report in reports if _is_named(report) and (_is_person(report) == person)}
        for person in (True, False)
    )
    if len(persons) > 1 or (not persons and len(bodies) > 1) or not any(speakers):
        return None
    if not persons and (_are_of_different_bodies(reports) or any(map(_has_it_from_other_reports, reports))):
        return None
    name = next(iter(persons or bodies), None)
    kind = SpeakerKind.PERSON if persons else SpeakerKind.ORGANISATION
    if name is None:
        name, kind = _describe_speaker([speaker for speaker in speakers if speaker is not None]), SpeakerKind.UNNAMED
    name = _display_name(name, reports)
    own = dict.fromkeys(report.article.article_id for report in reports if report.claim.speaker is not None)
    last = SourceStep(name=name, kind=kind, article_ids=tuple(own))
    return UltimateSource(name=name, kind=kind, chain=(*_list_intermediaries(persons | bodies, reports), last))


def _describe_speaker(speakers: Sequence[Speaker]) -> str:
    """The words of the first report that describe a speaker whom none names; not a pronoun, if any has a noun."""
    nouns = [speaker for speaker in speakers if speaker.surface.casefold() not in PRONOUNS]
    return nouns[0].surface if nouns else speakers[0].canonical


def _list_intermediaries(speakers: Collection[str | None], reports: Sequence[Report]) -> list[SourceStep]:
    """All sources in the chains but the speakers themselves, by name."""
    article_ids: dict[str, dict[str, None]] = {}
    kinds: dict[str, SpeakerKind] = {}
    for article_id, chain in _list_article_chains(reports):
        for name, kind in chain:
            if name not in speakers:
                article_ids.setdefault(name, {})[article_id] = None
                kinds.setdefault(name, kind)
    return [
        SourceStep(name=_display_name(name, reports), kind=kinds[name], article_ids=tuple(ids))
        for name, ids in sorted(article_ids.items())
    ]


def _are_of_different_bodies(reports: Sequence[Report]) -> bool:
    """Whether two reports give the words to bodies that are surely two, or to who speaks for these."""
    called = {
        (report.claim.speaker.canonical, report.source)
        for report in reports
        if report.claim.speaker is not None and report.claim.speaker.kind is not SpeakerKind.PERSON
    }
    return any(
        (first[1] is None or first[1] != second[1])
        and are_surely_different_bodies(first[0], second[0])
        and are_surely_different_bodies(first[1] or first[0], second[1] or second[0])
        for first, second in combinations(sorted(called, key=str)[:MOST_COMPARED], 2)
    )


def _has_it_from_other_reports(report: Report) -> bool:
    """Whether only "a later report" is named: whom that quotes is not known."""
    speaker = report.claim.speaker
    return speaker is not None and is_of_other_reports(speaker.canonical)


def _is_named(report: Report) -> bool:
    """Whether its source has a name: "the company" has none."""
    return report.claim.speaker is not None and any(map(str.isupper, report.source or ""))


def _is_person(report: Report) -> bool:
    return report.claim.speaker is not None and report.claim.speaker.kind is SpeakerKind.PERSON


def _list_chains(reports: Sequence[Report]) -> Iterable[_Chain]:
    """The sources of each report, from its outlet on."""
    speaking = set(map(_SOURCE, reports))
    if speaking.isdisjoint(set(map(_SIDE, reports)) - {None}):  # as mostly: no report says that a state itself spoke
        return map(_CHAIN, reports)
    return (_chain_with_country(one, speaking) for one in reports)


def _chain_with_country(report: Report, speaking: Collection[str | None]) -> _Chain:
    """Return a report's sources, and the state it speaks for if another report says that this state itself spoke.

    `speaking`: the sources of all reports.
    """
    state = report.side
    if state is None or report.source is None or state not in speaking or report.source == state:
        return report.chain
    return (*report.chain, (state, SpeakerKind.ORGANISATION))


def _list_article_chains(reports: Sequence[Report]) -> Iterable[_ArticleChain]:
    return zip(map(_ARTICLE_ID, reports), _list_chains(reports), strict=True)


def _list_articles_by_source(
    reports: Sequence[Report], article_ids: dict[str, None], chains: Collection[_Chain]
) -> dict[str, dict[str, None]]:
    """The articles with each source in a chain of theirs, in order of first mention.

    Args:
        reports: The reports.
        article_ids: All their articles.
        chains: All their chains.
    """
    if len(chains) == 1:  # as most
        return {name: article_ids for chain in chains for name, _ in chain}
    found: dict[str, dict[str, None]] = {}
    for article_id, chain in _list_article_chains(reports):
        for name, _ in chain:
            found.setdefault(name, {})[article_id] = None
    return found


def _furthest_sources_first(counts: Mapping[_Chain, int]) -> list[str]:
    """List source names, the furthest from the outlets first: by their mean distance from the end of a chain.

    `counts`: how many reports have each chain.
    """
    distances: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for chain, count in counts.items():
        for distance, (name, _) in enumerate(reversed(chain)):
            distances[name] += distance * count
            times[name] += count
    return sorted(times, key=lambda name: (distances[name] / times[name], name))


def _names_up_to(chain: _Chain, last_name: str) -> list[str]:
    names = [name for name, _ in chain]
    return names[: names.index(last_name) + 1] if last_name in names else []


def _display_name(name: str, reports: Sequence[Report]) -> str:
    """A source's name as people read it: a state as most reports call it, anybody else by the name itself."""
    if name not in set(map(_SIDE, reports)):
        return name
    called = Counter(
        one.claim.speaker.canonical
        for one in reports
        if one.source == one.side == name and one.claim.speaker is not None
    )
    return min(called, key=lambda form: (-called[form], -len(form), form), default=name)
