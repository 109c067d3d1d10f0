"""The entry: verbs never load Qt, the first paint nothing heavy, and a missing screen is said in French."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.presenters.conftest import Village, settled, village
from ui.__main__ import _for_window, _split

__all__ = ["settled", "village"]
ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = {"alembic", "folium", "numpy", "phonenumbers", "pydantic", "sqlalchemy", "sqlmodel", "PySide6.QtWebEngineCore"}


@pytest.mark.parametrize(
    ("words", "folder", "rest"),
    [
        ([], "", []),
        (["--annuaire", "a", "chercher", "bois"], "a", ["chercher", "bois"]),
        (["--annuaire=a", "--json", "demo"], "a", ["demo"]),
        (["liste.csv"], "", ["liste.csv"]),
        (["chercher", "--annuaire", "a"], "", ["chercher", "--annuaire", "a"]),
        (["--annuaire"], "", ["--annuaire"]),
    ],
)
def test_the_options_before_the_verb_are_set_apart(words: list[str], folder: str, rest: list[str]) -> None:
    assert _split(words) == (folder, rest)


def test_files_open_the_window_and_words_the_terminal(tmp_path: Path) -> None:
    liste = str(tmp_path / "liste.csv")
    Path(liste).write_text("x")
    assert _for_window([], [])
    assert _for_window([liste], [liste])
    for option in ("--help", "--aide", "--version"):
        assert not _for_window([option], [option])
    assert not _for_window(["chercher"], ["chercher"])
    assert not _for_window(["cherhcer"], ["cherhcer"])
    assert not _for_window(["--json"], [])


def _run(program: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**kept, **environment},
        timeout=50,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_it_says_so() -> None:
    run = _run("import sys; from ui.__main__ import main; sys.exit(main([]))")
    assert run.returncode == 3
    assert "Maillage ne trouve pas d’écran" in run.stderr
    assert run.stdout == ""


def test_reading_a_workbook_loads_its_reader_alone() -> None:
    answer = _run(
        "import json, sys\nfrom ui.__main__ import main\n"
        "try:\n    main(['--lire-classeur'])\n"
        "finally:\n    print(json.dumps(sorted(name.partition('.')[0] for name in sys.modules)))",
        given='{"sheet": null, "rows": false}\nno workbook',
    )
    loaded = set(json.loads(answer.stdout.splitlines()[-1]))
    assert "python_calamine" in loaded
    assert not {"PySide6", "argparse", "sqlalchemy"} & loaded


FIRST_PAINT = """
import json, os, sys
from pathlib import Path
import ui.main
from ui.widgets.record_list import RecordDelegate
drawn = RecordDelegate.paint
def paint(delegate, painter, option, index):
    drawn(delegate, painter, option, index)
    print(json.dumps([index.data(), sorted(sys.modules)]), flush=True)
    os._exit(0)
RecordDelegate.paint = paint
ui.main.run(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["FOLDER"]), [])
"""


def test_the_first_row_is_painted_from_the_index_alone(village: Village) -> None:
    run = _run(FIRST_PAINT, QT_QPA_PLATFORM="offscreen", FOLDER=str(village.folder))
    assert run.returncode == 0, run.stderr
    title, modules = json.loads(run.stdout)
    assert title == "Atelier des Trois Rivières"
    assert not HEAVY & set(modules)
    assert "appli.services.directory" not in modules


WHOLE = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
import ui.main
opened = ui.main.Application.open
def watch(application, folder, files=()):
    window = opened(application, folder, files)
    window.resize(1366, 698)
    def look():
        page = window.stack.page
        if window.presenter.session.is_open and page.presenter.sheet.page and page.presenter.sheet.page.whole:
            print(page.presenter.sheet.page.title, len(page.presenter.facets.groups()) > 1, flush=True)
            window.close()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(50)
    return window
ui.main.Application.open = watch
sys.exit(ui.main.run(Path(os.environ["FOLDER"]), []))
"""


def test_the_whole_window_comes_alive_and_closes_cleanly(village: Village) -> None:
    run = _run(WHOLE, QT_QPA_PLATFORM="offscreen", FOLDER=str(village.folder))
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "Atelier des Trois Rivières True"
    assert "Traceback" not in run.stderr
    assert not (village.folder / "verrou.json").exists()
