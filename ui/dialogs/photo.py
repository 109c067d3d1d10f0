"""The photos of a sheet, one after the other, as large as the window allows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.photo_viewer import PhotoViewer
from appli.presenters.sheet_beside import ShownPhoto
from ui.theme import current
from ui.widgets.buttons import Button
from ui.widgets.dialog import ModalDialog
from ui.widgets.layout import Column, Flow, Row
from ui.widgets.photo import PictureView
from ui.widgets.question import confirm
from ui.widgets.text import TextLabel, announce

_PART = 0.86
"""Of the window's room."""


class PhotoDialog(ModalDialog):
    """Opened with `open()`; the arrows of the keyboard go from one to the next."""

    def __init__(self, viewer: PhotoViewer, parent: QWidget | None = None) -> None:
        super().__init__(_("Photos de la fiche"), parent)
        self._viewer = viewer
        viewer.view = self
        self.picture = PictureView()
        self.words = TextLabel("", wrap=True)
        self.place = TextLabel("", letters="small", ink="secondary")
        self.back_button = Button(_("Précédente"), icon="chevron-left")
        self.next_button = Button(_("Suivante"), icon="chevron-right")
        self.erase_button = Button(_("Effacer partout…"), "danger")
        self.close_button = Button(_("Fermer"))
        self.close_button.setDefault(True)
        self.back_button.clicked.connect(lambda: viewer.step(-1))
        self.next_button.clicked.connect(lambda: viewer.step(1))
        self.erase_button.clicked.connect(viewer.ask_erasing)
        self.close_button.clicked.connect(self.accept)
        if not viewer.can_erase:
            self.erase_button.hide()
        column = Column(self, margin=4, gap=3)
        column.addWidget(self.picture, 1)
        line = Row(gap=3)
        line.addWidget(self.words, 1)
        line.addWidget(self.place)
        column.addLayout(line)
        deeds = Flow(gap=3)
        for button in (self.back_button, self.next_button, self.erase_button, self.close_button):
            deeds.addWidget(button)
        column.addLayout(deeds)
        self.finished.connect(self._forget)
        self._fit()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        viewer.show()

    # --- what the presenter asks ---

    def show_waiting(self, photo: ShownPhoto, place: str) -> None:
        self.picture.set_picture(photo.small, photo.words)
        self.words.setText(photo.caption or photo.words)
        self.place.setText(place)
        for button in (self.back_button, self.next_button):
            button.setVisible(bool(place))

    def show_photo(self, content: bytes | None, words: str) -> None:
        self.picture.set_picture(content, self.picture.accessibleName())
        if words:
            self.words.setText(words)
        announce(self, words or self.picture.accessibleName())

    def ask_erasing(self, title: str, words: str, keep: str, erase: str) -> None:
        confirm(self, title, words, keep, erase, self._viewer.erase)

    def leave(self) -> None:
        self.accept()

    # --- Qt ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and len(self._viewer.photos) > 1:
            self._viewer.step(step)
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        parent = self.parentWidget()
        room = parent.size() if parent is not None else self.screen().availableSize()
        self.resize(round(room.width() * _PART), round(room.height() * _PART))
        self.setMinimumWidth(min(current().px("pane.list_min"), room.width()))

    def _forget(self) -> None:
        """What is still being read has nobody to tell."""
        self._viewer.view = None
