"""Beside the tables of an import: the first sheet obtained and what should be known; one row of the preview in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QSizePolicy, QWidget

from appli.i18n import _, _n, number
from appli.presenters.import_wizard import ImportWizard
from appli.presenters.kinds import drawn_shape
from ui.pages.import_wizard_table import RowsTable
from ui.theme import current
from ui.widgets.badge import Glyph, KindMark
from ui.widgets.buttons import Button
from ui.widgets.card import Card, ground
from ui.widgets.layout import Column, Flow, Row, line
from ui.widgets.notice import NoticeStrip
from ui.widgets.phrase import Phrase, Run
from ui.widgets.scrolled import Scrolled
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


ROWS = 5
"""How many rows a table shows at least when the pane is under it."""
ANY = 16_777_215


def as_high_as_wide_words_are(inside: QWidget) -> None:
    """Let the words of a rolling pane be as high as they are at its width, not at their narrowest as Qt would."""
    inside.setMinimumHeight(1)


class Rolling(Scrolled):
    """A step that fills the page; on a small screen or with large text it rolls, and its tables keep some rows."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        as_high_as_wide_words_are(inside)
        self.setWidget(inside)

    def fold(self, *, narrow: bool) -> None:
        """Little room, or enough."""
        for table in self.widget().findChildren(RowsTable):
            table.setMinimumHeight((ROWS + 1) * current().px("size.row_table") if narrow else 0)
            table.set_narrow(narrow)


class Sides(Rolling):
    """Something, and a pane at its right; where there is little room, under it."""

    def __init__(self, main: QWidget, side: Side, parent: QWidget | None = None) -> None:
        inside = QWidget()
        self._side = side
        self._row = Row(inside, gap=0)
        self._row.addWidget(main, 1)
        self._row.addWidget(side)
        super().__init__(inside, parent)

    def fold(self, *, narrow: bool) -> None:
        super().fold(narrow=narrow)
        self._row.setDirection(stacked(narrow))
        self._side.fold(narrow=narrow)


def stacked(narrow: bool) -> QBoxLayout.Direction:
    """Under each other, or in a line."""
    return QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight


