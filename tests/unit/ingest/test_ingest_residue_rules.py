import pytest

from services.ingest.text.boilerplate_rules import is_clock_time, line_reason
from services.ingest.text.characters import squeeze

RESIDUE = [
    ("Skip to content", "navigation"),
    ("Edit post", "navigation"),
    ("Comments are closed.", "navigation"),
    ("12 comments", "navigation"),
    ("Home > World > Northland", "navigation"),
    ("Story Continued Below", "navigation"),
    ("Tags: bridge, harbour, traffic", "navigation"),
    ("Views: 0", "counter"),
    ("1.2k shares", "counter"),
    ("Share this article", "share"),
    ("Facebook Twitter WhatsApp Email", "share"),
    ("Follow Ada Lind on Twitter @adalind", "share"),
    ("Advertisement", "advertisement"),
    ("Advertisment", "advertisement"),
    ("ADVERTISEMENT ADVERTISEMENT", "advertisement"),
    ("Subscribe", "form"),
    ("* indicates required", "form"),
    ("Enter your email to subscribe", "form"),
    ("Please, enter correct email address", "form"),
    ("Sign up for our free morning newsletter", "form"),
    ("Thank you for signing up for this newsletter.", "form"),
    ("by Ada Lind March 3, 2031 12:05 AM 2 min read", "byline"),
    ("By Ada Lind and Bo Ek, Harbour Courier", "byline"),
    ("3 min read", "byline"),
    ("Published: 3 March 2031, 07:30", "byline"),
    ("The bridge at dusk, seen from the harbour wall. (Ada Lind /AFP via Getty Images)", "caption"),
    ("Ada Lind/Pool/AP", "caption"),
    ("Cars wait on the bridge in Tarn, March 3, 2031. REUTERS/Ada Lind", "caption"),
    ("Cars wait on the bridge at dusk (Reuters: Ada Lind)", "caption"),
    ("Facebook Twitter Pinterest Cars wait on the bridge. Photograph: Ada Lind/Harbour Pictures", "caption"),
    ("Cars wait on the bridge. Photograph: Ada Lind", "caption"),
    ("Play Video 1:10 Drone footage shows the bridge \u2013 video", "caption"),
    ("CLOSE The mayor opens the bridge in front of 500 people. (March 3) Harbour TV", "caption"),
    ("Photos: The new bridge Cars wait. Hide Caption 1 of 9 Photos: The new bridge " + "Ships. " * 100, "caption"),
    ("Read or Share this story: https://courier.example/2yu", "share"),
    ("Write to Ada Lind at ada.lind@courier.example", "share"),
    ("More:Why the bridge took two years", "related"),
    ("GALLERIES: The bridge through the years", "related"),
    ("Why the bridge took two years Read more", "related"),
    ("The inspector's report: https://courier.example/report.pdf", "related"),
    ("Lind reported from Tarn.", "credit"),
    ("Lind and Ek reported from New Tarn. Contributing: Bo Ek", "credit"),
    ("FILE PHOTO: The bridge in 2029. REUTERS/Ada Lind", "caption"),
    ("Photo: Ada Lind", "caption"),
    ("This audio is created with AI assistance", "notice"),
    ("This story has been updated.", "notice"),
    ("Update 3/3/31, 10:30 a.m. ET: This breaking news story was updated with additional information.", "notice"),
    ("We use cookies to improve your experience on our site.", "notice"),
    ("© 2031 Harbour Courier. All rights reserved.", "notice"),
    ("Also read:\u00a0Ferry captains welcome the new bridge", "related"),
    ("Read more: Ferry captains welcome the new bridge", "related"),
    ("RELATED: What the repairs cost", "related"),
    ("Related stories", "related"),
    ("News Feed", "feed"),
    ("MORE NEWS", "feed"),
    ("Editors\u2019 Picks", "feed"),
    ("Most read", "feed"),
    ("(With inputs from agencies)", "credit"),
    ("Sources By Agencies", "credit"),
    ("Bo Ek contributed to this report.", "credit"),
    ("(Reporting by Ada Lind; Editing by Bo Ek)", "credit"),
    ("Disclaimer: figures in this report could not be checked. Readers should use care.", "disclaimer"),
    ("The opinions expressed by columnists are their own and do not represent the views of the Courier.", "disclaimer"),
]

NEWS = [
    "More: the council also voted to close the port, which 300 people had asked for.",
    "The engineers drew a grim picture: three pillars had cracked.",
    "CLOSE to 300 people had asked for the port to be closed",
    "Police reported from Tarn that the bridge had been closed.",
    "They read more",
    "The council put the report at https://courier.example/report.pdf and asked for comments.",
    "The mayor said residents should skip to content that matters.",
    "Advertisement spending on the bridge fell by 12 percent, the council said.",
    "Subscribers of the newsletter were told to expect delays, the ferry line said in an email.",
    "Share prices of the builder rose 4 percent after the bridge reopened.",
    "Views of the harbour have improved, residents said.",
    "By Monday the bridge had carried 12,000 cars.",
    "UPDATE: the bridge closed again at noon.",
    "Updated at 5:30 p.m. ET",
    "CORRECTED: deck carries 40 tonnes, not 400",
    "Correction: an earlier version of this report gave a wrong tonnage.",
    "Update 3/3/31, 10:30 a.m. ET: Two people were hurt, police said.",
    "HARBOUR CITY (Meridian Press) - The old bridge reopened on Monday.",
    "The captain spoke to Reuters by telephone on Sunday (local time).",
    "More than 40 lorries crossed in the first hour.",
    "Watch officers on the harbour wall raised the alarm.",
    "Related costs came to 2 million crowns.",
    "The bridge, closed since 2029, reopened (see the council's report of 2030).",
    "Home prices near the bridge rose.",
    "Riverton, Northland",
    "10:46 AM",
    "",
]


@pytest.mark.parametrize(("line", "reason"), RESIDUE)
def test_page_residue_is_recognised_with_its_reason(line: str, reason: str) -> None:
    assert line_reason(squeeze(line)) == reason


@pytest.mark.parametrize("line", NEWS)
def test_a_line_of_news_matches_no_rule(line: str) -> None:
    assert line_reason(squeeze(line)) is None


def test_a_long_paragraph_is_never_residue_by_its_words() -> None:
    paragraph = "Subscribe to our newsletter for more. " + "The bridge reopened on Monday. " * 40
    assert line_reason(squeeze(paragraph)) is None


@pytest.mark.parametrize("line", ["10:46 AM", "5.49 pm", "17:30", "at 9:05 a.m. EST"])
def test_a_time_of_day_is_one(line: str) -> None:
    assert is_clock_time(line)


@pytest.mark.parametrize("line", ["10:46 the bridge closed", "12,000", "2031-03-03"])
def test_other_lines_are_no_time_of_day(line: str) -> None:
    assert not is_clock_time(line)
