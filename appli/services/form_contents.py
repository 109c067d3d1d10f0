"""Values as a form's editors hold them, and back: « 14 mars 2026 » for 2026-03-14, « 12,50 » for 1250 cents.

What is not touched comes back as it was, even when its editor cannot say all of it (a time zone, a currency).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from appli.domain.fields import Field
from appli.domain.opening_hours import describe
from appli.domain.opening_hours_french import from_text
from appli.domain.person_names import parse_person_name
from appli.errors import UserError
from appli.formats import dates
from appli.i18n import N_, _
from appli.services.form_model import Content, Option, Part
from appli.services.parsing import clock, parse_value
from appli.services.wording import date_text, time_text

if TYPE_CHECKING:
    from appli.services.directory import Directory

COUNTRIES = {
    "FR": N_("France"), "BE": N_("Belgique"), "CH": N_("Suisse"), "LU": N_("Luxembourg"), "ES": N_("Espagne"),
    "IT": N_("Italie"), "DE": N_("Allemagne"), "GB": N_("Royaume-Uni"), "PT": N_("Portugal"), "NL": N_("Pays-Bas"),
    "AD": N_("Andorre"), "MC": N_("Monaco"), "CA": N_("Canada"),
}  # fmt: skip
RECURRENCES = {
    "FREQ=DAILY": N_("Tous les jours"),
    "FREQ=WEEKLY": N_("Toutes les semaines"),
    "FREQ=WEEKLY;INTERVAL=2": N_("Toutes les deux semaines"),
    "FREQ=MONTHLY": N_("Tous les mois"),
    "FREQ=YEARLY": N_("Tous les ans"),
}


def content_of(field: Field, value: Any) -> Content:
    """What an editor shows of a value."""
    write = _WRITERS.get(field.type.code)
    if write is not None:
        return write(value)
    return "" if value is None else str(value)


def value_of(directory: Directory, field: Field, content: Content, current: Any) -> Any:
    """The value an editor's content stands for; None for nothing. Raises UserError when it cannot stand there."""
    if current is not None and content == content_of(field, current):
        return current
    read = _READERS.get(field.type.code)
    if read is not None:
        return read(directory, field, content, current or {})
    if isinstance(content, tuple):
        return field.validate(list(content)) if content else None
    return parse_value(directory, field, str(content))


def parts_of(field: Field, value: Any) -> tuple[Part, ...]:
    """The parts of a composite value that a form asks for."""
    asked = _PARTS.get(field.type.code, ())
    labels = {p.code: p.label for p in field.type.parts} | _MORE_LABELS
    return tuple(Part(code, _(labels[code]), _part_options(code, value)) for code in asked)


def _part_options(code: str, value: Any) -> tuple[Option, ...]:
    if code == "country":
        known = {c: _(label) for c, label in COUNTRIES.items()}
        other = (value or {}).get("country")
        return _options({**known, **({other: other} if other and other not in known else {})})
    if code == "recurrence":
        known = {c: _(label) for c, label in RECURRENCES.items()}
        base = _rule((value or {}).get("recurrence") or "")[0]
        return _options({**known, **({base: _("D’une autre façon")} if base and base not in known else {})})
    return ()


def _options(labels: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(code, label) for code, label in labels.items())


_PARTS = {
    "name": ("given", "family", "display"),
    "address": ("street", "complement", "lieu_dit", "postcode", "country"),
    "commune": ("name", "insee"),
    "period": ("start", "start_time", "end", "end_time", "all_day", "recurrence", "until", "exceptions"),
    "remit": ("topics", "how_to_apply", "response_delay", "territory"),
}
_MORE_LABELS = {
    "start_time": N_("Heure de début"),
    "end_time": N_("Heure de fin"),
    "until": N_("Jusqu’au"),
}


# --- writing -------------------------------------------------------------------------------------


def _many(value: Any) -> Content:
    return tuple(value or ())


def _flag(value: Any) -> Content:
    return "" if value is None else str(bool(value)).lower()


def _quantity(value: Any) -> Content:
    if value is None:
        return ""
    plain = format(Decimal(repr(float(value))), "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")


