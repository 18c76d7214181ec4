"""Where an attributed clause starts and ends."""

import pytest

from tests.unit.extract.articles import claims_of, only_claim, proposed, texts


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ada Reyl added in a statement that the port had shut.", "the port had shut"),
        ("Ada Reyl hinted for weeks that she would leave the council.", "she would leave the council"),
        ("The council issued a joint statement that the port would open.", "the port would open"),
        ("Ada Reyl said Tuesday the city needs a new bridge.", "the city needs a new bridge"),
        (
            "The office of Ada Reyl said Tuesday deputy harbour master Otto Keld should be dismissed from his post.",
            "deputy harbour master Otto Keld should be dismissed from his post",
        ),
        ("Ada Reyl said Tuesday morning traffic was calm.", "traffic was calm"),
        (
            "One diver told the Herald that, oddly, Keld, port chief Otto Brun and Ada Reyl had no idea the ship sank.",
            "oddly, Keld, port chief Otto Brun and Ada Reyl had no idea the ship sank",
        ),
        ("(CNN) Ada Reyl will attend the march, she announced on Monday.", "Ada Reyl will attend the march"),
    ],
)
def test_a_clause_starts_after_what_belongs_to_its_cue(text: str, claim: str) -> None:
    assert claim in [each.text for each in proposed(text)]


def test_what_a_petition_calls_for_is_no_claim_without_the_petition() -> None:
    text = "The petition calling on Ada Reyl to resign was signed by many."
    assert texts(text) == [text.rstrip(".")]


