"""A directory on the network or in a synchronised folder: move it here, read it as it is, or open another one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.misplaced import Misplaced
from ui.dialogs.choose_files import choose_folder
from ui.dialogs.staged import WritingDialog
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.text import TextLabel


class MisplacedDialog(WritingDialog):
    """Opened with `open()`; Échap and the cross read the directory where it is, which harms nothing."""

    def __init__(self, presenter: Misplaced, parent: QWidget | None = None) -> None:
        super().__init__(presenter, presenter.title, 600, _("Copie de l’annuaire sur ce poste"), parent)
        self._presenter = presenter
        presenter.view = self
        self.target = TextLabel("", wrap=True)
        self.other_button = Button(_("Autre dossier…"), small=True)
        self.trouble = NoticeStrip("warning", stacked=True)
        self.trouble.hide()
        self.another_button = Button(_("Choisir un autre annuaire"), "quiet")
        self.read_button = Button(_("Ouvrir en lecture seule"))
        self.act_button = Button(presenter.deed, "primary")
        self.act_button.setVisible(bool(presenter.deed))
        (self.act_button if presenter.deed else self.read_button).setDefault(True)
        self._lay_out()
        self.other_button.clicked.connect(self._choose)
        self.another_button.clicked.connect(presenter.choose_another)
        self.read_button.clicked.connect(presenter.read_only)
        self.act_button.clicked.connect(presenter.act)
        self.act_button.setEnabled(not presenter.can_move)
        self.rejected.connect(presenter.read_only)
        presenter.start()

    # --- what the presenter asks ---

    def show_target(self, words: str, refusal: str) -> None:
        self.target.setText(words)
        self.trouble.set_words("", refusal)
        self.trouble.setVisible(bool(refusal))
        self.act_button.setEnabled(not refusal)
        self.fit()

    def finish(self) -> None:
        self._presenter.view = None
        if self.isVisible():
            self.accept()

    # --- parts ---

    def _lay_out(self) -> None:
        column = Column(self.choices, gap=3)
        column.addWidget(TextLabel(self._presenter.title, letters="section", wrap=True))
        for words in self._presenter.words():
            column.addWidget(TextLabel(words, wrap=True))
        column.addWidget(self.refusal)
        place = QWidget()
        row = Row(place, gap=3)
        where = Column(gap=0)
        where.add(TextLabel(_("Où le mettre"), letters="label", ink="secondary"), self.target)
        row.addLayout(where, 1)
        row.addWidget(self.other_button)
        place.setVisible(self._presenter.can_move)
        column.add(place, self.trouble)
        foot = QWidget()
        feet = Flow(gap=2)
        for button in (self.another_button, self.read_button, self.act_button):
            feet.addWidget(button)
        Column(foot, margin=(5, 0, 5, 5), gap=0).addLayout(feet)
        self.set_stages(self.choices, self.working, foot=foot)

    def _choose(self) -> None:
        choose_folder(self, _("Où mettre l’annuaire sur ce poste ?"), Path.home(), self._presenter.choose_target)