def _money(value: Any) -> Content:
    if value is None:
        return ""
    amount = f"{Decimal(value['cents']) / 100:.2f}".replace(".", ",").removesuffix(",00")
    currency = value.get("currency", "EUR")
    return amount if currency == "EUR" else f"{amount} {currency}"


def _date(value: Any) -> Content:
    if not value:
        return ""
    words = date_text(value)
    return words if dates.partial_date(words).iso == value else str(value)


def _time(value: Any) -> Content:
    return time_text(value) if value else ""


def _hours(value: Any) -> Content:
    if not value:
        return ""
    words = describe(value)
    return words if from_text(words)[0] == value else str(value)


def _position(value: Any) -> Content:
    return f"{value['lat']} ; {value['lon']}".replace(".", ",") if value else ""


def _parts_writer(*names: str) -> Callable[[Any], Content]:
    return lambda value: {n: str((value or {}).get(n) or "") for n in names}


def _territory(value: Any) -> str:
    return " ".join(f"{part['level']}:{part['code']}" for part in value or ())


def _remit(value: Any) -> Content:
    said = value or {}
    texts = {n: str(said.get(n) or "") for n in ("topics", "how_to_apply", "response_delay")}
    return {**texts, "territory": _territory(said.get("territory"))}


def _period(value: Any) -> Content:
    said = value or {}
    start, _t, start_time = str(said.get("start") or "").partition("T")
    end, _t, end_time = str(said.get("end") or "").partition("T")
    base, until = _rule(said.get("recurrence") or "")
    return {
        "start": str(_date(start)),
        "start_time": str(_time(start_time)),
        "end": "" if end == start and end_time else str(_date(end)),
        "end_time": str(_time(end_time)),
        "all_day": "true" if said.get("all_day") else "",
        "recurrence": base,
        "until": str(_date(until)),
        "exceptions": ", ".join(str(_date(day)) for day in said.get("exceptions") or ()),
    }


def _rule(rrule: str) -> tuple[str, str]:
    """An RRULE without its end, and the day it ends (ISO)."""
    parts = [p for p in rrule.split(";") if p]
    until = next((p.removeprefix("UNTIL=") for p in parts if p.startswith("UNTIL=")), "")
    day = f"{until[:4]}-{until[4:6]}-{until[6:8]}" if len(until) >= 8 and until[:8].isdigit() else ""
    return ";".join(p for p in parts if not p.startswith("UNTIL=")), day


_WRITERS: Mapping[str, Callable[[Any], Content]] = {
    "choices": _many,
    "tags": _many,
    "flag": _flag,
    "quantity": _quantity,
    "money": _money,
    "date": _date,
    "time": _time,
    "hours": _hours,
    "position": _position,
    "name": _parts_writer("given", "family", "display"),
    "address": _parts_writer("street", "complement", "lieu_dit", "postcode", "country"),
    "commune": _parts_writer("name", "insee"),
    "period": _period,
    "remit": _remit,
    "territory": _territory,
}


# --- reading -------------------------------------------------------------------------------------


def _said(content: Content) -> dict[str, str]:
    parts = content if isinstance(content, dict) else {}
    return {name: text.strip() for name, text in parts.items()}


def _read_name(_directory: Directory, field: Field, content: Content, current: Mapping[str, Any]) -> Any:
    said = _said(content)
    given, family = said.get("given", ""), said.get("family", "")
    display = said.get("display") or f"{given} {family}".strip()
    if not display:
        return None
    if not (given or family):
        parts = parse_person_name(display)
        return field.validate(
            {"display": parts.display, "sort": parts.sort, "given": parts.given, "family": parts.family}
        )
    kept = current.get("sort") if (current.get("given") or "", current.get("family") or "") == (given, family) else None
    sort = kept or f"{family} {given}".strip()
    return field.validate({"display": display, "sort": sort, "given": given or None, "family": family or None})


def _read_address(_directory: Directory, field: Field, content: Content, _current: Mapping[str, Any]) -> Any:
    said = {name: text for name, text in _said(content).items() if text}
    if "postcode" in said:
        said["postcode"] = said["postcode"].upper()
    return field.validate(said) if said else None


