"""The pictures of the guide: what a chapter talks about, cut out of the real window, always the same.

    QT_QPA_PLATFORM=offscreen PYTHONPATH=. python tests/e2e/captures_guide.py [FOLDER]

Writes `ressources/aide/images` (or FOLDER): the example directory with a small network, light colours, 100 % text, a
clock that stands still, two points a pixel, 200 colours. Run it again when a page has changed.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

os.environ.update(QT_SCALE_FACTOR="2", MAILLAGE_MAINTENANT="2026-11-22T10:00:00")

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, QSize
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QWidget

from appli import resources
from appli.app import open_directory
from appli.domain import ids
from appli.presenters.shell import FORM, NOTHING, PRINTING, RETURNS, SETTINGS, Request
from appli.store.index_model import Query
from tests.e2e.captures import _example, _members, wait, wait_for
from tests.e2e.reseau import with_a_network
from tests.presenters.test_paper_returns import handed
from ui import immortals, theme, theme_setup
from ui.main import Application
from ui.main_window import Window
from ui.pages.depouillement import ReturnsPage
from ui.pages.form import FormPage
from ui.pages.form_beside import ConsentPart
from ui.pages.import_wizard import ImportPage
from ui.pages.impression import PrintingPage
from ui.pages.reglages import SettingsPage

SIZE = (1180, 640)
"""The smallest window in which filters, list and sheet stand beside each other."""
COLOURS = 200
DRAWN = 20_000
"""More ids than the pictures take."""
Picture = tuple[str, QWidget, QRect]
"""A name, the widget that is shown, the part of it (empty: all)."""
WHOLE, PAGE = QRect(), QRect(100, 56, 1080, 556)


def main() -> int:
    """Take them all."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else resources.path("aide/images")
    target.mkdir(parents=True, exist_ok=True)
    ids._random = Random(48).randbytes(8 * DRAWN)  # the codes of sheets stay the same from one run to the next
    immortals.protect()
    QApplication.setAttribute(QtNames.ApplicationAttribute.AA_ShareOpenGLContexts)
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    theme_setup.install(app, theme.Scheme.LIGHT, 1.0)
    with tempfile.TemporaryDirectory(prefix="maillage-guide-") as name:
        home = Path(name)
        os.environ.update(MAILLAGE_CONFIG=str(home / "config"), MAILLAGE_CACHE=str(home / "cache"))
        example = _example(home / "Annuaire")
        _take(app, home / "neuf" / "annuaire", _first, target)
        _take(app, example, _alone, target)
        _hand_out(example)
        _take(app, example, _paper, target)
        packet = with_a_network(example, home)
        _take(app, example, partial(_network, packet=packet, members=_members(home)), target)
    return 0


def _first(window: Window) -> Iterator[Picture]:
    wait(1.0)
    yield "premiere", window, QRect(20, 20, 1140, 480)


def _alone(window: Window) -> Iterator[Picture]:
    """The directory of somebody who exchanges with nobody."""
    presenter = window.presenter
    wait(3.0)
    yield "annuaire", window, WHOLE
    window.resize(720, 420)  # the list alone
    presenter.type_search("sou")
    wait(2.0)
    yield "recherche", window, QRect(0, 0, 720, 320)
    presenter.type_search("")
    window.resize(*SIZE)
    presenter.go("carte")
    wait(25.0)  # the ground comes last
    yield "carte", window, QRect(100, 56, 1080, 470)
    someone = next(r for r in presenter.session.index.first_page(Query(), 500) if r.shape == "person")
    presenter.go(FORM, Request(record=someone.id))
    wait(2.0)
    yield "formulaire", window, PAGE
    page = window.stack.page
    assert isinstance(page, FormPage)
    page.sections.chosen.emit("consent")
    wait(1.0)
    answers = page.findChild(ConsentPart)
    assert answers is not None
    top = answers.mapTo(window, QPoint(-12, -8))
    yield "accord", window, QRect(top, QSize(answers.width() + 24, 232))
    presenter.go(SETTINGS)
    wait(1.5)
    settings = window.stack.page
    assert isinstance(settings, SettingsPage)
    yield "sauvegardes", settings.backups_card, WHOLE


def _paper(window: Window) -> Iterator[Picture]:
    """What is printed, what comes back."""
    presenter = window.presenter
    presenter.go(PRINTING)
    page = window.stack.page
    assert isinstance(page, PrintingPage)
    wait_for(page.print_button.isEnabled, 90)
    wait(3.0)
    yield "impression", window, PAGE
    presenter.go(RETURNS)
    wait(2.0)
    returns = window.stack.page
    assert isinstance(returns, ReturnsPage)
    returns.rows.activated.emit(returns.rows.model().index(0, 0))
    wait(2.0)
    yield "depouillement", window, QRect(100, 56, 1080, 338)


def _network(window: Window, packet: Path, members: Path) -> Iterator[Picture]:
    """The same directory in a small network, with a packet to look at and choices that wait."""
    presenter = window.presenter
    for key, request, settle, part in (
        ("echanges", NOTHING, 2.0, QRect(100, 56, 1080, 372)),
        ("paquet", Request(paths=(packet,)), 4.0, QRect(100, 56, 1080, 378)),
        ("a_trancher", NOTHING, 2.0, QRect(100, 56, 1080, 322)),
        ("doublons", NOTHING, 4.0, QRect(100, 56, 1080, 308)),
        ("import", Request(paths=(members,)), 4.0, QRect(100, 56, 1080, 450)),
    ):
        presenter.go(key, request)
        wait(settle)
        if key == "import":
            page = window.stack.page
            assert isinstance(page, ImportPage)
            page.presenter.next()
            wait(2.0)
        yield key, window, part
    page = window.stack.page
    assert isinstance(page, ImportPage)
    page.presenter.give_up()


# --- how --------------------------------------------------------------------------------------------------------------


def _hand_out(folder: Path) -> None:
    """Correction sheets are out."""
    directory = open_directory(folder)
    try:
        handed(directory)
    finally:
        directory.close()


def _take(app: QApplication, folder: Path, pictures: Callable[[Window], Iterator[Picture]], target: Path) -> None:
    window = Application(app).open(folder)
    window.resize(*SIZE)
    wait_for(lambda: window.is_awake, 120)
    wait_for(lambda: window.presenter.session.is_open or not window.presenter.session.exists, 120)
    for name, widget, part in pictures(window):
        _save(widget, part, target / f"{name}.png")
    window.close()
    wait(1.0)


def _save(widget: QWidget, part: QRect, path: Path) -> None:
    window = widget.window()
    shown = part if not part.isEmpty() else QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    (widget.grab() if widget is not window and part.isEmpty() else window.grab(shown)).save(buffer, "PNG")
    picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)  # small signs too
    few.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
