"""The process that reads workbooks: the library that unfolds them may abort, so it does it here, under limits.

Asked on standard input: one JSON line {"sheet": name or null, "rows": bool}, then the bytes of the file. Answers JSON
lines on standard output: the sheets, then batches of rows, then {"end": true}; or {"refused": reason}. Writes nothing
else, anywhere. Started by `appli.formats.workbook`, never by hand.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import sys
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from appli.formats import workbook_limits

MEMORY_LIMIT = 512 << 20
SECONDS_LIMIT = 20
_BATCH = 500
_EXPLAINS = re.compile(r"\s*(lisez|read)[ -]?(moi|me)\s*", re.IGNORECASE)
"""The name of a sheet that explains the others and is no list."""


class RefusedError(Exception):
    """A reason the parent has a sentence for."""


def main() -> int:
    """Read the request, answer it. A damaged file ends this process, and the missing answer says so."""
    answer = sys.stdout.buffer
    _limit()
    request = json.loads(sys.stdin.buffer.readline())
    try:
        _answer(sys.stdin.buffer.read(), request["sheet"], request["rows"], answer)
    except RefusedError as reason:
        _say(answer, {"refused": str(reason)})
        return 1
    except workbook_limits.TooBigError:
        _say(answer, {"refused": "too_big"})
        return 1
    return 0


def _limit() -> None:
    """Bounds the system enforces, where it has them; no core file, since it would hold names."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_LIMIT, SECONDS_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(data: bytes, wanted: str | None, with_rows: bool, answer: IO[bytes]) -> None:
    import python_calamine as calamine

    workbook_limits.check(data)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError:
        raise RefusedError("protected") from None
    sheets = {
        sheet.name: workbook.get_sheet_by_name(sheet.name)
        for sheet in workbook.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
    }
    counts = {name: sum(map(_filled, sheet.iter_rows())) for name, sheet in sheets.items()}
    described = [{"name": n, "rows": counts[n], "columns": s.width} for n, s in sheets.items()]
    lists = [name for name in counts if not _EXPLAINS.fullmatch(name)] or list(counts)
    chosen = wanted if wanted is not None else max(lists, key=lambda name: counts[name], default=None)
    _say(answer, {"sheets": described, "sheet": chosen})
    if not with_rows:
        return
    if chosen not in sheets:
        raise RefusedError("no_such_sheet")
    _send_rows(sheets[chosen], answer)


def _send_rows(sheet: Any, answer: IO[bytes]) -> None:
    rows = (
        (number, [render(cell) for cell in cells])
        for number, cells in enumerate(sheet.iter_rows(), 1)
        if _filled(cells)
    )
    while batch := list(islice(rows, _BATCH)):
        _say(answer, {"batch": batch})
    _say(answer, {"end": True})


def _filled(cells: list[Any]) -> bool:
    return any(cell != "" for cell in cells)


def _say(answer: IO[bytes], message: dict[str, Any]) -> None:
    answer.write(json.dumps(message, separators=(",", ":")).encode())
    answer.write(b"\n")
    answer.flush()


def render(cell: Any) -> str:
    """A cell as its reader sees it: 44300 and not 44300.0, dates in ISO, « VRAI » as a French workbook shows it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, int | float):
        return _number(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.time):
        return cell.isoformat("minutes")
    if isinstance(cell, dt.timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(cell.isoformat()) if isinstance(cell, dt.date) else str(cell)


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(f"{value:.15g}"), "f")
