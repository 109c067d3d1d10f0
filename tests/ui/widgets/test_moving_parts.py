"""What answers to hands: search, rail, toast, question, switches, chips, tabs, fields, dates, audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.theme import Theme
from ui.widgets.audience import AudienceButton
from ui.widgets.chips import ChipRow, ChipSpec
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow, FramedEdit
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard
from ui.widgets.question import Answer, QuestionDialog, trouble
from ui.widgets.rail import Rail, RailItem
from ui.widgets.search_field import SearchField
from ui.widgets.stepper import Stepper
from ui.widgets.switches import Segment, Segmented, Switch
from ui.widgets.tabs import CountTabs, Tab
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

PAGES = [
    RailItem("a", "Annuaire", "book-user"),
    RailItem("c", "Carte", "map"),
    RailItem("r", "Réglages", "settings", True),
]


def focused(qtbot: QtBot, widget: QWidget) -> None:
    widget.window().show()
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def test_escape_empties_then_leaves(qtbot: QtBot) -> None:
    search = SearchField("Chercher…", "Chercher", "Ctrl+F")
    qtbot.addWidget(search)
    focused(qtbot, search)
    qtbot.keyClicks(search.edit, "bois")
    assert search.text() == "bois"
    assert search.clear_button.isVisible()
    left: list[bool] = []
    search.left.connect(lambda: left.append(True))
    qtbot.keyClick(search.edit, Qt.Key.Key_Escape)
    assert search.text() == ""
    assert not left
    qtbot.keyClick(search.edit, Qt.Key.Key_Escape)
    assert left


def test_the_search_leads_to_the_list(qtbot: QtBot) -> None:
    search = SearchField("Chercher…", "Chercher")
    qtbot.addWidget(search)
    focused(qtbot, search)
    with qtbot.waitSignal(search.list_wanted):
        qtbot.keyClick(search.edit, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.first_wanted):
        qtbot.keyClick(search.edit, Qt.Key.Key_Return)
    assert search.edit.accessibleName() == "Chercher"


def test_the_rail_tells_which_page(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail("Pages", PAGES)
    qtbot.addWidget(rail)
    rail.resize(100, 600)
    rail.show()
    rail.set_current("a")
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(rail._buttons["c"], Qt.MouseButton.LeftButton)
    assert told.args == ["c"]
    rail.set_count("c", 3)
    assert rail._buttons["c"].accessibleName() == "Carte, 3 en attente"
    assert rail.width() == theme.px("size.rail")


def test_arrows_walk_the_rail(qtbot: QtBot) -> None:
    rail = Rail("Pages", PAGES)
    qtbot.addWidget(rail)
    focused(qtbot, rail._buttons["a"])
    qtbot.keyClick(rail._buttons["a"], Qt.Key.Key_Down)
    assert rail._buttons["c"].hasFocus()
    assert not rail._buttons["c"].isChecked(), "the focus moves, the page stays"
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.keyClick(rail._buttons["c"], Qt.Key.Key_Space)
    assert told.args == ["c"]


def test_a_folded_rail_keeps_its_words_in_a_menu(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail("Pages", PAGES)
    qtbot.addWidget(rail)
    theme.set_scale(2.0)
    rail.set_folded(True)
    rail.show()
    assert rail.width() == theme.px("size.touch_comfort")
    assert rail._buttons["a"].toolTip() == "Annuaire"
    with qtbot.waitSignal(rail.chosen) as told:
        rail._words.menu().actions()[1].trigger()
    assert told.args == ["c"]


@pytest.fixture
def toast(qtbot: QtBot) -> Toast:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 500)
    focused(qtbot, QLineEdit(host))
    toast = Toast(host)
    toast.host_for_test = host
    toast.show_words("Élise Roumégas est à la corbeille.")
    return toast


def test_a_toast_waits_for_who_reads_it(toast: Toast, qtbot: QtBot) -> None:
    assert toast.isVisible()
    assert toast.counting
    assert toast._clock.interval() == 8000
    spot = QPointF(5, 5)
    QApplication.sendEvent(toast, QEnterEvent(spot, spot, spot))
    assert not toast.counting
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast.counting
    focused(qtbot, toast.undo_button)
    assert not toast.counting


def test_a_toast_can_be_undone_once(toast: Toast, qtbot: QtBot) -> None:
    with qtbot.waitSignals([toast.undo_wanted, toast.closed]):
        toast.undo_button.click()
    assert not toast.isVisible()
    assert not toast.counting


def test_a_toast_lies_at_the_bottom_left(toast: Toast, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: toast.y() + toast.height() == 500 - 16)
    assert toast.x() == 16
    toast.host_for_test.resize(300, 300)
    assert toast.width() <= 300 - 32


def test_a_toast_leaves_by_itself(toast: Toast, qtbot: QtBot) -> None:
    toast._clock.start(1)
    qtbot.waitUntil(lambda: not toast.isVisible())


def question() -> QuestionDialog:
    return QuestionDialog(
        "Effacer ?", "Cela ne pourra pas être annulé.", [Answer("k", "Garder"), Answer("e", "Effacer")]
    )


def test_escape_gives_the_safe_answer(qtbot: QtBot) -> None:
    dialog = question()
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.buttons["k"].hasFocus)
    with qtbot.waitSignal(dialog.answered) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert told.args == ["k"]


@pytest.mark.parametrize("key", ["k", "e"])
def test_a_question_gives_the_verb_that_was_pressed(qtbot: QtBot, key: str) -> None:
    dialog = question()
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(dialog.answered) as told:
        qtbot.mouseClick(dialog.buttons[key], Qt.MouseButton.LeftButton)
    assert told.args == [key]


def test_the_safe_answer_wears_the_ring(qtbot: QtBot, theme: Theme) -> None:
    dialog = question()
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.buttons["k"].hasFocus)
    button = dialog.buttons["k"]
    assert button.grab().toImage().pixelColor(0, button.height() // 2) == theme.color("focus")


def test_a_trouble_can_only_be_closed(qtbot: QtBot) -> None:
    dialog = trouble("Plus de place", "Rien n’est perdu.")
    qtbot.addWidget(dialog)
    assert list(dialog.buttons) == ["close"]


def test_one_segment_is_chosen(qtbot: QtBot) -> None:
    line = Segmented("Texte", [Segment("100", "100 %"), Segment("200", "200 %")])
    qtbot.addWidget(line)
    line.show()
    assert line.current() == "100"
    with qtbot.waitSignal(line.chosen) as told:
        qtbot.mouseClick(line._buttons["200"], Qt.MouseButton.LeftButton)
    assert told.args == ["200"]
    assert line.current() == "200"
    told_again: list[str] = []
    line.chosen.connect(told_again.append)
    line.set_current("100")
    assert line.current() == "100"
    assert not told_again


def test_a_switch_answers_to_a_click_on_its_words(qtbot: QtBot) -> None:
    switch = Switch("Carte publique")
    qtbot.addWidget(switch)
    switch.show()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(switch.width() - 5, switch.height() // 2))
    assert switch.isChecked()
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert not switch.isChecked()


def test_chips_tell_which_filter(qtbot: QtBot) -> None:
    row = ChipRow()
    qtbot.addWidget(row)
    row.set_chips([ChipSpec("p", "Personnes", "74", "person", on=True), ChipSpec("n", "Nouvelles")])
    row.show()
    with qtbot.waitSignal(row.toggled) as told:
        row._chips[0].click()
    assert told.args == ["p", False]
    row.set_chips([ChipSpec("x", "Autre")])
    assert [chip.key for chip in row._chips] == ["x"]


def test_tabs_keep_the_current_one(qtbot: QtBot) -> None:
    tabs = CountTabs("Ce qui arrive", [Tab("all", "Tout", "12"), Tab("new", "Créées", "9")])
    qtbot.addWidget(tabs)
    tabs.show()
    with qtbot.waitSignal(tabs.chosen) as told:
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    assert told.args == ["new"]
    told_again: list[str] = []
    tabs.chosen.connect(told_again.append)
    tabs.set_tabs([Tab("all", "Tout", "10"), Tab("new", "Créées", "8")])
    assert tabs.current() == "new"
    assert not told_again
    assert tabs.accessibleTabName(1) == "Créées 8"


def test_a_field_says_what_is_wrong_under_it(qtbot: QtBot, theme: Theme) -> None:
    edit = QLineEdit("06 39 98 41")
    row = FieldRow("Téléphone portable", edit)
    qtbot.addWidget(row)
    row.show()
    height = row.sizeHint().height()
    row.set_error("Il manque deux chiffres.")
    assert row.sizeHint().height() > height
    assert edit.accessibleDescription() == "Il manque deux chiffres."
    assert edit.grab().toImage().pixelColor(edit.width() // 2, 0) == theme.color("danger")
    row.set_error("")
    assert edit.accessibleDescription() == ""
    assert edit.grab().toImage().pixelColor(edit.width() // 2, 0) == theme.color("control_border")
    assert edit.accessibleName() == "Téléphone portable"


def test_a_framed_line_has_the_ring_of_its_frame(qtbot: QtBot, theme: Theme) -> None:
    field = FramedEdit(icon="map-pin")
    qtbot.addWidget(field)
    field.setAccessibleName("Commune")
    focused(qtbot, field)
    qtbot.waitUntil(field.edit.hasFocus)
    assert field.grab().toImage().pixelColor(field.width() // 2, 0) == theme.color("focus")
    assert field.edit.accessibleName() == "Commune"
    assert field.sizeHint().height() == theme.px("size.control")


def test_a_framed_line_put_right_while_one_types_in_it_keeps_its_ring(qtbot: QtBot, theme: Theme) -> None:
    field = FramedEdit(icon="map-pin")
    row = FieldRow("Autour de", field)
    qtbot.addWidget(row)
    row.show()
    focused(qtbot, field)
    qtbot.waitUntil(field.edit.hasFocus)
    for sentence, color in (("", "focus"), ("Aucune commune ne s’appelle ainsi.", "danger"), ("", "focus")):
        row.set_error(sentence)
        assert field.grab().toImage().pixelColor(field.width() // 2, 0) == theme.color(color)
    field.edit.clearFocus()
    row.set_error("")
    assert field.grab().toImage().pixelColor(field.width() // 2, 0) == theme.color("control_border")


def test_the_calendar_gives_a_day(qtbot: QtBot) -> None:
    field = DateField()
    qtbot.addWidget(field)
    field.show()
    field.show_day("2026-03-14")
    assert field.calendar.selectedDate() == QDate(2026, 3, 14)
    with qtbot.waitSignal(field.picked) as told:
        field.calendar.activated.emit(QDate(2026, 12, 5))
    assert told.args == ["2026-12-05"]


def test_an_audience_is_chosen_in_words(qtbot: QtBot) -> None:
    button = AudienceButton("Téléphone", "shared")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Téléphone, partagé"
    width = button.sizeHint().width()
    with qtbot.waitSignal(button.chosen) as told:
        button.menu().actions()[0].trigger()
    assert told.args == ["private"]
    assert button.audience == "private"
    assert button.text() == "Privé"
    assert button.sizeHint().width() == width, "a column of them stays straight"


def test_progress_is_told_and_stopped_once(qtbot: QtBot) -> None:
    card = ProgressCard("Import", "Arrêter ne laisse rien à moitié fait.")
    qtbot.addWidget(card)
    card.set_progress(640, 1512, "640 lignes sur 1 512", "Encore 4 secondes.")
    assert (card.bar.value(), card.bar.maximum()) == (640, 1512)
    with qtbot.waitSignal(card.stop_wanted):
        card.stop_button.click()
    assert not card.stop_button.isEnabled()
    card.set_progress(0, 0, "")


def test_the_steps_are_read(qtbot: QtBot) -> None:
    steps = Stepper(["Fichier", "Colonnes"])
    qtbot.addWidget(steps)
    steps.set_current(1)
    assert steps.accessibleName() == "Étape 2 sur 2\u00a0: Colonnes"


def test_a_notice_says_all_in_one_piece(qtbot: QtBot) -> None:
    strip = NoticeStrip("warning", "Deux valeurs.", "Les deux sont gardées.")
    qtbot.addWidget(strip)
    assert strip._first.text() == "Deux valeurs. Les deux sont gardées."
    strip.set_words("", "L’heure semble fausse.")
    assert strip._first.text() == "L’heure semble fausse."
