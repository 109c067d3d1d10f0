"""The join as algebra: whatever the order, the repetition or the grouping of what arrives, the same state comes out."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from appli.domain.causality import (
    Erasure,
    RecordState,
    Register,
    Stamp,
    Version,
    covers,
    display_order,
    earlier,
    join,
    join_records,
    merged,
)

REPLICAS = (b"a", b"b", b"c")
FIELDS = (1, 2, 3)

counters = st.integers(0, 5)
contexts = st.dictionaries(st.sampled_from(REPLICAS), st.integers(1, 5))


def version(replica: bytes, counter: int) -> Version:
    """The one version that a dot names; clocks say nothing about its place in history."""
    at = {b"a": 0, b"b": 1_790_000_000_000, b"c": 3_790_000_000_000}[replica] + (7 * counter) % 5
    return Version(Stamp(replica, counter, at), f"{replica.decode()}{counter}", 20 if counter == 3 else None)


BASE = version(b"a", 1).stamp


@st.composite
def registers(draw: st.DrawFn, seen: dict[bytes, int] | None = None) -> Register:
    """Any register a PC may hold: some of the versions its context covers."""
    context = merged(draw(contexts), seen or {})
    possible = [(r, c) for r, high in context.items() for c in range(1, high + 1)]
    dots = draw(st.lists(st.sampled_from(possible), unique=True, max_size=4)) if possible else []
    return Register({d: version(*d) for d in dots}, context)


@st.composite
def records(draw: st.DrawFn) -> RecordState:
    """Any state of one record: its creation known or not yet, some fields rewritten by those who had seen it."""
    rewritten = draw(st.lists(st.sampled_from(FIELDS), unique=True))
    explicit = {number: draw(registers({BASE.replica: BASE.counter})) for number in rewritten}
    if draw(st.booleans()):
        return RecordState(b"i", 1, None, {}, explicit)
    values = {number: version(*BASE.dot).value for number in FIELDS if number not in explicit}
    return RecordState(b"i", 1, BASE, values, explicit)


@given(registers(), registers())
@example(Register(), Register({(b"a", 1): version(b"a", 1)}, {b"a": 1}))
def test_join_commutes(one: Register, other: Register) -> None:
    assert join(one, other) == join(other, one)


@given(registers(), registers(), registers())
def test_join_associates(one: Register, other: Register, third: Register) -> None:
    assert join(join(one, other), third) == join(one, join(other, third))


@given(registers(), registers())
def test_join_again_changes_nothing(one: Register, other: Register) -> None:
    assert join(one, one) == one
    both = join(one, other)
    assert join(both, other) == both
    assert join(one, both) == both


@given(registers(), registers())
def test_contexts_only_grow(one: Register, other: Register) -> None:
    both = join(one, other)
    for side in (one, other):
        assert all(both.context[replica] >= counter for replica, counter in side.context.items())
    assert set(both.context) == set(one.context) | set(other.context)


@given(registers(), registers())
def test_join_keeps_what_nobody_replaced_and_nothing_else(one: Register, other: Register) -> None:
    kept = join(one, other).versions
    for mine, theirs in ((one, other), (other, one)):
        for dot in mine.versions:
            replaced = dot not in theirs.versions and covers(theirs.context, dot)
            assert (dot in kept) is not replaced
    assert set(kept) <= set(one.versions) | set(other.versions)


@given(registers(), registers(), counters)
def test_a_write_replaces_what_its_author_saw(seen: Register, unseen: Register, step: int) -> None:
    mine = Version(Stamp(b"d", 1, step), "d1")
    written = seen.write(mine)
    assert dict(written.versions) == {(b"d", 1): mine}
    assert join(written, seen) == written
    kept = join(written, unseen).versions
    assert (b"d", 1) in kept
    assert {d for d in kept if d[0] != b"d"} == {d for d in unseen.versions if not covers(seen.context, d)}


@given(registers(), registers())
def test_an_added_version_replaces_nothing(seen: Register, other: Register) -> None:
    mine = Version(Stamp(b"d", 1, 5), "d1")
    added = seen.add(mine)
    assert added.versions == {**seen.versions, (b"d", 1): mine}
    assert join(added, other).versions == {**join(seen, other).versions, (b"d", 1): mine}


@given(registers())
def test_the_clock_chooses_only_what_is_shown_first(register: Register) -> None:
    if register.versions:
        assert register.siblings[0] == register.shown
        assert register.siblings == sorted(register.versions.values(), key=display_order, reverse=True)
        assert register.shown.stamp.at == max(v.stamp.at for v in register.versions.values())


@given(records(), records())
def test_join_of_records_commutes(one: RecordState, other: RecordState) -> None:
    assert join_records(one, other) == join_records(other, one)


@given(records(), records(), records())
def test_join_of_records_associates(one: RecordState, other: RecordState, third: RecordState) -> None:
    states = (one, other, third)
    results = [reduce(join_records, order) for order in permutations(states)]
    results.append(join_records(one, join_records(other, third)))
    assert all(r == results[0] for r in results)


@given(records(), records())
def test_join_of_records_again_changes_nothing(one: RecordState, other: RecordState) -> None:
    assert join_records(one, one) == one
    both = join_records(one, other)
    assert join_records(both, other) == both == join_records(one, both)


@given(records(), records())
def test_join_of_records_joins_each_field(one: RecordState, other: RecordState) -> None:
    both = join_records(one, other)
    for number in FIELDS:
        known = [s for s in (one, other) if s.base is not None or number in s.registers]
        expected = reduce(join, (s.register(number) for s in known), Register())
        assert both.register(number) == expected


erasures = st.builds(
    lambda r, c, at: Erasure(b"i", Stamp(r, c, at)), st.sampled_from(REPLICAS), counters, st.integers(0, 3)
)


@given(erasures, erasures, erasures)
def test_all_keep_the_same_of_several_orders_to_erase(one: Erasure, other: Erasure, third: Erasure) -> None:
    assert earlier(one, other) == earlier(other, one)
    assert earlier(earlier(one, other), third) == earlier(one, earlier(other, third))
    assert earlier(one, one) == one
