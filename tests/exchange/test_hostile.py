"""Files made to harm: each is refused with its own code before anything of it is believed, and fast."""

from __future__ import annotations

import io
import resource
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from appli.domain.causality import Erasure
from appli.errors import AppError
from appli.exchange import canonical, limits, manifest
from appli.exchange.archive import MANIFEST, README, SIGNATURE, build
from appli.exchange.encoding import LineWriter
from appli.exchange.gathering import Contents, Photo
from appli.exchange.keys import KeyPair
from appli.exchange.reading import open_bundle
from tests.exchange.bundles import (
    ALICE,
    BOB,
    FIRST,
    KEYS,
    lines_of,
    members_of,
    put,
    signed_again,
    some_states,
    written,
)

DATA = "data/0000.jsonl.zst"
Members = dict[str, bytes]


@pytest.fixture
def members(tmp_path: Path) -> Members:
    """The files of an honest bundle."""
    picture = Photo("4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce", 1, lambda: b"3")
    written(tmp_path / "honest.maille", Contents(some_states(30), photos=[picture]))
    return members_of(tmp_path / "honest.maille")


def code_of(path: Path) -> str:
    """How a file is refused."""
    with pytest.raises(AppError) as problem:
        open_bundle(path)
    assert problem.value.hint
    return problem.value.code


def archive(path: Path, entries: list[tuple[Any, bytes]], compression: int = zipfile.ZIP_STORED) -> Path:
    """An archive as others make them."""
    with zipfile.ZipFile(path, "w", compression) as made:
        for name, content in entries:
            made.writestr(name, content)
    return path


# --- not a bundle -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bundle_empty"),
        (b"P", "not_a_bundle"),
        (b"\x89PNG\r\n\x1a\n" + bytes(5_000), "not_a_bundle"),
        (b"nom;ville\nA;Mende\n" * 100, "not_a_bundle"),
        (b"PK\x03\x04" + bytes(2_000), "not_a_bundle"),
        (b"age-encryption.org/v1\n", "passphrase_needed"),
    ],
)
def test_other_files(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.maille"
    path.write_bytes(content)
    assert code_of(path) == code


@pytest.mark.parametrize(
    "header",
    [
        b"-> X25519 abc\nxyz\n--- mac\n",
        b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 25\nxyz\n--- mac\n",
        b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 999\n",
        b"",
    ],
)
def test_encrypted_otherwise_or_at_a_price_nobody_pays(tmp_path: Path, header: bytes) -> None:
    path = tmp_path / "a.maille"
    path.write_bytes(b"age-encryption.org/v1\n" + header + bytes(100))
    begun = time.perf_counter()
    with pytest.raises(AppError) as problem:
        open_bundle(path, "lampe tulipe")
    assert problem.value.code == "passphrase_unusable"
    assert time.perf_counter() - begun < 1


def test_archives_of_something_else(tmp_path: Path, members: Members) -> None:
    assert code_of(archive(tmp_path / "a.zip", [("lettre.txt", b"x")])) == "not_a_bundle"
    inner = (tmp_path / "honest.maille").read_bytes()
    assert code_of(archive(tmp_path / "b.zip", [("envoi/a.maille", inner)])) == "nested_archive"
    assert code_of(archive(tmp_path / "c.zip", [("a.zip", inner)], zipfile.ZIP_DEFLATED)) == "nested_archive"


def test_larger_than_any_bundle(tmp_path: Path) -> None:
    path = tmp_path / "a.maille"
    with path.open("wb") as file:
        file.truncate(limits.FILE + 1)
    assert code_of(path) == "bundle_too_large"


# --- damaged ----------------------------------------------------------------------------------------------------------


def test_cut_short_or_longer_than_it_was(tmp_path: Path, members: Members) -> None:
    whole = (tmp_path / "honest.maille").read_bytes()
    path = tmp_path / "a.maille"
    for kept in (50, 1_000, len(whole) - 400, len(whole) - 1):
        path.write_bytes(whole[:kept])
        assert code_of(path) in {"bundle_truncated", "bundle_damaged"}
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path) == "bundle_truncated"
    path.write_bytes(whole + b"more")
    assert code_of(path) == "bundle_damaged"


