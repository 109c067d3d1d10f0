"""Questions about records, each in a read transaction of its own: short, of one thread, and no row goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from appli.domain import catalogue
from appli.domain.entry import Entry
from appli.domain.fields import Kind
from appli.domain.ids import RecordId
from appli.errors import UserError
from appli.i18n import _
from appli.store import schema
from appli.store.engine import Connection, among, scalar
from appli.store.entries import chunks, load
from appli.store.folder import Folder, raw
from appli.store.registers import encoded
from appli.store.rows import SHARED, dump, row_class


class Reads:
    """What the services may ask."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def entry(self, record_id: RecordId) -> Entry | None:
        """One record, whichever file holds it."""
        found = self.entries([record_id])
        return found[0] if found else None

    def entries(self, ids: Sequence[RecordId]) -> list[Entry]:
        """The records that exist among these, in the order asked."""
        with self._folder.reading() as connection:
            by_kind: dict[Kind, list[RecordId]] = {}
            for record_id, kind in _kinds(raw(connection), ids).items():
                by_kind.setdefault(kind, []).append(record_id)
            found = {e.id: e for kind, some in by_kind.items() for e in load(raw(connection), kind, some)}
        return [found[i] for i in ids if i in found]

    def of_kind(self, code: str, ids: Iterable[RecordId] | None = None) -> Iterator[Entry]:
        """Every record of a kind, or those among these, in no order."""
        with self._folder.reading() as connection:
            yield from load(raw(connection), catalogue.kind(code), ids)

    def holds(self, code: str) -> bool:
        """Whether there is any record of a kind."""
        number = catalogue.kind(code).number
        sql = f"SELECT EXISTS(SELECT 1 FROM {SHARED}.{code}) OR EXISTS(SELECT 1 FROM main.private_record WHERE kind=?)"
        with self._folder.reading() as connection:
            return bool(scalar(raw(connection), sql, number))

    def where(self, code: str, **values: Any) -> list[Entry]:
        """Records of a kind whose fields hold exactly these values."""
        kind = catalogue.kind(code)
        plain = {n: v.hex() if isinstance(v, bytes) else v for n, v in values.items()}
        row = row_class(kind)
        with self._folder.reading() as connection, Session(bind=connection) as session:
            matches = (getattr(row, n) == v for n, v in plain.items())
            ids = list(session.exec(select(row.id).where(*matches)))  # type: ignore[attr-defined]
            ids += _private_matches(raw(connection), kind, plain)
            return list(load(raw(connection), kind, ids))

    def parts(self, code: str, owners: Sequence[RecordId]) -> dict[RecordId, list[Entry]]:
        """The parts of one kind of several sheets at once, by sheet, in their order."""
        kind = catalogue.kind(code)
        owner = kind.fields["owner"]
        found: dict[RecordId, list[Entry]] = {}
        with self._folder.reading() as connection:
            base = raw(connection)
            for chunk in chunks(owners):
                wanted = [o.hex() for o in chunk]
                marks = ",".join("?" * len(wanted))
                ids = [i for (i,) in base.execute(f"SELECT id FROM {SHARED}.{code} WHERE owner IN ({marks})", wanted)]
                private = (
                    "SELECT id FROM main.private_value "
                    f"WHERE kind=? AND f=? AND length(val)={schema.REFERENCE} AND val IN ({marks})"
                )
                quoted = [f'"{w}"' for w in wanted]
                ids += [i for (i,) in base.execute(private, [kind.number, owner.number, *quoted])]
                for entry in load(base, kind, list(dict.fromkeys(ids))):
                    found.setdefault(bytes.fromhex(entry.values["owner"]), []).append(entry)
        for some in found.values():
            some.sort(key=lambda e: (e.values.get("order") or 0, e.id))
        return found

    def referring(self, code: str, names: Sequence[str], ids: Iterable[RecordId]) -> list[Entry]:
        """Records of a kind that name one of these records in one of these fields."""
        kind = catalogue.kind(code)
        wanted = [i.hex() for i in ids]
        found: dict[RecordId, None] = {}
        with self._folder.reading() as connection:
            base = raw(connection)
            for name in names:
                sql = f'SELECT id FROM {SHARED}.{code} WHERE "{name}" IN'
                found |= dict.fromkeys(i for (i,) in among(base, sql, wanted))
                where = f"kind={kind.number:d} AND f={kind.fields[name].number:d} AND length(val)={schema.REFERENCE}"
                sql = f"SELECT id FROM main.private_value WHERE {where} AND val IN"
                found |= dict.fromkeys(i for (i,) in among(base, sql, map(dump, wanted)))
            return list(load(base, kind, found))

    def several(self) -> list[RecordId]:
        """The records with a field that holds several different values."""
        sql = (
            f"SELECT DISTINCT id FROM (SELECT id FROM {SHARED}.fv WHERE val IS NOT NULL "
            "GROUP BY id, f HAVING count(DISTINCT val) > 1)"
        )
        with self._folder.reading() as connection:
            return [i for (i,) in raw(connection).execute(sql)]

    def owners(self, ids: Sequence[RecordId]) -> tuple[set[RecordId], set[RecordId], set[RecordId]]:
        """(sheets, terms, sheets owning a part) among these records, without reading them."""
        sheets: set[RecordId] = set()
        terms: set[RecordId] = set()
        by_kind: dict[Kind, list[RecordId]] = {}
        with self._folder.reading() as connection:
            for record_id, kind in _kinds(raw(connection), ids).items():
                if kind.is_main:
                    sheets.add(record_id)
                elif kind.code == "term":
                    terms.add(record_id)
                elif "owner" in kind.fields:
                    by_kind.setdefault(kind, []).append(record_id)
            owning = {o for kind, some in by_kind.items() for o in _owners(raw(connection), kind, some)}
        return sheets, terms, owning

    def using_terms(self, terms: Iterable[RecordId]) -> set[RecordId]:
        """The sheets with a skill, a function… that points to one of these terms."""
        wanted = {t.hex() for t in terms}
        if not wanted:
            return set()
        found: set[RecordId] = set()
        with self._folder.reading() as connection:
            for kind in catalogue.all_kinds().values():
                if "owner" in kind.fields and "term" in kind.fields:
                    rows = raw(connection).execute(f"SELECT owner, term FROM {SHARED}.{kind.code}")
                    found |= {bytes.fromhex(owner) for owner, term in rows if owner and term in wanted}
        return found

    def kind_of(self, record_id: RecordId) -> Kind | None:
        """The kind of a record; None if the directory does not hold it."""
        with self._folder.reading() as connection:
            return _kinds(raw(connection), [record_id]).get(record_id)

    def require(self, record_id: RecordId) -> None:
        """Refuse an id the directory does not hold."""
        if self.kind_of(record_id) is None:
            raise UserError(
                "no_record",
                _("Cette fiche n’est pas dans l’annuaire. Rien n’a changé."),
                _("Vérifiez le code de la fiche."),
            )

    def counts(self) -> dict[str, int]:
        """How many records of each kind, the trash included."""
        found: dict[str, int] = {}
        with self._folder.reading() as connection:
            for source in (schema.ver, schema.private_record):
                query = sa.select(source.c.kind, sa.func.count()).group_by(source.c.kind)
                for number, count in connection.execute(query):
                    code = catalogue.kinds_by_number()[number].code
                    found[code] = found.get(code, 0) + count
        return found

    def sheets(self) -> int:
        """How many sheets of the directory, the trash included."""
        counts = self.counts()
        return sum(counts.get(kind.code, 0) for kind in catalogue.main_kinds())

    def erased(self) -> set[RecordId]:
        """Every record that was forgotten, and every part that went with one."""
        with self._folder.reading() as connection:
            return set(connection.execute(sa.select(schema.erased.c.id)).scalars())

    def is_erased(self, record_id: RecordId) -> bool:
        """Whether the record was ordered to be forgotten."""
        with self._folder.reading() as connection:
            query = sa.select(schema.erased.c.id).where(schema.erased.c.id == record_id)
            return connection.execute(query).first() is not None


