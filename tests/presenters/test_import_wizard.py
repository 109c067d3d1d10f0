"""The import step by step, without a window: what each step says and does, stopping, leaving, coming back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from appli.errors import Cancelled, EnvironmentProblem
from appli.presenters.import_wizard import ImportWizard
from appli.presenters.import_wizard_words import Step
from appli.presenters.import_wizard_work import Working
from appli.presenters.shell import Request
from appli.services.directory import Directory
from appli.services.editing import Assignment, edit_sheet, trash
from tests.presenters.conftest import Village
from tests.presenters.fakes import CallRecorder, FakeShell, InlineJobs

MEMBERS = (
    "Nom;Structure;Compétences;Tél;Mail;CP;Ville;Accord;Remarques",
    "ROUMÉGAS Élise;;ébénisterie;;elise@example.org;48400;Florac;oui;",
    "Mathieu Valdeyron;Granit;;0466000001;;48000;Mende;oui sauf tél;cherche un local",
    "Zoé Essai;Granit;bois;12;zoe@asso.example;48000;Mende;à voir avec elle;",
    ";;fer;;;48000;Mende;non;",
)


@dataclass
class Stage:
    """A wizard, its window, its view."""

    wizard: ImportWizard
    shell: FakeShell
    view: CallRecorder
    folder: Path
    said: list[str] = field(default_factory=list)

    def write(self, *lines: str, name: str = "membres.csv") -> Path:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    def open(self, *lines: str, name: str = "membres.csv") -> None:
        self.wizard.enter(Request(paths=(self.write(*lines, name=name),)))

    def to(self, step: Step) -> None:
        while self.wizard.step < step:
            before = self.wizard.step
            self.wizard.next()
            assert self.wizard.step > before, self.wizard.footer()


@pytest.fixture
def stage(shell: FakeShell, tmp_path: Path) -> Stage:
    view = CallRecorder()
    found = Stage(ImportWizard(shell, view), shell, view, tmp_path)  # type: ignore[arg-type]
    found.wizard.enter(Request())
    return found


# --- the file


def test_it_begins_with_nothing(stage: Stage) -> None:
    foot = stage.wizard.footer()
    assert (foot.primary, foot.reason, foot.can_go_back) == ("Choisir un fichier…", "", False)
    assert stage.shell.status == "Rien n’est encore changé"


def test_a_file_is_read_and_told(stage: Stage) -> None:
    stage.open(*MEMBERS)
    wizard = stage.wizard
    assert wizard.lead() == "membres.csv · 4 lignes, 9 colonnes · accents et séparateur reconnus"
    assert (wizard.file.source, wizard.file.encoding, wizard.file.separator, wizard.file.header) == (
        "membres",
        "utf-8",
        ";",
        "1",
    )
    assert wizard.file.titles()[:2] == ["Nom", "Structure"]
    assert (wizard.file.line(0), wizard.file.cell(0, 0), wizard.file.cell(0, 1)) == (2, "ROUMÉGAS Élise", "")


def test_what_is_no_list_is_refused_in_its_place(stage: Stage) -> None:
    path = stage.folder / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    stage.wizard.enter(Request(paths=(path,)))
    assert stage.wizard.file.problem is not None
    assert stage.wizard.file.problem.message.startswith("Ce fichier n’est pas un tableau que Maillage sait lire.")
    assert stage.wizard.step is Step.FILE
    stage.open(*MEMBERS)
    assert stage.wizard.file.problem is None


def test_a_wrong_guess_is_mended_from_the_same_bytes(stage: Stage) -> None:
    stage.open("Nom;Prénom", "Testard;Noé", "Essai;Zoé")
    (stage.folder / "membres.csv").unlink()
    file = stage.wizard.file
    file.set_encoding("mac-roman")
    assert file.cell(0, 1) == "No√©"
    assert file.guessed_words() == "accents et séparateur choisis"
    file.set_encoding("utf-8")
    file.set_separator(",")
    assert file.titles() == ["Nom;Prénom"]
    file.set_separator(";")
    file.set_header("0")
    assert file.titles() == ["Colonne 1", "Colonne 2"]
    assert file.cell(0, 1) == "Prénom"


def test_the_encoding_that_does_not_fit_is_refused_and_the_file_stays(stage: Stage) -> None:
    stage.open("Nom;Ville", "Zoé;Mende")
    stage.wizard.file.set_encoding("utf-16")
    assert stage.wizard.file.problem is not None
    assert stage.wizard.file.cell(0, 0) == "Zoé"


def test_a_workbook_offers_its_sheets(stage: Stage, shared_data: Path) -> None:
    stage.wizard.enter(Request(paths=(shared_data / "cget_tiers_lieux_2019.xlsx",)))
    file = stage.wizard.file
    assert [o.key for o in file.sheets()] == ["Meta_BDD_TL", "BDD_TL"]
    assert (file.sheet, file.encodings(), file.separators()) == ("BDD_TL", [], [])
    file.set_sheet("Meta_BDD_TL")
    assert (file.sheet, len(file.titles()) < 30) == ("Meta_BDD_TL", True)


def test_title_lines_and_cut_rows_are_told(stage: Stage) -> None:
    stage.open("Liste des adhérents;;", ";;", "Nom;Ville;CP", "Zoé;Mende;48000", "Noé;Florac", name="a.csv")
    titles, cut = stage.wizard.file.oddities()
    assert titles == "Au-dessus des titres, laissé de côté\u00a0: «\u00a0Liste des adhérents\u00a0»."
    assert cut.startswith("1 ligne mal coupée")


def test_one_list_at_a_time(stage: Stage) -> None:
    one, other = stage.write("Nom", "A"), stage.write("Nom", "B", name="b.csv")
    stage.wizard.enter(Request(paths=(one, other)))
    assert stage.wizard.file.name == "membres.csv"
    assert stage.shell.toasts == [("Une liste à la fois\u00a0: voici la première.", False)]


# --- the columns


def test_columns_are_proposed_and_their_state_told(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    columns = stage.wizard.columns
    states = {r.name: (r.target_words, r.state.words, r.samples) for r in columns.rows()}
    assert states["Nom"] == ("Nom", "reconnue", "valeurs masquées\u00a0: noms de personnes")
    assert states["Mail"] == ("Courriel", "reconnue", "valeurs masquées\u00a0: adresses")
    assert states["Accord"] == ("Accord, en mots", "à vérifier", "oui · oui sauf tél · à voir avec elle")
    assert columns.tabs() == [("see", "À voir", 8), ("left", "Laissées", 1), ("consents", "Accords", 4)]
    columns.set_tab("left")
    assert [(r.name, r.target_words, r.state.words) for r in columns.rows()] == [
        ("Remarques", "Ne pas importer", "laissée")
    ]
    assert columns.kind.label == "Personne"
    assert columns.key_words() == "Mail, Nom, CP, Ville"


def test_the_first_sheet_follows_each_choice(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    columns = stage.wizard.columns
    assert columns.first is not None
    assert columns.first.title == "Élise Roumégas"
    columns.set_target("Compétences", "occupation")
    assert ("Métier ou activité", "ébénisterie") in [(s.label, s.new) for s in columns.first.fields]
    columns.set_target("Nom", "")
    assert columns.first is None
    assert stage.wizard.footer().reason.startswith("Aucune colonne ne devient «\u00a0Nom\u00a0»")
    assert [r.state.code for r in columns.rows() if r.name == "Nom"] == []


def test_a_column_by_hand_is_said_to_be_chosen(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    columns = stage.wizard.columns
    columns.set_target("Remarques", "extra")
    columns.set_target("Structure", "occupation")
    words = {r.name: r.state.words for r in columns.rows()}
    assert (words["Remarques"], words["Structure"]) == ("gardée telle quelle", "choisie")


def test_several_columns_of_one_target_complete_each_other(stage: Stage, shared_data: Path) -> None:
    stage.wizard.enter(Request(paths=(shared_data / "cget_tiers_lieux_2019.csv",)))
    stage.to(Step.COLUMNS)
    columns = stage.wizard.columns
    words = {r.name: r.state.words for r in columns.rows()}
    assert (words["NOMCOM"], words["COMINIT"], words["NOM_TL"]) == ("complétée", "complète NOMCOM", "reconnue")
    (strip,) = columns.strips()
    assert (strip.tone, strip.title) == ("info", "NOMCOM")
    assert strip.words == "est vide 9 fois sur 100. «\u00a0Commune\u00a0» sera alors tiré de COMINIT."


def test_a_column_that_names_people_is_to_be_checked(stage: Stage) -> None:
    stage.open("id;nom;contact", "1;Atelier;Zoé Martin", "2;Fournil;Jean Dupuy", "3;Halle;Paul Roux")
    stage.to(Step.COLUMNS)
    stage.wizard.columns.set_kind("place")
    (row,) = [r for r in stage.wizard.columns.rows() if r.name == "contact"]
    assert (row.state.words, row.samples) == ("à vérifier", "valeurs masquées\u00a0: noms de personnes")
    (strip,) = stage.wizard.columns.strips()
    assert (strip.title, strip.words) == ("contact", "nomme des personnes. Ne l’importez qu’avec leur accord.")
    stage.wizard.columns.set_target("contact", "")
    assert not stage.wizard.columns.strips()


def test_another_kind_proposes_anew(stage: Stage) -> None:
    stage.open("id;Nom;Ville", "1;Atelier;Mende", "2;Fournil;Florac")
    stage.to(Step.COLUMNS)
    columns = stage.wizard.columns
    columns.set_kind("organization")
    assert {r.name: r.target for r in columns.rows()} == {"id": "id", "Nom": "title", "Ville": "commune.name"}
    columns.set_kind("person")
    assert {r.name: r.target for r in columns.rows()}["Nom"] == "name"


def test_what_recognises_rows_is_chosen(stage: Stage) -> None:
    stage.open("ref;Nom;Ville;CP", "a;Atelier;Mende;48000", "b;Fournil;Florac;48400")
    stage.to(Step.COLUMNS)
    columns = stage.wizard.columns
    columns.set_kind("place")
    assert columns.key_words() == "ref"
    columns.choose_key("ref")
    assert columns.mapping.foreign_id is None
    assert columns.key_words() == "nom et lieu"
    columns.choose_key("Nom")
    columns.choose_key("Ville")
    assert columns.key_words() == "Nom, Ville"
    columns.choose_key("Nom")
    assert [(k.column, k.chosen, k.alone) for k in columns.key_choices()] == [
        ("ref", False, True), ("Nom", False, False), ("Ville", True, False), ("CP", False, False),
    ]  # fmt: skip
    columns.set_target("Ville", "")
    assert columns.mapping.key == ()


def test_answers_are_understood_or_said(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    columns = stage.wizard.columns
    assert next((c.words, c.state.words) for c in columns.consents()) == ("à voir avec elle", "à vérifier")
    strip = columns.strips()[0]
    assert (strip.tone, strip.title, strip.deed, strip.tab) == ("warning", "Accord", "Voir les accords", "consents")
    assert columns.unsure_words().startswith("1 réponse")
    columns.set_meaning("à voir avec elle", "non")
    told = {c.words: (c.meaning, c.state.words) for c in columns.consents()}
    assert told["à voir avec elle"] == ("non\u00a0: fiche privée, sur ce poste seulement", "choisie")
    assert columns.unsure_words() == ""
    columns.set_meaning("à voir avec elle", None)
    assert columns.unsure_words()


def test_people_without_any_answer_are_told(stage: Stage) -> None:
    stage.open("Nom;Compétences", "Zoé Essai;bois")
    stage.to(Step.COLUMNS)
    assert stage.wizard.columns.strips()[0].title == "Aucune colonne ne dit leur accord."


def test_the_menu_is_grouped(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    menu = dict(stage.wizard.columns.menu())
    assert list(menu) == [
        "Identité", "Adresse et position", "Contact", "Compétences", "Présentation", "Détails", "La liste elle-même",
    ]  # fmt: skip
    assert ("name.given", "Prénom") in menu["Identité"]
    assert ("consent", "Accord, en mots") in menu["Contact"]


def test_a_whole_row_is_read_out_once(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    row = next(r for r in stage.wizard.columns.rows() if r.name == "Tél")
    assert row.spoken == "Tél, remplie à 50\u202f%, devient Téléphone, reconnue"


# --- the preview


def test_the_preview_counts_and_describes(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    preview = stage.wizard.preview
    assert preview.tabs() == [
        ("all", "Tout", 4),
        ("created", "Créées", 2),
        ("changed", "Modifiées", 1),
        ("refused", "Écartées", 1),
    ]
    rows = [preview.row(n) for n in range(4)]
    assert [(r.title, r.state.words, r.ticked) for r in rows if r] == [
        ("Élise Roumégas", "modifiée", True),
        ("Mathieu Valdeyron", "créée", True),
        ("Zoé Essai", "créée", True),
        ("Ligne 5", "écartée", None),
    ]
    assert rows[0] is not None
    assert rows[0].words == "Adresse, compétences, accord, en mots"
    assert rows[2] is not None
    assert "chiffres" in rows[2].words or "numéro" in rows[2].words
    assert stage.wizard.footer().primary == "Importer 3 fiches"
    assert stage.wizard.footer().safe == "Une sauvegarde sera faite avant. Tout pourra être annulé."


def test_the_chosen_row_is_shown_in_full(stage: Stage, village: Village) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    preview = stage.wizard.preview
    assert preview.detail is not None
    (skills,) = [said for said in preview.detail.fields if said.label == "Compétences"]
    assert sorted(skills.old.split(", ")) == ["Menuiserie", "Tournage"]
    assert skills.new == f"{skills.old}, ébénisterie"
    assert preview.detail_words() == "Ligne 2 · 3 champs changent"
    assert preview.leave_words() == "Garder l’ancienne fiche"
    stage.wizard.open_sheet()
    assert stage.shell.visits == [("annuaire", Request(record=village.ids["elise"]))]


def test_a_namesake_may_be_opened(stage: Stage, village: Village) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    preview = stage.wizard.preview
    preview.go_to(1)
    assert preview.detail is not None
    assert preview.detail.remarks[0].code == "suspected_twin"
    assert preview.open_words() == "Ouvrir la fiche du même nom"
    stage.wizard.open_sheet()
    assert stage.shell.visits[-1][1].record == village.ids["mason"]


def test_the_other_line_of_the_same_name(stage: Stage) -> None:
    stage.open("id;nom;ville", "1;Halle;Mende", "2;Fournil;Mende", "3;Halle;Florac", name="lieux.csv")
    stage.to(Step.COLUMNS)
    stage.wizard.columns.set_kind("place")
    stage.to(Step.PREVIEW)
    preview = stage.wizard.preview
    preview.set_text("halle")
    preview.go_to(1)
    assert preview.line_words() == "Voir la ligne 2"
    stage.wizard.look_at_line()
    assert stage.view.last("show_row") == (0,)
    assert preview.count == 3


def test_rows_are_left_out_one_by_one_or_all(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    preview = stage.wizard.preview
    preview.toggle([1])
    assert (preview.left_out, preview.to_import, preview.all_taken()) == ({3}, 2, None)
    preview.toggle([3])
    assert preview.left_out == {3}
    preview.toggle([1, 2])
    assert preview.left_out == set()
    preview.set_all(False)
    assert (preview.to_import, preview.all_taken()) == (0, False)
    assert stage.wizard.footer().reason == "Aucune ligne ne change l’annuaire."
    preview.set_tab("created")
    preview.set_all(True)
    assert preview.to_import == 2
    preview.go_to(0)
    preview.toggle_current()
    assert preview.is_left_out()
    assert preview.leave_words() == "Importer cette ligne"


def test_the_filter_looks_in_names_places_and_remarks(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    preview = stage.wizard.preview

    def found(text: str) -> list[str]:
        preview.set_text(text)
        return [r.title for n in range(preview.count) if (r := preview.row(n))]

    assert found("ELISE") == ["Élise Roumégas"]
    assert found("mende") == ["Mathieu Valdeyron", "Zoé Essai", "Ligne 5"]
    assert found("doublon") == ["Mathieu Valdeyron"]
    assert found("mende zoe") == ["Zoé Essai"]
    assert preview.detail is not None
    assert preview.detail.title == "Zoé Essai"
    assert found("rien de tel") == []
    assert preview.current is None


def test_back_to_the_columns_and_again(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    plan = stage.wizard.preview.plan
    stage.wizard.preview.toggle([1])
    stage.wizard.back()
    stage.wizard.next()
    assert stage.wizard.preview.plan is plan
    stage.wizard.back()
    stage.wizard.columns.set_target("Compétences", "")
    stage.wizard.next()
    assert stage.wizard.preview.plan is not plan
    assert stage.wizard.preview.left_out == {3}


def test_the_directory_changed_meanwhile_is_planned_for_anew(
    stage: Stage, village: Village, as_services: Callable[[Callable[[Directory], Any]], Any]
) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    plan = stage.wizard.preview.plan
    as_services(lambda d: trash(d, [village.ids["elise"]]))
    assert stage.wizard.preview.plan is not plan
    assert [t[0] for t in stage.wizard.preview.tabs()] == ["all", "created", "refused"]
    stage.wizard.leave()
    hidden = stage.wizard.preview.plan
    as_services(lambda d: trash(d, [village.ids["mason"]]))
    assert stage.wizard.preview.plan is hidden
    stage.wizard.enter(Request())
    assert stage.wizard.preview.plan is not hidden


# --- the import itself


def test_importing_tells_what_was_done(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.DONE)
    done = stage.wizard.done
    assert done.title() == "Import terminé"
    assert done.words() == (
        "2 fiches créées et 1 structure, 1 modifiée, 1 ligne écartée. Tout peut être annulé depuis le journal."
    )
    assert done.oddities() == [
        "1 ligne sans nom, écartée",
        "1 doublon possible",
        "1 accord à confirmer",
        "1 téléphone, courriel ou site non compris, gardé tel quel",
    ]
    assert stage.wizard.footer().primary == "Voir les fiches importées"
    assert stage.shell.toasts == []


def test_lines_left_out_are_not_imported(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    stage.wizard.preview.toggle([1, 2])
    stage.wizard.next()
    assert stage.wizard.done.words().startswith("0 fiche créée, 1 modifiée")


def test_it_is_told_elsewhere_when_the_page_was_left(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    stage.wizard.leave()
    stage.wizard.next()
    assert stage.shell.toasts[0][0].startswith("2 fiches créées et 1 structure")


def test_the_sheets_just_imported_come_first(stage: Stage) -> None:
    stage.shell.search.set_text("bois")
    stage.open(*MEMBERS)
    stage.to(Step.DONE)
    stage.wizard.next()
    assert stage.shell.visits[-1][0] == "annuaire"
    assert (stage.shell.search.query.text, stage.shell.search.query.order) == ("", "updated")


def test_remarks_are_saved_aside(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.DONE)
    done = stage.wizard.done
    assert done.remarks_words() == "Enregistrer les 4 remarques…"
    done.save(stage.folder / done.remarks_name())
    assert (stage.folder / "Remarques – membres.csv").exists()
    assert stage.shell.toasts == [("Remarques écrites dans «\u00a0Remarques – membres.csv\u00a0».", False)]
    done.save(stage.folder / "absent" / "x.csv")
    assert isinstance(stage.shell.problems[0], EnvironmentProblem)


def test_the_same_file_again_changes_nothing(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.wizard.columns.remember = True
    stage.to(Step.COLUMNS)
    stage.wizard.columns.set_meaning("à voir avec elle", "oui")
    stage.to(Step.DONE)
    stage.wizard.give_up()
    assert stage.wizard.step is Step.FILE
    assert stage.shell.returns == 0
    stage.open(*MEMBERS)
    assert stage.wizard.file.sources == ("membres",)
    stage.to(Step.COLUMNS)
    assert stage.wizard.columns.mapping.consents == (("à voir avec elle", "oui"),)
    assert {r.state.words for r in stage.wizard.columns.rows()} == {"choisie"}
    stage.to(Step.PREVIEW)
    assert [(t, n) for t, _w, n in stage.wizard.preview.tabs()] == [("all", 4), ("unchanged", 3), ("refused", 1)]
    assert stage.wizard.footer().reason == "Aucune ligne ne change l’annuaire."


def test_choices_are_not_remembered_unless_asked(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    stage.wizard.columns.remember = False
    stage.to(Step.DONE)
    stage.open(*MEMBERS)
    assert stage.wizard.file.sources == ()


def test_another_name_for_the_list_keeps_the_choices(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.COLUMNS)
    stage.wizard.columns.set_target("Remarques", "extra")
    stage.wizard.back()
    stage.wizard.file.set_source("Adhérents")
    stage.wizard.next()
    mapping = stage.wizard.columns.mapping
    assert (mapping.source, mapping.target("Remarques")) == ("Adhérents", "extra")


def test_giving_up_forgets_all_and_returns(stage: Stage) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    stage.wizard.give_up()
    assert (stage.wizard.step, stage.wizard.file.listed, stage.wizard.preview.plan) == (Step.FILE, None, None)
    assert stage.shell.returns == 1


# --- taking back


def test_an_import_is_taken_back_once_one_has_agreed(
    stage: Stage, as_services: Callable[[Callable[[Directory], Any]], Any]
) -> None:
    stage.open(*MEMBERS)
    stage.to(Step.DONE)

    def edit(directory: Directory) -> Any:
        zoe = next(e for e in directory.reads.of_kind("person") if e.title == "Zoé Essai")
        return edit_sheet(directory, zoe, [Assignment("occupation", "=", "Tourneuse")])

    as_services(edit)
    journal = stage.wizard.journal
    journal.view = view = CallRecorder()  # type: ignore[assignment]
    journal.ask_to_undo(stage.wizard.done.seq)
    seq, question = view.last("ask_to_undo")
    assert question.title.startswith("Annuler l’import du ")
    assert "1 redeviendra comme avant" in question.words
    assert "vous avez modifié" in question.words
    assert (question.keep, question.undo) == ("Garder l’import", "Annuler l’import")
    journal.undo(seq)
    assert stage.shell.toasts[-1][0].startswith("Import annulé\u00a0: ")
    assert stage.wizard.done.undone
    assert stage.wizard.done.title() == "Import annulé"
    assert [(line.undone, line.can_undo) for line in journal.lines] == [(True, False)]
    journal.undo(seq)
    assert stage.shell.problems


def test_the_journal_follows_what_is_done_elsewhere(
    stage: Stage, as_services: Callable[[Callable[[Directory], Any]], Any]
) -> None:
    from appli.services.undoing import undo

    stage.open(*MEMBERS)
    stage.to(Step.DONE)
    line = stage.wizard.journal.lines[0]
    assert (line.file, line.undone) == ("membres", False)
    assert line.did == "2 fiches créées et 1 structure, 1 modifiée, 1 ligne écartée"
    as_services(lambda d: undo(d).changes)
    assert stage.wizard.journal.lines[0].undone


# --- long work


class SlowJobs(InlineJobs):
    """Work that waits until `go_on`, tells its steps and can be stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.pending: list[Callable[[], None]] = []
        self.stopped = False
        self.slow = False

    def write(self, work, done=lambda _a: None, failed=None, steps=None):  # type: ignore[no-untyped-def]
        if not self.slow:
            return super().write(work, done, failed, steps)
        jobs = self

        class Progress:
            def step(self, n: int, total: int, label: str = "") -> None:
                if steps:
                    steps(n, total, label)
                if jobs.stopped:
                    raise Cancelled

        def carry_out() -> None:
            try:
                answer = work(Progress())
            except Exception as problem:  # noqa: BLE001
                (failed or self.problems.append)(problem)
            else:
                done(answer)

        self.pending.append(carry_out)
        return self

    def stop(self) -> None:
        self.stopped = True

    def go_on(self) -> None:
        while self.pending:
            self.pending.pop(0)()
        self.stopped = False


