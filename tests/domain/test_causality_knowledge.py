"""Interval sets against plain sets of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from appli.domain.causality import Interval, Knowledge, difference, union

intervals = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 6)).map(lambda p: (p[0], p[0] + p[1])), max_size=6)
knowledges = st.dictionaries(st.sampled_from((b"a", b"b", b"c")), intervals, max_size=3)


def numbers(some: Iterable[Interval]) -> set[int]:
    return {n for low, high in some for n in range(low, high + 1)}


def assert_canonical(some: tuple[Interval, ...]) -> None:
    """Sorted, apart from each other, none empty: equal sets are equal tuples."""
    assert all(low <= high for low, high in some)
    assert all(one[1] + 1 < other[0] for one, other in pairwise(some))


@given(st.lists(intervals, max_size=4))
def test_union_is_the_union_of_the_numbers(many: list[list[Interval]]) -> None:
    found = union(*many)
    assert_canonical(found)
    assert numbers(found) == set().union(*(numbers(one) for one in many))


@given(intervals, intervals)
def test_difference_is_the_difference_of_the_numbers(some: list[Interval], known: list[Interval]) -> None:
    found = difference(some, known)
    assert_canonical(found)
    assert numbers(found) == numbers(some) - numbers(known)


@given(knowledges, knowledges)
def test_what_one_lacks_of_the_other(one: dict[bytes, list[Interval]], other: dict[bytes, list[Interval]]) -> None:
    missing = Knowledge(one).missing_from(Knowledge(other))
    for replica in (b"a", b"b", b"c"):
        expected = numbers(one.get(replica, ())) - numbers(other.get(replica, ()))
        assert numbers(missing.get(replica, ())) == expected
        assert (replica in missing) is bool(expected)


@given(knowledges, knowledges)
def test_learning_what_is_missing_makes_it_known(
    one: dict[bytes, list[Interval]], other: dict[bytes, list[Interval]]
) -> None:
    mine = Knowledge(one)
    for replica, found in Knowledge(other).missing_from(mine).items():
        mine.add(replica, found)
    assert not Knowledge(other).missing_from(mine)
    for replica in (b"a", b"b", b"c"):
        known = numbers(one.get(replica, ())) | numbers(other.get(replica, ()))
        assert all(mine.knows((replica, n)) is (n in known) for n in range(40))


@given(knowledges)
def test_gaps_are_the_holes_below_what_is_known(one: dict[bytes, list[Interval]]) -> None:
    gaps = Knowledge(one).gaps()
    for replica, some in one.items():
        known = numbers(some)
        expected = set(range(1, max(known))) - known if known else set()
        assert numbers(gaps.get(replica, ())) == expected


@given(knowledges)
def test_equal_knowledge_is_equal_whatever_the_way_it_came(one: dict[bytes, list[Interval]]) -> None:
    step_by_step = Knowledge()
    for replica, some in one.items():
        for interval in reversed(some):
            step_by_step.add(replica, [interval])
    assert step_by_step == Knowledge({r: i for r, i in one.items() if i})
