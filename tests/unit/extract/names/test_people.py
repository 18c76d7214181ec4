import pytest

from services.contracts.claim import SpeakerKind
from tests.unit.extract.names.entities import entities_of, entity, meant_by


def _names(text: str) -> set[str]:
    return set(meant_by(text))


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("Yusuf al-Nouri runs the dam. Al-Nouri said it held. Reporters asked al-Nouri twice.", "Yusuf al-Nouri"),
        ("Reporters met Rana el-Khoury. El-Khoury left.", "Rana el-Khoury"),
        ("The mayor met Walid as-Sabbagh. “We wait,” as-Sabbagh said.", "Walid as-Sabbagh"),
        ("Mahmoud Abd el-Rahim won. Abd el-Rahim lives here.", "Mahmoud Abd el-Rahim"),
        ("They saw Jeanne d'Aubry. D'Aubry left.", "Jeanne d'Aubry"),
        ("Anke van den Broek, a nurse, left. Van den Broek was tired.", "Anke van den Broek"),
        ("Mayor Pieter de la Croix said yes. De la Croix said it twice.", "Pieter de la Croix"),
        ("They saw Karl von und zu Hallberg. Hallberg left.", "Karl von und zu Hallberg"),
        ("Adel bin Ahmed Al-Nouri left. Al-Nouri was tired.", "Adel bin Ahmed Al-Nouri"),
        ("Luis dos Anjos left. Dos Anjos was tired. Anjos slept.", "Luis dos Anjos"),
        ("Charles de Roux left. De Roux was tired.", "Charles de Roux"),
        ("Carmen Ortega Rivas, a nurse, left. Ortega was tired. Ms. Ortega slept.", "Carmen Ortega Rivas"),
        ("Senator Luis Ibarra de la Peña left. Ibarra was tired.", "Luis Ibarra de la Peña"),
        ("Zhou Mingtao, a baker, left. Zhou was tired.", "Zhou Mingtao"),
        ("Park Ji-won, the coach, left. Park was tired.", "Park Ji-won"),
        ("A. B. Stroud died. Stroud was 90. They miss A.B. Stroud.", "A. B. Stroud"),
        ("The coach met Joanna Marn. J. Marn scored twice.", "Joanna Marn"),
        ("The writer P. G. Holt left. They miss PG Holt.", "P. G. Holt"),
        ("Senator Donald J. Reyl left. They saw Donald Reyl. Reyl slept.", "Donald J. Reyl"),
        ("Mike Brun left. They saw Michael Brun. Michael Brun slept. Brun woke.", "Michael Brun"),
        ("They saw Željko Đurić. Djuric left. Zeljko Duric slept.", "Željko Đurić"),
        ("İlker Çağlar, the mayor, left. Caglar was tired.", "İlker Çağlar"),
        ("Lena Stroud, now Lena Keld, left. Keld was tired.", "Lena Stroud"),
        ("Tara Stroud (née Keld) won. They knew Tara Keld.", "Tara Stroud"),
        ("Ada Brun, formerly Ada Marn, left. Marn was tired.", "Ada Brun"),
        ("Keld Bank, now called Stroud Bank, lost money. Stroud Bank will close.", "Keld Bank"),
        ("ADA BRUN, the mayor, left. BRUN was tired.", "Ada Brun"),
        ("Minister Jean DUPARC left. DUPARC was tired.", "Jean Duparc"),
        ("Tom Reyl, Jr., a farmer, left. Reyl was tired.", "Tom Reyl Jr"),
        ("Tom Reyl, Jr., a farmer, left. They saw Tom Reyl. Reyl was tired.", "Tom Reyl Jr"),
        ("Senator Will Keld Jr. left. Keld was tired. They saw Keld Jr. leave.", "Will Keld Jr"),
        ("Facebook Pinterest Roger Brun left. They saw Roger Brun. Brun slept.", "Roger Brun"),
        ("They watched Get Me Roger Brun. Roger Brun left. Brun slept.", "Roger Brun"),
    ],
)
def test_all_forms_of_a_name_mean_one(text: str, full: str) -> None:
    assert _names(text) == {full}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ilse Grau MP, MBE, left.", {"Ilse Grau"}),
        ("Prof. Hugo Arle FRS met Tara Lind, PhD, on Monday.", {"Hugo Arle", "Tara Lind"}),
        ("Rosa Lind TD met a Labour MP and Labour MP Ada Brun.", {"Rosa Lind", "Ada Brun"}),
        ("Then-mayor John Stone met ex-senator Ada Brun.", {"John Stone", "Ada Brun"}),
        ("Co-founder Mia Brun met Vice-president Paul Arden.", {"Mia Brun", "Paul Arden"}),
        ("Editor-in-chief Nora Lind met Secretary-General Ana Torv.", {"Nora Lind", "Ana Torv"}),
        ("Engineer Rana Lind left.", {"Rana Lind"}),
        ("The picture by AP Ada Brun shows House Tom Marn.", {"Ada Brun", "Tom Marn"}),
        ("They met Theresa May and mayor Will Keld.", {"Theresa May", "Will Keld"}),
        ("Ada Brun, now Keld Bank chief, left.", {"Ada Brun", "Keld Bank"}),
    ],
)
def test_titles_letters_and_labels_are_no_part_of_a_name(text: str, names: set[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "Ann Wood and Paul Wood own the mill. Mr. Wood sold it. Mrs. Wood wept.",
            ["Ann Wood", "Paul Wood", "Paul Wood", "Ann Wood"],
        ),
        (
            "Tarn Keld and his wife, Ylva Keld, left. Mrs Keld slept. Mr Keld woke.",
            ["Tarn Keld", "Ylva Keld", "Ylva Keld", "Tarn Keld"],
        ),
        ("Mr Brun slept. Mrs Brun woke.", ["Mr Brun", "Mrs Brun"]),
        ("Brun and first lady Ylva Brun left. President Brun woke.", ["Brun", "Ylva Brun", "Brun"]),
        ("Brun left. His wife, Ylva Brun, slept. Brun woke.", ["Brun", "Ylva Brun", "Brun"]),
        ("The mayor met his wife, Ylva Brun. Brun said that she would stay.", ["Ylva Brun", "Ylva Brun"]),
        ("The mayor met first lady Ylva Brun. Brun said that she would stay.", ["Ylva Brun", "Ylva Brun"]),
        ("Rosa Lind met Oscar Lind. Lind slept.", ["Rosa Lind", "Oscar Lind", "Lind"]),
        (
            "Carl Dent Jr. met Carl Dent Sr. on Monday. Dent Jr. left.",
            ["Carl Dent Jr", "Carl Dent Sr", "Carl Dent Jr"],
        ),
        (
            "Will Keld, the mayor, met Will Keld Jr. on Monday. Keld slept. Keld Jr. woke.",
            ["Will Keld", "Will Keld Jr", "Will Keld", "Will Keld Jr"],
        ),
        (
            "President Keld slept. Will Keld Jr. woke. Keld Jr. rose. Keld left.",
            ["Keld", "Will Keld Jr", "Will Keld Jr", "Keld"],
        ),
        ("Keld slept. They saw Will Keld Jr. on Monday. Keld Jr. woke.", ["Keld", "Will Keld Jr", "Will Keld Jr"]),
        ("Keld slept. His son, Will Keld Jr., woke. Keld left.", ["Keld", "Will Keld Jr", "Keld"]),
        ("President Keld slept. Will Keld Jr. woke. Keld left.", ["Keld", "Will Keld Jr", "Keld"]),
        ("Adam Keld died. His son, Adam M. Keld, wept. Keld left.", ["Adam Keld", "Adam M. Keld", "Keld"]),
        ("President Keld slept. They met in Keld Tower. Keld woke.", ["Keld", "Keld Tower", "Keld"]),
        ("Brothers Tam Keld and Otto Keld left. Tam Keld slept.", ["Tam Keld", "Otto Keld", "Tam Keld"]),
        (
            "President George H.W. Keld met President George W. Keld. Keld left.",
            ["George H.W. Keld", "George W. Keld", "Keld"],
        ),
        (
            "King Salwan met Crown Prince Faris bin Salwan. Salwan slept. Bin Salwan woke. Prince Faris left.",
            ["Salwan", "Faris bin Salwan", "Salwan", "Faris bin Salwan", "Faris bin Salwan"],
        ),
        (
            "King Salwan met Faris bin Salwan al Rashem, a prince. Salwan left.",
            ["Salwan", "Faris bin Salwan al Rashem", "Salwan"],
        ),
        (
            "Carl Dent spoke on Monday. Carl Dent Jr. listened. Dent left, and Dent Jr. stayed.",
            ["Carl Dent", "Carl Dent Jr", "Carl Dent", "Carl Dent Jr"],
        ),
        ("Abel Marn III and Abel Marn II left. Marn II woke.", ["Abel Marn III", "Abel Marn II", "Abel Marn II"]),
        ("They say Stone cut jobs. Dee Stone, its chief, wept. Ms Stone left.", ["Stone", "Dee Stone", "Dee Stone"]),
        (
            "They met Marn. The company's chief executive, Tom Marn, wept. Marn left.",
            ["Marn", "Tom Marn", "Tom Marn"],
        ),
    ],
)
def test_two_of_one_family_name_are_told_apart(text: str, meant: list[str]) -> None:
    assert meant_by(text) == meant


