"""Sets of ranks, and how many of a result each value of a facet would leave.

Counting 100,000 documents by every value in SQL takes half a second. Here each value keeps the set of its
ranks, as bits when it is frequent and as numbers when it is rare: counting is one AND for the first and
a few look-ups for the second, and does not depend on how much was found.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from appli.domain.text import sort_key
from appli.store import engine
from appli.store.index_model import Facet, FacetGroup

_FREQUENT = 64
"""One document in so many: the numbers would take half the room of the bits, and longer to count."""

_DIGITS = bytes.maketrans(b"\x00\x01", b"01")
_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


class Selection:
    """Ranks found, both as bits and as one byte per rank."""

    __slots__ = ("bits", "flags")

    def __init__(self, bits: int, length: int) -> None:
        self.bits = bits
        self.flags = f"{bits:b}".encode()[::-1].translate(_FLAGS).ljust(length, b"\0")

    def __and__(self, bits: int) -> Selection:
        return Selection(self.bits & bits, len(self.flags))


def flags_of(ranks: Iterable[int], length: int) -> bytearray:
    """A set of ranks as one byte per rank."""
    flags = bytearray(length)
    for rank in ranks:
        flags[rank] = 1
    return flags


def bits_of(ranks: Iterable[int], length: int) -> int:
    """A set of ranks as one number."""
    return int(flags_of(ranks, length).translate(_DIGITS)[::-1] or b"0", 2)


def ranks_of(bits: int) -> list[int]:
    """The ranks of a set, in order."""
    digits = f"{bits:b}"[::-1]
    ranks = []
    place = digits.find("1")
    while place >= 0:
        ranks.append(place)
        place = digits.find("1", place + 1)
    return ranks


class RankSet:
    """The ranks one value has."""

    __slots__ = ("bits", "rare")

    def __init__(self, ranks: Iterable[int] = (), length: int = 0) -> None:
        self.rare: array[int] | None = array("I", ranks)
        self.bits = 0
        if _FREQUENT * len(self.rare) > length > 0:
            self.bits, self.rare = bits_of(self.rare, length), None

    def add(self, rank: int) -> None:
        """Put a rank in; twice is once."""
        if self.rare is None:
            self.bits |= 1 << rank
        elif rank not in self.rare:
            self.rare.append(rank)

    def discard(self, rank: int) -> None:
        """Take a rank out."""
        if self.rare is None:
            self.bits &= ~(1 << rank)
        elif rank in self.rare:
            self.rare.remove(rank)

    def as_bits(self, length: int) -> int:
        """The set as one number."""
        return self.bits if self.rare is None else bits_of(self.rare, length)

    def ranks(self) -> Iterable[int]:
        """The ranks one by one."""
        return ranks_of(self.bits) if self.rare is None else self.rare

    def count(self, selection: Selection) -> int:
        """How many of the ranks are in the selection."""
        if self.rare is None:
            return (self.bits & selection.bits).bit_count()
        return sum(map(selection.flags.__getitem__, self.rare))

    def __bool__(self) -> bool:
        return bool(self.bits or self.rare)

    def packed(self, length: int) -> bytes:
        """The writing that suits how frequent the value is."""
        count = self.bits.bit_count() if self.rare is None else len(self.rare)
        if _FREQUENT * count > length:
            return b"b" + self.as_bits(length).to_bytes(length // 8 + 1, "little")
        rare = self.rare if self.rare is not None else array("I", ranks_of(self.bits))
        return b"r" + rare.tobytes()

    @classmethod
    def unpacked(cls, data: bytes) -> RankSet:
        """What `packed` wrote."""
        read = cls()
        if data[:1] == b"b":
            read.bits, read.rare = int.from_bytes(data[1:], "little"), None
        else:
            read.rare = array("I")
            read.rare.frombytes(data[1:])
        return read


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet."""

    group: str
    value: str
    label: str
    ranks: RankSet


