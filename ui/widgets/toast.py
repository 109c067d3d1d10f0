"""The brief message at the bottom left: what was just done, with Annuler. It waits for whoever is reading it."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from appli.i18n import _
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import Row, space
from ui.widgets.text import TextLabel, announce


class Toast(QFrame):
    """Lies over `host` for eight seconds; the pointer on it or the focus in it stops the clock."""

    undo_wanted = Signal()
    closed = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("role", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._host = host
        self._words = TextLabel("", ink="inverse")
        self.undo_button = Button(_("Annuler"), "inverse", small=True)
        self.close_button = IconButton("x", _("Fermer ce message"), "inverse-plain", small=True)
        row = Row(self, margin=(3, 2, 2, 2), gap=3)
        self._glyph = Glyph("check", "surface")
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.dismiss)
        self._slide = QPropertyAnimation(self, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.undo_button.clicked.connect(self._undo)
        self.close_button.clicked.connect(self.dismiss)
        for watched in (host, self.undo_button, self.close_button):
            watched.installEventFilter(self)
        self.hide()

    def show_words(self, words: str, *, undo: bool = True, undo_name: str = "", icon: str = "check") -> None:
        """Say what was done, or with another icon what was not; a new message takes the place of the former."""
        self._glyph.set_icon(icon, "surface")
        self._words.setText(words)
        self.undo_button.setVisible(undo)
        self.undo_button.setAccessibleName(undo_name or _("Annuler"))
        self.setAccessibleName(words)
        self._place()
        self.raise_()
        self.show()
        self._slide_in()
        self._wait()
        announce(self, words)

    def dismiss(self) -> None:
        """Go away; what was done stays in the menu and in the journal."""
        if not self.isHidden():
            self._clock.stop()
            self.hide()
            self.closed.emit()

    @property
    def icon(self) -> str:
        """The sign before the words."""
        return self._glyph.icon

    @property
    def counting(self) -> bool:
        """Whether the eight seconds are running."""
        return self._clock.isActive()

    def enterEvent(self, event: QEvent) -> None:
        super().enterEvent(event)  # type: ignore[arg-type]
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host:
            if event.type() is QEvent.Type.Resize and not self.isHidden():
                self._slide.stop()
                self._place()
        elif event.type() is QEvent.Type.FocusIn:
            self._clock.stop()
        elif event.type() is QEvent.Type.FocusOut:
            self._wait()
        return super().eventFilter(watched, event)

    def _wait(self) -> None:
        if not self.isHidden() and not self.underMouse() and not self.isAncestorOf(self._focus()):
            self._clock.start(current().milliseconds("toast_visible"))

    def _focus(self) -> QWidget:
        return self.window().focusWidget() or self._host

    def _undo(self) -> None:
        self.dismiss()
        self.undo_wanted.emit()

    def _place(self) -> None:
        gap = space(4)
        room = self._host.width() - 2 * gap
        self._words.setWordWrap(False)
        whole = self.sizeHint()
        self._words.setWordWrap(whole.width() > room)
        width = min(max(whole.width(), current().px("pane.list")), room)
        self.resize(width, max(whole.height(), self.layout().totalHeightForWidth(width)))
        self.move(gap, self._host.height() - self.height() - gap)

    def _slide_in(self) -> None:
        duration = current().milliseconds("toast_in")
        self._slide.stop()
        if not duration:
            return
        self._slide.setDuration(duration)
        self._slide.setStartValue(self.pos() + QPoint(0, space(3)))
        self._slide.setEndValue(self.pos())
        self._slide.start()
