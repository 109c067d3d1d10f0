"""Searching by the index alone: nothing here may load the records' declarations, so that a search starts at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

from appli.store.index import Index, Query, Relaxation, Row

FIRST_PAGE = 50


def never() -> bool:
    """Nobody cancels."""
    return False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of results."""

    total: int
    rows: tuple[Row, ...]


def search(index: Index, query: Query, limit: int = FIRST_PAGE) -> Found:
    """The best matches and how many there are in all."""
    total = index.total(query, never)
    first = index.first_page(query, min(limit, FIRST_PAGE))
    if limit <= FIRST_PAGE or total <= len(first):
        return Found(total, tuple(first))
    scores = {row.id: row.score for row in first}
    rest = index.rows(index.ids(query, never)[:limit])
    return Found(total, tuple(replace(r, score=scores.get(r.id, r.score)) for r in rest))


def ways_out(index: Index, query: Query) -> list[Relaxation]:
    """For an empty result: which condition to drop, and how many sheets that gives."""
    return [r for r in index.relaxations(query) if r.total]
