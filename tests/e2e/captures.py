"""Pictures of every page of the real window, to be looked at: the README and the guide take theirs from here.

    QT_QPA_PLATFORM=offscreen PYTHONPATH=. python tests/e2e/captures.py FOLDER [--themes light dark] [--scales 100 200]
        [--annuaire FOLDER] [--recherche TEXT] [--lieux]

Opens the example directory (made in a folder of its own), or the one given, goes from page to page as a person would
and keeps each as `NN_page-theme-scale.png`, then one contact sheet per theme and scale. With `--lieux` the map alone,
from the whole country to one commune, and an island.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

from PySide6.QtCore import QEventLoop, QRect, QTimer
from PySide6.QtCore import Qt as QtNames
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from appli.presenters.shell import NOTHING, Request
from appli.store.index_model import Query
from tests.e2e.reseau import with_a_network
from ui import immortals, theme, theme_setup
from ui.main import Application
from ui.main_window import Window
from ui.pages.carte import CartePage
from ui.pages.import_wizard import ImportPage

SIZE = (1366, 698)
PLACES = {
    "france": (46.6, 2.5, 6),
    "massif_central": (45.2, 3.2, 8),
    "lozere": (44.52, 3.5, 9),
    "commune": (44.3253, 3.5936, 12),
    "reunion": (-21.13, 55.53, 10),
}
"""Where the map is looked at: latitude, longitude, zoom."""
DRAWN = """
!document.querySelector("canvas.leaflet-tile:not(.leaflet-tile-loaded)")
  && document.querySelector("canvas.labels")?.dataset.written === String(map_maillage.getZoom())
"""
"""Names are written last. On a busy machine that takes seconds: a picture after a fixed time was once half painted."""


def wait(seconds: float) -> None:
    """Let the window live for a while: pictures are taken of what a person sees, not of what is being drawn."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def wait_for(ready: Callable[[], bool], seconds: float = 20) -> None:
    """Until it is so, or long enough."""
    until = time.monotonic() + seconds
    while not ready() and time.monotonic() < until:
        wait(0.1)


def scenes(window: Window, files: Path, packet: Path | None, words: str) -> Iterator[tuple[str, float]]:
    """Each page in turn: (its name, how long it needs to settle)."""
    presenter = window.presenter
    yield "annuaire", 4.0  # the small map comes last
    presenter.type_search(words)
    yield "recherche", 1.5
    presenter.type_search("tourneur villefort")
    yield "sans_resultat", 1.0
    presenter.type_search("")
    for key, request, settle in (
        ("carte", NOTHING, 6.0),
        ("a_localiser", NOTHING, 1.5),
        ("a_trancher", NOTHING, 1.5),
        ("doublons", NOTHING, 3.0),
        ("echanges", NOTHING, 2.0),
        ("paquet", Request(paths=(packet,)) if packet else NOTHING, 4.0),
        ("form", Request(kind="person"), 1.5),
        ("impression", NOTHING, 4.0),
        ("depouillement", NOTHING, 1.5),
        ("a_confirmer", NOTHING, 1.5),
        ("reglages", NOTHING, 1.5),
        ("import", Request(paths=(files,)), 4.0),
    ):
        if presenter.has_page(key) and (key != "paquet" or packet is not None):
            presenter.go(key, request)
            yield key, settle
        if key == "form":
            yield from _forms(window)
    page = window.stack.page
    assert isinstance(page, ImportPage)
    page.presenter.next()
    yield "colonnes", 2.0
    page.presenter.next()
    yield "apercu", 4.0
    page.presenter.give_up()


def places(window: Window) -> Iterator[tuple[str, float]]:
    """The map in each of PLACES."""
    window.presenter.go("carte")
    page = window.stack.page
    assert isinstance(page, CartePage)
    wait_for(lambda: page.map.map is not None and page.presenter.sight is not None)
    wait(3.0)  # until it has framed the territory by itself
    for name, (lat, lon, zoom) in PLACES.items():
        page.go_to(lat, lon, zoom)
        wait_for(lambda: _is_drawn(page))
        yield name, 0.5


