"""Who wrote, which commits were received completely, and the next one: replicas by small numbers, knowledge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from appli.domain.causality import Interval, Knowledge, Stamp, difference, union
from appli.store.engine import Connection
from appli.store.rows import SHARED

AUDIENCE_SHARED = 20
"""The coverage that knowledge speaks of; a public bundle claims nothing."""


class Commits:
    """Reads and writes them on one connection, inside the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._uid = dict(connection.execute(f"SELECT i, uid FROM {SHARED}.writer").fetchall())
        self._index = {uid: i for i, uid in self._uid.items()}

    def index(self, uid: bytes) -> int:
        """The small number of a replica in this file."""
        found = self._index.get(uid)
        if found is None:
            found = len(self._index) + 1
            self.connection.execute(f"INSERT INTO {SHARED}.writer(i, uid) VALUES(?, ?)", (found, uid))
            self._index[uid], self._uid[found] = found, uid
        return found

    def writers(self) -> Sequence[tuple[int, bytes]]:
        """The replicas this file speaks of, with their small numbers."""
        return list(self._uid.items())

    def stamp(self, r: int, c: int, h: int, op: str | None = None) -> Stamp:
        """A version's author from its columns."""
        return Stamp(self._uid[r], c, h, op)

    def knowledge(self) -> Knowledge:
        """Which commits have been received completely."""
        found: dict[bytes, list[Interval]] = {}
        for r, low, high in self.connection.execute(
            f"SELECT r, lo, hi FROM {SHARED}.know WHERE aud=?", (AUDIENCE_SHARED,)
        ):
            found.setdefault(self._uid[r], []).append((low, high))
        return Knowledge(found)

    def learn(self, uid: bytes, intervals: Iterable[Interval]) -> None:
        """Note commits as received."""
        self._know(uid, union(self.knowledge().as_dict().get(uid, ()), intervals))

    def unlearn(self, uid: bytes, intervals: Iterable[Interval]) -> None:
        """Note commits as not received: what came with them was taken back."""
        left = difference(self.knowledge().as_dict().get(uid, ()), intervals)
        self._know(uid, left)

    def _know(self, uid: bytes, intervals: Iterable[Interval]) -> None:
        r = self.index(uid)
        self.connection.execute(f"DELETE FROM {SHARED}.know WHERE r=? AND aud=?", (r, AUDIENCE_SHARED))
        self.connection.executemany(
            f"INSERT INTO {SHARED}.know(r, aud, lo, hi) VALUES(?,?,?,?)",
            [(r, AUDIENCE_SHARED, low, high) for low, high in intervals],
        )

    def new_commit(self, uid: bytes, at: int, operator: str | None = None) -> Stamp:
        """The next commit of this replica, which knows it from now on."""
        counter = self.next_counter(uid)
        self.learn(uid, [(counter, counter)])
        return Stamp(uid, counter, at, operator)

    def next_counter(self, uid: bytes) -> int:
        """The number of the next commit of this replica."""
        intervals = self.knowledge().as_dict().get(uid, ())
        return intervals[-1][1] + 1 if intervals else 1
