"""The pane of the sheet: draws what its presenter composed, a record or a skill, and hands every wish back to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.add_link import AddLink
from appli.presenters.sheet import SheetPane
from appli.presenters.sheet_page import SheetPage
from appli.presenters.sheet_withdrawing import Asked
from ui.pages import sheet_parts as parts
from ui.pages.sheet_head import SheetHead
from ui.pages.sheet_notices import notice_of
from ui.pages.sheet_united import united_card
from ui.pages.term_view import term_view
from ui.theme import current
from ui.widgets.card import Card, ground
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import Column
from ui.widgets.question import confirm
from ui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from appli.presenters.photo_viewer import PhotoViewer
    from appli.presenters.sheet_erasing import Erasing
    from ui.pages.sheet_beside import NotesPart

ASIDE = 212
TWO_COLUMNS = 600
STACKED = 380
HEAD_STAYS = 420
"""Pixels at 100 %: the column of map and accord, what it needs beside it; below what width labels stand above their
values; from what height the head stays in its place."""

MiniMap = Callable[[QWidget, SheetPage], QWidget | None]
"""Makes the small map of a sheet in a parent; None where no map can be shown."""


class SheetView(QFrame):
    """Implements `SheetView` of the presenter. `back_wanted` is « Retour à la liste » of a single pane."""

    back_wanted = Signal()
    trash_wanted = Signal(object)
    restore_wanted = Signal(object)

    def __init__(self, presenter: SheetPane, mini_map: MiniMap | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        ground(self, "page")
        self._presenter = presenter
        self._mini_map = mini_map
        self._page: SheetPage | None = None
        self._notes: NotesPart | None = None
        self._writing = False
        self._wide = True
        self._stacked = False
        presenter.view = self
        presenter.withdrawing.view = self
        self.head = SheetHead(presenter)
        self.head.trash_wanted.connect(self._trash)
        self.head.restore_wanted.connect(self._restore)
        self.head.back_to_list.connect(self.back_wanted)
        self._area = Scrolled()
        self._nothing = EmptyState("book-user", _("Aucune fiche choisie"), _("Choisissez une fiche dans la liste."))
        self._body = QWidget()
        self._content = QWidget()
        self._inner = _plain_column(self._content)
        self._inner.addWidget(self._body)
        self._area.setWidget(self._content)
        self._outer = _plain_column(self)
        self._outer.addWidget(self.head)
        self._outer.addWidget(self._area, 1)
        self._outer.addWidget(self._nothing, 1)
        current().changed.connect(self._redraw)
        self.show_nothing()

    # --- what the presenter asks ---

    def show_sheet(self, page: SheetPage) -> None:
        same = self._page is not None and self._page.id == page.id
        if page == self._page:
            return
        self._page = page
        self._show(page)
        self.head.show_sheet(page)
        self._set_body(self._sheet_body(page), stay=same)
        self.setAccessibleName(_("Fiche de {title}").format(title=page.title))

    def show_term(self, page: object) -> None:
        self._page = self._notes = None
        self._show(page)
        self.head.show_term(page)
        self._set_body(term_view(page, self._presenter.open), stay=False)

    def show_nothing(self) -> None:
        self._page = self._notes = None
        for widget in (self.head, self._area):
            widget.hide()
        self._nothing.show()

    def show_ways(self, *, back: bool, forward: bool) -> None:
        self.head.show_ways(back=back, forward=forward)

    def choose_link(self, choice: AddLink) -> None:
        from ui.dialogs.add_link import AddLinkDialog

        dialog = AddLinkDialog(choice, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_photos(self, viewer: PhotoViewer) -> None:
        from ui.dialogs.photo import PhotoDialog

        dialog = PhotoDialog(viewer, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_erasing(self, erasing: Erasing) -> None:
        from ui.dialogs.erase_sheet import EraseDialog

        dialog = EraseDialog(erasing, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_withdrawing(self, asked: Asked) -> None:
        confirm(self, asked.title, asked.words, asked.keep, asked.withdraw, self._presenter.withdrawing.withdraw)

    def follow(self, target: str) -> None:
        QDesktopServices.openUrl(QUrl(target, QUrl.ParsingMode.StrictMode))

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    # --- drawing ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() / current().scale
        wide, stacked = room >= TWO_COLUMNS, room < STACKED
        self._place_head(rolls=self.height() / current().scale < HEAD_STAYS)
        if (wide, stacked) != (self._wide, self._stacked):
            self._wide, self._stacked = wide, stacked
            self._redraw()

    def minimumSizeHint(self) -> QSize:
        return QSize(current().px("pane.list_min"), current().px("pane.facets"))

    def _redraw(self) -> None:
        if self._page is not None:
            self._set_body(self._sheet_body(self._page), stay=True)

    def _show(self, _page: object) -> None:
        self._nothing.hide()
        self.head.show()
        self._area.show()

    def _set_body(self, body: QWidget, *, stay: bool) -> None:
        bar = self._area.verticalScrollBar()
        place = bar.value() if stay else 0
        self._inner.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body
        body.show()
        if stay and self._writing and self._notes is not None:
            self._notes.take_cursor()
        bar.setValue(place)

    def _place_head(self, *, rolls: bool) -> None:
        """In a low window the head rolls away with the rest, or nothing else could be read."""
        home = self._inner if rolls else self._outer
        if home.indexOf(self.head) < 0:
            home.insertWidget(0, self.head)

    def _sheet_body(self, page: SheetPage) -> QWidget:
        body = QWidget()
        column = Column(body, margin=(5, 0, 5, 5), gap=3)
        notice = notice_of(page, self._presenter, self._restore)
        if notice is not None:
            column.addWidget(notice)
        main, aside = self._main(page), self._aside(page)
        if aside is None:
            column.addLayout(main)
        elif self._wide:
            aside.setFixedWidth(round(ASIDE * current().scale))
            row = QHBoxLayout()
            row.setSpacing(current().px("space.5"))
            row.addLayout(main, 1)
            row.addWidget(aside, 0, parts.TOP)
            column.addLayout(row)
        else:
            column.addLayout(main)
            column.addWidget(aside)
        column.addStretch()
        return body

    def _main(self, page: SheetPage) -> Column:
        """Sections in the order one looks for them: how to reach, what it is, skills, links, then the rest."""
        column = Column(gap=3)
        sections = dict(page.sections)
        first = [t for t in sections if t in (_("Coordonnées"), _("En bref"))]
        for title in first:
            self._add_lines(column, title, page)
        for label, chips in page.chips:
            column.addWidget(parts.section_title(label))
            column.addLayout(parts.chips_of(chips, self._presenter.open_term))
        if page.links:
            column.addWidget(parts.section_title(_("Liens")))
            unlink = self._presenter.unlink if self._presenter.can_change else None
            column.addLayout(parts.links_of(page.links, self._presenter.open, unlink))
        for title in sections:
            if title not in first:
                self._add_lines(column, title, page)
        self._add_notes(column, page)
        column.addStretch()
        return column

    def _add_notes(self, column: Column, page: SheetPage) -> None:
        self._writing = self._notes is not None and self._notes.has_cursor()
        self._notes = None
        if page.notes or self._presenter.notes.can_add:
            from ui.pages.sheet_beside import NotesPart

            self._notes = NotesPart(page.notes, self._presenter.notes)
            column.addWidget(self._notes)

    def _add_lines(self, column: Column, title: str, page: SheetPage) -> None:
        column.addWidget(parts.section_title(title))
        lines = dict(page.sections)[title]
        column.addLayout(parts.lines_of(lines, self._presenter.follow, stacked=self._stacked))

    def _aside(self, page: SheetPage) -> QWidget | None:
        cards: list[QWidget] = []
        if page.photos:
            from ui.pages.sheet_beside import photos_card

            cards.append(photos_card(page.photos, self._presenter.look_at_photo))
        if page.position is not None and (self._mini_map is not None or page.near):
            card = Card(margin=3, gap=2)
            small = self._mini_map(card, page) if self._mini_map is not None and self._wide else None
            if small is not None:
                card.body.addWidget(small)
            if page.near:
                card.body.addLayout(parts.near_rows(page.near, self._presenter.open))
            cards.append(card)
        if page.united:
            cards.append(united_card(page.united, self._presenter))
        if page.consent is not None:
            cards.append(parts.consent_card(page.consent))
        if not cards:
            return None
        aside = QWidget()
        column = Column(aside, gap=3)
        column.add(*cards)
        return aside

    def _trash(self) -> None:
        if self._page is not None:
            self.trash_wanted.emit([self._page.id])

    def _restore(self) -> None:
        if self._page is not None:
            self.restore_wanted.emit([self._page.id])


def _plain_column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