def test_a_thing_named_after_somebody_is_not_their_full_name() -> None:
    text = "President Keld left. The partial shutdown went on. They will end the Keld Shutdown. Keld was tired."
    assert meant_by(text) == ["Keld", "Keld Shutdown", "Keld"]


def test_what_belongs_to_somebody_is_no_part_of_their_name() -> None:
    text = "He drew shirts for Ada Owens' Wexit campaign. Owens left."
    assert meant_by(text) == ["Ada Owens", "Wexit", "Ada Owens"]


def test_a_firm_named_like_its_chief_is_an_organisation() -> None:
    assert entity("They say Brun cut jobs. Dee Brun, its chief, wept.", "Brun").kind is SpeakerKind.ORGANISATION


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sutrisno, a farmer who uses one name, said the hill slid.", "Sutrisno"),
        ("Wulan, 34, a teacher, said she fled.", "Wulan"),
        ("Kartono, who goes by one name, said he ran.", "Kartono"),
        ("They met a farmer named Kusno.", "Kusno"),
        ("Mary Hall MEP left.", "Mary Hall"),
        ("They saw Zhou Mingtao.", "Zhou Mingtao"),
    ],
)
def test_what_stands_beside_a_name_makes_it_a_persons(text: str, name: str) -> None:
    assert entity(text, name).kind is SpeakerKind.PERSON


