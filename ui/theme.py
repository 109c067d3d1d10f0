"""The look of the window, asked by every widget and delegate: colours, lengths, letters, icons, all from the tokens.

`ui.theme_setup.install` makes it once; `current` gives it anywhere. When the colours or the size of the text
change, the palette and the style sheet are set anew: every widget receives `StyleChange` and asks again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from ui import theme_icons, theme_kinds, theme_palette, theme_sheet, theme_tokens
from ui.theme_tokens import Mode

STROKE = 1.75


class Scheme(StrEnum):
    """What the person chose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


QT_SCHEMES = {
    Scheme.SYSTEM: Qt.ColorScheme.Unknown,
    Scheme.LIGHT: Qt.ColorScheme.Light,
    Scheme.DARK: Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """Answers what a thing looks like now; `changed` tells that every answer may be another."""

    changed = Signal()
    installed: ClassVar[Theme | None] = None

    def __init__(self, app: QApplication, scheme: Scheme, scale: float) -> None:
        super().__init__(app)
        self.tokens = theme_tokens.load()
        self.scheme = scheme
        self.scale = scale
        self.dark = False
        self.high_contrast = False
        self.dressed = False
        """Whether style and style sheet are there; before the first paint they are not."""
        self._app = app
        self._colors: dict[str, QColor] = {}
        self._hints = app.styleHints()
        # Kept: the chained call `app.styleHints().accessibility()` frees the object it asks.
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._accessibility.contrastPreferenceChanged.connect(self._system_changed)

    # --- what is asked ---

    def color(self, name: str) -> QColor:
        """A token (`text`, `accent`…) or a derived colour (`glyph`, `pressed`, `kind.person`…)."""
        return self._colors[name]

    def kind_color(self, shape: str) -> QColor:
        """The colour of a kind of record."""
        return self._colors[f"kind.{shape}"]

    def px(self, name: str) -> int:
        """A length (`space.2`, `size.control`…) in logical pixels at the size of the text."""
        return round(self.tokens.lengths[name] * self.scale)

    def points(self, name: str) -> float:
        """A size of text in points."""
        return self.tokens.points[name] * self.scale

    def milliseconds(self, name: str) -> int:
        """A duration; no movement where the system asks for none."""
        if name == "toast_in" and self._motion_reduced():
            return 0
        return self.tokens.milliseconds[name]

    def line(self, name: str) -> int:
        """The height of a line of that size of text."""
        font_px = QFontInfo(self.font(name)).pixelSize()
        return round(max(font_px, 1) * self.tokens.line_heights[name])

    def font(self, name: str = "body", weight: int = 400, *, tabular: bool = False) -> QFont:
        """The typeface at one of the five sizes; `tabular` figures are for columns only."""
        font = QFont(self.tokens.family)
        font.setPointSizeF(self.points(name))
        font.setWeight(QFont.Weight(weight))
        if tabular:
            font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def icon(self, name: str, role: str = "text") -> QIcon:
        """A Lucide icon in the colour `role`, in `disabled` when it is; it follows the theme by itself."""

        def draw(size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
            color = self.color("disabled" if mode is QIcon.Mode.Disabled else role)
            return theme_icons.glyph(name, color, size, ratio, STROKE)

        return QIcon(theme_icons.PaintedIcon(draw))

    def glyph(self, name: str, role: str, size: int, ratio: float) -> QPixmap:
        """The same icon as a pixmap, for a delegate."""
        return theme_icons.glyph(name, self.color(role), QSize(size, size), ratio, STROKE)

    def kind_icon(self, shape: str, initials: str = "") -> QIcon:
        """The shape of a kind, at whatever size the icon is painted."""

        def draw(size: QSize, _mode: QIcon.Mode, ratio: float) -> QPixmap:
            return theme_kinds.kind_pixmap(self, shape, size.width(), ratio, initials)

        return QIcon(theme_icons.PaintedIcon(draw))

    def kind_pixmap(self, shape: str, size: int, ratio: float, initials: str = "") -> QPixmap:
        """The shape of a kind as a pixmap, for a delegate."""
        return theme_kinds.kind_pixmap(self, shape, size, ratio, initials)

    def kind_outline(self, shape: str, size: int, ratio: float) -> QPixmap:
        """The outline of a kind as it is printed."""
        return theme_kinds.outline_pixmap(self, shape, size, ratio)

    # --- what is chosen ---

    def set_scheme(self, scheme: Scheme) -> None:
        """Light, dark or the system's."""
        self.scheme = scheme
        self._hints.setColorScheme(QT_SCHEMES[scheme])
        self.apply()

    def set_scale(self, scale: float) -> None:
        """The size of the text, 1.0 to 2.0; everything follows."""
        self.scale = scale
        self.apply()

    def apply(self) -> None:
        """Hand palette, letters and style sheet to the application."""
        self.dark = self._is_dark()
        self.high_contrast = self._wants_contrast()
        if self.high_contrast:
            self._app.setPalette(QPalette())
            self._colors = theme_palette.high_contrast_colors(self.tokens, self._app.palette())
        else:
            mode = Mode.DARK if self.dark else Mode.LIGHT
            self._colors = theme_palette.colors_of(self.tokens, mode)
            self._app.setPalette(theme_palette.palette_of(self._colors))
        self._app.setFont(self.font())
        if self.dressed:
            self._app.setStyleSheet(theme_sheet.sheet(self._colors, self.px, self.points))
        self.changed.emit()

    # --- what the system says ---

    def _is_dark(self) -> bool:
        if self.scheme is Scheme.SYSTEM:
            return self._hints.colorScheme() is Qt.ColorScheme.Dark
        return self.scheme is Scheme.DARK

    def _wants_contrast(self) -> bool:
        return self._accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _motion_reduced(self) -> bool:
        return self._accessibility.motionPreference() is Qt.MotionPreference.ReducedMotion

    def _system_changed(self) -> None:
        if (self.dark, self.high_contrast) != (self._is_dark(), self._wants_contrast()):
            self.apply()


def current() -> Theme:
    """The theme of this application."""
    if Theme.installed is None:
        raise RuntimeError("ui.theme_setup.install has not been called")
    return Theme.installed
