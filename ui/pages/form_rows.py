"""The lists of a form: several of something with parts, each row with its fields, its audience, its way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from appli.i18n import _
from appli.presenters.form import Form
from appli.presenters.form_filling import content_words
from appli.presenters.form_suggestions import Offer
from ui.pages.form_editors import ChosenPiece
from ui.pages.form_field import FormField, emptied, put
from ui.theme import current
from ui.widgets.audience import AudienceButton
from ui.widgets.buttons import Button, IconButton
from ui.widgets.layout import Column, Ringed, Row
from ui.widgets.parts_flow import PartsFlow
from ui.widgets.pieces import PieceField
from ui.widgets.text import TextLabel

OF_CONTACTS = {"type": (186, 0), "value": (180, 4), "label": (96, 1)}
"""For each the room it needs, and its share of what is left."""
WIDTHS = {"label": 200, "term": 150, "level": 130, "intents": 300, "text": 420, "unit": 150}
USUAL_WIDTH = {"line": 170, "number": 110, "money": 120, "date": 150, "choices": 420, "text": 420, "commune": 220}
"""Pixels at 100 % that a field of a row needs, by its name, else by its editor."""
WIDE = 240
ORDERED = frozenset(("stop",))
"""Parts whose order means something."""


class ListPart(Ringed):
    """One list, drawn again when its rows change."""

    def __init__(self, some: Any, form: Form) -> None:
        super().__init__()
        self.list, self._form = some, form
        self.rows: list[RowPart] = []
        self._offers: list[str] = []
        self._rows = Column(gap=2)
        column = Column(self, margin=1, gap=2)
        if some.style != "contacts":
            column.addWidget(TextLabel(some.label, letters="name", wrap=True))
        column.addLayout(self._rows)
        self.adder: PieceField | None = None
        if some.style == "terms":
            self.adder = self._term_adder()
            label = TextLabel(_("Ajouter"), letters="label", ink="secondary")
            label.setBuddy(self.adder.line.edit)
            column.add(label, self.adder)
        else:
            self.add_button = Button(_("Ajouter une ligne"), "quiet", icon="plus")
            if some.style == "contacts":
                self.add_button.setText(_("Ajouter une coordonnée"))
            self.add_button.setAccessibleName(_("{deed} : {what}").format(deed=self.add_button.text(), what=some.label))
            self.add_button.clicked.connect(lambda: form.parts.add_row(some.name))
            column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def refresh(self) -> None:
        """Draw the rows again."""
        filling = self._form.filling
        emptied(self._rows)
        self.rows = []
        if filling is None:
            return
        for row in filling.asked.rows(self.list.name):
            part = RowPart(self.list, row, self._form)
            self.rows.append(part)
            put(self._rows, part)
        for row in filling.gone_rows(self.list.name):
            put(self._rows, self._gone(row))

    def fields(self) -> Iterator[FormField]:
        """Every field of its rows."""
        for row in self.rows:
            yield from row.fields

    def focus_row(self, path: str) -> None:
        """Put the cursor into a new row, in the first field that is still blank; else where one adds another."""
        row = next((r for r in self.rows if r.path == path), None)
        if row is not None and self.adder is None:
            row.focus()
        else:
            (self.adder or self.add_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, offers: Sequence[Offer]) -> None:
        """What the letters of a word to add may mean."""
        self._offers = [o.words for o in offers]
        if self.adder is not None:
            self.adder.show_offers([ChosenPiece(word) for word in self._offers])

    def show_words(self) -> None:
        """What each row is called."""
        for row in self.rows:
            row.show_words()

    def show_audiences(self) -> None:
        """Who sees each row."""
        for row in self.rows:
            row.show_audience()
            row.show_words()

    # --- parts ---

    def _term_adder(self) -> PieceField:
        """A word and Entrée make a row: skills are typed one after the other."""
        adder = PieceField(_("Ajouter : {list}").format(list=self.list.label), "plus", free=True)

        def add(word: str) -> None:
            if word.strip():
                self._form.parts.add_row(self.list.name, **{self.list.key: word.strip()})
                adder.line.edit.clear()
                adder.line.edit.setFocus()

        adder.typed.connect(lambda typed: self._form.parts.ask_terms(self.list.name, typed))
        adder.chosen.connect(lambda place: add(self._offers[place]))
        adder.entered.connect(lambda: add(adder.line.edit.text()))
        return adder

    def _gone(self, row: Any) -> QWidget:
        holder = QFrame()
        holder.setProperty("role", "card")
        line = Row(holder, margin=(3, 1, 2, 1), gap=2)
        words = _row_words(row)
        told = TextLabel(_("{row} – sera enlevé").format(row=words), ink="secondary", wrap=True)
        line.addWidget(told, 1)
        keep = Button(_("Garder"), "quiet", small=True)
        keep.setAccessibleName(_("Garder {what}").format(what=words))
        keep.clicked.connect(lambda: self._form.parts.keep_row(f"{self.list.name}/{row.key}"))
        line.addWidget(keep)
        return holder


class RowPart(QFrame):
    """One row: its fields side by side, who sees it, « Enlever »."""

    def __init__(self, some: Any, row: Any, form: Form) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.path, self._form, self._some = f"{some.name}/{row.key}", form, some
        holder = Ringed()
        flow = PartsFlow(holder, gap=2)
        self.fields: list[FormField] = []
        for question in row.questions:
            if question.fixed:
                flow.add(self._fixed(question), WIDTHS.get(question.name, 150))
                continue
            field = FormField(question, form, audience=False)
            self.fields.append(field)
            flow.add(field, *_room(question, some.style))
        self.audience = AudienceButton(some.row_label, form.filling.audience(self.path))
        self.audience.chosen.connect(lambda level: form.set_audience(self.path, level))
        self.remove_button = IconButton("x", "", "plain", small=True)
        self.remove_button.clicked.connect(lambda: form.parts.remove_row(self.path))
        side, deeds = Ringed(), Row(gap=1)
        column = Column(side, margin=1, gap=1)
        deeds.add(self.audience, self.remove_button)
        column.add(TextLabel(_("Qui peut voir"), letters="label", ink="secondary"), deeds)
        if some.child in ORDERED:
            column.addLayout(self._movers())
        line = Row(self, margin=(3, 2, 2, 2), gap=2)
        line.addWidget(holder, 1)
        line.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        self.show_audience()
        self.show_words()

    def _movers(self) -> Row:
        """Up and down: stops are passed one after the other."""
        movers = Row(gap=1)
        for icon, words, by in (
            ("chevron-up", _("Monter d’une place"), -1),
            ("chevron-down", _("Descendre d’une place"), 1),
        ):
            button = IconButton(icon, words, "plain", small=True)
            button.clicked.connect(lambda _on=False, by=by: self._form.parts.move_row(self.path, by))
            movers.addWidget(button)
        movers.addStretch()
        return movers

    def show_audience(self) -> None:
        """Who sees it, and what the sheet allows."""
        filling = self._form.filling
        if filling is not None:
            self.audience.set_audience(filling.audience(self.path))
            self.audience.set_ceiling(filling.ceiling())

    def show_words(self) -> None:
        """A contact is called by its type, the way out by what it takes off."""
        filling = self._form.filling
        if filling is None or not filling.asked.has(self.path):
            return
        row = filling.asked.row(self.path)
        if self._some.style == "contacts":
            value = next(f for f in self.fields if f.question.name == "value")
            value.set_label(filling.type_label(row))
        words = _("Enlever : {what}").format(what=_row_words(row, filling.asked) or self._some.row_label)
        self.remove_button.set_name(words)

    def focus(self) -> None:
        """The first field with nothing in it, but the type of a contact."""
        filling = self._form.filling
        if filling is None or not self.fields:
            return
        blank = (f for f in self.fields if f.question.name != "type" and not filling.asked.content(f.path))
        next(blank, self.fields[-1]).focus()

    def _fixed(self, question: Any) -> QWidget:
        holder = Ringed()
        column = Column(holder, margin=1, gap=1)
        word = TextLabel(str(question.content), letters="name", wrap=True)
        word.setMinimumHeight(current().px("size.control"))
        column.add(TextLabel(question.label, letters="label", ink="secondary"), word)
        return holder


def _room(question: Any, style: str) -> tuple[int, int]:
    """How wide it must be, and its share of what is left."""
    if style == "contacts":
        return OF_CONTACTS[question.name]
    return WIDTHS.get(question.name, USUAL_WIDTH.get(question.editor, WIDE)), 1


def _row_words(row: Any, asked: Any = None) -> str:
    """What a row says, in a few words."""
    said: Mapping[str, Any] = {q.path: asked.content(q.path) if asked else q.content for q in row.questions}
    words = [content_words(q, said[q.path]) for q in row.questions if q.type not in ("flag", "reference", "position")]
    return ", ".join(w for w in words if w)[:80]
