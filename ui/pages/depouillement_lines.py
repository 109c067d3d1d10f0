"""One paper being read: each line as it was printed, what it says now in an editor, and the boxes of the agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from appli.i18n import _
from appli.presenters.paper_returns import PaperReturns
from ui.pages import form_editors as editors
from ui.theme import current
from ui.widgets.badge import Badge, BadgeLook, Glyph
from ui.widgets.card import Card
from ui.widgets.layout import Column, Ringed, Row, space
from ui.widgets.parts_flow import PartsFlow
from ui.widgets.switches import Segment, Segmented
from ui.widgets.text import TextLabel, restyle

TOP = Qt.AlignmentFlag.AlignTop
LABELS = 150
"""Width of the labels at 100 %, when they stand beside."""


@dataclass(frozen=True)
class _Choice:
    """A code of a list: on paper its words are all there is."""

    code: str
    label: str


@dataclass(frozen=True)
class _Asked:
    """A line as the editors of the form read a question."""

    path: str
    label: str
    type: str = "text"
    options: tuple[_Choice, ...] = ()
    name: str = ""


class PaperLines(Ringed):
    """A line each: label, printed words, editor; under each other when there is no room beside."""

    def __init__(self, presenter: PaperReturns, *, wide: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._wide = wide
        self.editors: dict[str, editors.Editor] = {}
        self._errors: dict[str, TextLabel] = {}
        self._shown_errors: dict[str, str] = {}
        self._grid = QGridLayout(self)
        margin = space(1)
        self._grid.setContentsMargins(margin, margin, margin, margin)
        self._grid.setHorizontalSpacing(space(3))
        self._grid.setVerticalSpacing(space(2 if wide else 1))
        first = 1 if wide else 0
        self._grid.setColumnStretch(first, 2)
        self._grid.setColumnStretch(first + 1, 3)
        self._row = 0
        if wide:
            self._heads()
        paper = presenter.paper
        for one in paper.lines if paper is not None else ():
            self._add(one)

    def first(self) -> QWidget | None:
        """Where typing starts."""
        return next((made.widget for made in self.editors.values()), None)

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What cannot stand, at its line; the first one gets the cursor."""
        if errors == self._shown_errors:
            return
        self._shown_errors = dict(errors)
        for code, made in self.editors.items():
            words = errors.get(code, "")
            self._say(code, words, "danger")
            restyle(made.framed or made.widget, "state", "error" if words else "")
        wrong = next((code for code in self.editors if errors.get(code)), "")
        if wrong:
            self.editors[wrong].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_doubt(self, code: str, words: str) -> None:
        """A line that may stay, and is worth a look."""
        if not self._shown_errors.get(code):
            self._say(code, words, "warning")

    # --- parts ---

    def _say(self, code: str, words: str, ink: str) -> None:
        label = self._errors[code]
        label.set_ink(ink)
        label.setText(words)
        label.setVisible(bool(words))
        self.editors[code].widget.setAccessibleDescription(words)

    def _heads(self) -> None:
        for column, words in enumerate((_("Imprimé"), _("Sur la feuille qui revient")), 1):
            self._grid.addWidget(TextLabel(words, letters="label", ink="secondary"), self._row, column)
        self._row += 1

    def _add(self, one: Any) -> None:
        label = TextLabel(one.line.label, letters="label" if self._wide else "small", ink="secondary", wrap=True)
        printed = self._printed(one)
        side = self._editor(one)
        if self._wide:
            label.setFixedWidth(round(LABELS * current().scale))
            label.setContentsMargins(0, space(1), 0, 0)
            for column, widget in enumerate((label, printed, side)):
                self._grid.addWidget(widget, self._row, column, TOP)
            self._row += 1
            return
        for widget in (label, printed, side):
            self._grid.addWidget(widget, self._row, 0, 1, 2)
            self._row += 1

    def _printed(self, one: Any) -> QWidget:
        holder = QWidget()
        column = Column(holder, margin=(0, 1, 0, 0), gap=1)
        if one.printed is None:
            column.addWidget(TextLabel(_("pas sur la feuille"), letters="small", ink="muted", wrap=True))
        else:
            column.addWidget(TextLabel(one.printed or "–", ink="text" if one.printed else "muted", wrap=True))
        if one.changed:
            column.addWidget(Badge(BadgeLook(_("changé depuis"), "warning")), 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _editor(self, one: Any) -> QWidget:
        line = one.line
        words = self._presenter.written.lines.get(line.code, line.words)
        made = self.editors[line.code] = _editor(line, words, lambda said: self._presenter.type(line.code, said))
        made.widget.setAccessibleName(line.label)
        if isinstance(made.widget, QLineEdit):
            made.widget.returnPressed.connect(self.focusNextChild)
        error = self._errors[line.code] = TextLabel("", letters="small", ink="danger", wrap=True)
        error.hide()
        holder = Ringed()
        Column(holder, margin=1, gap=1).add(made.widget, error)
        return holder


def _editor(line: Any, words: str, tell: Any) -> editors.Editor:
    """A text, one of some words, or several of them: always a text in the end."""
    asked = _Asked(line.code, line.label, options=tuple(_Choice(o, o) for o in line.options))
    form: Any = None  # these editors ask nothing of a form
    if line.options and not line.many:
        return editors.choice(asked, words, tell, form)
    if line.options:
        chosen = tuple(word.strip() for word in words.split(";") if word.strip())
        return editors.choices(asked, chosen, lambda said: tell("\u202f; ".join(said)), form)
    make = editors.text if line.long else editors.line
    return make(asked, words, tell, form)


class PaperAnswers(Card):
    """The boxes of the agreement: what she ticked on paper, if she did."""

    def __init__(self, presenter: PaperReturns, parent: QWidget | None = None) -> None:
        super().__init__(margin=3, gap=2, parent=parent)
        self._presenter = presenter
        self.answers: dict[str, Segmented] = {}
        head = Row(gap=2)
        head.addWidget(Glyph("shield-check", "text_secondary"), 0, TOP)
        head.addWidget(TextLabel(_("Ce que la personne accepte, coché sur la feuille"), letters="name", wrap=True), 1)
        self.body.addLayout(head)
        paper = presenter.paper
        for one in paper.answers if paper is not None else ():
            self.body.addWidget(self._question(one))

    def _question(self, one: Any) -> QWidget:
        segments = [Segment("", _("Sans réponse")), Segment("yes", _("Oui")), Segment("no", _("Non"))]
        choice = self.answers[one.purpose] = Segmented(one.label, segments)
        said = self._presenter.written.answers.get(one.purpose)
        choice.set_current("" if said is None else "yes" if said else "no")
        choice.chosen.connect(lambda key: self._presenter.answer(one.purpose, {"yes": True, "no": False}.get(key)))
        holder = Ringed()
        flow = PartsFlow(holder, gap=2)
        words = Column(gap=0)
        label = QWidget()
        label.setLayout(words)
        words.addWidget(TextLabel(one.label, wrap=True))
        before = {None: _("jamais demandé"), True: _("jusqu’ici : oui"), False: _("jusqu’ici : non")}[one.given]
        words.addWidget(TextLabel(before, letters="small", ink="secondary", wrap=True))
        flow.add(label, 220)
        flow.add(choice, 0, 0)
        return holder
