"""Identity of records: UUIDv7 (16 bytes), deterministic ids for what two PCs must create alike, printed codes.

Ids are kept as `bytes`: they are keys of large tables, and building UUID objects would cost more than the query.
"""

from __future__ import annotations

import os
import threading
import time

RecordId = bytes

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]
_WEIGHTS = [[(4 * i + 1) * a + (4 * i + 3) * b for a in range(32) for b in range(32)] for i in range(3)]
"""What each pair of characters of a code adds to its check: codes are made for each line of a list."""
_VALUE = {c: i for i, c in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SPACE = bytes.fromhex("6d61696c6c6167658000000000000001")
_VERSION_BITS, _VERSION_5 = 0xF << 76 | 0b11 << 62, 0x5 << 76 | 0b10 << 62

_lock = threading.Lock()
_last = 0
_random = b""
"""Random bytes drawn beforehand: asking the system for each id costs more than all the rest of it."""


def new_id(milliseconds: int | None = None) -> RecordId:
    """A UUIDv7, strictly increasing within this process even when the clock steps back."""
    global _last, _random
    now = (time.time_ns() // 1_000_000) if milliseconds is None else milliseconds
    with _lock:
        # 48 bits of time and 12 of sequence form one counter that never goes back
        _last = max(_last + 1, max(0, now) << 12)
        stamp = _last
        if not _random:
            _random = os.urandom(1024)
        drawn, _random = _random[:8], _random[8:]
    tail = int.from_bytes(drawn, "big") & ((1 << 62) - 1)
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | tail
    return value.to_bytes(16, "big")


def made_at(record_id: RecordId) -> int | None:
    """When an id was drawn, in milliseconds; nothing for one that was derived."""
    return int.from_bytes(record_id[:6], "big") if record_id[6] >> 4 == 7 else None


def derived_id(*parts: str | bytes) -> RecordId:
    """The same id on every PC for the same parts (links, skills, terms): uuid5 over length-prefixed parts."""
    import hashlib  # a large library, that the first paint does without

    name = b""
    for part in parts:
        raw = part if isinstance(part, bytes) else part.encode()
        name += len(raw).to_bytes(4, "big") + raw
    # as uuid.uuid5(space, name.hex()), four times faster
    number = int.from_bytes(hashlib.sha1(_SPACE + name.hex().encode(), usedforsecurity=False).digest()[:16], "big")
    return (number & ~_VERSION_BITS | _VERSION_5).to_bytes(16, "big")


def id_text(record_id: RecordId) -> str:
    """The id as others write it: 8-4-4-4-12 hexadecimal."""
    digits = record_id.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def parse_id(text: str) -> RecordId | None:
    """A UUID in any usual writing; None if it is not one."""
    import uuid

    try:
        return uuid.UUID(text.strip()).bytes
    except ValueError:
        return None


def short_code(record_id: RecordId, letter: str) -> str:
    """The code printed on paper: `P-7K3F2Q-W`, six characters of the id's random end and a check character."""
    number = _random_end(record_id)
    high, middle, low = number >> 20, number >> 10 & 1023, number & 1023
    check = (_WEIGHTS[0][high] + _WEIGHTS[1][middle] + _WEIGHTS[2][low]) % 32
    return f"{letter}-{_PAIRS[high]}{_PAIRS[middle]}{_PAIRS[low]}-{_ALPHABET[check]}"


def code_body(record_id: RecordId) -> str:
    """The six characters that find the record (30 bits: several records may share them in a huge directory)."""
    number = _random_end(record_id)
    return _PAIRS[number >> 20] + _PAIRS[number >> 10 & 1023] + _PAIRS[number & 1023]


def _random_end(record_id: RecordId) -> int:
    return int.from_bytes(record_id[-4:], "big") & ((1 << 30) - 1)


def parse_code(text: str) -> str | None:
    """The six characters of a code typed by hand in any case, with or without letter and check; None if not one."""
    parts = [p for p in text.strip().upper().replace(" ", "-").split("-") if p]
    if len(parts) >= 2 and len(parts[0]) == 1:
        parts = parts[1:]
    joined = "".join(parts)
    if len(joined) == 8 and joined[0].isalpha():  # whole, without its dashes
        joined = joined[1:]
    if len(joined) not in (6, 7) or any(c not in _VALUE for c in joined):
        return None
    body = "".join(_ALPHABET[_VALUE[c]] for c in joined[:6])
    if len(joined) == 7 and _ALPHABET[_VALUE[joined[6]]] != _check(body):
        return None
    return body


def _check(body: str) -> str:
    # odd weights are invertible modulo 32: any single wrong character is caught
    total = sum((2 * i + 1) * _VALUE[c] for i, c in enumerate(body)) % 32
    return _ALPHABET[total]