class FacetCounts:
    """Every value with its ranks, as one state of the index has them."""

    def __init__(self, connection: engine.Connection, length: int) -> None:
        self.length = length
        self._values: dict[str, list[Value]] = {}
        rows = connection.execute("SELECT grp, value, label, ranks FROM facet_values ORDER BY sort_key, value")
        for group, value, label, ranks in rows.fetchall():
            known = self._values.setdefault(group, [])
            known.append(Value(group, value, label, RankSet.unpacked(ranks)))

    def chosen(self, group: str, values: frozenset[str]) -> int:
        """The documents that have one of the values."""
        bits = 0
        for value in self._values.get(group, ()):
            if value.value in values:
                bits |= value.ranks.as_bits(self.length)
        return bits

    def count(
        self,
        base: int,
        filters: Iterable[tuple[str, frozenset[str]]],
        check: Callable[[], None],
    ) -> list[FacetGroup]:
        """Each group's counts within `base`, under the filters of the other groups."""
        chosen = {group: self.chosen(group, values) for group, values in filters}
        within = base
        for bits in chosen.values():
            within &= bits
        common = Selection(within, self.length)
        groups = []
        for group, values in self._values.items():
            check()
            counted = Selection(_others(base, chosen, group), self.length) if group in chosen else common
            groups.append(_group(group, values, counted))
        return sorted((group for group in groups if group.values), key=lambda group: group.code)


def _others(base: int, chosen: dict[str, int], group: str) -> int:
    for other, bits in chosen.items():
        if other != group:
            base &= bits
    return base


def _group(code: str, values: list[Value], counted: Selection) -> FacetGroup:
    found = [(v.value, v.label, n) for v in values if (n := v.ranks.count(counted))]
    found.sort(key=lambda entry: -entry[2])  # the order of labels remains among equals
    return FacetGroup(code, tuple(found))


class _Numbers(dict[Facet, int]):
    """The number of each value met, looked up or given the first time; the last label met wins."""

    def __init__(self, connection: engine.Connection) -> None:
        self._connection = connection

    def __missing__(self, facet: Facet) -> int:
        group, value, label = facet
        known = self._connection.execute(
            "SELECT id, label FROM facet_values WHERE grp = ? AND value = ?", (group, value)
        ).fetchone()
        if known is None:
            sql = "INSERT INTO facet_values (grp, value, label, sort_key, ranks) VALUES (?, ?, ?, ?, x'')"
            number = int(self._connection.execute(sql, (*facet, sort_key(label))).lastrowid or 0)
        else:
            number = int(known[0])
            if known[1] != label:
                sql = "UPDATE facet_values SET label = ?, sort_key = ? WHERE id = ?"
                self._connection.execute(sql, (label, sort_key(label), number))
        self[facet] = number
        return number


class FacetWriter:
    """Changes the sets of a few values, or of all, and writes those that changed."""

    def __init__(self, connection: engine.Connection) -> None:
        self._connection = connection
        self._sets: dict[int, RankSet] = {}
        self._numbers = _Numbers(connection)

    def value_ids(self, facets: Iterable[Facet]) -> list[int]:
        """The numbers of some values, new or known."""
        return list(map(self._numbers.__getitem__, facets))

    def ranks(self, value_id: int) -> RankSet:
        """The set of a value, to be changed."""
        if value_id not in self._sets:
            data = engine.scalar(self._connection, "SELECT ranks FROM facet_values WHERE id = ?", value_id)
            self._sets[value_id] = RankSet.unpacked(data or b"")
        return self._sets[value_id]

    def replace(self, value_id: int, ranks: RankSet) -> None:
        """Give a value another set."""
        self._sets[value_id] = ranks

    def write(self, length: int) -> None:
        """Store what changed; a value nobody has any more goes with its label."""
        for value_id, ranks in self._sets.items():
            if ranks:
                self._connection.execute(
                    "UPDATE facet_values SET ranks = ? WHERE id = ?", (ranks.packed(length), value_id)
                )
            else:
                self._connection.execute("DELETE FROM facet_values WHERE id = ?", (value_id,))


def numbers(connection: engine.Connection, sql: str, *parameters: object) -> list[int]:
    """The first column of a query, through one JSON text: four times faster than row by row."""
    text = engine.scalar(connection, f"SELECT json_group_array(n) FROM ({sql})", *parameters)
    found: list[int] = json.loads(text)
    return found
