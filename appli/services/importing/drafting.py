"""From a row of a list to a draft: values, contacts, skills, answers, the organization beside; and what was odd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.consent_words import ConsentReading, read_consent
from appli.domain.fields import Field
from appli.domain.opening_hours import parse_osm
from appli.domain.opening_hours_french import from_day_cells, from_text
from appli.domain.person_names import parse_person_name
from appli.domain.text import fold
from appli.errors import UserError
from appli.formats import contacts
from appli.formats.values import absent, split_list
from appli.geo.commune import Commune
from appli.geo.positions import repair_position
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.importing.mapping import CONSENT, EXTRA, FOREIGN_ID, MEMBER_OF, ImportMapping
from appli.services.lists import contact_key
from appli.services.parsing import parse_value

PROTECTED = ("compta / paie", "vente / commerce", "couture / retouche")
"""Skills whose name holds a separator."""

NO_ORGANIZATION = {
    "micro entreprise": "independent",
    "auto entreprise": "independent",
    "auto entrepreneur": "independent",
    "independant": "independent",
    "independante": "independent",
    "m le maire": "elected",
    "mme la maire": "elected",
    "maire": "elected",
    "sans": None,
    "particulier": "resident",
    "benevole": "volunteer",
}
"""What lists write in the column of the organization when there is none: at most a situation."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about a row. `refuses`: the row cannot be taken; otherwise it is taken all the same."""

    code: str
    reason: str
    column: str = ""
    refuses: bool = False


@dataclass(slots=True)
class Draft:
    """What one row says, in canonical values."""

    line: int
    foreign_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)
    """Contacts and terms by the name of their list."""
    closed: tuple[str, ...] = ()
    """Kinds of contact the person wants kept private."""
    audience: Audience | None = None
    consent: ConsentReading | None = None
    organization: str = ""
    extras: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        return any(r.refuses for r in self.remarks)


