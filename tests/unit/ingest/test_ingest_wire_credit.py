import pytest

from services.ingest.text.wire_credit import WireCredit, wire_credit

BODY = "The old harbour bridge reopened on Monday. It is safe, the engineer said."


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"HARBOUR CITY, Northland (Meridian Press) \u2014 {BODY}", "Meridian Press"),
        (f"PARIS (AFP) - {BODY}", "AFP"),
        (f"HARBOUR CITY (NPW) \u2013 {BODY}", "NPW"),
        (f"(Reuters) - {BODY}", "Reuters"),
        (f"Harbour City, March 3 (Reuters) \u2013 {BODY}", "Reuters"),
        (f"AP \u2014 {BODY}", "AP"),
        (f"A headline of the report\n\nHARBOUR CITY (Associated Press) - {BODY}", "AP"),
        (f"{BODY}\n\n(With inputs from agencies)", "agencies"),
        (f"{BODY}\n\nWith inputs from AFP", "AFP"),
        (f"{BODY}\nSources By Agencies", "agencies"),
        (f"{BODY}\n\u2014 Reuters", "Reuters"),
        (f"By The Associated Press\n\n{BODY}", "AP"),
        (f"{BODY}\n\nThe Associated Press contributed to this report.", "AP"),
        (f"{BODY}\n\nContributing: Ada Lind, The Associated Press", "AP"),
        (f"{BODY}\n\nContributing: Reuters; Ada Lind, Harbour Record", "Reuters"),
        (f"{BODY}\n\nThis story was compiled from Associated Press material and other sources.", "AP"),
        (f"{BODY} (ANI)", "ANI"),
        (f'"{BODY}" \u2013 AFP', "AFP"),
        (f"{BODY} (With inputs from agencies)", "agencies"),
        (f"{BODY}\n\n(With inputs from PTI and ANI)", "PTI"),
        (f"{BODY}\n\nWith inputs from Northland Press", "Northland Press"),
        (f"{BODY}\n\n\u2014 with files from The Canadian Press", "The Canadian Press"),
        (f"{BODY}\n\nWith files from Reuters and AFP", "Reuters"),
        (f"{BODY}\n\nAdditional reporting by Reuters", "Reuters"),
        (f"{BODY}\n\n(Reporting by agencies)", "agencies"),
        (f"{BODY}\n\nSource: Xinhua", "Xinhua"),
        (f"{BODY}\n\nSource: Reuters/AFP", "Reuters"),
        (f"HARBOUR CITY, March 3 (Xinhua) -- {BODY}", "Xinhua"),
        (f"HARBOUR CITY/EAST QUAY (Reuters) - {BODY}", "Reuters"),
        (f"HARBOUR CITY \u2014 (AP) \u2014 {BODY}", "AP"),
        (f"Associated Press\n\n{BODY}", "AP"),
        (f"A headline of the report\nBy Ada Lind, The Associated Press\n\n{BODY}", "AP"),
        (f"By Ada Lind | Associated Press writer\n\n{BODY}", "AP"),
        (f"Staff and agencies\n\n{BODY}", "agencies"),
        (
            f"{BODY}\n\nAssociated Press writers A. B. Lind in Rome and Bo Ek contributed to this report from Oslo.",
            "AP",
        ),
        (f"{BODY}\n\nReuters, The Associated Press and Bo Ek contributed to this report.", "Reuters"),
        (f"{BODY}\n\n(Meridian wire services contributed to this report).", "agencies"),
        (f"{BODY}\n\n\u2022 This article is based in part on wire service reports.", "agencies"),
        (f"{BODY}\n\n(Material from Reuters was used in this story.)", "Reuters"),
        (f"{BODY}\n\nCopyright 2026 The Associated Press. All rights reserved.", "AP"),
    ],
)
def test_a_credited_agency_is_found(text: str, agency: str) -> None:
    credit = wire_credit(text)
    assert credit is not None
    assert credit.agency == agency


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "",
        f"The mayor told the Associated Press on Sunday. {BODY}",
        f"State news agency TASS reported it first.\n\n{BODY}",
        f"Sen. Ada Lind (N-Harbour City) - {BODY}",
        f"Ada Lind (pictured) - {BODY}",
        f"{BODY}\n\nBo Ek contributed to this report.",
        f"{BODY}\n\nAdditional reporting by Bo Ek in Harbour City",
        f"The bridge on Monday. (Bo Ek/Reuters)\n\n{BODY}",
        f"Image copyright Reuters Image caption The bridge on Monday\n\n{BODY}",
        f"By Bo Ek/AP\n\n{BODY}",
        f"{BODY}\n\nSource: Harbour Board",
        f"{BODY} The agencies of the city did not answer.",
    ],
)
def test_an_agency_that_is_only_named_is_not_credited(text: str) -> None:
    assert wire_credit(text) is None


@pytest.mark.parametrize(
    ("authors", "agency"),
    [
        (["Associated Press"], "AP"),
        (["Ada Lind", "Reuters Staff"], "Reuters"),
        (["By Agence France-Presse"], "AFP"),
        (["Ada Lind"], None),
        (["Ada Reuters"], None),
    ],
)
def test_an_agency_among_the_authors_is_credited(authors: list[str], agency: str | None) -> None:
    credit = wire_credit(BODY, authors)
    assert (credit and credit.agency) == agency


def test_the_dateline_goes_before_the_authors() -> None:
    assert wire_credit(f"PARIS (AFP) - {BODY}", ["Reuters"]) == WireCredit("AFP")


@pytest.mark.parametrize(
    ("text", "contributed"),
    [
        (f"{BODY}\n\nThe Associated Press contributed to this report.", True),
        (f"{BODY}\n\nBo Ek and The Associated Press contributed to this report.", True),
        (f"{BODY}\n\nHarbour Record's Bo Ek and Associated Press writer Ada Lind contributed to this report.", True),
        (f"{BODY}\n\nContributing: Ada Lind, The Associated Press", True),
        (f"{BODY}\n\nWith files from Reuters and AFP", True),
        (f"{BODY} (With inputs from AFP)", True),
        (f"{BODY}\n\nThis article is based in part on wire service reports.", True),
        (f"{BODY}\n\n(Material from Reuters was used in this story.)", True),
        (f"{BODY}\n\nAssociated Press writers Ada Lind in Rome and Bo Ek in Oslo contributed to this report.", False),
        (
            f"{BODY}\n\nAda Lind reported from Rome. Associated Press writer Bo Ek in Oslo contributed to this report.",
            False,
        ),
        (f"{BODY}\n\nThis story was compiled from Associated Press material and other sources.", False),
        (f"{BODY}\n\nCopyright 2026 The Associated Press. All rights reserved.", False),
        (f"PARIS (AFP) - {BODY}\n\nReuters contributed to this report.", False),
        (f"{BODY} (ANI)", False),
    ],
)
def test_an_agency_that_gave_a_part_is_told_from_one_that_wrote_the_text(text: str, contributed: bool) -> None:
    credit = wire_credit(text)
    assert credit is not None
    assert credit.contributed is contributed
