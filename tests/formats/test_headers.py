"""Which line holds the column titles, when there are titles above the list, or none at all."""

from __future__ import annotations

import pytest

from appli.errors import UserError
from appli.formats.headers import assemble


def lines(*rows: str) -> list[tuple[int, list[str | None]]]:
    return [(n, [cell or None for cell in row.split(";")]) for n, row in enumerate(rows, 1)]


@pytest.mark.parametrize(
    ("rows", "header_line", "titles", "first"),
    [
        (["Nom;Ville;CP", "A;Mende;48000"], 1, 0, "A"),
        (["Adhérents 2024;;", ";;", "Nom;Ville;CP", "A;Mende;48000", "B;Florac;48400"], 3, 1, "A"),
        (["Asso du Causse;;;", "le 12/03/2024;;;", "Nom;Ville;CP;Tél", "A;Mende;48000;0601020304"], 3, 2, "A"),
        (["Asso;du Causse;;", "Nom;Ville;CP;Tél", "A;Mende;48000;0601020304"], 2, 1, "A"),
        (["A;Mende;48000", "B;Florac;48400"], 0, 0, "A"),
        (["a@asso.example", "b@asso.example"], 0, 0, "a@asso.example"),
        (["Commune;2019;2020", "Mende;12;13", "Florac;5;6"], 1, 0, "Mende"),
        (["Nom;12/03/2024;19/03/2024", "A;x;", "B;;x"], 1, 0, "A"),
        (["Nom;;Ville", "A;Noé;Mende", "B;Aline;Florac"], 1, 0, "A"),
    ],
)  # fmt: skip
def test_the_first_wide_row_decides(rows: list[str], header_line: int, titles: int, first: str) -> None:
    body = assemble(lines(*rows))
    assert (body.header_line, len(body.titles), body.rows[0][0]) == (header_line, titles, first)


def test_a_list_without_titles_loses_no_row() -> None:
    body = assemble(lines("Testard;Noé;48000", "Lexemple;Aline;", "Démo;Anaïs;48400"))
    assert len(body.rows) == 3
    assert [c.name for c in body.columns] == ["Colonne 1", "Colonne 2", "Colonne 3"]
    assert [c.header for c in body.columns] == [None, None, None]


def test_somebody_may_say_where_the_titles_are() -> None:
    rows = lines("x;y", "Nom;Ville", "A;Mende")
    assert assemble(rows, header=2).titles == ("x y",)
    assert assemble(rows, header=2).columns[0].name == "Nom"
    assert len(assemble(rows, header=0).rows) == 3


@pytest.mark.parametrize("header", [4, 400, 100_000])
def test_a_line_of_titles_that_is_not_there_is_refused(header: int) -> None:
    with pytest.raises(UserError) as refused:
        assemble(lines("Nom;Ville", "A;Mende"), header=header)
    assert refused.value.code == "no_such_header"


def test_titles_far_below_can_be_asked_for() -> None:
    rows = lines(*(["bla;bla"] * 500), "Nom;Ville", "A;Mende")
    assert assemble(rows, header=501).rows == [("A", "Mende")]


@pytest.mark.parametrize("rows", [[], [";;"], ["Nom;Ville;CP"], ["Bonjour"]])
def test_nothing_below_the_titles_is_an_empty_file(rows: list[str]) -> None:
    with pytest.raises(UserError) as refused:
        assemble(lines(*rows))
    assert refused.value.code == "empty_file"


def test_columns_without_a_title_are_kept_when_rows_fill_them() -> None:
    body = assemble(lines("Nom;Ville", *["A;Mende;x"] * 5))
    assert [c.name for c in body.columns] == ["Nom", "Ville", "Colonne 3"]
    assert body.problems == []