def test_a_bit_of_the_manifest_is_damage_not_forgery(tmp_path: Path, members: Members) -> None:
    whole = bytearray((tmp_path / "honest.maille").read_bytes())
    whole[whole.index(b"made_at") + 12] ^= 1
    path = tmp_path / "a.maille"
    path.write_bytes(whole)
    assert code_of(path) == "bundle_damaged"


# --- forged -----------------------------------------------------------------------------------------------------------


def test_a_manifest_changed_after_its_signature(tmp_path: Path, members: Members) -> None:
    changed = members[MANIFEST].replace(b'"audience":20', b'"audience":30')
    assert changed != members[MANIFEST]
    assert code_of(put(tmp_path / "a.maille", {**members, MANIFEST: changed})) == "bundle_forged"


def test_a_signature_by_somebody_else_or_for_something_else(tmp_path: Path, members: Members) -> None:
    other = KeyPair.from_seed(bytes(32))
    for signature in (
        bytes(64),
        other.sign(manifest.PURPOSE, members[MANIFEST]),
        KEYS.sign("statement", members[MANIFEST]),
    ):
        assert code_of(put(tmp_path / "a.maille", {**members, SIGNATURE: signature})) == "bundle_forged"


@pytest.mark.parametrize(
    "change",
    [
        {"format": "maille/2"},
        {"format": "maille/2.1"},
        {"needs": ["votes"]},
        {"audience": 17},
    ],
)
def test_formats_of_tomorrow(tmp_path: Path, members: Members, change: dict[str, Any]) -> None:
    assert code_of(put(tmp_path / "a.maille", signed_again(members, **change))) == "bundle_newer"


def test_a_minor_version_adds_keys_and_is_read(tmp_path: Path, members: Members) -> None:
    newer = signed_again(members, format="maille/1.4", mood="gai")
    with open_bundle(put(tmp_path / "a.maille", newer)) as bundle:
        assert bundle.check()


@pytest.mark.parametrize(
    "change",
    [
        {"format": "autre/1"},
        {"format": 1},
        {"format": "maille/1 "},
        {"needs": [[1]]},
        {"needs": 3},
        {"sender": None},
        {"sender": {"key": "zz"}},
        {"space": {"uid": "ab", "name": "x"}},
        {"space": {"uid": "zz" * 16, "name": "x"}},
        {"space": {"uid": "ab" * 16, "name": "x" * 1_000}},
        {"audience": "20"},
        {"audience": 200},
        {"kind": "autre"},
        {"claim": {"ab": [[1, 2]]}},
        {"claim": {"ab" * 16: [[9, 2]]}},
        {"claim": {"ab" * 16: [[1]]}},
        {"claim": {"ab" * 16: [[-1, 2]]}},
        {"claim": {"ab" * 16: [[1, 2**60]]}},
        {"beyond": {"zz" * 16: 3}},
        {"made_at": -1},
        {"made_at": 10**18},
        {"made_at": 1.5},
        {"counts": {"records": -1}},
        {"volume": {"set": "ab" * 16, "number": 0, "of": 2}},
    ],
)
def test_manifests_that_no_maillage_writes(tmp_path: Path, members: Members, change: dict[str, Any]) -> None:
    path = put(tmp_path / "a.maille", signed_again(members, **change))
    assert code_of(path) == "bundle_suspect"


def test_an_empty_claim_claims_nothing(tmp_path: Path, members: Members) -> None:
    path = put(tmp_path / "a.maille", signed_again(members, claim={"ab" * 16: []}))
    with open_bundle(path) as bundle:
        assert bundle.check()
        assert bundle.manifest.bounds == {ALICE: 9, BOB: 4, b"\xab" * 16: -1}


@pytest.mark.parametrize(
    "raw",
    [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"a":1,"a":2}', b'{ "format": "maille/1" }', b"1e999"],
)
def test_manifests_that_are_not_canonical_json(tmp_path: Path, members: Members, raw: bytes) -> None:
    signed = {**members, MANIFEST: raw, SIGNATURE: KEYS.sign(manifest.PURPOSE, raw)}
    assert code_of(put(tmp_path / "a.maille", signed)) == "bundle_suspect"


