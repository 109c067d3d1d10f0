"""The import drawn: the way through by keyboard and by mouse, narrow windows, words that fit, nothing unnamed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QScrollBar, QTableView, QWidget

from appli.presenters.import_wizard_words import Step
from appli.presenters.import_wizard_work import Working
from ui.main_window import Window
from ui.pages.import_wizard import ImportPage
from ui.pages.import_wizard_table import RowsTable
from ui.theme import Scheme, Theme
from ui.widgets.question import QuestionDialog
from ui.widgets.table import TableRole

if TYPE_CHECKING:
    from tests.presenters.conftest import Village

MEMBERS = (
    "Nom;Structure;Compétences;Tél;Mail;CP;Ville;Accord;Remarques",
    "ROUMÉGAS Élise;;ébénisterie;;elise@example.org;48400;Florac;oui;",
    "Mathieu Valdeyron;Granit;;0466000001;;48000;Mende;oui sauf tél;cherche un local",
    "Zoé Essai;Granit;bois;12;zoe@asso.example;48000;Mende;à voir avec elle;",
    ";;fer;;;48000;Mende;non;",
)


@pytest.fixture
def members(tmp_path: Path) -> Path:
    path = tmp_path / "membres.csv"
    path.write_text("\n".join(MEMBERS) + "\n", "utf-8")
    return path


@pytest.fixture
def page(window: Window) -> Iterator[ImportPage]:
    window.presenter.go("import")
    found = window.stack.page
    assert isinstance(found, ImportPage)
    yield found
    for dialog in window.findChildren(QDialog):
        dialog.reject()


@pytest.fixture
def reader(page: ImportPage, members: Path, window: Window) -> ImportPage:
    """The page, a list read."""
    window.presenter.files_given([members])
    return page


def to(page: ImportPage, step: Step) -> ImportPage:
    while page.presenter.step < step:
        page.primary_button.click()
    return page


def words(widget: QWidget) -> list[str]:
    QTest.qWait(1)  # what was just added is shown by the loop of events
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def button(widget: QWidget, text: str) -> QPushButton:
    QTest.qWait(1)
    return next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible())


def cell(table: QTableView, row: int, column: int) -> str:
    return str(table.model().index(row, column).data() or "")


def click(table: RowsTable, row: int, column: int) -> None:
    place = table.visualRect(table.model().index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


# --- the way through


def test_it_begins_with_a_place_for_a_file(page: ImportPage) -> None:
    assert "Déposez une liste ici, ou choisissez un fichier." in words(page)
    assert page.primary_button.text() == "Choisir un fichier…"
    assert page.primary_button.isEnabled()
    assert not page.back_button.isVisible()


def test_a_list_dropped_on_the_window_is_read(reader: ImportPage) -> None:
    table = reader.file.table
    assert table.isVisible()
    assert [table.model().headerData(n, Qt.Orientation.Horizontal) for n in range(3)] == ["Ligne", "Nom", "Structure"]
    assert cell(table, 1, 1) == "Mathieu Valdeyron"
    assert reader.steps.accessibleName() == "Étape 1 sur 4\u00a0: Fichier"


def test_what_is_no_list_is_said_in_the_page(page: ImportPage, window: Window, tmp_path: Path) -> None:
    picture = tmp_path / "photo.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    window.presenter.files_given([picture])
    assert "Ce fichier n’est pas un tableau que Maillage sait lire. Rien n’a changé." in words(page)
    assert button(page, "Choisir un autre fichier…")
    window.presenter.files_given([picture])
    assert words(page).count("Ce fichier n’est pas un tableau que Maillage sait lire. Rien n’a changé.") == 1


def test_another_separator_is_chosen_over_the_preview(reader: ImportPage) -> None:
    menu = reader.file._choices[2][0].menu
    menu.setCurrentIndex(menu.findData(","))
    menu.activated.emit(menu.currentIndex())
    assert reader.file.table.model().columnCount() == 2


def test_the_columns_are_shown_with_what_they_become(reader: ImportPage) -> None:
    table = to(reader, Step.COLUMNS).columns.table
    assert cell(table, 0, 0) == "Nom"
    assert cell(table, 0, 2) == "valeurs masquées\u00a0: noms de personnes"
    assert cell(table, 0, 3) == "Nom"
    assert table.model().index(0, 1).data(TableRole.FILL) == 0.75
    assert "Première fiche obtenue" in words(reader)
    assert "Élise Roumégas" in words(reader)


def test_the_menu_of_a_column_opens_by_entree_and_by_click(reader: ImportPage) -> None:
    view = to(reader, Step.COLUMNS).columns
    for act in (lambda: QTest.keyClick(view.table, Qt.Key.Key_Return), lambda: click(view.table, 0, 3)):
        view.table.setFocus()
        view.table.selectRow(0)
        act()
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        titles = [a.text() for a in menu.actions() if a.text()]
        assert titles[:3] == ["Ne pas importer", "Identité", "Adresse et position"]
        identity = next(a.menu() for a in menu.actions() if a.text() == "Identité")
        assert isinstance(identity, QMenu)
        assert [a.text() for a in identity.actions() if a.isChecked()] == ["Nom"]
        menu.close()


def test_leaving_a_column_by_its_menu(reader: ImportPage) -> None:
    view = to(reader, Step.COLUMNS).columns
    view.table.selectRow(2)
    view._choose_target(2, 3)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[0].trigger()
    menu.close()
    assert reader.presenter.columns.mapping.target("Compétences") is None
    assert view.table.model().rowCount() == 7


def test_the_strip_leads_to_the_answers(reader: ImportPage) -> None:
    view = to(reader, Step.COLUMNS).columns
    button(view.side, "Voir les accords").click()
    assert view.answers.isVisible()
    assert view.tabs.current() == "consents"
    assert cell(view.answers, 0, 0) == "à voir avec elle"
    view._choose_meaning(0, 2)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(a for a in menu.actions() if a.text().startswith("non")).trigger()
    menu.close()
    assert dict(reader.presenter.columns.mapping.consents) == {"à voir avec elle": "non"}
    assert "choisie" in [cell(view.answers, n, 3) for n in range(4)]


def test_the_key_is_chosen_in_its_menu(reader: ImportPage) -> None:
    view = to(reader, Step.COLUMNS).columns
    assert view.key.text() == "Mail, Nom, CP, Ville"
    view._fill_keys()
    next(a for a in view._keys.actions() if a.text().startswith("CP")).trigger()
    assert view.key.text() == "Mail, Nom, Ville"


def test_the_choice_to_remember_stands_in_the_foot(reader: ImportPage) -> None:
    assert not reader.remember.isVisible()
    to(reader, Step.COLUMNS)
    assert reader.remember.isVisible()
    reader.remember.click()
    assert not reader.presenter.columns.remember


def test_the_preview_shows_each_row_and_the_chosen_one_in_full(reader: ImportPage) -> None:
    view = to(reader, Step.PREVIEW).preview
    assert [cell(view.table, n, 1) for n in range(4)] == ["modifiée", "créée", "créée", "écartée"]
    assert "avant" in words(view.side)
    assert "après" in words(view.side)
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert any("peut-être un doublon" in w for w in words(view.side))
    assert button(view.side, "Ouvrir la fiche du même nom")
    QTest.keyClick(view.table, Qt.Key.Key_End)
    assert any("«\u00a0Nom\u00a0» est vide" in w for w in words(view.side))


def test_space_and_a_click_on_the_box_leave_a_row_out(reader: ImportPage) -> None:
    view = to(reader, Step.PREVIEW).preview
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Space)
    assert reader.primary_button.text() == "Importer 2 fiches"
    assert view.all.checkState() is Qt.CheckState.PartiallyChecked
    click(view.table, 1, 0)
    assert reader.primary_button.text() == "Importer 1 fiche"
    assert Qt.CheckState(view.table.model().index(1, 0).data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Unchecked
    click(view.table, 1, 2)
    assert reader.primary_button.text() == "Importer 1 fiche"
    view.all.click()
    assert reader.primary_button.text() == "Importer 3 fiches"
    button(view.side, "Ne pas importer").click()
    assert reader.primary_button.text() == "Importer 2 fiches"


def test_tabs_and_filter_keep_the_pane_in_step(reader: ImportPage) -> None:
    view = to(reader, Step.PREVIEW).preview
    view.tabs.setCurrentIndex(1)
    assert reader.presenter.preview.tab == "created"
    assert "Mathieu Valdeyron" in words(view.side)
    view.filter.edit.setText("zoe")
    assert view.table.model().rowCount() == 1
    assert "Zoé Essai" in words(view.side)
    view.filter.edit.setText("personne de ce nom")
    assert "Aucune ligne ne correspond." in words(view)
    view.filter.edit.clear()
    assert view.table.model().rowCount() == 2


def test_a_doubtful_answer_is_told_over_the_preview(reader: ImportPage) -> None:
    view = to(reader, Step.PREVIEW).preview
    assert any(w.startswith("1 réponse sur l’accord") for w in words(view))
    button(view._answers, "Voir les accords").click()
    assert reader.presenter.step is Step.COLUMNS
    assert reader.columns.answers.isVisible()


def test_the_end_tells_what_was_done_and_how_to_take_it_back(reader: ImportPage, window: Window) -> None:
    to(reader, Step.DONE)
    assert "Import terminé" in words(reader)
    assert reader.journal.isVisible()
    assert cell(reader.journal.table, 0, 3) == "fait"
    button(reader.done, "Annuler l’import…").click()
    dialog = window.findChild(QuestionDialog)
    assert isinstance(dialog, QuestionDialog)
    assert dialog.windowTitle().startswith("Annuler l’import du ")
    assert dialog.buttons["keep"].hasFocus() or dialog.buttons["keep"].isDefault()
    dialog.buttons["yes"].click()
    assert "Import annulé" in words(reader)
    assert cell(reader.journal.table, 0, 3) == "annulé"
    assert not reader.done.undo_button.isVisible()
    reader.give_up_button.click()
    assert reader.journal.isVisible()
    assert "Déposez une liste ici, ou choisissez un fichier." in words(reader)


def test_the_sheets_imported_are_looked_at(reader: ImportPage, window: Window) -> None:
    to(reader, Step.DONE)
    reader.primary_button.click()
    assert window.presenter.page == "annuaire"
    assert window.presenter.search.query.order == "updated"


def test_a_sheet_is_opened_and_the_preview_found_again(reader: ImportPage, window: Window, village: Village) -> None:
    view = to(reader, Step.PREVIEW).preview
    button(view.side, "Ouvrir").click()
    assert window.presenter.page == "annuaire"
    window.presenter.go("import")
    assert reader.presenter.step is Step.PREVIEW
    assert view.table.isVisible()


def test_work_takes_the_place_of_the_step(reader: ImportPage) -> None:
    to(reader, Step.PREVIEW)
    worker = reader.presenter.worker
    worker.working = Working("Import", "Arrêter ne laisse rien à moitié fait.", 640, 1512, "640 sur 1\u202f512")
    reader.show_work(worker.working)
    reader.show_step()
    assert reader.work.isVisible()
    assert "640 sur 1\u202f512" in words(reader.work)
    assert not reader.primary_button.isEnabled()
    assert reader.work.stop_button.hasFocus() or not reader.window().isActiveWindow()
    last = Working("Mise à jour de la recherche", "Tout est enregistré.", stoppable=False)
    reader.show_work(last)
    assert not reader.work.stop_button.isVisible()
    worker.working = None
    reader.show_step()
    assert reader.preview.table.isVisible()


# --- rules of every page


def tables_over(widget: QWidget) -> list[str]:
    """Tables wider than the room they have."""
    found = []
    for table in widget.findChildren(RowsTable):
        if table.isVisible() and table.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            header = table.horizontalHeader()
            if header.length() > table.viewport().width():
                found.append(f"{table.accessibleName()}: {header.length()} > {table.viewport().width()}")
    return found


def cut_labels(widget: QWidget) -> list[str]:
    """Words that do not fit their label, unless they wrap or are elided."""
    found = []
    for label in widget.findChildren(QLabel):
        if (
            not label.isVisible()
            or label.wordWrap()
            or not label.text()
            or type(label).__name__ not in ("TextLabel", "QLabel")
        ):
            continue
        if label.fontMetrics().horizontalAdvance(label.text()) > label.width() and not label.toolTip():
            found.append(label.text())
    return found


def bars_across(widget: QWidget) -> list[QScrollBar]:
    return [
        bar
        for bar in widget.findChildren(QScrollBar)
        if bar.isVisible()
        and bar.orientation() is Qt.Orientation.Horizontal
        and not isinstance(bar.parent().parent(), RowsTable)
    ]


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_every_step_fits_at_every_size(
    reader: ImportPage, window: Window, theme: Theme, scale: float, scheme: Scheme
) -> None:
    theme.scale = scale
    theme.set_scheme(scheme)
    for step in Step:
        to(reader, step)
        QTest.qWait(1)
        assert window.width() == 1366
        assert not tables_over(reader), step
        assert not cut_labels(reader), step
        assert not bars_across(reader), step
        image = QImage(reader.size(), QImage.Format.Format_RGB32)
        reader.render(image)
        assert len({image.pixel(x, y) for x in range(0, image.width(), 37) for y in range(0, image.height(), 29)}) > 3


def test_everything_that_takes_the_focus_has_a_name(reader: ImportPage) -> None:
    for step in Step:
        to(reader, step)
        for widget in reader.findChildren(QWidget):
            stops = (
                widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.focusProxy() is None
            )
            text = getattr(widget, "text", lambda: "")()
            if stops:
                assert widget.accessibleName() or text, f"{step.name}: {widget!r}"


def test_tab_walks_through_and_f6_goes_from_pane_to_pane(reader: ImportPage, window: Window) -> None:
    to(reader, Step.PREVIEW)
    panes = reader.panes()
    assert len(panes) == 3
    reached = set()
    reader.preview.table.setFocus()
    for _n in range(40):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused is not None:
            reached.add(focused)
    assert reader.primary_button in reached or not window.isActiveWindow()


def test_narrow_windows_put_the_pane_under_the_table(reader: ImportPage, window: Window) -> None:
    to(reader, Step.COLUMNS)
    assert reader.steps.isVisible()
    window.resize(900, 650)
    QTest.qWait(1)
    assert not reader.steps.isVisible()
    assert "Étape 2 sur 4\u00a0: Colonnes" in words(reader)
    side, table = reader.columns.side, reader.columns.table
    assert side.mapTo(reader, side.rect().topLeft()).y() > table.mapTo(reader, table.rect().bottomLeft()).y()
    window.resize(1366, 698)
    QTest.qWait(1)
    assert side.mapTo(reader, side.rect().topLeft()).x() > table.mapTo(reader, table.rect().topRight()).x()


def test_thousands_of_rows_make_no_widgets(page: ImportPage, window: Window, tmp_path: Path) -> None:
    path = tmp_path / "grande.csv"
    path.write_text("id;nom\n" + "".join(f"{n};Lieu {n}\n" for n in range(10_000)), "utf-8")
    window.presenter.files_given([path])
    to(page, Step.COLUMNS)
    page.presenter.columns.set_kind("place")
    before = len(page.findChildren(QWidget))
    to(page, Step.PREVIEW)
    assert page.preview.table.model().rowCount() == 10_000
    assert len(page.findChildren(QWidget)) < before + 60
    page.preview.filter.edit.setText("Lieu 9999")
    assert page.preview.table.model().rowCount() == 1
