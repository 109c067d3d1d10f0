"""Two real Syncthing daemons on loopback carry the folder of two directories: the script tells the story."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "installer" / "eprouver_syncthing.py"


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.skipif(shutil.which("syncthing") is None, reason="Syncthing is not installed on this machine")
def test_two_pcs_agree_through_two_real_daemons() -> None:
    # the daemons and those who talk to them are children: no test opens a socket
    words = [sys.executable, str(SCRIPT), "--duree", "85"]
    run = subprocess.run(words, capture_output=True, text=True, check=False, timeout=110)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("empreinte") == 4
