"""F6: from one part of the window to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

REASON = Qt.FocusReason.TabFocusReason


def next_pane(panes: Sequence[QWidget], focused: QWidget | None, by: int) -> None:
    """Give the focus to the pane after (or before) the one that has it."""
    shown = [pane for pane in panes if pane.isVisible()]
    targets = [(pane, target) for pane in shown if (target := first_stop(pane)) is not None]
    if not targets:
        return
    at = next(
        (n for n, (pane, _t) in enumerate(targets) if focused and (pane is focused or pane.isAncestorOf(focused))), None
    )
    place = (at + by) % len(targets) if at is not None else (0 if by > 0 else -1)
    target = targets[place][1]
    target.window().setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    target.setFocus(REASON)


def first_stop(pane: QWidget) -> QWidget | None:
    """The first thing in a pane that Tab stops at."""
    if _stops(pane):
        return pane
    return next((child for child in pane.findChildren(QWidget) if _stops(child)), None)


def _stops(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
