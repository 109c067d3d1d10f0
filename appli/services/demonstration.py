"""The example directory: invented people around Lozère, written by hand to read like life, and others generated.

`ressources/demo/*.json` hold `{"records": [sheet…], "links": [[key, role, key, {field: value…}?]…]}`. A sheet is
`{"key", "kind", "fields": {…}, "audience"?, "audiences"?: {field: audience}, "parts"?: [part…], "consents"?: {purpose:
answer}, "asked"?: {"on", "how", "collected_by"}}`; an answer is true, false, or the day it was withdrawn. A part is
`{"part": kind, field: value…, "audience"?, "parts"?: [part…]}`. Values are written as on the command line, but a
reference is the key of a sheet already read, and a term is its label.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from appli import resources
from appli.domain import catalogue
from appli.domain.changes import Change, Create
from appli.domain.fields import Kind
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services import spaces
from appli.services.consenting import Answer, consent_change
from appli.services.directory import Directory
from appli.services.editing import Assignment, audience_word, new_sheet
from appli.services.linking import link_change, role_named
from appli.services.lists import contact_values, term_changes
from appli.services.parsing import parse_value

FILES = ("fiches.json", "fiches_generees.json")


def documents() -> list[dict[str, Any]]:
    """What the files hold, as written."""
    return [json.loads(resources.path(f"demo/{name}").read_text("utf-8")) for name in FILES]


def load(directory: Directory, progress: Progress = SILENT) -> dict[str, int]:
    """Fill a directory with the example; returns how many sheets of each kind. Every one is marked as an example.

    Raises UserError when the example is already there.
    """
    if any(e.values.get("demo") and not e.trashed for e in directory.reads.of_kind("project")):
        raise UserError(
            "already_demo",
            _("L’exemple est déjà dans cet annuaire. Rien n’a changé."),
            _("Pour repartir de zéro, choisissez un autre dossier."),
        )
    if spaces.space_of(directory) is None:
        territory = ({"level": "department", "code": "48"},)
        facts = spaces.SpaceFacts(_("Annuaire d’exemple"), territory, _("Personne : ces données sont inventées"))
        spaces.found(directory, facts)
    loader = _Loader(directory)
    changes: list[Change] = []
    files = documents()
    total = sum(len(d["records"]) for d in files)
    for document in files:
        for record in document["records"]:
            changes += loader.sheet(record)
            progress.step(sum(loader.counts.values()), total, _("Exemple"))
        changes += loader.links(document["links"])
    directory.do(_("Données d’exemple"), changes, progress=progress)
    return dict(loader.counts)


class _Loader:
    """Turns the sheets of the files into changes, keeping the keys by which others name them."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._ids: dict[str, RecordId] = {}
        self._made: set[RecordId] = set()
        self.counts: Counter[str] = Counter()

    def sheet(self, record: Mapping[str, Any]) -> Iterator[Change]:
        """What creates a sheet with its parts and answers."""
        kind = catalogue.kind(record["kind"])
        fields = {**record["fields"], "demo": True}
        asked = [Assignment(name, "=", self._written(kind, name, value)) for name, value in fields.items()]
        asked += [Assignment(name, "@=", level) for name, level in record.get("audiences", {}).items()]
        audience = audience_word(record["audience"]) if "audience" in record else None
        found, changes = new_sheet(self._directory, kind.code, asked, audience)
        self._ids[record["key"]] = found
        self.counts[kind.code] += 1
        yield from self._once(changes)
        yield from self._parts(found, record.get("parts", ()))
        for purpose, answer in record.get("consents", {}).items():
            withdrawn = None if isinstance(answer, bool) else str(answer)
            yield consent_change(
                found, Answer(purpose, answer is True, **record.get("asked", {}), withdrawn_on=withdrawn)
            )

    def links(self, links: Sequence[Sequence[Any]]) -> Iterator[Change]:
        """What makes the links, with what is said of each."""
        for one, word, other, *said in links:
            role, inverse = role_named(word)
            ends = (other, one) if inverse else (one, other)
            made = link_change(self._ids[ends[0]], role, self._ids[ends[1]])
            more = {name: self._value(catalogue.kind("link"), name, v) for part in said for name, v in part.items()}
            yield replace(made, values={**made.values, **more})

    def _parts(self, owner: RecordId, rows: Sequence[Mapping[str, Any]]) -> Iterator[Change]:
        for order, row in enumerate(rows):
            yield from self._part(owner, row, order)

    def _part(self, owner: RecordId, row: Mapping[str, Any], order: int) -> Iterator[Change]:
        child = catalogue.kind(row["part"])
        values: dict[str, Any] = {"owner": owner.hex(), "order": order}
        if "present" in child.fields:
            values["present"] = True
        for name, value in row.items():
            if name == "audience":
                values[name] = int(audience_word(value))
            elif name == "term":
                term, made = term_changes(self._directory, row.get("scheme", "skill"), value)
                yield from self._once(made)
                values[name] = term.hex()
            elif name not in ("part", "parts"):
                values[name] = self._value(child, name, value)
        if child.code == "contact_point":
            values |= contact_values(values["type"], values["value"])
        made_id = id_for(child, values)
        yield Create(made_id, child.code, values)
        yield from self._parts(made_id, row.get("parts", ()))

    def _written(self, kind: Kind, name: str, value: Any) -> Any:
        """The value as an assignment takes it: a key stands for the id of its sheet."""
        field = kind.fields.get(name)
        return self._ids[value].hex() if field is not None and field.type.code == "reference" else value

    def _value(self, kind: Kind, name: str, value: Any) -> Any:
        written, field = self._written(kind, name, value), kind.fields[name]
        return parse_value(self._directory, field, written) if isinstance(written, str) else field.validate(written)

    def _once(self, changes: Sequence[Change]) -> Iterator[Change]:
        """Several sheets write the same term: once is enough."""
        for change in changes:
            if not (isinstance(change, Create) and change.id in self._made):
                yield change
            if isinstance(change, Create):
                self._made.add(change.id)
