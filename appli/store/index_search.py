"""What a query finds, and in which order, within one state of the index."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from struct import iter_unpack

from appli.domain.ids import RecordId
from appli.domain.text import fold, sort_key
from appli.store import engine
from appli.store.index_area import DOUBTFUL, Drawn, Point, around, every_point, points, ranked_points, within
from appli.store.index_facets import FacetCounts, bits_of, flags_of, numbers
from appli.store.index_match import FIRST_SCORE, Plan, plan
from appli.store.index_model import FacetGroup, Query
from appli.store.index_schema import State

_ID = 16
_FOUND = "SELECT rowid AS n FROM found WHERE found MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
_ALL = "SELECT rank AS n FROM docs WHERE trashed = 0"


@dataclass(frozen=True, slots=True)
class _Step:
    """A part of a tier: the ranks of some spans, and those of the tail it takes."""

    match: str
    score: float
    spans: tuple[tuple[int, int], ...]
    takes: Collection[int] | None = None


class Search:
    """Answers queries; `refresh` says in which state of the index, before each."""

    def __init__(self, connection: engine.Connection) -> None:
        self._connection = connection
        self._state = State(None, -1, -1, 0, 1)
        self._tail: dict[int, tuple[int, str]] = {}
        self._ids = bytearray()
        self._ids_known = 0
        self._counts: FacetCounts | None = None
        self._version = object()

    def refresh(self, state: State) -> None:
        """Forget what another state of the index said."""
        if state.epoch != self._state.epoch:
            self._ids, self._ids_known = bytearray(), 0
        if state.generation != self._state.generation:
            self._counts = None
            self._version = object()
            rows = self._connection.execute(
                "SELECT rank, place, sort_key FROM docs WHERE rank > ? ORDER BY sort_key, id",
                (state.main,),
            )
            self._tail = {rank: (place, key) for rank, place, key in rows.fetchall()}
        self._state = state

    # --- in order -----------------------------------------------------------------------------

    def page(self, query: Query, limit: int) -> list[tuple[int, float]]:
        """The first ranks with their scores; stops looking once there are enough."""
        planned = self._plan(query)
        if _restricted(query) or query.order in {"distance", "updated"}:
            return [(rank, 0.0) for rank in self.ranks(query)[:limit]]
        if planned.whole is None:
            sql = f"SELECT rank AS n FROM docs WHERE trashed = 0 ORDER BY sort_key, id LIMIT {limit:d}"
            return [(rank, 0.0) for rank in numbers(self._connection, sql)]
        hits: dict[int, float] = {}
        for step in self._steps(planned, query):
            # what was found before may come again: `limit` ranks always hold enough new ones
            for rank in self._found(step, limit):
                hits.setdefault(rank, step.score)
            if len(hits) >= limit:
                break
        return list(hits.items())[:limit]

    def ranks(self, query: Query) -> list[int]:
        """All ranks found, in order."""
        planned, kept = self._plan(query), self._kept(query)
        if query.order == "updated":
            flags = flags_of(self._unordered(planned, kept), self._state.next)
            latest = numbers(self._connection, "SELECT rank AS n FROM docs ORDER BY updated DESC")
            return [rank for rank in latest if flags[rank]]
        if query.order == "distance" and isinstance(kept, Mapping):
            return sorted(self._unordered(planned, kept), key=kept.__getitem__)
        if planned.whole is None:
            return self._in_order(sorted(self._unordered(planned, kept)))
        steps = self._steps(planned, query, fresh=True)
        found = list(dict.fromkeys(rank for step in steps for rank in self._found(step, -1)))
        return found if kept is None else [rank for rank in found if rank in kept]

    def ids(self, query: Query) -> list[RecordId]:
        """All ids found, in order."""
        if self._plan(query).whole is None and not _restricted(query) and query.order in {"relevance", "title"}:
            return self._every_id()
        return self._ids_of(self.ranks(query))

    def without_position(self, query: Query) -> list[RecordId]:
        """Those of them that are nowhere on the map."""
        return self._those(query, "lat IS NULL")

    def doubtful(self, query: Query) -> list[RecordId]:
        """Those of them whose place nobody should believe without a look."""
        return self._those(query, f"vague = {DOUBTFUL}")

    # --- without order ------------------------------------------------------------------------

    def total(self, query: Query) -> int:
        """How many documents are found."""
        planned, kept = self._plan(query), self._kept(query)
        if kept is not None:
            return len(self._unordered(planned, kept))
        if planned.whole is None:
            return int(engine.scalar(self._connection, "SELECT count(*) FROM docs WHERE trashed = 0"))
        sql = "SELECT count(*) FROM found WHERE found MATCH ?"
        return int(engine.scalar(self._connection, sql, planned.whole))

    def facets(self, query: Query, check: Callable[[], None]) -> list[FacetGroup]:
        """The counts of each group, under the filters of the others."""
        if self._counts is None:
            self._counts = FacetCounts(self._connection, self._state.next)
        unfiltered = replace(query, filters=())
        check()
        base = bits_of(self._unordered(self._plan(unfiltered), self._kept(query)), self._state.next)
        return self._counts.count(base, query.filters, check)

    def points(self, query: Query) -> list[Point]:
        """Where the documents found are."""
        planned, kept = self._plan(query), self._kept(query)
        if planned.whole is None and kept is None:
            return every_point(self._connection)
        return points(self._connection, flags_of(self._unordered(planned, kept), self._state.next))

    def drawn(self, query: Query, known: object) -> Drawn:
        """Which documents are found; where all of them are, unless that is known already."""
        planned, kept = self._plan(query), self._kept(query)
        found = None
        if planned.whole is not None or kept is not None:
            found = flags_of(self._unordered(planned, kept), self._state.next)
        rows = None if known is self._version else ranked_points(self._connection)
        return Drawn(self._version, rows, found)

    # --- parts --------------------------------------------------------------------------------

    def _those(self, query: Query, condition: str) -> list[RecordId]:
        """The ids found that also meet a condition of ours, in order."""
        ranks = set(numbers(self._connection, f"SELECT rank AS n FROM docs WHERE {condition}"))
        return self._ids_of([rank for rank in self.ranks(query) if rank in ranks])

    def _plan(self, query: Query) -> Plan:
        """The query as FTS5 is asked; what is left to `_kept` is not in it."""
        chosen = [self._value_ids(group, values) for group, values in query.filters if values]
        return plan(query.text, chosen, trashed=query.trashed)

    def _value_ids(self, group: str, values: Collection[str]) -> list[int]:
        marks = ", ".join("?" * len(values))
        sql = f"SELECT id FROM facet_values WHERE grp = ? AND value IN ({marks})"
        return [row[0] for row in self._connection.execute(sql, (group, *values)).fetchall()]

    def _kept(self, query: Query) -> Collection[int] | None:
        """The ranks that meet the conditions FTS5 knows nothing of; with their distance if there is a centre."""
        kept: Collection[int] | None = None
        if query.near:
            kept = around(self._connection, query.near, trashed=query.trashed)
        for other in self._other_conditions(query):
            if isinstance(kept, dict):
                kept = {rank: km for rank, km in kept.items() if rank in other}
            else:
                kept = other if kept is None else other.intersection(kept)
        return kept

    def _other_conditions(self, query: Query) -> Iterator[set[int]]:
        if query.bounds:
            yield within(self._connection, query.bounds, trashed=query.trashed)
        if query.min_audience is not None:
            sql = "SELECT rank AS n FROM docs WHERE audience >= ? AND trashed = ?"
            yield set(numbers(self._connection, sql, query.min_audience, query.trashed))

    def _unordered(self, planned: Plan, kept: Collection[int] | None) -> Collection[int]:
        if planned.whole is None:
            return numbers(self._connection, _ALL) if kept is None else kept
        sql = "SELECT rowid AS n FROM found WHERE found MATCH ?"
        ranks = numbers(self._connection, sql, planned.whole)
        return ranks if kept is None else [rank for rank in ranks if rank in kept]

    def _steps(self, planned: Plan, query: Query, *, fresh: bool = False) -> Iterator[_Step]:
        """The tiers one after the other; `fresh` when none may find again what one before it found."""
        main = self._state.main
        if query.order == "title" and planned.whole is not None:
            yield _Step(planned.whole, 0.0, ((1, main),))
            return
        prefix = sort_key(fold(query.text))
        for tier in planned.tiers:
            match = tier.fresh if fresh else tier.match
            if not tier.titles:
                yield _Step(match, tier.score, ((1, main),))
                continue
            low, high = self._title_span(prefix)
            begins = {rank for rank, (_place, key) in self._tail.items() if key.startswith(prefix)}
            yield _Step(match, FIRST_SCORE, ((low, high),), begins)
            others = ((1, low - 1), (high + 1, main))
            yield _Step(match, tier.score, others, self._tail.keys() - begins)

    def _title_span(self, prefix: str) -> tuple[int, int]:
        """The ranks of the titles that begin so: neighbours, since ranks follow the titles."""
        low, high = self._connection.execute(
            "SELECT min(rank), max(rank) FROM docs WHERE sort_key >= ? AND sort_key < ? AND rank <= ?",
            (prefix, prefix + "\U0010ffff", self._state.main),
        ).fetchone()
        return (1, 0) if low is None else (low, high)

    def _found(self, step: _Step, limit: int) -> list[int]:
        found: list[int] = []
        for low, high in step.spans:
            if low <= high and not 0 <= limit <= len(found):
                found += numbers(self._connection, _FOUND, step.match, low, high, limit)
        if self._tail:
            last = self._state.next
            late = numbers(self._connection, _FOUND, step.match, self._state.main + 1, last, -1)
            found = self._merged(found, [r for r in late if step.takes is None or r in step.takes])
        return found

    def _in_order(self, ranks: list[int]) -> list[int]:
        cut = bisect_right(ranks, self._state.main)
        return self._merged(ranks[:cut], ranks[cut:])

    def _merged(self, ranks: list[int], late: list[int]) -> list[int]:
        """Ranks of the tail put where their titles belong."""
        if not late:
            return ranks
        wanted = set(late)
        merged: list[int] = []
        start = 0
        for rank, (place, _key) in self._tail.items():
            if rank in wanted:
                cut = bisect_right(ranks, place, lo=start)
                merged += ranks[start:cut]
                merged.append(rank)
                start = cut
        return merged + ranks[start:]

    def _every_id(self) -> list[RecordId]:
        text = engine.scalar(
            self._connection,
            "SELECT group_concat(hex(id), '') FROM (SELECT id FROM docs WHERE trashed = 0 ORDER BY sort_key, id)",
        )
        data = bytes.fromhex(text or "")
        return [data[start : start + _ID] for start in range(0, len(data), _ID)]

    def _ids_of(self, ranks: list[int]) -> list[RecordId]:
        """Ids by rank: 16 bytes each, read once; a rank never changes its document within an epoch."""
        if self._ids_known < self._state.next:
            text = engine.scalar(
                self._connection,
                "SELECT group_concat(printf('%08x', rank) || hex(id), '') FROM docs WHERE rank >= ?",
                self._ids_known,
            )
            self._ids.extend(bytes(_ID * self._state.next - len(self._ids)))
            for rank, record_id in iter_unpack(f">I{_ID}s", bytes.fromhex(text or "")):
                self._ids[_ID * rank : _ID * rank + _ID] = record_id
            self._ids_known = self._state.next
        ids = bytes(self._ids)
        return [ids[_ID * rank : _ID * rank + _ID] for rank in ranks]


def _restricted(query: Query) -> bool:
    """Whether `_kept` has something to say."""
    return bool(query.near or query.bounds or query.min_audience is not None)
