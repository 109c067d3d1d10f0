"""Lines gathered into compressed chunks, and back: one chunk at a time, whatever the size of the whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import zstandard

from appli.exchange import limits
from appli.exchange.decoding import UnreadableChunk

LEVEL = 3


@dataclass(frozen=True, slots=True)
class Packed:
    """One chunk ready for the archive."""

    sort: str
    content: bytes
    raw: int
    lines: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def pack(sort: str, lines: Iterable[bytes]) -> Iterator[Packed]:
    """Chunks of lines of one sort, each closed once it is well filled."""
    compressor = zstandard.ZstdCompressor(level=LEVEL, write_content_size=True)
    held: list[bytes] = []
    size = 0
    for line in lines:
        if held and size + len(line) > limits.FILLED:
            yield _packed(sort, compressor, held)
            held, size = [], 0
        held.append(line)
        size += len(line) + 1
    if held:
        yield _packed(sort, compressor, held)


def _packed(sort: str, compressor: zstandard.ZstdCompressor, lines: list[bytes]) -> Packed:
    raw = b"\n".join(lines) + b"\n"
    return Packed(sort, compressor.compress(raw), len(raw), len(lines))


def unpack(content: bytes, raw: int) -> bytes:
    """The lines of a chunk that announces that many bytes; UnreadableChunk for anything else."""
    try:
        parameters = zstandard.get_frame_parameters(content)
        if parameters.content_size != raw or raw > limits.CHUNK_RAW or parameters.window_size > limits.WINDOW:
            raise UnreadableChunk("size")
        decompressor = zstandard.ZstdDecompressor(max_window_size=limits.WINDOW)
        lines = decompressor.decompress(content, max_output_size=raw, allow_extra_data=False)
    except zstandard.ZstdError as problem:
        raise UnreadableChunk("zstd") from problem
    if len(lines) != raw:
        raise UnreadableChunk("size")
    return lines
