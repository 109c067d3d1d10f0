"""F1: the guide beside what one is doing, opened at the chapter of the page one is on.

A window of its own, so that one can read what to do while doing it and no page has to be left.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from appli.i18n import _
from appli.presenters.guide import Chapter, Guide
from appli.presenters.shell import Shell
from ui.actions import window_actions
from ui.dialogs.choose_files import choose_where
from ui.help_text import chapter_html, drawn_picture
from ui.panes import next_pane
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.layout import Column, Flow, Row, space
from ui.widgets.notice import NoticeStrip
from ui.widgets.search_field import SearchField
from ui.widgets.text import announce

SIZE = (940, 640)
CONTENTS = 272
FOLDS = 700
"""Pixels at 100 % text: below this, the contents or the chapter, one at a time."""


class ReadingPane(QTextBrowser):
    """Tells when its lines have another width: pictures are as wide as there is room."""

    widened = Signal()

    def room(self) -> int:
        """What a line has."""
        return max(1, self.viewport().width() - 2 * round(self.document().documentMargin()))

    def show_chapter(self, chapter: Chapter) -> None:
        """Its words and its pictures, at the width of the moment."""
        document, room = self.document(), self.room()
        for block in chapter.blocks:
            if block.sort == "image":
                drawn = drawn_picture(block.source, room, self.devicePixelRatioF())
                document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(block.source), drawn)
        self.setHtml(chapter_html(chapter, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.widened.emit()


class HelpWindow(QWidget):
    """Draws; `Guide` thinks. `keys_wanted` opens the list of « Raccourcis clavier »."""

    def __init__(self, shell: Shell, show_keys: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Aide de Maillage"))
        ground(self, "window")
        self.presenter = Guide(shell, self)
        self.search = SearchField(_("Chercher dans l’aide…"), _("Chercher dans l’aide"))
        self.entries = QListWidget()
        self.entries.setAccessibleName(_("Sommaire"))
        self.entries.setProperty("role", "contents")
        self.entries.setWordWrap(True)
        self.entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entries.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.reading = ReadingPane()
        self.reading.setOpenLinks(False)
        self.reading.setProperty("role", "reading")
        self.reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reading.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # pictures keep their width
        self.contents_button = Button(_("Sommaire"), "quiet", icon="arrow-left", small=True)
        self.keys_button = Button(_("Raccourcis clavier"), "quiet", small=True)
        self.print_button = Button(_("Imprimer le guide…"), icon="printer", small=True)
        self.written = NoticeStrip("success")
        self._in_text = True
        self._lay_out()
        self._connect(shell, show_keys)
        self.show_entries()

    def open_at(self, page: str) -> None:
        """Read the chapter of a page of the window."""
        if not self.isVisible():
            self.written.hide()
            self._take_room()
        self._in_text = True
        self._fold()
        self.presenter.open_at(page)
        self.search.set_text("")
        self.show()
        self.raise_()
        self.activateWindow()
        self.reading.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what the presenter asks ---

    def show_entries(self) -> None:
        self.entries.blockSignals(True)
        self.entries.clear()
        for entry in self.presenter.entries:
            self.entries.addItem(f"{entry.title}\n{entry.where}" if entry.where else entry.title)
        self.entries.blockSignals(False)
        if self.presenter.looked_for and not self.presenter.entries:
            nothing = QListWidgetItem(_("L’aide ne parle pas de « {text} ».").format(text=self.presenter.looked_for))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.entries.addItem(nothing)
        self._mark_place()
        if self.presenter.looked_for:
            announce(self.entries, _("Trouvé : {n}").format(n=len(self.presenter.entries)))
        self._underline()

    def show_chapter(self, anchor: str) -> None:
        self._mark_place()
        self._draw()
        self.reading.setAccessibleName(self.presenter.chapter.title)
        if anchor:
            self.reading.scrollToAnchor(anchor)
        else:
            self.reading.verticalScrollBar().setValue(0)

    def show_written(self, path: Path, words: str) -> None:
        self.written.set_words(words, str(path))
        self.written.show()
        announce(self, words)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    # --- what Qt asks ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # --- parts ---

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("edge", "bottom")
        row = Flow(head, margin=3, gap=2)
        for widget in (self.contents_button, self.search, self.keys_button, self.print_button):
            row.addWidget(widget)
        self.search.setMinimumWidth(round(CONTENTS * current().scale))
        panes = Row(gap=0)
        panes.addWidget(self.entries)
        panes.addWidget(self.reading, 1)
        column = Column(self, gap=0)
        column.add(head, self.written)
        column.addLayout(panes, 1)
        self.written.hide()
        self.reading.widened.connect(self._draw_again)
        current().changed.connect(self._draw_again)

    def _connect(self, shell: Shell, show_keys: Callable[[], None]) -> None:
        self.search.text_changed.connect(self.presenter.look_for)
        self.search.text_changed.connect(lambda _text: self._turn_to(text=False))
        self.search.first_wanted.connect(lambda: self._choose(0))
        self.search.list_wanted.connect(self._to_entries)
        self.search.left.connect(self.close)
        self.entries.currentRowChanged.connect(self.presenter.choose)
        self.entries.itemClicked.connect(lambda _item: self._turn_to(text=True))
        self.entries.itemActivated.connect(lambda _item: self._read())
        self.reading.anchorClicked.connect(lambda url: self.presenter.follow(url.toString()))
        self.contents_button.clicked.connect(self._to_entries)
        self.keys_button.clicked.connect(show_keys)
        self.print_button.clicked.connect(self._choose_file)
        deeds: dict[str, Callable[[], object]] = {
            "search": lambda: self.search.edit.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "larger": shell.look.larger,
            "smaller": shell.look.smaller,
            "normal-size": lambda: shell.look.set_scale(100),
            "back": self.presenter.back,
            "keys": show_keys,
            "print": self._choose_file,
            "next-pane": lambda: self._walk(1),
            "previous-pane": lambda: self._walk(-1),
        }
        for action in window_actions():
            if action.name in deeds:
                self._key(action.keys, deeds[action.name])
        self._key(("Esc", "Ctrl+W"), self.close)

    def _key(self, keys: tuple[str, ...], deed: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _on=False: deed())
        self.addAction(action)

    def _walk(self, by: int) -> None:
        next_pane([self.search, self.entries, self.reading], self.focusWidget(), by)

    def _choose(self, place: int) -> None:
        self.presenter.choose(place)
        self._read()

    def _read(self) -> None:
        self._turn_to(text=True)
        self.reading.setFocus(Qt.FocusReason.TabFocusReason)

    def _to_entries(self) -> None:
        self._turn_to(text=False)
        self.entries.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_file(self) -> None:
        where, kinds = _("Où enregistrer le guide ?"), _("Documents PDF (*.pdf)")
        choose_where(self, where, self.presenter.file_name, self.presenter.save, kinds)

    def _mark_place(self) -> None:
        self.entries.blockSignals(True)
        self.entries.setCurrentRow(self.presenter.place)
        self.entries.blockSignals(False)

    def _turn_to(self, *, text: bool) -> None:
        self._in_text = text
        self._fold()

    def _fold(self) -> None:
        single = self.width() / current().scale < FOLDS
        self.entries.setMaximumWidth(16_777_215 if single else round(CONTENTS * current().scale))
        self.entries.setMinimumWidth(0 if single else round(CONTENTS * current().scale))
        self.entries.setVisible(not single or not self._in_text)
        self.reading.setVisible(not single or self._in_text)
        self.contents_button.setVisible(single and self._in_text)

    def _take_room(self) -> None:
        """At the right of the screen, beside what one is doing as far as there is room."""
        screen = self.screen().availableGeometry()
        wide, high = (round(side * current().scale) for side in SIZE)
        self.resize(min(wide, screen.width() - space(8)), min(high, screen.height() - 2 * space(8)))
        self.move(screen.right() - self.width() - space(2), screen.top() + space(8))

    def _draw(self) -> None:
        self.reading.document().setDocumentMargin(space(5))
        self.reading.show_chapter(self.presenter.chapter)
        self._underline()

    def _draw_again(self) -> None:
        """Another width, size of text or colours: the same place of the same chapter."""
        self._fold()
        self.search.setMinimumWidth(round(CONTENTS * current().scale))
        bar = self.reading.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        self._draw()
        bar.setValue(round(share * bar.maximum()))

    def _underline(self) -> None:
        """Mark what was looked for."""
        marks = []
        for start, end in self.presenter.spans(self.reading.toPlainText()) if self.presenter.looked_for else ():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.reading.document())
            mark.cursor.setPosition(start)
            mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(current().color("warning_soft"))
            mark.format.setForeground(current().color("text"))
            marks.append(mark)
        self.reading.setExtraSelections(marks)
