"""The program's own files, parsed once for all the tests of this folder."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("appli", "ui")


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program by its path: `appli/store/engine.py`."""
    files = sorted(f for package in PACKAGES for f in (ROOT / package).rglob("*.py"))
    return {f.relative_to(ROOT).as_posix(): ast.parse(f.read_text(encoding="utf-8")) for f in files}


def callee(call: ast.Call) -> str:
    """The last name of what is called: `setText` for `self.name.setText(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
