"""How the window looks, chosen at once: the size of the text and the colours, on the first page and in the Réglages."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from appli.i18n import NNBSP, _
from appli.presenters.look import SCALES, Look, ThemeName
from ui.theme import current
from ui.widgets.switches import Segment, Segmented

THEMES: dict[str, ThemeName] = {"system": "system", "light": "light", "dark": "dark"}


class TextSizeChoice(Segmented):
    """From 100 to 200 %; follows Ctrl++ and Ctrl+-."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Taille du texte"), [Segment(str(n), f"{n}{NNBSP}%") for n in SCALES], parent)
        self._look = look
        self.chosen.connect(lambda key: look.set_scale(int(key)))
        current().changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.set_current(str(self._look.scale))


class ColoursChoice(Segmented):
    """The system's, light or dark."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        choices = [
            Segment("system", _("Comme le système"), "layout-dashboard"),
            Segment("light", _("Clair"), "sun"),
            Segment("dark", _("Sombre"), "moon"),
        ]
        super().__init__(_("Couleurs"), choices, parent)
        self._look = look
        self.chosen.connect(lambda key: look.set_theme(THEMES[key]))
        current().changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.set_current(self._look.theme)
