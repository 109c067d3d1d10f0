"""Réglages: the whole directory in one file, for another PC. Draws `appli.presenters.leaving_pc`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from appli.i18n import _
from appli.presenters.leaving_pc import Leaving, LeavingPc
from ui.dialogs.choose_files import choose_where
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Flow
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard
from ui.widgets.text import TextLabel, announce


class LeavingCard(Card):
    """« Changer de poste »."""

    def __init__(
        self, presenter: LeavingPc, open_folder: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Changer de poste"), letters="section", margin=4, gap=3, parent=parent)
        self._presenter, self._open_folder = presenter, open_folder
        words = _(
            "Tout l’annuaire dans un seul fichier, à porter sur une clé : fiches partagées et privées, photos, couches,"
            " éditions, brouillons. Il s’ouvre sur l’autre poste avec une phrase secrète."
        )
        self.replaces = QCheckBox(_("L’autre poste remplace celui-ci"))
        self.maps, self.backups = QCheckBox(), QCheckBox()
        self.phrase = QLineEdit()
        self.other_button = Button(_("Une autre"))
        self.phrase_row = FieldRow(
            _("Phrase secrète"),
            self.phrase,
            beside=self.other_button,
            hint=_("À noter sur papier avant de partir : sans elle, personne n’ouvre le fichier, vous non plus."),
        )
        self.role = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.start_button = Button(_("Emporter cet annuaire…"), icon="package")
        self.weight = TextLabel("", letters="small", ink="secondary")
        self.progress = ProgressCard(_("L’annuaire est écrit, puis relu"), _("Arrêter ne laisse aucun fichier."))
        self.progress.hide()
        self._said = Column()
        self.said: NoticeStrip | None = None
        deed = Flow(gap=3)
        deed.addWidget(self.start_button)
        deed.addWidget(self.weight)
        self.body.add(TextLabel(words, ink="secondary", wrap=True), self.replaces, self.role, self.maps, self.backups)
        self.body.add(self.phrase_row)
        self.body.addLayout(deed)
        self.body.add(self.progress)
        self.body.addLayout(self._said)
        self._connect()
        presenter.view = self

    # --- LeavingPc ---

    def show_leaving(self, leaving: Leaving) -> None:
        self.replaces.setChecked(leaving.replaces)
        self.maps.setChecked(leaving.maps)
        self.backups.setChecked(leaving.backups)
        stays = _("Le rôle de ce poste dans le réseau reste ici ; l’autre poste commence sans rôle.")
        goes = _("Le rôle de ce poste dans le réseau suit. Mieux vaut ensuite ne plus écrire ici.")
        self.role.setText(goes if leaving.replaces else stays)
        self.maps.setText(_("Avec les cartes détaillées ({size})").format(size=leaving.maps_size))
        self.maps.setVisible(bool(leaving.maps_size))
        self.backups.setText(_("Avec les sauvegardes ({size})").format(size=leaving.backups_size))
        self.backups.setVisible(bool(leaving.backups_size))
        if self.phrase.text() != leaving.phrase:
            self.phrase.setText(leaving.phrase)
            self.phrase.setCursorPosition(0)
        self.weight.setText(leaving.size)
        self.start_button.explain(leaving.why_not)

    def ask_where(self, name: str) -> None:
        choose_where(
            self,
            _("Où écrire le fichier ?"),
            name,
            self._presenter.write,
            _("Annuaire à emporter (*.maillage-dossier)"),
        )

    def show_progress(self, done: int, total: int) -> None:
        self._say(None)
        self.progress.setVisible(True)
        self.start_button.setEnabled(False)
        self.progress.set_progress(done, total, "")

    def show_left(self, title: str, words: str, folder: Path) -> None:
        self._over("")
        notice = NoticeStrip("success", title, words, stacked=True)
        notice.add_deed(_("Ouvrir le dossier")).clicked.connect(lambda _on=False: self._open_folder(folder))
        self._say(notice)
        announce(self, f"{title} {words}")

    def show_idle(self, refusal: str) -> None:
        short = "phrase" in refusal
        self._over(refusal if short else "")
        self._say(NoticeStrip("danger", "", refusal, stacked=True) if refusal and not short else None)
        if refusal:
            announce(self, refusal, assertive=True)

    # --- parts ---

    def _over(self, wrong: str) -> None:
        self.progress.hide()
        self.progress.stop_button.explain("")
        self.start_button.setEnabled(True)
        self.phrase_row.set_error(wrong)

    def _say(self, notice: NoticeStrip | None) -> None:
        if self.said is not None:
            self.said.deleteLater()
        self.said = notice
        if notice is not None:
            self._said.addWidget(notice)

    def _connect(self) -> None:
        presenter = self._presenter
        self.replaces.clicked.connect(presenter.set_replaces)
        self.maps.clicked.connect(presenter.set_maps)
        self.backups.clicked.connect(presenter.set_backups)
        self.phrase.textEdited.connect(presenter.set_phrase)
        self.other_button.clicked.connect(presenter.other_phrase)
        self.start_button.clicked.connect(presenter.start)
        self.progress.stop_wanted.connect(presenter.stop)
