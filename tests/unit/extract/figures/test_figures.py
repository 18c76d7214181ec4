"""Amounts, their bounds and what they count."""

from datetime import date

import pytest

from services.contracts.claim import ClaimKind
from services.contracts.quantity import Bound, Change, Dimension
from tests.unit.extract.articles import claims_of, dated_quantities, only_claim, only_quantity, quantities, texts


@pytest.mark.parametrize(
    ("text", "surface", "value", "counted"),
    [
        ("The navy sent 1,500 troops.", "1,500", 1500, "troops"),
        ("The navy sent 12,000 North Karvelian troops.", "12,000", 12000, "North Karvelian troops"),
        ("It carried 1.1 million passengers last year.", "1.1 million", 1.1e6, "passengers"),
        ("They lost two dozen missiles.", "two dozen", 24, "missiles"),
        ("They lost half a dozen missiles.", "half a dozen", 6, "missiles"),
        ("They lost twenty-five boats.", "twenty-five", 25, "boats"),
        ("They lost three hundred and twenty boats.", "three hundred and twenty", 320, "boats"),
        ("Some 14 people were killed.", "Some 14", 14, "people"),
        ("Officials counted 61 injured.", "61", 61, "injured"),
        ("Three of the nine members voted no.", "Three", 3, "members"),
        ("He put the number of injured at 40.", "40", 40, "injured"),
        ("The blast tore through a market, injuring 61.", "61", 61, "injuring"),
        ("Police put the crowd at 3,000.", "3,000", 3000, "crowd"),
        ("It cost 5,000 people their homes.", "5,000", 5000, "people"),
    ],
)
def test_an_amount_has_its_value_and_noun(text: str, surface: str, value: float, counted: str) -> None:
    quantity = quantities(text)[0]
    assert (quantity.surface, quantity.value, quantity.counted) == (surface, value, counted)
    assert quantity.span.of(text) == quantity.surface


@pytest.mark.parametrize(
    ("words", "bound", "low", "high"),
    [
        ("40", Bound.EXACT, 40, 40),
        ("about 40", Bound.ABOUT, 40, 40),
        ("nearly 40", Bound.ABOUT, 40, 40),
        ("at least 40", Bound.AT_LEAST, 40, None),
        ("more than 40", Bound.AT_LEAST, 40, None),
        ("40 or more", Bound.AT_LEAST, 40, None),
        ("up to 40", Bound.AT_MOST, None, 40),
        ("as many as 40", Bound.AT_MOST, None, 40),
        ("fewer than 40", Bound.AT_MOST, None, 40),
        ("no more than 40", Bound.AT_MOST, None, 40),
        ("dozens of", Bound.AT_LEAST, 24, None),
        ("thousands of", Bound.AT_LEAST, 2000, None),
        ("tens of thousands of", Bound.AT_LEAST, 20000, None),
        ("between 40 and 50", Bound.RANGE, 40, 50),
        ("40 to 50", Bound.RANGE, 40, 50),
        ("40-50", Bound.RANGE, 40, 50),
    ],
)
def test_the_words_before_an_amount_bound_it(words: str, bound: Bound, low: float | None, high: float | None) -> None:
    quantity = only_quantity(f"Rescuers found {words} people there.")
    assert (quantity.bound, quantity.low, quantity.high) == (bound, low, high)
    assert quantity.counted == "people"


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The ministry has turned over 44 letters.", "44"),
        ("The ministry handed over 3,000 letters.", "3,000"),
        ("Aides pored over some 1,000 letters.", "some 1,000"),
        ("The group took over three banks.", "three"),
        ("They argued over 12 islands.", "12"),
        ("Reporters asked about 17 missing letters.", "17"),
        ("He complained about 40 lost letters.", "40"),
        ("People close to two ministers confirmed it.", "two"),
        ("She owned up to 14 thefts.", "14"),
    ],
)
def test_a_word_that_belongs_to_the_verb_limits_no_amount(text: str, surface: str) -> None:
    quantity = only_quantity(text)
    assert (quantity.surface, quantity.bound) == (surface, Bound.ABOUT if " " in surface else Bound.EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "The fire had spread over 3,400 hectares by dawn.",
        "The estate extends over 300 hectares.",
        "The park stretches over 40 square kilometres.",
        "The wreck lay scattered over 12 kilometres.",
    ],
)
def test_what_something_is_spread_over_is_no_least_amount(text: str) -> None:
    assert only_quantity(text).bound is Bound.EXACT


