"""A skill as a page: who practises it, teaches it, wants to learn it, which projects look for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from appli.i18n import _, number
from appli.presenters.kinds import drawn_shape
from ui.pages.sheet_parts import section_title
from ui.widgets.badge import KindMark
from ui.widgets.layout import Column, Row
from ui.widgets.link import Link
from ui.widgets.text import TextLabel


def term_view(page: Any, follow: Callable[[bytes], None]) -> QWidget:
    """The body of the pane."""
    body = QWidget()
    column = Column(body, margin=(5, 0, 5, 5), gap=3)
    for title, holders in page.groups:
        column.addWidget(section_title(f"{title} ({number(len(holders))})"))
        for holder in holders:
            column.addLayout(_holder(holder, follow))
    if not page.groups:
        column.addWidget(TextLabel(_("Personne ne l’a encore notée."), ink="secondary", wrap=True))
    column.addStretch()
    return body


def _holder(holder: Any, follow: Callable[[bytes], None]) -> Row:
    row = Row(gap=2)
    row.addWidget(KindMark(drawn_shape(holder.row.shape), "size.kind_inline"))
    named = Link(holder.row.title)
    named.followed.connect(lambda: follow(holder.row.id))
    row.addWidget(named)
    where = " · ".join(part for part in (holder.detail, holder.row.commune) if part)
    row.addWidget(TextLabel(where, letters="small", ink="secondary", elide=True), 1)
    return row
