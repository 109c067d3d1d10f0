"""From what a person types (form, command line) or a list says, to the canonical value of a field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from appli.domain.fields import Field
from appli.domain.ids import parse_id
from appli.domain.opening_hours import parse_osm
from appli.domain.opening_hours_french import from_text
from appli.domain.person_names import parse_person_name
from appli.domain.text import fold
from appli.errors import UserError
from appli.formats import contacts, dates
from appli.formats import values as read
from appli.i18n import _
from appli.services.spaces import home_departments

if TYPE_CHECKING:
    from appli.services.directory import Directory

_NUMBER = re.compile(r"^-?\d+([.,]\d+)?$")


def parse_value(directory: Directory, field: Field, text: str) -> Any:
    """The value a text stands for; None for an empty text. Raises UserError when it cannot stand there."""
    text = text.strip()
    if not text:
        return None
    parser = _PARSERS.get(field.type.code)
    value = text if parser is None else parser(directory, field, text)
    return field.validate(value)


def parse_part(directory: Directory, field: Field, part: str, text: str, current: Mapping[str, Any] | None) -> Any:
    """A composite value with one of its parts changed (`address.street`, `commune.insee`)."""
    parts = dict(current or {})
    if text.strip():
        parts[part] = _part_value(part, text.strip())
    else:
        parts.pop(part, None)
    if field.type.code == "commune" and parts and "name" not in parts:
        commune = directory.gazetteer.by_insee(str(parts.get("insee", "")))
        parts["name"] = commune.name if commune else str(parts.get("insee", ""))
    return field.validate(parts) if parts else None


def _part_value(part: str, text: str) -> Any:
    if part in ("lat", "lon"):
        return float(text.replace(",", "."))
    if part == "cents":
        return int(text)
    if part in ("start", "end"):
        return moment(text)
    if part == "all_day":
        return _flag_word(text)
    return text


_HOUR = re.compile(r"[\sT]+(?:à\s+)?(\d{1,2})\s*(?:h|:)\s*(\d{2})?$", re.IGNORECASE)


def moment(text: str) -> str:
    """« 5/12/2026 14 h 30 » -> 2026-12-05T14:30; without an hour, the day alone."""
    found = _HOUR.search(text)
    day = dates.partial_date(text[: found.start()] if found else text).iso
    if day is None:
        raise UserError(
            "bad_moment",
            _("« {text} » ne se lit pas comme un jour. La fiche n’a pas changé.").format(text=text[:40]),
            _("Exemple : 5/12/2026 14 h 30."),
        )
    return f"{day}T{int(found[1]):02}:{found[2] or '00'}" if found else day


def _codes(_directory: Directory, field: Field, text: str) -> Any:
    labels = list(field.codes.labels) if field.codes else []
    words = [text] if field.type.code == "choice" else read.split_list(text, labels)
    return _one_or_many(field, [_code(field, w) for w in words])


def _one_or_many(field: Field, found: list[str]) -> Any:
    return found if field.type.many else found[0]


def _code(field: Field, word: str) -> str:
    code = field.codes.code_for(word) if field.codes else word
    if code is None:
        raise field.refusal(word)
    return code


def _tags(_directory: Directory, _field: Field, text: str) -> Any:
    return read.split_list(text)


def _flag(_directory: Directory, field: Field, text: str) -> Any:
    value = _flag_word(text)
    if value is None:
        raise field.refusal(text)
    return value


def _flag_word(text: str) -> bool | None:
    word = text.strip().lower()
    if word in ("true", "1"):
        return True
    if word in ("false", "0"):
        return False
    return read.yes_no(text)


def _number(_directory: Directory, field: Field, text: str) -> Any:
    plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if not _NUMBER.match(plain):
        raise field.refusal(text)
    value = float(plain.replace(",", "."))
    return int(value) if field.type.code in ("integer", "year") else value


def _date(_directory: Directory, field: Field, text: str) -> Any:
    return _partial_date(field, text)


def _partial_date(field: Field, text: str) -> str:
    value = dates.partial_date(text).iso
    if value is None:
        raise field.refusal(text)
    return value


def _web(_directory: Directory, _field: Field, text: str) -> Any:
    found = contacts.web(text)
    if found.problem:
        raise UserError("bad_web", found.problem.message, _("Exemple : https://www.exemple.fr"))
    return found.address


def _name(_directory: Directory, _field: Field, text: str) -> Any:
    parts = parse_person_name(text)
    return {"display": parts.display, "sort": parts.sort, "given": parts.given, "family": parts.family}


def _address(_directory: Directory, _field: Field, text: str) -> Any:
    return {"street": text}


def _commune(directory: Directory, _field: Field, text: str) -> Any:
    found = directory.gazetteer.by_insee(text.upper())
    if found is None:
        matches = directory.gazetteer.find(text, 6)
        best = [m for m in matches if m.precision in ("exact", "alias")]
        if len(best) > 1:
            home = home_departments(directory)
            best = [m for m in best if m.commune.department in home]
        if len(best) != 1:
            # several communes of that name, or none: kept as typed, for « À localiser », never a guess
            return {"name": text}
        found = best[0].commune
    return {"insee": found.insee, "name": found.name}


def _position(_directory: Directory, field: Field, text: str) -> Any:
    # « 44,32 ; 3,59 » and « 44,32 3,59 » write decimals with a comma, « 44.32,3.59 » puts it between
    parts = next((p for mark in (";", " ", ",") if len(p := [w.strip(" ,") for w in text.split(mark) if w]) == 2), [])
    try:
        lat, lon = (float(p.replace(",", ".")) for p in parts)
    except ValueError as problem:
        raise field.refusal(text) from problem
    if (lat, lon) == (0.0, 0.0):
        raise field.refusal(text)
    return {"lat": lat, "lon": lon, "precision": "exact", "source": "hand"}


_CURRENCY = re.compile(r"(?P<amount>.*\d)\s*(?P<currency>[A-Z]{3})")


def _money(_directory: Directory, field: Field, text: str) -> Any:
    foreign = _CURRENCY.fullmatch(text)
    currency = foreign["currency"] if foreign else "EUR"
    found = read.money(foreign["amount"] if foreign else text)
    if found.cents is None:
        raise field.refusal(text)
    return {"cents": found.cents, "currency": currency}


def _period(_directory: Directory, _field: Field, text: str) -> Any:
    start, _slash, end = text.partition("/")
    found: dict[str, Any] = {"start": start.strip(), "all_day": "T" not in start}
    if end.strip():
        found["end"] = end.strip()
    return found


def _hours(_directory: Directory, _field: Field, text: str) -> Any:
    osm = text if parse_osm(text) is not None else from_text(text)[0]
    if osm is None:
        raise UserError(
            "bad_hours",
            _("« {text} » ne se lit pas comme des horaires. La fiche n’a pas changé.").format(text=text[:60]),
            _("Exemple : du lundi au vendredi 9h-12h. Sinon, écrivez-les dans « {note} ».").format(
                note=_("Précisions sur les horaires")
            ),
        )
    return osm


_CLOCK = re.compile(r"(\d{1,2})\s*(?:h(?:eures?)?|:)\s*(\d{2})?", re.IGNORECASE)


def clock(text: str) -> str:
    """« 9 h », « 9h30 », « 14:00 » -> 09:00, 09:30, 14:00."""
    found = _CLOCK.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise UserError(
            "bad_time",
            _("« {text} » ne se lit pas comme une heure. La fiche n’a pas changé.").format(text=text[:40]),
            _("Exemple : 14 h 30."),
        )
    return f"{int(found[1]):02}:{found[2] or '00'}"


def _time(_directory: Directory, _field: Field, text: str) -> Any:
    return clock(text)


_CODED = re.compile(r".*\(([A-Z]-[0-9A-Z]{6}-[0-9A-Z])\)", re.DOTALL)
"""« Aimé Foulquier (P-CNZHJC-3) », as lists that leave write a sheet."""


def _reference(directory: Directory, _field: Field, text: str) -> Any:
    from appli.services.finding import find_record

    coded = _CODED.fullmatch(text)
    return parse_id(text) or find_record(directory, coded[1] if coded else text).id


def _confirmation(_directory: Directory, field: Field, text: str) -> Any:
    return {"on": _partial_date(field, text)}


def _territory(directory: Directory, field: Field, text: str) -> Any:
    # names of communes hold « - » and « et »
    words = [word.strip() for word in re.split("[;,\n]", text)]
    return [_territory_part(directory, field, word) for word in words if word]


def _territory_part(directory: Directory, field: Field, word: str) -> dict[str, str]:
    code, gazetteer = word.upper(), directory.gazetteer
    for level, places in (("department", gazetteer.departments()), ("epci", gazetteer.epcis())):
        found = next((p.code for p in places if code == p.code or fold(word) == fold(p.name)), None)
        if found is not None:
            return {"level": level, "code": found}
    commune = gazetteer.by_insee(code)
    if commune is None:
        exact = {m.commune.insee for m in gazetteer.find(word, 6) if m.precision in ("exact", "alias")}
        if len(exact) != 1:
            raise field.refusal(word)
        return {"level": "commune", "code": exact.pop()}
    return {"level": "commune", "code": code}


_PARSERS: Mapping[str, Callable[[Directory, Field, str], Any]] = {
    "choice": _codes,
    "choices": _codes,
    "tags": _tags,
    "flag": _flag,
    "integer": _number,
    "year": _number,
    "quantity": _number,
    "date": _date,
    "time": _time,
    "web": _web,
    "name": _name,
    "address": _address,
    "commune": _commune,
    "position": _position,
    "money": _money,
    "period": _period,
    "hours": _hours,
    "reference": _reference,
    "confirmation": _confirmation,
    "territory": _territory,
}