@pytest.mark.parametrize(
    "text",
    [
        "The gang took over 40 hostages.",
        "The ferry carried over 200 passengers.",
        "It took over 40 minutes.",
        "They sold over 44 letters.",
        "The dispute has cost over 300 jobs.",
        "The fire has spread to over 300 hectares.",
        "The fire burned over 300 hectares.",
    ],
)
def test_over_limits_an_amount_that_a_verb_takes_without_it(text: str) -> None:
    assert only_quantity(text).bound is Bound.AT_LEAST


@pytest.mark.parametrize(
    ("text", "surface", "unit", "low", "high"),
    [
        ("The marsh could see 15 inches to 9 feet of water.", "15 inches to 9 feet", "feet", 1.25, 9),
        ("It is between 6 inches and 2 feet deep.", "6 inches and 2 feet", "feet", 0.5, 2),
    ],
)
def test_the_ends_of_a_range_may_have_two_units(text: str, surface: str, unit: str, low: float, high: float) -> None:
    quantity = only_quantity(text)
    assert (quantity.surface, quantity.unit, quantity.high) == (surface, unit, high)
    assert quantity.low == pytest.approx(low, rel=1e-3)


def test_more_to_whom_something_else_happened_come_on_top_of_nothing() -> None:
    first, second = quantities("The blast killed six Saudis and wounded 27 more.")
    assert (first.counted, second.counted) == ("Saudis", "Saudis")
    assert not second.increment


def test_what_is_numbered_is_counted_without_its_place() -> None:
    assert only_quantity("The number of people killed in Arlund rose to 283.").counted == "people killed"


def test_another_amount_is_an_increment_of_the_same_thing() -> None:
    first, second = quantities("The storm destroyed 38 homes and another 20 by night.")
    assert (first.increment, second.increment) == (False, True)
    assert second.counted == "homes"
    assert only_quantity("It was rebuilt to carry 40 more cars.").increment


@pytest.mark.parametrize(
    ("text", "surface", "value", "unit"),
    [
        ("It spent $1.2bn on roads.", "$1.2bn", 1.2e9, "USD"),
        ("It spent about $90 million on roads.", "about $90 million", 9e7, "USD"),
        ("It spent US$5m on roads.", "US$5m", 5e6, "USD"),
        ("It spent €3 million on roads.", "€3 million", 3e6, "EUR"),
        ("It spent 1.2 billion dollars on roads.", "1.2 billion dollars", 1.2e9, "USD"),
        ("Prices rose 4.5% in May.", "4.5%", 4.5, "percent"),
        ("Prices rose 4.5 per cent in May.", "4.5 per cent", 4.5, "percent"),
        ("Rates rose by 50 basis points.", "50 basis points", 50, "basis_points"),
        ("It lies 12 km north.", "12 km", 12, "km"),
        ("It lies 140 kilometres north.", "140 kilometres", 140, "km"),
        ("It burned 1,800 hectares of pine.", "1,800 hectares", 1800, "hectares"),
        ("It was closed for two years.", "two years", 2, "years"),
    ],
)
def test_money_and_measures_have_a_unit(text: str, surface: str, value: float, unit: str) -> None:
    quantity = quantities(text)[0]
    assert (quantity.surface, quantity.value, quantity.unit, quantity.counted) == (surface, value, unit, None)


