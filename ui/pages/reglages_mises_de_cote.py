"""Réglages, under the backups: the bases set aside after a damage. Draws `appli.presenters.bases_aside`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.bases_aside import AsideRow, BasesAside
from appli.presenters.imports_journal import Question
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Flow, Ringed, Row, line
from ui.widgets.question import confirm
from ui.widgets.text import TextLabel


class AsidePart(QWidget):
    """« Bases mises de côté »; nothing at all where there is none."""

    def __init__(
        self, presenter: BasesAside, open_folder: Callable[[Path], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._open_folder = open_folder
        self.rows: list[AsideRowView] = []
        column = Column(self, gap=2)
        column.addWidget(TextLabel(_("Bases mises de côté"), letters="name", wrap=True))
        words = _(
            "Ce qui restait d’une base qui ne s’ouvrait plus, gardé tel quel. Les personnes effacées depuis peuvent y"
            " être encore : supprimez ces fichiers dès que vous n’en attendez plus rien."
        )
        column.addWidget(TextLabel(words, ink="secondary", wrap=True))
        self._list = Column(gap=0)
        column.addLayout(self._list)
        self.hide()
        presenter.view = self

    # --- BasesAside ---

    def show_rows(self, rows: Sequence[AsideRow], why_not: str) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = [AsideRowView(row, self._presenter.ask_to_delete, self._open_folder) for row in rows]
        for view in self.rows:
            view.delete_button.explain(why_not)
            self._list.addWidget(view)
        self.setVisible(bool(rows))

    def ask(self, question: Question, yes: Callable[[], None]) -> None:
        confirm(self, question.title, question.words, question.keep, question.undo, yes)


class AsideRowView(QWidget):
    """One base: look at its folder, or have it go."""

    def __init__(
        self,
        row: AsideRow,
        delete: Callable[[str], None],
        open_folder: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        words = Column(gap=0)
        words.add(TextLabel(row.title, letters="name", wrap=True))
        words.add(TextLabel(row.details, letters="small", ink="secondary", wrap=True))
        self.open_button = Button(_("Ouvrir le dossier"), icon="folder-open", small=True)
        self.open_button.setAccessibleName(_("Ouvrir le dossier de la base : {what}").format(what=row.title))
        self.open_button.clicked.connect(lambda: open_folder(row.folder))
        self.delete_button = Button(_("Supprimer pour toujours…"), "danger", small=True)
        self.delete_button.setAccessibleName(_("Supprimer pour toujours la base : {what}").format(what=row.title))
        self.delete_button.clicked.connect(lambda: delete(row.name))
        deeds = Ringed()
        flow = Flow(deeds, margin=1, gap=2)
        for button in (self.open_button, self.delete_button):
            flow.addWidget(button)
        content = Row(margin=(0, 2, 0, 2), gap=3)
        content.addLayout(words, 1)
        content.addWidget(deeds)
        column = Column(self, gap=0)
        column.addWidget(line())
        column.addLayout(content)
