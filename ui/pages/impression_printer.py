"""The printer: the system's dialog, then page after page, so that the window goes on and one may stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QObject, QRect, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from appli.i18n import _, _n, number
from appli.presenters.shell import Shell

SHARPEST = 300
"""Dots per inch: text stays sharp, and a page takes 25 MB at most."""
_POINTS = 72


class Printer(QObject):
    """Asks which printer, then prints; `printed` tells which pages were sent, counted from 0."""

    printed = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._printing: _Printing | None = None

    def ask(self, pdf: bytes, title: str, shell: Shell, *, booklet: bool = False) -> None:
        """Which printer, how many copies, which pages."""
        if not QPrinterInfo.availablePrinterNames():
            shell.refuse(
                _("Ce poste ne connaît aucune imprimante. Enregistrez en PDF, et imprimez depuis un autre poste.")
            )
            return
        pages = HeldPages(pdf)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(printer, pages.size(0), title)
        if booklet:
            printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
        printer.setFromTo(1, pages.count)
        dialog = QPrintDialog(printer, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setMinMax(1, pages.count)
        dialog.accepted.connect(lambda: self.start(printer, pages, shell))
        QDialog.open(dialog)  # its own open() asks for a slot

    def start(self, printer: QPrinter, pages: HeldPages, shell: Shell) -> None:
        """Print what was asked."""

        wanted = printer.pageRanges()
        asked = [page for page in range(pages.count) if wanted.isEmpty() or wanted.contains(page + 1)]

        def ended(words: str, *, whole: bool) -> None:
            self._printing = None
            (shell.toast if whole else shell.refuse)(words)
            if whole:
                self.printed.emit(frozenset(asked))

        self._printing = _Printing(printer, pages, asked, self._window, ended)


def prepare(printer: QPrinter, size: QSizeF, title: str) -> None:
    """The paper of the document at its true size, up to the edge: margins are the document's own."""
    wide = size.width() > size.height()
    paper = QSizeF(size.height(), size.width()) if wide else size
    page = QPageSize(paper, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(page, orientation, QMarginsF()))
    printer.setDocName(title)
    printer.setResolution(min(SHARPEST, printer.resolution()))


class Ended(Protocol):
    """Told at the end, with what is said of it."""

    def __call__(self, words: str, *, whole: bool) -> None: ...


class HeldPages:
    """A PDF held in memory."""

    def __init__(self, pdf: bytes) -> None:
        self._buffer = QBuffer()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document = QPdfDocument()
        self.document.load(self._buffer)

    @property
    def count(self) -> int:
        return self.document.pageCount()

    def size(self, page: int) -> QSizeF:
        """In points."""
        return self.document.pagePointSize(page)


class _Printing(QObject):
    """One printing under way: a page each time the window has nothing else to do."""

    def __init__(
        self, printer: QPrinter, pages: HeldPages, asked: Sequence[int], window: QWidget, ended: Ended
    ) -> None:
        super().__init__(window)
        self._printer, self._pages, self._ended = printer, pages, ended
        self._left = list(asked) * (1 if printer.supportsMultipleCopies() else max(1, printer.copyCount()))
        self._total = len(self._left)
        self._card = QProgressDialog(_("Impression en cours…"), _("Arrêter"), 0, self._total, window)
        self._card.setWindowTitle(_("Impression"))
        self._card.setMinimumDuration(500)
        self._card.setWindowModality(Qt.WindowModality.WindowModal)
        self._painter = QPainter()
        if self._painter.begin(printer):
            QTimer.singleShot(0, self, self._next)
        else:
            self._end(_("L’imprimante ne répond pas. Vérifiez qu’elle est allumée, puis recommencez."), whole=False)

    def _next(self) -> None:
        if self._card.wasCanceled():
            self._printer.abort()
            self._painter.end()
            self._end(_("Impression arrêtée."), whole=False)
            return
        if not self._left:
            self._painter.end()
            words = _n("{n} page envoyée à l’imprimante.", "{n} pages envoyées à l’imprimante.", self._total)
            self._end(words.format(n=number(self._total)), whole=True)
            return
        if len(self._left) < self._total:
            self._printer.newPage()
        self._paint(self._left.pop(0))
        self._card.setValue(self._total - len(self._left))
        QTimer.singleShot(0, self, self._next)

    def _paint(self, page: int) -> None:
        points = self._pages.size(page)
        scale = self._printer.resolution() / _POINTS
        size = QSize(round(points.width() * scale), round(points.height() * scale))
        image = self._pages.document.render(page, size)
        self._painter.drawImage(QRect(0, 0, size.width(), size.height()), image)

    def _end(self, words: str, *, whole: bool) -> None:
        self._card.close()
        self._card.deleteLater()
        self._ended(words, whole=whole)
        self.deleteLater()
