"""A file closed with a passphrase, written as the `age` command writes it (age-encryption.org/v1).

The library that opens such files makes them as costly as the PC at hand is fast, up to a gigabyte of memory for whoever
opens them. Here the cost is always the same, that of the `age` command: a quarter of that, about a second on an old PC.
Reading stays the library's; the tests have it open what is written here.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import secrets
from base64 import b64encode
from typing import IO

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt as seal

COST = 18
"""log2 of the work factor: 256 MiB."""

CHUNK = 64 << 10
_SCRYPT_MEMORY = 300 << 20


def close(content: bytes, phrase: str) -> bytes:
    """The content, closed."""
    whole = io.BytesIO()
    closing = Closing(whole, phrase)
    closing.write(content)
    closing.end()
    return whole.getvalue()


class Closing:
    """Closes what is written to it, 64 KiB at a time, each under its number; the last one says that it is."""

    def __init__(self, file: IO[bytes], phrase: str) -> None:
        file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
        wrapped = seal(file_key, None, bytes(12), wrapping(phrase, salt, COST))
        header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), COST, _text(wrapped))
        seen = hmac.digest(derived(file_key, b"", b"header"), header, "sha256")
        file.write(header + b" " + _text(seen) + b"\n" + nonce)
        self._file, self._key = file, derived(file_key, nonce, b"payload")
        self._waiting = bytearray()
        self._number = 0

    def write(self, some: bytes) -> None:
        """Take more; a full piece goes on only once it is known not to be the last."""
        self._waiting += some
        while len(self._waiting) > CHUNK:
            self._put(CHUNK, last=False)

    def end(self) -> None:
        """Nothing follows."""
        self._put(len(self._waiting), last=True)

    def _put(self, size: int, *, last: bool) -> None:
        piece = bytes(self._waiting[:size])
        del self._waiting[:size]
        self._file.write(seal(piece, None, nonce_of(self._number, last=last), self._key))
        self._number += 1


def wrapping(phrase: str, salt: bytes, cost: int) -> bytes:
    """The key that a passphrase gives."""
    return hashlib.scrypt(
        phrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << cost, r=8, p=1,
        maxmem=_SCRYPT_MEMORY, dklen=32,
    )  # fmt: skip


def nonce_of(number: int, *, last: bool) -> bytes:
    """What a piece is sealed under, besides the key."""
    return number.to_bytes(11, "big") + bytes([last])


def derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF with SHA-256, 32 bytes."""
    drawn = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(drawn, purpose + b"\x01", "sha256")


def _text(some: bytes) -> bytes:
    return b64encode(some).rstrip(b"=")
