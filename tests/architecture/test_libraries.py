"""Each library is known to one package: what replacing it costs stays in one room."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.architecture.sources import PACKAGES, ROOT, modules

CODECS = (
    "appli/geo/",
    "appli/exchange/",
)  # they turn bytes into other bytes and decide nothing: several homes may share them

HOMES: dict[str, str | tuple[str, ...]] = {
    "alembic": "appli/store/",
    "branca": "appli/documents/",
    "charset_normalizer": "appli/formats/",
    "dateutil": "appli/formats/",
    "email_validator": "appli/formats/",
    "filelock": "appli/store/",
    "folium": "appli/documents/",
    "icalendar": "appli/formats/",
    "jinja2": "appli/documents/",
    "msgspec": (*CODECS, "appli/store/"),
    "nacl": "appli/exchange/",
    "phonenumbers": "appli/formats/",
    "PIL": "appli/formats/pictures.py",
    "platformdirs": "appli/config.py",
    "pmtiles": "appli/geo/",
    "pydantic": "appli/domain/",
    "pypdf": "appli/documents/",
    "PySide6": "ui/",
    "pyrage": "appli/exchange/",
    "pysqlite3": "appli/store/engine.py",
    "python_calamine": "appli/formats/",
    "rapidfuzz": ("appli/geo/", "appli/services/"),  # misspelt communes; people alike
    "segno": "appli/documents/",
    "shiboken6": "ui/",
    "sqlalchemy": "appli/store/",
    "sqlmodel": "appli/store/",
    "typst": "appli/documents/",
    "vobject": "appli/formats/",
    "xlsxwriter": "appli/formats/",
    "zstandard": CODECS,
}


def _imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names} - sys.stdlib_module_names - set(PACKAGES)


@pytest.mark.parametrize("path", modules())
def test_a_library_is_imported_only_at_home(path: str) -> None:
    strays = {
        name: HOMES.get(name, "no package: add it to HOMES")
        for name in _imported(modules()[path])
        if not path.startswith(HOMES.get(name, "?"))
    }
    assert not strays, f"{path} imports what belongs to {strays}"


def test_web_views_stay_in_the_map() -> None:
    strays = [
        f"{path}:{node.lineno}"
        for path, tree in modules().items()
        if not path.startswith("ui/map/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and re.search(r"QtWeb|QtQuick", ast.unparse(node))
    ]
    assert not strays


def test_every_dependency_is_used_and_every_library_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!~\[ ]", d)[0].lower() for d in project["dependencies"]}
    brought_along = {"branca", "jinja2", "shiboken6"}  # by folium and PySide6, which pin them
    distributions = packages_distributions()
    used = {
        distributions[name][0].lower()
        for tree in modules().values()
        for name in _imported(tree)
        if name not in brought_along
    }
    assert {_plain(n) for n in used} == {_plain(n) for n in declared}


def _plain(distribution: str) -> str:
    name = distribution.replace("_", "-")
    return "pyside6" if name.startswith("pyside6") else name
