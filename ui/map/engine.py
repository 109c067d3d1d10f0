"""What the web engine is told before it starts. Importing this loads no web engine.

Always: to find no address at all, as our own scheme needs no network, and to send nothing between browsers (WebRTC),
the one way out that neither the page's policy nor the gate sees. Where this PC asks for it: to draw without the
graphics card. Both halves must be told then, Chromium, which paints the page, and Qt, which puts what it painted into
the window. Once the engine has started nothing changes until the program does.
"""

from __future__ import annotations

import os

from appli.presenters import map_engine

CLOSED = ('--host-resolver-rules="MAP * ~NOTFOUND"', "--force-webrtc-ip-handling-policy=disable_non_proxied_udp")
SOFTWARE = ("--disable-gpu", "--disable-gpu-compositing")


def prepare() -> None:
    """Called before a web view is made; asked again, nothing more happens."""
    _tell(*CLOSED)
    if map_engine.is_compatible():
        os.environ["QT_QUICK_BACKEND"] = "software"
        _tell(*SOFTWARE)


def _tell(*flags: str) -> None:
    given = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "")
    missing = [flag for flag in flags if flag not in given]
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join((given, *missing)).strip()
