"""What holds for a whole page at any size of text: nothing cut, nothing wider than the window, a name for each stop."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from ui.widgets.text import TextLabel


def settle(page: QWidget, tries: int = 50) -> None:
    """Let a page that was just drawn find its places."""
    for _ in range(tries):
        QTest.qWait(10)
        if not cut_words(page):
            return


def cut_words(page: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit, but those that tell the whole in a tooltip."""
    return [w.text() for w in _shown(page, (QLabel, QAbstractButton)) if w.text() and not _fits(w)]


def _fits(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) <= widget.height() + 1
    told = isinstance(widget, TextLabel) and bool(widget.toolTip())
    return told or widget.minimumSizeHint().width() <= widget.width()


def rolls_sideways(page: QWidget) -> bool:
    """Whether a part of the page is wider than its room."""
    areas = _shown(page, (QAbstractScrollArea,))
    return any(area.horizontalScrollBar().maximum() > 0 for area in areas)


def nameless(page: QWidget) -> list[str]:
    """Stops of Tab that a screen reader has no word for."""
    return [type(w).__name__ for w in _shown(page, (QWidget,)) if _stops(w) and not _name(w)]


def _stops(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def _name(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else ""


def _shown(page: QWidget, kinds: tuple[type[QWidget], ...]) -> Iterator[QWidget]:
    return (w for kind in kinds for w in page.findChildren(kind) if w.isVisible())
