"""Recognising a row from one time to the next: by the source's id, else by the columns chosen for it.

What the list said last time recognises first, so that correcting a name here does not make the row a stranger; then
what stands here. An e-mail counts only together with the name: a couple often has one address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from appli.domain import catalogue
from appli.domain.entry import Entry
from appli.domain.identity import id_for
from appli.domain.ids import RecordId
from appli.domain.text import fold
from appli.services.directory import Directory
from appli.services.importing.cells import ContactKeys
from appli.services.importing.draft import Draft
from appli.services.importing.mapping import ImportMapping
from appli.services.indexing import is_live
from appli.services.likeness import name_key, place_key

Key = tuple[str, ...]
Said = Mapping[RecordId, Mapping[str, Any]]
"""What a list said last time, by record."""

_PLACE = ("commune.", "address.")
_BATCH = 500


def source_id(name: str) -> RecordId:
    """The id of a source, the same on every PC that gives it this name."""
    return id_for(catalogue.kind("source"), {"name": name})


class Matcher:
    """Knows the records a list may speak of."""

    def __init__(
        self,
        directory: Directory,
        mapping: ImportMapping,
        source: RecordId,
        last: Said,
        keys: ContactKeys,
        step: Callable[[int], None] = lambda _n: None,
    ) -> None:
        self._kind = catalogue.kind(mapping.kind)
        self._contact_key = keys
        self._by_id = mapping.foreign_id is not None
        targets = {t for c, t in mapping.columns if c in mapping.key and t}
        has_place = any(t.startswith(_PLACE) for _c, t in mapping.columns if t)
        self._by_email = not targets or "email" in targets
        self._by_place = not targets or not has_place or any(t.startswith(_PLACE) for t in targets)
        self._others = tuple(sorted(t for t in targets if t in self._kind.fields and not self._is_title(t)))
        # a row without e-mail is recognised by its name, whatever was chosen
        self._by_name = not self._others or any(self._is_title(t.split(".")[0]) for t in targets)
        self._known: dict[Key, RecordId] = {}
        self._named: dict[str, RecordId] = {}
        self._live: set[RecordId] = set()
        self._learn_what_stands(directory, step)
        self._learn_what_was_said(last)
        if self._by_id:
            rows = directory.reads.where("foreign_id", source=source)
            pairs = [(("id", e.values["value"]), bytes.fromhex(e.values["record"])) for e in rows if is_live(e)]
            self._known = {key: record for key, record in pairs if record in self._live}

    def keys(self, draft: Draft) -> list[Key]:
        """What recognises the row, the surest first."""
        own: list[Key] = [("record", draft.record.hex())] if draft.record in self._live else []
        if self._by_id:
            return [*own, ("id", draft.foreign_id)] if draft.foreign_id else own
        return [*own, *self._keys(draft.values, draft.lists.get("email", ()))]

    def find(self, keys: Iterable[Key]) -> RecordId | None:
        """The record that a row speaks of."""
        return next((found for k in keys if (found := self._record(k))), None)

    def _record(self, key: Key) -> RecordId | None:
        return bytes.fromhex(key[1]) if key[0] == "record" else self._known.get(key)

    def namesake(self, draft: Draft) -> RecordId | None:
        """A record of the same name that no key recognises: perhaps a twin, never merged without a person."""
        return self._named.get(name_key(self._kind, draft.values))

    # ---- what is known

    def _learn_what_stands(self, directory: Directory, step: Callable[[int], None]) -> None:
        batch: list[Entry] = []
        for n, entry in enumerate(directory.reads.of_kind(self._kind.code)):
            if n % _BATCH == 0:
                step(n)
            if entry.trashed:
                continue
            self._live.add(entry.id)
            self._named.setdefault(name_key(self._kind, entry.values), entry.id)
            if not self._by_id:
                batch.append(entry)
                if len(batch) == _BATCH:
                    self._learn(directory, batch)
                    batch = []
        self._learn(directory, batch)

    def _learn(self, directory: Directory, entries: Sequence[Entry]) -> None:
        contacts = directory.reads.parts("contact_point", [e.id for e in entries]) if self._by_email else {}
        for entry in entries:
            emails = (c.values.get("value", "") for c in contacts.get(entry.id, ()) if c.values.get("type") == "email")
            for key in self._keys(entry.values, emails):
                self._known.setdefault(key, entry.id)

    def _learn_what_was_said(self, last: Said) -> None:
        if self._by_id:
            return
        for record, said in last.items():
            if record in self._live:
                self._known.update((key, record) for key in self._keys(said, said.get("list:email", ())))

    def _keys(self, values: Mapping[str, Any], emails: Iterable[str]) -> Iterator[Key]:
        name = name_key(self._kind, values)
        if self._by_email:
            for email in emails:
                yield "email", self._contact_key("email", email), name
        others = tuple(fold(str(values.get(n) or "")) for n in self._others)
        if self._others and not all(others):
            return
        yield "name", name if self._by_name else "", place_key(values) if self._by_place else "", *others

    def _is_title(self, target: str) -> bool:
        return target == self._kind.title_field.name