def _is_drawn(page: CartePage) -> bool:
    answers: list[object] = []
    page.map.tell(lambda view: view._page.runJavaScript(DRAWN, answers.append))
    wait_for(lambda: bool(answers), 5)
    return answers == [True]


def _forms(window: Window) -> Iterator[tuple[str, float]]:
    """The form of one written sheet of each kind that has lists of its own."""
    rows = {row.shape: row.id for row in window.presenter.session.index.first_page(Query(), 500)}
    for shape in ("person", "place", "event", "offer", "project", "equipment"):
        if shape in rows:
            window.presenter.go("form", Request(record=rows[shape]))
            yield f"form_{shape}", 1.0


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--themes", nargs="*", default=["light", "dark"])
    parser.add_argument("--scales", nargs="*", type=int, default=[100])
    parser.add_argument("--annuaire", type=Path, help="a directory to show instead of the example")
    parser.add_argument("--recherche", default="bois")
    parser.add_argument("--lieux", action="store_true", help="the map alone, near and far")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    immortals.protect()
    QApplication.setAttribute(QtNames.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory(prefix="maillage-captures-") as name:
        home = Path(name)
        os.environ.update(MAILLAGE_CONFIG=str(home / "config"), MAILLAGE_CACHE=str(home / "cache"))
        directory = chosen.annuaire or _example(home / "annuaire")
        packet = None if chosen.annuaire else with_a_network(directory, home)
        members = _members(home)
        for scheme in chosen.themes:
            for scale in chosen.scales:
                theme_setup.install(app, theme.Scheme(scheme), scale / 100)
                application = Application(app)
                window = application.open(directory)
                pages = places(window) if chosen.lieux else scenes(window, members, packet, chosen.recherche)
                _pictures(window, pages, chosen.folder, f"{scheme}-{scale}")
    return 0


def _example(folder: Path) -> Path:
    from appli.app import open_directory
    from appli.services.demonstration import load

    directory = open_directory(folder)
    load(directory)
    directory.store.backup("manuelle")
    directory.close()
    return folder


def _members(home: Path) -> Path:
    """A members' list of the kind that a host keeps; everybody in it is invented."""
    lines = [
        "Nom;Structure;Compétences;Tél;Mail;CP;Ville;OK annuaire ?",
        "LEXEMPLE Ursule;Asso Vélo Mende;soudure, mécanique vélo;06 39 98 12 10;ursule@exemple.example;48000;MENDE;oui",
        "Testard, Dorian;;maraîchage / cuisine;;;48400;Florac;oui sauf tél",
        "Mme Zélie Simulé;La Forge partagée;compta / paie;06 39 98 45 07;;48100;marvejols;papier seulement",
    ]
    file = home / "adherents.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def _pictures(window: Window, pages: Iterator[tuple[str, float]], target: Path, suffix: str) -> None:
    window.resize(*SIZE)
    wait_for(lambda: window.presenter.session.is_open)
    taken = []
    for n, (name, settle) in enumerate(pages, 1):
        wait(settle)
        picture = window.grab()
        picture.save(str(target / f"{n:02}_{name}-{suffix}.png"))
        taken.append(picture)
    contact_sheet(taken).save(str(target / f"planche-{suffix}.png"))
    window.close()
    wait(1.0)


def contact_sheet(pictures: list[QPixmap], columns: int = 3, width: int = 640) -> QPixmap:
    """All pictures on one."""
    height = width * SIZE[1] // SIZE[0]
    rows = -(-len(pictures) // columns)
    sheet = QPixmap(columns * (width + 8), rows * (height + 8))
    sheet.fill(QColor("gray"))
    painter = QPainter(sheet)
    for n, picture in enumerate(pictures):
        place = QRect(n % columns * (width + 8) + 4, n // columns * (height + 8) + 4, width, height)
        painter.drawPixmap(place, picture)
    painter.end()
    return sheet


if __name__ == "__main__":
    sys.exit(main())
