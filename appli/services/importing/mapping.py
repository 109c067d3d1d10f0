"""What the columns of a list become: a plain, remembered value that a person may change.

Several columns may feed one target: the first that says something wins, in the order of `columns`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from appli.domain import catalogue
from appli.errors import UserError
from appli.i18n import _
from appli.services.importing.targets import FOREIGN_ID, check_target


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """The choices made for one list."""

    kind: str
    source: str
    columns: tuple[tuple[str, str | None], ...]
    """(column, target or None to leave it), in the order that decides between columns of one target."""
    key: tuple[str, ...] = ()
    """Columns that recognise a row from one time to the next, when no column is its id."""
    consents: tuple[tuple[str, str], ...] = ()
    """(words of the list, words that say clearly what they mean): how a person understood the answers."""

    def as_json(self) -> dict[str, Any]:
        """The form it is remembered and exchanged in."""
        document: dict[str, Any] = {"kind": self.kind, "source": self.source, "key": list(self.key)}
        document["columns"] = dict(self.columns)
        if self.consents:
            document["consents"] = dict(self.consents)
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any], source: str) -> ImportMapping:
        """Raises UserError when the document is not a mapping."""
        try:
            columns = tuple((str(c), None if t is None else str(t)) for c, t in document["columns"].items())
            key = tuple(str(k) for k in document.get("key", ()))
            consents = tuple((str(a), str(b)) for a, b in document.get("consents", {}).items())
            kind = catalogue.kind(str(document["kind"]))
            found = cls(kind.code, str(document.get("source") or source), columns, key, consents)
        except (KeyError, AttributeError, TypeError) as problem:
            raise UserError(
                "bad_mapping",
                _("Ce fichier de correspondance ne se lit pas. Rien n’a changé."),
                _("Il lui faut « kind » et « columns »."),
            ) from problem
        for target in (t for _c, t in found.columns if t):
            check_target(kind, target)
        return found

    @property
    def foreign_id(self) -> str | None:
        """The column that holds the source's own id."""
        return next((c for c, t in self.columns if t == FOREIGN_ID), None)

    def target(self, column: str) -> str | None:
        """What a column becomes; None when it is left."""
        return dict(self.columns).get(column)

    def feeding(self, target: str) -> list[str]:
        """The columns of one target, the one that decides first."""
        return [c for c, t in self.columns if t == target]

    def with_target(self, column: str, target: str | None) -> ImportMapping:
        """The same with another target for one column. Only one column is the id."""
        columns = tuple((c, target if c == column else _freed(t, target)) for c, t in self.columns)
        return replace(self, columns=columns)

    def with_key(self, key: tuple[str, ...]) -> ImportMapping:
        """The same, recognising rows by other columns; one column that holds nothing else becomes the id."""
        targets = dict(self.columns)
        ids = key if len(key) == 1 and targets[key[0]] in (None, "extra", FOREIGN_ID) else ()
        columns = tuple((c, FOREIGN_ID if c in ids else None if t == FOREIGN_ID else t) for c, t in self.columns)
        return replace(self, columns=columns, key=() if ids else key)

    def with_consent(self, words: str, meaning: str | None) -> ImportMapping:
        """The same, some words of consent understood that way; None: as they are read."""
        kept = tuple((w, m) for w, m in self.consents if w != words)
        return replace(self, consents=kept if meaning is None else (*kept, (words, meaning)))


def _freed(target: str | None, taken: str | None) -> str | None:
    return None if target == taken == FOREIGN_ID else target