@pytest.mark.parametrize(
    "text",
    [
        "It was built in 1991 and sold in 2014.",
        "The 2026 elections were held on 23 April and the count ended on Oct. 25.",
        "Talks are planned for Oct. 27-28 in Corrow.",
        "It left at 5:20 p.m. and came back at 8 p.m. on 10/25/24.",
        "Ada Reyl, 52, was a 19-year-old student then.",
        "The 25th and 3rd rounds were cancelled.",
        "They won 3-2 and lost 101-98.",
        "Call 555-0199-2233 or write to box123.",
        "Highway 9 and Article 5 stay closed; see page 4.",
        "AB 450 forbids firms to help the agents.",
        "F-16 jets and PAC-3 launchers were seen.",
        "About two thirds of it is gone, three times the plan.",
        "One of them left; nobody else did.",
        "Some seven in 10 voters agreed; one in five did not.",
        "It was a gift of up to six figures.",
        "The nine-member council met in room 12.",
        "The currency was at 18.40 to the dollar.",
        "An identifier such as 12345678901234567890 means nothing.",
    ],
)
def test_numbers_that_count_nothing_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


def test_a_sentence_without_a_source_that_counts_is_a_figure() -> None:
    claim = only_claim("The ferry carried 230 passengers and crew on Tuesday.")
    assert claim.kind is ClaimKind.FIGURE
    assert claim.speaker is None
    assert claim.text == "The ferry carried 230 passengers and crew on Tuesday"
    assert [quantity.value for quantity in claim.quantities] == [230]


def test_a_statement_carries_the_quantities_inside_it() -> None:
    claim = only_claim("The coast guard said 58 people had been treated and about 20 boats were out.")
    assert claim.kind is ClaimKind.STATEMENT
    assert [quantity.surface for quantity in claim.quantities] == ["58", "about 20"]


def test_a_duration_alone_makes_no_figure() -> None:
    assert claims_of("It was the first such increase in the region in two years.") == ()


def test_a_heading_makes_no_figure() -> None:
    assert texts("14 things to know", ClaimKind.FIGURE) == []


@pytest.mark.parametrize(
    "text",
    [
        "Voters under 30 stayed away.",
        "Few people over 65 came.",
        "Most of them were under 30.",
        "She told 60 Minutes of it.",
        "The odds were 2 to 1 against them.",
        "They met some 2020 hopefuls.",
    ],
)
def test_ages_odds_and_years_are_not_counted(text: str) -> None:
    assert quantities(text) == []


def test_a_total_counts_what_the_figure_before_it_counts() -> None:
    found = quantities("Another 20 boats sank, with the total number expected to reach 90 soon.")
    assert [quantity.counted for quantity in found] == ["boats", "boats"]


def test_police_officers_are_counted_rather_than_police() -> None:
    assert only_quantity("They arrested 16 city police officers.").counted == "city police officers"


def test_a_counted_currency_is_a_unit() -> None:
    quantity = only_quantity("They lost tens of thousands of dollars.")
    assert (quantity.unit, quantity.counted, quantity.low) == ("USD", None, 20000)


@pytest.mark.parametrize(("words", "low", "high"), [("two or three", 2, 3), ("10 or 12", 10, 12)])
def test_neighbouring_numbers_joined_by_or_are_a_range(words: str, low: float, high: float) -> None:
    quantity = only_quantity(f"They lost {words} boats.")
    assert (quantity.bound, quantity.low, quantity.high) == (Bound.RANGE, low, high)


def test_a_part_of_what_somebody_has_counts_it() -> None:
    assert only_quantity("They read 2,000 of her letters.").counted == "letters"


def test_both_ends_of_a_change_count_what_changes() -> None:
    assert [quantity.counted for quantity in quantities("Deaths fell from 5.8 million to 5.4 million.")] == [
        "Deaths",
        "Deaths",
    ]


@pytest.mark.parametrize(
    ("text", "place", "as_of"),
    [
        ("The navy said on Feb. 25 that 1,500 soldiers were already in France.", "France", "2031-02-25"),
        ("As of Tuesday, 40 people were missing near Kyiv.", "Kyiv", "2031-03-04"),
        ("Officials counted 40 missing people in Oslo by Tuesday.", "Oslo", "2031-03-04"),
        ("Officials counted 40 missing people since February 2030.", None, None),
        ("Officials expect 40 people on March 9.", None, None),
        ("Officials counted 40 people, and France sent tents.", None, None),
    ],
)
def test_a_figure_says_where_and_when_it_held(text: str, place: str | None, as_of: str | None) -> None:
    (quantity,) = dated_quantities(text, date(2031, 3, 5))
    assert (quantity.place, quantity.as_of) == (place, as_of)


