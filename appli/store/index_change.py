"""The few documents that changed, put in their place in the index.

Everything happens in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appli.domain.ids import RecordId
from appli.domain.text import sort_key
from appli.ports import Progress
from appli.store import engine, index_schema
from appli.store.index_entry import (
    INSERT_DOC,
    UPDATE_DOC,
    Words,
    doc_row,
    words_of,
)
from appli.store.index_facets import FacetWriter
from appli.store.index_match import facet_ids
from appli.store.index_model import IndexDoc
from appli.store.index_write import rank_anew

TAIL = 4_096
"""So many documents out of order slow a first page little; more, and all are ranked anew."""

FEW, ONE_IN = 1_000, 4
"""Taking one word out of `found` costs as much as putting four documents in."""

_KNOWN = """
SELECT d.seq, d.rank, d.place, d.sort_key, t.title, t.skills, t.place, t.body, t.marks
FROM docs d JOIN texts t USING (seq) WHERE d.id = ?"""
_ENTER = "INSERT INTO found (rowid, title, skills, place, body, marks) VALUES (?, ?, ?, ?, ?, ?)"
_UPDATE_TEXTS = """
UPDATE texts SET title = ?2, skills = ?3, place = ?4, body = ?5, marks = ?6 WHERE seq = ?1"""
_LEAVE = """
INSERT INTO found (found, rowid, title, skills, place, body, marks)
VALUES ('delete', ?, ?, ?, ?, ?, ?)"""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the index holds of a document."""

    seq: int
    rank: int
    place: int | None
    sort_key: str
    words: Words


class Changes:
    """Documents put in, replaced or taken out; `finish` leaves the index whole again."""

    def __init__(self, connection: engine.Connection) -> None:
        self._connection = connection
        self._facets = FacetWriter(connection)
        state = index_schema.read_state(connection)
        self._main = state.main
        self._next = state.next
        self._words_left = 0
        self._most = FEW + state.main // ONE_IN

    @property
    def _by_hand(self) -> bool:
        """Whether `found` is still mended word by word, or will be filled anew."""
        return self._words_left <= self._most

    def put(self, doc: IndexDoc) -> None:
        """Index a document, in the place of what the index knew of it."""
        value_ids = self._facets.value_ids(doc.facets)
        words, key = words_of(doc, value_ids), sort_key(doc.title)
        known = self._known(doc.id)
        if known is None:
            rank, place = self._last_place(key, doc.id)
            row = self._connection.execute(INSERT_DOC, doc_row(doc, None, rank, place))
            self._connection.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", (row.lastrowid, *words))
            self._enter(rank, words, value_ids)
            return
        stays = known.sort_key == key
        rank, place = (known.rank, known.place) if stays else self._last_place(key, doc.id)
        self._connection.execute(UPDATE_DOC, doc_row(doc, known.seq, rank, place))
        if stays and known.words == words:
            return
        self._connection.execute(_UPDATE_TEXTS, (known.seq, *words))
        before = set(facet_ids(known.words[-1]))
        after = set(value_ids)
        if stays:
            letters = _first_letters_that_differ(known.words, words)
            self._leave(rank, _beginning_with(letters, known.words), before - after)
            self._enter(rank, _beginning_with(letters, words), after - before)
        else:
            self._leave(known.rank, known.words, before)
            self._enter(rank, words, after)

    def remove(self, record_id: RecordId) -> bool:
        """Forget a document; False when there was nothing to forget."""
        known = self._known(record_id)
        if known is None:
            return False
        self._leave(known.rank, known.words, facet_ids(known.words[-1]))
        self._connection.execute("DELETE FROM docs WHERE seq = ?", (known.seq,))
        self._connection.execute("DELETE FROM texts WHERE seq = ?", (known.seq,))
        return True

    def finish(self, stamp: int, progress: Progress) -> None:
        """Write what was gathered; rank anew when too much stands out of order."""
        self._facets.write(self._next)
        self._connection.execute(
            "UPDATE state SET stamp = ?, generation = generation + 1, next = ?", (stamp, self._next)
        )
        if not self._by_hand or self._next - self._main > TAIL:
            rank_anew(self._connection, progress)

    def _known(self, record_id: RecordId) -> _Known | None:
        row = self._connection.execute(_KNOWN, (record_id,)).fetchone()
        return _Known(row[0], row[1], row[2], row[3], row[4:]) if row else None

    def _last_place(self, key: str, record_id: RecordId) -> tuple[int, int | None]:
        """A rank of the tail, and the rank after which it would stand if all were in order."""
        rank = self._next
        self._next += 1
        before = engine.scalar(
            self._connection,
            "SELECT rank FROM docs WHERE (sort_key, id) < (?, ?) AND rank <= ? ORDER BY sort_key DESC, id DESC LIMIT 1",
            key,
            record_id,
            self._main,
        )
        return rank, before or 0

    def _enter(self, rank: int, words: Words, value_ids: Iterable[int]) -> None:
        for value_id in value_ids:
            self._facets.ranks(value_id).add(rank)
        if self._by_hand:
            self._connection.execute(_ENTER, (rank, *words))

    def _leave(self, rank: int, words: Words, value_ids: Iterable[int]) -> None:
        for value_id in value_ids:
            self._facets.ranks(value_id).discard(rank)
        self._words_left += sum(column.count(" ") + 1 for column in words if column)
        if self._by_hand:
            self._connection.execute(_LEAVE, (rank, *words))


def _first_letters_that_differ(before: Words, after: Words) -> set[str]:
    """`found` also keeps the beginnings of words, once per document: words that share one go together."""
    return {
        word[0]
        for old, new in zip(before, after, strict=True)
        for word in set(old.split()).symmetric_difference(new.split())
    }


def _beginning_with(letters: set[str], words: Words) -> Words:
    title, skills, place, body, marks = (
        " ".join(word for word in column.split() if word[0] in letters) for column in words
    )
    return title, skills, place, body, marks
