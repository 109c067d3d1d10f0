"""The form of a sheet in the window: filled in, mended, saved; by the keyboard; at any size of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPlainTextEdit, QPushButton, QWidget

from appli.domain import catalogue
from appli.domain.ids import RecordId
from appli.presenters.shell import FORM, Request
from appli.services.directory import Directory
from appli.services.editing import Assignment, edit_sheet
from appli.services.form_model import Filled, SheetForm
from appli.services.form_reading import form_of, new_form
from appli.services.form_saving import save
from tests.formats.images import photo_file
from tests.presenters.conftest import Village
from tests.ui.pages.whole import cut_words, nameless, rolls_sideways
from tests.ui.windows import close, window_on
from ui.main_window import Window
from ui.pages.form import FormPage
from ui.pages.form_body import FormBody
from ui.pages.form_field import FormField
from ui.pages.form_photos import PhotosPart
from ui.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(village: Village, qapp: QApplication, theme: Theme) -> Iterator[Window]:
    made = window_on(village.folder)
    yield made
    close(made)


def page_for(window: Window, record: RecordId | None = None, kind: str = "") -> FormPage:
    window.presenter.go(FORM, Request(record=record, kind=kind))
    page = window.stack.page
    assert isinstance(page, FormPage)
    return page


def body(page: FormPage) -> FormBody:
    assert page.body is not None
    return page.body


def field(page: FormPage, path: str) -> FormField:
    found = body(page).field(path)
    assert found is not None, path
    return found


def target(page: FormPage, path: str, part: int = 0) -> QWidget:
    """Where one types, of a field or of one of its parts."""
    widget = field(page, path).editor.widget
    inside = [
        w for w in widget.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.focusProxy()
    ]
    return inside[part] if inside else widget


def type_in(page: FormPage, path: str, words: str, part: int = 0) -> None:
    widget = target(page, path, part)
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_End)
    QTest.keyClicks(widget, words)


def enter(line: QWidget, popup: QWidget) -> None:
    """Entrée goes to the list while it is unrolled, as it does for a person."""
    QTest.keyClick(popup if popup.isVisible() else line, Qt.Key.Key_Return)


def rest(window: Window) -> None:
    """Nothing is typed for a moment."""
    jobs: Any = window.presenter.session.jobs
    for channel in [c for c in jobs.waiting if c.startswith("form")]:
        jobs.pass_time(channel)


def press(widget: QWidget, text: str) -> None:
    """Click the visible button with those words."""
    QTest.qWait(1)
    next(b for b in widget.findChildren(QPushButton) if b.text() == text and b.isVisible()).click()


def words(widget: QWidget) -> list[str]:
    """What is written, once what was just added is shown."""
    QTest.qWait(1)
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def read(window: Window, record: RecordId) -> SheetForm:
    answers: list[SheetForm] = []
    window.presenter.session.do(lambda d: form_of(d, record), answers.append)
    return answers[0]


def do(window: Window, work: Callable[[Directory], Any]) -> Any:
    answers: list[Any] = []
    window.presenter.session.do(work, answers.append)
    return answers[0]


def saved(window: Window, page: FormPage) -> SheetForm:
    """Save, and read what the sheet shown is now."""
    page.foot.save_button.click()
    annuaire: Any = window.stack.page
    assert annuaire is not page, page.foot.errors.text()
    return read(window, annuaire.presenter.sheet.page.id)


def test_a_person_is_created(window: Window) -> None:
    page = page_for(window, kind="person")
    assert page.head.title.text() == "Nouvelle fiche\u00a0: personne"
    type_in(page, "name", "Rose")
    type_in(page, "name", "Testard", part=1)
    shown: Any = target(page, "name", part=2)
    assert shown.text() == "Rose Testard"
    type_in(page, "contacts/+mobile/value", "0639984107")
    type_in(page, "occupation", "Vanneuse")
    form = saved(window, page)
    assert form.title == "Rose Testard"
    assert form.by_path["occupation"].content == "Vanneuse"
    contact = form.lists_by_name["contacts"].rows[0]
    assert [q.content for q in contact.questions][:2] == ["mobile", "06 39 98 41 07"]


def test_a_sheet_is_changed(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["mason"])
    assert page.head.title.text() == "Modifier «\u00a0Mathieu Valdeyron\u00a0»"
    type_in(page, "occupation", " et plombier")
    assert saved(window, page).by_path["occupation"].content == "Maçon et plombier"


def test_an_error_is_shown_by_its_field_its_part_and_the_foot_then_mended(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["elise"])
    path = f"contacts/{body(page).lists['contacts'].rows[1].path.split('/')[1]}/value"
    type_in(page, path, "@")
    page.foot.save_button.click()
    assert window.stack.page is page
    assert page.foot.errors.text() == "1 champ à corriger"
    assert page.sections.buttons["contact"].errors == 1
    assert page.sections.buttons["contact"].accessibleName() == "Coordonnées, 1 champ à corriger"
    assert page.sections.buttons["contact"].toolTip() == "1 champ à corriger"
    wrong = field(page, path)
    assert wrong.editor.widget.property("state") == "error"
    assert "L’adresse d’avant reste enregistrée." in wrong.editor.widget.accessibleDescription()
    assert target(page, path).hasFocus()
    QTest.qWait(1)
    assert page.sections.buttons["contact"].isChecked()
    QTest.keyClick(target(page, path), Qt.Key.Key_Backspace)
    rest(window)
    assert not page.foot.errors.isVisible()
    assert wrong.editor.widget.property("state") == ""
    assert page.sections.buttons["contact"].errors == 0


def test_a_row_of_several_parts_is_added_and_taken_off(window: Window, village: Village) -> None:
    page = page_for(window, kind="place")
    type_in(page, "title", "Fournil")
    rates = body(page).lists["rates"]
    rates.add_button.click()
    label, amount, unit, _whom = rates.rows[0].fields
    assert label.editor.widget.hasFocus()
    QTest.keyClicks(label.editor.widget, "Journee")
    type_in(page, amount.path, "12,50")
    box = unit.editor.widget
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("day"))
    box.activated.emit(box.currentIndex())
    rates.add_button.click()
    QTest.keyClicks(rates.rows[1].fields[0].editor.widget, "Trop")
    rates.rows[1].remove_button.click()
    assert len(rates.rows) == 1
    form = saved(window, page)
    (row,) = form.lists_by_name["rates"].rows
    assert [q.content for q in row.questions] == ["Journee", "12,50", "day", ""]
    page = page_for(window, form.record)
    body(page).lists["rates"].rows[0].remove_button.click()
    assert any(w.endswith("– sera enlevé") for w in words(body(page).lists["rates"]))
    press(body(page).lists["rates"], "Garder")
    body(page).lists["rates"].rows[0].remove_button.click()
    assert saved(window, page).lists_by_name["rates"].rows == ()


def test_stops_are_put_in_order(window: Window) -> None:
    page = page_for(window, kind="route")
    type_in(page, "title", "Chemin des fours")
    stops = body(page).lists["stops"]
    for name in ("Un", "Deux"):
        stops.add_button.click()
        QTest.keyClicks(stops.rows[-1].fields[0].editor.widget, name)
    next(b for b in stops.rows[1].findChildren(QPushButton) if b.accessibleName() == "Monter d’une place").click()
    rows = saved(window, page).lists_by_name["stops"].rows
    assert [r.questions[0].content for r in rows] == ["Deux", "Un"]


def test_a_skill_is_offered_added_and_given_its_level(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["mason"])
    skills = body(page).lists["skills"]
    assert skills.adder is not None
    line = skills.adder.line.edit
    line.setFocus()
    QTest.keyClicks(line, "tour")
    assert skills._offers == ["Tournage"]
    enter(line, skills.adder._popup)
    assert line.hasFocus()  # one after the other
    QTest.keyClicks(line, "men")
    QTest.keyClick(skills.adder._popup, Qt.Key.Key_Down)
    enter(line, skills.adder._popup)
    QTest.keyClicks(line, "Pierre seche")
    enter(line, skills.adder._popup)
    assert len(skills.rows) == 3
    level = skills.rows[2].fields[1].editor.widget
    assert isinstance(level, QComboBox)
    level.setCurrentIndex(level.findData("expert"))
    level.activated.emit(level.currentIndex())
    rows = {r.questions[0].content: r.questions[1].content for r in saved(window, page).lists_by_name["skills"].rows}
    assert rows == {"Tour": "", "Menuiserie": "", "Pierre seche": "expert"}


def test_a_link_is_found_made_and_another_taken_off(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["elise"])
    links = body(page).links
    assert links is not None
    links.role.setCurrentIndex(links.role.findData("partner_of"))
    links.search.line.edit.setFocus()
    QTest.keyClicks(links.search.line.edit, "valdey")
    enter(links.search.line.edit, links.search._popup)
    assert "partenaire de Mathieu Valdeyron" in words(links)
    press(links, "Délier")
    assert any(w.endswith("– sera enlevé") for w in words(links))
    assert [k.title_other for k in saved(window, page).links] == ["Mathieu Valdeyron"]


def test_wider_circles_than_the_sheet_cannot_be_chosen_and_say_why(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["workshop"])
    button = field(page, "summary").audience
    assert button is not None
    assert button.audience == "shared"
    public = next(a for a in button.menu().actions() if a.data() == "public")
    assert not public.isEnabled()
    assert "la fiche entière est en «\u00a0partagé\u00a0»" in public.toolTip()
    assert "la fiche entière est en" in button.accessibleDescription()
    body(page).whole.menu().actions()[2].trigger()
    assert public.isEnabled()
    button.menu().actions()[0].trigger()
    assert button.accessibleName() == "En une phrase, privé"
    assert page.seen.words["private"].text() == "En une phrase."
    form = saved(window, page)
    assert (form.audience.code, form.by_path["summary"].audience.code) == ("public", "private")


def test_a_commune_is_chosen_among_those_offered(window: Window) -> None:
    page = page_for(window, kind="place")
    type_in(page, "title", "Fournil")
    type_in(page, "commune", "marvej")
    line: Any = field(page, "commune").editor.widget
    assert line.popup.isVisible()
    QTest.keyClick(line.popup, Qt.Key.Key_Down)
    QTest.keyClick(line.popup, Qt.Key.Key_Return)
    assert line.edit.text() == "Marvejols"
    rest(window)
    assert "48100" in words(line)
    assert saved(window, page).by_path["commune"].content == {"name": "Marvejols", "insee": "48092"}


def test_a_minor_s_guardian_is_found_by_name(window: Window, village: Village) -> None:
    page = page_for(window, kind="person")
    type_in(page, "name", "Zoe")
    type_in(page, "guardian", "valdey")
    chosen: Any = field(page, "guardian").editor.widget
    enter(chosen.line.edit, chosen._popup)
    assert [chip.text() for chip in chosen.chips] == ["Mathieu Valdeyron"]
    form = saved(window, page)
    assert form.by_path["guardian"].content == village.ids["mason"].hex()
    page = page_for(window, form.record)
    again: Any = field(page, "guardian").editor.widget
    assert [chip.text() for chip in again.chips] == ["Mathieu Valdeyron"]


def test_two_values_are_shown_and_one_is_kept(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["elise"])
    row = body(page).lists["contacts"].rows[0]
    value = row.fields[1]
    QTest.qWait(1)
    keeps = [b for b in value.findChildren(QPushButton) if b.text() == "Garder"]
    assert len(keeps) == 2
    next(b for b in keeps if "98 41 70" in b.accessibleName()).click()
    QTest.qWait(1)
    assert "Garder" not in [b.text() for b in value.findChildren(QPushButton) if b.isVisible()]
    form = saved(window, page)
    assert form.by_path[value.path].content == "06 39 98 41 70"
    assert form.by_path[value.path].claims == ()


def test_what_is_typed_outlives_the_window(village: Village, qapp: QApplication, theme: Theme) -> None:
    first = window_on(village.folder)
    type_in(page_for(first, village.ids["mason"]), "occupation", "ne")
    close(first)
    second = window_on(village.folder)
    try:
        page = page_for(second, village.ids["mason"])
        line: Any = target(page, "occupation")
        assert line.text() == "Maçonne"
        assert "Votre saisie était gardée\u00a0: la voici." in " ".join(words(page))
        press(page, "Repartir de la fiche enregistrée")
        fresh: Any = target(page, "occupation")
        assert fresh.text() == "Maçon"
    finally:
        close(second)


def test_a_sheet_changed_elsewhere_is_drawn_under_the_cursor(window: Window, village: Village) -> None:
    mason = village.ids["mason"]
    page = page_for(window, mason)
    type_in(page, "occupation", "ne")

    def elsewhere(directory: Directory) -> Any:
        entry: Any = directory.reads.entry(mason)
        return edit_sheet(directory, entry, [Assignment("occupation", "=", "Tailleur de pierre")])

    do(window, elsewhere)
    line: Any = target(page, "occupation")
    assert line.text() == "Maçonne"
    assert line.hasFocus()
    press(page, "Prendre cette valeur")
    again: Any = target(page, "occupation")
    assert again.text() == "Tailleur de pierre"


def test_giving_up_asks_and_the_safe_answer_has_the_focus(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["mason"])
    type_in(page, "occupation", "ne")
    page.foot.give_up_button.click()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    press(dialog, "Continuer la saisie")
    assert window.stack.page is page
    page.foot.give_up_button.click()
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    press(dialog, "Abandonner la saisie")
    assert window.stack.page is not page
    assert read(window, village.ids["mason"]).by_path["occupation"].content == "Maçon"


def test_by_the_keyboard_alone(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["mason"])
    seen: list[str] = []
    widget = QApplication.focusWidget()
    while widget is not None and len(seen) < 12:
        seen.append(widget.accessibleName())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    assert seen[:4] == ["Prénom", "Nom de famille", "Nom affiché", "Toute la fiche, partagé"]
    assert seen[4:6] == ["Métier ou activité", "Métier ou activité, partagé"]
    type_in(page, "occupation", "ne")
    window.keyboard.act("save")
    assert window.stack.page is not page
    assert read(window, village.ids["mason"]).by_path["occupation"].content == "Maçonne"


def test_escape_leaves_and_loses_nothing(window: Window, village: Village) -> None:
    page = page_for(window, village.ids["mason"])
    type_in(page, "occupation", "ne")
    QTest.keyClick(target(page, "occupation"), Qt.Key.Key_Escape)
    assert window.stack.page is not page
    page_for(window, village.ids["mason"])
    line: Any = target(page, "occupation")
    assert line.text() == "Maçonne"


def test_the_parts_lead_to_their_fields(window: Window, village: Village, qtbot: QtBot) -> None:
    page = page_for(window, village.ids["elise"])
    qtbot.wait(20)
    page.sections.buttons["about"].click()
    qtbot.wait(20)
    top = body(page).top_of("about") - page.area.verticalScrollBar().value()
    assert 0 <= top < page.area.height()
    assert page.sections.buttons["about"].isChecked()


@pytest.mark.parametrize("kind", [k.code for k in catalogue.main_kinds()])
def test_every_kind_is_drawn_with_a_name_for_each_stop(window: Window, kind: str) -> None:
    page = page_for(window, kind=kind)
    assert nameless(page) == []
    assert set(body(page).fields) == {q.path for q in new_form(kind).questions}


@pytest.mark.parametrize("scale", [100, 125, 150, 200])
@pytest.mark.parametrize("kind", ["person", "place", "event"])
def test_nothing_is_cut_at_any_size(window: Window, scale: int, kind: str, qtbot: QtBot, tmp_path: Path) -> None:
    window.presenter.look.set_scale(scale)
    page = page_for(window, kind=kind)
    text = next(w for w in body(page).findChildren(QPlainTextEdit))
    text.setPlainText("Une phrase assez longue pour aller plusieurs fois à la ligne. " * 20)
    for some in body(page).lists.values():
        if isinstance(some, PhotosPart):
            page.presenter.photos.add([photo_file(tmp_path), tmp_path / "absente.jpg"])
        elif some.adder is None:
            some.add_button.click()
    page.show_notice("Votre saisie était gardée\u00a0: la voici.", "Elle date du 22 novembre 2026.", "Repartir")
    page.foot.save_button.click()
    qtbot.waitUntil(lambda: squeezed(page) + cut_words(page) == [])
    assert window.width() == 1366
    assert not rolls_sideways(page)


def squeezed(page: FormPage) -> list[str]:
    """Fields that are lower than what they hold."""
    shown = [f for f in body(page).all_fields() if f.isVisible()]
    low = [f.path for f in shown if f.height() + 1 < f.layout().totalHeightForWidth(f.width())]
    editors = [f.editor.widget for f in shown]
    return low + [w.accessibleName() for w in editors if w.height() < w.minimumSizeHint().height()]


def test_saved_elsewhere_first_what_is_typed_is_saved_over_it(window: Window, village: Village) -> None:
    mason = village.ids["mason"]
    page = page_for(window, mason)
    type_in(page, "occupation", "ne")
    do(window, lambda d: save(d, form_of(d, mason), Filled(contents={"summary": "Pierre"})))
    form = saved(window, page)
    assert (form.by_path["occupation"].content, form.by_path["summary"].content) == ("Maçonne", "Pierre")
