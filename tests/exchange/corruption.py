"""A bundle harmed in random ways, and what became of each attempt to read it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

from appli.domain.causality import Erasure
from appli.domain.ids import derived_id
from appli.errors import AppError
from appli.exchange.decoding import Chunk
from appli.exchange.gathering import Contents
from appli.exchange.reading import Bundle, open_bundle
from tests.exchange.bundles import FIRST, edited, members_of, put, some_states, written

OUTCOMES = ("refused", "intact chunks only", "harmless", "crash", "wrong")


def sample(folder: Path) -> Path:
    """A bundle of several small chunks: the limits of real ones would make these tests long."""
    states = [*some_states(120, 1), *map(edited, some_states(60, 2))]
    erasures = [Erasure(derived_id(str(n)), FIRST) for n in range(40)]
    made = written(folder / "whole.maille", Contents(states, erasures))
    return _recut(made.paths[0], folder / "sample.maille")


def _recut(whole: Path, target: Path) -> Path:
    """The same lines in chunks of a few kilobytes."""
    from appli.exchange.chunks import pack, unpack
    from tests.exchange.bundles import signed_again

    members = members_of(whole)
    lines = []
    with open_bundle(whole) as bundle:
        for member in bundle.manifest.members:
            if member.name.startswith("data/"):
                lines += unpack(members.pop(member.name), member.raw).splitlines()
    raw = {}
    for rank in range(0, len(lines), 30):
        (chunk,) = pack("records", lines[rank : rank + 30])
        name = f"data/{rank // 30:04d}.jsonl.zst"
        members[name], raw[name] = chunk.content, chunk.raw
    return put(target, signed_again(members, raw))


def harm(content: bytes, rng: Random) -> bytes:
    """The bytes after an accident: bits, a cut, a splice, two places exchanged, bytes at the end or the start."""
    harmed = bytearray(content)
    place, other = rng.randrange(len(harmed)), rng.randrange(len(harmed))
    match rng.randrange(8):
        case 0:
            harmed[place] ^= 1 << rng.randrange(8)
        case 1:
            del harmed[place:]
        case 2:
            harmed[place : place + rng.randrange(1, 99)] = rng.randbytes(rng.randrange(1, 99))
        case 3:
            harmed[place : place + 50], harmed[other : other + 50] = (
                harmed[other : other + 50],
                harmed[place : place + 50],
            )
        case 4:
            harmed += harmed[-rng.randrange(1, 500) :]
        case 5:
            harmed[-rng.randrange(1, 1_500)] ^= 0xFF
        case 6:
            harmed[place : place + 512] = bytes(len(harmed[place : place + 512]))
        case 7:
            harmed[:0] = rng.randbytes(rng.randrange(1, 50))
    return bytes(harmed)


def outcome(path: Path, honest: dict[str, Chunk]) -> str:
    """What reading a harmed bundle came to."""
    try:
        with open_bundle(path) as bundle:
            return _read(bundle, honest)
    except AppError:
        return "refused"
    except Exception as problem:  # noqa: BLE001 — whatever else comes out is what these tests look for
        return f"crash {type(problem).__name__} {problem}"


def _read(bundle: Bundle, honest: dict[str, Chunk]) -> str:
    chunks = {chunk.name: chunk for chunk in bundle.chunks()}
    if any(chunk != honest.get(name) for name, chunk in chunks.items()):
        return "wrong"
    if bundle.complete != (chunks.keys() == honest.keys()):
        return "wrong"
    return "harmless" if bundle.complete else "intact chunks only"


def tried(folder: Path, attempts: int, seed: int) -> Counter[str]:
    """How many attempts ended how; crashes are told apart by what they said."""
    whole = sample(folder)
    with open_bundle(whole) as bundle:
        honest = {chunk.name: chunk for chunk in bundle.chunks()}
        assert bundle.complete
    content, rng, found = whole.read_bytes(), Random(seed), Counter[str]()
    path = folder / "harmed.maille"
    for _ in range(attempts):
        harmed = harm(content, rng)
        if harmed != content:
            path.write_bytes(harmed)
            found[outcome(path, honest)] += 1
    return found
