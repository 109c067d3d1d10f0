"""What a form asks beside the fields: links to other sheets, the person's answers; and who will see what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from appli.i18n import _
from appli.presenters.form import Form
from appli.presenters.form_suggestions import Offer
from appli.presenters.form_words import (
    consent_purposes,
    consent_ways,
    day_typed,
    day_words,
    link_roles,
    seen_words,
)
from appli.presenters.kinds import drawn_shape
from ui.pages.form_editors import ChosenPiece
from ui.pages.form_field import emptied, put
from ui.theme import current
from ui.widgets.audience import AUDIENCES
from ui.widgets.badge import Glyph, KindMark
from ui.widgets.buttons import Button
from ui.widgets.card import Card, ground
from ui.widgets.date_field import DateField
from ui.widgets.field import FieldRow
from ui.widgets.layout import Column, Ringed, Row
from ui.widgets.parts_flow import PartsFlow
from ui.widgets.pieces import PieceField
from ui.widgets.switches import Segment, Segmented
from ui.widgets.text import TextLabel, literal


class LinksPart(Ringed):
    """Links as they stand, those to come, and a line to find another sheet."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self._offers: list[Offer] = []
        self._standing = Column(gap=1)
        self._roles = dict(link_roles())
        self.role = QComboBox()
        self.role.setMinimumHeight(current().px("size.control"))
        for code, words in self._roles.items():
            self.role.addItem(literal(words), code)
        person = form.filling is not None and form.filling.form.kind == "person"
        self.role.setCurrentIndex(self.role.findData("member_of" if person else "partner_of"))
        self.search = PieceField(_("Nom de l’autre fiche"), "search")
        self.search.typed.connect(form.parts.ask_others)
        self.search.chosen.connect(self._take)
        self.search.entered.connect(lambda: self._take(0) if self._offers else None)
        holder = Ringed()
        flow = PartsFlow(holder)
        flow.add(FieldRow(_("Cette fiche"), self.role), 200)
        flow.add(FieldRow(_("Nom de l’autre fiche"), self.search), 260, 2)
        column = Column(self, margin=1, gap=2)
        column.addLayout(self._standing)
        column.addWidget(holder)
        self.refresh()

    def refresh(self) -> None:
        """Draw the links again."""
        emptied(self._standing)
        filling = self._form.filling
        if filling is None:
            return
        for link in filling.form.links:
            gone = link.link.hex() in filling.filled.unlinked
            words = _("{role} {title}").format(role=link.label, title=link.title_other)
            told = _("{link} – sera enlevé").format(link=words) if gone else words
            turn = _turner(self._form, link.link)
            put(self._standing, _line(drawn_shape(link.shape), told, _("Garder") if gone else _("Délier"), turn))
        for new in filling.filled.links:
            words = _("{role} {title}").format(role=self._roles.get(new.role, new.role), title=new.title)
            drop = _dropper(self._form, new)
            put(self._standing, _line(new.shape or "page", words, _("Enlever"), drop))

    def offer(self, offers: Sequence[Offer]) -> None:
        """The sheets that the letters may mean."""
        self._offers = list(offers)
        self.search.show_offers([ChosenPiece(o.words, o.detail) for o in offers])

    def _take(self, place: int) -> None:
        offer, self._offers = self._offers[place], []
        self.search.line.edit.clear()
        self._form.parts.add_link(str(self.role.currentData()), offer)
        self.search.line.edit.setFocus()


def _turner(form: Form, link: bytes) -> Callable[..., None]:
    return lambda _on=False: form.parts.turn_link(link)


def _dropper(form: Form, link: Any) -> Callable[..., None]:
    return lambda _on=False: form.parts.drop_new_link(link)


def _line(shape: str, words: str, deed: str, act: Callable[..., None]) -> QWidget:
    holder = QFrame()
    holder.setProperty("role", "card")
    line = Row(holder, margin=(3, 1, 2, 1), gap=2)
    line.addWidget(KindMark(shape, "size.kind_inline"), 0, Qt.AlignmentFlag.AlignVCenter)
    line.addWidget(TextLabel(words, wrap=True), 1)
    button = Button(deed, "quiet", small=True)
    button.setAccessibleName(_("{deed} : {what}").format(deed=deed, what=words))
    button.clicked.connect(act)
    line.addWidget(button)
    return holder


