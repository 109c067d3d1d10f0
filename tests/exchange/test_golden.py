"""Bundles of every released format are read for ever; the latest is written again byte for byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import zstandard

from appli.exchange.reading import open_bundle
from appli.exchange.statements import opened
from tests.exchange import golden
from tests.exchange.bundles import ALICE, BOB, KEYS, members_of, written

FOLDER = Path(__file__).resolve().parent.parent / "data" / "paquets"


@pytest.mark.parametrize("name", sorted(p.name for p in FOLDER.glob("*.maille")))
def test_a_released_bundle_is_read_for_ever(name: str) -> None:
    with open_bundle(FOLDER / name) as bundle:
        chunks = list(bundle.chunks())
        assert bundle.complete
        assert not bundle.damaged
        assert bundle.manifest.heading == golden.GOLDEN
        assert bundle.manifest.key == KEYS.public
        assert bundle.manifest.bounds == {ALICE: 5, BOB: 4, golden.CAROLE: 2}
        assert [r for c in chunks for r in c.records] == golden.STATES
        erasures, orders = golden.EARLIER.get(name, (golden.ERASURES, golden.ORDERS))
        assert [e for c in chunks for e in c.erasures] == erasures
        assert [opened(s) for c in chunks for s in c.statements] == orders
        assert [u for c in chunks for u in c.unknown] == golden.UNKNOWN
        assert bundle.photo(hashlib.sha256(golden.PICTURE).hexdigest()) == golden.PICTURE


def test_the_latest_is_written_again_byte_for_byte(tmp_path: Path) -> None:
    written(tmp_path / "again.maille", golden.contents(), golden.GOLDEN)
    kept, again = FOLDER / golden.LATEST, tmp_path / "again.maille"
    assert [*members_of(again)] == [*members_of(kept)]
    assert members_of(again)["LISEZMOI.txt"] == members_of(kept)["LISEZMOI.txt"]
    for name, content in members_of(kept).items():
        if name.startswith("data/"):
            assert zstandard.decompress(members_of(again)[name]) == zstandard.decompress(content)
    if zstandard.ZSTD_VERSION == golden.ZSTD:
        assert again.read_bytes() == kept.read_bytes()
