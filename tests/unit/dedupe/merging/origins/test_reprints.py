import random
from collections.abc import Collection, Sequence

import pytest

from services.dedupe.merging.origins import reprints
from services.dedupe.merging.origins.reprints import ReprintGroups
from services.dedupe.signals.fingerprint import Fingerprint, build_fingerprint, is_near_duplicate

WORDS = [f"word{number}" for number in range(400)]
REPORT = " ".join(WORDS[:200])


def group(
    fingerprints: Sequence[Fingerprint], agencies: Sequence[str | None] = (), stub_positions: Collection[int] = ()
) -> list[list[int]]:
    groups = ReprintGroups()
    groups.update_groups(fingerprints, agencies, stub_positions)
    return list(groups.groups.values())


def test_an_edited_reprint_is_the_same_text() -> None:
    edited = REPORT.replace("word20 ", "term ").replace("word90 ", "term ").replace("word150 ", "")
    assert is_near_duplicate(build_fingerprint(REPORT), build_fingerprint(edited))


def test_a_cut_reprint_is_the_same_text() -> None:
    assert is_near_duplicate(build_fingerprint(REPORT), build_fingerprint(" ".join(WORDS[:70])))


def test_a_rewrite_with_a_shared_quotation_is_another_text() -> None:
    own = " ".join(WORDS[200:360] + WORDS[50:70])
    assert not is_near_duplicate(build_fingerprint(REPORT), build_fingerprint(own))


def test_short_texts_are_the_same_only_when_equal() -> None:
    assert is_near_duplicate(build_fingerprint("A ferry sank."), build_fingerprint("A ferry sank!"))
    assert not is_near_duplicate(
        build_fingerprint("A ferry sank off the quay."), build_fingerprint("A ferry sank off the quay again.")
    )


def test_reprints_form_groups_in_order_of_their_first() -> None:
    other = " ".join(WORDS[200:400])
    texts = [REPORT, other, REPORT + " more", " ".join(WORDS[200:300]), "nothing like it at all, in any way"]
    assert group([build_fingerprint(text) for text in texts]) == [[0, 2], [1, 3], [4]]


def test_takes_of_one_agency_report_are_one_text_and_other_reports_of_it_are_not() -> None:
    take = " ".join(WORDS[:60] + WORDS[200:300])
    other = " ".join(WORDS[300:400])
    prints = [build_fingerprint(text) for text in (REPORT, take, other)]
    assert group(prints, ["Reuters", "Reuters", "Reuters"]) == [[0, 1], [2]]
    for each in (["Reuters", "AP", None], [None, None, None], ["agencies", "agencies", "agencies"]):
        assert group(prints, each) == [[0], [1], [2]]


def test_the_same_text_is_one_whoever_is_credited() -> None:
    assert group([build_fingerprint(REPORT)] * 2, ["Reuters", "AP"]) == [[0, 1]]


def test_candidates_are_found_among_many_texts() -> None:
    chance = random.Random(3)
    texts = [" ".join(chance.choices(WORDS, k=150)) for _ in range(60)]
    texts[40] = texts[7] + " with an ending of its own"
    groups = group([build_fingerprint(text) for text in texts])
    assert [7, 40] in groups
    assert len(groups) == 59


def test_a_stub_is_nobodys_reprint() -> None:
    prints = [build_fingerprint(text) for text in (REPORT, REPORT, REPORT)]
    assert group(prints, stub_positions={1}) == [[0, 2], [1]]


@pytest.mark.parametrize("seed", range(3))
def test_groups_that_grow_and_shrink_are_those_made_at_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reprints, "MOST_LISTED", 2)
    monkeypatch.setattr(reprints, "MOST_GROUPS", 3)
    chance = random.Random(seed)
    own = [" ".join(chance.choices(WORDS, k=120)) for _ in range(5)]
    prints = [
        build_fingerprint(
            " ".join((*chance.choice(own).split()[: chance.randint(40, 120)], *chance.choices(WORDS, k=9)))
        )
        for _ in range(40)
    ]
    kept = ReprintGroups()
    before: list[int] = []
    held = sorted(chance.sample(range(40), 8))
    for _ in range(30):
        if chance.random() < 0.7:
            held = sorted({*held, chance.randrange(40)})
        else:
            held.remove(chance.choice(held))
        given = [prints[at] for at in held]
        agencies = [("Reuters", None, "AP")[at % 3] for at in held]
        stubs = {place for place, at in enumerate(held) if at % 11 == 0}
        first = next((at for at, one in enumerate(held) if before[at : at + 1] != [one]), len(held))
        groups_before = {leader: list(positions) for leader, positions in kept.groups.items()}
        changed = kept.update_groups(given[first:], agencies[first:], stubs, first)
        whole = ReprintGroups()
        whole.update_groups(given, agencies, stubs)
        assert list(kept.groups.items()) == list(whole.groups.items())
        for leader in groups_before.keys() | kept.groups.keys():
            assert groups_before.get(leader) == kept.groups.get(leader) or leader in changed
        before = held.copy()


def test_however_many_reprints_there_are_each_is_in_the_group_of_its_text() -> None:
    chance = random.Random(5)
    other = " ".join(WORDS[200:400])
    texts = [" ".join((chance.choice((REPORT, other)), *chance.choices(WORDS, k=12))) for _ in range(120)]
    groups = group([build_fingerprint(text) for text in texts])
    assert [len(group) for group in groups] == [
        sum(text.startswith(texts[group[0]][:20]) for text in texts) for group in groups
    ]
    assert len(groups) == 2
