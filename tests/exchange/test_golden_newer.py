"""Bundles of a later version, kept for ever: what is known of them comes in, the rest passes through untouched."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import zstandard

from appli.app import open_directory
from appli.errors import EnvironmentProblem
from appli.exchange import canonical
from appli.exchange.archive import MANIFEST
from appli.exchange.reading import open_bundle
from appli.services.directory import Directory
from appli.services.exchanging import giving, receiving
from tests.exchange import golden_newer as newer
from tests.exchange.bundles import ALICE, BOB, KEYS, members_of

FOLDER = Path(__file__).resolve().parent.parent / "data" / "paquets" / "plus-recents"


@pytest.fixture
def old(tmp_path: Path) -> Directory:
    return open_directory(tmp_path / "ancien")


def lines_of(file: Path) -> list[str]:
    """The lines of a bundle, in their order."""
    chunks = [content for name, content in members_of(file).items() if name.startswith("data/")]
    return [line for chunk in chunks for line in zstandard.decompress(chunk).decode().splitlines()]


def test_they_are_written_again_as_they_were(tmp_path: Path) -> None:
    newer.write(tmp_path)
    for name in (newer.READABLE, newer.REFUSED):
        kept, again = members_of(FOLDER / name), members_of(tmp_path / name)
        assert [*kept] == [*again]
        assert lines_of(FOLDER / name) == lines_of(tmp_path / name) == [*newer.FIRST, *newer.RECORDS]


def test_what_is_known_is_read_and_no_part_counts_as_damaged() -> None:
    with open_bundle(FOLDER / newer.READABLE) as bundle:
        lines = bundle.lines()
        records = {state.id.hex(): state for state in lines.records}
        assert bundle.complete
        assert bundle.manifest.key == KEYS.public
        assert [order.id.hex() for order in lines.erasures] == [newer.GONE]
        assert lines.statements == [newer.STATEMENT]
        assert [line.raw.decode() for line in lines.unknown] == newer.UNREAD
    assert records.keys() == {newer.PERSON, newer.MEETING, newer.TOWN, newer.PART}
    assert records[newer.PERSON].values[9900] == {"shoe": 39}
    assert records[newer.TOWN].values == {1: "Le Fournil"}
    (version,) = records[newer.PART].registers[40].versions.values()
    assert (version.value, version.stamp.dot) == ("Tourneuse", (BOB, 4))


def test_an_old_pc_takes_it_whole_and_hands_it_on_byte_for_byte(old: Directory, tmp_path: Path) -> None:
    done = receiving.receive(old, FOLDER / newer.READABLE, confirmed=True)
    assert done.gaps == []
    assert "version plus récente" in " ".join(done.remarks)
    known = old.store.knowledge().as_dict()
    assert (known[ALICE], known[BOB]) == (((1, 5),), ((1, 4),))
    giving.give(old, tmp_path / "relayed.maille")
    relayed = lines_of(tmp_path / "relayed.maille")
    assert [line for line in relayed if line in newer.UNREAD or line == newer.FIRST[0]]
    assert {*newer.UNREAD, newer.FIRST[0]} <= {*relayed}
    told = {msgspec.json.decode(line).get("id"): msgspec.json.decode(line) for line in relayed if '"record"' in line}
    assert told[newer.MEETING]["values"] == {"1": "Assemblée", "2": [1.5]}
    first = [rank for rank, line in enumerate(relayed) if '"erasure"' in line or '"statement"' in line]
    assert max(first) < min(rank for rank, line in enumerate(relayed) if '"line":"record"' in line)
    register = told[newer.PERSON]["fields"]["9900"]
    assert register["versions"][0][5] == {"shoe": 39}
    bounds = canonical.decode(members_of(tmp_path / "relayed.maille")[MANIFEST])["know"]
    assert bounds[ALICE.hex()] == [[1, 5]]
    old.close()


def test_what_needs_a_newer_reader_is_refused_in_words_and_kept(old: Directory, tmp_path: Path) -> None:
    file = tmp_path / newer.REFUSED
    content = (FOLDER / newer.REFUSED).read_bytes()
    file.write_bytes(content)
    before = old.store.digest()
    with pytest.raises(EnvironmentProblem) as refused:
        receiving.receive(old, file, confirmed=True)
    assert refused.value.code == "bundle_newer"
    assert "9.9.0, plus récent" in refused.value.message
    assert "Gardez le paquet" in refused.value.hint
    assert (file.read_bytes(), old.store.digest()) == (content, before)
    old.close()