class Drafter:
    """Reads rows by one mapping. Cells are looked up by target, so a row costs what it fills."""

    def __init__(self, directory: Directory, mapping: ImportMapping, columns: Sequence[str]) -> None:
        self._directory = directory
        self._kind = catalogue.kind(mapping.kind)
        index = {name: i for i, name in enumerate(columns)}
        self._targets: list[tuple[int, str, str]] = [
            (index[column], column, target) for column, target in mapping.columns if target and column in index
        ]
        self._parsed: dict[tuple[str, str], Any] = {}

    def draft(self, line: int, row: Sequence[str | None]) -> Draft:
        """What the row says."""
        draft = Draft(line)
        cells: dict[str, str] = {}
        columns: dict[str, str] = {}
        for i, column, target in self._targets:
            text = row[i]
            if text is None or not text.strip():
                continue
            if target == EXTRA:
                draft.extras[column] = text
            elif target in self._kind.collections:
                self._list(draft, target, column, text)
            elif target not in cells and not (target != "title" and absent(text)):
                cells[target], columns[target] = text, column
        self._fill(draft, cells, columns)
        return draft

    def _fill(self, draft: Draft, cells: dict[str, str], columns: Mapping[str, str]) -> None:
        draft.foreign_id = cells.pop(FOREIGN_ID, "")
        if MEMBER_OF in cells:
            self._organization(draft, cells.pop(MEMBER_OF))
        if CONSENT in cells:
            self._consent(draft, cells.pop(CONSENT))
        commune = self._place(draft, cells)
        self._position(draft, cells, commune)
        self._hours(draft, cells)
        self._name(draft, cells)
        for target, text in cells.items():
            self._field(draft, target, text, columns[target])
        if not draft.values.get(self._kind.title_field.name):
            label = self._kind.title_field.label
            reason = _("« {label} » est vide").format(label=label)
            draft.remarks.append(Remark("no_title", reason, refuses=True))

    # ---- lists

    def _list(self, draft: Draft, target: str, column: str, text: str) -> None:
        collection = self._kind.collections[target]
        words = draft.lists.setdefault(target, [])
        if collection.scheme:
            words += [w for w in split_list(text, PROTECTED) if w not in words]
        elif target in ("phone", "mobile"):
            self._phones(draft, column, text)
        elif not absent(text):
            self._contact(draft, target, column, text)

    def _phones(self, draft: Draft, column: str, text: str) -> None:
        if absent(text):
            return
        for phone in contacts.phones(text):
            if phone.problem:
                draft.remarks.append(Remark(phone.problem.code, phone.problem.message, column))
                draft.extras[column] = text
                continue
            known = draft.lists.setdefault(phone.kind if phone.kind in ("phone", "mobile") else "phone", [])
            if phone.display not in known:
                known.append(phone.display)

    def _contact(self, draft: Draft, target: str, column: str, text: str) -> None:
        found: Any = text.strip()
        problem = None
        if target == "email":
            email = contacts.email(text)
            found, problem = email.address, email.problem
        elif target in ("web", "blog", "donation"):
            web = contacts.web(text)
            found, problem = web.address, web.problem
        if problem is not None or not found:
            if problem is not None:
                draft.remarks.append(Remark(problem.code, problem.message, column))
                draft.extras[column] = text
            return
        words = draft.lists.setdefault(target, [])
        if contact_key(target, found) not in {contact_key(target, w) for w in words}:
            words.append(found)

    # ---- what several cells say together

    def _name(self, draft: Draft, cells: dict[str, str]) -> None:
        given, family = cells.pop("name.given", ""), cells.pop("name.family", "")
        display = cells.pop("name.display", "") or (cells.pop("name", "") if self._kind.code == "person" else "")
        cells.pop("name.sort", None)
        if self._kind.code != "person":
            return
        if given or family:
            shown = display or f"{given} {family}".strip()
            parts = {"display": shown, "sort": f"{family} {given}".strip(), "given": given, "family": family}
            draft.values["name"] = {k: v for k, v in parts.items() if v}
        elif display:
            name = parse_person_name(display)
            parts = {"display": name.display, "sort": name.sort, "given": name.given or "", "family": name.family or ""}
            draft.values["name"] = {k: v for k, v in parts.items() if v}

    def _place(self, draft: Draft, cells: dict[str, str]) -> Commune | None:
        name = cells.pop("commune.name", "") or cells.pop("commune", "")
        insee, postcode = cells.pop("commune.insee", ""), cells.pop("address.postcode", "")
        address = {part: cells.pop(f"address.{part}", "") for part in ("street", "complement", "lieu_dit", "country")}
        if not (name or insee or postcode or any(address.values())):
            return None
        found = self._directory.gazetteer.resolve(name, postcode, insee)
        for remark in found.remarks:
            if remark.code not in _QUIET:
                draft.remarks.append(Remark(remark.code, remark.message))
        if found.commune is not None:
            draft.values["commune"] = {"insee": found.commune.insee, "name": found.commune.name}
        elif name:
            draft.values["commune"] = {"name": name}
            draft.remarks.append(Remark("commune_open", _("La commune « {name} » reste à préciser").format(name=name)))
        kept = {k: v for k, v in {**address, "postcode": found.postcode}.items() if v}
        if kept:
            self._set(draft, "address", kept)
        return found.commune

    def _position(self, draft: Draft, cells: dict[str, str], commune: Commune | None) -> None:
        lat, lon = cells.pop("position.lat", ""), cells.pop("position.lon", "")
        if not (lat or lon):
            return
        found = repair_position(lat, lon, commune)
        if found.problem is not None:
            draft.remarks.append(Remark(found.problem.code, found.problem.message))
        if found.lat is not None and found.lon is not None:
            point = {"lat": found.lat, "lon": found.lon, "precision": "exact", "source": "file"}
            self._set(draft, "position", point)

    def _hours(self, draft: Draft, cells: dict[str, str]) -> None:
        days = {d: cells.pop(f"opening_hours.{d}", None) for d in ("mo", "tu", "we", "th", "fr", "sa", "su")}
        text = cells.pop("opening_hours", "")
        osm, note = (None, None)
        if any(days.values()):
            osm, note = from_day_cells(days)
        elif text:
            osm, note = (text, None) if parse_osm(text) is not None else from_text(text)
        if osm:
            draft.values["opening_hours"] = osm
        said = [t for t in (note, cells.pop("hours_note", "")) if t]
        if said:
            self._set(draft, "hours_note", " — ".join(said))

    def _organization(self, draft: Draft, text: str) -> None:
        word = fold(text)
        if word in NO_ORGANIZATION:
            situation = NO_ORGANIZATION[word]
            if situation:
                draft.values["status"] = [situation]
            return
        draft.organization = " ".join(text.split())

    def _consent(self, draft: Draft, text: str) -> None:
        reading = read_consent(text)
        draft.consent = reading
        draft.closed = reading.closed_fields
        if reading.given.get("screen") is False:
            # somebody who refuses to be in the directory stays on this PC
            draft.audience = Audience.PRIVATE
        if not reading.certain:
            reason = _("L’accord « {text} » est à confirmer").format(text=text)
            draft.remarks.append(Remark("consent_unsure", reason))

    # ---- one field

    def _field(self, draft: Draft, target: str, text: str, column: str) -> None:
        name, _dot, part = target.partition(".")
        field_ = self._kind.fields.get(name)
        if field_ is None or part:
            draft.extras[column] = text
            return
        try:
            value = self._value(field_, text)
        except UserError as problem:
            draft.remarks.append(Remark(problem.code, problem.message.split(". ")[0], column))
            draft.extras[column] = text
            return
        if value is not None:
            draft.values[name] = value

    def _value(self, field_: Field, text: str) -> Any:
        """A value; the few texts a column repeats are read once."""
        key = (field_.name, text)
        if key not in self._parsed:
            found = parse_value(self._directory, field_, text)
            if field_.codes is None:
                return found
            self._parsed[key] = found
        return self._parsed[key]

    def _set(self, draft: Draft, name: str, value: Any) -> None:
        if name not in self._kind.fields:
            return
        try:
            draft.values[name] = self._kind.fields[name].validate(value)
        except UserError as problem:
            draft.remarks.append(Remark(problem.code, problem.message.split(". ")[0], name))


_QUIET = frozenset({"postcode_absent", "insee_absent", "postcode_zero_restored", "insee_zero_restored"})
"""Repairs that are certain: told once for the list, not row by row."""


def drafts(
    drafter: Drafter,
    rows: Iterable[Sequence[str | None]],
    lines: Iterable[int],
    step: Callable[[int], None],
) -> list[Draft]:
    """Every row that says something, in order."""
    found = []
    for n, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if any(row):
            found.append(drafter.draft(line, row))
        if n % 200 == 0:
            step(n)
    return found
