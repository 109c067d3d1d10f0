"""One field of the form: label, editor, who may see it, what was understood, what is wrong, what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from appli.i18n import _
from appli.presenters.form import Form
from appli.presenters.form_filling import content_words
from appli.presenters.form_suggestions import Offer
from ui.pages import form_editors as editors
from ui.pages.form_composites import composite
from ui.widgets.audience import AudienceButton
from ui.widgets.badge import Glyph
from ui.widgets.buttons import Button
from ui.widgets.layout import Column, Ringed, Row
from ui.widgets.text import TextLabel, restyle

_MAKERS: Mapping[str, Callable[[Any, Any, editors.Tell, Form], editors.Editor]] = {
    "text": editors.text,
    "hours": editors.text,
    "choice": editors.choice,
    "flag": editors.choice,
    "choices": editors.choices,
    "tags": editors.tags,
    "date": editors.date,
    "commune": editors.commune,
    "reference": editors.reference,
    "territory": editors.territory,
    "name": composite,
    "address": composite,
    "period": composite,
    "remit": composite,
}
"""By the key that the type of the field gives; anything else is a line."""


def editor_for(question: Any, content: Any, tell: editors.Tell, form: Form) -> editors.Editor:
    """What fills a field in."""
    if question.type == "term":
        return editors.term(question, content, tell, form)
    return _MAKERS.get(question.editor, editors.line)(question, content, tell, form)


class FormField(Ringed):
    """Draws one question; the path tells which."""

    def __init__(self, question: Any, form: Form, *, label: str = "", audience: bool = True) -> None:
        super().__init__()
        self.question, self.path, self._form = question, question.path, form
        filling = form.filling
        assert filling is not None
        self.editor = editor_for(question, filling.asked.content(self.path), self._tell, form)
        self.label = TextLabel(label or question.label, letters="label", ink="secondary", wrap=True)
        self.label.setBuddy(self.editor.widget)
        self._name(label or question.label)
        self.audience: AudienceButton | None = None
        if audience and not question.required and not question.fixed:
            self.audience = AudienceButton(question.label, filling.audience(self.path))
            self.audience.chosen.connect(lambda level: form.set_audience(self.path, level))
        self._under, self._beside = Column(gap=1), Column(gap=1)
        self._under_shown: tuple[Any, ...] = ()
        self._beside_shown: tuple[bool, Any] = (False, None)
        self._lay_out()
        self.show_audience()
        self._show_beside({})

    # --- what the page asks ---

    def put(self, content: Any) -> None:
        """Another content, given by a button."""
        self.editor.put(content)
        self._show_beside({})

    def set_label(self, words: str) -> None:
        """Another label: a contact is called by its type."""
        self.label.setText(words)
        self._name(words)

    def show_checks(self, errors: Mapping[str, str], found: Any, news: Mapping[str, Any]) -> None:
        """What is wrong, doubtful, understood; what somebody else wrote meanwhile."""
        error = errors.get(self.path, "")
        caution = "" if error else found.cautions.get(self.path, "")
        reading = "" if error else found.readings.get(self.path, "")
        if self.editor.after is not None:
            self.editor.after(reading)
            reading = ""
        self._show_under(error, caution, found.suggestions.get(self.path), self._reading_words(reading))
        restyle(self.editor.framed or self.editor.widget, "state", "error" if error else "")
        self.editor.name(found.names)
        self.editor.widget.setAccessibleDescription(error or caution or self.question.help)
        self._show_beside(news)

    def show_audience(self) -> None:
        """Who sees it, and what the sheet allows."""
        filling = self._form.filling
        if self.audience is not None and filling is not None:
            self.audience.set_audience(filling.audience(self.path))
            self.audience.set_ceiling(filling.ceiling())

    def offer(self, offers: Sequence[Offer]) -> None:
        """What the letters may mean."""
        self.editor.offer(offers)

    def focus(self) -> None:
        """Put the cursor there."""
        self.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- parts ---

    def _tell(self, content: Any) -> None:
        self._form.type(self.path, content)

    def _reading_words(self, reading: str) -> str:
        """How what is typed was understood; without anything typed, where the sheet stands on the map."""
        filling = self._form.filling
        if reading and filling is not None and self.path in filling.filled.contents:
            return _("Compris : {words}").format(words=reading)
        return reading if self.question.type == "position" else ""

    def _name(self, words: str) -> None:
        self.editor.widget.setAccessibleName(words)

    def _lay_out(self) -> None:
        column = Column(self, margin=1, gap=1)
        head, line = Row(gap=2), Row(gap=2)
        head.addWidget(self.label, 1)
        if self.editor.is_tall and self.question.required:  # the parts of a name say it
            self.label.hide()
        line.addWidget(self.editor.widget, 1)
        if self.audience is not None:
            side = Qt.AlignmentFlag.AlignBottom if self.editor.is_tall else Qt.AlignmentFlag.AlignTop
            (head if self.editor.is_tall else line).addWidget(self.audience, 0, side)
        column.add(head, line)
        if self.question.help:
            told = TextLabel(self.question.help, letters="small", ink="secondary", wrap=True)
            column.insertWidget(1 if self.editor.is_tall else 2, told)
        column.add(self._under, self._beside)

    def _show_under(self, error: str, caution: str, suggestion: Any, reading: str) -> None:
        """What is wrong, else what is doubtful with what was probably meant, and how it was understood."""
        shown = (error, caution, suggestion, reading)
        if shown == self._under_shown:
            return
        self._under_shown = shown
        emptied(self._under)
        if error:
            put(self._under, _said(error, "circle-alert", "danger"))
        if reading:
            put(self._under, _said(reading, "info", "secondary"))
        if caution:
            put(self._under, _said(caution, "triangle-alert", "warning"))
            if suggestion is not None:
                take = Button(_("Choisir {name}").format(name=suggestion.words), "quiet", small=True)
                take.clicked.connect(lambda: self._form.take_suggestion(self.path))
                self._under.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_beside(self, news: Mapping[str, Any]) -> None:
        """Other values of this field, while none is chosen; what was written elsewhere while one typed here."""
        filling = self._form.filling
        undecided = bool(self.question.claims) and filling is not None and not filling.is_settled(self.path)
        shown = (undecided, news.get(self.path))
        if shown == self._beside_shown:
            return
        self._beside_shown = shown
        emptied(self._beside)
        if undecided:
            put(self._beside, self._claims())
        if self.path in news:
            put(self._beside, self._news(news[self.path]))

    def _claims(self) -> QFrame:
        box = _box("warning")
        column = Column(box, margin=(3, 2, 3, 2), gap=1)
        words = _("Plusieurs valeurs sont gardées. Choisissez-en une, ou écrivez la bonne.")
        column.addWidget(TextLabel(words, letters="small", wrap=True))
        for claim in self.question.claims:
            row, said = Row(gap=3), Column(gap=0)
            said.add(
                TextLabel(claim.words, letters="name", wrap=True),
                TextLabel(claim.who, letters="small", ink="secondary", wrap=True),
            )
            row.addLayout(said, 1)
            keep = Button(_("Garder"), small=True)
            keep.setAccessibleName(
                _("Garder {value} pour {label}").format(value=claim.words, label=self.question.label)
            )
            keep.clicked.connect(lambda _on=False, c=claim: self._form.choose(self.path, c))
            row.addWidget(keep)
            column.addLayout(row)
        return box

    def _news(self, content: Any) -> QFrame:
        box = _box("info")
        row = Row(box, margin=(3, 2, 3, 2), gap=3)
        words = content_words(self.question, content) or _("(rien)")
        said = _("Ailleurs, on vient d’écrire : « {words} ».").format(words=words)
        row.addWidget(TextLabel(said, letters="small", wrap=True), 1)
        take = Button(_("Prendre cette valeur"), small=True)
        take.clicked.connect(lambda: self._form.take_news(self.path))
        row.addWidget(take)
        return box


def _said(words: str, icon: str, ink: str) -> QWidget:
    """A sentence under a field with its sign."""
    holder = QWidget()
    row = Row(holder, gap=1)
    tone = "text_secondary" if ink == "secondary" else ink
    row.addWidget(Glyph(icon, tone, "space.4"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(TextLabel(words, letters="small", ink=ink, wrap=True), 1)
    return holder


def _box(tone: str) -> QFrame:
    box = QFrame()
    box.setProperty("tone", tone)
    return box


def put(column: Column, widget: QWidget) -> None:
    """Add a widget to what is on screen already; left to itself, Qt shows it only a moment later."""
    column.addWidget(widget)
    widget.show()


def emptied(column: Column) -> Column:
    """A column without what it held."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    return column
