"""The one dialog for what went wrong: what happened, whether the data is safe, what to do, and what was noted of it."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from appli.i18n import _
from appli.presenters.notices import Problem
from ui.theme import current
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.dialog import ModalDialog
from ui.widgets.layout import Column, Row
from ui.widgets.text import TextLabel


class ReportDialog(ModalDialog):
    """Opened with `open()`. The text of a report is shown on demand, and may be copied to be sent to whoever helps."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(problem.title, parent)
        self.problem = problem
        self.setMinimumWidth(current().px("pane.sheet_min"))
        column = Column(self, margin=5, gap=4)
        words = Column(gap=2)
        words.add(TextLabel(problem.title, letters="section", wrap=True))
        words.add(TextLabel(problem.message, wrap=True))
        if problem.hint:
            words.add(TextLabel(problem.hint, ink="secondary", wrap=True))
        top = Row(gap=3)
        top.addWidget(Glyph("circle-alert", "danger", "space.6"))
        top.addLayout(words, 1)
        column.addLayout(top)
        line = Row(gap=3)
        self._text = QPlainTextEdit(problem.report)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(_("Compte rendu"))
        self._text.hide()
        column.addWidget(self._text)
        if problem.report:
            self.see_button = Button(_("Voir le compte rendu"), "quiet")
            self.copy_button = Button(_("Copier"), "quiet", icon="copy")
            self.see_button.clicked.connect(self._see)
            self.copy_button.clicked.connect(self._copy)
            line.add(self.see_button, self.copy_button)
        if problem.folder is not None:
            self.folder_button = Button(_("Ouvrir le dossier"), "quiet", icon="folder-open")
            self.folder_button.setAccessibleName(_("Ouvrir le dossier des comptes rendus"))
            self.folder_button.clicked.connect(self._open_folder)
            line.add(self.folder_button)
        line.addStretch()
        self.close_button = Button(_("Fermer"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        line.addWidget(self.close_button)
        column.addLayout(line)
        self.close_button.setFocus()

    def _see(self) -> None:
        self._text.setVisible(True)
        self.see_button.setVisible(False)
        self.adjustSize()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.problem.folder)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
