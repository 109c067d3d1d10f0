"""« Ouvrir un fichier… »: a packet, a list, whatever the window knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from appli.i18n import _


def choose_files(parent: QWidget, chosen: Callable[[Sequence[Path]], None]) -> None:
    """Files of this PC."""
    dialog = QFileDialog(parent, _("Ouvrir un fichier"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
