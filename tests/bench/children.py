"""Programs of their own, measured from outside as a person starts them: with their byte code kept, and by PSS."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SMAPS = Path("/proc/self/smaps_rollup")


def environment(folder: Path) -> dict[str, str]:
    """That of a program used every day: its modules are not compiled again at each start."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "pyc"), "QTWEBENGINE_DISABLE_SANDBOX": "1"}


def figures(folder: Path, words: Sequence[str], seconds: int = 300) -> list[float]:
    """The numbers a program of `tests.bench` prints last."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(
        command, env=environment(folder), capture_output=True, text=True, timeout=seconds, check=False
    )
    try:
        return [float(word) for word in done.stdout.splitlines()[-1].split()]
    except (IndexError, ValueError):
        raise SystemExit(f"{' '.join(words)} : {done.stdout[-300:]}\n{done.stderr[-3000:]}") from None


def megabytes() -> float:
    """The memory that is this process's own: what it shares with others counts by its share (PSS)."""
    lines = SMAPS.read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
