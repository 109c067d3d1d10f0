"""Places and sizes of windows and panes, kept from one day to the next; nothing of the directory is written here."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from appli.presenters import startup
from ui.theme import current


def kept() -> QSettings:
    """The file of this PC's windows."""
    return QSettings(str(startup.window_settings()), QSettings.Format.IniFormat)


class RememberedSplitter(QSplitter):
    """Panes side by side whose widths are kept, at 100 %, for each set of panes shown together."""

    def __init__(self, key: str, widths: dict[str, tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`widths`: for each pane in order, the tokens of its least, usual and greatest width; "" for no bound."""
        super().__init__(parent)
        self._key = key
        self._widths = widths
        self._names: tuple[str, ...] = ()
        self._kept: dict[str, int] = {}
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        self.splitterMoved.connect(self.keep)

    def fit(self, names: frozenset[str], *, single: bool) -> None:
        """Show these panes, as wide as they were left; `single` ones take all the room."""
        theme = current()
        for place, (name, (least, _usual, most)) in enumerate(self._widths.items()):
            pane = self.widget(place)
            if pane is None:
                continue
            pane.setVisible(name in names)
            pane.setMinimumWidth(theme.px(least) if least and not single else 0)
            pane.setMaximumWidth(theme.px(most) if most and not single else 16_777_215)
            self.setStretchFactor(place, 0 if most else 1)
        self._names = tuple(name for name in self._widths if name in names)
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def keep(self) -> None:
        """Somebody moved a border: remember the widths of the panes that have one of their own."""
        scale = current().scale
        for name, width in zip(self._widths, self.sizes(), strict=True):
            if name in self._names and len(self._names) > 1 and width and self._widths[name][1]:
                self._kept[name] = round(width / scale)

    def write(self) -> None:
        """Write down what is remembered."""
        file = kept()
        for name, width in self._kept.items():
            file.setValue(f"{self._key}/{name}", width)

    def _share_out(self) -> None:
        """Panes with a width of their own get it, the others what is left."""
        own = {name: self._width(name) for name in self._names if self._widths[name][1]}
        others = max(1, len(self._names) - len(own))
        rest = max(1, self.width() - sum(own.values())) // others
        self.setSizes([own.get(name, rest) if name in self._names else 0 for name in self._widths])

    def _width(self, name: str) -> int:
        known = self._kept.get(name)
        if known is None:
            try:
                known = int(str(kept().value(f"{self._key}/{name}")))
            except ValueError:
                known = round(current().px(self._widths[name][1]) / current().scale)
            self._kept[name] = known
        return round(known * current().scale)