class Side(QScrollArea):
    """A pane at the right that scrolls by itself; `column` takes what it holds."""

    def __init__(self, name: str, surface: str, width: str = "pane.list_min", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self._narrow = False
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QFrame()
        inside.setProperty("edge", "left")
        ground(inside, surface)
        as_high_as_wide_words_are(inside)
        self.column = Column(inside, margin=4, gap=3)
        self.setWidget(inside)
        self._fit()
        current().changed.connect(self._fit)

    def fold(self, *, narrow: bool) -> None:
        """Under the rest, as wide as there is room, or beside it."""
        self._narrow = narrow
        self._fit()

    def _fit(self) -> None:
        width = current().px(self._width)
        self.setMinimumWidth(0 if self._narrow else width)
        self.setMaximumWidth(ANY if self._narrow else width)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(ROWS * current().px("size.row_list") if self._narrow else 0)


class ColumnsSide(Side):
    """« Première fiche obtenue », then the strips."""

    def __init__(self, presenter: ImportWizard, parent: QWidget | None = None) -> None:
        super().__init__(_("Première fiche obtenue"), "window", parent=parent)
        self._presenter = presenter
        self._first = Column(gap=2)
        self._strips = Column(gap=2)
        self.column.addWidget(TextLabel(_("Première fiche obtenue"), letters="name"))
        self.column.addLayout(self._first)
        self.column.addLayout(self._strips)
        self.column.addStretch()

    def show_first(self) -> None:
        """Another first sheet."""
        empty(self._first)
        found = self._presenter.columns.first
        if found is None:
            words = _("Aucune des premières lignes ne donne de fiche.")
            self._first.addWidget(TextLabel(words, ink="secondary", wrap=True))
            return
        card = Card(gap=2)
        head = Row(gap=2)
        head.addWidget(KindMark(drawn_shape(found.shape), "size.kind_map"))
        head.addWidget(TextLabel(found.title, letters="name", wrap=True), 1)
        card.body.addLayout(head)
        for said in found.fields:
            card.body.addLayout(labelled(said.label, Phrase(Run(said.new))))
        self._first.addWidget(card)

    def show_strips(self) -> None:
        """Other things to know."""
        empty(self._strips)
        for strip in self._presenter.columns.strips():
            shown = NoticeStrip(strip.tone, strip.title, strip.words, stacked=bool(strip.deed))
            if strip.deed:
                button = shown.add_deed(strip.deed)
                button.clicked.connect(lambda _on=False, tab=strip.tab: self._presenter.columns.set_tab(tab))
            self._strips.addWidget(shown)


def labelled(label: str, value: QWidget) -> Column:
    """A small label over its value."""
    column = Column(gap=0)
    column.addWidget(TextLabel(label, letters="small", ink="secondary"))
    column.addWidget(value)
    return column


class DetailSide(Side):
    """One row of the preview: before and after, what was odd, what can be done about it."""

    def __init__(self, presenter: ImportWizard, parent: QWidget | None = None) -> None:
        super().__init__(_("Ligne choisie"), "surface", "pane.list_min", parent)
        self._presenter = presenter
        self._body = Column(gap=3)
        self.column.addLayout(self._body)
        self.column.addStretch()

    def show_detail(self) -> None:
        """Another row, or the same left out or taken."""
        empty(self._body)
        found = self._presenter.preview.detail
        if found is None:
            return
        self._body.addLayout(self._head())
        for remark in found.remarks:
            tone = "danger" if remark.refuses else "warning"
            self._body.addWidget(NoticeStrip(tone, remark.column, remark.reason))
        self._add_deeds()
        for said in found.fields:
            if found.status == "changed":
                self._add_change(said.label, said.old, said.new, both=said.both)
            else:
                self._body.addLayout(labelled(said.label, Phrase(Run(said.new))))
        for name in found.new_organizations:
            words = _("La fiche de {name} sera créée aussi.").format(name=name)
            self._body.addWidget(TextLabel(words, letters="small", ink="secondary", wrap=True))
        if found.others:
            words = _n("{n} autre champ reste tel quel.", "{n} autres champs restent tels quels.", found.others)
            self._body.addWidget(
                TextLabel(words.format(n=number(found.others)), letters="small", ink="secondary", wrap=True)
            )

    # --- parts ---

    def _head(self) -> QLayout:
        found = self._presenter.preview.detail
        head = Row(gap=2)
        if found is None:
            return head
        head.addWidget(KindMark(drawn_shape(found.shape), "size.kind_map"), 0, TOP)
        words = Column(gap=0)
        title = found.title or _("Ligne {n}").format(n=number(found.line))
        words.addWidget(TextLabel(title, letters="name", wrap=True))
        words.addWidget(TextLabel(self._presenter.preview.detail_words(), letters="small", ink="secondary", wrap=True))
        head.addLayout(words, 1)
        return head

    def _add_change(self, label: str, old: str, new: str, *, both: bool) -> None:
        self._body.addWidget(TextLabel(label, letters="label", ink="secondary"))
        nothing = _("rien")
        pairs: Sequence[tuple[str, Run]] = (
            (_("avant"), Run(old or nothing, ink="danger" if old else "", struck=bool(old) and not both)),
            (_("après"), Run(new or nothing, strong=True, ink="success" if new else "")),
        )
        for word, run in pairs:
            row = Row(gap=2)
            name = TextLabel(word, letters="small", ink="secondary")
            name.setMinimumWidth(current().px("size.touch_comfort"))
            row.addWidget(name, 0, TOP)
            row.addWidget(Phrase(run), 1)
            self._body.addLayout(row)
        if both:
            row = Row(gap=1)
            row.addWidget(Glyph("git-compare", "warning", "space.4"), 0, TOP)
            words = _("Changée ici aussi : les deux valeurs sont gardées, à vous de choisir.")
            row.addWidget(TextLabel(words, letters="small", ink="warning", wrap=True), 1)
            self._body.addLayout(row)
        self._body.addWidget(line())

    def _add_deeds(self) -> None:
        preview, deeds = self._presenter.preview, Flow(gap=2)
        if preview.can_leave_out():
            leave = Button(preview.leave_words(), small=True)
            leave.clicked.connect(preview.toggle_current)
            deeds.addWidget(leave)
        if words := preview.open_words():
            look = Button(words, "quiet", small=True)
            look.clicked.connect(self._presenter.open_sheet)
            deeds.addWidget(look)
        if words := preview.line_words():
            line_button = Button(words, "quiet", small=True)
            line_button.clicked.connect(self._presenter.look_at_line)
            deeds.addWidget(line_button)
        self._body.addLayout(deeds)
