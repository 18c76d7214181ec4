import pytest

from services.ingest.wire_credit import wire_credit

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
        (f"{BODY} (ANI)", "ANI"),
        (f'"{BODY}" \u2013 AFP', "AFP"),
    ],
)
def test_a_credited_agency_is_found(text: str, agency: str) -> None:
    assert wire_credit(text) == agency


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
    ],
)
def test_an_agency_that_is_only_named_is_not_credited(text: str) -> None:
    assert wire_credit(text) is None
