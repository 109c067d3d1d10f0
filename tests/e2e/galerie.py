"""Every part of the window on one picture, to be looked at beside the drawings: the look has no other judge.

    xvfb-run -s "-screen 0 2800x1600x24 -dpi 96" \
        env PYTHONPATH=. python tests/e2e/galerie.py FOLDER

Writes `composants`, `annuaire`, `tableaux`, each light and dark at 100 %, and light at 200 %.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from galerie_annuaire import directory_page
from galerie_composants import components_page
from galerie_tableaux import tables_page
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme, theme_setup

PAGES: dict[str, Callable[[], QWidget]] = {
    "composants": components_page,
    "annuaire": directory_page,
    "tableaux": tables_page,
}
LOOKS = (
    ("clair", theme.Scheme.LIGHT, 1.0),
    ("sombre", theme.Scheme.DARK, 1.0),
    ("clair_200", theme.Scheme.LIGHT, 2.0),
)


def main() -> None:
    """Draw each page in each look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--page", choices=sorted(PAGES))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    app = QApplication(sys.argv[:1])
    current = theme_setup.install(app, theme.Scheme.LIGHT)
    for name, build in PAGES.items():
        if options.page in {None, name}:
            for look, scheme, scale in LOOKS:
                current.scale = scale
                current.set_scheme(scheme)
                shoot(build(), options.folder / f"{name}_{look}.png")


def shoot(page: QWidget, file: Path) -> None:
    """Show a page as on a small screen, let it settle, keep what it looks like."""
    page.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    page.resize(1366, max(738, page.layout().totalHeightForWidth(1366)))
    page.show()
    page.activateWindow()
    focused = page.findChild(QWidget, "focused")
    if focused is not None:
        focused.setFocus()
    QTest.qWait(200)
    page.grab().save(str(file))
    print(f"{file.name}: {page.width()} × {page.height()}")
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main()
