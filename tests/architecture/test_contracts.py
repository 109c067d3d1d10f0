"""Who may import whom: the contracts of pyproject.toml hold, and forget no package."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import ROOT

VISIBLE_TO_THE_WINDOW = {"app", "presenters", "ports", "errors", "i18n", "resources"}


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_window_s_contract_names_every_package_it_must_not_see() -> None:
    house = {
        f.stem
        for f in (ROOT / "appli").iterdir()
        if (f.suffix == ".py" or (f / "__init__.py").is_file()) and not f.stem.startswith("__")
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in project["tool"]["importlinter"]["contracts"] if c["id"] == "window-sees")
    forbidden = {name.removeprefix("appli.") for name in contract["forbidden_modules"]}
    assert forbidden == house - VISIBLE_TO_THE_WINDOW
