"""What stands around the pages: rail, top bar, one notice, status bar, and the word in passing over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from appli.i18n import _
from ui.page_stack import PageStack
from ui.pages.folding import NARROW, RAIL_FOLDS
from ui.pages.registry import PageSpec
from ui.top_bar import TopBar
from ui.widgets.layout import Row
from ui.widgets.rail import Rail, RailItem
from ui.widgets.status_bar import StatusBar, StatusItem
from ui.widgets.toast import Toast

if TYPE_CHECKING:
    from ui.widgets.notice import NoticeStrip


class Chrome(QWidget):
    """Fills the window; draws, and knows nothing of who asks."""

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.top = TopBar()
        self.stack = PageStack(pages)
        self.rail = Rail(_("Pages"), [RailItem(p.key, _(p.word), p.icon, p.last) for p in pages if p.icon])
        self.status = StatusBar()
        self.notice: NoticeStrip | None = None
        self._narrow = False
        self._counted, self._example, self._saved, self._backup = (StatusItem() for _n in range(4))
        for item in (self._counted, self._example):
            self.status.add_left(item)
        for item in (self._saved, self._backup):
            self.status.add_right(item)
        self._notices = QVBoxLayout()
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addWidget(self.top)
        main.addLayout(self._notices)
        main.addWidget(self.stack, 1)
        main.addWidget(self.status)
        row = Row(self, gap=0)
        row.addWidget(self.rail)
        row.addLayout(main, 1)
        self.toast = Toast(self.stack)

    def fold(self, room: float) -> None:
        """Fewer words in a window of that many pixels at 100 %."""
        self.rail.set_folded(room < RAIL_FOLDS)
        self._narrow = room < NARROW
        self.top.set_narrow(self._narrow)

    def show_around(self, spec: PageSpec) -> None:
        """A page comes to the front, with everything around it or bare."""
        for around in (self.rail, self.top, self.status):
            around.setVisible(not spec.bare)
        if spec.icon:
            self.rail.set_current(spec.key)

    def show_status(self, counted: str, example: str, saved: str, backup: str, *, late: bool, held: bool) -> None:
        """The status bar; in a small window only what matters most."""
        self._counted.set_words(counted)
        self._example.set_words(example and (_("Personnes inventées") if self._narrow else example), "flag")
        self._saved.set_words(saved, "lock" if held else "circle-check")
        shown = backup if late or not self._narrow else ""
        self._backup.set_words(shown, "shield-check", "warning" if late else "secondary")

    def show_notice(self, title: str, words: str, deed: str, take: Callable[[], None]) -> None:
        """At most one: the latest."""
        from ui.widgets.notice import NoticeStrip

        self.drop_notice()
        self.notice = NoticeStrip("warning", title, words)
        button = self.notice.add_deed(deed)
        button.clicked.connect(self.drop_notice)
        button.clicked.connect(take)
        self._notices.addWidget(self.notice)

    def drop_notice(self) -> None:
        """What it said is solved."""
        if self.notice is not None:
            self.notice.deleteLater()
            self.notice = None
