"""Pages made by Typst from a template of `ressources/impression` and data as JSON.

The data never becomes source: whatever somebody typed is text and nothing else. Only our own fonts are used, so that a
page is the same on every PC, and no package is fetched.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from appli import resources
from appli.ports import SILENT, Progress

_WAIT = 0.1
"""Seconds between two looks at whether the person wants to stop."""


def typeset(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None, progress: Progress = SILENT
) -> bytes:
    """The PDF (PDF/UA-1: tagged, with title, language and bookmarks).

    `pictures` by the path under which the data names them. Raises Cancelled: the engine cannot be stopped, so it ends
    by itself in the background and what it makes is thrown away.
    """
    with tempfile.TemporaryDirectory(prefix="maillage-") as folder:
        _lay_beside(Path(folder), pictures or {})
        work = _Compiling(template, json.dumps(data, ensure_ascii=False).encode(), Path(folder))
        work.start()
        while work.is_alive():
            work.join(_WAIT)
            progress.step(0, 0)
        return work.result()


def _lay_beside(root: Path, pictures: Mapping[str, bytes]) -> None:
    """The pictures, as files under the names that the data gives them."""
    for name, content in pictures.items():
        file = root / name
        if not file.parent.exists():
            file.parent.mkdir(parents=True)
        file.write_bytes(content)


class _Compiling(threading.Thread):
    """The engine at work: it lets other threads run meanwhile."""

    def __init__(self, template: str, data: bytes, root: Path) -> None:
        super().__init__(name=f"typst-{template}", daemon=True)
        self._files = {path.name: path for path in resources.path("impression").glob("*.typ")}
        self._files["tokens.json"] = resources.path("theme/tokens.json")
        self._template, self._data, self._root = template, data, root
        self._pdf = b""
        self._problem: BaseException | None = None

    def run(self) -> None:
        import typst

        main = {"main": self._files[self._template]}
        others = {name: path for name, path in self._files.items() if name != self._template}
        try:
            self._pdf = typst.compile(  # type: ignore[call-overload]  # its stubs know no files beside the first
                {**main, **others, "data.json": self._data},
                root=self._root,
                font_paths=[resources.path("polices")],
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
            )
        except Exception as problem:  # noqa: BLE001 — handed to the thread that asked
            self._problem = problem

    def result(self) -> bytes:
        """The PDF; the problem is raised where it was asked for."""
        if self._problem is not None:
            raise self._problem
        return self._pdf
