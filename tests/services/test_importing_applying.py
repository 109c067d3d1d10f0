"""Carrying out a plan: all or nothing, what is written beside the sheets, what is remembered, taking it back."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from appli.domain.audience import Audience
from appli.errors import Cancelled, EnvironmentProblem, UserError
from appli.services.directory import Directory
from appli.services.importing.applying import AFTERWARDS, apply, cancel_import
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.reading import mapping_for
from appli.services.importing.remarks import count_of, remarks_in_words, save_remarks
from appli.services.importing.taking_back import outlook, past_imports
from appli.services.lists import term_id
from appli.services.undoing import redo, undo
from tests.fakes import RecordingProgress, StoppedAt
from tests.services.importing_lists import carry_out, directory, edit, make, plan, sheets, words, write

__all__ = ["directory"]

MEMBERS = (
    "Nom;Structure;Compétences;Tél;Ville;Accord",
    "Zoé Essai;Granit;bois, Soudure;0466000001;Mende;oui sauf tél",
    "Noé Essai;granit;soudure;0639984107;Mende;non",
    "Ali Essai;;bois;;Florac;x",
)


# --- several records from one row


def test_a_members_list_makes_persons_structures_links_skills_and_answers(directory: Directory, tmp_path: Path) -> None:
    done = carry_out(directory, write(tmp_path, *MEMBERS), "person")
    assert done.by_kind == {"person": 3, "organization": 1}
    people = sheets(directory, "person")
    granit = sheets(directory, "organization")["Granit"]
    links = [(e.values["from_id"], e.values["role"]) for e in directory.reads.where("link", to_id=granit.id)]
    assert sorted(links) == sorted((people[n].id.hex(), "member_of") for n in ("Zoé Essai", "Noé Essai"))
    assert sorted(words(directory, people["Zoé Essai"].id, "skills")) == ["Bois", "Soudure"]
    assert directory.title_of(term_id("skill", "soudure")) == "Soudure"
    assert len(list(directory.reads.of_kind("term"))) == 2
    answers = directory.reads.parts("consent", [people["Ali Essai"].id])[people["Ali Essai"].id]
    assert {a.values["purpose"]: a.values["given"] for a in answers} == {"screen": True, "members_print": True}


def test_who_refuses_stays_private_and_a_closed_telephone_too(directory: Directory, tmp_path: Path) -> None:
    carry_out(directory, write(tmp_path, *MEMBERS), "person")
    people = sheets(directory, "person")
    assert people["Noé Essai"].audience is Audience.PRIVATE
    assert people["Zoé Essai"].audience is Audience.SHARED
    zoe = people["Zoé Essai"].id
    (phone,) = directory.reads.parts("contact_point", [zoe])[zoe]
    assert phone.audience is Audience.PRIVATE


def test_an_organization_that_is_here_is_the_one_meant(directory: Directory, tmp_path: Path) -> None:
    granit = make(directory, "organization", title="GRANIT")
    done = carry_out(directory, write(tmp_path, *MEMBERS), "person")
    assert done.by_kind == {"person": 3}
    assert len(directory.reads.where("link", to_id=granit)) == 2


def test_lines_left_out_leave_nothing_of_theirs(directory: Directory, tmp_path: Path) -> None:
    found = plan(directory, write(tmp_path, *MEMBERS), "person")
    done = apply(directory, found, {2, 3})
    assert (done.created, done.by_kind) == (1, {"person": 1})
    assert set(sheets(directory, "person")) == {"Ali Essai"}
    assert not sheets(directory, "organization")
    assert carry_out(directory, write(tmp_path, *MEMBERS), "person").created == 2


def test_what_is_imported_is_found(directory: Directory, tmp_path: Path) -> None:
    from appli.store.index_model import Query

    carry_out(directory, write(tmp_path, *MEMBERS), "person")
    assert [r.title for r in directory.index.first_page(Query("soudeur"), 10)] == ["Noé Essai", "Zoé Essai"]


def test_ids_and_unforeseen_columns_are_kept_beside(directory: Directory, tmp_path: Path) -> None:
    mapping = ImportMapping("place", "liste", (("ref", "id"), ("nom", "title"), ("zone", "extra")))
    carry_out(directory, write(tmp_path, "ref;nom;zone", "x1;A;nord"), mapping=mapping)
    record = sheets(directory)["A"].id.hex()
    ids = [(e.values["record"], e.values["value"]) for e in directory.reads.of_kind("foreign_id")]
    extras = [(e.values["record"], e.values["key"], e.values["value"]) for e in directory.reads.of_kind("extra")]
    assert (ids, extras) == ([(record, "x1")], [(record, "zone", "nord")])


# --- what was remembered


def test_the_choices_are_remembered_unless_asked_otherwise(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "Nom;Accord;Compétences", "Zoé;à voir;bois")
    chosen = (
        mapping_for(directory, listed, "liste", "person").with_consent("à voir", "oui").with_target("Compétences", None)
    )
    apply(directory, plan(directory, listed, mapping=chosen), remember=False)
    assert mapping_for(directory, listed, "liste") != chosen
    apply(directory, plan(directory, listed, mapping=chosen))
    assert mapping_for(directory, listed, "liste") == chosen
    other = write(tmp_path, "Nom;Accord", "Zoé;oui")
    assert mapping_for(directory, other, "liste").consents == ()


def test_the_counts_of_the_preview_are_those_of_the_import(
    directory: Directory, tmp_path: Path, shared_data: Path
) -> None:
    from appli.services.importing.reading import open_list

    found = plan(directory, open_list(shared_data / "adherents_inventes.csv"))
    expected = {**found.counts}, found.by_kind
    done = apply(directory, found)
    assert ({"created": done.created, "unchanged": done.unchanged}, done.by_kind) == expected
    assert directory.reads.counts()["person"] == done.created


# --- all or nothing


@dataclass
class StoppedOn:
    """Somebody who presses « Arrêter » while that is going on."""

    label: str
    labels: list[str] = field(default_factory=list)

    def step(self, done: int, total: int, label: str = "") -> None:
        self.labels.append(label)
        if label == self.label and done:
            raise Cancelled


def test_stopping_while_writing_leaves_nothing(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "id;nom;tel", *(f"{n};Lieu {n};0466000001" for n in range(100)))
    found = plan(directory, listed, "place")
    with pytest.raises(Cancelled):
        apply(directory, found, progress=StoppedOn("Écriture des fiches"))
    assert directory.reads.counts() == {}
    assert past_imports(directory) == []
    assert directory.store.done() == []
    assert apply(directory, found).created == 100


@pytest.mark.parametrize("at", [1, 2, 3])
def test_stopping_at_any_step_before_the_commit(directory: Directory, tmp_path: Path, at: int) -> None:
    make(directory, "place", title="Déjà là")
    before = directory.store.digest()
    listed = write(tmp_path, "id;nom", *(f"{n};Lieu {n}" for n in range(60)))
    with pytest.raises(Cancelled):
        apply(directory, plan(directory, listed, "place"), progress=StoppedAt(at))
    assert directory.store.digest() == before


def test_stopping_after_the_commit_finishes_what_was_begun(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "id;nom", *(f"{n};Lieu {n}" for n in range(1500)))
    progress = StoppedOn(AFTERWARDS)
    done = apply(directory, plan(directory, listed, "place"), progress=progress)
    assert AFTERWARDS in progress.labels
    assert done.created == 1500
    assert directory.index.stamp() == directory.store.folder.generation
    assert len(past_imports(directory)) == 1


def test_a_backup_comes_first_when_there_is_something_to_lose(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "id;nom", "1;A")
    told = RecordingProgress()
    apply(directory, plan(directory, listed, "place"), progress=told)
    assert directory.store.backups() == []
    apply(directory, plan(directory, write(tmp_path, "id;nom", "2;B"), "place"), progress=told)
    assert len(directory.store.backups()) == 1
    labels = list(dict.fromkeys(label for _n, _t, label in told.steps))
    assert labels == ["Écriture des fiches", "Sauvegarde de l’annuaire"]


# --- the journal, and taking an import back


def test_the_journal_tells_each_import_the_latest_first(directory: Directory, tmp_path: Path) -> None:
    carry_out(directory, write(tmp_path, *MEMBERS, name="membres"), "person")
    carry_out(directory, write(tmp_path, "id;nom;tel", "1;A;12", "2;;0466000001", name="lieux"), "place")
    places, members = past_imports(directory)
    assert (places.file, places.created, places.refused, places.by_kind) == ("lieux", 1, 1, {"place": 1})
    assert places.remarks == {"bad_phone": 1, "no_title": 1}
    assert (members.file, members.created, members.undone, members.undoable) == ("membres", 3, False, True)


def test_taking_back_is_told_before_and_done_so(directory: Directory, tmp_path: Path) -> None:
    make(directory, "person", name="Noé Essai", commune="Mende")
    done = carry_out(directory, write(tmp_path, *MEMBERS), "person")
    zoe = sheets(directory, "person")["Zoé Essai"].id
    edit(directory, zoe, occupation="Tourneuse")
    expected = outlook(directory, done.seq)
    granit = sheets(directory, "organization")["Granit"].id
    assert zoe in expected.kept
    taken = cancel_import(directory, done.seq)
    assert (taken.removed, taken.kept) == (expected.leaving, expected.kept)
    left = sheets(directory, "person")
    assert set(left) == {"Noé Essai", "Zoé Essai"}
    assert left["Zoé Essai"].values["occupation"] == "Tourneuse"
    assert (granit in expected.kept) == bool(sheets(directory, "organization"))
    (line,) = past_imports(directory)
    assert (line.undone, line.undoable) == (True, False)
    with pytest.raises(UserError):
        cancel_import(directory, done.seq)


def test_an_import_and_its_undoing_is_nothing(directory: Directory, tmp_path: Path) -> None:
    make(directory, "place", title="B", summary="avant")
    before = {t: dict(e.values) for t, e in sheets(directory).items()}
    listed = write(tmp_path, "nom;résumé;tel;capacité", "B;après;0466000001;", "C;un;0466000002;4")
    done = carry_out(directory, listed, "place")
    assert (done.created, done.changed) == (1, 1)
    assert outlook(directory, done.seq).restored == 1
    cancel_import(directory, done.seq)
    assert {t: dict(e.values) for t, e in sheets(directory).items()} == before
    assert not sheets(directory)["B"].siblings
    assert carry_out(directory, listed, "place").created == 1


def test_an_import_taken_back_by_annuler_is_told_as_such(directory: Directory, tmp_path: Path) -> None:
    carry_out(directory, write(tmp_path, "id;nom", "1;A"), "place")
    undo(directory)
    assert past_imports(directory)[0].undone
    redo(directory)
    assert set(sheets(directory)) == {"A"}


# --- remarks


def test_remarks_are_gathered_in_words() -> None:
    told = remarks_in_words({"no_title": 1, "suspected_twin": 12, "bad_phone": 2, "bad_email": 1, "insee_unknown": 4})
    assert told == [
        "1 ligne sans nom, écartée",
        "12 doublons possibles",
        "3 téléphones, courriels ou sites non compris, gardés tels quels",
        "4 remarques sur la commune, le code ou la position",
    ]
    assert remarks_in_words({}) == []


def test_remarks_are_saved_for_a_spreadsheet(directory: Directory, tmp_path: Path) -> None:
    listed = write(tmp_path, "id;nom;tel", "1;=HYPERLINK(1);12", "2;;0466000001", "3;C")
    found = plan(directory, listed, "place")
    path = tmp_path / "remarques.csv"
    save_remarks(found, path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 1 + count_of(found)
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["Ligne", "Fiche", "Colonne", "Remarque", "Ce qui arrive"]
    assert {tuple(r[:3]) for r in rows[1:]} == {("4", "", ""), ("2", "'=HYPERLINK(1)", "tel"), ("3", "", "")}


def test_remarks_that_cannot_be_written_are_told(directory: Directory, tmp_path: Path) -> None:
    found = plan(directory, write(tmp_path, "id;nom", "1;"), "place")
    with pytest.raises(EnvironmentProblem):
        save_remarks(found, tmp_path / "absent" / "remarques.csv")
