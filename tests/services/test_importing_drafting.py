"""What one row says: every kind of column, well and badly filled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appli.app import open_directory
from appli.domain.audience import Audience
from appli.domain.opening_hours import DAYS
from appli.domain.opening_hours_french import from_day_cells
from appli.services.directory import Directory
from appli.services.importing.cells import ContactKeys, Remembered, WeekReader
from appli.services.importing.drafting import Drafter
from appli.services.importing.mapping import ImportMapping
from appli.services.lists import contact_key
from tests.services.importing_lists import draft


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    """Nothing is written here: one serves all."""
    home = tmp_path_factory.mktemp("lecture")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MAILLAGE_CONFIG", str(home / "config"))
        opened = open_directory(home / "annuaire")
        yield opened
        opened.close()


def codes(found: object) -> list[str]:
    return [r.code for r in found.remarks]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "display", "sort"),
    [
        ("INVENTÉ Élodie", "Élodie Inventé", "Inventé Élodie"),
        ("Testard, Dorian", "Dorian Testard", "Testard Dorian"),
        ("Séverin Saint-Exemple ", "Séverin Saint-Exemple", "Saint-Exemple Séverin"),
    ],
)
def test_names_in_any_order(directory: Directory, name: str, display: str, sort: str) -> None:
    found = draft(directory, "person", Nom=("name", name))
    assert (found.values["name"]["display"], found.values["name"]["sort"]) == (display, sort)


@pytest.mark.parametrize("family", ["name.family", "name"])
def test_a_name_in_two_columns(directory: Directory, family: str) -> None:
    found = draft(directory, "person", Nom=(family, "Le Démo"), Prénom=("name.given", "Loïc"))
    assert found.values["name"] == {
        "display": "Loïc Le Démo",
        "sort": "Le Démo Loïc",
        "given": "Loïc",
        "family": "Le Démo",
    }


def test_a_row_without_a_name_is_refused(directory: Directory) -> None:
    found = draft(directory, "place", Nom=("title", None), Tél=("phone", "04 66 00 00 01"))
    assert found.refused
    assert codes(found) == ["no_title"]


def test_the_first_column_that_says_something_wins(directory: Directory) -> None:
    found = draft(
        directory, "place", n=("title", "A"), a=("summary", "néant"), b=("summary", "vrai"), c=("summary", "x")
    )
    assert found.values["summary"] == "vrai"


def test_several_columns_add_to_a_list(directory: Directory) -> None:
    found = draft(
        directory,
        "person",
        n=("name", "Noé Essai"),
        a=("skills", "soudure / compta / paie"),
        b=("skills", "Soudure, anglais (lu, parlé)"),
        c=("social", "@noe"),
        d=("social", "noe.essai"),
    )
    assert found.lists["skills"] == ["soudure", "compta / paie", "Soudure", "anglais (lu, parlé)"]
    assert found.lists["social"] == ["@noe", "noe.essai"]


def test_telephones_go_where_they_belong(directory: Directory) -> None:
    found = draft(directory, "person", n=("name", "Noé Essai"), t=("phone", "0466000001 / 602996023"))
    assert found.lists == {"phone": ["04 66 00 00 01"], "mobile": ["06 02 99 60 23"]}


@pytest.mark.parametrize(
    ("target", "text", "code"),
    [
        ("phone", "06 39 98 41", "bad_phone"),
        ("email", "ndela fiction@asso.example", "space_in_email"),
        ("email", "a@asso.example, b@asso.example", "several_emails"),
        ("web", "pas un site", "bad_web"),
        ("capacity", "beaucoup", "bad_value"),
    ],
)
def test_what_is_not_understood_is_kept_as_it_is(directory: Directory, target: str, text: str, code: str) -> None:
    found = draft(directory, "place", Nom=("title", "A"), Colonne=(target, text))
    assert codes(found) == [code]
    assert found.extras == {"Colonne": text}
    assert not found.lists.get(target)


@pytest.mark.parametrize("text", ["pas de mail", "néant", "-", "#N/A", " "])
def test_nothing_is_nothing(directory: Directory, text: str) -> None:
    found = draft(directory, "place", Nom=("title", "A"), m=("email", text), r=("summary", text), t=("phone", text))
    assert not found.lists.get("email")
    assert not found.lists.get("phone")
    assert "summary" not in found.values
    assert not found.remarks


def test_a_commune_by_name_and_postcode(directory: Directory) -> None:
    found = draft(
        directory, "place", n=("title", "A"), c=("commune.name", "St Chély d'Apcher"), p=("address.postcode", "48200")
    )
    assert found.values["commune"]["insee"] == "48140"
    assert found.values["address"] == {"postcode": "48200"}


def test_a_commune_nobody_knows_stays_open(directory: Directory) -> None:
    found = draft(directory, "place", n=("title", "A"), c=("commune.name", "Zzyzx-les-Bains"))
    assert found.values["commune"] == {"name": "Zzyzx-les-Bains"}
    assert "commune_open" in codes(found)


def test_rows_of_one_commune_share_its_value(directory: Directory) -> None:
    drafter = Drafter(directory, ImportMapping("place", "s", (("n", "title"), ("c", "commune.name"))), ["n", "c"])
    one, other = drafter.draft(1, ["A", "Mende"]), drafter.draft(2, ["B", "MENDE"])
    assert one.values["commune"] is other.values["commune"]


def test_a_postcode_that_lost_its_zero_and_one_that_is_zero(directory: Directory) -> None:
    found = draft(
        directory, "place", n=("title", "A"), c=("commune.name", "Bourg-en-Bresse"), p=("address.postcode", "1000")
    )
    assert found.values["address"] == {"postcode": "01000"}
    found = draft(directory, "place", n=("title", "A"), c=("commune.name", "Mende"), p=("address.postcode", "0"))
    assert "address" not in found.values
    assert not found.remarks


def test_a_position_crossed_or_nowhere(directory: Directory) -> None:
    crossed = draft(
        directory,
        "place",
        n=("title", "A"),
        c=("commune.name", "Mende"),
        y=("position.lat", "3,499"),
        x=("position.lon", "44,518"),
    )
    assert (crossed.values["position"]["lat"], crossed.values["position"]["lon"]) == (44.518, 3.499)
    assert crossed.values["position"]["source"] == "file"
    assert crossed.remarks
    nowhere = draft(directory, "place", n=("title", "A"), y=("position.lat", "0"), x=("position.lon", "0"))
    assert "position" not in nowhere.values


def test_hours_by_day_by_week_and_unsayable(directory: Directory) -> None:
    days = draft(
        directory,
        "place",
        n=("title", "A"),
        mo=("opening_hours.mo", "09:00 - 12:00 / 13:30 - 17:00"),
        tu=("opening_hours.tu", "09:00 - 12:00 / 13:30 - 17:00"),
        we=("opening_hours.we", "fermé"),
    )
    assert days.values["opening_hours"] == "Mo,Tu 09:00-12:00,13:30-17:00; We off"
    week = draft(directory, "place", n=("title", "A"), h=("opening_hours", "lundi au vendredi 9h-17h"))
    assert week.values["opening_hours"] == "Mo-Fr 09:00-17:00"
    odd = draft(
        directory,
        "place",
        n=("title", "A"),
        mo=("opening_hours.mo", "le matin si Paul est là"),
        tu=("opening_hours.tu", "9h-12h"),
        note=("hours_note", "fermé en août"),
    )
    assert "opening_hours" not in odd.values
    assert odd.values["hours_note"].startswith("Lundi")
    assert odd.values["hours_note"].endswith("— fermé en août")


CELLS = st.sampled_from(
    ["", "-", "9h-12h", "09:00 - 12:00 / 14:00 - 18:00", "fermé", "sur rendez-vous", "quand on veut"]
)


@settings(deadline=timedelta(seconds=2))
@given(st.dictionaries(st.sampled_from(DAYS), CELLS))
def test_remembered_days_read_as_the_plain_ones(cells: dict[str, str]) -> None:
    assert WeekReader()(cells) == from_day_cells(cells)


@given(st.lists(st.text(max_size=3), max_size=60))
def test_what_is_remembered_is_what_was_read(texts: list[str]) -> None:
    assert [Remembered(str.upper)(t) for t in texts] == [t.upper() for t in texts]


def test_a_contact_key_learnt_is_the_one_worked_out() -> None:
    keys = ContactKeys()
    keys.learn("06 39 98 41 07", "+33639984107")
    for type_, word in (
        ("phone", "06 39 98 41 07"),
        ("mobile", "0639984107"),
        ("web", "https://A.fr/"),
        ("email", "A@b.fr"),
    ):
        assert keys(type_, word) == contact_key(type_, word)


@pytest.mark.parametrize(
    ("text", "organizations", "status"),
    [
        ("Atelier  bois du Causse", ["Atelier bois du Causse"], None),
        ("micro-entreprise", [], ["independent"]),
        ("M. le Maire", [], ["elected"]),
        ("sans", [], None),
    ],
)
def test_the_column_of_the_organization(
    directory: Directory, text: str, organizations: list[str], status: list[str] | None
) -> None:
    found = draft(directory, "person", n=("name", "Noé Essai"), s=("member_of", text))
    assert (list(found.organizations), found.values.get("status")) == (organizations, status)


def test_answers_in_words(directory: Directory) -> None:
    closed = draft(directory, "person", n=("name", "Noé Essai"), a=("consent", "oui sauf tél"))
    assert closed.closed == ("phone",)
    assert closed.consent is not None
    assert closed.consent.given == {"screen": True, "members_print": True}
    assert closed.audience is None
    refused = draft(directory, "person", n=("name", "Noé Essai"), a=("consent", "non"))
    assert refused.audience is Audience.PRIVATE
    unsure = draft(directory, "person", n=("name", "Noé Essai"), a=("consent", "à voir avec sa sœur"))
    assert codes(unsure) == ["consent_unsure"]
    assert unsure.consent is not None
    assert not unsure.consent.given


def test_a_person_says_what_an_answer_means(directory: Directory) -> None:
    columns = (("n", "name"), ("a", "consent"))
    mapping = ImportMapping("person", "s", columns).with_consent("voir sa sœur", "oui sauf tél")
    found = Drafter(directory, mapping, ["n", "a"]).draft(1, ["Noé Essai", "voir  sa sœur"])
    assert not found.remarks
    assert found.closed == ("phone",)
    assert found.consent is not None
    assert found.consent.text == "voir sa sœur"


def test_what_is_kept_as_it_is_is_remembered_too(directory: Directory) -> None:
    found = draft(
        directory, "person", n=("name", "Noé Essai"), r=("extra", "cherche un local"), s=("member_of", "Granit")
    )
    assert found.extras == {"r": "cherche un local"}
    assert found.said["extra:r"] == "cherche un local"
    assert found.said["link:member_of"] == ["Granit"]