def test_who_is_called_on_stays_with_what_they_are_to_do() -> None:
    text = (
        "The city’s council called on Corrow to cease what it described as “illegal dealings” with the port, Keld said."
    )
    assert any("called on Corrow to cease what it described as" in claim for claim in texts(text))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Ada Reyl said the town was calm, while Otto Keld stayed away.", "the town was calm"),
        ("Ada Reyl said the ruling was late, telling reporters she was cross.", "the ruling was late"),
        (
            "Officials denied that absent members had been recorded as voting, hours after the speaker found a fault.",
            "absent members had been recorded as voting",
        ),
        (
            "Officials refused to say whether the bridge was shut, minutes before the mayor confirmed it.",
            "whether the bridge was shut",
        ),
        (
            "Ada Reyl announced that she would leave the council, a day after the mill was sold.",
            "she would leave the council",
        ),
        (
            "Police said the man had been shot twice, two days after he left the mill.",
            "the man had been shot twice, two days after he left the mill",
        ),
        ("Ada Reyl says she will appeal as the council passed the budget.", "she will appeal"),
        (
            "Ada Reyl told the Herald that the plan cost several millions, a claim that came hours after the vote.",
            "the plan cost several millions",
        ),
        (
            "Of the 239 people hurt on Tuesday night, 128 remained in the hospital, officials said.",
            "Of the 239 people hurt on Tuesday night, 128 remained in the hospital",
        ),
        ("Ada Reyl told the Herald that Otto Keld was the chief suspect, however.", "Otto Keld was the chief suspect"),
        (
            "Builders argued that most towns don't have the time and means to repair a bridge.",
            "most towns don't have the time and means to repair a bridge",
        ),
        ("Ada Reyl said the vote was late -- a line that she has used before.", "the vote was late"),
        ("Ada Reyl said the dam would hold all winter, a prediction that came true.", "the dam would hold all winter"),
        (
            "Ada Reyl has vowed not to take money from the builders, a pledge that is gaining ground.",
            "Ada Reyl has vowed not to take money from the builders",
        ),
        ("Ada Reyl said the mayor had lied to the port, an accusation he denies.", "the mayor had lied to the port"),
        (
            "Ada Reyl said she would leave the council in May, a move that surprised many of her friends.",
            "she would leave the council in May",
        ),
        (
            "Ada Reyl announced she would soon step down as mayor -- a stunning development just before the vote.",
            "she would soon step down as mayor",
        ),
        (
            "Ada Reyl said on Monday that she would sue the council again, ensuring that the fight goes on.",
            "she would sue the council again",
        ),
        (
            "Ada Reyl said she will abide by the ruling of the court, effectively ending her plans for the port.",
            "she will abide by the ruling of the court",
        ),
        (
            "Otto Keld warned that the old pillars of the town are crumbling, in a veiled reference to the mayor.",
            "the old pillars of the town are crumbling",
        ),
        (
            "Ada Reyl said she would move the port to the north of the town, a perennial campaign promise.",
            "she would move the port to the north of the town",
        ),
        (
            "Ada Reyl said she would vote for the new tax, in a break with her own party.",
            "she would vote for the new tax",
        ),
        (
            "Ada Reyl said the courts were already hearing 75 cases a day, which she called their limit.",
            "the courts were already hearing 75 cases a day",
        ),
        (
            "Ada Reyl said the port would charge a new fee, which critics call a tax on the poor.",
            "the port would charge a new fee",
        ),
        (
            "Ada Reyl said that the list of towns was complete -- although two of them were left out.",
            "the list of towns was complete",
        ),
        ("Otto Keld said the dam burst at noon, sparking a fire.", "the dam burst at noon, sparking a fire"),
        (
            "Otto Keld said Ms. Reyl hates the port, which she calls a swamp.",
            "Ms. Reyl hates the port, which she calls a swamp",
        ),
        (
            "The department has long complained that such suits have worn out its staff and has asked for more time.",
            "such suits have worn out its staff",
        ),
        (
            "Ada Reyl said the builders don't take money from the port and all their income is public.",
            "the builders don't take money from the port and all their income is public",
        ),
        (
            "The officer said each time he was taken to the second gate, he answered all their questions.",
            "each time he was taken to the second gate, he answered all their questions",
        ),
        (
            "A report concluded its co-pilot switched off the pumps of the ferry.",
            "its co-pilot switched off the pumps of the ferry",
        ),
        (
            "Reading from notes, Ada Reyl said the ferry, which left Orla at noon and was due at one, “vanished.”",
            "the ferry, which left Orla at noon and was due at one, “vanished.”",
        ),
        (
            "Ada Reyl promised the council will “not let down our people.”",
            "the council will “not let down our people.”",
        ),
        ("Ada Reyl said the bridge would be safe even as engineers called it a risk.", "the bridge would be safe"),
        ("Ada Reyl said she met Otto Keld in what may be the first talks of the two.", "she met Otto Keld"),
        ("Ada Reyl said there is no damage to the port but has ordered few checks.", "there is no damage to the port"),
        (
            "A deputy said the annexes held terms for the sale and asked why they were secret.",
            "the annexes held terms for the sale",
        ),
        (
            "The bridge was closed on Monday, according to Ada Reyl, citing worries about its piers.",
            "The bridge was closed on Monday",
        ),
        ("He denied the board its wish; Ada Reyl claimed that the port was sold; he is rich.", "the port was sold"),
        ("Ada Reyl said she would sue and exchanged letters with the board.", "she would sue"),
        ("The navy has raided the port, a spokesman said a day after the talks ended.", "The navy has raided the port"),
        ("Ada Reyl said the bridge would open if the money came.", "the bridge would open if the money came"),
        (
            "Ada Reyl said the bridge would not open unless the money came.",
            "the bridge would not open unless the money came",
        ),
        (
            "Ada Reyl said the cure — closing the schools for weeks — has hurt many.",
            "the cure — closing the schools for weeks — has hurt many",
        ),
        ("Ada Reyl said the loan was a last-ditch offer by the board.", "the loan was a last-ditch offer by the board"),
    ],
)
def test_a_clause_ends_where_its_source_stops(text: str, claim: str) -> None:
    assert claim in texts(text)


def test_who_said_it_tells_what_follows_the_comma_too() -> None:
    claims = claims_of(
        "Otto Keld said the ruling caught him off guard, telling reporters he was cross with the outcome."
    )
    assert [claim.text for claim in claims] == ["the ruling caught him off guard", "he was cross with the outcome"]
    assert {claim.speaker.canonical for claim in claims if claim.speaker} == {"Otto Keld"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            'Otto Keld told reporters "I thought it was the right vote" while leaving the hall.',
            "I thought it was the right vote",
        ),
        (
            'The letter was short: "It works for all of us and will go on," Ada Reyl said.',
            "It works for all of us and will go on",
        ),
    ],
)
def test_a_quotation_is_taken_without_what_the_outlet_says_around_it(text: str, words: str) -> None:
    claim = only_claim(text)
    assert claim.text == words
    assert claim.speaker is not None


