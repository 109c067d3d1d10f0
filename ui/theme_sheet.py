"""The one style sheet: `@text` becomes a colour, `@size.control` a length in pixels, `@pt.small` a size of text."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtGui import QColor

from appli import resources

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SUM = re.compile(r"@\(([^)]*)\)")
NAME = re.compile(r"@([a-z_]+(?:\.[a-z0-9_]+)?)")


def sheet(colors: dict[str, QColor], px: Callable[[str], int], points: Callable[[str], float]) -> str:
    """The style sheet of the window with every name replaced; an unknown name is a KeyError."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name.startswith("pt."):
            return f"{points(name.removeprefix('pt.')):g}pt"
        return f"{px(name)}px" if "." in name else colors[name].name()

    def total(match: re.Match[str]) -> str:
        terms = match[1].replace("- ", "-").replace("+ ", "").split()
        return f"{sum(-px(term[1:]) if term.startswith('-') else px(term) for term in terms)}px"

    text = resources.path("theme/maillage.qss").read_text(encoding="utf-8")
    return NAME.sub(value, SUM.sub(total, COMMENT.sub("", text)))
