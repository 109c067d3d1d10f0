"""Reading a workbook without being hurt by it: the work is done by a child process, watched and killed if need be."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self, cast

import appli
from appli import resources
from appli.errors import AppError
from appli.formats import refusals
from appli.formats.table import MAX_CELLS, MEGABYTE, CellCleaner, RawRow, SheetInfo
from appli.i18n import _
from appli.ports import Progress

SECONDS_OF_SILENCE = 20.0
MAX_RECEIVED = 200 * MEGABYTE
"""One long text may be repeated in every cell for a few bytes in the file."""
_TICK = 0.1
_WAITING = 20
_Answers = queue.Queue[bytes | None]


def child_command() -> list[str]:
    """What starts the reading process: the program itself, as it knows by its first word."""
    return [*resources.program(), resources.READ_WORKBOOK]


class Workbook:
    """A workbook's sheets, and the rows of one of them, as the child sends them. Use it in a `with`."""

    def __init__(self, data: bytes, sheet: str | None, progress: Progress, *, with_rows: bool = True) -> None:
        self._progress = progress
        self._answers: _Answers = queue.Queue(_WAITING)
        self._received = 0
        self._child = _start()
        self._listener = threading.Thread(target=_listen, args=(self._child, self._answers), daemon=True)
        self._listener.start()
        try:
            _ask(self._child, data, {"sheet": sheet, "rows": with_rows})
            first = self._next()
            self.sheets = tuple(SheetInfo(**described) for described in first["sheets"])
            self.sheet: str | None = first["sheet"]
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        while self._listener.is_alive():
            with suppress(queue.Empty):
                self._answers.get(timeout=_TICK)
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()

    def rows(self) -> Iterator[RawRow]:
        """The filled rows of the sheet, with their numbers."""
        cleaner = CellCleaner()
        while batch := self._next().get("batch"):
            for number, cells in batch:
                yield number, cleaner.row(cells)

    def _next(self) -> dict[str, Any]:
        line = self._wait()
        if line is None:
            raise refusals.unreadable_workbook()
        self._received += len(line)
        if self._received > MAX_RECEIVED:
            raise refusals.too_many_cells(MAX_CELLS)
        try:
            answer: dict[str, Any] = json.loads(line)
        except json.JSONDecodeError:  # cut short by a kill
            raise refusals.unreadable_workbook() from None
        if reason := answer.get("refused"):
            raise self._refusal(reason)
        return answer

    def _wait(self) -> bytes | None:
        patience = time.monotonic() + SECONDS_OF_SILENCE
        while time.monotonic() < patience:
            self._progress.step(0, 0, _("Lecture du classeur"))
            try:
                return self._answers.get(timeout=_TICK)
            except queue.Empty:
                continue
        raise refusals.unreadable_workbook()

    def _refusal(self, reason: str) -> AppError:
        if reason == "protected":
            return refusals.protected_file()
        if reason == "too_big":
            return refusals.too_many_cells(MAX_CELLS)
        if reason == "no_such_sheet" and self.sheet is None:
            return refusals.empty_file()
        if reason == "no_such_sheet":
            return refusals.no_such_sheet(self.sheet or "", [info.name for info in self.sheets])
        return refusals.unreadable_workbook()


def _start() -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            child_command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(appli.__file__).resolve().parent.parent,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as problem:
        raise refusals.reader_failed() from problem


def _ask(child: subprocess.Popen[bytes], data: bytes, request: dict[str, Any]) -> None:
    """The child reads everything before it answers anything, so this cannot block for long."""
    pipe = cast("IO[bytes]", child.stdin)
    with suppress(BrokenPipeError):  # the child is gone: the missing answer will say so
        pipe.write(json.dumps(request).encode() + b"\n")
        pipe.write(data)
        pipe.close()


def _listen(child: subprocess.Popen[bytes], answers: _Answers) -> None:
    for line in cast("IO[bytes]", child.stdout):
        answers.put(line)
    answers.put(None)
