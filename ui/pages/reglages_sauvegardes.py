"""Réglages: the backups, and the way back to one of them. Draws `appli.presenters.backup_list`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _, _n, number
from appli.presenters.backup_list import BackupList, BackupRow, Health, Question
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.dialog import ModalDialog
from ui.widgets.layout import Column, Flow, Row, line
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard
from ui.widgets.question import confirm
from ui.widgets.text import TextLabel, announce


class GoingBack(ModalDialog):
    """The window waits: nothing may be asked of files that are being replaced."""

    def __init__(self, stop: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(_("Retour à une sauvegarde"), parent)
        self.card = ProgressCard(_("Retour à une sauvegarde"), "")
        self.card.stop_wanted.connect(stop)
        self._column = Column(self, margin=5)
        self._column.addWidget(self.card)
        self.setMinimumWidth(current().px("pane.sheet_min"))

    def show_progress(self, done: int, total: int, words: str) -> None:
        """How far the return is, in a dialog as tall as its words."""
        count = _("{n} fiches sur {total}").format(n=number(done), total=number(total)) if total else ""
        self.card.set_progress(done, total, count, words)
        self.resize(self.width(), self._column.totalHeightForWidth(self.width()))

    def reject(self) -> None:
        """Échap and the cross ask to stop; the dialog goes when it is over."""
        if self.card.stop_button.isEnabled():
            self.card.stop_button.click()


class BackupsCard(Card):
    """« Sauvegardes »."""

    def __init__(
        self, presenter: BackupList, open_folder: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Sauvegardes"), letters="section", margin=4, gap=3, parent=parent)
        self._presenter = presenter
        self._why_not = ""
        self._dialog: GoingBack | None = None
        self.rows: list[BackupRowView] = []
        words = _(
            "Maillage sauvegarde de lui-même, une demi-heure après un changement et avant chaque import."
            " Une sauvegarde n’est gardée qu’une fois relue. Leur dossier garde aussi les photos ; les couches et les"
            " cartes détaillées n’y sont pas : « Changer de poste » emporte tout."
        )
        self.make_button = Button(_("Sauvegarder maintenant"), icon="shield-check", small=True)
        self.check_button = Button(_("Vérifier la base"), small=True)
        self.open_button = Button(_("Ouvrir le dossier"), icon="folder-open", small=True)
        self.open_button.setAccessibleName(_("Ouvrir le dossier des sauvegardes"))
        self.more_button = Button("", "quiet", small=True)
        self.health: NoticeStrip | None = None
        self._health = Column()
        self._empty = TextLabel(_("Pas encore de sauvegarde."), ink="secondary", wrap=True)
        self._list = Column(gap=0)
        deeds = Flow(gap=2)
        for button in (self.make_button, self.check_button, self.open_button):
            deeds.addWidget(button)
        self.body.addWidget(TextLabel(words, ink="secondary", wrap=True))
        self.body.addLayout(deeds)
        self.body.addLayout(self._health)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._list)
        self.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.make_button.clicked.connect(presenter.make)
        self.check_button.clicked.connect(presenter.check)
        self.open_button.clicked.connect(lambda: open_folder(presenter.folder))
        self.more_button.clicked.connect(presenter.show_all)
        presenter.view = self

    # --- BackupList ---

    def show_rows(self, rows: Sequence[BackupRow], hidden: int) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = [BackupRowView(row, self._presenter.ask_to_go_back) for row in rows]
        for view in self.rows:
            view.button.explain(self._why_not)
            self._list.addWidget(view)
        self._empty.setVisible(not rows)
        words = _n("Voir l’autre, plus ancienne", "Voir les {n} autres, plus anciennes", hidden)
        self.more_button.setText(words.format(n=number(hidden)))
        self.more_button.setVisible(hidden > 0)

    def show_possible(self, make: str, go_back: str) -> None:
        self.make_button.explain(make)
        self._why_not = go_back
        for row in self.rows:
            row.button.explain(go_back)

    def show_health(self, health: Health | None) -> None:
        self.check_button.explain(_("La base est relue.") if health is None else "")
        if self.health is not None:
            self.health.deleteLater()
            self.health = None
        if health is not None:
            tone, words = ("success" if health.is_sound else "danger"), " ".join(health.sentences)
            self.health = NoticeStrip(tone, health.title, words, stacked=bool(words))
            self._health.addWidget(self.health)
            announce(self.check_button, f"{health.title} {words}".strip())

    def ask(self, question: Question) -> None:
        confirm(
            self,
            question.title,
            question.words,
            question.keep,
            question.go_back,
            lambda: self._presenter.go_back(question.name),
        )

    def show_going_back(self, done: int, total: int, words: str, *, may_stop: bool) -> None:
        if self._dialog is None:
            self._dialog = GoingBack(self._presenter.stop, self.window())
            self._dialog.open()
        self._dialog.show_progress(done, total, words)
        if not may_stop:
            self._dialog.card.stop_button.explain(words)

    def show_gone_back(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog.deleteLater()
            self._dialog = None


class BackupRowView(QWidget):
    """One backup, and the way back to it."""

    def __init__(self, row: BackupRow, ask: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = Column(self, gap=0)
        column.addWidget(line())
        words = Column(gap=0)
        words.add(TextLabel(row.when, letters="name", wrap=True))
        words.add(TextLabel(row.details, letters="small", ink="secondary", wrap=True))
        self.button = Button(_("Y revenir…"), small=True)
        self.button.setAccessibleName(_("Revenir à cette sauvegarde : {when}").format(when=row.when))
        self.button.clicked.connect(lambda: ask(row.name))
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addLayout(words, 1)
        content.addWidget(self.button)
        column.addLayout(content)
