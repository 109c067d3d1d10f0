"""The index filled from nothing, and its documents ranked anew.

Everything happens in the caller's transaction.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from time import monotonic

from appli.errors import Cancelled
from appli.i18n import _
from appli.ports import Progress
from appli.store import engine, index_schema
from appli.store.index_entry import INSERT_DOC, doc_row, forget_words, words_of
from appli.store.index_facets import FacetWriter, RankSet, numbers
from appli.store.index_model import IndexDoc

_BATCH = 1_000
_ASK_EVERY = 0.1  # seconds
_HASH, _USUAL_HASH = 16 << 20, 1 << 20
"""Bytes of postings FTS5 gathers before it writes: the more, the fewer segments to merge."""

_FILL_FOUND = """
INSERT INTO found (rowid, title, skills, place, body, marks)
SELECT d.rank, t.title, t.skills, t.place, t.body, t.marks FROM docs d JOIN texts t USING (seq)
WHERE d.rank BETWEEN ? AND ? ORDER BY d.rank"""


def fill(connection: engine.Connection, docs: Iterable[IndexDoc], progress: Progress) -> None:
    """Put these documents in the place of all others."""
    total = len(docs) if isinstance(docs, Sequence) else 0
    index_schema.create(connection)
    facets = FacetWriter(connection)
    holders: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
    seq = 0
    for batch in _batches(docs):
        rows, texts = [], []
        for doc in batch:
            seq += 1
            value_ids = facets.value_ids(doc.facets)
            for value_id in value_ids:
                holders[value_id].append(seq)
            rows.append(doc_row(doc, seq))
            texts.append((seq, *words_of(doc, value_ids)))
        connection.executemany(INSERT_DOC, rows)
        connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", texts)
        progress.step(seq, 2 * max(seq, total), _("Préparation de la recherche"))
    forget_words()
    ranks = _rank_all(connection)
    for value_id, seqs in holders.items():
        facets.replace(value_id, RankSet((ranks[s] for s in seqs), seq + 1))
    facets.write(seq + 1)
    index_schema.add_orders(connection)
    _fill_found(connection, seq, progress)


def rank_anew(connection: engine.Connection, progress: Progress) -> None:
    """Give every document its rank in the order of titles again."""
    index_schema.drop_orders(connection)
    connection.execute("INSERT INTO found (found) VALUES ('delete-all')")
    before = connection.execute("SELECT seq, rank FROM docs").fetchall()
    ranks = _rank_all(connection)
    moved = {rank: ranks[seq] for seq, rank in before}
    facets = FacetWriter(connection)
    for value_id in numbers(connection, "SELECT id AS n FROM facet_values"):
        held = facets.ranks(value_id).ranks()
        facets.replace(value_id, RankSet((moved[rank] for rank in held), len(before) + 1))
    facets.write(len(before) + 1)
    index_schema.add_orders(connection)
    _fill_found(connection, len(before), progress)


def _rank_all(connection: engine.Connection) -> array[int]:
    """Ranks 1, 2, 3 … in the order of titles; the answer gives the rank of each `seq`."""
    ordered = numbers(connection, "SELECT seq AS n FROM docs ORDER BY sort_key, id")
    ranks = array("I", bytes(4 * (max(ordered, default=0) + 1)))
    for rank, seq in enumerate(ordered, 1):
        ranks[seq] = rank
    connection.executemany(
        "UPDATE docs SET rank = ?, place = NULL WHERE seq = ?",
        ((rank, seq) for seq, rank in enumerate(ranks) if rank),
    )
    connection.execute("UPDATE state SET epoch = epoch + 1, main = ?1, next = ?1 + 1", (len(ordered),))
    return ranks


def _fill_found(connection: engine.Connection, count: int, progress: Progress) -> None:
    connection.execute("INSERT INTO found (found, rank) VALUES ('hashsize', ?)", (_HASH,))
    for first in range(1, count + 1, _BATCH):
        last = min(first + _BATCH - 1, count)
        connection.execute(_FILL_FOUND, (first, last))
        progress.step(count + last, 2 * count, _("Préparation de la recherche"))
    connection.execute("INSERT INTO found (found, rank) VALUES ('hashsize', ?)", (_USUAL_HASH,))


class Watched:
    """A progress that is also asked while one statement runs, so that « Arrêter » stops at once."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._last = (0, 0, "")
        self._asked = monotonic()

    def step(self, done: int, total: int, label: str = "") -> None:
        """Tell how far the task is."""
        self._last = (done, total, label)
        self._asked = monotonic()
        self._progress.step(done, total, label)

    def stopped(self) -> int:
        """What SQLite asks now and then: 1 interrupts the statement."""
        if monotonic() - self._asked < _ASK_EVERY:
            return 0
        try:
            self.step(*self._last)
        except Cancelled:
            return 1
        return 0


def _batches(docs: Iterable[IndexDoc]) -> Iterator[list[IndexDoc]]:
    rest = iter(docs)
    while batch := list(islice(rest, _BATCH)):
        yield batch
