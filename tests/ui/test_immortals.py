"""Thousands of calls into Qt do not take None and True away."""

from __future__ import annotations

import subprocess
import sys

import pytest

CALLS = """
import sys
sys.path.insert(0, {root!r})
from ui import immortals
if {protected}:
    immortals.protect()
from PySide6.QtCore import QObject, Signal
class Bell(QObject):
    rung = Signal(bool)
bell = Bell()
for _ in range(50_000):
    bell.setObjectName("x")
    bell.rung.emit(True)
print("alive")
"""


def run(protected: bool, root: str) -> subprocess.CompletedProcess[str]:
    code = CALLS.format(root=root, protected=protected)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=50, check=False)


def test_a_long_session_lives(pytestconfig: pytest.Config) -> None:
    ended = run(True, str(pytestconfig.rootpath))
    assert (ended.returncode, ended.stdout.strip()) == (0, "alive"), ended.stderr[-500:]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="these constants are immortal since Python 3.12")
def test_the_protection_is_still_needed(pytestconfig: pytest.Config) -> None:
    """When this fails, PySide6 has been mended: remove ui/immortals.py."""
    assert run(False, str(pytestconfig.rootpath)).returncode != 0
