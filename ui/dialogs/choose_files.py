"""Which file, which folder: the system's own dialogs, opened without waiting for their answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from appli.i18n import _

Chosen = Callable[[Path], None]


def choose_files(parent: QWidget, chosen: Callable[[Sequence[Path]], None]) -> None:
    """« Ouvrir un fichier… »: a packet, a list, whatever the window knows."""
    dialog = _dialog(parent, _("Ouvrir un fichier"), "")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()


def choose_folder(parent: QWidget, title: str, start: Path | None, chosen: Chosen) -> None:
    """A folder, from `start` on."""
    dialog = _dialog(parent, title, str(start or ""))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()


def choose_where(parent: QWidget, title: str, proposed: str, chosen: Chosen, kinds: str = "") -> None:
    """Where to write a file; `proposed` names it, with its ending. `kinds`: « Tableaux (*.csv) »."""
    dialog = _dialog(parent, title, str(documents_folder()))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(proposed).suffix.removeprefix("."))
    if kinds:
        dialog.setNameFilter(kinds)
    dialog.selectFile(proposed)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()


def documents_folder() -> Path:
    """Where a person keeps her documents."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def _dialog(parent: QWidget, title: str, start: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
