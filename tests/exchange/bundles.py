"""Bundles for these tests: an invented PC with fixed keys and clock, states of every shape, and archives by hand."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from appli.domain import catalogue
from appli.domain.audience import Audience
from appli.domain.causality import Dot, Erasure, RecordState, Register, Stamp, Version
from appli.exchange import canonical, manifest
from appli.exchange.archive import MANIFEST, README, SIGNATURE, build
from appli.exchange.encoding import LineWriter
from appli.exchange.gathering import Contents
from appli.exchange.keys import KeyPair
from appli.exchange.manifest import Heading
from appli.exchange.reading import open_bundle
from appli.exchange.writing import Written, write_bundle
from tests.builders import people

SPACE = bytes.fromhex("0193a0000000700080000000000000aa")
ALICE, BOB = bytes.fromhex("0193a0000000700080000000000000a1"), bytes.fromhex("0193a0000000700080000000000000b0")
NOW = 1_795_163_400_000
KEYS = KeyPair.from_seed(bytes(range(32)))
FIRST = Stamp(ALICE, 1, NOW - 60_000, "AD")
HEADING = Heading(
    space=SPACE,
    space_name="Réseau d’essai",
    replica=ALICE,
    label="Poste de l’accueil",
    audience=Audience.SHARED,
    sort="full",
    claim={ALICE: ((1, 9),), BOB: ((1, 4),)},
    know={ALICE: ((1, 9),), BOB: ((1, 4),)},
    made_at=NOW,
    app_version="0.1.0",
    digest="5eed",
)


def some_states(count: int, seed: int = 48, base: Stamp = FIRST) -> list[RecordState]:
    """Records of an invented directory, with their parts, as the store hands them over."""
    return [
        RecordState(c.id, (kind := catalogue.kind(c.kind)).number, base, _values(kind, c.values), {})
        for c in islice(people(count, seed), count)
    ]


def _values(kind: Any, values: dict[str, Any]) -> dict[int, Any]:
    return {kind.fields[name].number: kind.fields[name].validate(value) for name, value in values.items()}


def edited(state: RecordState, counter: int = 2) -> RecordState:
    """A record of which one text was changed by two PCs at once."""
    fields = catalogue.kinds_by_number()[state.kind].by_number
    number = next((n for n in state.values if fields[n].type.code in {"text", "long_text"}), 9_999)
    versions = [
        Version(Stamp(ALICE, counter, NOW - 5, "AD"), "valeur d’Alice", 30),
        Version(Stamp(BOB, counter, NOW - 9), "valeur de Bob"),
    ]
    context = {ALICE: counter, BOB: counter}
    values = {n: v for n, v in state.values.items() if n != number}
    return replace(state, values=values, registers={number: Register({v.stamp.dot: v for v in versions}, context)})


def written(path: Path, contents: Contents, heading: Heading = HEADING, **options: Any) -> Written:
    return write_bundle(path, heading, contents, KEYS, **options)


def received(path: Path, phrase: str | None = None) -> tuple[list[RecordState], list[Erasure]]:
    """All that a bundle brings, which must be complete."""
    with open_bundle(path, phrase) as bundle:
        chunks = list(bundle.chunks())
        assert bundle.complete
        assert not bundle.damaged
    return [r for c in chunks for r in c.records], [e for c in chunks for e in c.erasures]


# --- states of every shape --------------------------------------------------------------------------------------------

UIDS = st.sampled_from([ALICE, BOB, bytes(16), bytes([255] * 16)])
COUNTERS = st.integers(1, 2**53 - 1)
STAMPS = st.builds(
    Stamp, UIDS, COUNTERS, st.integers(0, 253_402_300_799_999), st.none() | st.text(max_size=5)
)  # fmt: skip
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
UNKNOWN_KIND = 99_000
NUMBERS = st.integers(1, 100_000)


def _register(versions: list[Version], context: dict[bytes, int]) -> Register:
    by_dot: dict[Dot, Version] = {v.stamp.dot: v for v in versions}
    return Register(by_dot, context)


VERSIONS = st.builds(Version, STAMPS, JSON, st.none() | st.integers(0, 100))
REGISTERS = st.builds(_register, st.lists(VERSIONS, max_size=3), st.dictionaries(UIDS, COUNTERS, max_size=4))
STATES = st.builds(
    RecordState,
    st.binary(min_size=16, max_size=16),
    st.just(UNKNOWN_KIND),
    st.none() | STAMPS,
    st.dictionaries(NUMBERS, JSON, max_size=5),
    st.dictionaries(NUMBERS, REGISTERS, max_size=3),
)
ERASURES = st.builds(Erasure, st.binary(min_size=16, max_size=16), STAMPS)


def lines_of(states: Iterable[RecordState]) -> bytes:
    """The lines of some records."""
    writer = LineWriter()
    return b"\n".join(line for state in states for line in writer.record(state)) + b"\n"


# --- archives by hand -------------------------------------------------------------------------------------------------


def members_of(path: Path) -> dict[str, bytes]:
    """The files in a bundle."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def signed_again(members: dict[str, bytes], raw: dict[str, int] | None = None, **changes: Any) -> dict[str, bytes]:
    """The members under a manifest that names them as they now are, signed by somebody who means harm.

    `raw` announces other sizes of decompressed chunks; `changes` replace keys of the manifest (None removes one).
    """
    content = canonical.decode(members[MANIFEST])
    before = {m["name"]: m["raw"] for m in content["members"]}
    body = {name: data for name, data in members.items() if name not in {MANIFEST, SIGNATURE}}
    content["members"] = [
        {
            "name": name,
            "size": len(data),
            "raw": (raw or {}).get(name, before.get(name, len(data)) if name.startswith("data/") else len(data)),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        for name, data in body.items()
    ]
    content.update({k: v for k, v in changes.items() if v is not None})
    for key in [k for k, v in changes.items() if v is None]:
        del content[key]
    text = canonical.encode(content)
    signature = KEYS.sign(manifest.PURPOSE, text)
    rest = {name: data for name, data in body.items() if name != README}
    return {README: members[README], MANIFEST: text, SIGNATURE: signature, **rest}


def put(path: Path, members: dict[str, bytes]) -> Path:
    """An archive of these members."""
    path.write_bytes(build(members.items()))
    return path
