"""The key pair of this PC: what it signs, others recognise. The private half never leaves the configuration directory.

One pair per replica, beside its identity and made at first need: a copied folder, which takes a new replica uid, takes
a new key with it. What is signed always begins with what it is for, so that no signature serves twice.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from appli.exchange import refusals, words

SEED = 32
SIGNATURE = 64
FINGERPRINT_WORDS = 6


@dataclass(frozen=True, slots=True)
class KeyPair:
    """What one PC signs with; printing it shows the public half alone."""

    public: bytes
    _secret: SigningKey = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> KeyPair:
        """The pair that follows from 32 secret bytes."""
        secret = SigningKey(seed)
        return cls(bytes(secret.verify_key), secret)

    def sign(self, purpose: str, message: bytes) -> bytes:
        """64 bytes that only this pair can make, for this purpose and message."""
        return self._secret.sign(_labelled(purpose, message)).signature


def verify(public: bytes, purpose: str, message: bytes, signature: bytes) -> bool:
    """Whether the holder of this public key signed this message for this purpose."""
    try:
        VerifyKey(public).verify(_labelled(purpose, message), signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def _labelled(purpose: str, message: bytes) -> bytes:
    return f"maille/1 {purpose}\0".encode() + message


def fingerprint(public: bytes) -> str:
    """Six words to compare by telephone; 66 bits of the key's SHA-256."""
    digest = hashlib.sha256(b"maille/1 key\0" + public).digest()
    number = int.from_bytes(digest, "big") >> (256 - words.BITS * FINGERPRINT_WORDS)
    shifts = range(words.BITS * (FINGERPRINT_WORDS - 1), -1, -words.BITS)
    return " ".join(words.listed()[number >> shift & (words.COUNT - 1)] for shift in shifts)


class KeyFiles:
    """The key pairs of this PC, one file per replica, readable by their owner alone."""

    def __init__(self, config: Path) -> None:
        self._folder = config / "postes"

    def pair(self, replica: bytes) -> KeyPair:
        """The pair of a replica, made if it has none."""
        try:
            return KeyPair.from_seed(bytes.fromhex(self._path(replica).read_text("ascii")))
        except FileNotFoundError:
            return self.renew(replica)
        except ValueError as problem:
            # never replaced without a word: the others would see a stranger
            raise refusals.key_damaged() from problem

    def held(self, replica: bytes) -> KeyPair | None:
        """The pair of a replica if it was made on this PC; none is made."""
        return self.pair(replica) if self._path(replica).exists() else None

    def seed(self, replica: bytes) -> bytes:
        """The secret half, to move to another PC; empty if this one has none. It is written nowhere unencrypted."""
        return bytes.fromhex(self._path(replica).read_text("ascii")) if self._path(replica).exists() else b""

    def bring(self, replica: bytes, seed: bytes) -> None:
        """Take in the pair of a PC whose directory moved here; one that is here already stays."""
        if not self._path(replica).exists() and len(seed) == SEED:
            self._write(replica, seed)

    def renew(self, replica: bytes) -> KeyPair:
        """A new pair in place of a lost or exposed one; the other PCs will ask whether it is to be trusted."""
        return self._write(replica, os.urandom(SEED))

    def _write(self, replica: bytes, seed: bytes) -> KeyPair:
        path = self._path(replica)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(seed.hex())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        return KeyPair.from_seed(seed)

    def _path(self, replica: bytes) -> Path:
        return self._folder / f"{replica.hex()}.cle"