@pytest.mark.parametrize(
    ("words", "bound", "value"),
    [
        ("just under 40", Bound.AT_MOST, 40),
        ("a little under 40", Bound.AT_MOST, 40),
        ("just shy of 40", Bound.AT_MOST, 40),
        ("40 or fewer", Bound.AT_MOST, 40),
        ("just over 40", Bound.AT_LEAST, 40),
        ("well over 40", Bound.AT_LEAST, 40),
        ("slightly more than 40", Bound.AT_LEAST, 40),
        ("north of 40", Bound.AT_LEAST, 40),
        ("a minimum of 40", Bound.AT_LEAST, 40),
        ("as few as 40", Bound.AT_LEAST, 40),
        ("40-plus", Bound.AT_LEAST, 40),
        ("several thousand", Bound.AT_LEAST, 2000),
        ("a few hundred", Bound.AT_LEAST, 200),
        ("40-odd", Bound.ABOUT, 40),
        ("40 or so", Bound.ABOUT, 40),
        ("a couple of hundred", Bound.ABOUT, 200),
        ("in the region of 40", Bound.ABOUT, 40),
    ],
)
def test_other_words_bound_an_amount_too(words: str, bound: Bound, value: float) -> None:
    quantity = only_quantity(f"Rescuers found {words} people there.")
    assert (quantity.bound, quantity.value, quantity.counted) == (bound, value, "people")


def test_a_limit_between_two_amounts_belongs_to_the_second() -> None:
    share, dogs = quantities("It took 30 percent, at least 40 dogs.")
    assert (share.bound, dogs.bound) == (Bound.EXACT, Bound.AT_LEAST)


@pytest.mark.parametrize(
    ("text", "counted"), [("The navy will train 40 soldiers.", "soldiers"), ("They count 2 000 000 hens.", "hens")]
)
def test_a_verb_before_an_amount_is_no_label(text: str, counted: str) -> None:
    assert only_quantity(text).counted == counted


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("They lost 40 boats at most.", Bound.AT_MOST),
        ("They lost 40 boats or more.", Bound.AT_LEAST),
        ("They lost 40 boats, at least.", Bound.AT_LEAST),
    ],
)
def test_a_limit_may_stand_behind_the_noun(text: str, bound: Bound) -> None:
    assert only_quantity(text).bound is bound


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Nine sailors drowned, among them two boys, and five more are missing.", ["sailors", "boys", "missing"]),
        ("Nine sailors drowned, including two boys, and five more fled.", ["sailors", "boys", "sailors"]),
        ("Nine sailors drowned, three of them officers.", ["sailors", "officers"]),
        ("Nine sailors drowned; three of them in Varn.", ["sailors", "sailors"]),
        ("Nine boats sank, four of which were ferries.", ["boats", "ferries"]),
        ("The flood killed 7 in Varn and 9 in Orla.", ["killed", "killed"]),
        ("The yard sent 7 and 9 boats.", ["boats", "boats"]),
        ("Output fell from 20 million to 15 million barrels.", ["barrels", "barrels"]),
        ("It has 1900 workers, down from 2100 in 2019.", ["workers", "workers"]),
        ("At least 8 died and 30 survived.", ["died", "survived"]),
        ("The flood left 8 dead and 30 injured.", ["dead", "injured"]),
        ("Deaths topped 1,200.", ["Deaths"]),
    ],
)
def test_an_amount_without_a_noun_counts_what_its_sentence_counts(text: str, counted: list[str]) -> None:
    assert [quantity.counted for quantity in quantities(text)] == counted


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Rescuers met a 3,000-strong crowd.", "crowd"),
        ("Rescuers met a 300-strong mountain team.", "mountain team"),
        ("Rescuers met a 300-plus crowd.", "crowd"),
        ("Rescuers raised five 30-litre drums.", "30-litre drums"),
        ("Rescuers met five 12-year-old boys.", "12-year-old boys"),
        ("Rescuers met 12 U.S. soldiers.", "U.S. soldiers"),
        ("Rescuers met 40 known or suspected fighters.", "known or suspected fighters"),
        ("Rescuers met 12 local sports clubs.", "local sports clubs"),
        ("The 12 parties' plans failed.", "parties"),
        ("Rescuers met 1 person.", "person"),
        ("One Karvelian soldier was killed.", "Karvelian soldier"),
        ("At least one woman drowned.", "woman"),
    ],
)
def test_what_is_counted_may_be_a_group_a_compound_or_a_single_person(text: str, counted: str) -> None:
    assert only_quantity(text).counted == counted


