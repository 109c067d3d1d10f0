"""Groups of what was judged the same: whatever the edges, nobody is in two groups, and order means nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from appli.domain.grouping import Pair, group

A, B, C, D, E, F, G = (bytes([n]) * 16 for n in range(1, 8))
IDS = st.sampled_from([A, B, C, D, E, F, G])
PAIRS = st.lists(st.tuples(IDS, IDS).filter(lambda p: p[0] != p[1]), max_size=12)


def reachable(one: bytes, edges: list[Pair]) -> set[bytes]:
    """Everything one comes to by walking the edges."""
    seen, todo = {one}, [one]
    while todo:
        here = todo.pop()
        for left, right in edges:
            for end, far in ((left, right), (right, left)):
                if end == here and far not in seen:
                    seen.add(far)
                    todo.append(far)
    return seen


def test_a_chain_is_one_group_and_the_smallest_comes_first() -> None:
    assert group([(C, B), (B, A)]).groups == ((A, B, C),)
    assert group([(A, B), (C, D)]).groups == ((A, B), (C, D))
    assert group([]).groups == ()


def test_a_contradiction_inside_leaves_all_apart() -> None:
    found = group([(A, B), (B, C), (D, E)], [(A, C)])
    assert found.groups == ((D, E),)
    assert found.contradicted == ((A, B, C),)


def test_a_difference_with_somebody_outside_changes_nothing() -> None:
    assert group([(A, B)], [(A, C), (D, E)]).groups == ((A, B),)


@given(PAIRS, PAIRS, st.randoms())
def test_the_same_words_make_the_same_groups_in_any_order(same: list[Pair], apart: list[Pair], rng) -> None:  # type: ignore[no-untyped-def]
    shuffled = [(b, a) if rng.random() < 0.5 else (a, b) for a, b in [*same, *same]]
    rng.shuffle(shuffled)
    assert group(shuffled, apart[::-1]) == group(same, apart)


@given(PAIRS, PAIRS)
def test_nobody_is_in_two_groups_and_all_are_with_whom_they_reach(same: list[Pair], apart: list[Pair]) -> None:
    found = group(same, apart)
    members = [m for some in (*found.groups, *found.contradicted) for m in some]
    assert len(members) == len(set(members))
    assert set(members) == {end for pair in same for end in pair}
    for some in (*found.groups, *found.contradicted):
        assert set(some) == reachable(some[0], same)
        assert list(some) == sorted(some)
        torn = any(a in some and b in some for a, b in apart)
        assert (some in found.contradicted) == torn