class ConsentPart(Ringed):
    """One answer a purpose, and how and when they were given."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self.answers: dict[str, Segmented] = {}
        column = Column(self, margin=1, gap=3)
        for purpose, words in consent_purposes():
            column.addWidget(self._question(purpose, words))
        self.way = Segmented(_("Comment"), [Segment("", _("Non noté")), *(Segment(c, w) for c, w in consent_ways())])
        self.way.chosen.connect(lambda how: form.parts.set_answered(how=how))
        self.day = DateField()
        self.day.edit.textEdited.connect(self._typed)
        self.day.picked.connect(self._picked)
        holder = Ringed()
        flow = PartsFlow(holder, gap=3)
        flow.add(FieldRow(_("Comment"), self.way), 0)
        flow.add(FieldRow(_("Le"), self.day), 190)
        column.addWidget(holder)
        self.refresh()

    def refresh(self) -> None:
        """What is answered now."""
        filling = self._form.filling
        if filling is None:
            return
        for purpose, choice in self.answers.items():
            choice.set_current(filling.answer_to(purpose))
        self.way.set_current(filling.answered_how())
        self.day.edit.setText(day_words(filling.answered_on()))
        self.day.show_day(filling.answered_on())

    def _question(self, purpose: str, words: str) -> QWidget:
        choice = Segmented(words, [Segment("", _("Pas demandé")), Segment("yes", _("Oui")), Segment("no", _("Non"))])
        choice.chosen.connect(lambda said: self._answer(purpose, said))
        self.answers[purpose] = choice
        holder = Ringed()
        flow = PartsFlow(holder, gap=2)
        label = TextLabel(words, wrap=True)
        label.setMinimumHeight(choice.sizeHint().height())
        flow.add(label, 220)
        flow.add(choice, 0, 0)
        return holder

    def _answer(self, purpose: str, said: str) -> None:
        self._form.parts.answer(purpose, said)
        self.refresh()

    def _picked(self, day: str) -> None:
        self._form.parts.set_answered(on=day)
        self.refresh()

    def _typed(self, words: str) -> None:
        day = day_typed(words)
        if day is not None:
            self._form.parts.set_answered(on=day)


class SeenPanel(QFrame):
    """« Qui verra quoi ? »: of each circle, what it sees of this sheet."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        ground(self, "window")
        self.setProperty("edge", "left")
        column = Column(self, margin=4, gap=3)
        column.addWidget(TextLabel(_("Qui verra quoi ?"), letters="name"))
        self.words: dict[str, TextLabel] = {}
        self._cards: dict[str, Card] = {}
        for level, look in AUDIENCES.items():
            card = self._cards[level] = Card(margin=3, gap=1)
            head = Row(gap=2)
            head.addWidget(Glyph(look.icon, look.ink))
            head.addWidget(TextLabel(_(look.word), letters="name", ink="accent" if level == "public" else "text"))
            head.addWidget(TextLabel(_(look.who), letters="small", ink="secondary", wrap=True), 1)
            card.body.addLayout(head)
            self.words[level] = TextLabel("", letters="small", ink="secondary", wrap=True)
            card.body.addWidget(self.words[level])
            column.addWidget(card)
        limits = _("Le papier et la carte publique demandent en plus l’accord de la personne.")
        self._limits = TextLabel(limits, letters="small", ink="secondary", wrap=True)
        column.addWidget(self._limits)
        column.addStretch()

    def refresh(self) -> None:
        """Who sees what now."""
        filling = self._form.filling
        if filling is None:
            return
        labels = filling.seen_by()
        for level, label in self.words.items():
            label.setText(seen_words(labels, level))
            card = self._cards[level]
            card.set_chosen(level == filling.ceiling())
            card.body.invalidate()
            card.updateGeometry()  # wrapped words do not tell by themselves that they take more lines
        self._limits.setVisible(filling.form.consents is not None)
