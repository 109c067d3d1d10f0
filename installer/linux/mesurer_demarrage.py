"""How long the frozen program takes to show a usable window, beside an empty frozen PySide6 window.

python mesurer_demarrage.py PROGRAM [DIRECTORY] [TIMES]      (needs a screen, Xvfb for instance, and xdotool)

The empty window is frozen by the same tools, the first time. Each program is started several
times in turn, warm; the least time of each is told, from the start of the process to its window on the screen, and to
the moment when it has nothing more to do (its processor time stands still for 300 ms).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("vide")
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
"""
STILL, TICK, PATIENCE = 0.3, 0.02, 60.0


def empty_program(folder: Path) -> Path:
    """The empty window, frozen."""
    program = folder / "gel" / "vide" / "vide"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "vide.py").write_text(EMPTY, "utf-8")
        told = ["--noconfirm", "--log-level", "ERROR", "--distpath", folder / "gel", "--workpath", folder / "travail"]
        command = [sys.executable, "-m", "PyInstaller", *told, "--specpath", folder, folder / "vide.py"]
        subprocess.run(command, check=True)
    return program


def started(command: list[str], name: str) -> tuple[float, float]:
    """Seconds to the window, and to rest."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        search = ["xdotool", "search", "--onlyvisible", "--class", name]
        while subprocess.run(search, capture_output=True, check=False).returncode:
            if time.monotonic() - began > PATIENCE:
                raise SystemExit(f"{name}: no window")
            time.sleep(TICK)
        shown = time.monotonic() - began
        return shown, _at_rest(process.pid, began)
    finally:
        process.terminate()
        process.wait()


def _at_rest(pid: int, began: float) -> float:
    used, since = _ticks(pid), time.monotonic()
    while time.monotonic() - since < STILL and time.monotonic() - began < PATIENCE:
        time.sleep(TICK)
        if _ticks(pid) != used:
            used, since = _ticks(pid), time.monotonic()
    return since - began


def _ticks(pid: int) -> int:
    words = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return int(words[11]) + int(words[12])


def main() -> None:
    program, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    times = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    empty = str(empty_program(Path(__file__).resolve().parents[2] / "build/linux/vide"))
    ours = [program, *(["--annuaire", folder] if folder else [])]
    runs = [(started([empty], "vide"), started(ours, "maillage")) for _ in range(times)]
    for which, name in enumerate(("window shown", "at rest")):
        bare, full = min(run[0][which] for run in runs), min(run[1][which] for run in runs)
        print(f"{name}: empty {bare:.2f} s, Maillage {full:.2f} s, {full / bare:.2f} x")


if __name__ == "__main__":
    main()
