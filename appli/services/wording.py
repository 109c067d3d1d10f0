"""Canonical values in French words, for sheets, previews and lists of changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from appli.domain.fields import Field
from appli.domain.ids import RecordId
from appli.domain.opening_hours import describe
from appli.domain.typography import typeset
from appli.i18n import _, number

if TYPE_CHECKING:
    from appli.geo.gazetteer import Gazetteer


class Names(Protocol):
    """What words ask of a directory."""

    @property
    def gazetteer(self) -> Gazetteer:
        """All communes."""

    def title_of(self, record_id: RecordId) -> str:
        """The words that name a record."""


MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def value_text(directory: Names, field: Field, value: Any) -> str:
    """The words of a value; empty for none."""
    if value is None:
        return ""
    if field.codes is not None:
        return ", ".join(field.codes.label(c) for c in (value if isinstance(value, list) else [value]))
    words = _WORDS.get(field.type.code)
    if words is not None:
        return words(value)
    if field.type.code == "reference":
        return directory.title_of(bytes.fromhex(value))
    if field.type.code == "territory":
        return ", ".join(territory_name(directory, part) for part in value)
    return ", ".join(str(v) for v in value) if isinstance(value, list) else str(value)


def date_text(iso: str) -> str:
    """'2026-03-14' -> '14 mars 2026'; a year or a month alone stay so."""
    parts = [int(p) for p in iso[:10].split("-")]
    if len(parts) == 1:
        return str(parts[0])
    month = MONTHS[parts[1] - 1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    day = "1er" if parts[2] == 1 else str(parts[2])
    return f"{day} {month} {parts[0]}"


def time_text(clock: str) -> str:
    """'09:30' -> '9 h 30', '14:00' -> '14 h'."""
    hours, _colon, minutes = clock.partition(":")
    tail = f"\u00a0{minutes}" if minutes not in ("", "00") else ""
    return f"{int(hours)}\u00a0h{tail}"


def moment_text(iso: str) -> str:
    """A date with its hour when it has one."""
    day, _t, clock = iso.partition("T")
    return _("{day} à {clock}").format(day=date_text(day), clock=time_text(clock)) if clock else date_text(day)


def territory_name(directory: Names, part: Mapping[str, str]) -> str:
    """« Lozère », « CC Gorges Causses Cévennes », « Mende »."""
    gazetteer, code = directory.gazetteer, part["code"]
    if part["level"] == "commune":
        commune = gazetteer.by_insee(code)
        return commune.name if commune else code
    places = gazetteer.departments() if part["level"] == "department" else gazetteer.epcis()
    return next((p.name for p in places if p.code == code), code)


def _period(value: Mapping[str, Any]) -> str:
    start, end = value["start"], value.get("end")
    if not end:
        return moment_text(start)
    if end[:10] == start[:10] and "T" in start and "T" in end:
        hours = {"start": time_text(start.partition("T")[2]), "end": time_text(end.partition("T")[2])}
        return _("{day}, de {start} à {end}").format(day=date_text(start), **hours)
    return _("du {start} au {end}").format(start=moment_text(start), end=moment_text(end))


def _address(value: Mapping[str, Any]) -> str:
    line = " ".join(str(value[k]) for k in ("postcode",) if value.get(k))
    parts = [value.get("street"), value.get("complement"), value.get("lieu_dit"), line]
    country = value.get("country")
    return ", ".join(str(p) for p in [*parts, country if country != "FR" else None] if p)


def _position(value: Mapping[str, Any]) -> str:
    return f"{value['lat']:.4f} ; {value['lon']:.4f}".replace(".", ",")


def _money(value: Mapping[str, Any]) -> str:
    if value["cents"] == 0:
        return _("gratuit")
    sign = "€" if value.get("currency", "EUR") == "EUR" else value["currency"]
    cents = value["cents"]
    return f"{number(cents / 100, 0 if cents % 100 == 0 else 2)}\u00a0{sign}"


def _quantity(value: float) -> str:
    decimals = next((d for d in (0, 1, 2) if round(value, d) == round(value, 2)), 2)
    return number(value, decimals)


def _remit(value: Mapping[str, Any]) -> str:
    return " · ".join(str(value[k]) for k in ("topics", "how_to_apply", "response_delay") if value.get(k))


_WORDS: Mapping[str, Callable[[Any], str]] = {
    "flag": lambda v: _("oui") if v else _("non"),
    "date": date_text,
    "integer": number,
    "year": str,
    "time": time_text,
    "quantity": _quantity,
    "money": _money,
    "period": _period,
    "address": _address,
    "commune": lambda v: typeset(str(v["name"])),
    "position": _position,
    "hours": describe,
    "name": lambda v: str(v["display"]),
    "confirmation": lambda v: date_text(v["on"]),
    "remit": _remit,
}
