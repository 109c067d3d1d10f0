"""Light or dark, and how large the text is: choices of this PC, kept in its settings."""

from __future__ import annotations

from typing import Literal, Protocol

from appli import config

SCALES = (100, 125, 150, 200)
ThemeName = Literal["system", "light", "dark"]


class LookView(Protocol):
    """What applies them to the whole window."""

    def show_look(self, theme: ThemeName, scale: int) -> None:
        """Draw everything anew."""


class Look:
    """The two choices; each change is kept at once."""

    def __init__(self, view: LookView) -> None:
        settings = config.load_settings()
        self._view = view
        self.theme: ThemeName = settings.theme
        self.scale = nearest_scale(settings.text_scale)

    def set_theme(self, theme: ThemeName) -> None:
        """Light, dark or the system's."""
        self._become(theme, self.scale)

    def set_scale(self, scale: int) -> None:
        """A size of text in per cent."""
        self._become(self.theme, nearest_scale(scale))

    def larger(self) -> None:
        """One step up."""
        self._step(1)

    def smaller(self) -> None:
        """One step down."""
        self._step(-1)

    def _step(self, by: int) -> None:
        place = min(max(SCALES.index(self.scale) + by, 0), len(SCALES) - 1)
        self._become(self.theme, SCALES[place])

    def _become(self, theme: ThemeName, scale: int) -> None:
        if (theme, scale) == (self.theme, self.scale):
            return
        self.theme, self.scale = theme, scale
        config.save_settings(theme=theme, text_scale=scale)
        self._view.show_look(theme, scale)


def nearest_scale(scale: int) -> int:
    """The step nearest to a figure somebody may have written into the settings."""
    return min(SCALES, key=lambda known: abs(known - scale))
