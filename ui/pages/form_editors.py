"""The editors of the form: one for each way to fill a field, each telling what it holds in one call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from appli.i18n import N_, _
from appli.presenters.form import Form
from appli.presenters.form_suggestions import Offer
from appli.presenters.form_words import day_typed, day_words
from ui.theme import current
from ui.widgets.chips import ChipRow, ChipSpec
from ui.widgets.date_field import DateField
from ui.widgets.field import FramedEdit
from ui.widgets.growing_text import GrowingText
from ui.widgets.offered_line import OfferedLine
from ui.widgets.pieces import PieceField
from ui.widgets.text import literal

Tell = Callable[[Any], None]
UNITS = {"money": "€"}
YES_NO = (("true", N_("Oui")), ("false", N_("Non")))


def nothing(_said: Any) -> None:
    """For editors that have no use for it."""


@dataclass(frozen=True)
class Editor:
    """A widget, and how to give it another content, the words of ids, offers, the place of what was understood."""

    widget: QWidget
    put: Tell
    name: Callable[[Mapping[str, str]], None] = nothing
    offer: Callable[[Sequence[Offer]], None] = nothing
    after: Callable[[str], None] | None = None
    framed: QWidget | None = None
    """What turns red, when it is not the widget itself."""
    is_tall: bool = False
    """Whether it has parts under each other: who sees it then stands beside its label."""


@dataclass(frozen=True)
class ChosenPiece:
    """Something chosen: its words, and what tells it from others."""

    name: str
    detail: str = ""


def line(question: Any, content: Any, tell: Tell, _form: Form) -> Editor:
    """One line of text; a unit stands after it."""
    unit = UNITS.get(question.type, "")
    framed = FramedEdit() if unit else None
    edit = framed.edit if framed else QLineEdit()
    edit.setText(str(content))
    edit.setCursorPosition(0)
    if framed is not None:
        framed.set_after(unit)
    else:
        edit.setMinimumHeight(current().px("size.control"))
    edit.textEdited.connect(tell)
    return Editor(framed or edit, lambda said: edit.setText(str(said)))


def text(question: Any, content: Any, tell: Tell, _form: Form) -> Editor:
    """Several lines."""
    edit = GrowingText(str(content), fewest=1 if question.type == "hours" else 4)
    edit.textChanged.connect(lambda: tell(edit.toPlainText()))

    def put(said: Any) -> None:
        edit.blockSignals(True)
        edit.setPlainText(str(said))
        edit.blockSignals(False)

    return Editor(edit, put)


def choice(question: Any, content: Any, tell: Tell, _form: Form) -> Editor:
    """One of some codes."""
    box = QComboBox()
    box.setMinimumHeight(current().px("size.control"))
    box.setMinimumContentsLength(8)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    if question.name != "type" or not question.path.startswith("contacts/"):
        box.addItem(_("(non rempli)"), "")
    for code, words in (
        [(c, _(w)) for c, w in YES_NO] if question.type == "flag" else [(o.code, o.label) for o in question.options]
    ):
        box.addItem(literal(words), code)

    def put(said: Any) -> None:
        box.setCurrentIndex(max(0, box.findData(str(said))))

    put(content)
    box.activated.connect(lambda at: tell(str(box.itemData(at))))
    return Editor(box, put)


def choices(question: Any, content: Any, tell: Tell, _form: Form) -> Editor:
    """Several of some codes."""
    row = ChipRow()
    chosen: set[str] = set()

    def put(said: Any) -> None:
        chosen.clear()
        chosen.update(said)
        row.set_chips([ChipSpec(o.code, o.label, on=o.code in chosen) for o in question.options])

    def toggled(code: str, on: bool) -> None:
        (chosen.add if on else chosen.discard)(code)
        tell(tuple(o.code for o in question.options if o.code in chosen))

    put(content)
    row.toggled.connect(toggled)
    return Editor(row, put, is_tall=True)


def tags(question: Any, content: Any, tell: Tell, _form: Form) -> Editor:
    """Free words, each added with Entrée; what is still in the line counts as a word."""
    field = PieceField(question.label, "tag", free=True)
    words = list(content)

    def draw() -> None:
        field.show_pieces([ChosenPiece(word) for word in words])

    def add() -> None:
        words.extend(w for part in field.line.edit.text().split(",") if (w := part.strip()) and w not in words)
        draw()
        tell(tuple(words))

    def remove(place: int) -> None:
        del words[place]
        draw()
        tell(tuple(words))

    def put(said: Any) -> None:
        words[:] = said
        draw()

    draw()
    field.entered.connect(add)
    field.line.edit.editingFinished.connect(lambda: add() if field.line.edit.text().strip() else None)
    field.removed.connect(remove)
    return Editor(field, put, framed=field.line)


def date(question: Any, content: Any, tell: Tell, _form: Form) -> Editor:
    """A day, a month or a year in words, or a day of the calendar."""
    field = DateField()
    field.edit.setText(str(content))
    field.edit.textEdited.connect(tell)
    field.open_button.pressed.connect(lambda: field.show_day(_day(field.edit.text())))
    field.open_button.set_name(_("Choisir dans le calendrier : {label}").format(label=question.label))

    def picked(day: str) -> None:
        field.edit.setText(day_words(day))
        tell(field.edit.text())

    field.picked.connect(picked)
    return Editor(field, lambda said: field.edit.setText(str(said)))


def _day(words: str) -> str:
    iso = day_typed(words) or ""
    return iso if len(iso) == len("2026-12-05") else ""


def commune(question: Any, content: Any, tell: Tell, form: Form) -> Editor:
    """A commune by its name; the choice of one of several of that name is told by its code."""
    field = OfferedLine(question.label, icon="map-pin")
    offered: list[Offer] = []

    def put(said: Any) -> None:
        field.edit.setText(said.get("name", "") if said else "")
        field.edit.setCursorPosition(0)

    def take(place: int) -> None:
        put(offered[place].content)
        tell(offered[place].content)

    def show(offers: Sequence[Offer]) -> None:
        offered[:] = offers
        field.show_lines([o.line for o in offers])

    def typed(words: str) -> None:
        tell({"name": words, "insee": ""})
        form.parts.ask_offers(question.path, words)

    put(content)
    field.typed.connect(typed)
    field.taken.connect(take)
    return Editor(field, put, offer=show, after=field.set_after)


def term(question: Any, content: Any, tell: Tell, form: Form) -> Editor:
    """The word of a new row of terms."""
    field = OfferedLine(question.label, free=True)
    field.edit.setText(str(content))

    def take(place: int) -> None:
        field.edit.setText(offered[place])
        tell(offered[place])

    offered: list[str] = []

    def show(offers: Sequence[Offer]) -> None:
        offered[:] = [o.words for o in offers]
        field.show_lines(offered)

    def typed(words: str) -> None:
        tell(words)
        form.parts.ask_offers(question.path, words)

    field.typed.connect(typed)
    field.taken.connect(take)
    return Editor(field, lambda said: field.edit.setText(str(said)), offer=show)


class Chosen(PieceField):
    """Things of the directory or of the gazetteer, found while one types: a reference, the pieces of a territory."""

    def __init__(self, question: Any, content: str, tell: Tell, form: Form, *, icon: str, most: int) -> None:
        super().__init__(question.label, icon)
        self._keys = str(content).split()
        self._words: dict[str, str] = {}
        self._offers: list[Offer] = []
        self._tell, self._most = tell, most
        self.typed.connect(lambda words: form.parts.ask_offers(question.path, words))
        self.chosen.connect(self._take)
        self.entered.connect(lambda: self._take(0) if self._offers else None)
        self.removed.connect(self._remove)
        self._draw()

    def put(self, content: Any) -> None:
        """Another content."""
        self._keys = str(content).split()
        self._draw()

    def name(self, names: Mapping[str, str]) -> None:
        """The words of what is chosen."""
        if any(self._words.get(k) != names[k] for k in self._keys if k in names):
            self._words |= names
            self._draw()

    def offer(self, offers: Sequence[Offer]) -> None:
        """What the letters may mean."""
        self._offers = [o for o in offers if o.content not in self._keys]
        self.show_offers([ChosenPiece(o.words, o.detail) for o in self._offers])

    def _take(self, place: int) -> None:
        offer = self._offers[place]
        key = str(offer.content)
        self._words[key] = f"{offer.words} ({offer.detail})" if offer.detail and self._most > 1 else offer.words
        self._keys = [*self._keys, key][-self._most :]
        self._offers = []
        self._draw()
        self._tell(" ".join(self._keys))

    def _remove(self, place: int) -> None:
        del self._keys[place]
        self._draw()
        self._tell(" ".join(self._keys))
        self.line.edit.setFocus()

    def _draw(self) -> None:
        self.show_pieces([ChosenPiece(self._words.get(key, "…")) for key in self._keys])


def reference(question: Any, content: Any, tell: Tell, form: Form) -> Editor:
    """Another sheet, by its name."""
    field = Chosen(question, str(content), tell, form, icon="search", most=1)
    return Editor(field, field.put, field.name, field.offer, framed=field.line)


def territory(question: Any, content: Any, tell: Tell, form: Form) -> Editor:
    """Communes, groupings of communes, departments."""
    field = Chosen(question, str(content), tell, form, icon="map-pin", most=500)
    return Editor(field, field.put, field.name, field.offer, framed=field.line)
