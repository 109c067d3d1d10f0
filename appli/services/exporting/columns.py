"""The columns of a list that leaves, by kind: titles that the import knows, so that a list comes back as it left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from appli.domain import shapes
from appli.domain.fields import Collection, Field, Kind
from appli.domain.ids import id_text
from appli.domain.opening_hours import describe
from appli.domain.opening_hours_french import from_text
from appli.formats.outgoing import Cell
from appli.i18n import N_, _
from appli.services.exporting.subjects import Selection, Subject
from appli.services.finding import code_of
from appli.services.importing.targets import RECORD_TITLE, SEVERAL_IN_ONE, label_of, simple_lists
from appli.services.wording import value_text

Read = Callable[[Selection, Subject], Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, what it says, and its value for a sheet."""

    title: str
    help: str
    read: Read


def columns_for(kinds: Iterable[Kind]) -> list[Column]:
    """The columns of sheets of these kinds together: those they share once, in the order of the first that has them."""
    kinds = list(kinds)
    found: dict[str, Column] = {}
    for column in (*_head(), *([_kind_column()] if len(kinds) > 1 else ())):
        found[column.title] = column
    for kind in kinds:
        for column in _of_kind(kind):
            found.setdefault(column.title, column)
    return list(found.values())


def filled(columns: Iterable[Column], rows: list[list[Cell]]) -> list[int]:
    """Which columns say anything: a list with forty empty ones helps nobody. The first two always stay."""
    return [at for at, _c in enumerate(columns) if at < 2 or any(row[at] not in (None, "") for row in rows)]


def extra_column(key: str) -> Column:
    """A column of a list read before, given back."""
    return Column(key, _("Colonne de la liste d’origine"), lambda _s, subject: subject.extras.get(key))


def _head() -> Iterator[Column]:
    words = _("Reconnaît la fiche si la liste est relue dans Maillage : à ne pas changer")
    yield Column(_(RECORD_TITLE), words, lambda _s, subject: id_text(subject.entry.id))
    yield Column(_("Code"), _("Le code de la fiche, tel qu’il est imprimé"), lambda _s, subject: subject.code)


def _kind_column() -> Column:
    return Column(_("Genre"), _("Ce qu’est la fiche"), lambda _s, s: shapes.label_of(s.kind, s.values))


@cache
def _of_kind(kind: Kind) -> list[Column]:
    found: list[Column] = []
    for field in kind.fields.values():
        if field.declared.section != "none" and field.type.code not in _WITHOUT_WORDS:
            found += _of_field(field)
    for name, collection in simple_lists(kind):
        found.append(_list_column(label_of(kind, name), collection))
    if kind.code == "person":
        words = _("Les structures dont la personne est membre")
        found.append(Column(_("Structure"), words, lambda _s, s: SEVERAL_IN_ONE.join(s.organizations) or None))
    return found


def _of_field(field: Field) -> list[Column]:
    parts = _PARTS.get(field.type.code)
    if parts is None:
        return [Column(field.label, _help(field), lambda _s, s: _cell(_s, field, s.values.get(field.name)))]
    return [Column(_(title), _help(field), _reader(field.name, read)) for title, read in parts]


def _reader(name: str, read: Callable[[dict[str, Any]], Cell]) -> Read:
    return lambda _selection, subject: read(subject.values.get(name) or {})


def _help(field: Field) -> str:
    words = [field.declared.help and _(field.declared.help)]
    if field.codes is not None:
        words.append(_("Au choix : {words}").format(words=", ".join(field.codes.label(c) for c in field.codes.codes)))
    return ". ".join(w for w in words if w)


def _list_column(title: str, collection: Collection) -> Column:
    def read(selection: Selection, subject: Subject) -> Cell:
        words = (selection.words(collection, row) for row in subject.rows(collection))
        return SEVERAL_IN_ONE.join(dict.fromkeys(w for w in words if w)) or None

    return Column(title, _("Plusieurs : séparées par des points-virgules"), read)


def _cell(selection: Selection, field: Field, value: Any) -> Cell:
    if value is None:
        return None
    if field.type.code == "reference":
        return _named(selection, value)
    if field.type.code in _CELLS:
        return _CELLS[field.type.code](value)
    if field.codes is not None or isinstance(value, list):
        each = value if isinstance(value, list) else [value]
        return SEVERAL_IN_ONE.join(value_text(selection.directory, field, [v] if field.type.many else v) for v in each)
    return value_text(selection.directory, field, value)


def _named(selection: Selection, reference: str) -> Cell:
    """A sheet by its name and its code, by which the import finds it again."""
    named = selection.directory.reads.entry(bytes.fromhex(reference))
    return f"{named.title} ({code_of(named)})" if named else None


def _day(iso: str) -> Cell:
    return date.fromisoformat(iso) if len(iso) == 10 else iso


def _hours(value: str) -> Cell:
    """In words, unless reading them again would give other hours."""
    words = describe(value)
    return words if words and from_text(words)[0] == value else value


def _money(value: dict[str, Any]) -> Cell:
    if value.get("currency", "EUR") == "EUR":
        return int(value["cents"]) / 100
    return f"{Decimal(value['cents']) / 100:.2f} {value['currency']}"


def _period(value: dict[str, Any]) -> Cell:
    return "/".join(part for part in (value["start"], value.get("end")) if part)


_CELLS: dict[str, Callable[[Any], Cell]] = {
    "date": _day,
    "integer": int,
    "year": int,
    "quantity": float,
    "money": _money,
    "period": _period,
    "hours": _hours,
    "confirmation": lambda v: _day(v["on"]),
    "text": str,
    "long_text": str,
    "key": str,
}

_WITHOUT_WORDS = frozenset({"remit"})
"""Values of several parts that a cell cannot hold so that it is read again: they leave as JSON."""

Part = tuple[str, Callable[[dict[str, Any]], Cell]]


def _part(name: str) -> Callable[[dict[str, Any]], Cell]:
    def read(value: dict[str, Any]) -> Cell:
        found: Cell = value.get(name)
        return found

    return read


def _family(value: dict[str, Any]) -> Cell:
    """Beside a given name, the family's; else the whole name."""
    return value.get("family") or (None if value.get("given") else value.get("display"))


def _abroad(value: dict[str, Any]) -> Cell:
    return value.get("country") if value.get("country") != "FR" else None


_PARTS: dict[str, list[Part]] = {
    "name": [(N_("Prénom"), _part("given")), (N_("Nom"), _family)],
    "address": [
        (N_("Adresse"), _part("street")),
        (N_("Complément d’adresse"), _part("complement")),
        (N_("Lieu-dit"), _part("lieu_dit")),
        (N_("Code postal"), _part("postcode")),
        (N_("Pays"), _abroad),
    ],
    "commune": [(N_("Commune"), _part("name")), (N_("Code INSEE"), _part("insee"))],
    "position": [(N_("Latitude"), _part("lat")), (N_("Longitude"), _part("lon"))],
}