@pytest.mark.parametrize(
    "text", ["One thing is clear.", "One analyst said so.", "One man said he fled.", "One day on."]
)
def test_one_is_counted_only_where_somebody_is(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The flood took 1900 homes.", 1900),
        ("More than 1950 homes were lost.", 1950),
        ("It was hit, and 2010 residents moved.", 2010),
    ],
)
def test_four_digits_before_things_that_are_counted_are_no_year(text: str, value: float) -> None:
    (quantity,) = dated_quantities(text, date(2031, 3, 5)) or quantities(text)
    assert quantity.value == value


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 residents came back.",
        "The 2024 residents' vote is over.",
        "The ship IMO 9074111 and case number 20261187 are known.",
        "Passport 12345678 and lot 4471 are gone; the hotline 116 117 is open.",
        "Call 0800 123 456.",
        "Train 4021 stood at platform 9 near gate 12.",
        "The tug came at around 9 in the morning.",
        "The tug left at about 5.",
        "They won the 10k race.",
        "The odds were 100-1 and 3 to 1.",
        "More than 1 in 5 agreed.",
        "They are male, 16-25.",
        "She is 34 years old.",
    ],
)
def test_names_times_and_odds_are_no_amounts(text: str) -> None:
    assert quantities(text) == []


def test_a_rise_and_what_it_comes_to_are_two_figures() -> None:
    rise, total = quantities("Deaths rose by 3 to 14.")
    assert (rise.value, rise.change, rise.increment, rise.counted) == (3, Change.RISE, True, "Deaths")
    assert (total.value, total.change, total.increment, total.counted) == (14, None, False, "Deaths")


def test_a_fall_is_no_increment() -> None:
    fall, total = quantities("Injuries fell by 5 to 30.")
    assert (fall.change, fall.increment, total.change) == (Change.FALL, False, None)


@pytest.mark.parametrize(
    ("text", "dimension", "currency", "scale", "per"),
    [
        ("It cost Rs 45 crore.", Dimension.MONEY, "INR", "crore", None),
        ("It cost 3 million pesos.", Dimension.MONEY, None, "million", None),
        ("It cost $5 a barrel.", Dimension.MONEY, "USD", None, "barrel"),
        ("It makes 200 boats per day.", None, None, None, "day"),
        ("It lies 12 km north.", Dimension.LENGTH, None, None, None),
        ("It rose 4%.", Dimension.SHARE, None, None, None),
        ("It took 4 weeks.", Dimension.TIME, None, None, None),
    ],
)
def test_a_figure_says_what_makes_it_comparable(
    text: str, dimension: Dimension | None, currency: str | None, scale: str | None, per: str | None
) -> None:
    found = only_quantity(text)
    assert (found.dimension, found.currency, found.scale, found.per) == (dimension, currency, scale, per)


