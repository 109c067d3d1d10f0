"""S3: where there is no network at all, the map works, and nothing is even tried: not one packet leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.webengine

ROOT = Path(__file__).parents[3]
DRAWN = ROOT / "tests/data/cartes/protomaps.pmtiles"
SESSION = """
import fcntl, socket, struct, sys, tempfile
from pathlib import Path
# The loopback is up, so that whatever is sent anywhere on this machine is counted.
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
    fcntl.ioctl(handle, 0x8914, struct.pack("16sH14x", b"lo", 1))
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from appli.services import detailed_maps
from appli.services.base_maps import BaseMaps
from tests.ui.map.conftest import FLORAC, InventedSource
app = QApplication([])
from ui.map.view import MapView
folder = Path(tempfile.mkdtemp())
detailed_maps.bring(folder, Path(sys.argv[1]))
source = InventedSource(base=BaseMaps(folder, online=True))
relay = source.add(*FLORAC, "place", "Le Relais")
view = MapView(source)
view.resize(800, 600)
view.centre(*FLORAC, 9)
COUNT = "document.querySelectorAll('canvas.leaflet-tile-loaded').length"
steps = [lambda: view.select(relay), lambda: view.centre(*FLORAC, 5), lambda: view.centre(*FLORAC, 15), app.quit]
def go_on(tiles):
    if tiles and steps:
        steps.pop(0)()
timer = QTimer(interval=400)
timer.timeout.connect(lambda: view._page.runJavaScript(COUNT, go_on))
view.ready.connect(timer.start)
QTimer.singleShot(40_000, app.quit)
view.show()
app.exec()
timer.stop()
import shiboken6
shiboken6.delete(view)
lines = Path("/proc/net/dev").read_text().splitlines()[2:]
sent = {line.split(":")[0].strip(): int(line.split(":")[1].split()[9]) for line in lines}
print("left to do", len(steps), "sent", sent)
"""


def _may_unshare() -> bool:
    tool = shutil.which("unshare")
    return tool is not None and subprocess.run([tool, "-n", "true"], check=False, capture_output=True).returncode == 0


@pytest.mark.skipif(not _may_unshare(), reason="only who may part from the network can show that nothing is sent")
def test_a_session_without_any_network_sends_nothing() -> None:
    """In a process and a network of its own: the reason this test takes some seconds."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", SESSION, str(DRAWN)],
        capture_output=True, text=True, cwd=ROOT, check=False, env=environment, timeout=55,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "left to do 0 sent {'lo': 0}"
