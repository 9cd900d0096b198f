"""Which labels are names of persons, and how they part."""

import pytest

from kg.people import is_agency, is_organization_byline, is_person_name, split_name


@pytest.mark.parametrize(
    "label",
    [
        "Ina Thal",
        "Ayşe Thal",
        "Eike-Jette Thal",
        "Wolodymyr Tschornyj",
        "Ursula von der Halde",
        "Robert F. Kessler Jr.",
        "Karl-Heinz Ohm",
        "Annegret Klamm-Karrer",
        "Recep Tayyip Yıldız",
        "Dr. Olaf Brand",
        "Mohammed al-Khatib",
        "Norman O’Hara",
        "Andreas Jung*",
    ],
)
def test_full_names_are_persons(label: str) -> None:
    assert is_person_name(label)


@pytest.mark.parametrize(
    "label",
    [
        "Nato",
        "Umbach",
        "Schwerpunkt Krieg in der Ukraine",
        "Konrad Thal Stiftung",
        "Konrad-Thal-Stiftung",
        "Christian Thal Affäre",
        "Frankfurt am Main",
        "Berlin Tempelhof",
        "Kanzler Merz",
        "Sierra Leone",
        "Forum Links",
        "FC Bayern München",
        "Fridays For Future",
        "",
        "  ",
        "ANNA THAL UND DIE GANZE LANGE ZEILE",
    ],
)
def test_other_labels_are_not(label: str) -> None:
    assert not is_person_name(label)


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ina Thal", "Ina", "Thal"),
        ("Ursula von der Halde", "Ursula", "von der Halde"),
        ("Robert F. Kessler Jr.", "Robert F.", "Kessler Jr."),
        ("Prof. Dr. Olaf Brand", "Olaf", "Brand"),
        ("Umbach", None, None),
        ("Susanne R.", "Susanne", None),
        ("Johannes Paul II.", "Johannes Paul", None),
        ("Karl der Große", "Karl", None),
        ("Clemens von der Aue", "Clemens", "von der Aue"),
    ],
)
def test_given_and_family_name(name: str, given: str | None, family: str | None) -> None:
    assert split_name(name) == (given, family)


def test_agencies_and_editorial_bodies() -> None:
    assert is_agency("dpa")
    assert is_agency("AFP/dpa")
    assert not is_agency("Ina Thal")
    assert is_organization_byline("taz-Redaktion")
    assert not is_organization_byline("Ina Thal")


@pytest.mark.parametrize("label", ["- Kolb", "-Hanna Kolb"])
def test_a_dash_is_no_first_name(label: str) -> None:
    assert not is_person_name(label)
