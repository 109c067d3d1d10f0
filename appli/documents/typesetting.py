"""Pages made by Typst from a template of `ressources/impression` and data as JSON.

The data never becomes source: whatever somebody typed is text and nothing else. Only our own fonts are used, so that a
page is the same on every PC, and no package is fetched.
"""

from __future__ import annotations

import json
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from appli import resources
from appli.errors import EnvironmentProblem
from appli.i18n import _
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
    with _beside(pictures or {}) as root:
        work = _Compiling(template, json.dumps(data, ensure_ascii=False).encode(), root)
        work.start()
        while work.is_alive():
            work.join(_WAIT)
            progress.step(0, 0)
        return work.result()


@contextmanager
def _beside(pictures: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder that lasts as long as the engine works, with the pictures as files under the names of the data."""
    with ExitStack() as until_then:
        try:
            root = Path(until_then.enter_context(tempfile.TemporaryDirectory(prefix="maillage-")))
            _lay(root, pictures)
        except OSError as problem:
            raise EnvironmentProblem(
                "no_temporary_room",
                _("Les pages n’ont pas pu être préparées : ce poste n’a plus de place pour des fichiers passagers."),
                _("Votre annuaire n’a pas changé. Libérez de la place sur le disque du système, puis réessayez."),
            ) from problem
        yield root


def _lay(root: Path, pictures: Mapping[str, bytes]) -> None:
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
