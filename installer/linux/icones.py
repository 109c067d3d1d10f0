"""Draws the icons of a desktop theme from their SVG: python icones.py DRAWING FOLDER NAME KIND

Writes FOLDER/<size>x<size>/<kind>/<name>.png for every usual size, and the drawing itself as FOLDER/scalable.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def main(drawing: Path, folder: Path, name: str, kind: str) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    application = QGuiApplication([])
    renderer = QSvgRenderer(str(drawing))
    for size in SIZES:
        picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        target = _place(folder, f"{size}x{size}", kind) / f"{name}.png"
        if not picture.save(str(target)):
            raise SystemExit(f"{target} could not be written")
    shutil.copyfile(drawing, _place(folder, "scalable", kind) / f"{name}.svg")
    del application


def _place(folder: Path, size: str, kind: str) -> Path:
    place = folder / size / kind
    place.mkdir(parents=True, exist_ok=True)
    return place


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4])
