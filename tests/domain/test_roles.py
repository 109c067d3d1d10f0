"""Roles: only what somebody could sign counts, the latest stands, and the order of arrival decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain import roles
from appli.domain.roles import Grant, Role, Roles

ROOT, ANNE, BEN, EVE = b"root", b"anne", b"ben", b"eve"
DAY = 86_400_000
FIRST = Grant("0", ROOT, ROOT, ROOT, Role.REFERENT, 10, is_root=True, author=ROOT)


def named(uid: str, by: bytes, key: bytes, role: Role | None, at: int) -> Grant:
    return Grant(uid, by, key, key, role, at, author=by)


def test_a_referent_names_another_who_names_in_turn() -> None:
    held = Roles([FIRST, named("1", ROOT, ANNE, Role.REFERENT, 20), named("2", ANNE, BEN, Role.HOST, 30)])
    assert held.is_referent(ANNE, 20)
    assert not held.is_referent(ANNE, 19)
    assert [g.key for g in held.referents(40)] == [ANNE, ROOT]
    standing = held.standing(BEN, 31)
    assert standing is not None
    assert standing.role is Role.HOST


def test_what_a_stranger_or_a_former_referent_signs_counts_for_nothing() -> None:
    grants = [
        FIRST,
        named("1", EVE, EVE, Role.REFERENT, 15),
        named("2", ROOT, ANNE, Role.REFERENT, 20),
        named("3", ROOT, ANNE, None, 30),
        named("4", ANNE, BEN, Role.REFERENT, 40),
    ]
    held = Roles(grants)
    assert [g.uid for g in held.grants] == ["0", "2", "3"]
    assert not any(held.is_referent(key, 50) for key in (ANNE, BEN, EVE))
    assert held.is_referent(ANNE, 25)


def test_a_root_that_was_dismissed_does_not_name_itself_again() -> None:
    dismissed = named("2", ANNE, ROOT, None, 30)
    again = named("3", ROOT, ROOT, Role.REFERENT, 40)
    assert not Roles([FIRST, named("1", ROOT, ANNE, Role.REFERENT, 20), dismissed, again]).is_referent(ROOT, 50)


def test_a_role_holds_between_its_days() -> None:
    grant = replace(named("1", ROOT, ANNE, Role.REFERENT, 20), since=date(1970, 1, 3), until=date(1970, 1, 4))
    held = Roles([FIRST, grant])
    assert [held.is_referent(ANNE, day * DAY + 100) for day in range(5)] == [False, False, True, True, False]


def test_a_clock_that_is_behind_finds_its_own_role() -> None:
    held = Roles([FIRST, named("1", ROOT, ANNE, Role.REFERENT, 20)])
    assert held.is_referent(ANNE, held.moment(ANNE, 5))
    assert held.moment(ANNE, 99) == 99


KEYS = st.sampled_from([ROOT, ANNE, BEN, EVE])
GRANTS = st.lists(
    st.builds(
        lambda by, key, role, at: (by, key, role, at),
        KEYS,
        KEYS,
        st.sampled_from([None, Role.REFERENT, Role.READER]),
        st.integers(0, 60),
    ),
    max_size=5,
)


@given(GRANTS, st.integers(0, 70))
def test_the_order_of_arrival_decides_nothing(some: list[tuple[bytes, bytes, Role | None, int]], at: int) -> None:
    grants = [FIRST, *(named(str(n + 1), *one) for n, one in enumerate(some))]
    expected = [g.key for g in Roles(grants).referents(at)]
    for mixed in list(permutations(grants))[:24]:
        assert [g.key for g in Roles(mixed).referents(at)] == expected


@pytest.mark.parametrize("mistake", ["is_referent", "standing"])
def test_a_mistake_is_noticed(mistake: str) -> None:
    """Believing everybody, or forgetting that a role was taken away, breaks what stands above."""
    broken = {
        "is_referent": lambda *_: True,
        "standing": lambda self, key, at: next((g for g in self.grants if g.key == key and g.role), None),
    }
    with mock.patch.object(roles.Roles, mistake, broken[mistake]), pytest.raises(AssertionError):
        test_what_a_stranger_or_a_former_referent_signs_counts_for_nothing()
