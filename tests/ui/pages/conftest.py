"""Pages are tested in a real window on a small directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.presenters.conftest import Village, settled, village
from tests.ui.widgets.conftest import theme
from tests.ui.windows import AnnuairePage, close, page_of, window_on
from ui.main_window import Window

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

__all__ = ["settled", "theme", "village"]


@pytest.fixture
def window(village: Village, qapp: QApplication) -> Iterator[Window]:
    """The window, its directory open."""
    made = window_on(village.folder)
    yield made
    close(made)


@pytest.fixture
def page(window: Window) -> AnnuairePage:
    """The page of the directory."""
    return page_of(window)
