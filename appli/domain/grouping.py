"""Which sheets are one: the connected components of what people judged the same. Pure: edges in, groups out.

A component is one only when nobody contradicts it: if two of its members were judged different, or if somebody
elsewhere said the contrary at the same time, its sheets stay apart and wait for a person. Whatever the order in which
judgements arrive or leave, the same edges give the same groups, so PCs that hold the same judgements show the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from appli.domain.ids import RecordId

Pair = tuple[RecordId, RecordId]


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups of at least two, each sorted, none sharing a member with another."""

    groups: tuple[tuple[RecordId, ...], ...]
    contradicted: tuple[tuple[RecordId, ...], ...]
    """Components that somebody says are not one."""


def group(same: Iterable[Pair], apart: Iterable[Pair] = ()) -> Grouping:
    """The groups that these judgements make."""
    components = _components(same)
    place = {member: n for n, members in enumerate(components) for member in members}
    torn = {place[one] for one, other in apart if one in place and place[one] == place.get(other)}
    whole = tuple(c for n, c in enumerate(components) if n not in torn)
    return Grouping(whole, tuple(c for n, c in enumerate(components) if n in torn))


def _components(edges: Iterable[Pair]) -> list[tuple[RecordId, ...]]:
    parent: dict[RecordId, RecordId] = {}

    def root(one: RecordId) -> RecordId:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in edges:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    members: dict[RecordId, list[RecordId]] = {}
    for one in parent:
        members.setdefault(root(one), []).append(one)
    return sorted(tuple(sorted(some)) for some in members.values() if len(some) > 1)
