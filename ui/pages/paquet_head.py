"""The head of a packet: whose it is, whether that is known, what one should know before accepting, the guard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame

from appli.i18n import _
from appli.presenters.packet_words import PacketHead
from ui.widgets.badge import Badge, BadgeLook, Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import ground
from ui.widgets.layout import Column, Row
from ui.widgets.notice import NoticeStrip
from ui.widgets.question import trouble
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop


class PacketHeadView(QFrame):
    """With one pane the list needs the room: what one should know stands behind « À lire avant… »."""

    def __init__(self, title: TextLabel, lead: TextLabel) -> None:
        super().__init__()
        self.setProperty("edge", "bottom")
        ground(self, "window")
        self._title, self._lead = title, lead
        self._shown: PacketHead | None = None
        self._is_single = False
        self._tile = Glyph("package-open", "accent_text", "size.icon_rail", tile=True)
        self.sign = Badge(BadgeLook(""))
        self.read_button = Button(_("À lire avant…"), "warning", small=True)
        self.read_button.clicked.connect(self._read)
        self._words = TextLabel("", letters="small", ink="secondary", wrap=True)
        self._notes = NoticeStrip("info")
        words = Column(gap=0)
        words.add(title, lead)
        row = Row(gap=3)
        row.addWidget(self._tile, 0, TOP)
        row.addLayout(words, 1)
        row.addWidget(self.sign, 0, TOP)
        row.addWidget(self.read_button, 0, TOP)
        column = Column(self, margin=(5, 3, 5, 3), gap=2)
        column.addLayout(row)
        column.add(self._words, self._notes, self._make_guard())

    def say(self, head: PacketHead) -> None:
        """Another packet, or more to know of this one."""
        self._shown = head
        self._title.setText(head.title)
        self._lead.setText(head.facts)
        self.sign.set_look(BadgeLook(head.sign.words, head.sign.tone, head.sign.icon))
        self._words.setText(head.words)
        self._notes.set_words("", " ".join(head.missing))
        self.fold(self._is_single)

    def fold(self, is_single: bool) -> None:
        """One pane, or two."""
        self._is_single = is_single
        head = self._shown
        for widget in (self._tile, self._lead, self.sign):
            widget.setVisible(not is_single)
        self._words.setVisible(head is not None and bool(head.words) and not is_single)
        self._notes.setVisible(head is not None and bool(head.missing) and not is_single)
        self.read_button.setVisible(head is not None and bool(head.words or head.missing) and is_single)

    def show_guard(self, words: str, *, on: bool) -> None:
        """How much goes, to be ticked before it does."""
        self.guard_pane.setVisible(on and bool(words))
        self._guard_words.setText(words)

    def _make_guard(self) -> QFrame:
        self.guard_pane = QFrame()
        self.guard_pane.setProperty("tone", "danger")
        row = Row(self.guard_pane, margin=(3, 2, 3, 2), gap=3)
        row.addWidget(Glyph("trash-2", "danger"), 0, TOP)
        self._guard_words = TextLabel("", letters="name", ink="danger", wrap=True)
        self.guard_box = QCheckBox(_("J’ai regardé lesquelles : les enlever"))
        row.addWidget(self._guard_words, 1)
        row.addWidget(self.guard_box)
        return self.guard_pane

    def _read(self) -> None:
        head = self._shown
        if head is not None:
            dialog = trouble(head.sign.words, " ".join((head.facts, head.words, *head.missing)), self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
