"""Widgets are drawn with the theme, light and at 100 % unless a test says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ui import theme_setup
from ui.theme import Scheme, Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Theme:
    current = Theme.installed or theme_setup.install(qapp)
    if (current.scale, current.scheme) != (1.0, Scheme.LIGHT):
        current.scale = 1.0
        current.set_scheme(Scheme.LIGHT)
    return current
