"""The shortcuts of the window: each acts when the window or the page at the front answers its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui.actions import window_actions
from ui.page_stack import PageStack
from ui.pages.registry import PageSpec

Deed = Callable[[], object]


class Keyboard:
    """Makes the shortcuts once; `fit` enables those that are answered, so that the others stay with the focus."""

    def __init__(self, window: QWidget, stack: PageStack) -> None:
        self._window = window
        self._stack = stack
        self._own: Mapping[str, Deed] = {}
        self._actions: dict[str, QAction] = {}

    def start(self, own: Mapping[str, Deed], pages: Sequence[PageSpec], go: Callable[[str], None]) -> None:
        """Make the shortcuts; `own` are the deeds of the window, `go` leads to a page."""
        self._own = own
        for page in pages:
            if page.keys:
                self._add((page.keys,), partial(go, page.key))
        for action in window_actions():
            made = self._add(action.keys, partial(self.act, action.name))
            made.setObjectName(action.name)
            self._actions[action.name] = made

    def act(self, name: str) -> None:
        """Do what goes by that name, if anybody does."""
        deed = self._deeds().get(name)
        if deed is not None:
            deed()

    def answered(self) -> frozenset[str]:
        """The names that do something now."""
        return frozenset(self._deeds())

    def fit(self) -> None:
        """Another page is at the front."""
        answered = self.answered()
        for name, action in self._actions.items():
            action.setEnabled(name in answered)

    def _deeds(self) -> Mapping[str, Deed]:
        page = self._stack.page
        return {**self._own, **page.deeds()} if page is not None else self._own

    def _add(self, keys: tuple[str, ...], take: Deed) -> QAction:
        action = QAction(self._window)
        action.setShortcuts([QKeySequence(k) for k in keys])
        action.triggered.connect(lambda _on=False: take())
        self._window.addAction(action)
        return action
