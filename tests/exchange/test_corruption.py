"""Random damage: refused, or intact chunks only; never a crash, never a word that was not sent."""

from __future__ import annotations

from pathlib import Path

from tests.exchange.corruption import tried


def test_damage_never_brings_a_crash_nor_wrong_data(tmp_path: Path) -> None:
    found = tried(tmp_path, 400, seed=7)
    assert found.keys() == {"refused", "intact chunks only", "harmless"}
    assert found["intact chunks only"] > 50
