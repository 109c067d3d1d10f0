"""Give the application its look: letters, style, colours; called once, before the first window."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from appli import resources
from ui import immortals
from ui.theme import Scheme, Theme
from ui.theme_style import MaillageStyle


def install(app: QApplication, scheme: Scheme = Scheme.SYSTEM, scale: float = 1.0) -> Theme:
    """The theme that `ui.theme.current` gives from now on; `scale` is the size of the text, 1.0 to 2.0."""
    immortals.protect()
    for file in sorted(resources.path("polices").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    theme = Theme(app, scheme, scale)
    Theme.installed = theme
    app.setStyle(MaillageStyle(theme))
    QGuiApplication.setWindowIcon(theme.icon("maillage", "accent"))
    theme.set_scheme(scheme)
    return theme
