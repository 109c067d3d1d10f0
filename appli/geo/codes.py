"""Postcodes and INSEE codes as lists hold them: a zero lost by a spreadsheet, « 0 » for nothing, « F-48000 »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from appli.i18n import _

_NOTHING = re.compile(r"[0\s.,\-/?]*|n/?[acr]|nc|nr|néant|aucun|inconnu", re.IGNORECASE)
_POSTCODE = re.compile(r"(?:F[- ]?)?(\d{4,5})(?:[.,]0+)?", re.IGNORECASE)
_INSEE = re.compile(r"(\d{4,5}|2[ab]\d{3})(?:[.,]0+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should be told of a row, beside the answer."""

    code: str
    message: str


def read_postcode(text: str) -> tuple[str, Remark | None]:
    """Five digits or nothing, and what was repaired or dropped."""
    return _read(text, _POSTCODE, "postcode")


def read_insee(text: str) -> tuple[str, Remark | None]:
    """An INSEE code (perhaps of no commune) or nothing, and what was repaired or dropped."""
    return _read(text, _INSEE, "insee")


def _read(text: str, form: re.Pattern[str], what: str) -> tuple[str, Remark | None]:
    text = text.strip()
    if not text:
        return "", None
    if _NOTHING.fullmatch(text):
        return "", Remark(f"{what}_absent", _("«\u00a0{text}\u00a0»\u00a0: pas de code").format(text=text))
    found = form.fullmatch(text.replace(" ", "").replace("\u00a0", ""))
    if found is None:
        message = _("«\u00a0{text}\u00a0» ne se lit pas comme un code").format(text=text)
        return "", Remark(f"{what}_unreadable", message)
    code = found[1].upper()
    if len(code) == 5:
        return code, None
    repaired = f"0{code}"
    message = _("{text} a perdu son zéro\u00a0: {code}").format(text=text, code=repaired)
    return repaired, Remark(f"{what}_zero_restored", message)
