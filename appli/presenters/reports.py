"""What is kept of a fault of the program: where it happened in the code, never a value, so never anybody's name.

Loaded before the first paint: what writes logs and reports is imported when something is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from appli import config
from appli.i18n import _

if TYPE_CHECKING:
    import logging

FOLDER, SEEN = "comptes-rendus", ".lu"
LOG = "maillage.log"
CRASH = "plantage.txt"
_KEPT = 20
_BYTES, _FILES = 300_000, 3


def folder() -> Path:
    """Where the reports lie."""
    return config.cache_dir() / FOLDER


def note(event: str, *details: str | int) -> None:
    """Write that something happened, with codes and ids only, into a file that never grows beyond a megabyte or so."""
    log = _log()
    if log is not None:
        log.warning(" ".join([event, *map(str, details)]))


def _log() -> logging.Logger | None:
    import logging
    from logging.handlers import RotatingFileHandler

    log = logging.getLogger("maillage")
    if not log.handlers:
        place = config.cache_dir()
        try:
            place.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                place / LOG, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
            )
        except OSError:
            return None  # a cache that cannot be written must not stop anything
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)
    return log


def stop_log() -> None:
    """Let go of the file."""
    import logging

    log = logging.getLogger("maillage")
    for handler in list(log.handlers):
        handler.close()
        log.removeHandler(handler)


def describe(problem: BaseException, trace: TracebackType | None = None) -> str:
    """A fault as text: kinds of errors and lines of code. What an error says may quote a record, so it is left out."""
    import traceback

    lines = [_program()]
    for one in _chain(problem):
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
        frames = traceback.extract_tb(trace if one is problem and trace is not None else one.__traceback__)
        lines += [f"  {_short(f.filename)}:{f.lineno} {f.name}" for f in frames]
    return "\n".join(lines) + "\n"


def _program() -> str:
    import platform

    mine, system = config.program_version(), f"{platform.system()} {platform.release()}"
    return f"Maillage {mine} · Python {platform.python_version()} · {system}"


def _chain(problem: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = problem
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__


def _short(filename: str) -> str:
    """The path inside the program: the rest may hold the name of the account."""
    parts = Path(filename).parts
    for root in ("appli", "ui", "site-packages"):
        if root in parts:
            return "/".join(parts[parts.index(root) :])
    return Path(filename).name


def keep(problem: BaseException, trace: TracebackType | None = None) -> Path | None:
    """Write a report; None when even that cannot be done."""
    from datetime import datetime

    text = describe(problem, trace)
    note("fault", text.splitlines()[1])
    try:
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        path = place / f"{datetime.now().astimezone():%Y-%m-%d_%H%M%S_%f}.txt"
        path.write_text(text, "utf-8")
        for old in sorted(place.glob("*.txt*"))[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def take_crash() -> None:
    """Turn what the interpreter left when the process died into a report like the others."""
    from datetime import datetime

    crash = config.cache_dir() / CRASH
    try:
        if not crash.exists() or not crash.stat().st_size:
            return
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        lines = [line for line in crash.read_text("utf-8", "replace").splitlines() if line.strip()]
        moment = datetime.fromtimestamp(crash.stat().st_mtime).astimezone()
        (place / f"{moment:%Y-%m-%d_%H%M%S}_plantage.txt").write_text(
            "\n".join([_program(), *map(_cleaned, lines)]) + "\n", "utf-8"
        )
        crash.unlink()
    except OSError:
        return


def _cleaned(line: str) -> str:
    """A line of faulthandler with its path shortened."""
    head, quote, rest = line.partition('"')
    path, quote_too, tail = rest.partition('"')
    return f"{head}{quote}{_short(path)}{quote_too}{tail}" if quote_too else line


def unseen() -> list[Path]:
    """The reports of former runs that nobody was told of."""
    try:
        return sorted(p for p in folder().glob("*.txt"))
    except OSError:
        return []


def mark_seen(paths: list[Path]) -> None:
    """They have been told."""
    for path in paths:
        try:
            path.rename(path.with_name(path.name + SEEN))
        except OSError:
            continue


def fault_words() -> str:
    """Sentence 26."""
    return _(
        "Maillage a rencontré un imprévu. Vos fiches sont enregistrées. "
        "Un compte rendu sans nom ni adresse a été gardé sur ce poste."
    )
