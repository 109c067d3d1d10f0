"""A verb starts without Qt, the first paint without what is heavy: each is loaded when used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT

QT = {"PySide6", "shiboken6"}
HEAVY = {"alembic", "folium", "numpy", "phonenumbers", "pydantic", "sqlalchemy", "sqlmodel"}


def _loaded_by(statement: str) -> set[str]:
    """What a process holds after the statement, which must succeed."""
    program = (
        "import json, sys\n"
        "sys.stdout = sys.stderr\n"
        f"try:\n    {statement}\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print(json.dumps(list(sys.modules)), file=sys.__stdout__)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return {name.partition(".")[0] for name in json.loads(run.stdout.splitlines()[-1])}


def _loaded_by_command(*arguments: str) -> set[str]:
    return _loaded_by(f"from ui.__main__ import main; sys.argv[1:] = {arguments!r}; sys.exit(main())")


@pytest.mark.parametrize(
    "module", ["appli.app", "appli.cli.main", "appli.domain.text", "appli.store.index", "ui.__main__"]
)
def test_the_first_modules_load_nothing_heavy(module: str) -> None:
    assert not _loaded_by(f"import {module}") & (QT | HEAVY)


def test_help_loads_neither_qt_nor_anything_heavy() -> None:
    assert not _loaded_by_command("--help") & (QT | HEAVY)


def test_writing_loads_no_qt_and_searching_nothing_heavy_either() -> None:
    assert not _loaded_by_command("demo") & QT
    assert not _loaded_by_command("chercher", "soudure") & (QT | HEAVY)
