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
from itertools import accumulate
from pathlib import Path
from typing import Any

from appli import resources
from appli.errors import EnvironmentProblem
from appli.i18n import _
from appli.ports import SILENT, Progress

PICTURES = "pictures"
"""The file that holds the pictures, beside the templates."""
_WAIT = 0.1
"""Seconds between two looks at whether the person wants to stop."""


def typeset(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes] | None = None, progress: Progress = SILENT
) -> bytes:
    """The PDF (PDF/UA-1: tagged, with title, language and bookmarks).

    `pictures` by the path under which the data names them. Raises Cancelled: the engine cannot be stopped, so it ends
    by itself in the background and what it makes is thrown away.
    """
    laid, places = in_one(pictures or {})
    with _beside(laid) as root:
        read = {"data.json": json.dumps(data, ensure_ascii=False).encode(), "pictures.json": places}
        work = _Compiling(template, read, root)
        work.start()
        while work.is_alive():
            work.join(_WAIT)
            progress.step(0, 0)
        return work.result()


def in_one(pictures: Mapping[str, bytes]) -> tuple[bytes, bytes]:
    """The pictures one after the other, and as JSON where each begins and how many bytes it has.

    They go to the engine as one file: to write five hundred takes as long as to gather the sheets they are of.
    """
    starts = accumulate(map(len, pictures.values()), initial=0)
    places = {name: (start, len(one)) for (name, one), start in zip(pictures.items(), starts, strict=False)}
    return b"".join(pictures.values()), json.dumps(places).encode()


def sources(template: str, read: Mapping[str, bytes]) -> dict[str, Path | bytes]:
    """What the engine opens by name: the template as « main », those it imports, and what they read."""
    files = {path.name: path for path in resources.path("impression").glob("*.typ")}
    main = files.pop(template)
    return {"main": main, **files, "tokens.json": resources.path("theme/tokens.json"), **read}


@contextmanager
def _beside(pictures: bytes) -> Iterator[Path]:
    """A folder with the pictures, which lasts as long as the engine works."""
    with ExitStack() as until_then:
        try:
            root = Path(until_then.enter_context(tempfile.TemporaryDirectory(prefix="maillage-")))
            (root / PICTURES).write_bytes(pictures)
        except OSError as problem:
            raise EnvironmentProblem(
                "no_temporary_room",
                _("Les pages n’ont pas pu être préparées : ce poste n’a plus de place pour des fichiers passagers."),
                _("Votre annuaire n’a pas changé. Libérez de la place sur le disque du système, puis réessayez."),
            ) from problem
        yield root


class _Compiling(threading.Thread):
    """The engine at work: it lets other threads run meanwhile."""

    def __init__(self, template: str, read: Mapping[str, bytes], root: Path) -> None:
        super().__init__(name=f"typst-{template}", daemon=True)
        self._sources, self._root = sources(template, read), root
        self._pdf = b""
        self._problem: BaseException | None = None

    def run(self) -> None:
        import typst

        try:
            self._pdf = typst.compile(  # type: ignore[call-overload]  # its stubs know no files beside the first
                self._sources,
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
