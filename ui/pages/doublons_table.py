"""Two sheets side by side: a line per field, marked alike or different by a sign, a ground and a word."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from appli.i18n import _
from appli.presenters.duplicates import Comparison, Face
from appli.presenters.kinds import drawn_shape
from ui.pages.sheet_parts import LABELS, breakable
from ui.theme import current
from ui.widgets.badge import Glyph, KindMark
from ui.widgets.card import Card
from ui.widgets.layout import Column, Row, line, space
from ui.widgets.link import Link
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop
SIGNS = {"same": ("check", "success"), "different": ("git-compare", "warning"), "alone": ("minus", "text_muted")}


class ComparisonTable(Card):
    """Draws a `Comparison`; `opened` gives the sheet one wants to see."""

    opened = Signal(object)

    def __init__(self, comparison: Comparison, *, wide: bool, parent: QWidget | None = None) -> None:
        super().__init__(margin=4, gap=3, parent=parent)
        self._wide = wide
        self._first = 1 if wide else 0
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(space(4))
        grid.setVerticalSpacing(space(2))
        for column in (self._first, self._first + 1):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self._row = 0
        self._add("", self._face(comparison.left), self._face(comparison.right), "")
        words = {"same": _("pareil"), "different": _("différent"), "alone": _("d’un seul côté")}
        for one in comparison.lines:
            grid.addWidget(line(), self._row, 0, 1, self._first + 2)
            self._row += 1
            left, right = (_values(texts, one.match) for texts in (one.left, one.right))
            self._add(one.label, left, right, one.match, words[one.match])

    def _add(self, label: str, left: QWidget, right: QWidget, match: str, words: str = "") -> None:
        if label:
            head = self._label(label, match, words)
            if self._wide:
                head.setFixedWidth(round((LABELS + 36) * current().scale))
            self._grid.addWidget(head, self._row, 0, 1, 1 if self._wide else 2, TOP)
            self._row += 0 if self._wide else 1
        self._grid.addWidget(left, self._row, self._first, TOP)
        self._grid.addWidget(right, self._row, self._first + 1, TOP)
        self._row += 1

    def _label(self, label: str, match: str, words: str) -> QWidget:
        holder = QWidget()
        row = Row(holder, gap=2)
        sign, ink = SIGNS[match]
        row.addWidget(Glyph(sign, ink, "space.4"), 0, TOP)
        lines = Column(gap=0)
        lines.addWidget(TextLabel(label, letters="small", ink="secondary", wrap=True))
        if match != "alone":
            lines.addWidget(TextLabel(words, letters="small", ink=ink, wrap=True))
        row.addLayout(lines, 1)
        holder.setAccessibleName(_("{label} : {match}").format(label=label, match=words))
        return holder

    def _face(self, face: Face) -> QWidget:
        holder = QWidget()
        row = Row(holder, gap=3)
        row.addWidget(KindMark(drawn_shape(face.shape), initials=face.initials), 0, TOP)
        lines = Column(gap=0)
        title = Link(face.title or _("(sans nom)"), name=_("Voir la fiche {code}").format(code=face.code))
        title.followed.connect(lambda: self.opened.emit(face.id))
        lines.addWidget(title)
        lines.addWidget(TextLabel(face.code, letters="small", ink="secondary"))
        for source in face.sources:
            words = _("Liste « {name} »").format(name=source)
            lines.addWidget(TextLabel(breakable(words.replace("_", " ")), letters="small", ink="secondary", wrap=True))
        row.addLayout(lines, 1)
        return holder


def _values(texts: tuple[str, ...], match: str) -> QWidget:
    if not texts:
        return TextLabel("–", ink="muted")
    runs: list[Run] = []
    for n, text in enumerate(texts):
        runs += [Run("\u2028")] if n else []
        runs.append(Run(breakable(text), ground="warning_soft" if match == "different" else ""))
    return Phrase(*runs)
