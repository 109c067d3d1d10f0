"""The search: a read model of the directory in a file of its own, which may be deleted at any time.

The list, the facets, the map's points and the command line read it by plain DB-API, so that the first paint
loads nothing heavy. It says which state of the base it mirrors (`stamp`); when that is not the base's,
the caller rebuilds or updates it. One `Index` serves one thread; several may be open on one file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, Self

from appli.domain.ids import RecordId
from appli.domain.text import fold, terms
from appli.errors import Cancelled, EnvironmentProblem
from appli.i18n import _
from appli.ports import SILENT, Progress
from appli.store import engine, index_schema, index_spelling
from appli.store.index_area import Drawn, Near, Point, distance_km
from appli.store.index_change import Changes
from appli.store.index_entry import IN_NO_LIST
from appli.store.index_facets import numbers
from appli.store.index_match import EXACT_SCORE, FIRST_SCORE, begins_code, code_mark, code_match
from appli.store.index_model import FacetGroup, IndexDoc, Query, Relaxation, Row
from appli.store.index_search import Search
from appli.store.index_write import Watched, fill

__all__ = ["FacetGroup", "Index", "IndexDoc", "Query", "Relaxation", "Row"]

Cancel = Callable[[], bool]

_STEPS_BETWEEN_CHECKS = 2_000
_CHUNK = 500
_ROW = """id, kind, shape, code, title, second_line, commune, initials, siblings, demo, trashed, audience,
    lat, lon"""


class Index:
    """The index of one directory folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: engine.Connection | None = None
        self._search: Search | None = None
        self._file: tuple[int, int] | None = None

    def close(self) -> None:
        """Let the file go."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._search = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_unused: object) -> None:
        self.close()

    # --- keeping it up to date ----------------------------------------------------------------

    def stamp(self) -> int | None:
        """Which state of the base the index mirrors; None when it has never been filled."""
        with self._reading() as (connection, _search):
            return index_schema.read_state(connection).stamp

    def rebuild(self, docs: Iterable[IndexDoc], stamp: int, progress: Progress = SILENT) -> None:
        """Fill the index with these documents and no other; readers see the old ones until the end."""
        with self._writing(progress) as (connection, watched):
            before = index_schema.read_state(connection)
            fill(connection, docs, watched)
            connection.execute(
                "UPDATE state SET stamp = ?, generation = ?, epoch = ?",
                (stamp, before.generation + 1, before.epoch + 1),
            )

    def update(
        self,
        docs: Iterable[IndexDoc],
        removed_ids: Iterable[RecordId],
        stamp: int,
        progress: Progress = SILENT,
    ) -> None:
        """Put these documents in, in the place of what was known of them, and forget others.

        What is forgotten leaves no byte behind, which costs a second for 100,000 documents.
        """
        with self._writing(progress) as (connection, watched):
            changes = Changes(connection)
            removed = sum(map(changes.remove, removed_ids))
            total = len(docs) if isinstance(docs, Sequence) else 0
            for done, doc in enumerate(docs, 1):
                changes.put(doc)
                if done % 100 == 0:
                    watched.step(done, max(done, total), _("Mise à jour de la recherche"))
            changes.finish(stamp, watched)
        if removed:
            self._forget()

    # --- lists --------------------------------------------------------------------------------

    def first_page(self, query: Query, limit: int = 50) -> list[Row]:
        """The first rows: titles first, then skills, places, bodies; stops at `limit`."""
        with self._reading() as (connection, search):
            hits = search.page(query, limit)
            rows = _rows(connection, "rank", [rank for rank, _score in hits], query.near)
        exact = fold(query.text)
        return [_scored(rows[rank], score, exact) for rank, score in hits]

    def ids(self, query: Query, cancelled: Cancel | None = None) -> list[RecordId]:
        """All ids found, in the order of the first page."""
        with self._reading(cancelled) as (_connection, search):
            return search.ids(query)

    def rows(self, ids: Sequence[RecordId], near: Near | None = None) -> list[Row]:
        """The rows of these ids, in their order; ids the index does not know are left out."""
        with self._reading() as (connection, _search):
            rows = _rows(connection, "id", ids, near)
        return [rows[record_id] for record_id in ids if record_id in rows]

    def without_position(self, query: Query, cancelled: Cancel | None = None) -> list[RecordId]:
        """The ids found that have no place on a map."""
        with self._reading(cancelled) as (_connection, search):
            return search.without_position(query)

    def doubtful(self, query: Query, cancelled: Cancel | None = None) -> list[RecordId]:
        """The ids found whose place nobody should believe without a look."""
        with self._reading(cancelled) as (_connection, search):
            return search.doubtful(query)

    def points(self, query: Query, cancelled: Cancel | None = None) -> list[Point]:
        """What a map draws of the result."""
        with self._reading(cancelled) as (_connection, search):
            return search.points(query)

    def drawn(self, query: Query, known: object = None, cancelled: Cancel | None = None) -> Drawn:
        """The same, for a map that keeps the points of a version and asks only which of them are found."""
        with self._reading(cancelled) as (_connection, search):
            return search.drawn(query, known)

    def find_code(self, prefix: str, limit: int = 20) -> list[Row]:
        """The records whose printed code begins so, with its letter or without; the trash included."""
        match = code_match(prefix, shortest=2)
        if match is None:
            return []
        with self._reading() as (connection, _search):
            sql = f"SELECT rowid AS n FROM found WHERE found MATCH ? LIMIT {limit:d}"
            ranks = numbers(connection, sql, match)
            rows = _rows(connection, "rank", ranks, None)
        return [rows[rank] for rank in ranks if begins_code(prefix, rows[rank].code)]

    def folded(self) -> dict[RecordId, str]:
        """The codes of the records another one stands for, by id."""
        with self._reading() as (connection, _search):
            return dict(connection.execute("SELECT id, code FROM docs WHERE trashed = ?", (IN_NO_LIST,)).fetchall())

    def bearing(self, codes: Iterable[str]) -> set[RecordId]:
        """The records whose document bears one of these codes, its own or one it stands for."""
        found: set[RecordId] = set()
        with self._reading() as (connection, _search):
            for code in codes:
                sql = "SELECT id FROM docs WHERE rank IN (SELECT rowid FROM found WHERE found MATCH ?)"
                found |= {i for (i,) in connection.execute(sql, (f'"{code_mark(code)}"',)).fetchall()}
        return found

    # --- figures ------------------------------------------------------------------------------

    def total(self, query: Query, cancelled: Cancel | None = None) -> int:
        """How many records are found."""
        with self._reading(cancelled) as (_connection, search):
            return search.total(query)

    def facets(self, query: Query, cancelled: Cancel | None = None) -> list[FacetGroup]:
        """What each value would leave, over the whole base and under the filters of the other groups."""

        def check() -> None:
            if cancelled is not None and cancelled():
                raise Cancelled

        with self._reading(cancelled) as (_connection, search):
            return search.facets(query, check)

    # --- when nothing is found ----------------------------------------------------------------

    def relaxations(self, query: Query, cancelled: Cancel | None = None) -> list[Relaxation]:
        """What would be found without one of the conditions."""
        with self._reading(cancelled) as (connection, search):
            tried = (
                Relaxation(removed, labels, search.total(wider)) for removed, labels, wider in _wider(connection, query)
            )
            return [relaxation for relaxation in tried if relaxation.total]

    def suggest(self, word: str) -> str | None:
        """A word of the index one typing error away."""
        with self._reading() as (connection, _search):
            return index_spelling.suggest(connection, word)

    def corrected(self, text: str) -> str | None:
        """A text whose words are all known, one typing error away per word."""
        with self._reading() as (connection, _search):
            return index_spelling.corrected(connection, text)

    # --- the file -----------------------------------------------------------------------------

    def _open(self) -> tuple[engine.Connection, Search]:
        """The file, opened again when it was deleted or replaced meanwhile."""
        if self._connection is not None and _file_of(self._path) != self._file:
            self.close()
        if self._connection is None or self._search is None:
            self._connection = index_schema.open_file(self._path)
            self._search = Search(self._connection)
            self._file = _file_of(self._path)
        return self._connection, self._search

    @contextmanager
    def _reading(self, cancelled: Cancel | None = None) -> Iterator[tuple[engine.Connection, Search]]:
        """One state of the index, whatever is written meanwhile; stops within 50 ms once cancelled."""
        connection, search = self._open()
        if cancelled is not None:
            if cancelled():
                raise Cancelled
            connection.set_progress_handler(lambda: int(cancelled()), _STEPS_BETWEEN_CHECKS)
        try:
            connection.execute("BEGIN")
            search.refresh(index_schema.read_state(connection))
            yield connection, search
        except engine.Error as problem:
            self._explain(problem)
        finally:
            self._end(connection)

    @contextmanager
    def _writing(self, progress: Progress) -> Iterator[tuple[engine.Connection, Watched]]:
        """One transaction; nothing has changed if it fails. What was erased leaves the WAL as well."""
        connection, _search = self._open()
        watched = Watched(progress)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.set_progress_handler(watched.stopped, _STEPS_BETWEEN_CHECKS)
            yield connection, watched
            connection.set_progress_handler(None, 0)
            connection.execute("COMMIT")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except engine.Error as problem:
            self._explain(problem)
        finally:
            self._end(connection)

    def _forget(self) -> None:
        """Write the whole file anew: `secure_delete` leaves copies of what SQLite had moved between pages."""
        connection, _search = self._open()
        try:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except engine.Error as problem:
            self._explain(problem)

    def _end(self, connection: engine.Connection) -> None:
        """Leave no transaction open and nobody asked; a file thrown away has neither."""
        if connection is self._connection:
            connection.set_progress_handler(None, 0)
            with suppress(engine.Error):
                connection.rollback()

    def _explain(self, problem: Exception) -> NoReturn:
        """Say it in words; a damaged file is thrown away, to be filled anew. What nobody expects stays a bug."""
        text = str(problem)
        if text == "interrupted":
            raise Cancelled from problem
        if any(word in text for word in ("malformed", "not a database", "corrupt")):
            self.close()
            with suppress(OSError):
                index_schema.remove(self._path)
            raise EnvironmentProblem(
                "index_damaged",
                _("L’index de recherche était abîmé et a été supprimé. Vos fiches sont intactes."),
                _("Recommencez : il est refait à la prochaine recherche."),
            ) from problem
        known = engine.storage_problem(problem)
        raise problem if known.code == "damaged" else known from problem


def _file_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _rows(connection: engine.Connection, key: str, wanted: Sequence[object], near: Near | None) -> dict[object, Row]:
    found: dict[object, Row] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(chunk))
        sql = f"SELECT {key}, {_ROW} FROM docs WHERE {key} IN ({marks})"
        for row in connection.execute(sql, chunk).fetchall():
            found[row[0]] = _row(row[1:], near)
    return found


def _row(values: Sequence[Any], near: Near | None) -> Row:
    *shown, lat, lon = values
    row = Row(*shown)
    far = None if near is None or lat is None else distance_km(near, lat, lon)
    return replace(row, demo=bool(row.demo), trashed=int(row.trashed) == 1, distance_km=far)


def _scored(row: Row, score: float, exact: str) -> Row:
    if score == FIRST_SCORE and fold(row.title) == exact:
        score = EXACT_SCORE
    return replace(row, score=score)


def _wider(connection: engine.Connection, query: Query) -> Iterator[tuple[str, tuple[str, ...], Query]]:
    """The query without each of its conditions in turn."""
    for group, values in query.filters:
        kept = tuple(choice for choice in query.filters if choice[0] != group)
        labels = connection.execute("SELECT value, label FROM facet_values WHERE grp = ?", (group,)).fetchall()
        named = {value: label for value, label in labels if value in values}
        shown = tuple(named.get(value, value) for value in sorted(values))
        yield group, shown, replace(query, filters=kept)
    if query.near is not None:
        yield "near", (), replace(query, near=None)
    if query.bounds is not None:
        yield "bounds", (), replace(query, bounds=None)
    if query.min_audience is not None:
        yield "audience", (), replace(query, min_audience=None)
    words = query.text.split()
    if len(terms(query.text)) > 1:
        for word in words:
            others = " ".join(other for other in words if other != word)
            yield "word", (word,), replace(query, text=others)
    elif words and (query.filters or query.near or query.bounds or query.min_audience is not None):
        yield "text", (query.text,), replace(query, text="")
