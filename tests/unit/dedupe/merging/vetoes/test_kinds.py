"""What must never be one claim, by kind, and what looks like it and is one."""

import pytest

from services.dedupe.merging.vetoes.veto import VetoKind
from tests.support.propositions import veto_kinds


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Unemployment climbed to 7 percent.", "Unemployment climbed by 7 percent.", VetoKind.INCREMENT),
        ("Rents dropped by 200 euros.", "Rents dropped to 200 euros.", VetoKind.INCREMENT),
        ("The tax went up 3 percentage points.", "The tax went up 3 percent.", VetoKind.FIGURE),
        ("It was minus 8 degrees in Kall.", "It was 8 degrees in Kall.", VetoKind.FIGURE),
        ("One in five voters stayed at home.", "One in three voters stayed at home.", VetoKind.FIGURE),
        ("A quarter of the crop was lost.", "Three quarters of the crop was lost.", VetoKind.FIGURE),
        ("Half a million people voted.", "Two million people voted.", VetoKind.FIGURE),
        ("Nearly 5 lakh farmers marched.", "Nearly 5 million farmers marched.", VetoKind.FIGURE),
        ("Dozens of houses burned down.", "About 4,000 houses burned down.", VetoKind.FIGURE),
        ("The avalanche killed six climbers.", "The avalanche injured six climbers.", VetoKind.THING),
        ("Eight miners were wounded in the collapse.", "Eight miners died in the collapse.", VetoKind.THING),
        ("The number killed may be more than 100.", "More than 100 people were injured.", VetoKind.THING),
        ("Thirty teachers were dismissed on Monday.", "Thirty drivers were dismissed on Monday.", VetoKind.THING),
        ("A fire destroyed a warehouse in Brenn.", "A fire destroyed a warehouse in Lowick.", VetoKind.NAME),
        ("The minister of Denmark stepped down.", "The minister of Hungary stepped down.", VetoKind.NAME),
        ("The council will close the library.", "The council closed the library.", VetoKind.POSSIBILITY),
        ("Mara Quill intends to sell the club.", "Mara Quill sold the club.", VetoKind.POSSIBILITY),
        ("The airline is going to close the route.", "The airline closed the route.", VetoKind.POSSIBILITY),
        ("Lowick beat Tarn 2-0 in the final.", "Tarn beat Lowick 2-0 in the final.", VetoKind.ROLES),
        ("Lowick beat Tarn 2-0.", "Lowick lost 2-0 to Tarn.", VetoKind.POLARITY),
        ("Four hostages were freed on Friday.", "Four hostages were killed on Friday.", VetoKind.THING),
        ("Sixty passengers were rescued.", "Sixty passengers were missing.", VetoKind.THING),
        ("The trial is to begin on Monday.", "The trial began on Monday.", VetoKind.POSSIBILITY),
        ("The firm expects to open the plant in May.", "The firm opened the plant in May.", VetoKind.POSSIBILITY),
        ("Half the members voted for it.", "A tenth of the members voted for it.", VetoKind.FIGURE),
        ("A handful of people fled the town.", "Thousands of people fled the town.", VetoKind.FIGURE),
        ("Few of the guests survived.", "Most of the guests survived.", VetoKind.POLARITY),
    ],
)
def test_what_differs_in_kind_keeps_claims_apart(one: str, other: str, kind: VetoKind) -> None:
    assert kind in veto_kinds(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rents rose by 4 percent.", "Rents rose 4 percent."),
        ("Rents rose to 900 euros.", "In May rents rose to 900 euros."),
        ("Nearly 5 lakh farmers marched.", "Nearly 500,000 farmers marched."),
        ("The state spent 2 crore rupees.", "The state spent 20 million rupees."),
        ("The tunnel will cost $2-3 billion.", "The tunnel will cost between $2 billion and $3 billion."),
        ("Half of the crop was lost.", "50 percent of the crop was lost."),
        ("One in four voters stayed at home.", "A quarter of voters stayed at home."),
        ("Two and a half million people voted.", "2.5 million people voted."),
        ("Three quarters of a million people voted.", "750,000 people voted."),
        ("Some 48 300 voters signed.", "Some 48,300 voters signed."),
        ("At least 13 people died in the flood.", "Thirteen people died in the flood."),
        ("Dozens of houses burned down.", "Some 60 houses burned down."),
        ("Eight miners were killed in the collapse.", "Eight miners died in the collapse."),
        ("Seven people drowned in the lake.", "Seven tourists drowned in the lake."),
        ("The council will close the library.", "The council plans to close the library."),
        ("The council has closed the library.", "The council closed the library."),
        ("Haldor Group sold the mill to Vint Capital.", "Vint Capital bought the mill from Haldor Group."),
        ("Lowick beat Tarn 2-0.", "Tarn lost 2-0 to Lowick."),
        ("Lowick beat Tarn 2-0.", "Lowick defeated Tarn 2-0."),
        ("Tarn lost to Varn 1-4.", "Varn beat Tarn 4-1."),
        ("The bank lent the club 2 million euros.", "The club borrowed 2 million euros from the bank."),
        ("Hundreds of people fled the town.", "Some 400 people fled the town."),
        ("In Tarn, Ana Reis met the mayor.", "Ana Reis met the mayor in Tarn."),
        ("Lowick's second half of the season was poor.", "Lowick's second part of the season was poor."),
    ],
)
def test_one_thing_told_in_two_ways_does_not(one: str, other: str) -> None:
    assert veto_kinds(one, other) == set()