def test_a_manifest_larger_than_any(tmp_path: Path, members: Members) -> None:
    raw = canonical.encode({"a": "x" * limits.MANIFEST})
    assert code_of(put(tmp_path / "a.maille", {**members, MANIFEST: raw})) == "bundle_bomb"


# --- archives with two meanings ---------------------------------------------------------------------------------------


def _renamed(members: Members, old: str, new: str) -> list[tuple[str, bytes]]:
    return [(new if name == old else name, content) for name, content in members.items()]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "data/../../x", "data/", "data/0001.jsonl.zst", "x.exe"],
)
def test_names_that_are_not_announced(tmp_path: Path, members: Members, name: str) -> None:
    path = tmp_path / "a.maille"
    path.write_bytes(build(_renamed(members, DATA, name)))
    assert code_of(path) == "bundle_suspect"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.maille", "honest.maille"]


def test_names_that_even_the_manifest_announces(tmp_path: Path, members: Members) -> None:
    for name in ("../../etc/passwd", "data/../x", "autre/0000.jsonl.zst", "photos/" + "g" * 64):
        hostile = signed_again(dict(_renamed(members, DATA, name)))
        assert code_of(put(tmp_path / "a.maille", hostile)) == "bundle_suspect"


def test_a_photo_under_the_name_of_another(tmp_path: Path, members: Members) -> None:
    photo = next(name for name in members if name.startswith("photos/"))
    hostile = signed_again(dict(_renamed(members, photo, "photos/" + "0" * 64)))
    assert code_of(put(tmp_path / "a.maille", hostile)) == "bundle_suspect"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_twice_the_same_name(tmp_path: Path, members: Members) -> None:
    path = tmp_path / "a.maille"
    path.write_bytes(build([*members.items(), (DATA, members[DATA])]))
    assert code_of(path) == "bundle_suspect"


def test_members_missing_or_in_another_order(tmp_path: Path, members: Members) -> None:
    for names in ([README, MANIFEST, SIGNATURE], [README, MANIFEST, SIGNATURE, *reversed(list(members)[3:])]):
        assert code_of(put(tmp_path / "a.maille", {n: members[n] for n in names})) == "bundle_suspect"
    assert code_of(put(tmp_path / "a.maille", {n: members[n] for n in reversed(members)})) == "not_a_bundle"


def test_members_that_are_compressed_or_commented(tmp_path: Path, members: Members) -> None:
    deflated = archive(tmp_path / "a.maille", list(members.items()), zipfile.ZIP_DEFLATED)
    assert code_of(deflated) == "bundle_suspect"
    for attribute, value in (("comment", b"x"), ("extra", b"\x01\x02\x00\x00")):
        info = zipfile.ZipInfo(DATA)
        setattr(info, attribute, value)
        entries = [(info if name == DATA else name, content) for name, content in members.items()]
        assert code_of(archive(tmp_path / "a.maille", entries)) == "bundle_suspect"


def test_an_archive_with_a_comment(tmp_path: Path, members: Members) -> None:
    path = tmp_path / "a.maille"
    archive(path, list(members.items()))
    with zipfile.ZipFile(path, "a") as made:
        made.comment = b"bonjour"
    assert code_of(path) == "bundle_damaged"


@pytest.mark.parametrize(
    ("field", "value"),
    [(8, 1), (10, 8), (20, 7), (24, 7), (24, 2**32 - 1), (42, 0), (42, 2**31), (30, 9), (32, 5)],
    ids=["encrypted", "method", "stored size", "size", "huge size", "overlap", "offset", "extra", "comment"],
)
def test_directories_that_lie(tmp_path: Path, members: Members, field: int, value: int) -> None:
    whole = bytearray((tmp_path / "honest.maille").read_bytes())
    entry = whole.rindex(b"PK\x01\x02")
    width = "<L" if field in {20, 24, 42} else "<H"
    struct.pack_into(width, whole, entry + field, value)
    path = tmp_path / "a.maille"
    path.write_bytes(whole)
    assert code_of(path) in {"bundle_suspect", "bundle_damaged"}


# --- bombs ------------------------------------------------------------------------------------------------------------


