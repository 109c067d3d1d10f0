"""The parts a sheet is drawn with: its head, its lines, its links, its cards. Plain text everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from appli.i18n import _
from appli.presenters.sheet_page import ConsentCard, ShownChip, ShownLine, ShownLink
from ui.theme import current
from ui.widgets.audience import AudienceChip
from ui.widgets.badge import Glyph, KindMark
from ui.widgets.buttons import IconButton
from ui.widgets.card import Card
from ui.widgets.layout import Column, Flow, Row, space
from ui.widgets.link import Link
from ui.widgets.phrase import Phrase, Run
from ui.widgets.tag_button import TagButton
from ui.widgets.text import TextLabel

TOP = Qt.AlignmentFlag.AlignTop
RIGHT = Qt.AlignmentFlag.AlignRight
LABELS = 104
"""Pixels at 100 % that the labels of a section take."""
LONG_WORD = 28
_BREAK = "\u200b"


def value_label(words: str) -> TextLabel:
    """A value to read and to copy; a word longer than a line may be cut anywhere."""
    label = TextLabel(breakable(words), wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setCursor(Qt.CursorShape.IBeamCursor)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label


def breakable(words: str) -> str:
    """The same words, with places where a very long one may go to the next line."""
    return " ".join(
        _BREAK.join(word[n : n + LONG_WORD] for n in range(0, len(word), LONG_WORD)) if len(word) > LONG_WORD else word
        for word in words.split(" ")
    )


def section_title(words: str) -> TextLabel:
    """« Coordonnées »."""
    return TextLabel(words, letters="name", wrap=True)


def lines_of(lines: Sequence[ShownLine], follow: Callable[[str], None], *, stacked: bool) -> QGridLayout:
    """Labels, values and audiences in columns; `stacked` puts the label above its value."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(space(2))
    grid.setVerticalSpacing(space(2))
    grid.setColumnStretch(1, 1)
    row = 0
    for line in lines:
        value = _value(line, follow)
        chip = AudienceChip(line.audience)
        chip.setAccessibleName(_("{label}, {audience}").format(label=line.label, audience=chip.text().lower()))
        if line.long:
            grid.addWidget(value, row, 0, 1, 2, TOP)
            grid.addWidget(chip, row, 2, TOP | RIGHT)
        else:
            label = TextLabel(line.label, letters="small", ink="secondary", wrap=True)
            if not stacked:
                label.setFixedWidth(round(LABELS * current().scale))
            span = 2 if stacked else 1
            grid.addWidget(label, row, 0, 1, span)
            if stacked:
                row += 1
            grid.addWidget(value, row, 0 if stacked else 1, 1, span)
            grid.addWidget(chip, row, 2, RIGHT)
        row += 1
    return grid


def _value(line: ShownLine, follow: Callable[[str], None]) -> QWidget:
    if line.target:
        link = Link(
            line.texts[0], tip=line.target, name=_("{label} {value}").format(label=line.label, value=line.texts[0])
        )
        link.followed.connect(lambda: follow(line.target))
        link.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return link
    if len(line.texts) == 1:
        return value_label(line.texts[0])
    runs: list[Run] = []
    for n, text in enumerate(line.texts):
        runs += [Run(f" {_('ou')}\u2028", ink="text_secondary")] if n else []
        runs.append(Run(text))
    return Phrase(*runs)


def chips_of(chips: Sequence[ShownChip], follow: Callable[[bytes], None]) -> Flow:
    """Skills, each leading to whoever has it."""
    flow = Flow(gap=1)
    for chip in chips:
        button = TagButton(chip.word, chip.detail, _("Voir qui : {word}").format(word=chip.word))
        button.clicked.connect(lambda _on=False, term=chip.term: follow(term))
        flow.addWidget(button)
    return flow


def links_of(
    links: Sequence[ShownLink], follow: Callable[[bytes], None], unlink: Callable[[bytes], None] | None
) -> QGridLayout:
    """Shape, role, title, and the way to take the link off where one may write."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(space(2))
    grid.setVerticalSpacing(space(2))
    grid.setColumnStretch(2, 1)
    grid.setColumnMinimumWidth(1, round(LABELS * current().scale) - space(6))
    for row, link in enumerate(links):
        grid.addWidget(KindMark(link.shape, "size.kind_inline"), row, 0, TOP)
        grid.addWidget(TextLabel(link.relation, letters="small", ink="secondary"), row, 1, TOP)
        named = _link(link, follow)
        if link.note:
            column = QVBoxLayout()
            column.addWidget(named)
            column.addWidget(TextLabel(link.note, letters="small", ink="secondary", wrap=True))
            grid.addLayout(column, row, 2)
        else:
            grid.addWidget(named, row, 2, TOP)
        if unlink is not None:
            grid.addWidget(_unlink_button(link, unlink), row, 3, TOP | RIGHT)
    return grid


def _unlink_button(link: ShownLink, unlink: Callable[[bytes], None]) -> IconButton:
    words = _("Délier : {relation} {title}").format(relation=link.relation, title=link.title)
    button = IconButton("x", words, "plain", small=True)
    button.clicked.connect(lambda: unlink(link.link))
    return button


def _link(link: ShownLink, follow: Callable[[bytes], None], *, one_line: bool = False) -> Link:
    named = Link(
        link.title, one_line=one_line, name=_("{relation} {title}").format(relation=link.relation, title=link.title)
    )
    named.followed.connect(lambda: follow(link.id))
    return named


def near_rows(links: Sequence[ShownLink], follow: Callable[[bytes], None]) -> Column:
    """What lies near: shape, title, distance."""
    column = Column(gap=1)
    column.addWidget(TextLabel(_("À moins de 15 km"), letters="label", ink="secondary"))
    for link in links:
        row = Row(gap=2)
        row.addWidget(KindMark(link.shape, "size.kind_inline"), 0, TOP)
        row.addWidget(_link(link, follow, one_line=True), 1)
        row.addWidget(TextLabel(link.relation, letters="small", ink="secondary"), 0, TOP)
        column.addLayout(row)
    return column


def consent_card(consent: ConsentCard) -> Card:
    """What the person agreed to."""
    card = Card(margin=3, gap=1)
    head = Row(gap=2)
    head.addWidget(Glyph("shield-check" if consent.tone == "success" else "triangle-alert", consent.tone))
    head.addWidget(TextLabel(consent.title, letters="name", wrap=True), 1)
    card.body.addLayout(head)
    if consent.lead:
        card.body.addWidget(TextLabel(consent.lead, letters="small", ink="secondary", wrap=True))
    for purpose, answer in consent.answers:
        words = _("{purpose} :").format(purpose=purpose) + " "
        card.body.addWidget(Phrase(Run(words), Run(answer, strong=True), letters="small", ink="text_secondary"))
    return card