@pytest.mark.parametrize(
    ("text", "claim", "speaker"),
    [
        ("According to the fire chief, Paul Arden, two homes burned.", "two homes burned", "Paul Arden"),
        ("According to the harbour master, Nils Aro, nine boats sank.", "nine boats sank", "Nils Aro"),
        ("The town was calm; the port was shut, according to Ada Brun.", "the port was shut", "Ada Brun"),
    ],
)
def test_the_source_of_according_to_is_no_part_of_the_clause(text: str, claim: str, speaker: str) -> None:
    found = only_claim(text)
    assert found.text == claim
    assert found.speaker is not None
    assert found.speaker.canonical == speaker


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Two trains collided yesterday, police chief Paul Arden said.", "Two trains collided yesterday"),
        (
            "The dam at Varn was closed yesterday, harbour master Paul Arden said.",
            "The dam at Varn was closed yesterday",
        ),
        (
            "The pit swallowed ten million litres, harbour master Paul Arden said.",
            "The pit swallowed ten million litres",
        ),
        ("Nine boats sank on Sunday, fleet manager Paul Arden said on Monday.", "Nine boats sank on Sunday"),
    ],
)
def test_a_cue_at_the_end_takes_the_whole_clause_before_it(text: str, claim: str) -> None:
    found = only_claim(text)
    assert found.text == claim
    assert found.speaker is not None
    assert found.speaker.canonical == "Paul Arden"


def test_a_quotation_before_a_cue_at_the_end_keeps_its_words_and_goes_on() -> None:
    text = '"[Ada] really reached out to us in the spring," he said. "We have more than we hoped for now."'
    assert not any(claim.text.startswith('"') for claim in claims_of(text))


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The bridge was safe, Mayor Ada Reyl said, and it would open in May.",
            ["The bridge was safe", "it would open in May"],
        ),
        (
            "The bridge is safe, Mayor Ada Reyl said, but added that crews would inspect it.",
            ["The bridge is safe", "crews would inspect it"],
        ),
        (
            "Mayor Ada Reyl said the bridge was safe, but that it would close in May.",
            ["the bridge was safe", "it would close in May"],
        ),
    ],
)
def test_the_second_half_of_what_was_said_is_its_speakers_too(text: str, claims: list[str]) -> None:
    assert [(claim.text, claim.speaker and claim.speaker.canonical) for claim in claims_of(text)] == [
        (each, "Ada Reyl") for each in claims
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The notion that the bridge is safe is absurd.",
        "The suggestion that the port could be sold is a sign of the times.",
        "The idea that the bridge could fall has frightened drivers.",
    ],
)
def test_a_thought_without_an_owner_is_asserted_by_nobody(text: str) -> None:
    assert not [claim for claim in claims_of(text) if claim.cue is not None]


def test_a_purpose_is_no_assertion() -> None:
    claims = texts("The council voted in the hope that the bridge would stay open.")
    assert "the bridge would stay open" not in claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "If the law stays, premiums will be stable, according to Ada Reyl.",
            "If the law stays, premiums will be stable",
        ),
        ("That bridge was built in a hurry, Ada Reyl said.", "That bridge was built in a hurry"),
        ("Ada Reyl said the port had, on Monday, closed its gates.", "the port had, on Monday, closed its gates"),
    ],
)
def test_a_clause_is_whole_whatever_stands_at_its_front_or_inside(text: str, claim: str) -> None:
    assert claim in texts(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            'Ada Reyl said there is a "great difference between mills," when it comes to how many workers they need.',
            'there is a "great difference between mills," when it comes to how many workers they need',
        ),
        (
            'The mayor said that it was too early to tell, and there was "no sign" yet of a second crack.',
            'it was too early to tell, and there was "no sign" yet of a second crack',
        ),
        (
            'Ada Reyl insisted in a series of tweets that the town\'s "core duty is protecting the old."',
            'the town\'s "core duty is protecting the old."',
        ),
        (
            'Ada Reyl told one of her young cousins on a regular basis that "patience is the only answer."',
            "patience is the only answer",
        ),
        (
            'Ada Reyl released a letter on Friday that says she has "extraordinarily good health" for her age.',
            'she has "extraordinarily good health" for her age',
        ),
        ("Otto Keld, who says he is honoured, was endorsed on Monday.", "he is honoured"),
    ],
)
def test_a_clause_with_quoted_words_is_whole_and_no_more(text: str, claim: str) -> None:
    assert claim in [each.text for each in proposed(text)]


