"""From a row of a list to a draft: values, contacts, skills, answers, the organization beside; and what was odd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.consent_words import ConsentReading, read_consent
from appli.domain.fields import Field
from appli.domain.ids import parse_id
from appli.domain.opening_hours import DAYS, parse_osm
from appli.domain.opening_hours_french import from_text
from appli.domain.person_names import parse_person_name
from appli.domain.text import fold
from appli.errors import UserError
from appli.formats import contacts
from appli.formats.table import Problem
from appli.formats.values import absent, split_list
from appli.geo.commune import Commune
from appli.geo.positions import repair_position
from appli.i18n import _
from appli.services.directory import Directory
from appli.services.importing.cells import ContactKeys, Remembered, WeekReader
from appli.services.importing.draft import Draft, Remark
from appli.services.importing.mapping import ImportMapping
from appli.services.importing.targets import CONSENT, EXTRA, FOREIGN_ID, MEMBER_OF, RECORD
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

_SHORT = 60
"""Texts up to that length are read once: codes, answers, numbers."""
_QUIET = frozenset({"postcode_absent", "insee_absent", "postcode_zero_restored", "insee_zero_restored"})
"""Repairs that are certain: not told row by row."""


class Drafter:
    """Reads rows by one mapping. Cells are looked up by target, so a row costs what it fills."""

    def __init__(
        self, directory: Directory, mapping: ImportMapping, columns: Sequence[str], keys: ContactKeys | None = None
    ) -> None:
        self._directory = directory
        self._kind = catalogue.kind(mapping.kind)
        index = {name: i for i, name in enumerate(columns)}
        self._targets: list[tuple[int, str, str]] = [
            (index[column], column, target) for column, target in mapping.columns if target and column in index
        ]
        self.keys = keys or ContactKeys()
        self._meanings = dict(mapping.consents)
        self._week = WeekReader()
        self._absent = Remembered(absent)
        self._consents = Remembered(self._read_consent)
        self._fields: dict[str, Remembered[Any]] = {}
        self._communes: dict[str, dict[str, Any]] = {}

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
                draft.keep(column, text)
            elif target in self._kind.collections:
                self._list(draft, target, column, text)
            elif target not in cells and not (target != "title" and self._absent(text)):
                cells[target], columns[target] = text, column
        self._fill(draft, cells, columns)
        return draft

    def _fill(self, draft: Draft, cells: dict[str, str], columns: Mapping[str, str]) -> None:
        draft.foreign_id = cells.pop(FOREIGN_ID, "")
        draft.record = parse_id(cells.pop(RECORD, ""))
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
            draft.tell(Remark("no_title", reason, refuses=True))

    # ---- lists

    def _list(self, draft: Draft, target: str, column: str, text: str) -> None:
        collection = self._kind.collections[target]
        if collection.scheme:
            words = draft.lists.setdefault(target, [])
            words += [w for w in split_list(text, PROTECTED) if w not in words]
        elif target in ("phone", "mobile"):
            self._phones(draft, column, text)
        elif not self._absent(text):
            self._contact(draft, target, column, text)

    def _phones(self, draft: Draft, column: str, text: str) -> None:
        if self._absent(text):
            return
        for phone in contacts.phones(text):
            if phone.problem:
                self._not_understood(draft, phone.problem, column, text)
                continue
            self.keys.learn(phone.display, phone.e164)
            known = draft.lists.setdefault(phone.kind if phone.kind in ("phone", "mobile") else "phone", [])
            if phone.display not in known:
                known.append(phone.display)

    def _contact(self, draft: Draft, target: str, column: str, text: str) -> None:
        found: str | None = text.strip()
        problem = None
        if target == "email":
            email = contacts.email(text)
            found, problem = email.address, email.problem
        elif target in ("web", "blog", "donation"):
            web = contacts.web(text)
            found, problem = web.address, web.problem
        if problem is not None:
            self._not_understood(draft, problem, column, text)
        elif found:
            words = draft.lists.setdefault(target, [])
            if self.keys(target, found) not in {self.keys(target, w) for w in words}:
                words.append(found)

    def _not_understood(self, draft: Draft, problem: Problem, column: str, text: str) -> None:
        """Kept beside the sheet as it was written."""
        draft.tell(Remark(problem.code, problem.message, column))
        draft.keep(column, text)

    # ---- what several cells say together

    def _name(self, draft: Draft, cells: dict[str, str]) -> None:
        if self._kind.code != "person":
            return
        given, family = cells.pop("name.given", ""), cells.pop("name.family", "")
        display = cells.pop("name.display", "") or cells.pop("name", "")
        sort = cells.pop("name.sort", "")
        if given and not family:
            display, family = "", display
        if given or family:
            shown = display or f"{given} {family}".strip()
            parts = {"display": shown, "sort": sort or f"{family} {given}".strip(), "given": given, "family": family}
        elif display:
            name = parse_person_name(display)
            parts = {"display": name.display, "sort": name.sort, "given": name.given or "", "family": name.family or ""}
        else:
            return
        self._set(draft, "name", {k: v for k, v in parts.items() if v})

    def _place(self, draft: Draft, cells: dict[str, str]) -> Commune | None:
        name = cells.pop("commune.name", "") or cells.pop("commune", "")
        insee, postcode = cells.pop("commune.insee", ""), cells.pop("address.postcode", "")
        address = {part: cells.pop(f"address.{part}", "") for part in ("street", "complement", "lieu_dit", "country")}
        if not (name or insee or postcode or any(address.values())):
            return None
        found = self._directory.gazetteer.resolve(name, postcode, insee)
        for remark in found.remarks:
            if remark.code not in _QUIET:
                draft.tell(Remark(remark.code, remark.message))
        if found.commune is not None:
            draft.values["commune"] = self._commune(found.commune)
        elif name:
            self._set(draft, "commune", {"name": name})
            draft.tell(Remark("commune_open", _("La commune « {name} » reste à préciser").format(name=name)))
        kept = {k: v for k, v in {**address, "postcode": found.postcode}.items() if v}
        if kept:
            self._set(draft, "address", kept)
        return found.commune

    def _commune(self, found: Commune) -> dict[str, Any]:
        """One value for all rows of a commune."""
        return self._communes.setdefault(found.insee, {"insee": found.insee, "name": found.name})

    def _position(self, draft: Draft, cells: dict[str, str], commune: Commune | None) -> None:
        lat, lon = cells.pop("position.lat", ""), cells.pop("position.lon", "")
        if not (lat or lon):
            return
        found = repair_position(lat, lon, commune)
        if found.problem is not None:
            draft.tell(Remark(found.problem.code, found.problem.message))
        if found.lat is not None and found.lon is not None:
            point = {"lat": found.lat, "lon": found.lon, "precision": "exact", "source": "file"}
            self._set(draft, "position", point)

    def _hours(self, draft: Draft, cells: dict[str, str]) -> None:
        days = {d: text for d in DAYS if (text := cells.pop(f"opening_hours.{d}", ""))}
        text = cells.pop("opening_hours", "")
        osm, note = (None, None)
        if days:
            osm, note = self._week(days)
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
        names = (" ".join(name.split()) for name in text.split(";"))
        draft.organizations = (*draft.organizations, *(name for name in names if name))

    def _consent(self, draft: Draft, text: str) -> None:
        reading = self._consents(" ".join(text.split()))
        draft.consent = reading
        draft.closed = reading.closed_fields
        if reading.given.get("screen") is False:
            # somebody who refuses to be in the directory stays on this PC
            draft.audience = Audience.PRIVATE
        if not reading.certain:
            reason = _("L’accord « {text} » est à confirmer").format(text=text)
            draft.tell(Remark("consent_unsure", reason))

    def _read_consent(self, text: str) -> ConsentReading:
        """By the words themselves, or by what a person said they mean."""
        meaning = self._meanings.get(text)
        if meaning is None:
            return read_consent(text)
        meant, read = read_consent(meaning), read_consent(text)
        return ConsentReading(text, True, meant.given, meant.closed_fields, meant.how or read.how, read.on)

    # ---- one field

    def _field(self, draft: Draft, target: str, text: str, column: str) -> None:
        name, _dot, part = target.partition(".")
        field_ = self._kind.fields.get(name)
        if field_ is None or part:
            draft.keep(column, text)
            return
        try:
            value = self._value(field_, text)
        except UserError as problem:
            self._not_understood(draft, Problem(problem.code, _first_sentence(problem)), column, text)
            return
        if value is not None:
            draft.values[name] = value

    def _value(self, field_: Field, text: str) -> Any:
        """A value; a short text that a column repeats is read once."""
        if len(text) > _SHORT:
            return parse_value(self._directory, field_, text)
        if field_.name not in self._fields:
            self._fields[field_.name] = Remembered(lambda short: parse_value(self._directory, field_, short))
        return self._fields[field_.name](text)

    def _set(self, draft: Draft, name: str, value: Any) -> None:
        if name not in self._kind.fields:
            return
        try:
            draft.values[name] = self._kind.fields[name].validate(value)
        except UserError as problem:
            draft.tell(Remark(problem.code, _first_sentence(problem), name))


def _first_sentence(problem: UserError) -> str:
    """What is wrong, without what it means for a sheet that is not there yet."""
    return problem.message.split(". ")[0]


def drafts(
    drafter: Drafter,
    rows: Iterable[Sequence[str | None]],
    lines: Iterable[int],
    step: Callable[[int], None],
) -> list[Draft]:
    """Every row that says something, in order."""
    found = []
    for n, (line, row) in enumerate(zip(lines, rows, strict=True)):
        if n % 100 == 0:
            step(n)
        if any(row):
            found.append(drafter.draft(line, row))
    return found
