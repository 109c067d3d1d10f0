"""The middle of the form: every part with its fields, in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.form import Form
from appli.presenters.form_words import SECTIONS
from ui.pages.form_beside import ConsentPart, LinksPart
from ui.pages.form_field import FormField
from ui.pages.form_photos import PhotosPart
from ui.pages.form_rows import ListPart
from ui.theme import current
from ui.widgets.audience import AudienceButton
from ui.widgets.card import ground
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Row, line
from ui.widgets.text import TextLabel

CONTENT = 900
"""The greatest width of the fields, in pixels at 100 %."""
LISTS_FIRST = frozenset(("contacts", "skills", "wanted_skills"))
"""Lists that open their part; the others close it."""


class FormBody(QWidget):
    """All that one fills in; made anew for each form."""

    def __init__(self, presenter: Form) -> None:
        super().__init__()
        ground(self, "page")
        self._presenter = presenter
        self.fields: dict[str, FormField] = {}
        self.lists: dict[str, ListPart | PhotosPart] = {}
        self.titles: dict[str, TextLabel] = {}
        self.links: LinksPart | None = None
        self.whole = AudienceButton(_("Toute la fiche"))
        self._inner = QWidget()
        column = Column(self._inner, margin=(5, 3, 5, 5), gap=3)
        for key, words, _icon in SECTIONS:
            parts = list(self._parts(key))
            if parts:
                self._open(column, key, _(words))
                column.add(*parts)
        column.addStretch()
        row = Row(self)
        row.addWidget(self._inner, 1000)
        row.addStretch()
        self._fit()
        current().changed.connect(self._fit)

    def all_fields(self) -> Iterator[FormField]:
        """Those of the sheet, then those of its rows."""
        yield from self.fields.values()
        for some in self.lists.values():
            yield from some.fields()

    def field(self, path: str) -> FormField | None:
        """One of them."""
        return next((f for f in self.all_fields() if f.path == path), None)

    def field_around(self, widget: QWidget | None) -> FormField | None:
        """The field that a widget is part of."""
        return next((f for f in self.all_fields() if widget is not None and f.isAncestorOf(widget)), None)

    def section_of(self, path: str) -> str:
        """The part of a field."""
        some = self.lists.get(path.partition("/")[0])
        section = some.list.section if some is not None else self.fields[path].question.section
        return str(section)

    def section_at(self, top: int) -> str:
        """The part one reads when the page is rolled so far."""
        passed = [key for key in self.titles if self.top_of(key) <= top]
        return passed[-1] if passed else next(iter(self.titles), "")

    def top_of(self, key: str) -> int:
        """Where a part begins."""
        return self.titles[key].mapTo(self, QPoint(0, 0)).y()

    def show_checks(self, errors: Mapping[str, str], found: Any, news: Mapping[str, Any]) -> None:
        """What is wrong, doubtful, understood."""
        for field in self.all_fields():
            field.show_checks(errors, found, news)
        for some in self.lists.values():
            some.show_words()

    def show_audiences(self) -> None:
        """Who sees what."""
        filling = self._presenter.filling
        if filling is not None:
            self.whole.set_audience(filling.audience())
        for field in self.all_fields():
            field.show_audience()
        for some in self.lists.values():
            some.show_audiences()

    # --- parts ---

    def _open(self, column: Column, key: str, words: str) -> None:
        if self.titles:
            column.addWidget(line())
        self.titles[key] = TextLabel(words, letters="section")
        column.addWidget(self.titles[key])

    def _parts(self, key: str) -> Iterator[QWidget]:
        form = self._presenter.filling.form
        lists = [some for some in form.lists if some.section == key]
        yield from (self._list(some) for some in lists if some.name in LISTS_FIRST)
        for question in form.questions:
            if question.section == key:
                field = self.fields[question.path] = FormField(question, self._presenter)
                yield field
                if question.required:
                    yield self._whole_sheet()
        yield from (self._list(some) for some in lists if some.name not in LISTS_FIRST)
        if key == "links":
            self.links = LinksPart(self._presenter)
            yield self.links
        if key == "consent" and form.consents is not None:
            yield ConsentPart(self._presenter)

    def _list(self, some: Any) -> ListPart | PhotosPart:
        made = PhotosPart if some.style == "photos" else ListPart
        self.lists[some.name] = made(some, self._presenter)
        return self.lists[some.name]

    def _whole_sheet(self) -> QWidget:
        self.whole.chosen.connect(lambda level: self._presenter.set_audience("", level))
        words = _("Aucun champ n’est montré à plus de monde que la fiche.")
        told = TextLabel(words, letters="small", ink="secondary", wrap=True)
        return FieldRow(_("Qui peut voir la fiche"), told, beside=self.whole)

    def _fit(self) -> None:
        self._inner.setMaximumWidth(round(CONTENT * current().scale))