@pytest.mark.parametrize(
    "claim",
    [
        "If this plan fails to persuade them, Mr. Brandt argues, there are other plans in the box",
        "The dam would hold, Ada Reyl said, if nobody went near it",
        'The code of the mill "forbids a note like that," Ada Reyl said, if the note would offend somebody',
    ],
)
def test_a_condition_on_the_other_side_of_the_cue_is_part_of_the_claim(claim: str) -> None:
    assert [each.text for each in proposed(claim + ".") if each.speaker] == [claim]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "“[I]t would be best for a schedule to be set in that case, given its age,” lawyers of the town claimed.",
            "[I]t would be best for a schedule to be set in that case, given its age",
        ),
        (
            "But over the last few months, “the builders have really changed what they do,” Ada Reyl said.",
            "But over the last few months, “the builders have really changed what they do,”",
        ),
    ],
)
def test_a_claim_has_the_marks_of_its_quoted_words(text: str, claim: str) -> None:
    assert texts(text) == [claim]


def test_who_says_it_behind_all_that_is_said_is_no_part_of_it_whatever_follows_the_name() -> None:
    text = (
        "With trust in the council low, many people have become divided and moved into like-minded streets, says "
        "Otto Keld, a writer whose book is called “The Big Sort: Why the Drift of Like-Minded Orla Tears It Apart.”"
    )
    assert texts(text) == [
        "With trust in the council low, many people have become divided and moved into like-minded streets"
    ]


def test_what_somebody_wants_done_is_not_said_to_be_so() -> None:
    text = "A friend of Ada Reyl insisted that her aides give a job to a builder from the town."
    assert texts(text) == [text.rstrip(".")]
    assert texts("Ada Reyl insisted that the piers are safe.") == ["the piers are safe"]


def test_why_somebody_will_not_be_named_is_no_part_of_what_they_say() -> None:
    text = "Depending on the day, said the unnamed ex-clerk, citing fear of the mayor, “pages would be torn or hidden.”"
    assert texts(text) == ["pages would be torn or hidden"]


@pytest.mark.parametrize(
    "text",
    [
        "The list of missing pages held the allegations that a former clerk, Otto Keld, had sold the old mills.",
        "If the plan was really just about the dam, the council seems to have forgotten to tell the engineers.",
    ],
)
def test_what_nobody_asserts_is_no_claim_of_anybody(text: str) -> None:
    assert not [claim for claim in texts(text) if claim != text.rstrip(".")]


@pytest.mark.parametrize(
    ("text", "speaker", "claim"),
    [
        (
            "Orla Wire reports that the council “routinely threw away letters,” according to a former clerk.",
            "former clerk",
            "the council “routinely threw away letters,”",
        ),
        (
            "According to the news outlet Orla Wire, a former town clerk says letters of the poor were thrown away.",
            "former town clerk",
            "letters of the poor were thrown away",
        ),
    ],
)
def test_what_an_outlet_relays_is_said_by_its_source_through_it(text: str, speaker: str, claim: str) -> None:
    (found,) = claims_of(text)
    assert (found.speaker and found.speaker.canonical, found.text) == (speaker, claim)
    assert [link.name for link in found.attribution] == ["Orla Wire"]


