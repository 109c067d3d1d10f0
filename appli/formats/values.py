"""Cells turned into values: answers, lists, numbers, amounts, dates, coordinates.

Each parser says what it read or why it could not, in a sentence, and knows nothing of records; `contacts.py` beside it
reads phones and addresses of all sorts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from appli.domain.text import fold
from appli.formats.table import Problem
from appli.i18n import _

# --- nothing, yes, no ----------------------------------------------------------------------------

_ABSENT = frozenset(
    (
        "neant|nc|n c|na|n a|nr|nsp|null|none|nan|vide|inconnu|inconnue|aucun|aucune|rien|sans|sans objet|"
        "non renseigne|non renseignee|non communique|non communiquee|non connu|non connue|a completer|"
        "nom retire|noms retires"
    ).split("|")
)
_HAS_NONE = re.compile(
    r"(?:(?:n a )?(?:pas|plus)|sans|aucune?) (?:de |d )?(?:(?:e )?mails?|courriels?|adresse mail|internet|site|"
    r"site web|tel|telephone|portable|mobile|fixe|adresse)"
)
_SHEET_FAULT = re.compile(r"#(N/A|REF!|NOM\?|NAME\?|VALEUR!|VALUE!|DIV/0!|NULL!|NUL!|NUM!|NOMBRE!)")
_FIGURE = re.compile(r"[0-9]|\w@\w[\w-]*\.\w")
"""Whoever writes a figure or an e-mail address says something; only the faults of a sheet hold figures (#DIV/0!)."""


def absent(text: str | None) -> bool:
    """Whether a cell says that there is nothing: « néant », « - », « NC », « pas de mail », a fault of the sheet."""
    if text is None or not any(map(str.isalnum, text)):
        return True
    if _FIGURE.search(text) and not text.lstrip().startswith("#"):
        return False
    if _SHEET_FAULT.fullmatch(text.strip()):
        return True
    folded = fold(text)
    return folded in _ABSENT or _HAS_NONE.fullmatch(folded) is not None


_YES = frozenset("oui o yes y vrai true x ok 1 v".split())
_NO = frozenset("non n no faux false 0".split())


def yes_no(text: str) -> bool | None:
    """True or False for a plain answer; None for anything else."""
    folded = fold(text.replace("✓", "x").replace("✔", "x"))
    return True if folded in _YES else False if folded in _NO else None


# --- several things in one cell ------------------------------------------------------------------

_SEPARATORS = re.compile(r"[,;/|•·\n\t]|\s+-\s+|\s+et/ou\s+|\s+et\s+|\s+ou\s+|\s+\+\s+", re.IGNORECASE)
_PARENTHESES = re.compile(r"\([^()]*\)")
_HIDDEN = "\ue000"


def split_list(text: str, protected: Sequence[str] = ()) -> list[str]:
    """« menuiserie / compta / paie et anglais (lu, parlé) » → its items, once each, in order.

    What stands in parentheses stays together, and so do the `protected` expressions (« compta / paie »).
    """
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found[0])
        return f"{_HIDDEN}{len(kept) - 1}{_HIDDEN}"

    hidden = text.replace(_HIDDEN, "")
    for expression in sorted(protected, key=len, reverse=True):
        pattern = r"\s*".join(re.escape(part) for part in expression.split())
        hidden = re.sub(rf"(?<!\w){pattern}(?!\w)", hide, hidden, flags=re.IGNORECASE)
    while _PARENTHESES.search(hidden):
        hidden = _PARENTHESES.sub(hide, hidden)
    items: dict[str, str] = {}
    for piece in _SEPARATORS.split(hidden):
        item = _reveal(piece, kept).strip(" :-–*\u00a0\u202f")
        if fold(item):
            items.setdefault(fold(item), " ".join(item.split()))
    return list(items.values())


def _reveal(piece: str, kept: Sequence[str]) -> str:
    while _HIDDEN in piece:  # an expression may stand inside parentheses
        piece = re.sub(rf"{_HIDDEN}(\d+){_HIDDEN}", lambda found: kept[int(found[1])], piece)
    return piece


# --- amounts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MoneyValue:
    """An amount in cents, and what follows it (« / jour »)."""

    cents: int | None
    currency: str = "EUR"
    note: str | None = None
    problem: Problem | None = None


_AMOUNT = re.compile(
    r"(?P<before>€|eur(?:os?)?)?\s*(?P<whole>\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d{1,9})(?:\s*[,.](?P<part>\d{1,2}))?"
    r"\s*(?P<after>€|eur(?:os?)?)?\s*(?P<odd>\d\d)?(?!\d)\s*(?P<note>[^\d.,].*)?",
    re.IGNORECASE | re.DOTALL,
)
_FREE = frozenset("gratuit gratuite gratuitement libre offert 0".split())


def money(text: str) -> MoneyValue:
    """« 1 234,50 € », « 15€/jour », « 12€50 », « gratuit »."""
    typed = text.strip()
    if fold(typed) in _FREE:
        return MoneyValue(0)
    found = _AMOUNT.fullmatch(typed)
    if not found or (found["odd"] and (found["part"] or not found["after"])):
        return MoneyValue(None, problem=Problem("bad_amount", _("Ce montant ne se lit pas. Exemple : 12,50 €.")))
    whole = int(re.sub(r"\D", "", found["whole"]))
    part = (found["part"] or found["odd"] or "0").ljust(2, "0")
    return MoneyValue(whole * 100 + int(part), note=(found["note"] or "").strip() or None)


# --- places --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CoordinateValue:
    """Degrees, with a decimal point."""

    value: float | None
    problem: Problem | None = None


_DECIMAL = re.compile(r"(?P<sign>[-+−]?)(?P<degrees>\d{1,3}(?:[.,]\d+)?)\s*°?")
_SEXAGESIMAL = re.compile(
    r"(?P<degrees>\d{1,3})\s*[°d]\s*(?:(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['’′m]\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”s]|''|’’)?)?"
)
_SIDES = {"n": 1, "nord": 1, "e": 1, "est": 1, "s": -1, "sud": -1, "o": -1, "ouest": -1, "w": -1}
_SIDE = re.compile(r"\s*(nord|sud|est|ouest|[nseow])\s*", re.IGNORECASE)


def coordinate(text: str) -> CoordinateValue:
    """A latitude or a longitude: « 44.5183 », « 44,5183 », « 44° 31' 6" N »."""
    sign, bare = 1, text.strip()
    if found := _SIDE.match(bare) or re.search(_SIDE.pattern + "$", bare, re.IGNORECASE):
        sign = _SIDES[found[1].lower()]
        bare = (bare[: found.start()] + bare[found.end() :]).strip()
    if found := _DECIMAL.fullmatch(bare):
        value = _number(found["degrees"]) * (-1 if found["sign"] in "-−" and found["sign"] else 1)
    elif found := _SEXAGESIMAL.fullmatch(bare):
        minutes, seconds = _number(found["minutes"] or "0"), _number(found["seconds"] or "0")
        value = _number(found["degrees"]) + minutes / 60 + seconds / 3600
        if minutes >= 60 or seconds >= 60:
            return _no_coordinate()
    else:
        return _no_coordinate()
    value *= sign
    return CoordinateValue(value) if abs(value) <= 180 else _no_coordinate()


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _no_coordinate() -> CoordinateValue:
    return CoordinateValue(None, Problem("bad_coordinate", _("Cette coordonnée ne se lit pas. Exemple : 44,5183.")))
