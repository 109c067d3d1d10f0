"""What a new directory is asked, on one page: draws `appli.presenters.founding`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from appli.i18n import _
from appli.presenters.founding import Founding
from appli.presenters.shell import Shell
from ui.dialogs.choose_files import choose_folder
from ui.pages.page import TaskPage
from ui.pages.territory_field import TerritoryField
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column
from ui.widgets.scrolled import Scrolled
from ui.widgets.side_by_side import SideBySide
from ui.widgets.text import plain_tip

ONE_CARD = 420
"""Pixels at 100 % that a card needs to stand beside the other."""


class Questions(TaskPage):
    """The view of `Founding`."""

    def __init__(self, shell: Shell, presenter: Founding, parent: QWidget | None = None) -> None:
        super().__init__(shell, _("Votre annuaire"), parent)
        self.presenter = presenter
        presenter.view = self
        self.give_up_button.hide()
        self.primary_button.setText(_("Créer l’annuaire"))
        self.primary_button.clicked.connect(presenter.create)
        self.name, self.contact, self.label, self.folder = (QLineEdit() for _n in range(4))
        self.territory = TerritoryField(presenter.territories)
        self.folder.setReadOnly(True)
        self.change_button = Button(_("Changer…"))
        self.change_button.setAccessibleName(_("Changer de dossier"))
        self.open_button = Button("", small=True)
        self.open_button.hide()
        self._rows()
        self._connect()

    def show_words(self, title: str, lead: str) -> None:
        """What stands over the fields."""
        self.title.setText(title)
        self.set_lead(lead)
        self.set_safe(_("Rien n’est écrit avant « Créer l’annuaire »."))

    # --- Founding ---

    def show_answers(self) -> None:
        answers = self.presenter.answers
        for line, text in ((self.name, answers.name), (self.contact, answers.contact), (self.label, answers.label)):
            if line.text().strip() != text:
                line.setText(text)

    def show_folder(self, folder: str, refusal: str, deed: str) -> None:
        self.folder.setText(folder)
        self.folder.setCursorPosition(0)
        self.folder.setToolTip(plain_tip(folder))
        self.folder_row.set_error(refusal)
        self.open_button.setText(deed)
        self.open_button.setVisible(bool(deed))
        self.primary_button.explain(refusal)
        if refusal:
            self._area.ensureWidgetVisible(self.folder_row)

    def show_name_missing(self, sentence: str) -> None:
        self.name_row.set_error(sentence)
        if sentence:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(self.name_row)

    def show_making(self, making: bool) -> None:
        self.primary_button.explain(_("L’annuaire se crée.") if making else "")

    # --- parts ---

    def _rows(self) -> None:
        self.name_row = FieldRow(
            _("Nom de l’annuaire"), self.name, hint=_("Par exemple : Annuaire du tiers-lieu de Florac.")
        )
        self.territory_row = FieldRow(
            _("Territoire"),
            self.territory,
            hint=_("Des départements, des intercommunalités, des communes : tapez un nom, puis Entrée."),
        )
        self.contact_row = FieldRow(
            _("À qui s’adresser pour ses droits"),
            self.contact,
            hint=_("La personne ou la structure qui répond des données : un nom, un téléphone ou un courriel."),
        )
        self.label_row = FieldRow(
            _("Nom de ce poste"), self.label, hint=_("Pour reconnaître ce qui vient d’ici : Accueil, Bureau de Nour…")
        )
        self.folder_row = FieldRow(_("Dossier de l’annuaire"), self.folder, beside=self.change_button)
        what, where = Card(_("L’annuaire"), letters="section", gap=3), Card(_("Ce poste"), letters="section", gap=3)
        what.body.add(self.name_row, self.territory_row, self.contact_row)
        where.body.add(self.label_row, self.folder_row)
        where.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._form = SideBySide((what, where), ONE_CARD, at_top=True)
        holder = QWidget()
        column = Column(holder)
        column.addWidget(self._form)
        column.addStretch()
        self._area = Scrolled(holder)
        self.body.addWidget(self._area, 1)

    def _connect(self) -> None:
        presenter = self.presenter
        self.name.textEdited.connect(presenter.set_name)
        self.contact.textEdited.connect(presenter.set_contact)
        self.label.textEdited.connect(presenter.set_label)
        for line in (self.name, self.contact, self.label):
            line.returnPressed.connect(presenter.create)
        self.change_button.clicked.connect(self._choose_folder)
        self.open_button.clicked.connect(presenter.open_there)

    def _choose_folder(self) -> None:
        here = self.presenter.answers.folder.parent
        choose_folder(self, _("Où garder l’annuaire ?"), here, self.presenter.set_folder)
