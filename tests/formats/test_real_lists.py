"""Counts of the real lists, which nothing may change without being noticed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from appli.domain.consent_words import read_consent
from appli.domain.opening_hours import DAYS, format_osm, parse_osm
from appli.domain.opening_hours_french import day_of_title, from_day_cells
from appli.domain.person_names import parse_person_name, same_person_key
from appli.formats.contacts import email, phone
from appli.formats.profile import ColumnProfile, profile
from appli.formats.table import Table
from appli.formats.tables import open_table, sheets
from appli.formats.values import absent


def column(table: Table, name: str) -> list[str | None]:
    found = table.column(name)
    assert found is not None, name
    return list(table.values(found.index))


def profiles(table: Table) -> dict[str, ColumnProfile]:
    return {p.name: p for p in profile(table)}


@pytest.mark.parametrize(
    ("name", "rows", "columns", "encoding", "separator"),
    [
        ("cget_tiers_lieux_2019.csv", 1512, 30, "utf-8", ","),
        ("france_services_20221201.csv", 2683, 23, "utf-8", ","),
        ("bzh_fablabs.geojson", 121, 17, "utf-8", None),
        ("adherents_inventes.csv", 126, 10, "cp1252", ";"),
        ("adherents_inventes_utf8.csv", 126, 10, "utf-8", ","),
        ("cget_tiers_lieux_2019.xlsx", 1512, 30, None, None),
    ],
)
def test_every_list_is_read_whole(
    shared_data: Path, name: str, rows: int, columns: int, encoding: str | None, separator: str | None
) -> None:
    table = open_table(shared_data / name)
    assert (len(table.rows), len(table.columns)) == (rows, columns)
    assert (table.encoding, table.separator) == (encoding, separator)
    assert table.problems == ()
    assert len(table.line_numbers) == rows


def test_title_lines_of_the_members_list_are_set_apart(shared_data: Path) -> None:
    table = open_table(shared_data / "adherents_inventes.csv")
    assert table.skipped_title_lines == ("Liste des adhérents (noms inventés)",)
    assert table.header_line == 3
    assert table.line_numbers[0] == 4
    assert table.rows[0][0] == "INVENTÉ Élodie"
    assert "Œuvre-Test, Hermine" in [row[0] for row in table.rows]


def test_the_workbook_and_the_csv_of_one_list_say_the_same(shared_data: Path) -> None:
    book = open_table(shared_data / "cget_tiers_lieux_2019.xlsx")
    text = open_table(shared_data / "cget_tiers_lieux_2019.csv")
    assert book.source_name == text.source_name
    assert book.sheet == "BDD_TL"
    assert [(s.name, s.rows) for s in book.sheets] == [("Meta_BDD_TL", 33), ("BDD_TL", 1513)]
    assert sheets(shared_data / "cget_tiers_lieux_2019.xlsx") == book.sheets
    assert [c.name for c in book.columns] == [c.name for c in text.columns]
    different = Counter(
        column.name
        for mine, theirs in zip(book.rows, text.rows, strict=True)
        for column, a, b in zip(book.columns, mine, theirs, strict=True)
        if a != b
    )
    # Excel has eaten the leading zeros of codes and departments, and nothing else
    assert set(different) <= {"CP", "INSEECOM", "INSEEMETRO", "INSEEDEP", "INSEE_ZE", "POPCOM", "POP_ZE", "NOMREG"}
    lost = [(a, b) for a, b in zip(column(book, "CP"), column(text, "CP"), strict=True) if a != b]
    assert all(a is not None and b is not None and a == b.lstrip("0") for a, b in lost)


def test_the_other_sheet_can_be_asked_for(shared_data: Path) -> None:
    table = open_table(shared_data / "cget_tiers_lieux_2019.xlsx", sheet="Meta_BDD_TL")
    assert table.sheet == "Meta_BDD_TL"
    assert "2019-03-20" in [row[1] for row in table.rows]


def test_what_the_columns_of_the_census_look_like(shared_data: Path) -> None:
    found = profiles(open_table(shared_data / "cget_tiers_lieux_2019.csv"))
    looks = {
        "ID": "id", "NOM_TL": "name", "CP": "postcode", "INSEECOM": "insee", "WEB": "web", "LAT": "lat",
        "LONG": "lon", "MAIL": "email", "TYPO": "text", "CONTACT": None, "CLASS_ZE": "text",
    }  # fmt: skip
    assert {name: found[name].looks_like for name in looks} == looks
    assert {name for name, p in found.items() if p.personal} == {"CONTACT", "MAIL"}
    assert found["CP"].filled_share == pytest.approx((1512 - 133) / 1512)
    assert found["NOMCOM"].filled_share == pytest.approx((1512 - 133) / 1512)


@pytest.mark.parametrize(
    ("name", "looks"),
    [
        (
            "adherents_inventes.csv",
            {"Nom": "name", "Structure": "text", "Tél": "phone", "Mail": "email", "OK annuaire ?": "consent"},
        ),
        (
            "adherents_inventes_utf8.csv",
            {"NOM Prénom": "name", "Portable": "phone", "Courriel": "email", "Accord diffusion": "consent"},
        ),
    ],
)  # fmt: skip
def test_what_the_columns_of_the_members_lists_look_like(shared_data: Path, name: str, looks: dict[str, str]) -> None:
    found = profiles(open_table(shared_data / name))
    assert {column: found[column].looks_like for column in looks} == looks
    personal = {column for column, look in looks.items() if look in {"name", "phone", "email", "consent"}}
    assert {column for column, p in found.items() if p.personal} == personal


@pytest.mark.parametrize(
    ("name", "title", "distinct"),
    [("adherents_inventes.csv", "Nom", 111), ("adherents_inventes_utf8.csv", "NOM Prénom", 109)],
)
def test_members_names_are_taken_apart_and_twins_meet(shared_data: Path, name: str, title: str, distinct: int) -> None:
    names = [parse_person_name(cell or "") for cell in column(open_table(shared_data / name), title)]
    assert all(n.given and n.family for n in names)
    assert len({same_person_key(n) for n in names}) == distinct


def test_members_phones_and_emails(shared_data: Path) -> None:
    table = open_table(shared_data / "adherents_inventes.csv")
    phones = [phone(cell) for cell in column(table, "Tél") if cell and not absent(cell)]
    assert all(p.e164 and not p.problem for p in phones)
    cells = [cell for cell in column(table, "Mail") if cell and not absent(cell)]
    refused = Counter(p.code for cell in cells if (p := email(cell).problem))
    assert refused == {"space_in_email": 2}


def test_members_consents_are_all_understood(shared_data: Path) -> None:
    for name, title in (
        ("adherents_inventes.csv", "OK annuaire ?"),
        ("adherents_inventes_utf8.csv", "Accord diffusion"),
    ):
        readings = [read_consent(cell) for cell in column(open_table(shared_data / name), title) if cell]
        assert all(r.certain and r.given for r in readings)


def test_opening_hours_of_the_public_desks(shared_data: Path) -> None:
    """13,087 day cells of 2,683 desks: 24 desks whose week is kept whole in the note, for 49 unsure cells."""
    table = open_table(shared_data / "france_services_20221201.csv")
    days = {key: c.index for c in table.columns if c.name.startswith("h_") and (key := day_of_title(c.name))}
    assert list(days) == list(DAYS[:6])
    counts: Counter[str] = Counter()
    for row in table.rows:
        osm, note = from_day_cells({key: row[index] for key, index in days.items()})
        counts["osm" if osm else "note" if note else "nothing"] += 1
        if osm is not None:
            hours = parse_osm(osm)
            assert hours is not None
            assert format_osm(hours) == osm
    assert counts == {"osm": 2537, "note": 24, "nothing": 122}
