"""A field of a form: label above, editor, who may see it at the right, a sentence under it when something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.layout import Column, Ringed, Row
from ui.widgets.text import TextLabel, restyle


class FieldRow(Ringed):
    """Label, editor and whatever stands beside it; `set_error` says what is wrong and how to mend it."""

    def __init__(
        self,
        label: str,
        editor: QWidget,
        *,
        beside: QWidget | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = TextLabel(label, letters="label", ink="secondary")
        self.label.setBuddy(editor)
        if not editor.accessibleName():
            editor.setAccessibleName(label)
        line = Row(gap=2)
        line.addWidget(editor, 1)
        if beside is not None:
            line.addWidget(beside)
        self._hint = TextLabel(hint, letters="small", ink="secondary", wrap=True)
        if not hint:
            self._hint.hide()  # showing it before it has a parent would open a window of its own
        self._error = QWidget()
        self._words = TextLabel("", letters="small", ink="danger", wrap=True)
        error = Row(self._error, gap=1)
        error.addWidget(Glyph("circle-alert", "danger", "space.4"), 0, Qt.AlignmentFlag.AlignTop)
        error.addWidget(self._words, 1)
        self._error.hide()
        column = Column(self, margin=1, gap=1)
        column.add(self.label, line, self._hint, self._error)

    def set_error(self, sentence: str) -> None:
        """What is wrong; nothing when it is right. The editor keeps what was typed."""
        self._words.setText(sentence)
        self._error.setVisible(bool(sentence))
        restyle(self.editor, "state", "error" if sentence else _calm_state(self.editor))
        self.editor.setAccessibleDescription(sentence)

    @property
    def error(self) -> str:
        """The sentence shown."""
        return self._words.text()


class FramedEdit(QFrame):
    """A line to type in with an icon before it and words after it, all in one frame."""

    def __init__(self, *, icon: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "field")
        self.setProperty("state", "")
        self.edit = QLineEdit(self)
        self.edit.setPlaceholderText(placeholder)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.row = Row(self, margin=(3, 0, 3, 0), gap=2)
        if icon:
            self.row.addWidget(Glyph(icon))
        self.row.addWidget(self.edit, 1)
        self._after = TextLabel("", letters="small", ink="muted")
        self._after.hide()
        self.row.addWidget(self._after)

    def setAccessibleName(self, name: str) -> None:
        """The name goes to the part that has the focus."""
        self.edit.setAccessibleName(name)

    def accessibleName(self) -> str:
        return self.edit.accessibleName()

    def setAccessibleDescription(self, description: str) -> None:
        """So does the description."""
        self.edit.setAccessibleDescription(description)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current().px("size.control"))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), current().px("size.control"))

    def set_after(self, words: str) -> None:
        """What stands after the line: a post code, a unit."""
        self._after.setText(words)
        self._after.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._show_focus(event.type() is QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the icon is a press on the line."""
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def _show_focus(self, focused: bool) -> None:
        if self.property("state") != "error":
            restyle(self, "state", "focus" if focused else "")


def _calm_state(editor: QWidget) -> str:
    """What a frame shows when nothing is wrong: that one types there, if one does."""
    return "focus" if isinstance(editor, FramedEdit) and editor.edit.hasFocus() else ""
