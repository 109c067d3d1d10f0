"""JSON with one writing per content, so that what is signed on one PC is checked byte for byte on another."""

from __future__ import annotations

from typing import Any

import msgspec

UNREADABLE = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""How the decoder says that it was handed something else."""


def encode(content: object) -> bytes:
    """Sorted keys, no blanks, UTF-8."""
    return msgspec.json.encode(content, order="sorted")


def decode(raw: bytes) -> Any:
    """The content of canonical JSON; ValueError for any other writing of it (a key twice, blanks, fractions)."""
    try:
        content = msgspec.json.decode(raw)
    except UNREADABLE as problem:
        raise ValueError("JSON") from problem
    if encode(content) != raw:
        raise ValueError("canonical")
    return content
