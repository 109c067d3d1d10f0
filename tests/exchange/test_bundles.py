"""Whole bundles: made, put in place, read back; in volumes, encrypted, with photos; damaged here and there."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appli.domain.audience import Audience
from appli.domain.causality import Erasure, RecordState
from appli.domain.ids import new_id
from appli.domain.unknown import Unknown
from appli.errors import AppError, Cancelled, EnvironmentProblem, UserError
from appli.exchange import limits
from appli.exchange.gathering import Contents, Photo
from appli.exchange.keys import KeyPair
from appli.exchange.manifest import Heading
from appli.exchange.reading import open_bundle
from appli.exchange.statements import ErasureOrder, opened, signed
from tests.exchange.bundles import (
    ALICE,
    BOB,
    ERASURES,
    FIRST,
    HEADING,
    KEYS,
    NOW,
    SPACE,
    STATES,
    TEXTS,
    edited,
    members_of,
    put,
    received,
    some_states,
    written,
)

EVERYTHING = dict.fromkeys((ALICE, BOB, bytes(16), bytes([255] * 16)), ((1, limits.INTEGER),))


def photo(content: bytes) -> Photo:
    return Photo(hashlib.sha256(content).hexdigest(), len(content), lambda: content)


@settings(max_examples=40)
@given(
    st.lists(STATES, max_size=4),
    st.lists(ERASURES, max_size=3),
    st.lists(st.binary(max_size=50), max_size=2, unique=True),
    TEXTS,
)
def test_all_that_goes_in_comes_out(
    tmp_path: Path, states: list[RecordState], erasures: list[Erasure], photos: list[bytes], name: str
) -> None:
    target = tmp_path / "a.maille"
    heading = replace(HEADING, label=name, know=EVERYTHING)
    contents = Contents(states, erasures, photos=[photo(p) for p in photos])
    made = written(target, contents, heading)
    with open_bundle(target) as bundle:
        chunks = list(bundle.chunks())
        assert [e for c in chunks for e in c.erasures] == erasures
        assert len([r for c in chunks for r in c.records]) == len(states)
        assert {bundle.photo(sha256) for sha256 in bundle.photos} == set(photos)
        assert bundle.manifest.heading == heading
        assert bundle.manifest.uid == made.uids[0]
        assert bundle.complete


def test_the_manifest_says_who_when_what_and_for_whom(tmp_path: Path) -> None:
    target = tmp_path / "a.maille"
    heading = replace(HEADING, sort="incremental", since={BOB: ((1, 2),)}, claim={BOB: ((3, 4),)}, schema=7)
    order = signed(ErasureOrder(space=SPACE.hex(), author=ALICE.hex(), at=NOW, ids=("ab" * 16,), reason="asked"), KEYS)
    unknown = Unknown(b'{"line":"vote"}')
    written(target, Contents(some_states(4), [Erasure(new_id(), FIRST)], [order], [unknown], [photo(b"jpeg")]), heading)
    with open_bundle(target) as bundle:
        assert bundle.manifest.heading == heading
        assert bundle.manifest.key == KEYS.public
        counts = bundle.manifest.counts
        assert (counts.records, counts.erasures, counts.statements, counts.unknown, counts.photos) == (4, 1, 1, 1, 1)
        chunks = list(bundle.chunks())
        assert [opened(s) for c in chunks for s in c.statements] == [opened(order)]
        assert [u.raw for c in chunks for u in c.unknown] == [unknown.raw]
        assert not chunks[0].records  # what is to be forgotten comes before what is to be received
        assert bundle.manifest.volume is None


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.maille", "b.maille"):
        written(tmp_path / name, Contents(some_states(50), photos=[photo(b"x")]))
    assert (tmp_path / "a.maille").read_bytes() == (tmp_path / "b.maille").read_bytes()


def test_anybody_opens_it_without_maillage(tmp_path: Path) -> None:
    if not (shutil.which("unzip") and shutil.which("zstd")):
        pytest.skip("unzip or zstd is not on this machine")
    target = tmp_path / "a.maille"
    written(target, Contents(some_states(3)))
    subprocess.run(["unzip", "-q", target.rename(tmp_path / "a.zip")], cwd=tmp_path, check=True)
    shown = subprocess.run(["zstd", "-dc", tmp_path / "data/0000.jsonl.zst"], capture_output=True, check=True).stdout
    assert len(shown.splitlines()) == 3
    readme = (tmp_path / "LISEZMOI.txt").read_text("utf-8-sig")
    assert "Réseau d’essai" in readme
    assert "20 novembre 2026" in readme


def test_the_reader_s_memo_has_no_trap_for_the_eye(tmp_path: Path) -> None:
    heading = replace(HEADING, label="Poste\r\nContenu\u202e: rien\x1b[2J", space_name="a" * 200)
    written(tmp_path / "a.maille", Contents(), heading)
    text = members_of(tmp_path / "a.maille")["LISEZMOI.txt"].decode("utf-8-sig")
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "De\u00a0: Poste Contenu : rien [2J\r\n" in text
    assert "aucune nouveauté" in text


def test_what_is_private_is_refused(tmp_path: Path) -> None:
    for audience in (Audience.PRIVATE, Audience.HOSTS):
        with pytest.raises(UserError) as problem:
            written(tmp_path / "a.maille", Contents(), replace(HEADING, audience=audience))
        assert problem.value.code == "private_bundle"
    assert not list(tmp_path.iterdir())


def test_commits_the_sender_knows_in_part_only_may_be_spoken_of(tmp_path: Path) -> None:
    states = [replace(edited(s), base=FIRST) for s in some_states(10)]
    heading = replace(HEADING, claim={ALICE: ((1, 1),)}, know={ALICE: ((1, 1),)})
    written(tmp_path / "a.maille", Contents(states), heading)
    assert received(tmp_path / "a.maille")[0] == states
    with open_bundle(tmp_path / "a.maille") as bundle:
        assert bundle.manifest.bounds == {ALICE: 2, BOB: 2}


# --- volumes ----------------------------------------------------------------------------------------------------------


def test_volumes_are_whole_bundles_of_their_own(tmp_path: Path) -> None:
    states = some_states(9_000)
    pictures = [Random(n).randbytes(60_000) for n in range(4)]
    made = written(
        tmp_path / "réseau.maille", Contents(states, photos=map(photo, pictures)), volume_size=200_000
    )  # fmt: skip
    assert [p.name for p in made.paths] == [
        f"réseau-{n}-sur-{len(made.paths)}.maille" for n in range(1, len(made.paths) + 1)
    ]
    assert len(made.paths) >= 3
    assert made.bytes == sum(p.stat().st_size for p in made.paths)
    records: list[RecordState] = []
    photos: set[bytes | None] = set()
    order = list(enumerate(made.paths, 1))
    Random(1).shuffle(order)
    for number, path in order:
        with open_bundle(path) as bundle:
            volume = bundle.manifest.volume
            assert volume is not None
            assert (volume.set, volume.number, volume.of) == (made.volumes, number, len(made.paths))
            assert bundle.manifest.heading.claim == HEADING.claim
            records += [r for c in bundle.chunks() for r in c.records]
            photos |= {bundle.photo(sha256) for sha256 in bundle.photos}
    assert sorted(records, key=lambda r: r.id) == sorted(states, key=lambda r: r.id)
    assert photos == set(pictures)


def test_volumes_stay_below_their_size(tmp_path: Path) -> None:
    pictures = [Random(n).randbytes(90_000) for n in range(30)]
    made = written(tmp_path / "a.maille", Contents(photos=map(photo, pictures)), volume_size=600_000)
    assert len(made.paths) == 6
    assert all(p.stat().st_size <= 600_000 for p in made.paths)


def test_a_small_bundle_is_not_cut(tmp_path: Path) -> None:
    made = written(tmp_path / "a.maille", Contents(some_states(10)), volume_size=limits.VOLUME)
    assert made.paths == (tmp_path / "a.maille",)
    assert made.volumes is None


def test_a_bundle_above_the_cap_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    big = Photo("0" * 64, limits.FILE, lambda: b"")
    with pytest.raises(UserError) as problem:
        written(tmp_path / "a.maille", Contents(some_states(3), photos=[big]))
    assert problem.value.code == "bundle_too_large"
    assert not list(tmp_path.iterdir())


# --- photos -----------------------------------------------------------------------------------------------------------


def test_a_photo_that_is_no_longer_itself_stops_the_bundle(tmp_path: Path) -> None:
    def gone() -> bytes:
        raise FileNotFoundError

    for bad in (Photo("0" * 64, 4, lambda: b"jpeg"), Photo("0" * 64, 4, gone), replace(photo(b"jpeg"), size=3)):
        with pytest.raises(EnvironmentProblem) as problem:
            written(tmp_path / "a.maille", Contents(photos=[bad]))
        assert problem.value.code == "photo_unreadable"
    assert not list(tmp_path.iterdir())


# --- a passphrase -----------------------------------------------------------------------------------------------------


@pytest.mark.slow  # age makes each guess cost a second, on purpose
def test_a_passphrase_closes_and_opens(tmp_path: Path) -> None:
    target = tmp_path / "a.maille"
    states = some_states(3)
    made = written(target, Contents(states), phrase="lampe tulipe navire")
    assert b"LISEZMOI" not in target.read_bytes()
    for phrase, code in ((None, "passphrase_needed"), ("lampe tulipe", "passphrase_wrong")):
        with pytest.raises(UserError) as problem:
            open_bundle(target, phrase)
        assert problem.value.code == code
    with open_bundle(target, "Lampe-tulipe  navire") as bundle:
        assert bundle.encrypted
        assert bundle.manifest.uid == made.uids[0]
        assert [r for c in bundle.chunks() for r in c.records] == states
    target.write_bytes(target.read_bytes()[:-5])
    with pytest.raises(EnvironmentProblem) as damage:
        open_bundle(target, "lampe tulipe navire")
    assert damage.value.code == "bundle_damaged"


# --- damage -----------------------------------------------------------------------------------------------------------


def _with_damage(tmp_path: Path, name: str) -> Path:
    made = written(
        tmp_path / "a.maille",
        Contents(some_states(9_000), [Erasure(new_id(), FIRST)], photos=[photo(b"one"), photo(b"two")]),
    )
    members = members_of(made.paths[0])
    content = bytearray(members[name])
    content[len(content) // 2] ^= 1
    return put(tmp_path / "b.maille", {**members, name: bytes(content)})


def test_intact_chunks_of_a_damaged_bundle_can_be_received(tmp_path: Path) -> None:
    path = _with_damage(tmp_path, "data/0001.jsonl.zst")
    whole = received(tmp_path / "a.maille")
    with open_bundle(path) as bundle:
        assert not bundle.complete
        chunks = list(bundle.chunks())
        assert bundle.damaged == {"data/0001.jsonl.zst": "bytes"}
        assert not bundle.complete
        assert [e for c in chunks for e in c.erasures] == whole[1]
        assert 0 < len([r for c in chunks for r in c.records]) < len(whole[0])
        assert all(bundle.photo(sha256) for sha256 in bundle.photos)


def test_a_damaged_photo_or_memo_is_named_and_the_rest_counts(tmp_path: Path) -> None:
    sha256 = hashlib.sha256(b"one").hexdigest()
    for name in (f"photos/{sha256}", "LISEZMOI.txt"):
        with open_bundle(_with_damage(tmp_path, name)) as bundle:
            assert bundle.check()
            assert bundle.damaged == {name: "bytes"}
            assert bundle.complete
            if name.startswith("photos"):
                assert bundle.photo(sha256) is None


def test_reading_half_is_not_complete(tmp_path: Path) -> None:
    written(tmp_path / "a.maille", Contents(some_states(9_000)))
    with open_bundle(tmp_path / "a.maille") as bundle:
        next(iter(bundle.chunks()))
        assert not bundle.complete


def test_one_may_stop_while_it_is_written_or_read(tmp_path: Path) -> None:
    class Stopped:
        def step(self, done: int, total: int, label: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        written(tmp_path / "a.maille", Contents(some_states(5)), progress=Stopped())
    assert not list(tmp_path.iterdir())
    written(tmp_path / "a.maille", Contents(some_states(5)))
    with open_bundle(tmp_path / "a.maille") as bundle, pytest.raises(Cancelled):
        list(bundle.chunks(Stopped()))


# --- writing to a disk that fails -------------------------------------------------------------------------------------


def test_a_stick_pulled_out_leaves_nothing_half_written(tmp_path: Path) -> None:
    stick = tmp_path / "clé"
    stick.mkdir()

    def pull() -> bytes:
        shutil.rmtree(stick)
        return b"one"

    with pytest.raises(EnvironmentProblem) as problem:
        written(stick / "a.maille", Contents(some_states(3), photos=[replace(photo(b"one"), read=pull)]))
    assert problem.value.code == "disk_gone"
    assert not stick.exists()


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    target = tmp_path / "a.maille"
    written(target, Contents(some_states(3)))
    before = target.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(EnvironmentProblem) as problem:
            written(target, Contents(photos=[photo(bytes(50_000))]))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert problem.value.code == "disk_full"
    assert target.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.maille"]


def test_a_folder_one_may_not_write_in(tmp_path: Path) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("an administrator may write anywhere")
    closed = tmp_path / "fermé"
    closed.mkdir(mode=0o500)
    with pytest.raises(EnvironmentProblem) as problem:
        written(closed / "a.maille", Contents())
    assert problem.value.code == "not_writable"


def test_a_bundle_that_disappears_is_said(tmp_path: Path) -> None:
    with pytest.raises(AppError) as problem:
        open_bundle(tmp_path / "absent.maille")
    assert problem.value.code == "bundle_unreachable"


def test_another_key_gives_another_signature_and_is_seen(tmp_path: Path) -> None:
    from appli.exchange.writing import write_bundle

    other = KeyPair.from_seed(bytes(32))
    heading: Heading = HEADING
    write_bundle(tmp_path / "a.maille", heading, Contents(), other)
    with open_bundle(tmp_path / "a.maille") as bundle:
        assert bundle.manifest.key == other.public
