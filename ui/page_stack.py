"""The pages that were opened, one at the front; each is built when it is first shown."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtWidgets import QStackedWidget, QWidget

from appli.presenters.shell import Request, Shell
from ui.pages.page import Page
from ui.pages.registry import PageSpec


class PageStack(QStackedWidget):
    """Builds, enters and leaves pages."""

    def __init__(self, specs: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.key: spec for spec in specs}
        self._pages: dict[str, Page] = {}

    @property
    def page(self) -> Page | None:
        """The page at the front."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Page) else None

    def spec(self, key: str) -> PageSpec:
        """The line of the table."""
        return self._specs[key]

    def bring(self, key: str, request: Request, shell: Shell) -> None:
        """Show a page for what is asked."""
        former = self.page
        if key not in self._pages:
            self._pages[key] = self._build(key, shell)
        shown = self._pages[key]
        if former is not None and former is not shown:
            former.leave()
        self.setCurrentWidget(shown)
        shown.enter(request)

    def close_down(self) -> None:
        """The window closes: pages keep what was typed and stop listening."""
        if self.page is not None:
            self.page.leave()
        for page in self._pages.values():
            page.close_down()

    def _build(self, key: str, shell: Shell) -> Page:
        module, _colon, function = self._specs[key].build.partition(":")
        page: Page = getattr(import_module(module), function)(shell)
        self.addWidget(page)
        return page
