"""The editors of the form: one for each way to fill a field, all telling the presenter in one call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from appli.i18n import N_, _
from appli.presenters.form import Form
from ui.pages.carte_place import CommuneField
from ui.theme import current
from ui.widgets.audience import AudienceButton
from ui.widgets.chips import ChipRow, ChipSpec
from ui.widgets.field import FieldRow, FramedEdit
from ui.widgets.text import literal

LINES = 5
HELP = {
    "list": N_("Plusieurs valeurs se séparent par une virgule."),
    "position": N_("Latitude, puis longitude. Laissez vide pour la position de la commune."),
    "opening_hours": N_("Jours et heures comme sur OpenStreetMap. Le reste s’écrit dans les précisions."),
    "period.start": N_("Comme 5/12/2026 14 h 30."),
}


class FormRow(FieldRow):
    """One field: label, editor, audience."""

    def __init__(self, field, presenter: Form, parent: QWidget | None = None) -> None:
        self.field = field
        self._presenter = presenter
        self.input: QWidget = _MAKERS[field.editor](field, presenter)
        self.audience = AudienceButton(field.label, field.audience)
        self.audience.chosen.connect(lambda key: presenter.set_audience(field.name, key))
        if "." in field.name and not field.name.endswith((".street", ".start", ".topics")):
            # the parts of one value share its audience: the first of them carries the choice
            self.audience.hide()
        asked = HELP.get(field.name) or HELP.get(field.editor)
        hint = field.help or (_(asked) if asked else "")
        if field.undecided:
            hint = _("Plusieurs valeurs sont gardées : écrire ici tranche.")
        super().__init__(field.label, self.input, beside=self.audience, hint=hint, parent=parent)

    def focus(self) -> None:
        """Put the cursor there."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)


def _line(field, presenter: Form) -> QWidget:
    edit = QLineEdit(presenter.filled.texts.get(field.name, field.text))
    edit.setMinimumHeight(current().px("size.control"))
    edit.textEdited.connect(lambda text: presenter.type(field.name, text))
    if field.name in ("name", "title"):
        edit.textEdited.connect(presenter.suggest.twins)
    return edit


def _text(field, presenter: Form) -> QWidget:
    edit = QPlainTextEdit(presenter.filled.texts.get(field.name, field.text))
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(current().line("body") * LINES)
    edit.textChanged.connect(lambda: presenter.type(field.name, edit.toPlainText()))
    return edit


def _choice(field, presenter: Form) -> QWidget:
    box = QComboBox()
    box.setMinimumHeight(current().px("size.control"))
    box.addItem(_("(non rempli)"), "")
    for code, words in field.options:
        box.addItem(literal(words), code)
    chosen = presenter.filled.choices.get(field.name, field.chosen)
    box.setCurrentIndex(max(0, box.findData(chosen[0] if chosen else "")))
    box.activated.connect(lambda at: presenter.choose(field.name, tuple(c for c in (box.itemData(at),) if c)))
    return box


def _choices(field, presenter: Form) -> QWidget:
    row = ChipRow()
    chosen = set(presenter.filled.choices.get(field.name, field.chosen))
    row.set_chips([ChipSpec(code, words, on=code in chosen) for code, words in field.options])

    def toggled(code: str, on: bool) -> None:
        (chosen.add if on else chosen.discard)(code)
        presenter.choose(field.name, tuple(sorted(chosen)))

    row.toggled.connect(toggled)
    return row


class _Commune(CommuneField):
    """A commune by its name; the choice of one of several of that name is told by its INSEE code."""

    def __init__(self, field, presenter: Form) -> None:
        super().__init__(field.label, icon="map-pin")
        self.set_name(presenter.filled.texts.get(field.name, field.text))
        self.typed.connect(presenter.suggest.communes)
        self.edit.textEdited.connect(lambda text: presenter.type(field.name, text))
        self.chosen.connect(lambda place: presenter.type(field.name, place.insee))
        self.chosen.connect(lambda place: self.set_after(place.postcode))
        self.cleared.connect(lambda: presenter.type(field.name, ""))


def _commune(field, presenter: Form) -> QWidget:
    return _Commune(field, presenter)


_MAKERS = {
    "line": _line,
    "list": _line,
    "text": _text,
    "choice": _choice,
    "flag": _choice,
    "choices": _choices,
    "commune": _commune,
}


def offer_communes(rows: Sequence[FormRow], places) -> None:
    """Show the communes meant, in the field being typed in."""
    for row in rows:
        if isinstance(row.input, CommuneField) and isinstance(row.input, FramedEdit) and row.input.edit.hasFocus():
            row.input.offer(places)
