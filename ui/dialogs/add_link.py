"""« Ajouter un lien… »: a role from this sheet's side, then the other sheet, found by typing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from appli.i18n import _
from appli.presenters.add_link import AddLink
from ui.adapters.paged_model import PagedModel
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.dialog import ModalDialog
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Row
from ui.widgets.record_list import RecordList, RecordRole
from ui.widgets.search_field import SearchField
from ui.widgets.text import TextLabel


class AddLinkDialog(ModalDialog):
    """Opened with `open()`; nothing is written before « Ajouter le lien »."""

    def __init__(self, presenter: AddLink, parent: QWidget | None = None) -> None:
        super().__init__(_("Ajouter un lien"), parent)
        self._presenter = presenter
        presenter.view = self
        self.roles = QComboBox()
        for role in presenter.roles():
            self.roles.addItem(role.words, role.key)
        self.roles.setCurrentIndex(self.roles.findData(presenter.usual_role()))
        self.search = SearchField(_("Chercher l’autre fiche…"), _("Chercher l’autre fiche"))
        self.rows = RecordList(_("L’autre fiche"), compact=True)
        self.model = PagedModel(presenter, self)
        self.rows.setModel(self.model)
        self.add_button = Button(_("Ajouter le lien"), "primary")
        self.cancel_button = Button(_("Ne rien ajouter"))
        self._lay_out()
        self.search.text_changed.connect(presenter.find)
        self.search.list_wanted.connect(lambda: self.rows.setFocus(Qt.FocusReason.TabFocusReason))
        self.search.left.connect(self.reject)
        self.rows.activated.connect(self._add)
        self.rows.selectionModel().selectionChanged.connect(self._fit)
        self.add_button.clicked.connect(self._add)
        self.cancel_button.clicked.connect(self.reject)
        self._fit()

    def rows_replaced(self) -> None:
        """Other sheets are found."""
        self.model.rows_replaced()
        self._fit()

    def close_dialog(self) -> None:
        """The link is made."""
        self.accept()

    def sizeHint(self) -> QSize:
        theme = current()
        return QSize(
            theme.px("pane.sheet_min") + theme.px("size.rail"), theme.px("pane.sheet_min") + theme.px("size.rail")
        )

    def _lay_out(self) -> None:
        column = Column(self, margin=5, gap=3)
        column.addWidget(TextLabel(_("Ajouter un lien"), letters="section"))
        role = _("{title}…").format(title=self._presenter.page.title)
        column.addWidget(FieldRow(role, self.roles))
        column.addWidget(self.search)
        column.addWidget(self.rows, 1)
        line = Row(gap=3)
        line.addStretch()
        line.add(self.cancel_button, self.add_button)
        column.addLayout(line)
        self.search.edit.setFocus()

    def _chosen(self) -> bytes | None:
        index = next(iter(self.rows.selectedIndexes()), None)
        return index.data(RecordRole.ID) if index is not None else None

    def _fit(self) -> None:
        self.add_button.explain("" if self._chosen() is not None else _("Choisissez d’abord l’autre fiche."))

    def _add(self) -> None:
        other = self._chosen()
        if other is not None:
            self._presenter.add(str(self.roles.currentData()), other)
