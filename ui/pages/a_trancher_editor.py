"""Another value than those in dispute, written in the editor of its type."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from appli.i18n import _
from appli.presenters.to_settle import Blank, Content
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.chips import ChipRow, ChipSpec
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Flow, Ringed
from ui.widgets.text import announce, literal

LINES = 6
Reader = Callable[[], str]


class ValueEditor(QWidget):
    """`written` gives what the editors hold; `given_up` is « Choisir plutôt »."""

    written = Signal(object)
    given_up = Signal()

    def __init__(self, label: str, blank: Blank, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FieldRow] = []
        self._column = Column(self, gap=2)
        self._read = self._fill(label, blank)
        self.save_button = Button(_("Enregistrer cette valeur"), "primary")
        self.back_button = Button(_("Choisir plutôt"), "quiet")
        holder = Ringed()
        deeds = Flow(holder, margin=1, gap=2)
        deeds.addWidget(self.save_button)
        deeds.addWidget(self.back_button)
        self._column.addWidget(holder)
        self.save_button.clicked.connect(self._save)
        self.back_button.clicked.connect(self.given_up)

    def focus(self) -> None:
        """Put the cursor into the first field."""
        self.rows[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Why it cannot stand; what was typed stays."""
        self.rows[0].set_error(words)
        self.focus()
        announce(self, words, assertive=True)

    def _save(self) -> None:
        self.written.emit(self._read())

    def _fill(self, label: str, blank: Blank) -> Callable[[], Content]:
        content = blank.content
        if isinstance(content, dict):
            known = dict(content)
            readers = {p.code: self._one(p.label, known.get(p.code, ""), list(p.options), "line") for p in blank.parts}
            return lambda: {code: read() for code, read in readers.items()}
        if isinstance(content, tuple) and blank.options:
            return self._codes(label, blank, content)
        if isinstance(content, tuple):
            words = self._one(label, ", ".join(content), [], "line")
            return lambda: tuple(w for part in words().split(",") if (w := part.strip()))
        options = list(blank.options)
        if blank.editor == "flag":
            return self._choice(label, content, [("true", _("oui")), ("false", _("non"))])
        return self._one(label, content, options, blank.editor)

    def _one(self, label: str, text: str, options: list, editor: str) -> Reader:
        if options:
            return self._choice(label, text, [(o.code, o.label) for o in options])
        if editor == "text":
            area = QPlainTextEdit(text)
            area.setTabChangesFocus(True)
            area.setMinimumHeight(current().line("body") * LINES)
            self._add(label, area)
            return area.toPlainText
        line = QLineEdit(text)
        line.setMinimumHeight(current().px("size.control"))
        line.returnPressed.connect(self._save)
        self._add(label, line)
        return line.text

    def _choice(self, label: str, chosen: str, options: list[tuple[str, str]]) -> Reader:
        box = QComboBox()
        box.setMinimumHeight(current().px("size.control"))
        box.addItem(_("(non rempli)"), "")
        for code, words in options:
            box.addItem(literal(words), code)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        self._add(label, box)
        return lambda: str(box.currentData())

    def _codes(self, label: str, blank: Blank, chosen: tuple[str, ...]) -> Callable[[], Content]:
        row = ChipRow()
        kept = set(chosen)
        row.set_chips([ChipSpec(o.code, o.label, on=o.code in kept) for o in blank.options])
        row.toggled.connect(lambda code, on: (kept.add if on else kept.discard)(code))
        self._add(label, row)
        return lambda: tuple(o.code for o in blank.options if o.code in kept)

    def _add(self, label: str, editor: QWidget) -> None:
        row = FieldRow(label, editor)
        self.rows.append(row)
        self._column.addWidget(row)
