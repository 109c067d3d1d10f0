"""The line at the top that never moves: search, undo by its name, redo, new record, help."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from appli.i18n import _
from appli.presenters.kinds import kind_choices
from appli.presenters.look import ThemeName
from appli.presenters.undo import UndoState
from ui.theme import current
from ui.widgets.buttons import Button, IconButton, SplitButton
from ui.widgets.card import ground
from ui.widgets.layout import Row
from ui.widgets.search_field import SearchField
from ui.widgets.text import literal, plain_tip

SEARCH_WIDTH = 500
LONGEST_LABEL = 34
"""Letters of a work's name before it is cut; the whole is in the tooltip and on the toast."""


class TopBar(QFrame):
    """Says what is wanted; the window does it."""

    undo_wanted = Signal()
    redo_wanted = Signal()
    new_wanted = Signal()
    kind_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("edge", "bottom")
        ground(self, "window")
        self._state = UndoState()
        self._narrow = False
        self.search = SearchField(
            _("Chercher une personne, une compétence, un lieu…"), _("Chercher dans l’annuaire"), _("Ctrl+F")
        )
        self.search.edit.setAcceptDrops(False)  # files are dropped on the window, wherever that is
        self.undo_button = Button("", "quiet", icon="undo-2")
        self.redo_button = IconButton("redo-2", _("Rétablir"), "plain")
        self.kinds = QMenu(self)
        self.kinds.aboutToShow.connect(self._fill_kinds)
        self.new_button = SplitButton(_("Nouvelle fiche"), self.kinds, _("Choisir le genre de la fiche"), icon="plus")
        self.help_menu = QMenu(self)
        self.help_button = IconButton("circle-question-mark", _("Aide"))
        self.help_button.setMenu(self.help_menu)
        self._row = Row(self, margin=(4, 0, 4, 0), gap=3)
        self._row.addWidget(self.search)
        self._row.addStretch(1)
        self._row.add(self.undo_button, self.redo_button, self.new_button, self.help_button)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.redo_button.clicked.connect(self.redo_wanted)
        self.new_button.clicked.connect(self.new_wanted)
        self.kinds.triggered.connect(lambda action: self.kind_wanted.emit(action.data()))
        current().changed.connect(self._fit)
        self.show_undo(UndoState())
        self._fit()

    def show_undo(self, state: UndoState) -> None:
        """Name what can be taken back."""
        self._state = state
        words = state.undo_words
        shown = words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1].rstrip() + "…"
        self.undo_button.setText("" if self._narrow else literal(shown))
        self.undo_button.setAccessibleName(words)
        self.undo_button.explain("" if state.undo else _("Rien à annuler."))
        if state.undo:
            self.undo_button.setToolTip(plain_tip(words))
        self.undo_button.setVisible(bool(state.undo))
        self.redo_button.set_name(state.redo_words)
        self.redo_button.explain("" if state.redo else _("Rien à rétablir."))
        if state.redo:
            self.redo_button.setToolTip(plain_tip(state.redo_words))
        self.redo_button.setVisible(bool(state.undo or state.redo) and not self._narrow)

    def set_narrow(self, narrow: bool) -> None:
        """Icons for what has few words; the search takes the rest."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.undo_button.set_role("ordinary" if narrow else "quiet")
        self.new_button.main.setText(_("Nouvelle") if narrow else _("Nouvelle fiche"))
        self.show_undo(self._state)
        self._fit()

    def set_creating(self, reason: str, *, possible: bool) -> None:
        """Whether a record can be made; not at all in a version without the form."""
        self.new_button.setVisible(possible)
        self.new_button.main.explain(reason)
        self.new_button.more.explain(reason)
        if not reason:
            self.new_button.more.setToolTip(self.new_button.more.accessibleName())

    def fill_help(self, entries: list[tuple[str, str, Callable[[], None]]]) -> None:
        """What the help button offers: (words, keys, what it does)."""
        for words, keys, take in entries:
            action = self.help_menu.addAction(literal(words) + (f"\t{keys}" if keys else ""))
            action.triggered.connect(take)

    def fill_themes(self, chosen: ThemeName, choose: Callable[[ThemeName], None]) -> None:
        """Light, dark or the system's, in the same menu."""
        menu = self.help_menu.addMenu(_("Couleurs"))
        names: tuple[tuple[ThemeName, str], ...] = (
            ("system", _("Comme le système")),
            ("light", _("Clair")),
            ("dark", _("Sombre")),
        )
        for name, words in names:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(name == chosen)
            action.triggered.connect(lambda _on=False, name=name: choose(name))
            menu.aboutToShow.connect(lambda action=action, name=name: action.setChecked(name == self.theme_name()))

    theme_name: Callable[[], str] = staticmethod(lambda: current().scheme.value)

    def _fill_kinds(self) -> None:
        """Asked when it opens: the declarations of the kinds are long to load."""
        if self.kinds.isEmpty():
            for choice in kind_choices():
                action = self.kinds.addAction(current().kind_icon(choice.shape), literal(choice.label))
                action.setData(choice.shape)

    def _fit(self) -> None:
        theme = current()
        self.setFixedHeight(theme.px("size.topbar"))
        policy = QSizePolicy.Policy
        self.search.setSizePolicy(policy.Expanding if self._narrow else policy.Preferred, policy.Fixed)
        self.search.setMinimumWidth(theme.px("pane.facets") if not self._narrow else theme.px("size.rail"))
        self.search.setMaximumWidth(16_777_215 if self._narrow else round(SEARCH_WIDTH * theme.scale))
        self._row.setStretch(0, 1 if self._narrow else 3)
        self._row.setStretch(1, 0 if self._narrow else 1)
