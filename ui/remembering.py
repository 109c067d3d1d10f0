"""Places and sizes of windows and panes, kept from one day to the next; nothing of the directory is written here."""

from __future__ import annotations

from PySide6.QtCore import QSettings
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
        self.setSizes([self._width(name) if name in names else 0 for name in self._widths])

    def keep(self) -> None:
        """Remember the widths of the panes that have one of their own."""
        scale = current().scale
        file = kept()
        for name, width in zip(self._widths, self.sizes(), strict=True):
            if name in self._names and len(self._names) > 1 and width and self._widths[name][1]:
                file.setValue(f"{self._key}/{name}", round(width / scale))

    def _width(self, name: str) -> int:
        usual = self._widths[name][1]
        if not usual:
            return self.width()
        known = kept().value(f"{self._key}/{name}")
        try:
            return round(int(str(known)) * current().scale)
        except ValueError:
            return current().px(usual)
