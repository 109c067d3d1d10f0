"""Recognising a row from one time to the next: by the source's id, else by e-mail, else by name and place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from appli.domain import catalogue
from appli.domain.entry import Entry
from appli.domain.fields import Kind
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.domain.person_names import parse_person_name, same_person_key
from appli.domain.text import fold
from appli.services.directory import Directory
from appli.services.importing.drafting import Draft
from appli.services.importing.mapping import ImportMapping
from appli.services.indexing import is_live
from appli.services.lists import contact_key

Key = tuple[str, ...]


def source_id(name: str) -> RecordId:
    """The id of a source, the same on every PC that gives it this name."""
    return id_for(catalogue.kind("source"), {"name": name})


class Matcher:
    """Knows the records a list may speak of."""

    def __init__(self, directory: Directory, mapping: ImportMapping, source: RecordId) -> None:
        self._kind = catalogue.kind(mapping.kind)
        self._by_id = mapping.foreign_id is not None
        self._targets = {t for c, t in mapping.columns if c in mapping.key and t}
        self._known: dict[Key, RecordId] = {}
        self._named: dict[str, RecordId] = {}
        if self._by_id:
            rows = directory.reads.where("foreign_id", source=source)
            self._known = {("id", e.values["value"]): bytes.fromhex(e.values["record"]) for e in rows if is_live(e)}
        existing = [e for e in directory.reads.of_kind(self._kind.code) if not e.trashed]
        live = {e.id for e in existing}
        self._known = {k: i for k, i in self._known.items() if i in live}
        for entry in existing:
            self._named.setdefault(name_key(self._kind, entry.values), entry.id)
        if not self._by_id:
            self._learn(directory, existing)

    def _learn(self, directory: Directory, existing: list[Entry]) -> None:
        contacts = directory.reads.parts("contact_point", [e.id for e in existing])
        for entry in existing:
            emails = (c.values.get("value", "") for c in contacts.get(entry.id, ()) if c.values.get("type") == "email")
            for key in self._keys(entry.values, emails):
                self._known.setdefault(key, entry.id)

    def keys(self, draft: Draft) -> list[Key]:
        """What recognises the row, the surest first."""
        if self._by_id:
            return [("id", draft.foreign_id)] if draft.foreign_id else []
        return list(self._keys(draft.values, draft.lists.get("email", ())))

    def _keys(self, values: Mapping[str, Any], emails: Iterable[str]) -> Iterable[Key]:
        if not self._targets or "email" in self._targets:
            # a couple often has one address: it recognises only together with the name
            for email in emails:
                yield "email", contact_key("email", email), name_key(self._kind, values)
        yield "name", name_key(self._kind, values), place_key(values)

    def find(self, keys: Iterable[Key]) -> RecordId | None:
        """The record that a row speaks of."""
        return next((self._known[k] for k in keys if k in self._known), None)

    def namesake(self, draft: Draft) -> RecordId | None:
        """A record of the same name that no key recognises: perhaps a twin, never merged without a person."""
        return self._named.get(name_key(self._kind, draft.values))


def name_key(kind: Kind, values: Mapping[str, Any]) -> str:
    """A name without accents, capitals and order."""
    value = values.get(kind.title_field.name)
    if isinstance(value, dict):
        return same_person_key(parse_person_name(str(value.get("display", ""))))
    return fold(str(value or ""))


def place_key(values: Mapping[str, Any]) -> str:
    """Where: the commune if it is certain, else what was written."""
    commune = values.get("commune") or {}
    postcode = (values.get("address") or {}).get("postcode", "")
    return str(commune.get("insee") or fold(commune.get("name", "")) or postcode)
