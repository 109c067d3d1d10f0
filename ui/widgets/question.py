"""The question before what cannot be undone: verbs on the buttons, the safe one has the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.dialog import ModalDialog
from ui.widgets.layout import Column, Row
from ui.widgets.text import TextLabel


@dataclass(frozen=True)
class Answer:
    """A verb, and the key that `answered` gives."""

    key: str
    words: str
    role: str = "ordinary"


class QuestionDialog(ModalDialog):
    """Opened with `open()`; `answered` gives the key. Échap and the cross answer the first, which is the safe one."""

    answered = Signal(str)

    def __init__(
        self,
        title: str,
        words: str,
        answers: Sequence[Answer],
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent)
        self._safe = answers[0].key
        self._given = ""
        head = TextLabel(title, letters="section", wrap=True)
        body = TextLabel(words, ink="secondary", wrap=True)
        text = Column(gap=2)
        text.add(head, body)
        text.addStretch()
        top = Row(gap=3)
        if icon:
            top.addWidget(Glyph(icon, "danger", "space.6"), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(text, 1)
        line = Row(gap=3)
        line.addStretch()
        self.buttons: dict[str, Button] = {}
        for answer in answers:
            button = Button(answer.words, answer.role)
            # Even who came with the mouse sees which answer Entrée gives.
            button.setProperty("always_ringed", True)
            button.clicked.connect(lambda _on=False, key=answer.key: self._answer(key))
            self.buttons[answer.key] = button
            line.addWidget(button)
        self._column = Column(self, margin=5, gap=4)
        self._column.add(top, line)
        self.setMinimumWidth(current().px("pane.sheet_min"))
        self.buttons[self._safe].setDefault(True)
        self.finished.connect(self._tell)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A dialog opens as wide as it likes, without asking how high its words are at that width.
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))
        self.buttons[self._safe].setFocus(Qt.FocusReason.TabFocusReason)

    def _answer(self, key: str) -> None:
        self._given = key
        self.accept()

    def _tell(self) -> None:
        self.answered.emit(self._given or self._safe)


def confirm(
    asker: QWidget,
    title: str,
    words: str,
    keep: str,
    do: str,
    yes: Callable[[], object],
    *,
    role: str = "danger-filled",
) -> None:
    """Ask before it is done: `keep` is the safe answer, `do` names the deed, which `yes` does."""
    dialog = QuestionDialog(title, words, [Answer("keep", keep), Answer("yes", do, role)], parent=asker.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.answered.connect(lambda key: yes() if key == "yes" else None)
    dialog.open()


def trouble(title: str, words: str, parent: QWidget | None = None) -> QuestionDialog:
    """Something went wrong and nothing can be chosen: what happened, is my data safe, what to do."""
    answers = [Answer("close", _("Fermer"))]
    return QuestionDialog(title, words, answers, icon="circle-alert", parent=parent)
