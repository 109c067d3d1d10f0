"""What a column seems to hold."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from appli.formats.profile import ColumnProfile, profile
from appli.formats.table import Table, make_columns


def column(title: str, values: Sequence[str | None]) -> ColumnProfile:
    rows = [(value,) for value in values]
    return profile(Table("liste", make_columns([title], 1), rows, range(len(rows))))[0]


@pytest.mark.parametrize(
    ("title", "values", "looks"),
    [
        ("Où", ["a@asso.example", "b@asso.example"], "email"),
        ("Joindre", ["06 12 34 56 78", "612345678", "+33(0)466650000"], "phone"),
        ("CP", ["48000", "1000", "0"], "postcode"),
        ("Prix", ["48000", "1000"], "text"),
        ("code_insee", ["48095", "2A004"], "insee"),
        ("Lat", ["44,5", "44.6"], "lat"),
        ("longitude", ["-1.5", "3"], "lon"),
        ("Largeur", ["-1.5", "3"], "text"),
        ("Adhésion", ["01/09/2024", "mars 2023"], "date"),
        ("OK annuaire ?", ["oui", "non", "oui sauf tél"], "consent"),
        ("Accord", [f"remarque {n}" for n in range(50)], "text"),
        ("h_lundi", ["09:00 - 12:00", "fermé 9h-12h", "14h-18h", "9h-12h", "8h-12h"], "hours"),
        ("Quand", ["lundi 9h-12h", "9h-12h / 14h-18h"], "hours"),
        ("Site", ["www.exemple.fr", "exemple.org"], "web"),
        ("ID", ["1", "2"], "id"),
        ("ID", ["1", "1"], "text"),
        ("Nom du lieu", ["La Forge", "Le Four"], "name"),
        ("Remarques", ["cherche un local"], "text"),
        ("Vide", [None, "néant", "-"], None),
    ],
)
def test_titles_and_values_are_both_asked(title: str, values: Sequence[str | None], looks: str | None) -> None:
    assert column(title, values).looks_like == looks


def test_fill_and_samples_leave_out_what_says_nothing() -> None:
    found = column(
        "Mail", ["pas de mail", "a@asso.example", None, "a@asso.example", "b@asso.example", "c@asso.example"]
    )
    assert found.filled_share == pytest.approx(4 / 6)
    assert (found.distinct, found.samples) == (3, ("a@asso.example", "b@asso.example", "c@asso.example"))
    assert column("CP", ["0", "48000"]).filled_share == pytest.approx(1 / 2)


@pytest.mark.parametrize(
    ("title", "values", "personal"),
    [
        ("Contact", [None], True),
        ("prénom", ["Noé"], True),
        ("Qui", ["DE LA FICTION Noé", "Testard, Philémon"], True),
        ("Nom", ["La Forge", "Atelier du Causse"], False),
        ("Ville", ["Mende", "Florac"], False),
        ("x", ["a@asso.example"], True),
        ("y", ["06 12 34 56 78"], True),
    ],
)
def test_columns_about_people_are_marked(title: str, values: Sequence[str | None], personal: bool) -> None:
    assert column(title, values).personal is personal
