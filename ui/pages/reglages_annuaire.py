"""Réglages: what the directory is, where it lies, and the example."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from appli.i18n import _
from appli.presenters.settings import Facts, Settings
from ui.pages.reglages_poste import SettledLine
from ui.pages.territory_field import TerritoryField
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.layout import Flow
from ui.widgets.question import confirm
from ui.widgets.text import TextLabel, plain_tip

NOTICE_LINES = 5


class DirectoryCard(Card):
    """« L’annuaire »."""

    def __init__(
        self, presenter: Settings, folder: Path, open_folder: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("L’annuaire"), letters="section", margin=4, gap=3, parent=parent)
        self._presenter = presenter
        self._kept_notice = ""
        self.name, self.controller, self.contact = SettledLine(), SettledLine(), SettledLine()
        self.territory = TerritoryField(presenter.territories)
        self.notice = QPlainTextEdit()
        self.notice.setTabChangesFocus(True)
        self.keep_notice = Button(_("Garder cette notice"), small=True)
        self.folder = QLineEdit(str(folder))
        self.folder.setReadOnly(True)
        self.folder.setCursorPosition(0)
        self.folder.setToolTip(plain_tip(str(folder)))
        self.change_button = Button(_("Changer d’annuaire…"), small=True)
        self.change_button.setVisible(presenter.can_change_directory)
        self.open_button = Button(_("Ouvrir le dossier"), icon="folder-open", small=True)
        self._rows()
        self.name.editingFinished.connect(lambda: presenter.set_name(self.name.settled()))
        self.controller.editingFinished.connect(lambda: presenter.set_controller(self.controller.settled()))
        self.contact.editingFinished.connect(lambda: presenter.set_contact(self.contact.settled()))
        self.notice.textChanged.connect(self._notice_typed)
        self.keep_notice.clicked.connect(lambda: presenter.set_notice(self.notice.toPlainText()))
        self.change_button.clicked.connect(presenter.change_directory)
        self.open_button.clicked.connect(lambda: open_folder(folder))
        current().changed.connect(self._fit)
        self._fit()

    def show_facts(self, facts: Facts) -> None:
        """What is kept; a notice that somebody is writing stays."""
        self.name.show_text(facts.name)
        self.controller.show_text(facts.controller)
        self.contact.show_text(facts.contact)
        untouched = self.notice.toPlainText() == self._kept_notice
        self._kept_notice = facts.notice
        if untouched:
            self.notice.setPlainText(facts.notice)
        self._notice_typed()

    def set_locked(self, reason: str) -> None:
        """Why nothing here can be changed."""
        for line in (self.name, self.controller, self.contact):
            line.set_locked(reason)
        self.territory.set_locked(reason)
        self.notice.setReadOnly(bool(reason))
        self._notice_typed()

    def _rows(self) -> None:
        self.body.add(
            FieldRow(_("Nom de l’annuaire"), self.name),
            FieldRow(
                _("Territoire"),
                self.territory,
                hint=_("Des départements, des intercommunalités, des communes : tapez un nom, puis Entrée."),
            ),
            FieldRow(_("Responsable des données"), self.controller, hint=_("La structure qui tient l’annuaire.")),
            FieldRow(
                _("À qui s’adresser pour ses droits"),
                self.contact,
                hint=_(
                    "Un nom, un téléphone ou un courriel : qui veut voir, corriger ou effacer sa fiche s’y adresse."
                ),
            ),
            FieldRow(
                _("Notice d’information"),
                self.notice,
                hint=_("Ce qu’on dit aux personnes de leurs données. Chaque version est gardée."),
            ),
        )
        self.body.addWidget(self.keep_notice, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(FieldRow(_("Dossier"), self.folder))
        deeds = Flow(gap=2)
        deeds.addWidget(self.open_button)
        deeds.addWidget(self.change_button)
        self.body.addLayout(deeds)

    def _notice_typed(self) -> None:
        changed = self.notice.toPlainText().strip() != self._kept_notice
        self.keep_notice.setVisible(changed and not self.notice.isReadOnly())

    def _fit(self) -> None:
        self.notice.setFixedHeight(NOTICE_LINES * current().line("body") + current().px("space.4"))


class ExampleCard(Card):
    """« Données d’exemple »."""

    def __init__(self, presenter: Settings, parent: QWidget | None = None) -> None:
        super().__init__(_("Données d’exemple"), letters="section", margin=4, gap=2, parent=parent)
        self._presenter = presenter
        if presenter.in_example:
            words = _("Vous êtes dans l’exemple : toutes ces personnes sont inventées. Vos fiches sont ailleurs.")
            self.button = Button(_("Quitter et effacer l’exemple…"), "danger", icon="trash-2", small=True)
            self.button.clicked.connect(self._ask)
        else:
            words = _("Plus de 200 fiches inventées, dans un dossier à part : essayez sans toucher à votre annuaire.")
            self.button = Button(_("Ouvrir l’exemple…"), icon="flag", small=True)
            self.button.clicked.connect(presenter.change_directory)
            self.button.setVisible(presenter.can_change_directory)
        self.body.addWidget(TextLabel(words, ink="secondary", wrap=True))
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def _ask(self) -> None:
        words = _("Les fiches inventées partent, et ce que vous y avez ajouté aussi. Votre annuaire ne change pas.")
        confirm(
            self,
            _("Effacer l’exemple ?"),
            words,
            _("Garder l’exemple"),
            _("Quitter et effacer"),
            self._presenter.leave_example,
        )
