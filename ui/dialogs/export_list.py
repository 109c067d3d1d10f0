"""« Exporter la liste… »: for whom, in which format, where; then where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QRadioButton, QWidget

from appli.i18n import _
from appli.presenters.export_list import ExportList, ListWritten, formats, whom
from ui.dialogs.choose_files import choose_where
from ui.dialogs.staged import WritingDialog
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Flow
from ui.widgets.notice import NoticeStrip
from ui.widgets.text import TextLabel, announce


class ExportWords(NamedTuple):
    """What a dialog of export says."""

    title: str
    doing: str
    where: str
    whom: Sequence[tuple[Any, str, str]]
    """(audience, words, what that means)"""
    about: str
    """What the file is, where there is but one format."""


class ExportListDialog(WritingDialog):
    """Opened with `open()`; nothing is written before a file is chosen."""

    def __init__(self, presenter: ExportList, parent: QWidget | None = None) -> None:
        super().__init__(presenter, self.words().title, 520, self.words().doing, parent)
        self._presenter = presenter
        presenter.view = self
        self.format = QComboBox(self)
        for ending, words in formats():
            self.format.addItem(words, ending)
        self.format.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom = {audience: QRadioButton(words) for audience, words, _means in self.words().whom}
        self.outlook = TextLabel("", ink="secondary", wrap=True)
        self.write_button = Button(_("Choisir où l’écrire…"), "primary")
        self.cancel_button = Button(_("Ne rien exporter"))
        self.told = NoticeStrip("success", stacked=True)
        self.path = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = Button(_("Ouvrir le dossier"), icon="folder-open")
        self.close_button = Button(_("Fermer"), "primary")
        self._lay_out()
        self._connect()
        self.show_choices()

    @classmethod
    def words(cls) -> ExportWords:
        """How it calls what it writes."""
        return ExportWords(_("Exporter la liste"), _("Écriture de la liste"), _("Où écrire la liste ?"), whom(), "")

    # --- what the presenter asks ---

    def show_choices(self) -> None:
        self.whom[self._presenter.audience].setChecked(True)
        self.outlook.setText(self._presenter.outlook or _("On compte les fiches qui peuvent y aller…"))
        self.fit()

    def show_written(self, written: ListWritten) -> None:
        self.told.set_words(written.title, written.words)
        self.path.setText(str(written.path))
        self.show_stage(self._end)
        announce(self, written.title)
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- parts ---

    def _lay_out(self) -> None:
        column = Column(self.choices, gap=3)
        words = self.words()
        column.add(TextLabel(words.title, letters="section"))
        column.add(TextLabel(self._presenter.what, wrap=True), self.refusal)
        if words.about:
            self.format.hide()
            column.add(TextLabel(words.about, ink="secondary", wrap=True))
        else:
            column.addWidget(FieldRow(_("Format"), self.format))
        for_whom = Column(gap=1)
        title = TextLabel(_("Pour qui"), letters="label", ink="secondary")
        title.setIndent(round(4 * current().scale))
        for_whom.addWidget(title)
        for audience, _words, means in words.whom:
            for_whom.addWidget(self.whom[audience])
            hint = TextLabel(means, letters="small", ink="secondary", wrap=True)
            hint.setIndent(round(31 * current().scale))
            for_whom.addWidget(hint)
        column.addLayout(for_whom)
        column.addWidget(self.outlook)
        self._end = QWidget()
        end = Column(self._end, gap=3)
        end.add(self.told, self.path)
        deeds = Flow(gap=3)
        for button in (self.open_button, self.close_button):
            deeds.addWidget(button)
        end.addLayout(deeds)
        foot = QWidget()
        feet = Flow(gap=2)
        for button in (self.cancel_button, self.write_button):
            feet.addWidget(button)
        Column(foot, margin=(5, 0, 5, 5), gap=0).addLayout(feet)
        self.set_stages(self.choices, self.working, self._end, foot=foot)

    def _connect(self) -> None:
        presenter = self._presenter
        self.format.activated.connect(lambda _at: presenter.set_ending(self.format.currentData()))
        for audience, radio in self.whom.items():
            radio.clicked.connect(lambda _on=False, audience=audience: presenter.set_audience(audience))
        self.write_button.clicked.connect(self._choose_file)
        self.cancel_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._open_folder)
        self.close_button.clicked.connect(self.accept)
        self.finished.connect(self._leave)

    def _choose_file(self) -> None:
        choose_where(self, self.words().where, self._presenter.file_name, self._presenter.write)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self.path.text()).parent)))

    def _leave(self) -> None:
        """What is still under way has nobody to tell."""
        self._presenter.view = None