def _read_commune(directory: Directory, field: Field, content: Content, _current: Mapping[str, Any]) -> Any:
    said = _said(content)
    commune = directory.gazetteer.by_insee(said["insee"]) if said.get("insee") else None
    if commune is not None:
        return field.validate({"insee": commune.insee, "name": said.get("name") or commune.name})
    return parse_value(directory, field, said.get("name", ""))


def _read_remit(_directory: Directory, field: Field, content: Content, _current: Mapping[str, Any]) -> Any:
    said = {name: text for name, text in _said(content).items() if text}
    parts: dict[str, Any] = dict(said)
    if "territory" in said:
        parts["territory"] = _pieces(said["territory"])
    return field.validate(parts) if parts else None


def _read_territory(_directory: Directory, field: Field, content: Content, _current: Mapping[str, Any]) -> Any:
    pieces = _pieces(str(content))
    return field.validate(pieces) if pieces else None


def _pieces(text: str) -> list[dict[str, str]]:
    return [{"level": level, "code": code} for level, _colon, code in (t.partition(":") for t in text.split())]


def _read_period(_directory: Directory, field: Field, content: Content, current: Mapping[str, Any]) -> Any:
    said = _said(content)
    all_day = said.get("all_day") == "true"
    start, end = _moment(said, "start", all_day), _moment(said, "end", all_day)
    if not start:
        if any(said.get(name) for name in ("end", "end_time", "start_time", "recurrence")):
            raise UserError("bad_period", _("Il manque le jour du début."), _("Exemple : 5 décembre 2026."))
        return None
    parts: dict[str, Any] = {"start": start, "all_day": all_day}
    if end:
        # an hour alone at the end is an hour of the first day
        parts["end"] = f"{start[:10]}{end}" if end.startswith("T") else end
        if parts["end"][: len(start)] < start[: len(parts["end"])]:
            raise UserError("bad_period", _("La fin est avant le début."), _("Corrigez l’un des deux."))
    if current.get("timezone"):
        parts["timezone"] = current["timezone"]
    if said.get("recurrence"):
        parts["recurrence"] = _recurrence(said["recurrence"], said.get("until", ""), current)
        if said.get("exceptions"):
            parts["exceptions"] = [_day(d) for d in said["exceptions"].split(",") if d.strip()]
    return field.validate(parts)


def _moment(said: Mapping[str, str], name: str, all_day: bool) -> str:
    day = _day(said[name]) if said.get(name) else ""
    hour = "" if all_day else said.get(f"{name}_time", "")
    if not hour:
        return day
    if day and len(day) < len("2026-12-05"):
        raise UserError("bad_period", _("Une heure demande un jour entier."), _("Exemple : 5 décembre 2026."))
    if not day and name == "start":
        return ""
    return f"{day}T{clock(hour)}"


def _day(text: str) -> str:
    found = dates.partial_date(text)
    if found.iso is None:
        problem = found.problem.message if found.problem else ""
        raise UserError("bad_date", problem, "")
    return found.iso


def _recurrence(base: str, until: str, current: Mapping[str, Any]) -> str:
    kept = str(current.get("recurrence") or "")
    last = _day(until) if until else ""
    if _rule(kept) == (base, last):
        return kept
    return f"{base};UNTIL={last.replace('-', '')}" if last else base


def _read_whole(directory: Directory, field: Field, content: Content, _current: Any) -> Any:
    """A number that counts things: half a seat is a slip, not a seat."""
    text = str(content)
    if re.search(r"[.,]\d*[1-9]", text):
        raise field.refusal(text)
    return parse_value(directory, field, text)


_READERS: Mapping[str, Callable[[Directory, Field, Content, Mapping[str, Any]], Any]] = {
    "integer": _read_whole,
    "year": _read_whole,
    "name": _read_name,
    "address": _read_address,
    "commune": _read_commune,
    "remit": _read_remit,
    "territory": _read_territory,
    "period": _read_period,
}
