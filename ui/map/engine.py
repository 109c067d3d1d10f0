"""Has the engine draw without the graphics card, where this PC asks for it. Importing this loads no web engine.

Both halves must be told, before the first web view exists: Chromium, which paints the page, and Qt, which puts what it
painted into the window. Once the engine has started nothing changes until the program does.
"""

from __future__ import annotations

import os

from appli.presenters import map_engine

FLAGS = ("--disable-gpu", "--disable-gpu-compositing")


def prepare() -> None:
    """Called before a web view is made; asked again, nothing more happens."""
    if map_engine.is_compatible():
        os.environ["QT_QUICK_BACKEND"] = "software"
        given = os.environ.get("QTWEBENGINE_CHROMIUM_FLAGS", "").split()
        missing = [flag for flag in FLAGS if flag not in given]
        os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join((*given, *missing))
