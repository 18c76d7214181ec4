"""Quotations of one event that are one whatever surrounds them, and what quotes of them in part.

A quotation that several articles carry is one claim. Quotations of which one is a form of the other, through whatever
others, are a family; what changes in one family does not concern another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.dedupe.merging.claims.quotation_attribution import (
    has_enough_content,
    has_half_of_fragments,
    is_partial_quotation,
    list_quotation_stems,
)
from services.dedupe.merging.claims.quotation_forms import QuotationContainment, Stems, longest_first_order
from services.dedupe.merging.claims.quotation_group import QuotationGroup, split_by_speaker
from services.dedupe.merging.claims.quotation_matching import align_quotations
from services.dedupe.merging.claims.quoted_words import FEWEST_SAID
from services.dedupe.merging.claims.report import are_different_persons, has_same_source, is_full_quotation
from services.dedupe.merging.claims.wordings import Wording


@dataclass(eq=False, slots=True)
class _ConnectedQuotations:
    texts: set[Stems]
    groups: list[QuotationGroup]


class QuotationGroups:
    """The groups of the quotations of one event."""

    def __init__(self) -> None:
        self._forms = QuotationContainment()
        self._wordings_by_part: dict[Stems, dict[int, Wording]] = {}
        """By their words, what quotes them: whole or in part."""
        self._wordings_by_whole: dict[Stems, dict[int, Wording]] = {}
        self._parts: dict[int, tuple[Stems, ...]] = {}
        self._families: dict[Stems, _ConnectedQuotations] = {}
        self._groups_by_stems: dict[Stems, list[QuotationGroup]] = {}
        """Groups by the words of their head."""
        self._group_by_wording: dict[int, QuotationGroup] = {}

    def find_group(self, wording_number: int) -> QuotationGroup | None:
        """Return the group that a wording belongs to; None: to none."""
        return self._group_by_wording.get(wording_number)

    def update_wordings(
        self,
        removed_wordings: Iterable[Wording],
        new_wordings: Iterable[Wording],
        reattributed_wordings: Iterable[Wording] = (),
    ) -> set[int]:
        """Remove and add wordings; return the numbers of those whose group has changed."""
        touched: set[int] = set()
        texts: set[Stems] = set()
        cuts: dict[int, Wording] = {}
        for wording in removed_wordings:
            cuts |= self._remove_wording(wording, texts, touched)
        for wording in new_wordings:
            self._add_wording(wording, texts, cuts)
        families, alive = self._remove_affected_components(texts)
        for group in (group for family in families for group in family.groups):
            touched |= {one.number for one in group.all_wordings}
            cuts |= group.cuts
        for text in sorted(alive, key=longest_first_order):
            if text not in self._families:
                touched |= self._build_connected_quotations(text)
        told = [wording for wording in reattributed_wordings if wording.number in self._parts]
        cuts |= {one.number: one for one in told if not is_full_quotation(one.first)}
        texts |= {one.first.quoted_stems for one in told if is_full_quotation(one.first)}
        for text in texts.union(*(family.texts for family in families)):
            cuts |= self._find_partial_quotations(text)
        for number in sorted(cuts.keys() & self._parts.keys()):
            touched |= self._assign_partial_quotation(cuts[number])
        return touched

    def _add_wording(self, wording: Wording, changed_texts: set[Stems], partial_quotations: dict[int, Wording]) -> None:
        first = wording.first
        if is_full_quotation(first):
            self._parts[wording.number] = (first.quoted_stems,)
            self._wordings_by_whole.setdefault(first.quoted_stems, {})[wording.number] = wording
            if len(self._wordings_by_whole[first.quoted_stems]) == 1:
                self._forms.add_whole_quotation(first.quoted_stems)
            changed_texts.add(first.quoted_stems)
        elif first.quoted_words:
            self._parts[wording.number] = parts = tuple(dict.fromkeys(list_quotation_stems(first)))
            for part in parts:
                self._forms.add_quotation(part)
            partial_quotations[wording.number] = wording
        for part in self._parts.get(wording.number, ()):
            self._wordings_by_part.setdefault(part, {})[wording.number] = wording

    def _find_partial_quotations(self, whole: Stems) -> dict[int, Wording]:
        """Return the wordings that may quote a whole quotation in part, by number."""
        quoting = [self._wordings_by_part.get(form, {}) for form in (whole, *self._forms.find_forms(whole))]
        return {at: one for each in quoting for at, one in each.items() if not is_full_quotation(one.first)}

    def _remove_wording(
        self, wording: Wording, changed_texts: set[Stems], touched_numbers: set[int]
    ) -> dict[int, Wording]:
        """Remove a wording; return those that may have quoted it in part."""
        partial_quotations: dict[int, Wording] = {}
        parts = self._parts.pop(wording.number, ())
        for part in parts:
            del self._wordings_by_part[part][wording.number]
        group = self._group_by_wording.pop(wording.number, None)
        if group is not None:
            touched_numbers |= {one.number for one in group.all_wordings}
            group.cuts.pop(wording.number, None)
        if parts and is_full_quotation(wording.first):
            (text,) = parts
            changed_texts.add(text)
            del self._wordings_by_whole[text][wording.number]
            if not self._wordings_by_whole[text]:
                del self._wordings_by_whole[text]
                changed_texts.update(self._forms.list_overlapping_whole_quotations(text))
                partial_quotations = self._find_partial_quotations(text)
                self._forms.remove_whole_quotation(text)
        for part in parts:
            if not self._wordings_by_part[part]:
                del self._wordings_by_part[part]
                self._forms.remove_quotation(part)
        return partial_quotations

    def _remove_affected_components(
        self, changed_texts: Iterable[Stems]
    ) -> tuple[list[_ConnectedQuotations], set[Stems]]:
        """Remove families of changed quotations; return them, and the quotations that have to be grouped again."""
        families: dict[Stems, _ConnectedQuotations] = {}
        alive: set[Stems] = set()
        reach = set(changed_texts)
        while reach:
            text = reach.pop()
            family = self._families.pop(text, None)
            if family is not None:
                families.setdefault(min(family.texts), family)
                reach |= family.texts & self._families.keys()
            if text in self._wordings_by_whole and text not in alive:
                alive.add(text)
                reach |= {
                    other for other in self._forms.list_overlapping_whole_quotations(text) if other in self._families
                }
        found = [families[key] for key in sorted(families)]
        for family in found:
            alive |= family.texts & self._wordings_by_whole.keys()
            for group in family.groups:
                stems = group.longest_wording.first.quoted_stems
                self._groups_by_stems[stems].remove(group)
                if not self._groups_by_stems[stems]:
                    del self._groups_by_stems[stems]
                for one in group.all_wordings:
                    self._group_by_wording.pop(one.number, None)
        return found, alive

    def _build_connected_quotations(self, start_text: Stems) -> set[int]:
        """Build the family of a quotation; return the numbers of its wordings."""
        texts, reach = {start_text}, [start_text]
        while reach:
            more = [other for other in self._forms.list_overlapping_whole_quotations(reach.pop()) if other not in texts]
            texts.update(more)
            reach += more
        family = _ConnectedQuotations(texts, self._build_family_groups(texts))
        self._families |= dict.fromkeys(texts, family)
        for group in family.groups:
            self._groups_by_stems.setdefault(group.longest_wording.first.quoted_stems, []).append(group)
            self._group_by_wording |= dict.fromkeys((one.number for one in group.wordings), group)
        return {one.number for group in family.groups for one in group.wordings}

    def _build_family_groups(self, texts: set[Stems]) -> list[QuotationGroup]:
        """Group each quotation with the one that has most of its words, and split the groups by speaker."""
        led_by: dict[Stems, Stems] = {}
        for text in sorted(texts, key=longest_first_order):
            leaders = [one for one in self._forms.find_containing_quotations(text) if led_by.get(one) == one]
            led_by[text] = min(leaders, key=lambda one: _most_words_first_order(text, one), default=text)
        groups: list[QuotationGroup] = []
        for leader in sorted(set(led_by.values()), key=longest_first_order):
            wordings = [
                one for text in texts if led_by[text] == leader for one in self._wordings_by_whole[text].values()
            ]
            groups += split_by_speaker(sorted(wordings, key=_publication_order), leader)
        return groups

    def _assign_partial_quotation(self, partial_quotation: Wording) -> set[int]:
        """Put a partial quotation into the group that it quotes; return the numbers of the wordings concerned."""
        before, after = (
            self._group_by_wording.pop(partial_quotation.number, None),
            self._find_quoted_group(partial_quotation),
        )
        if before is not None:
            before.cuts.pop(partial_quotation.number, None)
        if after is not None:
            after.cuts[partial_quotation.number] = partial_quotation
            self._group_by_wording[partial_quotation.number] = after
        if before is after:
            return set()
        return {partial_quotation.number} | {
            one.number for group in (before, after) if group for one in group.all_wordings
        }

    def _find_quoted_group(self, partial_quotation: Wording) -> QuotationGroup | None:
        """Find the group of the quotation that a claim quotes in part; None: there is none, or it is not clear which.

        Long runs of words show it by themselves, whatever the labels of the speakers. Shorter ones need the same
        source, or a claim that is about the same; fragments of fewer than four words the same source, words around
        them, and no second quotation of the event that they could be from.
        """
        report, parts = partial_quotation.first, self._parts[partial_quotation.number]
        cuts = [part for part in parts if len(part) >= FEWEST_SAID]
        for group in self._find_candidate_groups(cuts):
            head = group.longest_wording.first
            if is_partial_quotation(
                report, head, max(len(part) for part in cuts if self._is_part_of(part, head.quoted_stems))
            ):
                return group
        fragments = [part for part in parts if len(part) < FEWEST_SAID]
        if not fragments or not has_enough_content(report, fragments):
            return None
        fitting = [
            group
            for group in self._find_candidate_groups(fragments)
            if not are_different_persons(report.claim.speaker, group.longest_wording.first.claim.speaker)
            and has_same_source(report, group.longest_wording.first)
            and has_half_of_fragments(fragments, group.longest_wording.first.quoted_stems)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _find_candidate_groups(self, parts: Sequence[Stems]) -> list[QuotationGroup]:
        """Find the groups whose longest wording has the words of one of the parts: those with most of them first."""
        wholes = {whole for part in parts for whole in (part, *self._forms.find_containing_quotations(part))}
        groups = [group for whole in sorted(wholes) for group in self._groups_by_stems.get(whole, ())]
        return sorted(groups, key=lambda group: (-self._count_common_words(parts, group), group.rank))

    def _count_common_words(self, parts: Sequence[Stems], group: QuotationGroup) -> int:
        """Count the words that a group's longest wording has of the part of which it has most."""
        whole = group.longest_wording.first.quoted_stems
        return max(align_quotations(part, whole).shared for part in parts if self._is_part_of(part, whole))

    def _is_part_of(self, part: Stems, whole: Stems) -> bool:
        return part == whole or whole in self._forms.find_containing_quotations(part)


def _publication_order(wording: Wording) -> tuple[object, ...]:
    return wording.first.order


def _most_words_first_order(form: Stems, whole: Stems) -> tuple[int, tuple[int, Stems]]:
    """Return a key that sorts what a quotation may be a form of: by how many of its words it has, then the longest."""
    return -align_quotations(form, whole).shared, longest_first_order(whole)
