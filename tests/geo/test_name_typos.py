"""Names with a mistake: found when nearly right, and only then."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.geo.name_typos import Typos

NAMES = ("mende", "mane", "langogne", "langon", "saintchelydapcher", "ur", "y")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("mnede", [("mende", 1)]),
        ("langonge", [("langogne", 1), ("langon", 2)]),
        ("saintchellydapchre", [("saintchelydapcher", 2)]),
        ("mende", []),  # no mistake: the other searches find it
        ("mnde", [("mende", 1)]),
        ("mnd", []),
        ("u", []),
        ("xxxxxxxx", []),
        ("", []),
    ],
)
def test_a_few_letters(written: str, found: list[tuple[str, int]]) -> None:
    assert Typos(NAMES).like(written) == found


@given(st.text("aeilmnst", min_size=8, max_size=13), st.data())
def test_one_letter_more_or_less_is_always_found(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 1))
    for written in (name[:at] + "z" + name[at:], name[:at] + name[at + 1 :]):
        if len(written) >= 8:
            assert (name, 1) in Typos([name, "autre"]).like(written)
