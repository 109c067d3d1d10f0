"""Everything a person reads passes here. The source language is French, so no catalogue is needed to run.

The lowest layer: it must not know where catalogues lie; `install` receives the path from `appli.app`.
"""

from __future__ import annotations

import gettext
from pathlib import Path

NBSP = "\u00a0"
NNBSP = "\u202f"


class _FrenchSource(gettext.NullTranslations):
    """French msgids: 0 and 1 are singular (the default rule is the English one)."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return msgid1 if abs(n) < 2 else msgid2


_current: gettext.NullTranslations = _FrenchSource()


def install(catalogues: Path, language: str) -> None:
    """Use another language's catalogue, French where it lacks one."""
    global _current
    _current = gettext.translation("maillage", catalogues, [language], fallback=True)
    if type(_current) is gettext.NullTranslations:
        _current = _FrenchSource()


def _(message: str) -> str:
    """The message in the person's language."""
    return _current.gettext(message)


def _n(singular: str, plural: str, n: int) -> str:
    """The right plural form; the caller formats `{n}` with `number(n)`."""
    return _current.ngettext(singular, plural, n)


def N_(message: str) -> str:
    """Mark a message in a table; it is translated when shown."""
    return message


def number(value: float, decimals: int = 0) -> str:
    """1512 -> '1 512', 42.5 -> '42,5' with the narrow no-break space of French typography."""
    whole = f"{value:,.{decimals}f}"
    return whole.replace(",", NNBSP).replace(".", ",")
