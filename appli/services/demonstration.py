"""The example directory: invented people around Lozère, written by hand to read like life, and others generated.

`ressources/demo/*.json` hold `{"records": [{"key", "kind", "audience"?, "fields": {…}, "private"?: [field…],
"consents"?: {purpose: bool}}], "links": [[key, role, key]…]}`; fields are written as on the command line.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from appli import resources
from appli.domain.audience import Audience
from appli.domain.changes import Change, Create
from appli.domain.ids import RecordId
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.services import spaces
from appli.services.consenting import Answer, consent_change
from appli.services.directory import Directory
from appli.services.editing import Assignment, new_sheet
from appli.services.linking import link_change, role_named

FILES = ("fiches.json", "fiches_generees.json")
ANSWERED_ON = "2026-03-14"


def load(directory: Directory, progress: Progress = SILENT) -> dict[str, int]:
    """Fill a directory with the example; returns how many sheets of each kind. Every one is marked as an example."""
    if spaces.space_of(directory) is None:
        territory = ({"level": "department", "code": "48"},)
        facts = spaces.SpaceFacts(_("Annuaire d’exemple"), territory, _("Personne : ces données sont inventées"))
        spaces.found(directory, facts)
    loader = _Loader(directory)
    changes: list[Change] = []
    documents = [json.loads(resources.path(f"demo/{name}").read_text("utf-8")) for name in FILES]
    total = sum(len(d["records"]) for d in documents)
    for document in documents:
        for record in document["records"]:
            changes += loader.record(record)
            progress.step(sum(loader.counts.values()), total, _("Exemple"))
        changes += loader.links(document["links"])
    directory.do(_("Données d’exemple"), changes, progress=progress)
    return dict(loader.counts)


class _Loader:
    """Turns the records of the files into changes, keeping the keys by which links name them."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._ids: dict[str, RecordId] = {}
        self._made: set[RecordId] = set()
        self.counts: Counter[str] = Counter()

    def record(self, record: Mapping[str, Any]) -> Iterator[Change]:
        fields = {**record["fields"], "demo": True}
        asked = [Assignment(name, "=", value) for name, value in fields.items()]
        asked += [Assignment(name, "@=", Audience.PRIVATE) for name in record.get("private", ())]
        audience = Audience[record.get("audience", "shared").upper()]
        self._ids[record["key"]], changes = new_sheet(self._directory, record["kind"], asked, audience)
        self.counts[record["kind"]] += 1
        for change in changes:
            # several sheets write the same term: once is enough
            if not (isinstance(change, Create) and change.id in self._made):
                yield change
            if isinstance(change, Create):
                self._made.add(change.id)
        for purpose, given in record.get("consents", {}).items():
            yield consent_change(self._ids[record["key"]], Answer(purpose, given, ANSWERED_ON, "paper"))

    def links(self, links: list[list[str]]) -> Iterator[Change]:
        for one, word, other in links:
            role, inverse = role_named(word)
            ends = (other, one) if inverse else (one, other)
            yield link_change(self._ids[ends[0]], role, self._ids[ends[1]])
