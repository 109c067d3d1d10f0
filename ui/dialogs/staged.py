"""A dialog that goes through stages (choices, work, result) and is as tall as the one it shows needs."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from ui.theme import current
from ui.widgets.dialog import ModalDialog
from ui.widgets.layout import Column
from ui.widgets.notice import NoticeStrip
from ui.widgets.progress_card import ProgressCard
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import announce


class StagedDialog(ModalDialog):
    """Modal, opened with `open()`. `set_stages` lays out the stages, the first of which is shown, and its foot."""

    def __init__(self, title: str, width: int, parent: QWidget | None = None) -> None:
        """`width` in pixels at 100 %, never wider than the window."""
        super().__init__(title, parent)
        widest = parent.width() - 40 if parent is not None else 16_777_215
        self.setMinimumWidth(min(round(width * current().scale), widest))

    def set_stages(self, *stages: QWidget, foot: QWidget) -> None:
        """The stages, and what stands under the first of them."""
        self._stages, self._foot = stages, foot
        host = QWidget()
        self._body = Column(host, margin=5, gap=0)
        for stage in stages:
            self._body.addWidget(stage)
            stage.setVisible(stage is stages[0])
        self._body.addStretch()
        area = Scrolled(host)
        whole = Column(self, gap=0)
        whole.addWidget(area, 1)
        whole.addWidget(foot)

    def show_stage(self, shown: QWidget) -> None:
        """Another stage."""
        for stage in self._stages:
            stage.setVisible(stage is shown)
        self._foot.setVisible(shown is self._stages[0])
        QTimer.singleShot(0, self, self.fit)

    def fit(self) -> None:
        """As tall as what is shown needs at this width, but no taller than the window."""
        if not self.isVisible():
            return
        self._body.activate()
        foot = self._foot.sizeHint().height() if self._foot.isVisible() else 0
        needed = self._body.totalHeightForWidth(self.width()) + foot
        parent = self.parentWidget()
        self.resize(self.width(), min(needed, parent.height() if parent is not None else needed))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()


class Writing(Protocol):
    """The presenter of something that is written to a file, and may be stopped."""

    @property
    def is_writing(self) -> bool: ...

    def stop(self) -> None: ...


class WritingDialog(StagedDialog):
    """Choices, then the writing, then where the file lies; a refusal stands over the choices, which stay."""

    def __init__(self, presenter: Writing, title: str, width: int, doing: str, parent: QWidget | None = None) -> None:
        """`doing` names the work: « Écriture de la liste »."""
        super().__init__(title, width, parent)
        self._writing = presenter
        self.choices, self.working = QWidget(), QWidget()
        self.refusal = NoticeStrip("danger", stacked=True)
        self.refusal.hide()
        self.work = ProgressCard(doing, _("Arrêter ne laisse aucun fichier à moitié écrit."))
        self.work.stop_wanted.connect(presenter.stop)
        Column(self.working).addWidget(self.work)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        if not done:
            self.work.stop_button.explain("")
            self.show_stage(self.working)
        self.work.set_progress(done, total, "")

    def show_refusal(self, words: str) -> None:
        """It could not be written; without words, it was told elsewhere."""
        self.show_stage(self.choices)
        self.refusal.set_words("", words)
        self.refusal.setVisible(bool(words))
        announce(self, words, assertive=True)

    def reject(self) -> None:
        """Échap while it is written asks to stop."""
        if self._writing.is_writing:
            self.work.stop_button.click()
        else:
            super().reject()