def test_a_million_entries_are_refused_at_a_glance(tmp_path: Path) -> None:
    path = tmp_path / "a.maille"
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 6, *[0] * 3, 1, *[0] * 4, 0, 0) + b"x"
    first = build([(README, b"")])[: 30 + len(README)]
    for total in (0xFFFF, 100):
        directory = entry * 1_000_000
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, total, total, len(directory), len(first), 0)
        path.write_bytes(first + directory + end)
        begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert code_of(path) == "bundle_bomb"
        assert time.perf_counter() - begun < 0.5
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def _damage(tmp_path: Path, members: Members, content: bytes, raw: int) -> dict[str, str]:
    hostile = signed_again({**members, DATA: content}, {DATA: raw})
    with open_bundle(put(tmp_path / "a.maille", hostile)) as bundle:
        assert not bundle.check()
        return bundle.damaged


def test_a_chunk_that_would_fill_the_memory(tmp_path: Path, members: Members) -> None:
    one = zstandard.ZstdCompressor().compress(bytes(1 << 30))
    assert len(one) < 100_000
    huge = signed_again({**members, DATA: one}, {DATA: 1 << 30})
    assert code_of(put(tmp_path / "a.maille", huge)) == "bundle_bomb"
    begun = time.perf_counter()
    assert _damage(tmp_path, members, one, 8 << 20) == {DATA: "size"}
    unsized = zstandard.ZstdCompressor(write_content_size=False).compress(bytes(1 << 28))
    assert _damage(tmp_path, members, unsized, 8 << 20) == {DATA: "size"}
    stream = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(stream, size=100, closefd=False) as writer:
        writer.write(bytes(100))
    lying = stream.getvalue() + zstandard.ZstdCompressor().compress(bytes(1 << 28))
    assert _damage(tmp_path, members, lying, 100) == {DATA: "zstd"}
    assert time.perf_counter() - begun < 1


def test_a_window_larger_than_any(tmp_path: Path, members: Members) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=True)
    wide = zstandard.ZstdCompressor(compression_params=parameters).compress(bytes(8 << 20))
    assert DATA in _damage(tmp_path, members, b"\x28\xb5\x2f\xfd" + wide[4:], 1 << 20)


def test_chunks_that_are_many_times_larger_than_any_directory(tmp_path: Path, members: Members) -> None:
    eight = zstandard.ZstdCompressor().compress(bytes(8 << 20))
    many = {f"data/{n:04d}.jsonl.zst": eight for n in range(200)}
    head = {name: members[name] for name in (README, MANIFEST, SIGNATURE)}
    hostile = signed_again({**head, **many}, dict.fromkeys(many, 8 << 20))
    assert code_of(put(tmp_path / "a.maille", hostile)) == "bundle_bomb"


# --- lines that lie ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (lambda: lines_of(some_states(3)).replace(b",1,1795", b",77,1795"), "commit"),
        (lambda: lines_of(some_states(3)).replace(ALICE.hex().encode(), b"cd" * 16), "commit"),
        (lambda: b"\x00\x01\x02", "line"),
        (lambda: b'{"line":"record"}', "line"),
        (lambda: b"[" * 1_000_000, "line"),
    ],
)
def test_lines_that_their_own_sender_signed(
    tmp_path: Path, members: Members, lines: Callable[[], bytes], reason: str
) -> None:
    raw = lines()
    assert _damage(tmp_path, members, zstandard.ZstdCompressor().compress(raw), len(raw)) == {DATA: reason}


def test_what_is_to_be_forgotten_may_not_come_after_the_records(tmp_path: Path, members: Members) -> None:
    late = LineWriter().erasure(Erasure(ALICE, FIRST)) + b"\n"
    data = {DATA: members[DATA], "data/0001.jsonl.zst": zstandard.ZstdCompressor().compress(late)}
    hostile = signed_again({**members, **data}, {"data/0001.jsonl.zst": len(late)})
    with open_bundle(put(tmp_path / "a.maille", hostile)) as bundle:
        lines = bundle.lines()
        assert len(list(lines.records)) == 30
        assert bundle.damaged == {"data/0001.jsonl.zst": "order"}
        assert not bundle.complete
