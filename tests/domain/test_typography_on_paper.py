"""French spaces and apostrophes on paper: nothing else of what somebody wrote changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appli.domain.typography import french, telephone

_ADDRESSES = (
    "https://halle.example.org/a?b=1;c",
    "odette@example.org",
    "www.example.org/x!",
    "mastodon.example/@odette",
)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Oui! Non; ou", "Oui\u202f! Non\u202f; ou"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("Horaires: 10:30", "Horaires\u00a0: 10:30"),
        ("« Fil » et «fil»", "«\u00a0Fil\u00a0» et «\u00a0fil\u00a0»"),
        ("l'Épicerie d'Élise, c'hoari", "l’Épicerie d’Élise, c’hoari"),
        ("12 km, 5 %, 3 h 30", "12\u00a0km, 5\u00a0%, 3\u00a0h\u00a030"),
        ("n° 5, M. Astruc", "n°\u00a05, M.\u00a0Astruc"),
        ("le 1er décembre, le 12 août 2026, 3 marsouins", "le 1er\u00a0décembre, le 12\u00a0août 2026, 3 marsouins"),
        ("voir https://x.example/a?b=1 ; a :) b", "voir https://x.example/a?b=1\u202f; a :) b"),
        ("index.php?a!b", "index.php?a!b"),
    ],
)
def test_as_french_prints_it(typed: str, printed: str) -> None:
    assert french(typed) == printed


_SIGNS = st.text(alphabet="aé'’«»;:!?%€° \u00a0\u202f0123hkm.(),\nM", max_size=60)


@given(st.lists(_SIGNS | st.text(max_size=20) | st.sampled_from(_ADDRESSES), max_size=8).map(" ".join))
def test_only_spaces_and_apostrophes_change(text: str) -> None:
    made = french(text)
    assert "".join(made.split()).replace("’", "'") == "".join(text.split()).replace("’", "'")
    assert [m.count("\n") for m in (made, text)] == [text.count("\n")] * 2
    assert french(made) == made, "said twice, it is the same"


@given(st.sampled_from(_ADDRESSES), _SIGNS)
def test_an_address_is_left_alone(address: str, around: str) -> None:
    made = french(f"{around} {address} {around}")
    assert address in re.split(r"\s+", made)


def test_a_number_is_read_in_pairs() -> None:
    assert telephone("0639984107") == "06 39 98 41 07"
    assert telephone("06 39 98 41 07") == "06 39 98 41 07"
    assert telephone("SIRET 83475920600017") == "SIRET 83475920600017"