def _kinds(base: Connection, ids: Sequence[RecordId]) -> dict[RecordId, Kind]:
    found: dict[RecordId, Kind] = {}
    by_number = catalogue.kinds_by_number()
    asked: Iterable[RecordId] = ids
    for source in (f"{SHARED}.ver", "main.private_record"):
        for record_id, number in among(base, f"SELECT id, kind FROM {source} WHERE id IN", asked):
            found[record_id] = by_number[number]
        asked = [i for i in ids if i not in found]
    return found


def _owners(base: Connection, kind: Kind, ids: Sequence[RecordId]) -> Iterator[RecordId]:
    owner = kind.fields["owner"].number
    for chunk in chunks(ids):
        marks = ",".join("?" * len(chunk))
        for (found,) in base.execute(f"SELECT owner FROM {SHARED}.{kind.code} WHERE id IN ({marks})", list(chunk)):
            if found:
                yield bytes.fromhex(found)
        private = f"SELECT val FROM main.private_value WHERE f=? AND id IN ({marks})"
        for (found,) in base.execute(private, [owner, *chunk]):
            yield bytes.fromhex(found.strip('"'))


def _private_matches(base: Connection, kind: Kind, values: dict[str, Any]) -> list[RecordId]:
    ids: set[RecordId] | None = None
    for name, value in values.items():
        query = "SELECT id FROM main.private_value WHERE kind=? AND f=? AND val=?"
        field = kind.fields[name]
        stored = dump(value) if not field.type.composite else encoded(field, value)
        found = {i for (i,) in base.execute(query, (kind.number, field.number, stored))}
        ids = found if ids is None else ids & found
    return list(ids or ())