def test_what_adds_to_something_says_nothing() -> None:
    text = "The ports were crowded, and, adding to the strain, a hall in Orla was emptied for hours on Monday."
    assert not any(claim.speaker for claim in claims_of(text))


@pytest.mark.parametrize("last", ["even", "though", "even though", "a", "in a", "which", "which she", "if"])
def test_a_sentence_that_breaks_off_behind_a_dash_is_read_like_any_other(last: str) -> None:
    text = f"Ada Reyl said the port would be closed for a week -- {last}"
    assert [claim.text for claim in proposed(text) if claim.text.startswith("the port would be closed for a week")]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            (
                "Ada Reyl said she wanted the children who visited her office to know they were heard and called the "
                'debate "spirited."'
            ),
            "she wanted the children who visited her office to know they were heard",
        ),
        (
            (
                'One teen girl told the senator that "we\'re the people who voted you" and pleaded for Reyl to change '
                "her mind on the plan."
            ),
            "we're the people who voted you",
        ),
        (
            (
                "Ms. Reyl said she could not support the measure, shared a draft of her own plan, which she plans to "
                "introduce soon, and pushed back when the youngsters insisted on theirs."
            ),
            "she could not support the measure",
        ),
        (
            (
                "Otto Keld also said negotiations have completely shut down, and repeated Brun's argument that "
                "Democrats were more interested in the speaker than in the border."
            ),
            "negotiations have completely shut down",
        ),
        (
            (
                'Reyl pointed out that she just won by "almost a million vote plurality," adding, "I know what I\'m '
                'doing. So maybe people should listen a little bit."'
            ),
            'she just won by "almost a million vote plurality,"',
        ),
        ("Ada Reyl said she saw the man and called the police.", "she saw the man and called the police"),
        (
            "Ada Reyl said she first told Keld she'd talk to him later, and then told Keld to speak with her aide.",
            "she first told Keld she'd talk to him later, and then told Keld to speak with her aide",
        ),
    ],
)
def test_what_the_source_does_next_is_no_part_of_what_it_says(text: str, claim: str) -> None:
    assert claim in [each.text for each in proposed(text)]


def test_what_is_only_asked_for_is_no_claim_without_who_asks() -> None:
    text = "The children wrote a letter to Reyl on a poster board with animals, asking that she support the plan."
    assert "she support the plan" not in texts(text)


def test_what_the_outlet_makes_of_a_demand_is_no_part_of_it() -> None:
    text = (
        "Ada Reyl said Otto Keld should be dismissed from his post, an extraordinary call that came as the mayor "
        "considers further changes."
    )
    assert texts(text) == ["Otto Keld should be dismissed from his post"]


def test_what_the_outlet_adds_behind_of_is_no_warning() -> None:
    text = (
        "Chu warned local health officials of her lab's finding and the teenager's school was closed as a precaution."
    )
    assert not any(claim.speaker and claim.text.startswith("the teenager's") for claim in proposed(text))


def test_what_a_court_ruled_stands_behind_how_it_voted() -> None:
    text = (
        "The court ruled 5-4, with its older justices in the majority and its younger justices dissenting, that the "
        "police could pick up such migrants and place them in detention."
    )
    claim = only_claim(text)
    assert claim.text == "the police could pick up such migrants and place them in detention"
    assert claim.speaker is not None
    assert claim.speaker.surface == "The court"


def test_what_a_statement_confirms_is_the_claim() -> None:
    text = "Later Wednesday, Reyl issued a statement confirming Keld will leave his council position."
    assert "Keld will leave his council position" in [claim.text for claim in proposed(text)]


def test_a_noun_that_looks_like_a_verb_makes_no_clause() -> None:
    text = "Varnia on Wednesday reported its second-highest new case count to date, with 3,871 new cases and 37 deaths."
    assert not any(claim.text.startswith("its second") for claim in proposed(text))


def test_what_is_said_of_a_noun_before_the_cue_is_no_claim_without_it() -> None:
    text = "We have our own plan, a mention of a climate proposal she said she's planning to introduce soon."
    assert proposed(text) == ()
    assert "she would leave" in [claim.text for claim in proposed("That was the day Reyl said she would leave.")]
