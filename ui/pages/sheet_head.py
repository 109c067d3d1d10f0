"""The head of a sheet: shape, name, what it is, code and freshness, what one may do."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from appli.i18n import _
from appli.presenters.sheet import SheetPane
from appli.presenters.sheet_page import HOW_CONFIRMED, SheetPage
from ui.widgets.audience import AudienceChip
from ui.widgets.badge import Badge, BadgeLook, Glyph, KindMark
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import Column, Flow, Row
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop


class SheetHead(QWidget):
    """Stays while the body rolls."""

    trash_wanted = Signal()
    restore_wanted = Signal()
    back_to_list = Signal()

    def __init__(self, presenter: SheetPane, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self.list_button = Button(_("Retour à la liste"), "quiet", icon="arrow-left", small=True)
        self.list_button.hide()
        self._mark = KindMark("person", "size.kind_sheet")
        self._tile = Glyph("tag", "accent_text", tile=True)
        self._name = TextLabel("", letters="page_title", wrap=True)
        self._example = Badge(BadgeLook(_("démo"), example=True))
        self._private = AudienceChip("private")
        self._what = TextLabel("", ink="secondary", wrap=True)
        self._foot = TextLabel("", letters="small", ink="muted")
        self.confirm_button = Button(_("Confirmer"), "quiet", small=True)
        self.edit_button = Button(_("Modifier"), "primary", icon="pencil")
        self.more_button = IconButton("ellipsis", _("Autres actions"))
        self.back_button = IconButton("chevron-left", _("Fiche vue avant"), "plain")
        self.forward_button = IconButton("chevron-right", _("Fiche vue après"), "plain")
        for button in (self.list_button, self.confirm_button):
            button.setProperty("flush", True)
        self._lay_out()
        self._make_menus()
        self.list_button.clicked.connect(self.back_to_list)
        self.edit_button.clicked.connect(presenter.edit)
        self.back_button.clicked.connect(presenter.back)
        self.forward_button.clicked.connect(presenter.forward)
        self.show_ways(back=False, forward=False)

    def show_sheet(self, page: SheetPage) -> None:
        """A record."""
        self._mark.set_kind(page.shape, page.initials)
        self._mark.show()
        self._tile.hide()
        self._name.setText(page.title)
        self._example.setVisible(page.demo)
        self._private.setVisible(page.private)
        self._what.setText(page.subtitle)
        self._foot.setText(page.foot)
        can = self._presenter.can_change
        self.confirm_button.setVisible(can and not page.trashed)
        self.edit_button.setVisible(self._presenter.can_edit and not page.trashed)
        self.edit_button.setAccessibleName(_("Modifier la fiche {title}").format(title=page.title))
        self.more_button.set_name(_("Autres actions sur la fiche {title}").format(title=page.title))
        self.more_button.setVisible(page.whole)
        for action in (self._link, self._trash, self._restore, self._erase):
            action.setEnabled(can)
        self._mine.setEnabled(self._presenter.withdrawing.is_possible)
        self._mine.setVisible(not page.private)
        self._link.setVisible(not page.trashed)
        self._trash.setVisible(not page.trashed)
        self._restore.setVisible(page.trashed)
        self._erase.setVisible(page.trashed)  # first the trash, which can be undone

    def show_term(self, page: Any) -> None:
        """A skill."""
        self._mark.hide()
        self._tile.show()
        self._name.setText(page.label)
        self._what.setText(_("Compétence") if page.scheme == "skill" else _("Mot de l’annuaire"))
        self._foot.setText("")
        for widget in (self._example, self._private, self.confirm_button, self.edit_button, self.more_button):
            widget.hide()

    def show_ways(self, *, back: bool, forward: bool) -> None:
        """The two arrows are there once there is somewhere to go back to."""
        self.back_button.setVisible(back or forward)
        self.forward_button.setVisible(back or forward)
        self.back_button.explain("" if back else _("Rien avant."))
        self.forward_button.explain("" if forward else _("Rien après."))

    def _lay_out(self) -> None:
        column = Column(self, margin=(5, 4, 4, 3), gap=2)
        column.addWidget(self.list_button, 0, Qt.AlignmentFlag.AlignLeft)
        row = Row(gap=4)
        for mark in (self._mark, self._tile):
            row.addWidget(mark, 0, TOP)
        words = Column(gap=0)
        name = Row(gap=2)
        name.addWidget(self._name, 1)
        words.addLayout(name)
        words.addWidget(self._what)
        foot = Flow(gap=2)
        for item in (self._foot, self._example, self._private, self.confirm_button):
            foot.addWidget(item)
        words.addLayout(foot)
        row.addLayout(words, 1)
        deeds = Row(gap=2)
        deeds.add(self.back_button, self.forward_button, self.edit_button, self.more_button)
        row.addLayout(deeds)
        row.setAlignment(deeds, TOP)
        column.addLayout(row)

    def _make_menus(self) -> None:
        how = QMenu(self)
        for code, words in HOW_CONFIRMED:
            how.addAction(_(words)).triggered.connect(lambda _on=False, code=code: self._presenter.confirm(code))
        self.confirm_button.setMenu(how)
        more = QMenu(self)
        more.addAction(_("Copier le code")).triggered.connect(self._presenter.copy_code)
        self._link = more.addAction(_("Ajouter un lien…"))
        self._link.triggered.connect(self._presenter.add_link)
        if self._presenter.can_print:
            more.addAction(_("Imprimer la fiche…")).triggered.connect(self._presenter.print)
        more.addSeparator()
        self._mine = more.addAction(_("Ne garder que pour moi…"))
        self._mine.triggered.connect(self._presenter.withdrawing.start)
        self._trash = more.addAction(_("Mettre à la corbeille"))
        self._restore = more.addAction(_("Remettre dans l’annuaire"))
        self._erase = more.addAction(_("Effacer définitivement…"))
        self._trash.triggered.connect(self.trash_wanted)
        self._restore.triggered.connect(self.restore_wanted)
        self._erase.triggered.connect(self._presenter.ask_erasing)
        self.more_button.setMenu(more)
