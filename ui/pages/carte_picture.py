"""« Copier l’image », « Enregistrer l’image… », « Imprimer… »: the map with its title, legend, sources and day."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from appli.i18n import _
from appli.presenters.map_page import MapPage
from appli.presenters.map_picture import Pictured
from appli.presenters.shell import Shell
from ui.dialogs.choose_files import documents_folder
from ui.pages.impression_printer import Printer

if TYPE_CHECKING:
    from ui.map.view import MapView

ENGINE = "ui.map.picture"
Use = Callable[[QImage, Pictured], None]


class PicturesOfMap(QObject):
    """One picture at a time; `view` is the map that is seen."""

    def __init__(self, shell: Shell, presenter: MapPage, window: QWidget) -> None:
        super().__init__(window)
        self._shell = shell
        self._presenter = presenter
        self._window = window
        self._printer: Printer | None = None
        self._taking: QObject | None = None

    def copy(self, view: MapView) -> None:
        """Put the picture where other programs paste from."""
        self._take(view, self._copied)

    def save(self, view: MapView) -> None:
        """Write the picture into a file."""
        self._take(view, self._ask_file)

    def print_it(self, view: MapView) -> None:
        """Print the picture on one sheet."""
        self._take(view, self._print)

    # --- parts ---

    def _take(self, view: MapView, use: Use) -> None:
        sight = self._presenter.sight
        if sight is None:
            self._shell.refuse(_("La carte se dessine encore. Réessayez dans un instant."))
            return
        if self._taking is not None:
            return
        self._shell.toast(_("L’image de la carte se prépare…"))
        self._presenter.picture.ask(wider(sight), lambda pictured: self._draw(view, pictured, use))

    def _draw(self, view: MapView, pictured: Pictured, use: Use) -> None:
        taking = import_module(ENGINE).MapPicture(pictured.source, pictured.words, view, self)
        self._taking = taking

        def ended() -> None:
            self._taking = None
            taking.deleteLater()

        def taken(image: QImage) -> None:
            ended()
            use(image, pictured)

        def failed() -> None:
            ended()
            self._shell.refuse(_("L’image n’a pas pu être faite. Vos fiches sont intactes\u202f; réessayez."))

        taking.taken.connect(taken)
        taking.failed.connect(failed)

    def _copied(self, image: QImage, _pictured: Pictured) -> None:
        QGuiApplication.clipboard().setImage(image)
        self._shell.toast(_("L’image de la carte est copiée. Collez-la dans un autre programme."))

    def _ask_file(self, image: QImage, pictured: Pictured) -> None:
        dialog = QFileDialog(self._window, _("Où enregistrer l’image de la carte\u202f?"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("Image PNG (*.png)"))
        dialog.setDefaultSuffix("png")
        dialog.setDirectory(str(documents_folder()))
        dialog.selectFile(f"{pictured.file_name}.png")
        dialog.fileSelected.connect(lambda name: self.write(image, Path(name)))
        dialog.open()

    def write(self, image: QImage, path: Path) -> None:
        """Write a picture, and say where it lies."""
        if image.save(str(path), b"PNG"):
            self._shell.toast(_("L’image de la carte est enregistrée\u00a0: {path}").format(path=path))
        else:
            self._shell.refuse(_("L’image n’a pas pu être écrite dans ce dossier. Choisissez-en un autre."))

    def _print(self, image: QImage, pictured: Pictured) -> None:
        self._printer = self._printer or Printer(self._window)
        self._printer.ask(as_pdf(image, pictured.title), pictured.title, self._shell)


def as_pdf(image: QImage, title: str) -> bytes:
    """The picture on one sheet, A4 on its side."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    page = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Landscape, QMarginsF()))
    painter = QPainter(writer)
    painter.drawImage(painter.viewport(), image)
    painter.end()
    return bytes(buffer.data().data())


def wider(sight: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """A sheet shows more than the window: half as much again on each side."""
    south, west, north, east = sight
    down, across = (north - south) / 2, (east - west) / 2
    return south - down, west - across, north + down, east + across
