"""What rows would do: who is recognised, where values meet, which rows are one, what is read of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from appli.domain.ids import RecordId
from appli.errors import Cancelled
from appli.ports import SILENT
from appli.services.directory import Directory
from appli.services.importing.consents import MEANINGS, consent_words, meaning_text, reading_text
from appli.services.importing.describing import first_sheet, in_words
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.planning import ImportPlan
from appli.services.importing.reading import mapping_for, open_list, plan_of, source_name
from tests.fakes import RecordingProgress, StoppedAt
from tests.services.importing_lists import carry_out, directory, edit, make, plan, sheets, words, write

__all__ = ["directory"]


def fates(found: ImportPlan) -> list[str]:
    return [r.status for r in found.rows]


def changes(found: ImportPlan) -> dict[str, list[str]]:
    return {r.title: [c.name for c in r.changes] for r in found.rows if r.changes}


# --- who is recognised


def test_the_same_list_again_changes_nothing(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "id;nom;résumé;tel;ville", "1;A;un;0466000001;Mende", "2;B;deux;;Florac")
    assert carry_out(directory, listed, "place").created == 2
    assert fates(plan(directory, listed, "place")) == ["unchanged", "unchanged"]


def test_an_id_recognises_whatever_else_changed(directory: Directory, tmp_path: Path) -> None:
    carry_out(directory, write(tmp_path, "id;nom;ville", "1;A;Mende"), "place")
    found = plan(directory, write(tmp_path, "id;nom;ville", "1;Tout autre;Florac"), "place")
    assert changes(found) == {"Tout autre": ["title", "commune"]}


def test_the_id_of_one_source_says_nothing_of_another(directory: Directory, tmp_path: Path) -> None:
    carry_out(directory, write(tmp_path, "id;nom", "1;A"), "place")
    found = plan(directory, write(tmp_path, "id;nom", "1;Autre chose", name="autre"), "place")
    assert fates(found) == ["created"]


def test_name_and_place_recognise_in_any_writing(directory: Directory, tmp_path: Path) -> None:
    make(directory, "person", name="Loïc Le Démo", commune="Mende")
    found = plan(directory, write(tmp_path, "Nom;CP;Ville;Compétences", "LE DÉMO Loïc;48000;MENDE;bois"), "person")
    assert fates(found) == ["changed"]
    assert changes(found) == {"Loïc Le Démo": ["address", "skills"]}


def test_a_namesake_elsewhere_is_told_and_never_merged(directory: Directory, tmp_path: Path) -> None:
    here = make(directory, "person", name="Loïc Le Démo", commune="Mende")
    found = plan(directory, write(tmp_path, "Nom;CP;Ville;Compétences", "Loïc Le Démo;48400;Florac;bois"), "person")
    assert fates(found) == ["created"]
    assert [(r.code, r.record) for r in found.rows[0].remarks] == [("suspected_twin", here)]


def test_an_email_recognises_only_with_the_name(directory: Directory, tmp_path: Path) -> None:
    make(directory, "person", name="Loïc Le Démo", email="couple@asso.example", commune="Mende")
    listed = write(
        tmp_path,
        "Nom;Mail;Ville;Compétences",
        "Loïc Le Démo;couple@asso.example;Florac;bois",
        "Zoé Le Démo;couple@asso.example;Florac;fer",
    )
    assert fates(plan(directory, listed, "person")) == ["changed", "created"]


def test_what_was_said_last_time_recognises_a_sheet_corrected_here(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "Nom;Compétences", "Loic Ledemo;bois", "Zoé Essai;fer")
    carry_out(directory, listed, "person")
    record = sheets(directory, "person")["Loic Ledemo"].id
    edit(directory, record, name="Loïc Le Démo", commune="Mende")
    assert fates(plan(directory, listed, "person")) == ["unchanged", "unchanged"]


def test_the_key_columns_that_were_chosen_decide(directory: Directory, tmp_path: Path) -> None:
    make(directory, "place", title="Atelier", commune="Mende", capacity="12")
    listed = write(tmp_path, "nom;ville;capacité", "Atelier;Florac;12")
    by_name = mapping_for(directory, listed, "liste", "place", ["nom"])
    assert fates(plan_of(directory, listed, by_name)) == ["changed"]
    by_both = mapping_for(directory, listed, "liste", "place", ["nom", "ville"])
    assert fates(plan_of(directory, listed, by_both)) == ["created"]
    by_other = mapping_for(directory, listed, "liste", "place", ["capacité"])
    assert fates(plan_of(directory, write(tmp_path, "nom;ville;capacité", "Halle;Florac;12"), by_other)) == ["changed"]


def test_a_trashed_sheet_recognises_nothing(directory: Directory, tmp_path: Path) -> None:
    from appli.services.editing import trash

    listed = write(tmp_path, "id;nom", "1;A")
    carry_out(directory, listed, "place")
    trash(directory, [sheets(directory)["A"].id])
    assert fates(plan(directory, listed, "place")) == ["created"]


# --- rows that are one


def test_a_person_typed_twice_becomes_one_with_all_that_was_said(directory: Directory, tmp_path: Path) -> None:
    listed = write(
        tmp_path,
        "Nom;Ville;Tél;Structure;Compétences",
        "LE DÉMO Loïc;Mende;0466000001;Granit;bois",
        "Loïc Le Démo;Mende;0600000002;Laine;Bois, fer",
    )
    found = plan(directory, listed, "person")
    assert fates(found) == ["created", "unchanged"]
    assert [r.code for r in found.rows[1].remarks] == ["twin"]
    draft = found.rows[0].draft
    assert draft.lists == {"phone": ["04 66 00 00 01"], "skills": ["bois", "fer"], "mobile": ["06 00 00 00 02"]}
    assert draft.organizations == ("Granit", "Laine")
    carry_out(directory, listed, "person")
    assert set(sheets(directory, "organization")) == {"Granit", "Laine"}


@pytest.mark.parametrize("answers", [("oui", "non"), ("non", "oui"), ("oui", "oui sauf tél")])
def test_of_two_answers_the_narrower_counts(directory: Directory, tmp_path: Path, answers: tuple[str, str]) -> None:
    lines = [f"Loïc Le Démo;Mende;{answer};bois" for answer in answers]
    found = plan(directory, write(tmp_path, "Nom;Ville;Accord;Compétences", *lines), "person")
    kept = found.rows[0].draft
    assert kept.consent is not None
    assert kept.consent.text == min(answers, key=("non", "oui sauf tél", "oui").index)
    assert "consent_unsure" in [r.code for r in kept.remarks]
    assert (kept.audience is not None) == ("non" in answers)


# --- where values meet


@pytest.fixture
def imported(directory: Directory, tmp_path: Path) -> dict[str, RecordId]:
    """Three places from a list, one of them edited here since."""
    listed = write(
        tmp_path, "id;nom;résumé;tel;ville", "1;A;un;0466000001;Mende", "2;B;deux;0466000002;Mende", "3;C;trois;;"
    )
    carry_out(directory, listed, "place")
    ids = {title: e.id for title, e in sheets(directory).items()}
    edit(directory, ids["A"], summary="écrit ici")
    return ids


def test_an_edit_here_stays_while_the_file_stays(
    directory: Directory, tmp_path: Path, imported: dict[str, RecordId]
) -> None:
    found = plan(directory, write(tmp_path, "id;nom;résumé;tel;ville", "1;A;un;0466000001;Mende"), "place")
    assert fates(found) == ["unchanged"]


def test_the_file_alone_changed_and_wins(directory: Directory, tmp_path: Path, imported: dict[str, RecordId]) -> None:
    listed = write(tmp_path, "id;nom;résumé;tel;ville", "2;B;DEUX;0466000009;Mende")
    found = plan(directory, listed, "place")
    assert [(c.name, c.old, c.new, c.both) for c in found.rows[0].changes] == [
        ("summary", "deux", "DEUX", False),
        ("phone", "04 66 00 00 02", "04 66 00 00 09", False),
    ]
    carry_out(directory, listed, "place")
    assert sheets(directory)["B"].values["summary"] == "DEUX"
    assert words(directory, imported["B"], "phone") == ["04 66 00 00 09"]


def test_both_sides_changed_and_both_are_kept(
    directory: Directory, tmp_path: Path, imported: dict[str, RecordId]
) -> None:
    listed = write(tmp_path, "id;nom;résumé;tel;ville", "1;A;UN;0466000001;Mende")
    change = plan(directory, listed, "place").rows[0].changes[0]
    assert (change.old, change.new, change.both) == ("écrit ici", "UN", True)
    carry_out(directory, listed, "place")
    assert {s.value for s in sheets(directory)["A"].siblings["summary"]} == {"écrit ici", "UN"}
    assert fates(plan(directory, listed, "place")) == ["unchanged"]


def test_a_cell_emptied_in_the_file_empties_the_field(
    directory: Directory, tmp_path: Path, imported: dict[str, RecordId]
) -> None:
    listed = write(tmp_path, "id;nom;résumé;tel;ville", "1;A;;;Mende", "2;B;;;Mende")
    carry_out(directory, listed, "place")
    found = sheets(directory)
    assert found["A"].values["summary"] == "écrit ici"
    assert "summary" not in found["B"].values
    assert words(directory, imported["B"], "phone") == []


def test_a_column_no_longer_imported_empties_nothing(
    directory: Directory, tmp_path: Path, imported: dict[str, RecordId]
) -> None:
    shorter = write(tmp_path, "id;nom", "1;A", "2;B", "3;C")
    assert fates(plan(directory, shorter, "place")) == ["unchanged"] * 3
    carry_out(directory, write(tmp_path, "id;nom", "1;A", "2;Bé", "3;C"), "place")
    assert words(directory, imported["B"], "phone") == ["04 66 00 00 02"]
    whole = write(
        tmp_path, "id;nom;résumé;tel;ville", "1;A;un;0466000001;Mende", "2;Bé;deux;0466000002;Mende", "3;C;trois;;"
    )
    assert fates(plan(directory, whole, "place")) == ["unchanged"] * 3


def test_a_list_without_streets_keeps_the_streets_that_are_here(directory: Directory, tmp_path: Path) -> None:
    make(
        directory, "place", title="A", commune="Mende", **{"address.street": "1 rue Haute", "address.postcode": "48000"}
    )
    assert fates(plan(directory, write(tmp_path, "nom;cp;ville;capacité", "A;48000;Mende;"), "place")) == ["unchanged"]


def test_a_new_answer_is_noted_and_a_refusal_is_told(directory: Directory, tmp_path: Path) -> None:
    head = "Nom;Ville;Accord;Structure;Compétences"
    carry_out(directory, write(tmp_path, head, "Zoé Essai;Mende;oui;;bois", "Noé Essai;Mende;oui;Laine;"), "person")
    listed = write(tmp_path, head, "Zoé Essai;Mende;non;Granit;bois")
    found = plan(directory, listed, "person")
    assert changes(found) == {"Zoé Essai": ["member_of", "consent"]}
    assert [r.code for r in found.rows[0].remarks] == ["refused_screen"]
    carry_out(directory, listed, "person")
    person = sheets(directory, "person")["Zoé Essai"].id
    answers = {c.values["purpose"]: c.values["given"] for c in directory.reads.parts("consent", [person])[person]}
    assert answers["screen"] is False
    assert answers["members_print"] is False
    assert fates(plan(directory, listed, "person")) == ["unchanged"]


def test_a_column_kept_as_it_is_follows_the_file(directory: Directory, tmp_path: Path) -> None:
    mapping = ImportMapping("place", "liste", (("id", "id"), ("nom", "title"), ("note", "extra")))
    carry_out(directory, write(tmp_path, "id;nom;note", "1;A;un"), mapping=mapping)
    listed = write(tmp_path, "id;nom;note", "1;A;deux")
    found = plan(directory, listed, mapping=mapping)
    assert [(c.label, c.old, c.new) for c in found.rows[0].changes] == [("note", "un", "deux")]
    carry_out(directory, listed, mapping=mapping)
    assert [e.values["value"] for e in directory.reads.of_kind("extra")] == ["deux"]


# --- in words


def test_a_row_in_words_before_and_after(directory: Directory, tmp_path: Path, imported: dict[str, RecordId]) -> None:
    found = plan(directory, write(tmp_path, "id;nom;résumé;tel;ville", "2;B;DEUX;0466000002;Florac"), "place")
    told = in_words(directory, found, found.rows[0])
    assert [(s.label, s.old, s.new) for s in told.fields] == [
        ("En une phrase", "deux", "DEUX"),
        ("Commune", "Mende", "Florac Trois Rivières"),
    ]
    assert (told.status, told.record, told.others) == ("changed", imported["B"], 1)


def test_a_new_row_in_words_with_the_structure_made_beside(directory: Directory, tmp_path: Path) -> None:
    found = plan(
        directory, write(tmp_path, "Nom;Structure;Accord;Compétences", "Zoé Essai;Granit;oui sauf tél;bois"), "person"
    )
    told = in_words(directory, found, found.rows[0])
    assert {s.label: s.new for s in told.fields} == {
        "Compétences": "bois",
        "Membre de": "Granit",
        "Accord": "oui\u00a0: à l’écran, annuaire imprimé\u202f; téléphone privé",
    }
    assert told.new_organizations == ("Granit",)


def test_the_first_sheet_is_that_of_the_first_row_one_can_take(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "id;nom;ville", "1;;Mende", "2;B;Mende")
    first = first_sheet(directory, listed, mapping_for(directory, listed, "s", "place"))
    assert first is not None
    assert (first.line, first.title) == (3, "B")
    nameless = ImportMapping("place", "s", (("ville", "commune.name"),))
    assert first_sheet(directory, listed, nameless) is None


# --- the answers


def test_every_writing_of_the_answers_is_shown_the_doubtful_first(directory: Directory, shared_data: Path) -> None:
    listed = open_list(shared_data / "adherents_inventes.csv")
    mapping = mapping_for(directory, listed, "s")
    found = consent_words(listed.table, mapping)
    assert sum(c.count for c in found) == 115
    assert all(c.sure for c in found)
    assert {c.text for c in found} == {
        "oui",
        "OUI",
        "x",
        "non",
        "oui sauf tél",
        "Oui (papier seulement)",
        "accord oral 12/03",
    }
    assert [c.count for c in found] == sorted((c.count for c in found), reverse=True)


def test_what_an_answer_means_can_be_said(tmp_path: Path) -> None:
    listed = write(tmp_path, "Nom;Accord", "A;oui", "B;oui", "C;à voir", "D;oui", "E;non")
    mapping = ImportMapping("person", "s", (("Nom", "name"), ("Accord", "consent")))
    assert next((c.text, c.sure) for c in consent_words(listed.table, mapping)) == ("à voir", False)
    said = {c.text: c for c in consent_words(listed.table, mapping.with_consent("à voir", "non"))}
    assert said["à voir"].sure
    assert not any(said["à voir"].reading.given.values())


def test_the_meanings_offered_leave_no_doubt() -> None:
    told = [meaning_text(m) for m in MEANINGS]
    assert len(set(told)) == len(MEANINGS)
    assert not any("pas compris" in t for t in told)
    from appli.domain.consent_words import read_consent

    assert reading_text(read_consent("peut-être bien")).startswith("pas compris")


# --- sources and progress


def test_a_list_is_known_again_by_its_columns(directory: Directory, tmp_path: Path) -> None:
    carry_out(directory, write(tmp_path, "id;nom;ville", "1;A;Mende", name="liste_2025"), "place")
    again = write(tmp_path, "id;nom;ville", "1;A;Mende", name="liste_2026")
    assert source_name(directory, again) == "liste_2025"
    assert source_name(directory, write(tmp_path, "id;nom", "1;A", name="autre")) == "autre"


def test_planning_tells_how_far_it_is_and_can_be_stopped(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "id;nom", *(f"{n};Lieu {n}" for n in range(500)))
    told = RecordingProgress()
    mapping = mapping_for(directory, listed, "s", "place")
    plan_of(directory, listed, mapping, told)
    assert {label for _n, _t, label in told.steps} == {"Lecture des lignes", "Comparaison avec l’annuaire"}
    assert (400, 500, "Lecture des lignes") in told.steps
    for at in (1, 4, len(told.steps)):
        with pytest.raises(Cancelled):
            plan_of(directory, listed, mapping, StoppedAt(at))
    assert directory.reads.counts() == {}
    plan_of(directory, listed, mapping, SILENT)
