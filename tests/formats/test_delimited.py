"""Separated text as it comes out of forty years of programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from appli.errors import UserError
from appli.formats.tables import open_table

Write = Callable[..., Path]

LINES = (
    "Nom;Métier;Où\r\nÉlodie Inventé;sœur « Œuvre »;Cœur d’Aubrac – été 5 €\r\n"
    "Noé Le Démo;maçon;forêt\r\nAnaïs;élève à l’école;Ça\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_usual_encodings_are_recognised(write: Write, encoding: str) -> None:
    table = open_table(write("liste.csv", LINES, encoding))
    assert table.rows[0] == ("Élodie Inventé", "sœur « Œuvre »", "Cœur d’Aubrac – été 5 €")
    assert [c.name for c in table.columns] == ["Nom", "Métier", "Où"]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("iso8859-15", "iso8859-15"), ("mac-roman", "mac-roman"), ("cp850", "cp850"), ("cp1252", "cp1252")],
)
def test_eight_bit_encodings_are_told_apart_by_french_letters(write: Write, encoding: str, found: str) -> None:
    text = "Nom;Ville\nÉlodie Fée;Saint-Chély\nFrançois Prévôt;Forêt de Mercoire\nHélène Noël;Île-aux-Bœufs à Noël\n"
    if encoding == "cp850":
        text = text.replace("œ", "oe")
    table = open_table(write("liste.csv", text, encoding))
    assert table.encoding == found
    assert table.rows[1] == ("François Prévôt", "Forêt de Mercoire")


def test_another_language_is_left_to_statistics(write: Write) -> None:
    text = "Имя;Город\nАнна Петрова;Москва\nСергей Иванов;Новосибирск\nМария Сидорова;Екатеринбург\n" * 5
    table = open_table(write("liste.csv", text, "cp1251"))
    assert table.rows[0] == ("Анна Петрова", "Москва")


def test_a_line_pasted_from_an_older_list_does_not_spoil_the_others(write: Write) -> None:
    good = "Nom;Ville\n" + "Élodie Inventé;Saint-Chély\n" * 20
    table = open_table(write("liste.csv", good.encode() + "Noé Prévôt;Ispagnac\n".encode("cp1252")))
    assert table.encoding == "utf-8"
    assert table.rows[0] == ("Élodie Inventé", "Saint-Chély")
    assert table.rows[-1] == ("Noé Prévôt", "Ispagnac")


def test_the_encoding_can_be_chosen_when_the_guess_is_wrong(write: Write) -> None:
    path = write("liste.csv", "Nom;Prix\nÉva;5 ¤\n", "iso8859-1")
    assert open_table(path, encoding="latin-1").rows[0] == ("Éva", "5 ¤")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "klingon", "hex", "undefined"])
def test_an_encoding_that_does_not_fit_is_refused(write: Write, encoding: str) -> None:
    with pytest.raises(UserError) as refused:
        open_table(write("liste.csv", "Nom;Ville\nÉlodie;Mende\n", "cp1252"), encoding=encoding)
    assert refused.value.code == "unreadable_encoding"
    assert encoding in refused.value.message


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separators_are_recognised(write: Write, separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (["Nom", "Prénom", "CP"], ["Testard", "Noé", "48000"]))
    assert open_table(write("liste.txt", text)).separator == separator


@pytest.mark.parametrize(
    ("text", "separator", "width"),
    [
        ("Nom;Compétences;Ville\nA;bois, fer, pain;Mende\nB;bois, fer;Mende\nC;photo;Mende\n", ";", 3),
        ("Liste 2024\nNom;Ville\nA, B;Mende, Lozère\nC, D;Florac, Lozère\n", ";", 2),
        ("lat;lon\n44,5;3,5\n44,6;3,6\n", ";", 2),
        ("id,nom,mots\n1,Atelier,bois;fer\n2,Fournil,pain;farine\n", ",", 3),
        ("44,5;3,5\n44,6;3,6\n44,7;3,7\n", ";", 2),
        ("Nom\nÉlodie\nNoé\n", None, 1),
        ('Nom,Adresse\n"Testard, Noé","1; rue du Lac"\n"Lexemple, Aline","2; rue du Lac"\n', ",", 2),
        ('"Nom", "Ville"\n"Testard, Noé", "Mende"\n', ",", 2),
    ],
)
def test_the_separator_survives_what_stands_in_cells(
    write: Write, text: str, separator: str | None, width: int
) -> None:
    table = open_table(write("liste.csv", text))
    assert (table.separator, len(table.columns)) == (separator, width)


def test_a_space_before_a_quotation_mark_is_no_part_of_the_cell(write: Write) -> None:
    table = open_table(write("liste.csv", '"Nom", "Ville"\n"Testard", "Mende, Lozère"\n'))
    assert table.rows == [("Testard", "Mende, Lozère")]


def test_the_separator_excel_announces_is_believed(write: Write) -> None:
    table = open_table(write("liste.csv", "sep=|\nNom|Ville\nNoé;Anne|Mende\n"))
    assert table.rows == [("Noé;Anne", "Mende")]
    assert table.line_numbers == [3]


def test_the_separator_can_be_chosen(write: Write) -> None:
    table = open_table(write("liste.csv", "a:b;c:d\n1:2;3:4\n"), separator=":")
    assert [len(row) for row in table.rows] == [3]


def test_quoted_line_breaks_keep_line_numbers_true(write: Write) -> None:
    table = open_table(write("liste.csv", 'Nom;Adresse\nA;"1 rue\r\nMende"\nB;"x""y"\n'))
    assert table.rows == [("A", "1 rue\nMende"), ("B", 'x"y')]
    assert table.line_numbers == [2, 4]


def test_ragged_rows_are_kept_and_told(write: Write) -> None:
    table = open_table(write("liste.csv", "a;b;c\n" + "x;y;z\n" * 20 + "1;2\n1;2;3;4;5\n1;2;3;;\n"))
    assert table.rows[-3:] == [("1", "2", None), ("1", "2", "3"), ("1", "2", "3")]
    assert [(p.code, p.line) for p in table.problems] == [("short_row", 22), ("long_row", 23)]
    assert "« 4 », « 5 »".replace(" ", "\u00a0").replace(",\u00a0", ", ") in table.problems[1].message


def test_a_quotation_mark_left_open_costs_its_own_line_only(write: Write) -> None:
    rows = ["Nom;Ville;Note", 'A;Mende;"la Grange', *[f"N{i};Florac;x" for i in range(30)], '"B";"Mende";"fin"']
    table = open_table(write("liste.csv", "\n".join(rows)))
    assert len(table.rows) == 32
    assert table.rows[0] == ("A", "Mende", "la Grange")
    assert table.rows[-1] == ("B", "Mende", "fin")
    assert [(p.code, p.line) for p in table.problems] == [("open_quote", 2)]


def test_inches_and_quoted_words_are_only_text(write: Write) -> None:
    table = open_table(write("liste.csv", 'Nom;Taille\nÉcran;24"\nTuyau;dit "le gros" ici\n'))
    assert [row[1] for row in table.rows] == ['24"', 'dit "le gros" ici']
    assert table.problems == ()


def test_three_hundred_columns_and_names_made_unique(write: Write) -> None:
    titles = ["Nom", "nom", "", "Nom"] + [f"c{i}" for i in range(296)]
    table = open_table(write("large.csv", ";".join(titles) + "\n" + ";".join(["x"] * 300) + "\n"))
    names = [c.name for c in table.columns]
    assert len(names) == 300
    assert names[:4] == ["Nom", "nom (2)", "Colonne 3", "Nom (3)"]
    assert len({n.casefold() for n in names}) == 300


def test_nul_bytes_control_characters_and_odd_spaces_do_not_enter(write: Write) -> None:
    table = open_table(write("liste.csv", "Nom;Ville\nNo\x00é;\u00a0Men\u200bde\u202e \r\ne\u0301te\u0301;\ufeff\n"))
    assert table.rows == [("Noé", "Mende"), ("été", None)]


def test_codes_protected_for_excel_are_unwrapped(write: Write) -> None:
    assert open_table(write("l.csv", 'CP;Nom\n="01000";A\n')).rows == [("01000", "A")]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system(write: Write, ends: str) -> None:
    table = open_table(write("l.csv", ends.join(["Nom;Ville", "A;Mende", "", "B;Florac", ""])))
    assert table.rows == [("A", "Mende"), ("B", "Florac")]
    assert table.line_numbers == [2, 4]


def test_equal_cells_are_one_object(write: Write) -> None:
    table = open_table(write("l.csv", "Nom;Ville\n" + "A;Le Pont-de-Montvert\n" * 3))
    assert table.rows[0][1] is table.rows[2][1]
