"""Words: plain, elided with the whole in the tooltip, in runs that wrap together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.theme import Theme
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import TextLabel, literal, plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

LONG = "Le Pont de Montvert – Sud Mont Lozère"


def test_a_cut_label_tells_the_whole(qtbot: QtBot) -> None:
    label = TextLabel(LONG, elide=True)
    qtbot.addWidget(label)
    label.show()
    label.resize(label.sizeHint())
    assert label.toolTip() == ""
    label.resize(80, 20)
    assert label.toolTip() == LONG
    label.setText("Mende")
    assert label.toolTip() == ""


def test_a_tip_shows_tags_as_they_are() -> None:
    assert plain_tip("Élise & Cie") == "Élise & Cie"
    assert plain_tip("<b>a</b>\nb") == "<p>&lt;b&gt;a&lt;/b&gt;<br>b</p>"


def test_an_ampersand_is_no_mnemonic() -> None:
    assert literal("Bois & fer") == "Bois && fer"


def test_a_phrase_wraps_and_is_read_in_one_piece(qtbot: QtBot) -> None:
    phrase = Phrase(Run("Deux valeurs pour le téléphone.", strong=True), Run(" Les deux sont gardées."))
    qtbot.addWidget(phrase)
    assert phrase.text() == "Deux valeurs pour le téléphone. Les deux sont gardées."
    one_line = phrase.heightForWidth(phrase.sizeHint().width())
    assert phrase.heightForWidth(phrase.sizeHint().width() // 3) >= 3 * one_line


def test_a_run_has_its_own_ink(qtbot: QtBot, theme: Theme) -> None:
    phrase = Phrase(Run("avant", ink="danger", struck=True))
    qtbot.addWidget(phrase)
    phrase.resize(phrase.sizeHint())
    image = phrase.grab().toImage()
    assert has(image, theme, "danger")
    assert not has(image, theme, "success")


def test_marks_after_an_astral_letter_start_at_the_right_place(qtbot: QtBot) -> None:
    phrase = Phrase(Run("\U0001f332 "), Run("bois", strong=True))
    qtbot.addWidget(phrase)
    formats = phrase._formats()
    assert [(f.start, f.length) for f in formats] == [(0, 3), (3, 4)]


def has(image: QImage, theme: Theme, name: str) -> bool:
    wanted = theme.color(name)
    return any(image.pixelColor(x, y) == wanted for x in range(image.width()) for y in range(image.height()))
