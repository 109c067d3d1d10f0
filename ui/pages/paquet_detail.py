"""A sheet of a packet in full: fields with two values side by side, then what changes, before and after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from appli.i18n import _
from appli.presenters.packet_words import SaidCard, SheetPage, TwinChoice
from ui.widgets.badge import Badge, BadgeLook, Glyph, KindMark
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow, Row, line
from ui.widgets.notice import NoticeStrip
from ui.widgets.phrase import Phrase, Run
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop


def sheet_body(page: SheetPage, judge: Callable[[bool], None], *, beside: bool) -> QWidget:
    """The right side of the page; `judge` is told whether twins are the same; `beside`: two cards fit on a line."""
    body = QWidget()
    column = Column(body, margin=(5, 4, 5, 4), gap=3)
    column.addLayout(_head(page))
    if page.notice:
        tone = page.sign.tone if page.sign.tone in ("warning", "danger") else "info"
        column.addWidget(NoticeStrip(tone, "", page.notice, icon=page.sign.icon))
    if page.twin is not None:
        column.addWidget(TwinCard(page.twin, judge))
    for label, cards in page.choices:
        column.addWidget(TextLabel(label, letters="label", ink="secondary"))
        places: Row | Column = Row(gap=3) if beside and len(cards) < 3 else Column(gap=2)
        for card in cards:
            places.addWidget(_card(card), 1)
        column.addLayout(places)
    if page.lines:
        if page.choices:
            column.addSpacing(8)
            column.addWidget(TextLabel(_("Aussi dans cette fiche"), letters="label", ink="secondary"))
        for label, before, after in page.lines:
            column.addWidget(line())
            column.addWidget(_line(label, before, after))
    column.addStretch()
    return body


class TwinCard(Card):
    """« Ressemble à « Mathieu Valdeiron » » and why; two words to say what one knows of it, none to be said yet."""

    def __init__(self, twin: TwinChoice, judge: Callable[[bool], None]) -> None:
        super().__init__(margin=4, gap=2)
        self.setProperty("tone", "warning")
        head = Row(gap=3)
        head.addWidget(Glyph("copy", "warning"), 0, TOP)
        words = Column(gap=0)
        words.add(
            TextLabel(twin.title, letters="name", wrap=True),
            TextLabel(twin.reasons, letters="small", ink="secondary", wrap=True),
        )
        head.addLayout(words, 1)
        self.body.addLayout(head)
        deeds = Flow(gap=2)
        for same, said in ((True, twin.same), (False, twin.different)):
            chosen = twin.said is same
            button = Button(said, icon="check" if chosen else "", small=True)
            button.setCheckable(True)
            button.setChecked(chosen)
            button.clicked.connect(lambda _on, same=same: judge(same))
            deeds.addWidget(button)
        self.body.addLayout(deeds)
        later = _("Rien n’est dit : vous pourrez le faire plus tard, dans « Doublons ».")
        done = _("Ce sera noté avec la réunion du paquet. Appuyez de nouveau pour ne rien dire.")
        said_words = later if twin.said is None else done
        self.body.addWidget(TextLabel(said_words, letters="small", ink="secondary", wrap=True))


def _head(page: SheetPage) -> Row:
    row = Row(gap=3)
    row.addWidget(KindMark(page.shape, initials=page.initials), 0, TOP)
    words = Column(gap=0)
    words.add(
        TextLabel(page.title, letters="section", wrap=True),
        TextLabel(page.foot, letters="small", ink="secondary", wrap=True),
    )
    row.addLayout(words, 1)
    row.addWidget(Badge(BadgeLook(page.sign.words, page.sign.tone, page.sign.icon)), 0, TOP)
    return row


def _card(card: SaidCard) -> Card:
    view = Card(margin=4, gap=1)
    view.body.addWidget(TextLabel(card.where, letters="small", ink="secondary"))
    view.body.addWidget(Phrase(Run(card.value, strong=True), letters="section"))
    for words in (card.who, card.pc):
        if words:
            view.body.addWidget(TextLabel(words, letters="small", ink="secondary", wrap=True))
    view.body.addStretch()
    view.set_chosen(not card.is_here)
    return view


def _line(label: str, before: str, after: str) -> QWidget:
    """« Confirmée le »: avant struck through, après in bold green; said in words to whoever cannot see it."""
    holder = QWidget()
    column = Column(holder, gap=0)
    column.addWidget(TextLabel(label, letters="small", ink="secondary", wrap=True))
    row = Row(gap=2)
    if before:
        gone = Phrase(Run(before, ink="danger", struck=True))
        gone.setAccessibleName(_("avant : {value}").format(value=before))
        row.addWidget(gone, 1)
        row.addWidget(Glyph("arrow-right", "text_secondary"), 0, TOP)
    come = Phrase(Run(after or _("(rien)"), strong=True, ink="success"))
    come.setAccessibleName(_("après : {value}").format(value=after or _("(rien)")))
    row.addWidget(come, 1)
    column.addLayout(row)
    return holder
