"""Give the application its look, in two steps: letters and colours before the first paint, style and sheet after it."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from appli import resources
from ui import immortals
from ui.theme import Scheme, Theme


def begin(app: QApplication, scheme: Scheme = Scheme.SYSTEM, scale: float = 1.0) -> Theme:
    """The theme that `ui.theme.current` gives from now on; `scale` is the size of the text, 1.0 to 2.0."""
    immortals.protect()
    for file in sorted(resources.path("polices").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    theme = Theme(app, scheme, scale)
    Theme.installed = theme
    theme.set_scheme(scheme)
    return theme


def dress(app: QApplication, theme: Theme) -> None:
    """The style, the style sheet and the icon: what widgets need, and the first rows do not."""
    from PySide6.QtGui import QGuiApplication, QIcon

    from ui.theme_style import MaillageStyle

    app.setStyle(MaillageStyle(theme))
    QGuiApplication.setWindowIcon(QIcon(str(resources.path("icones/programme.svg"))))
    theme.dressed = True
    theme.apply()


def install(app: QApplication, scheme: Scheme = Scheme.SYSTEM, scale: float = 1.0) -> Theme:
    """Both at once."""
    theme = begin(app, scheme, scale)
    dress(app, theme)
    return theme
