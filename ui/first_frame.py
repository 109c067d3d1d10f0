"""The very first paint: the rows of the directory where they will be, in a window still bare.

A window with all its parts takes as long to build as the program to start. The rows are seen at once, the parts come
around them in the next instant. Nothing here may need the style, the style sheet or the state of a page.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from appli.app import open_index
from appli.i18n import _
from appli.presenters.first_rows import FirstRows
from ui.adapters.paged_model import PagedModel
from ui.pages.folding import NARROW, RAIL_FOLDS, SINGLE
from ui.theme import current
from ui.widgets.record_list import RecordList


class FirstFrame(QWidget):
    """Lies over the window until its parts are there; takes no key and no click."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._list = RecordList(_("Fiches"), self)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFrameShape(RecordList.Shape.NoFrame)
        self._list.setModel(PagedModel(FirstRows(folder, open_index), self._list))
        self._list.setVisible(self._list.model().rowCount() > 0)
        self.setEnabled(False)
        self.fit()

    def fit(self) -> None:
        """Put the rows where the list of the directory will have them."""
        theme, parent = current(), self.parentWidget()
        if parent is None:
            return
        room = parent.width() / theme.scale
        left = theme.px("size.touch_comfort" if room < RAIL_FOLDS else "size.rail")
        if room >= NARROW:
            left += theme.px("pane.facets")
        top = theme.px("size.topbar") + theme.px("size.control") + theme.px("space.3")
        width = parent.width() - left if room < SINGLE else theme.px("pane.list")
        self._list.set_drill(room < SINGLE)
        self.setGeometry(parent.rect())
        self._list.setGeometry(QRect(left, top, width, max(0, parent.height() - top - theme.px("size.statusbar"))))
