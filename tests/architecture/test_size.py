"""Small rooms: no file, class or function so long that nobody reads it whole."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import ROOT, modules

FILE, CLASS, FUNCTION = 400, 250, 40
ALLOWED: dict[str, str] = {}  # "appli/x.py" or "appli/x.py name": why it may be longer


def _too_long() -> Iterator[tuple[str, int]]:
    for path, tree in modules().items():
        lines = (ROOT / path).read_text(encoding="utf-8").count("\n")
        if lines > FILE:
            yield path, lines
        for node in ast.walk(tree):
            match node:
                case ast.ClassDef():
                    limit = CLASS
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    limit = FUNCTION
                case _:
                    continue
            length = (node.end_lineno or node.lineno) - node.lineno
            if length > limit:
                yield f"{path} {node.name}", length


def test_nothing_is_longer_than_its_budget() -> None:
    too_long = {name: lines for name, lines in _too_long() if name not in ALLOWED}
    assert not too_long, "\n".join(f"{name}: {lines} lines" for name, lines in too_long.items())


def test_allowances_are_still_needed() -> None:
    assert ALLOWED.keys() <= dict(_too_long()).keys()
