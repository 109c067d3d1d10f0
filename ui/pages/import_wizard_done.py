"""The end of an import: what was done, what was odd, how to take it back, and the imports before it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.import_wizard import ImportWizard
from ui.dialogs.choose_files import choose_where
from ui.pages.import_wizard_side import Rolling
from ui.pages.imports_journal import JournalView
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow, Row
from ui.widgets.text import TextLabel, announce


class DoneView(QWidget):
    """Draws `DoneStep`, the journal under it."""

    def __init__(self, presenter: ImportWizard, journal: JournalView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._icon = Glyph("circle-check", "success", "space.8")
        self._title = TextLabel("", letters="section", wrap=True)
        self._words = TextLabel("", wrap=True)
        self._odd = TextLabel("", letters="small", ink="secondary", wrap=True)
        self.save_button = Button("", icon="file-down")
        self.save_button.clicked.connect(self._choose_file)
        self.undo_button = Button(_("Annuler l’import…"), icon="undo-2")
        self.undo_button.clicked.connect(lambda: presenter.journal.ask_to_undo(presenter.done.seq))
        self._card = Card(margin=5, gap=2)
        self._journal_title = TextLabel(_("Imports faits sur ce poste"), letters="name")
        self._journal_place = Column(gap=2)
        self._lay_out()
        self.take_journal(journal)

    def show_done(self) -> None:
        """What was done, or that it was taken back."""
        done = self._presenter.done
        self._icon.set_icon("undo-2" if done.undone else "circle-check", "text_secondary" if done.undone else "success")
        self._title.setText(done.title())
        self._words.setText(done.words())
        self._odd.setText("\n".join(done.oddities()))
        self._odd.setVisible(bool(done.oddities()))
        words = done.remarks_words()
        self.save_button.setText(words)
        self.save_button.setVisible(bool(words))
        self.undo_button.setVisible(not done.undone)
        announce(self, f"{done.title()}. {done.words()}")

    def take_journal(self, journal: JournalView) -> None:
        """The journal comes here: there is one, shown here or by itself."""
        self._journal_place.addWidget(journal)
        journal.show()

    def fold(self, *, narrow: bool) -> None:
        """Little room, or enough."""
        self._rolling.fold(narrow=narrow)

    def first_stop(self) -> QWidget:
        """Where the focus goes when the step is shown."""
        return self.undo_button if self.undo_button.isVisible() else self.save_button

    # --- parts ---

    def _lay_out(self) -> None:
        head = Row(gap=3)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = Column(gap=1)
        words.add(self._title, self._words, self._odd)
        head.addLayout(words, 1)
        self._card.body.addLayout(head)
        deeds = Flow(gap=2)
        deeds.addWidget(self.undo_button)
        deeds.addWidget(self.save_button)
        self._card.body.addLayout(deeds)
        inside = QWidget()
        column = Column(inside, margin=(5, 4, 5, 4), gap=3)
        column.addWidget(self._card)
        column.addWidget(self._journal_title)
        column.addLayout(self._journal_place, 1)
        self._rolling = Rolling(inside)
        Column(self).addWidget(self._rolling)

    def _choose_file(self) -> None:
        done = self._presenter.done
        choose_where(self, _("Enregistrer les remarques"), done.remarks_name(), done.save)
