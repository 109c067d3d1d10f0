"""A file closed with a passphrase, read piece by piece: what is too large for the library, which reads a file whole.

The format is that of `age_writing`; the tests have each read what the other, and the library, wrote. No byte is handed
out before its piece is found intact, and the end is one only if the last piece says so.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64decode
from typing import IO

from nacl.bindings import crypto_aead_chacha20poly1305_ietf_decrypt as unseal
from nacl.exceptions import CryptoError

from appli.exchange.age_writing import CHUNK, COST, derived, nonce_of, wrapping

_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([0-9]{1,2})\n([A-Za-z0-9+/]{43})\n---) "
    rb"([A-Za-z0-9+/]{43})\n"
)
_LONGEST_HEADER = 200
_TAG, _NONCE = 16, 16


class WrongPhraseError(Exception):
    """The passphrase opens nothing."""


class DamagedError(Exception):
    """A piece is not what was written; `truncated` when the end is missing."""

    def __init__(self, *, truncated: bool = False) -> None:
        super().__init__()
        self.truncated = truncated


class Opening:
    """The content of a closed file, from its beginning to its end."""

    def __init__(self, file: IO[bytes], phrase: str) -> None:
        start = file.tell()
        header = _HEADER.match(file.read(_LONGEST_HEADER))
        if header is None or int(header[3]) > max(COST, 18):
            raise DamagedError
        written, salt, cost, wrapped, seen = header.groups()
        try:
            file_key = unseal(_bytes(wrapped), None, bytes(12), wrapping(phrase, _bytes(salt), int(cost)))
        except CryptoError as problem:
            raise WrongPhraseError from problem
        if not hmac.compare_digest(hmac.digest(derived(file_key, b"", b"header"), written, "sha256"), _bytes(seen)):
            raise DamagedError
        file.seek(start + header.end())
        nonce = file.read(_NONCE)
        if len(nonce) < _NONCE:
            raise DamagedError(truncated=True)
        self._file, self._key = file, derived(file_key, nonce, b"payload")
        self._number, self._over = 0, False
        self._ready = b""

    def read(self, size: int) -> bytes:
        """So many bytes, fewer only at the end."""
        parts, wanted = [], size
        while wanted and (self._ready or self._next()):
            parts.append(self._ready[:wanted])
            self._ready = self._ready[wanted:]
            wanted -= len(parts[-1])
        return b"".join(parts)

    def _next(self) -> bool:
        """Open another piece; whether there was one."""
        if self._over:
            return False
        sealed = self._file.read(CHUNK + _TAG)
        if not sealed:
            raise DamagedError(truncated=True)
        last = len(sealed) < CHUNK + _TAG or self._at_end()
        try:
            self._ready = unseal(sealed, None, nonce_of(self._number, last=last), self._key)
        except CryptoError as problem:
            raise DamagedError(truncated=last and self._is_cut(sealed)) from problem
        self._number += 1
        self._over = last
        return bool(self._ready)

    def _at_end(self) -> bool:
        here = self._file.read(1)
        if here:
            self._file.seek(-1, 1)
        return not here

    def _is_cut(self, sealed: bytes) -> bool:
        """Whether a piece is whole but not the last: the file was cut between two, or within one."""
        try:
            unseal(sealed, None, nonce_of(self._number, last=False), self._key)
        except CryptoError:
            return len(sealed) < CHUNK + _TAG
        return True


def _bytes(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))