@pytest.fixture
def slow(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> SlowJobs:
    jobs = SlowJobs()
    stage.shell.session.jobs = jobs
    jobs.slow = True
    return jobs


def shown(view: CallRecorder) -> list[Working]:
    return [w for name, (w,) in ((n, a) for n, a in view.calls if n == "show_work") if w is not None and name]


def test_work_is_told_and_nothing_else_can_be_done(stage: Stage, slow: SlowJobs) -> None:
    stage.open(*MEMBERS)
    assert shown(stage.view)[-1].what == "Lecture de «\u00a0membres.csv\u00a0»"
    assert stage.wizard.footer().reason == "Un travail est en cours."
    stage.wizard.next()
    stage.wizard.back()
    assert stage.wizard.step is Step.FILE
    slow.go_on()
    assert stage.wizard.file.listed is not None
    assert not stage.wizard.worker.busy


@pytest.mark.parametrize("step", [Step.FILE, Step.COLUMNS, Step.PREVIEW])
def test_stopping_returns_where_one_was(stage: Stage, slow: SlowJobs, step: Step) -> None:
    slow.slow = False
    if step is not Step.FILE:
        stage.open(*MEMBERS)
        stage.to(step)
    slow.slow = True
    if step is Step.FILE:
        stage.open(*MEMBERS)
    else:
        stage.wizard.next()
    stage.wizard.worker.stop()
    slow.go_on()
    assert stage.wizard.step is step
    assert stage.shell.toasts == [("Arrêté. Rien n’a changé.", False)]
    assert stage.wizard.journal.lines == []
    slow.slow = False
    if step is Step.FILE:
        stage.open(*MEMBERS)
    stage.to(Step.DONE)


def test_a_file_given_while_another_is_read_takes_its_place(stage: Stage, slow: SlowJobs) -> None:
    stage.open(*MEMBERS)
    stage.open("Nom;Ville", "Zoé;Mende", name="autre.csv")
    slow.go_on()
    assert stage.wizard.file.name in ("autre.csv", "")
    slow.slow = False
    stage.open("Nom;Ville", "Zoé;Mende", name="autre.csv")
    assert stage.wizard.file.name == "autre.csv"


def test_a_file_given_during_the_import_waits(stage: Stage, slow: SlowJobs) -> None:
    slow.slow = False
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    slow.slow = True
    stage.wizard.next()
    stage.open("Nom", "A", name="autre.csv")
    assert stage.shell.refusals == ["Un import est en cours. Attendez sa fin, ou arrêtez-le."]
    slow.go_on()
    assert stage.wizard.step is Step.DONE


def test_a_full_disk_is_told_and_the_preview_stays(
    stage: Stage, slow: SlowJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow.slow = False
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    full = EnvironmentProblem("disk_full", "Il n’y a plus de place sur le disque.", "Libérez 200 Mo, puis réessayez.")

    def refuse(*_a: object, **_o: object) -> None:
        raise full

    monkeypatch.setattr("appli.store.store.write", refuse)
    stage.wizard.next()
    assert stage.wizard.step is Step.PREVIEW
    assert stage.shell.problems == [full]
    monkeypatch.undo()
    stage.wizard.next()
    assert stage.wizard.step is Step.DONE


def test_reading_only_shows_all_and_imports_nothing(stage: Stage) -> None:
    stage.shell.session.held = EnvironmentProblem("held_elsewhere", "Ouvert ailleurs.")
    stage.open(*MEMBERS)
    stage.to(Step.PREVIEW)
    assert stage.wizard.footer().reason == "Cet annuaire est ouvert en lecture seule."
    stage.wizard.next()
    assert stage.wizard.step is Step.PREVIEW
