"""A file closed with a passphrase, written as the `age` command writes it (age-encryption.org/v1).

The library that opens such files makes them as costly as the PC at hand is fast, up to a gigabyte of memory for whoever
opens them. Here the cost is always the same, that of the `age` command: a quarter of that, about a second on an old PC.
Reading stays the library's; the tests have it open what is written here.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64encode

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_encrypt as seal

COST = 18
"""log2 of the work factor: 256 MiB."""

_CHUNK = 64 << 10
_SCRYPT_MEMORY = 300 << 20


def close(content: bytes, phrase: str) -> bytes:
    """The content, closed."""
    file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    wrapping = hashlib.scrypt(
        phrase.encode(), salt=b"age-encryption.org/v1/scrypt" + salt, n=1 << COST, r=8, p=1,
        maxmem=_SCRYPT_MEMORY, dklen=32,
    )  # fmt: skip
    wrapped = seal(file_key, None, bytes(12), wrapping)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), COST, _text(wrapped))
    seen = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    sealed = b"".join(_chunks(content, _derived(file_key, nonce, b"payload")))
    return header + b" " + _text(seen) + b"\n" + nonce + sealed


def _chunks(content: bytes, key: bytes) -> list[bytes]:
    """64 KiB at a time, each under its number; the last one says that it is."""
    starts = range(0, max(1, len(content)), _CHUNK)
    return [
        seal(content[at : at + _CHUNK], None, n.to_bytes(11, "big") + bytes([at == starts[-1]]), key)
        for n, at in enumerate(starts)
    ]


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF with SHA-256, 32 bytes."""
    drawn = hmac.digest(salt or bytes(32), secret, "sha256")
    return hmac.digest(drawn, purpose + b"\x01", "sha256")


def _text(some: bytes) -> bytes:
    return b64encode(some).rstrip(b"=")