@pytest.mark.parametrize(
    "text",
    ["Nearby, a farmer said he saw it.", "Afterwards, a nurse, who asked not to be named, said no."],
)
def test_an_adverb_before_somebody_is_no_name(text: str) -> None:
    assert meant_by(text) == []


@pytest.mark.parametrize(
    ("text", "name", "feminine"),
    [
        ("They saw Mary Hall.", "Mary Hall", True),
        ("They saw Peter Hall.", "Peter Hall", False),
        ("They saw Jean-Pierre Brun.", "Jean-Pierre Brun", False),
        ("They saw Nicolás Brun.", "Nicolás Brun", False),
        ("They saw Andrea Brun.", "Andrea Brun", None),
        ("They saw Grace Harbour.", "Grace Harbour", None),
        ("The singer Grace Brun left.", "Grace Brun", True),
        ("They saw Lin Dan.", "Lin Dan", None),
        ("Chairwoman Robin Holt left.", "Robin Holt", True),
        ("Ada Brun left. Mr Peter Marn, husband of a queen, slept.", "Peter Marn", False),
    ],
)
def test_a_first_name_tells_a_woman_from_a_man_where_roles_do_not(text: str, name: str, feminine: bool | None) -> None:
    assert entity(text, name).feminine is feminine


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        ("They met Republicans, sent Vice President Tom Marn.", "Tom Marn", ["Vice President"]),
        ("Ada Brun, former Labour secretary under President Tom Marn, left.", "Ada Brun", ["former Labour secretary"]),
        ("Ada Brun, now a lawyer, left.", "Ada Brun", ["lawyer"]),
        ("9.30am Police chief Ada Brun left.", "Ada Brun", ["Police chief"]),
        ("Tom Reyl Jr., a farmer, left.", "Tom Reyl Jr", ["farmer"]),
        ("The prosecutor, Ada Brun, said so.", "Ada Brun", ["prosecutor"]),
        ("The treaty is a major diplomatic breakthrough, Ada Brun said.", "Ada Brun", []),
        ("He was hit by the driver, a farmer, Ada Brun later told reporters.", "Ada Brun", []),
        ("He is a farmer, Ada Brun MP also said.", "Ada Brun", ["MP"]),
    ],
)
def test_a_role_is_the_named_persons_own(text: str, name: str, roles: list[str]) -> None:
    assert [role.text for role in entity(text, name).roles] == roles


def test_a_place_has_no_role() -> None:
    assert entity("Ada Brun of Virginia, vice chairman of a committee, left.", "Virginia").roles == ()


@pytest.mark.parametrize("text", ["", "A.", "Jr.", "MP, MBE", "al-", "Will", "Mr", "İ, a farmer, said", "“MBE,” Jr."])
def test_any_text_is_read(text: str) -> None:
    entities_of(text)