def test_a_range_below_zero_runs_from_the_colder_end() -> None:
    quantity = only_quantity("It was minus 20 to minus 25 degrees Celsius.")
    assert (quantity.low, quantity.high, quantity.value, quantity.unit) == (-25, -20, -22.5, "celsius")


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("The navy said on Feb. 25 that 40 people died on Feb. 23.", "2031-02-25"),
        ("The navy said on Feb. 25 that 40 people were missing by Feb. 23.", "2031-02-23"),
        ("In 2029, the navy counted 40 wrecks.", "2029"),
        ("The rate was 4 percent in 2029, and it is 5 percent now.", "2029"),
        ("The deal signed on Feb. 20, the navy said, had brought 40 ships by Tuesday.", "2031-03-04"),
        ("The death toll in Arlund had risen to 40 on Tuesday.", "2031-03-04"),
        ("On Tuesday the toll stood at 40.", "2031-03-04"),
        ("There were 40 people in the camp on Tuesday.", "2031-03-04"),
        ("About 40 people died when the ship sank on Monday, the mayor told reporters on Tuesday.", "2031-03-04"),
        ("The navy said in a statement late on Tuesday that 40 people were missing.", "2031-03-04"),
        ("On Tuesday, the coast guard reported that 40 people were missing.", "2031-03-04"),
        ("Rescuers had found 40 people so far on Tuesday.", "2031-03-04"),
        ("By Tuesday's count 40 people were missing.", "2031-03-04"),
    ],
)
def test_a_figure_holds_when_its_own_clause_says(text: str, as_of: str) -> None:
    assert dated_quantities(text, date(2031, 3, 5))[0].as_of == as_of


@pytest.mark.parametrize(
    "text",
    [
        "About 40 people died when the ferry overturned on Monday evening.",
        "About 40 people died when the ferry overturned on Monday evening, the port said.",
        "Four sailors were killed Tuesday in a storm.",
        "The slide on Monday killed at least 40 people, according to the ministry.",
        "On Monday a bus overturned, police said, and 40 people were hurt.",
        "The navy said a ship sank on Monday with 40 people on board.",
        "The navy said 40 people died on Monday.",
        "At least 40 people were killed by Monday's blast.",
        "Some 40 people were left homeless by Monday\u2019s flood, the navy said.",
        "Prosecutors opened an inquiry on Tuesday as the coast guard said that 40 people were known to have died.",
    ],
)
def test_the_day_of_what_happened_is_not_the_day_of_the_count(text: str) -> None:
    assert [quantity.as_of for quantity in dated_quantities(text, date(2031, 3, 5))] == [None]


def test_a_figure_that_holds_now_is_not_dated_by_another_clause() -> None:
    found = dated_quantities("The rate was 4 percent in 2029, and it is 5 percent now.", date(2031, 3, 5))
    assert [quantity.as_of for quantity in found] == ["2029", None]


def test_a_place_in_another_clause_is_not_the_figures() -> None:
    (found,) = dated_quantities("The navy counted 40 wrecks, there is no port in Oslo.", date(2031, 3, 5))
    assert found.place is None


def test_who_was_hurt_is_counted_without_a_noun() -> None:
    found = quantities("The blast hurt 5 in Orla and 8 in Varn.")
    assert [(quantity.value, quantity.counted) for quantity in found] == [(5, "hurt"), (8, "hurt")]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("The clerks handed in 3,000 letters last October after burning 900 more.", None),
        ("The fire destroyed 3,000 homes in January.", None),
        ("In all, 3,000 homes were lost by January.", "2031-01"),
        ("Some 3,000 homes were lost by October 2030.", "2030-10"),
    ],
)
def test_a_month_whose_year_is_computed_dates_no_count_unless_the_words_say_so(text: str, as_of: str | None) -> None:
    assert dated_quantities(text, date(2031, 3, 5))[0].as_of == as_of


@pytest.mark.parametrize(
    "text",
    [
        "A cyclist died at a crossing in Nine Orchards Lane on Monday.",
        "The pact binds all members of the 'Four Rivers' alliance.",
    ],
)
def test_a_number_that_begins_a_name_counts_nothing(text: str) -> None:
    assert quantities(text) == []


def test_a_number_with_a_capital_before_people_of_a_country_counts_them() -> None:
    assert quantities('Reyl said: "Nine Germans were aboard."')[0].counted == "Germans"
